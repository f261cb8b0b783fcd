"""The row above the pages: back, forward, search, and what begins from anywhere."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout

from smallcmms.texts import _
from smallcmms.ui import theme
from smallcmms.ui.search import SearchBox
from smallcmms.ui.widgets.button import Button

_HEIGHT, _SEARCH, _NARROW_SEARCH = 48, 440, 330


class ToolRow(QFrame):
    """Back, forward, search; Enter a sheet and Log a call at the right."""

    def __init__(self, commands: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("tools")
        self.setProperty("pane", True)  # noqa: FBT003
        self.back = _arrow(commands["back"], "arrow-left")
        self.forward = _arrow(commands["forward"], "arrow-right")
        self.search = SearchBox()
        self.enter_sheet = Button.of(commands["enter_sheet"])
        self.log_call = Button.of(commands["log_call"], "primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        for piece in (self.back, self.forward, self.search):
            layout.addWidget(piece)
        layout.addStretch(1)
        layout.addWidget(self.enter_sheet)
        layout.addWidget(self.log_call)
        theme.signals.changed.connect(self._fit)
        self._is_narrow = False
        self._fit()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Take less room in a narrow window."""
        self._is_narrow = is_narrow
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT))
        self.search.setFixedWidth(theme.px(_NARROW_SEARCH if self._is_narrow else _SEARCH))
        long, short = _("Search name, phone, work order, asset, part"), _("Search everything")
        self.search.setPlaceholderText(short if self._is_narrow else long)


def _arrow(action: QAction, icon: str) -> Button:
    button = Button("", "icon", icon=icon, says=action.text(), on=action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    return button
