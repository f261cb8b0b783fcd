"""The pages of a PDF as they will come out of the printer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from smallcmms.texts import _, _n
from smallcmms.ui import printing

_MARGIN = 16
_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_LATER_MS = 300


class PdfPreview(QScrollArea):
    """Show a PDF fitted to its width; ``zoom`` makes it larger, ``counted`` tells its pages."""

    counted = Signal(int)

    def __init__(self, *, says: str = "") -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(says or _("Preview"))
        self._pdf = b""
        self._zoom = _STEPS.index(1.0)
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(_MARGIN)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._sheet)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self._draw)

    @property
    def pages(self) -> int:
        """Return how many pages are shown."""
        return self._column.count()

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF, or nothing."""
        if pdf != self._pdf:
            self._pdf = pdf
            self._draw()

    def zoom(self, step: int) -> None:
        """Make the pages larger (1) or smaller (-1); 0 fits them to the width again."""
        home = _STEPS.index(1.0)
        self._zoom = min(max(self._zoom + step, 0), len(_STEPS) - 1) if step else home
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the pages to the new width, a moment later."""
        super().resizeEvent(event)
        if self._pdf:
            self._later.start()

    def _draw(self) -> None:
        self._later.stop()
        while item := self._column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._pdf:
            for number, picture in enumerate(self._pictures(), start=1):
                self._column.addWidget(
                    self._page(picture, number), 0, Qt.AlignmentFlag.AlignHCenter
                )
        self.setAccessibleDescription(_n("{n} page", "{n} pages", self.pages))
        self.counted.emit(self.pages)

    def _pictures(self) -> Iterator[QImage]:
        room = max(self.viewport().width() - 2 * _MARGIN - 1, 200)  # a picture is rounded up
        inches = printing.width(self._pdf)
        dots = room * _STEPS[self._zoom] / inches
        return printing.pages(self._pdf, dots * self.devicePixelRatio())

    def _page(self, picture: QImage, number: int) -> QLabel:
        label = QLabel()
        pixmap = QPixmap.fromImage(picture)
        pixmap.setDevicePixelRatio(self.devicePixelRatio())
        label.setPixmap(pixmap)
        label.setAccessibleName(_("Page {number}", number=number))
        return label
