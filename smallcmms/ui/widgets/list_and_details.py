"""A list and the details of what is chosen in it, side by side."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_GAP = 12
_NARROW = 1100
_LIST, _DETAILS = 300, 620


class ListAndDetails(QSplitter):
    """Panes side by side; where they meet is remembered under ``name``."""

    def __init__(self, name: str, *panes: QWidget, widths: tuple[int, ...] = (402, 790)) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._name, self._panes, self._widths = f"splitter/{name}", panes, widths
        self._is_narrow = False
        self.setHandleWidth(_GAP)
        self.setChildrenCollapsible(False)
        for pane in panes:
            self.addWidget(pane)
        self.setStretchFactor(len(panes) - 1, 1)
        for number, pane in enumerate(panes):
            if number < len(panes) - 1:
                self.setStretchFactor(number, 0)
                pane.setMinimumWidth(_LIST)
        self.setSizes(self._kept() or list(widths))
        self.splitterMoved.connect(self._keep)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the details wide: in a narrow window the list gives way."""
        super().resizeEvent(event)
        was_narrow, self._is_narrow = self._is_narrow, self.window().width() <= _NARROW
        if self.count() == 2 and self._is_narrow:  # noqa: PLR2004
            self.setSizes([_LIST, max(_DETAILS, self.width() - _LIST - _GAP)])
        elif self.count() == 2 and was_narrow:  # noqa: PLR2004
            wide = (self._kept() or self._widths)[0]
            self.setSizes([wide, self.width() - wide - _GAP])
        self.share()

    def share(self) -> None:
        """Give three panes their shares: the list its width, the others what is left of it.

        What a person chose with the mouse stays.
        """
        if self.count() > 2 and not self._kept():  # noqa: PLR2004
            first, *others = self._widths
            free = self.width() - first - _GAP * len(others)
            shares = [free * wide // sum(others) for wide in others]
            for number, pane in enumerate(self._panes[1:]):
                shares[number] *= not pane.isHidden()
            self.setSizes([first, free - sum(shares[1:]), *shares[1:]])

    def _keep(self) -> None:
        QSettings().setValue(self._name, [int(size) for size in self.sizes()])

    def _kept(self) -> list[int]:
        kept = QSettings().value(self._name)
        if not isinstance(kept, list) or len(kept) != self.count():
            return []
        return [int(str(size)) for size in kept]
