"""What the store asks of the disk itself: whole files, lasting names, private modes."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WINDOWS_BUSY = frozenset({5, 32, 33})
_PATIENCE = 50
_PAUSE = 0.05


def name_of(path: Path) -> str:
    """Return the name of the disk that ``path`` lies on: its drive or where it is mounted."""
    place = path.absolute()
    if place.drive:
        return place.drive
    while not os.path.ismount(place) and place != place.parent:
        place = place.parent
    return str(place)


def is_plain_file(path: Path) -> bool:
    """Tell whether ``path`` is a file that can be read without waiting for anybody."""
    return stat.S_ISREG(path.stat().st_mode)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_empty(path: Path) -> None:
    """Make an empty file that only its owner may read; one that is there is an error."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def copy(source: Path, target: Path) -> None:
    """Copy a file that nobody has open, for its owner alone, until its bytes are on the disk."""
    target.unlink(missing_ok=True)
    make_empty(target)
    shutil.copyfile(source, target)
    sync(target)


def write_whole(path: Path, content: bytes | Iterable[bytes | memoryview]) -> None:
    """Put a file under its name only when all its bytes are on the disk."""
    pieces = (content,) if isinstance(content, bytes) else content
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        try:
            for piece in pieces:
                _write(handle, piece)
            os.fsync(handle)
        finally:
            os.close(handle)
        replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _write(handle: int, content: bytes | memoryview) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def sync(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    _sync(path, os.O_RDWR)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if os.name == "posix":
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target`` at one stroke, for good."""
    patiently(lambda: source.replace(target))
    sync_folder(target.parent)


def remove(path: Path) -> None:
    """Take a file away for good, if it is there."""
    if path.exists():
        patiently(path.unlink)
        sync_folder(path.parent)


def patiently(step: Callable[[], object], pause: float = _PAUSE) -> None:
    """Do ``step``; where Windows says that a scanner holds the file, try for 2.5 s."""
    wait = threading.Event()
    for _ in range(_PATIENCE - 1):
        try:
            step()
        except OSError as error:
            if getattr(error, "winerror", None) not in _WINDOWS_BUSY:
                raise
            wait.wait(pause)
        else:
            return
    step()
