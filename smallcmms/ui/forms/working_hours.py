"""The form of the shop's hours by weekday and of its holidays."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Hours
from smallcmms.domain.typed_dates import read_date
from smallcmms.services import working_hours
from smallcmms.texts import _
from smallcmms.ui.kit import Desk, Form, Label, TextBox, column
from smallcmms.ui.widgets.boxes import ClockBox

_MONDAY = date(2024, 1, 1)
_HALF_A_DAY = 12 * 60


class WorkingHoursForm(QWidget):
    """Edit when the shop works; what is changed is saved when its box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(self, save=self._save)
        week = QGridLayout()
        week.setHorizontalSpacing(10)
        week.setVerticalSpacing(6)
        for day in range(7):
            name = desk.formats.weekday_name(_MONDAY.replace(day=day + 1))
            week.addWidget(Label(name), day, 0)
            for place, edge, says in (
                (1, f"opens_{day}", _("{day}, from", day=name)),
                (2, f"closes_{day}", _("{day}, until", day=name)),
            ):
                box = ClockBox("", hint=_("closed"), says=says, size="small")
                week.addWidget(self.form.add(edge, box), day, place)
        week.setColumnStretch(3, 1)
        hint = _("A day a line: Dec 25, 2026")
        holidays = self.form.add("holidays", TextBox(_("Holidays"), rows=6, hint=hint))
        pieces = (Label(_("Hours"), "bold"), week, 12, holidays, None)
        self.setLayout(column(*pieces, gap=8, margins=(16, 12, 16, 12)))

    def refresh(self) -> None:
        """Show the hours and the holidays as they are."""
        formats, kept = self.desk.formats, working_hours.get(self.desk.store)
        told: dict[str, Any] = {"holidays": "\n".join(map(formats.day_year, kept.holidays))}
        for day, hours in enumerate(kept.week):
            told[f"opens_{day}"] = formats.clock(hours.opens) if hours else ""
            told[f"closes_{day}"] = formats.clock(hours.closes) if hours else ""
        self.form.fill(told)

    def _save(self, values: dict[str, Any]) -> None:
        store = self.desk.store
        if "holidays" in values:
            working_hours.set_holidays(store, self._days(values["holidays"]))
        if values.keys() - {"holidays"}:
            week = [self._hours(day) for day in range(7)]
            working_hours.set_week(store, week)

    def _days(self, text: str) -> list[date]:
        today, locale = self.desk.today(), self.desk.formats.locale
        lines = filter(None, map(str.strip, text.splitlines()))
        return [read_date(line, today=today, locale=locale, field="holidays") for line in lines]

    def _hours(self, day: int) -> Hours | None:
        opens, closes = self.form.read(f"opens_{day}"), self.form.read(f"closes_{day}")
        if opens is None and closes is None:
            return None
        if opens is None:
            raise RuleBroken("From when?", f"opens_{day}")
        if closes is None:
            raise RuleBroken("Until when?", f"closes_{day}")
        until = closes.minutes
        if until <= opens.minutes and not closes.is_exact:
            until += _HALF_A_DAY  # 8 to 5
        try:
            return Hours(_time(opens.minutes), _time(until))
        except RuleBroken as error:
            raise RuleBroken(error.message, f"closes_{day}", **error.values) from None


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
