"""A QR tag as it will be printed: the code, and its words beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smallcmms.ui import late, theme
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import column, row

_QUIET = 4
_SIDE = 96


class Code(QWidget):
    """A QR code, black on white in either theme, as scanners want it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_code(text)

    def show_code(self, text: str) -> None:
        """Show another code, or none."""
        self._modules: list[list[bool]] = []
        self.setAccessibleName(text)
        if text:
            qrcode = late.module("qrcode")
            code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_H, border=0, mask_pattern=4)
            code.add_data(text)
            code.make()
            self._modules = [[bool(module) for module in line] for line in code.get_matrix()]
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the code."""
        return QSize(theme.px(_SIDE), theme.px(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the code with its quiet border."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        count = len(self._modules) + 2 * _QUIET
        side = self.width() // count
        edge = (self.width() - side * len(self._modules)) // 2
        for y, line in enumerate(self._modules):
            for x, is_black in enumerate(line):
                if is_black:
                    place = (edge + x * side, edge + y * side, side, side)
                    painter.fillRect(*place, Qt.GlobalColor.black)


class TagPreview(QWidget):
    """A code with its words: number, name, place."""

    def __init__(self) -> None:
        super().__init__()
        self.code = Code()
        self.first, self.second = Label("", "bold"), Label("", "second", wraps=True)
        self.third = Label("", "small")
        words = column(None, self.first, self.second, self.third, None, gap=2)
        layout = row(self.code, gap=12)
        layout.addLayout(words, 1)
        self.setLayout(layout)

    def show_tag(self, code: str, first: str, second: str = "") -> None:
        """Show a tag."""
        self.code.show_code(code)
        self.first.setText(first)
        self.second.setText(second)
        self.third.setText(code)
