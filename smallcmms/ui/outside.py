"""Copies of files that the system opens: each in a private folder of its own, gone at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from smallcmms import paths
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import attachments
from smallcmms.ui import late
from smallcmms.ui.desk import Desk


def open_copy(desk: Desk, attachment_id: int) -> None:
    """Let the system open a copy of a file, if it is of a harmless kind.

    Raises:
        RuleBroken: it may be a program, it is missing or damaged, or nothing here opens it.
    """
    folder = Path(tempfile.mkdtemp(dir=paths.laid_out()))
    try:
        laid = attachments.lay_out(desk.store, attachment_id, folder, clean=_clean)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not desk.ask.open_outside(laid):
        raise RuleBroken("No program here opens {name}. Save it instead.", name=laid.name)


def _clean(content: bytes) -> Iterable[bytes | memoryview]:
    """Return a picture without what it tells of place and camera, piece by piece."""
    pictures = late.module("smallcmms.exchange.pictures")
    cleaned: Iterable[bytes | memoryview] = pictures.without_traces(content)
    return cleaned


def clear() -> None:
    """Take away the copies that were opened; one that a program still holds stays until then."""
    for folder in paths.laid_out().iterdir():
        shutil.rmtree(folder, ignore_errors=True)
