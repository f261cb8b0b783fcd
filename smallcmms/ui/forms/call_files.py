"""The files that came with a message: each is offered for the request, none is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smallcmms.domain.messages import KeptFile
from smallcmms.texts import _
from smallcmms.ui.kit import Label, Tick, block, column

_KB, _MB = 1024, 1024 * 1024


class CallFiles(QWidget):
    """Tick the files that the request is to keep; ``edited`` tells of a tick."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._files: list[KeptFile] = []
        self.ticks: list[Tick] = []
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.setLayout(column(Label(_("Came with it"), "label"), block(self._rows), gap=3))
        self.offer(())

    @property
    def kept(self) -> list[KeptFile]:
        """Return the files that are ticked."""
        return [
            file for file, tick in zip(self._files, self.ticks, strict=True) if tick.isChecked()
        ]

    def offer(self, files: Sequence[KeptFile], away: Sequence[int] = ()) -> None:
        """Offer files, all of them ticked but those that somebody wanted away."""
        for tick in self.ticks:
            tick.hide()
            tick.deleteLater()
        self._files, self.ticks = list(files), []
        for number, file in enumerate(files):
            tick = Tick(f"{file.name} · {_size(file.size)}", is_on=number not in away)
            tick.clicked.connect(self.edited)
            self._rows.addWidget(tick)
            self.ticks.append(tick)
        self.setVisible(bool(files))

    def content(self) -> dict[str, Any]:
        """Return everything, for the draft."""
        away = [number for number, tick in enumerate(self.ticks) if not tick.isChecked()]
        return {"files": [(each.name, each.hash, each.size) for each in self._files], "away": away}

    def put_back(self, content: dict[str, Any]) -> None:
        """Show again what ``content`` returned."""
        files = [KeptFile(*each) for each in content.get("files", ())]
        self.offer(files, content.get("away", ()))


def _size(size: int) -> str:
    if size < _MB:
        return _("{n} kB", n=max(size // _KB, 1))
    return _("{n} MB", n=size // _MB)
