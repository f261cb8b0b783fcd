"""What a page knows of the forms on it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken


class Fields(QObject):
    """Boxes that belong together."""

    def keep(self) -> None:
        """Save what is typed and not saved yet."""
        raise NotImplementedError

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether a widget is in one of the boxes."""
        raise NotImplementedError

    def show_error(self, error: RuleBroken) -> bool:
        """Show an error below the box that it names; return whether there is such a box."""
        raise NotImplementedError
