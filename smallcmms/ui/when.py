"""When something is to be done, in a person's words: until when, how long that is, and who goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from smallcmms.formats import Formats
from smallcmms.texts import _, _n

_DAY = timedelta(days=1)


def until(formats: Formats, moment: datetime, now: datetime) -> str:
    """Return until when: 11:10 AM, tomorrow 3:00 AM, Fri Jul 17."""
    today = formats.today(now)
    day = formats.local(moment).date()
    if day == today:
        return formats.time(moment)
    if timedelta() < moment - now < _DAY:
        return f"{formats.relative_day(day, today)} {formats.time(moment)}"
    return formats.weekday(day)


def left(formats: Formats, moment: datetime, now: datetime) -> str:
    """Return how long that is: 48 min left, 3 h 34 min left, 3 days left; or how late it is."""
    span = abs(moment - now)
    if span >= _DAY:
        days = abs((formats.today(moment) - formats.today(now)).days)
        if moment < now:
            return _n("{n} day late", "{n} days late", days)
        return _n("{n} day left", "{n} days left", days)
    minutes = int(span.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    words = _("{hours} h {minutes} min", hours=hours, minutes=rest)
    if not rest and hours:
        words = _("{hours} h", hours=hours)
    elif not hours:
        words = _("{minutes} min", minutes=minutes)
    return _("{span} late", span=words) if moment < now else _("{span} left", span=words)


def past_day(formats: Formats, day: date, now: datetime) -> str:
    """Return when something was done: today, yesterday, Jul 9, Dec 30, 2025."""
    today = formats.today(now)
    if today - day <= _DAY:
        return formats.relative_day(day, today)
    return formats.day(day) if day.year == today.year else formats.day_year(day)


def begins(formats: Formats, moment: datetime, now: datetime) -> str:
    """Return when something begins: today 1:00 PM, Wed Jul 15 8:00 AM."""
    day = formats.relative_day(formats.local(moment).date(), formats.today(now))
    return f"{day} {formats.time(moment)}"
