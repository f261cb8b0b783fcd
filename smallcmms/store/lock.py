"""One program at a time: a lock that the kernel keeps and a crash cannot leave behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from smallcmms.store.errors import FileInUse, FileRefused


def canonical(path: Path) -> Path:
    """Return the one name of a file, whatever links and spellings lead to it.

    Raises:
        FileRefused: no file can have that name.
    """
    try:
        return path.expanduser().resolve()
    except (ValueError, OSError, RuntimeError) as error:
        raise FileRefused(
            "{name} cannot be read: {reason}.", name=path.name, reason=str(error)
        ) from error


class Lock:
    """The right to use one shop file, until it is released or the program ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: list[FileLock] = []
        try:
            for place in _places(path):
                held = FileLock(place, mode=0o600, thread_local=False, fallback_to_soft=False)
                held.acquire(blocking=False)
                self._held.append(held)
        except (Timeout, OSError, NotImplementedError) as error:
            self.release()
            raise _refusal(path, error) from error

    def release(self) -> None:
        """Let others use the file."""
        while self._held:
            self._held.pop().release()


def _places(path: Path) -> list[Path]:
    beside = path.with_name(f"{path.name}.lock")
    if not path.exists() or path.stat().st_nlink == 1:
        return [beside]
    found = path.stat()
    return [beside, Path(tempfile.gettempdir()) / f"smallcmms-{found.st_dev}-{found.st_ino}.lock"]


def _refusal(path: Path, error: Exception) -> FileRefused:
    if isinstance(error, Timeout):
        return FileInUse("{name} is already open in SmallCMMS.", name=path.name)
    return FileRefused(
        "{name} cannot be kept from being opened twice: {reason}.",
        name=path.name,
        reason=getattr(error, "strerror", None) or str(error),
    )
