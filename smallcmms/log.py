"""The log: what went wrong and where, and nothing about any customer.

The words of an error may hold a name, a phone number or an access code, so a traceback is written
without them: its files, lines and the kinds of error only. A log line itself names records by their
numbers, never by what people typed.
"""

from __future__ import annotations

import logging
import os
import traceback
from copy import copy
from pathlib import Path
from types import TracebackType

logger = logging.getLogger("smallcmms")

_SIZE = 1_000_000
_KEPT = 3


class Discreet(logging.Formatter):
    """Writes an error without its words."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a line of the log; what another handler has made of the error is not taken."""
        own = copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(  # noqa: N802, logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the kinds of error and where they were raised, the first cause first."""
        error = ei[1]
        return "" if error is None else discreet(error)


def discreet(error: BaseException) -> str:
    """Return where an error was raised and its kind, causes first, without its words."""
    parts = []
    current: BaseException | None = error
    while current is not None:
        frames = "".join(traceback.format_tb(current.__traceback__))
        kind = type(current)
        parts.append(f"{frames}{kind.__module__}.{kind.__qualname__}")
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return "\nled to\n".join(reversed(parts))


def begin(folder: Path) -> Path:
    """Write warnings and errors of the program into a file of this folder, and return the file.

    A file that has grown large is put aside first; the last three of them are kept.
    """
    path = folder / "smallcmms.log"
    if path.exists() and path.stat().st_size > _SIZE:
        _put_aside(path)
    os.close(os.open(path, os.O_CREAT | os.O_APPEND, 0o600))
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return path


def _put_aside(path: Path) -> None:
    for number in range(_KEPT, 0, -1):
        older = path if number == 1 else path.with_suffix(f".log.{number - 1}")
        if older.exists():
            older.replace(path.with_suffix(f".log.{number}"))
