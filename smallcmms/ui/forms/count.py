"""The form of a new count of stock: where, and by whom."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from smallcmms.services import parts, stock_counts
from smallcmms.texts import _
from smallcmms.ui.kit import Choice, Desk, Form, Label, LineBox, column, row


class NewCountForm(QWidget):
    """Say which place is counted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(self)
        self.place = self.form.add("location_id", Choice(_("Place")))
        self.by = self.form.add("counted_by", LineBox(_("Counted by")))
        self.first: QWidget = self.place
        note = Label(
            _("The sheet lists what lies there shelf by shelf, and does not say how many."),
            "second",
            wraps=True,
        )
        self.setLayout(column(row(self.place, self.by, gap=10), note, None, gap=10))

    def begin(self) -> None:
        """Begin with the shop."""
        self.form.clear()
        places = parts.locations(self.desk.store)
        self.place.set_items([(each.id, each.name) for each in places])

    def make(self) -> int:
        """Begin the count; return its id."""
        return stock_counts.begin(self.desk.store, **self.form.values())
