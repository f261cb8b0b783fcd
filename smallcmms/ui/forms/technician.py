"""The form of a technician and the truck they drive."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.phone import written
from smallcmms.services import technicians
from smallcmms.services.technicians import TechnicianRow
from smallcmms.texts import _
from smallcmms.ui.forms.certificates import AbsencesForm, CertificatesForm
from smallcmms.ui.kit import Desk, Form, LineBox, PriceBox, QuantityBox, block, column, line, row


class TechnicianForm(QWidget):
    """Edit a technician, saved when a box is left, or fill in a new one for ``make``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.record_id = desk, 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("name", LineBox(_("Name"), is_needed=True))
        initials = add("initials", LineBox(_("Initials")))
        phone = add("phone", LineBox(_("Phone"), read=written))
        email = add("email", LineBox(_("E-mail")))
        truck = add("truck", LineBox(_("Truck"), hint=_("Truck 1")))
        cost = add("cost_rate", PriceBox(_("Costs you an hour"), desk.formats))
        bill = add("bill_rate", PriceBox(_("Billed an hour, if not the shop's rate"), desk.formats))
        hours = QuantityBox(_("Hours a week"), desk.formats)
        week = add("weekly_hours", hours)
        pairs = [(self.first, initials), (phone, email), (truck, week), (cost, bill)]
        self.absences, self.certificates = AbsencesForm(desk), CertificatesForm(desk)
        self._more = block(column(line(), self.certificates, line(), self.absences, gap=12))
        boxes = (row(*pair, gap=10) for pair in pairs)
        self.setLayout(column(*boxes, self._more, None, gap=10))

    def show_record(self, found: TechnicianRow) -> None:
        """Edit a technician."""
        self.record_id = found.id
        self.form.clear()
        kept = {name: getattr(found, name, None) for name in self.form.boxes}
        self.form.fill(kept | {"weekly_hours": Decimal(found.weekly_minutes) / 60})
        self.certificates.show_technician(found.id)
        self.absences.show_technician(found.id)
        self._more.show()

    def begin(self) -> None:
        """Fill in a new technician."""
        self.record_id = 0
        self.form.clear()
        self._more.hide()

    def make(self) -> int:
        """Add the technician that was filled in."""
        return technicians.add(self.desk.store, **_plain(self.form.values()))

    def _save(self, values: dict[str, Any]) -> None:
        if self.record_id:
            technicians.edit(self.desk.store, self.record_id, **_plain(values))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    texts = ("phone", "initials", "truck", "email")
    plain = {name: (value or "") if name in texts else value for name, value in values.items()}
    hours = plain.pop("weekly_hours", None)
    return plain | ({"weekly_minutes": int(hours * 60)} if hours else {})
