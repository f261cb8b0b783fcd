"""The keys of a page, and which program this is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLayout, QWidget

import smallcmms
from smallcmms.texts import _
from smallcmms.ui.widgets.badges import KeyHint
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import Panel, column, row, scrolled

_WIDE, _HIGH = 640, 560


class KeysDialog(QDialog):
    """The keys of the page that is shown, and those that work on every page."""

    def __init__(
        self,
        parent: QWidget,
        heading: str,
        keys: Sequence[tuple[str, str]],
        acts: Sequence[QAction],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        self.resize(_WIDE, _HIGH)
        here = [(key, _(does)) for key, does in keys]
        portable = QKeySequence.SequenceFormat.PortableText
        every = [(act.shortcut().toString(portable), act.text()) for act in acts]
        panel = Panel()
        if here:
            panel.pad(Label(heading, "h3"), _table(here))
        panel.pad(Label(_("In the menus"), "h3"), _table(every))
        close = Button(_("Close"), "primary", on=self.accept)
        layout = column(gap=10, margins=(14, 14, 14, 14))
        layout.addWidget(scrolled(panel), 1)
        layout.addLayout(row(None, close))
        self.setLayout(layout)


def _table(keys: Sequence[tuple[str, str]]) -> QLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(1, 1)
    for at, (key, does) in enumerate(keys):
        grid.addWidget(KeyHint(key), at, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Label(does), at, 1)
    return grid


def about_words() -> str:
    """Return name and version of the program."""
    return _("SmallCMMS {version}", version=smallcmms.__version__)
