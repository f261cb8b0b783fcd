"""Looks every few minutes into the folder that sensors write into, in the background."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from smallcmms import sensor_words
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import tables
from smallcmms.services import sensor_folder
from smallcmms.store.store import Store
from smallcmms.texts import _
from smallcmms.ui.background import Background
from smallcmms.ui.desk import Front

_EVERY_MS = 3 * 60_000


class SensorWatch(QObject):
    """Says in the status row what came in; what is wrong with the folder is said once."""

    def __init__(
        self, store: Store, background: Background, front: Front, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._background, self._front = store, background, front
        self._said = ""
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look now, and from now on every few minutes."""
        self._timer.start()
        self.look()

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look once, in the background."""
        store = self._store

        def work() -> tuple[str, ...]:
            return tuple(_lines(store))

        self._background.run(self, work, self._tell)

    def _tell(self, lines: Sequence[str]) -> None:
        said = " · ".join(lines)
        if said and said != self._said:
            self._front.note(said)
        self._said = said


def _lines(store: Store) -> list[str]:
    folder = sensor_folder.chosen(store)
    if not folder:
        return []
    try:
        told = sensor_folder.look(store, Path(folder), read=tables.read)
    except RuleBroken as error:
        return [_(error.message, **error.values)]
    return [sensor_words.line(each) for each in told]
