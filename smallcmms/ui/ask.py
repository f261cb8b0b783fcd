"""The one seam through which the program asks a person in a window of its own.

Tests hand in answers instead. Little asks: files, a printer, and the three questions that cannot
be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPagedPaintDevice
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from smallcmms.texts import _


class Ask:
    """Asks through the platform's own windows."""

    def question(self, parent: QWidget, text: str, more: str, yes: str) -> bool:
        """Ask before what cannot be taken back; ``yes`` names what would be done."""
        box = _message(parent, QMessageBox.Icon.Question, text, more)
        button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is button

    def tell(self, parent: QWidget, text: str, more: str) -> None:
        """Tell something before the program leaves."""
        _message(parent, QMessageBox.Icon.Information, text, more).exec()

    def fault(self, parent: QWidget | None, text: str, more: str, details: str) -> None:
        """Tell of a fault of the program, and copy its details if the person wants them."""
        box = _message(parent, QMessageBox.Icon.Warning, text, more)
        copy = box.addButton(_("Copy details"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is copy:
            QApplication.clipboard().setText(details)

    def open_file(self, parent: QWidget, title: str, kinds: str, folder: Path) -> Path | None:
        """Ask for a file that is there."""
        name, _kind = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
        return Path(name) if name else None

    def open_files(self, parent: QWidget, title: str, kinds: str, folder: Path) -> list[Path]:
        """Ask for several files that are there."""
        names, _kind = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
        return [Path(name) for name in names]

    def open_outside(self, path: Path) -> bool:
        """Let the system open a copy that was laid out for it; return whether it began to."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def save_file(self, parent: QWidget, title: str, kinds: str, proposal: Path) -> Path | None:
        """Ask for the name of a file to write."""
        name, _kind = QFileDialog.getSaveFileName(parent, title, str(proposal), kinds)
        return Path(name) if name else None

    def folder(self, parent: QWidget, title: str, folder: Path) -> Path | None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(parent, title, str(folder))
        return Path(name) if name else None

    def printer(self, _printer: QPagedPaintDevice, dialog: Callable[[], QDialog]) -> bool:
        """Let the person choose a printer and its settings in the dialog that ``dialog`` makes."""
        return dialog().exec() == QDialog.DialogCode.Accepted


def _message(parent: QWidget | None, icon: QMessageBox.Icon, text: str, more: str) -> QMessageBox:
    words = "\n\n".join(filter(None, (text, more)))
    box = QMessageBox(icon, "SmallCMMS", "", QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    return box
