"""Who can go: the gaps that are offered, or any other time; by which template, how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain import planned_times
from smallcmms.domain.errors import RuleBroken
from smallcmms.services.triage import USUAL_MINUTES, Offer, Plan
from smallcmms.texts import _
from smallcmms.ui import offer_words, when
from smallcmms.ui.kit import (
    Choice,
    ClockBox,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    Option,
    Options,
    QuantityBox,
    block,
    column,
    row,
)

PICK, LATER = "pick", "later"
_ROWS = 4


class VisitForm(QWidget):
    """Choose who goes and when; ``changed`` tells of a choice, ``asks`` that gaps are to be found.

    ``asks`` comes when the template or the time that the job takes is another one.
    """

    changed = Signal()
    asks = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._offers: dict[object, Offer] = {}
        self._until = ""
        self.form = Form(self)
        self.options = Options([Option(at, "") for at in range(_ROWS)], says=_("Who can go"))
        self.options.chosen.connect(self._choose)
        self._make_boxes()
        well = block(column(self.options, margins=(1, 1, 1, 1)), "well")
        self.reasons = Label("", "second", wraps=True)
        self.not_free = Label("", "second", tone="amber", wraps=True)
        add = self.form.add
        self.override = add("override_reason", LineBox(_("Why it goes ahead all the same")))
        self.waiting = add("waiting_reason", LineBox(_("Why this L4 goes first")))
        said = column(self.reasons, self.not_free, self.override, self.waiting, gap=4)
        who = column(Label(_("Who can go"), "label"), well, gap=4)
        who.addLayout(said)
        job = row(gap=8)
        job.addWidget(self.template, 3)
        job.addWidget(self.hours, 1)
        self.setLayout(column(who, self.picked, job, None, gap=9))
        self.template.changed.connect(self.asks)
        self.hours.left.connect(self._change_hours)

    def _make_boxes(self) -> None:
        add, desk = self.form.add, self._desk
        self.technician = add("technician", Choice(_("Technician")))
        self.day = add("planned_on", DateBox(_("Day"), desk.formats, desk.today))
        self.begins = add("planned_from", ClockBox(_("From")))
        self.ends = add("planned_to", ClockBox(_("To")))
        self.template = add("template_id", Choice(_("Job template")))
        self.hours = add("planned_minutes", QuantityBox(_("Hours"), desk.formats))
        self._asked = 0
        times = row(self.begins, self.ends, gap=8)
        who = row(gap=8)
        who.addWidget(self.technician, 3)
        who.addWidget(self.day, 2)
        self.picked = block(column(who, times, gap=6))
        self.picked.hide()
        self.technician.changed.connect(self.changed)

    @property
    def minutes(self) -> int | None:
        """Return how long the job is planned to take; nothing where that cannot be read."""
        try:
            hours = self.hours.value
        except RuleBroken:
            return None
        return int(hours * 60) or None if hours else None

    def show_plan(self, plan: Plan, until: datetime, *, is_new: bool) -> None:
        """Offer who can go; of a new request the first one, else whoever was chosen stays."""
        self._offers = {offer.technician_id: offer for offer in plan.offers}
        formats, store = self._desk.formats, self._desk.store
        self._until = when.until(formats, until, store.now())
        self.not_free.setText(offer_words.not_free(plan.not_free, formats, self._desk.today()))
        self.not_free.setVisible(bool(plan.not_free))
        if is_new:
            self._ask_for_nothing()
        chosen = None if is_new else self.options.value
        self.options.set_options(
            [
                *(self._option(offer) for offer in plan.offers[: _ROWS - 2]),
                Option(PICK, _("Pick a time")),
                Option(LATER, _("Later: it waits to be scheduled")),
            ]
        )
        first: object = plan.offers[0].technician_id if plan.offers else LATER
        keys = {*(offer.technician_id for offer in plan.offers[: _ROWS - 2]), PICK, LATER}
        self.options.set_value(chosen if chosen in keys else first)
        none: list[tuple[object, str]] = [(None, _("None"))]
        self.template.set_items([*none, *((each.id, each.name) for each in plan.templates)])
        self.template.set_value(plan.template_id)
        self.technician.set_items([(each.id, each.name) for each in plan.technicians])
        self._asked = plan.minutes
        if is_new or not self.hours.editor.hasFocus():
            self.hours.set_value(Decimal(plan.minutes) / 60)
        self.picked.setVisible(self.options.value == PICK)
        self._say_reasons()
        self.changed.emit()

    def ask_for(self, field: str) -> None:
        """Ask why in spite of a missing certificate, or of an L1 that waits."""
        box = self.form.boxes.get(field)
        if box is not None:
            box.show()

    def _ask_for_nothing(self) -> None:
        for box in (self.override, self.waiting):
            box.set_value("")
            box.hide()

    def _say_reasons(self) -> None:
        offer = self._offers.get(self.options.value)
        self.reasons.setVisible(offer is not None)
        self.override.setVisible(bool(offer and offer.lacks) or bool(self.override.text))
        if offer is not None:
            formats, today = self._desk.formats, self._desk.today()
            told = offer_words.reasons(offer, self._until, formats, today)
            words = " · ".join(told)
            self.reasons.set_tone("amber" if offer.is_short else "")
            self.reasons.setText(words[:1].upper() + words[1:])

    @property
    def name(self) -> str:
        """Return the first name of who goes, or nothing."""
        key = self.options.value
        whole = self.technician.combo.currentText() if key == PICK else ""
        if key in self._offers:
            whole = self._offers[key].technician
        return whole.split(" ")[0]

    def chosen(self) -> dict[str, Any]:
        """Return who goes and when, for the work order.

        Raises:
            RuleBroken: a time cannot be read.
        """
        minutes = self.minutes or USUAL_MINUTES
        told: dict[str, Any] = {"template_id": self.template.value, "planned_minutes": minutes}
        key = self.options.value
        if key in self._offers:
            offer = self._offers[key]
            told["technician_ids"] = [offer.technician_id]
            told["planned_from"] = offer.starts_at
            lasts = min(minutes, offer.free_minutes)
            told["planned_to"] = offer.starts_at + timedelta(minutes=lasts)
        elif key == PICK:
            told |= self._picked()
        told["override_reason"], told["waiting_reason"] = self.override.text, self.waiting.text
        return told

    def _picked(self) -> dict[str, Any]:
        typed = self.form.values()
        for name in ("planned_on", "planned_from", "planned_to"):
            if typed[name] is None:
                raise RuleBroken("Write something here.", name)
        zone = ZoneInfo(self._desk.formats.zone)
        begins, ends = planned_times.span(
            typed["planned_on"], typed["planned_from"], typed["planned_to"], zone
        )
        people = [] if typed["technician"] is None else [typed["technician"]]
        return {"technician_ids": people, "planned_from": begins, "planned_to": ends}

    def _choose(self, key: object) -> None:
        if key == PICK and not self.day.typed:
            self._begin_picking()
        self.picked.setVisible(key == PICK)
        if key == PICK:
            self.technician.setFocus()
        self._say_reasons()
        self.changed.emit()

    def _begin_picking(self) -> None:
        offer = next(iter(self._offers.values()), None)
        formats, today = self._desk.formats, self._desk.today()
        if offer is None:
            self.day.set_value(today)
            return
        self.technician.set_value(offer.technician_id)
        self.day.set_value(formats.local(offer.starts_at).date())
        self.begins.put_back(formats.time(offer.starts_at))
        self.ends.put_back(formats.time(offer.ends_at))

    def _change_hours(self) -> None:
        if self.minutes is not None and self.minutes != self._asked:
            self.asks.emit()

    def _option(self, offer: Offer) -> Option:
        formats, now = self._desk.formats, self._desk.store.now()
        who = offer.technician.split(" ")[0]
        first = f"{who}, {when.begins(formats, offer.starts_at, now)}"
        second = offer_words.short(offer, self._until, formats)
        return Option(offer.technician_id, first, second=second)
