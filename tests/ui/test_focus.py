from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.ui.focus import Focus


def test_what_vanishes_with_the_focus_leaves_it_to_its_page(qtbot: QtBot) -> None:
    window, page = QMainWindow(), QWidget()
    button = QPushButton("Log a call", page)
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    Focus(window, lambda: page)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.deleteLater()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page)
