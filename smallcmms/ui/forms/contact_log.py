"""The form of a talk with a customer: how, with whom, when, and what was said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from smallcmms.domain.contact_log import Way
from smallcmms.domain.typed_dates import Clock
from smallcmms.services import contact_log, contacts
from smallcmms.services.contact_log import ContactLogRow
from smallcmms.texts import _
from smallcmms.ui.kit import Choice, ClockBox, DateBox, Desk, Form, TextBox, column, row

_EARLIEST = 6 * 60
"""An unmarked 1:00 is the afternoon's: shops do not talk at night (ours)."""
ICONS = {
    Way.THEY_CALLED: "phone",
    Way.WE_CALLED: "phone-call",
    Way.E_MAIL: "mail",
    Way.TEXT: "message-square",
    Way.VISIT: "footprints",
    Way.LETTER: "file-text",
}


def way_words() -> list[tuple[object, str]]:
    """Return the ways of speaking with a customer in words."""
    return [
        (Way.THEY_CALLED, _("They called")),
        (Way.WE_CALLED, _("We called")),
        (Way.E_MAIL, _("E-mail")),
        (Way.TEXT, _("Text")),
        (Way.VISIT, _("In person")),
        (Way.LETTER, _("Letter")),
    ]


class ContactLogForm(QWidget):
    """Fill in a talk for ``make``, or put one right that is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.customer_id = self.entry_id = 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add(
            "said", TextBox(_("What was said"), rows=4, is_needed=True, says=_("What was said"))
        )
        how = add("how", Choice(_("How"), way_words()))
        self.who = add("contact_id", Choice(_("With whom")))
        self.day = add("happened_on", DateBox(_("Day"), desk.formats, desk.today, is_needed=True))
        self.clock = add("happened_at", ClockBox(_("Time"), is_needed=True))
        pairs = (row(how, self.who, gap=10), row(self.day, self.clock, gap=10))
        self.setLayout(column(self.first, *pairs, None, gap=10))

    def begin(self, customer_id: int) -> None:
        """Fill in a talk that was just now."""
        self._show(customer_id, 0)
        self.form.fill({"how": Way.THEY_CALLED, **self._when(self.desk.store.now())})

    def show_entry(self, customer_id: int, entry: ContactLogRow) -> None:
        """Put a talk right."""
        self._show(customer_id, entry.id)
        told = {"said": entry.said, "how": entry.how, "contact_id": entry.contact_id}
        self.form.fill({**told, **self._when(entry.happened_at)})

    def make(self) -> None:
        """Write down what was filled in."""
        told = self.form.values()
        contact_log.log(
            self.desk.store,
            self.customer_id,
            how=told["how"],
            said=told["said"],
            contact_id=told["contact_id"],
            happened_at=self._moment(),
        )

    def _show(self, customer_id: int, entry_id: int) -> None:
        self.customer_id, self.entry_id = customer_id, entry_id
        self.form.clear()
        people: list[tuple[object, str]] = [(None, _("Nobody in particular"))]
        found = contacts.contacts(self.desk.store, customer_id)
        self.who.set_items([*people, *((person.id, person.name) for person in found)])
        self.who.set_value(None)

    def _when(self, moment: datetime) -> dict[str, Any]:
        local = self.desk.formats.local(moment)
        clock = Clock(local.hour * 60 + local.minute, is_exact=True)
        return {"happened_on": local.date(), "happened_at": clock}

    def _moment(self) -> datetime:
        """Return when it was, in UTC; what was just now is not later than now."""
        now, clock = self.desk.store.now(), self.clock.value
        is_afternoon = not clock.is_exact and clock.minutes < _EARLIEST
        minutes = clock.minutes + (12 * 60 if is_afternoon else 0)
        zone = ZoneInfo(self.desk.formats.zone)
        midnight = datetime.combine(self.day.value, datetime.min.time(), zone)
        return min(now, (midnight + timedelta(minutes=minutes)).astimezone(UTC))

    def _save(self, values: dict[str, Any]) -> None:
        if not self.entry_id:
            return
        if {"happened_on", "happened_at"} & set(values):
            values.pop("happened_on", None)
            values["happened_at"] = self._moment()
        contact_log.edit(self.desk.store, self.entry_id, **values)
