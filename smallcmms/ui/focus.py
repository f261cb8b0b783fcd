"""The keys never go nowhere: what vanishes with the focus leaves it to its page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Focus(QObject):
    """Watches the focus of a window; ``page`` returns the page that is shown."""

    def __init__(self, window: QMainWindow, page: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._late = QTimer(self, singleShot=True, interval=0)
        self._late.timeout.connect(self._give)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._changed)

    def _changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            self._late.start()

    def _give(self) -> None:
        """Give the keys to the page, where nothing has them though the window is in front."""
        page = self._page()
        is_lost = QApplication.focusWidget() is None and QApplication.activePopupWidget() is None
        if page is not None and is_lost and self._window.isActiveWindow():
            page.setFocus(Qt.FocusReason.OtherFocusReason)
