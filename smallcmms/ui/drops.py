"""Pictures and PDFs dropped on the window: their codes are read and lead to their records.

A sheet is kept with its work order; a picture of a tag only leads to its asset.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from smallcmms.domain import tag_messages
from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import attachments, scans
from smallcmms.services.scans import Scanned
from smallcmms.store.files import read_outside
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui import late
from smallcmms.ui.background import Job, Stopped
from smallcmms.ui.desk import Desk

ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"})
MOST_BYTES = 100_000_000
MOST_FILES = 200
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def _codes() -> Any:
    return late.module("smallcmms.exchange.codes")


@dataclass(slots=True)
class Reading:
    """What came of dropped files: the records they lead to, and what could not be read."""

    led_to: dict[tuple[str, int], Scanned] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    blank_pages: int = 0
    problems: list[RuleBroken] = field(default_factory=list)


class Drops(QObject):
    """Watch what is dragged over the window; ``open_record`` shows where a code leads."""

    def __init__(
        self, window: QWidget, desk: Desk, open_record: Callable[[Scanned], object]
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._open = window, desk, open_record
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def end(self) -> None:
        """Watch no more."""
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take files that can be read, wherever in the window nothing else takes files."""
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent):
            return False
        if watched is not self._window or not (paths := readable(event)):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.take(paths)
        return True

    def take(self, paths: Sequence[Path]) -> None:
        """Read these files in the background, then keep and open what they belong to."""
        store, title = self._desk.store, _n("Reading {n} file", "Reading {n} files", len(paths))
        self._desk.background.run_long(
            self, title, lambda job: read_files(store, paths[:MOST_FILES], job), self._arrive
        )

    def _arrive(self, reading: Reading) -> None:
        """Show where the codes led; with several records the first is opened."""
        if reading.led_to:
            self._open(next(iter(reading.led_to.values())))
        if words := told(reading):
            self._desk.front.toast(words, has_undo=bool(reading.added))
        if reading.problems:
            error = reading.problems[0]
            self._desk.front.tell(_(error.message, **error.values))


def readable(event: QDropEvent) -> list[Path]:
    """Return the pictures and PDFs of this machine that are dragged."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in ENDINGS]


def told(reading: Reading) -> str:
    """Return what was done, in a sentence or two; nothing where a record was only opened."""
    words = []
    if len(reading.added) == 1:
        words.append(_("Added to {number}.", number=reading.added[0]))
    elif reading.added:
        words.append(_("Added to {numbers}.", numbers=", ".join(dict.fromkeys(reading.added))))
    if reading.blank_pages and reading.led_to:
        blank = reading.blank_pages
        words.append(_n("{n} page has no code.", "{n} pages have no code.", blank))
    return " ".join(words)


def read_files(store: Store, paths: Iterable[Path], job: Job) -> Reading:
    """Read the codes of files, and keep each sheet with its work order.

    Raises:
        Stopped: the person pressed Stop; what was kept stays.
    """
    reading = Reading()
    for path in paths:
        try:
            _read_file(store, path, reading, job)
        except Stopped:
            raise
        except RuleBroken as error:
            reading.problems.append(error)
    return reading


def _read_file(store: Store, path: Path, reading: Reading, job: Job) -> None:
    data = read_outside(path, most=MOST_BYTES)
    found: dict[tuple[str, int], list[int]] = {}
    problems: list[RuleBroken] = []
    blank = 0
    for number, texts in enumerate(_codes().pages(data, job.step)):
        led = _led_to(store, texts, reading, problems)
        blank += not led
        for key in led:
            found.setdefault(key, []).append(number)
    if not found:
        none = RuleBroken("There is no code of this shop on {name}.", name=path.name)
        raise problems[0] if problems else none
    reading.blank_pages += blank
    for key, numbers in found.items():
        if key[0] == "work_order":
            _keep(store, key[1], path.name, _codes().part(data, numbers), reading)


def _led_to(
    store: Store, texts: Iterable[str], reading: Reading, problems: list[RuleBroken]
) -> list[tuple[str, int]]:
    """Return the records that the codes of a page lead to."""
    led = []
    for text in texts:
        try:
            scanned = scans.read(store, _code(text))
        except RuleBroken as error:
            problems.append(error)
            continue
        key = (scanned.kind, scanned.id)
        reading.led_to.setdefault(key, scanned)
        led.append(key)
    return list(dict.fromkeys(led))


def _code(text: str) -> str:
    """Return the tag's code out of a link to the shop, or the text as it is."""
    message = None if text.startswith("SC") else tag_messages.read(unquote(text))
    return message.code if message else text


def _keep(store: Store, order_id: int, name: str, content: bytes, reading: Reading) -> None:
    """Keep a sheet with its work order, once."""
    known = {row.hash for row in attachments.rows(store, "work_order", order_id)}
    if hashlib.sha256(content).hexdigest() not in known:
        attachments.add(
            store, "work_order", order_id, name=name, content=content, kind=AttachmentKind.SCAN
        )
        reading.added.append(reading.led_to["work_order", order_id].number)
