"""Whether anything in this very process opens a file: the kernel is asked, not the program."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OPENED_OR_READ = 0x20 | 0x01
_NOT_WAITING = os.O_NONBLOCK


@contextmanager
def watched(path: Path) -> Iterator[list[int]]:
    """Watch a file; when the block ends, the list holds one entry for each opening or reading."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(_NOT_WAITING)
    if watch < 0 or libc.inotify_add_watch(watch, os.fsencode(path), _OPENED_OR_READ) < 0:
        raise OSError(ctypes.get_errno(), "the file cannot be watched")
    seen: list[int] = []
    try:
        yield seen
        seen.extend(_events(watch))
    finally:
        os.close(watch)


def _events(watch: int) -> list[int]:
    try:
        return list(os.read(watch, 4096)[::16])
    except BlockingIOError:
        return []
