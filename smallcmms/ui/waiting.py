"""What stands at a page's place until the page is there."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from smallcmms.texts import _
from smallcmms.ui.places import Place
from smallcmms.ui.view import View
from smallcmms.ui.widgets.panel import Panel
from smallcmms.ui.widgets.strip import EmptyState


class WaitingPage(View):
    """An empty panel with the page's icon."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.title, self.icon = place.title, place.icon
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 12)
        layout.addWidget(Panel(EmptyState(place.icon, _(place.title))))
