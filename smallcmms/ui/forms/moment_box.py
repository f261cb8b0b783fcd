"""A box for a moment that has been: a clock time of today, or a day and a clock time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed_dates import read_clock, read_date
from smallcmms.texts import _
from smallcmms.ui.desk import Desk
from smallcmms.ui.widgets.box import LineBox

_DAY_AND_CLOCK = re.compile(
    r"(.*\S)[ ,]+(\d{1,2}(?:[:.]\d{2}| ?[ap])(?: ?[ap]?\.?m?\.?)?)", re.IGNORECASE
)


class MomentBox(LineBox):
    """A moment as it is typed: 7:10, 7:10 PM, Jul 13 16:55; its value is aware, or nothing."""

    def __init__(self, label: str, desk: Desk, *, hint: str = "") -> None:
        self._desk = desk
        usual = _("7:10, or Jul 13 16:55")
        super().__init__(label, hint=hint or usual, read=self._moment, write=self._written)

    def _moment(self, text: str) -> datetime:
        formats, today = self._desk.formats, self._desk.today()
        parts = _DAY_AND_CLOCK.fullmatch(text)
        day = (
            read_date(parts[1].rstrip(","), today=today, locale=formats.locale) if parts else today
        )
        minutes = read_clock(parts[2] if parts else text).minutes
        typed = datetime.combine(day, time()) + timedelta(minutes=minutes)
        moment = typed.replace(tzinfo=ZoneInfo(formats.zone)).astimezone(UTC)
        if moment > self._desk.store.now():
            raise RuleBroken("That is still to come.")
        return moment

    def _written(self, moment: datetime) -> str:
        formats, today = self._desk.formats, self._desk.today()
        day, clock = formats.local(moment).date(), formats.time(moment)
        if day == today:
            return clock
        written = formats.day(day) if day.year == today.year else formats.day_year(day)
        return f"{written} {clock}"
