"""Putting a work order on the board, inline: who, on which day, from when, how long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed_dates import Clock, read_minutes
from smallcmms.services import technicians, visits, work_orders
from smallcmms.services.visits import Gap
from smallcmms.services.work_orders import VisitLine, WorkOrderPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Choice,
    ClockBox,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    line,
    row,
)

_USUAL, _DAYS, _HOUR = 60, 14, 60
_MORNING = 7 * _HOUR
"""A time before seven that says neither morning nor evening is one of the afternoon."""


class BoardForm(Panel):
    """Plan a visit, or move one; ``closed`` tells that it was left, ``planned`` that it stands."""

    closed = Signal()
    planned = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("panel", "")
        self.desk = desk
        self._page: WorkOrderPage | None = None
        self._visit: VisitLine | None = None
        self.form = Form(self)
        self.header = PanelHeader("calendar-plus", "")
        self.free = Label("", "second", wraps=True)
        self.do = Button("", "primary", icon="check", key="Ctrl+Return", on=self.put)
        back = Button(_("Back"), on=self.closed.emit)
        self.add(self.header)
        self.pad(self._boxes(), self.free, self.override, self.waiting, row(self.do, back, None))
        self.add(line())
        self.hide()

    def _boxes(self) -> QGridLayout:
        add, formats = self.form.add, self.desk.formats
        self.who = add("technician", Choice(_("Technician")))
        self.day = add("day", DateBox(_("Day"), formats, self.desk.today, is_needed=True))
        self.start = add("planned_from", ClockBox(_("From"), is_needed=True, write=self._clock))
        self.minutes = add("planned_to", LineBox(_("Minutes"), is_needed=True, read=read_minutes))
        self.override = add("override_reason", LineBox(_("Why it goes on the board anyway")))
        self.waiting = add("waiting_reason", LineBox(_("Why this L4 goes first")))
        self.who.changed.connect(self._look)
        self.day.left.connect(self._look)
        self.minutes.left.connect(self._say_free)
        boxes = QGridLayout()
        boxes.setSpacing(8)
        for place, box in enumerate((self.who, self.day, self.start, self.minutes)):
            boxes.addWidget(box, 0, place)
            boxes.setColumnStretch(place, 3 if place < 2 else 2)  # noqa: PLR2004
        return boxes

    def begin(self, page: WorkOrderPage, visit: VisitLine | None = None) -> None:
        """Begin with the first gap in anybody's day, or with the visit that is to be moved."""
        self._page, self._visit = page, visit
        self.form.clear()
        self.override.hide()
        self.waiting.hide()
        people = [(each.id, each.name) for each in technicians.rows(self.desk.store)]
        self.who.set_items(people)
        self.minutes.set_value(page.planned_minutes or _USUAL)
        self.header.title.setText(_("Put on the board") if visit is None else _("Move the visit"))
        self.do.say(_("Put on the board") if visit is None else _("Move"))
        if visit is not None:
            self._fill_from(visit)
        else:
            wanted = page.wanted.id if page.wanted is not None else None
            self._fill_first([key for key, _name in people], wanted)
        self._say_free()
        self.show()
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self) -> None:
        """Put the visit on the board, or move it."""
        if self._page is None or not self.form.check():
            return
        store, told = self.desk.store, self._planned()
        try:
            if self._visit is not None:
                visits.reschedule(store, self._visit.id, **told)
            else:
                told["waiting_reason"] = self.waiting.text
                work_orders.schedule(store, self._page.id, **told)
        except RuleBroken as refused:
            if refused.field in self.form.boxes:
                self.form.boxes[refused.field].show()
            raise
        self.planned.emit()

    def _planned(self) -> dict[str, Any]:
        begins = self._moment(self.day.value, _on_the_day(self.start.value))
        return {
            "technician_ids": [self.who.value] if self.who.value else [],
            "planned_from": begins,
            "planned_to": begins + timedelta(minutes=self.minutes.value),
            "override_reason": self.override.text,
        }

    def _fill_from(self, visit: VisitLine) -> None:
        if visit.technicians:
            self.who.set_value(visit.technicians[0].id)
        self._fill(visit.planned_from)
        lasts = visit.planned_to - visit.planned_from
        self.minutes.set_value(int(lasts.total_seconds()) // _HOUR)

    def _fill_first(self, people: list[object], wanted: int | None) -> None:
        """Offer the first gap of who is wanted, or else of anybody."""
        self.day.set_value(self.desk.today())
        if wanted not in people or not self._has_gap([wanted]):
            self._has_gap(people)

    def _has_gap(self, people: list[object]) -> bool:
        today = self.desk.today()
        for ahead in range(_DAYS):
            on = today + timedelta(days=ahead)
            free = [(gaps[0].starts_at, key) for key in people if (gaps := self._gaps(key, on))]
            if free:
                starts_at, key = min(free, key=lambda each: each[0])
                self.who.set_value(key)
                self._fill(starts_at)
                return True
        return False

    def _fill(self, moment: datetime) -> None:
        local = self.desk.formats.local(moment)
        self.day.set_value(local.date())
        self.start.set_value(Clock(local.hour * _HOUR + local.minute, is_exact=True))

    def _look(self) -> None:
        """Offer the first gap of another technician or day."""
        gaps = self._free()
        if gaps and self._visit is None:
            self._fill(gaps[0].starts_at)
        self._say_free()

    def _say_free(self) -> None:
        gaps, formats = self._free(), self.desk.formats
        spans = ", ".join(formats.span(gap.starts_at, gap.ends_at) for gap in gaps)
        nothing = _("Nothing long enough is free on this day.")
        self.free.setText(_("Free: {spans}", spans=spans) if gaps else nothing)

    def _free(self) -> tuple[Gap, ...]:
        if not (self.who.value and self.day.check() and self.minutes.check()):
            return ()
        return self._gaps(self.who.value, self.day.value)

    def _gaps(self, technician_id: object, on: date) -> tuple[Gap, ...]:
        minutes = self.minutes.value if self.minutes.check() else _USUAL
        return visits.gaps(
            self.desk.store,
            technician_id=int(str(technician_id)),
            on=on,
            minutes=minutes or _USUAL,
        )

    def _clock(self, clock: Clock) -> str:
        moment = self._moment(self.desk.today(), _on_the_day(clock))
        return self.desk.formats.time(moment)

    def _moment(self, day: date, minutes: int) -> datetime:
        clock = time(minutes // _HOUR, minutes % _HOUR)
        return datetime.combine(day, clock, ZoneInfo(self.desk.formats.zone))


def _on_the_day(clock: Clock) -> int:
    """Return the minutes after midnight that are meant within a working day."""
    is_afternoon = not clock.is_exact and clock.minutes < _MORNING
    return clock.minutes + 12 * _HOUR if is_afternoon else clock.minutes
