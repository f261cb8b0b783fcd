"""The times in box 1 of a returned sheet: from what is written to the moments it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.quantity import hours
from smallcmms.domain.typed_dates import DAY_MINUTES, Clock, read_clock, read_date, read_minutes


@dataclass(frozen=True, slots=True)
class TypedTimes:
    """A technician's row of box 1, as it was typed."""

    date: str = ""
    left_shop: str = ""
    arrived: str = ""
    finished: str = ""
    back: str = ""
    break_minutes: str = ""


@dataclass(frozen=True, slots=True)
class SheetTimes:
    """The moments (aware, UTC) that a row of box 1 means; None where nothing was written."""

    day: date
    left_shop_at: datetime | None = None
    arrived_at: datetime | None = None
    finished_at: datetime | None = None
    back_at: datetime | None = None
    break_minutes: int = 0

    @property
    def on_site_minutes(self) -> int | None:
        """Return the minutes on site without the break; None while a time is missing."""
        minutes = _minutes(self.arrived_at, self.finished_at)
        return None if minutes is None else minutes - self.break_minutes

    @property
    def driving_minutes(self) -> int:
        """Return the minutes on the way there and back, as far as they are written."""
        there = _minutes(self.left_shop_at, self.arrived_at)
        return (there or 0) + (_minutes(self.finished_at, self.back_at) or 0)

    @property
    def on_site_hours(self) -> Decimal | None:
        """Return the hours on site, half-up to 0.01 h."""
        minutes = self.on_site_minutes
        return None if minutes is None else hours(minutes)

    @property
    def driving_hours(self) -> Decimal:
        """Return the hours on the way, half-up to 0.01 h."""
        return hours(self.driving_minutes)

    def done_on(self, zone: ZoneInfo) -> date:
        """Return the local day on which the work was finished."""
        return self.day if self.finished_at is None else self.finished_at.astimezone(zone).date()


def _minutes(begin: datetime | None, end: datetime | None) -> int | None:
    return None if begin is None or end is None else int((end - begin).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Longest:
    """How long a span may be before it is asked about (ours).

    ``unmarked`` holds for a time such as 8:05, which may be morning or evening: it would have
    been turned over to the other half of the day, and more likely stands in the wrong order.
    ``marked`` holds for 8:05p and 20:05.
    """

    unmarked: timedelta
    marked: timedelta


ON_SITE = Longest(unmarked=timedelta(hours=10), marked=timedelta(hours=16))
DRIVING = Longest(unmarked=timedelta(hours=6), marked=timedelta(hours=12))

_TIMES = ("left_shop", "arrived", "finished", "back")
_DRIVES = frozenset({("left_shop", "arrived"), ("finished", "back")})
_NOON = time(12)
_OTHER_DAY = timedelta(hours=6)


def read_times(
    typed: TypedTimes,
    *,
    planned_from: datetime | None,
    zone: ZoneInfo,
    today: date,
    locale: str,
    box: str = "",
) -> SheetTimes:
    """Return the moments that a row of box 1 means.

    The first clock time is the one nearest to the planned visit, each other the first such time
    after the one before it [domain.md, "The sheet's boxes and the states"]: 8:05, then 1:15, is
    13:15, and past midnight is the next day. Without a plan, noon stands for it.

    Raises:
        RuleBroken: a box cannot be read, the day is still to come, a span is too long to be
            believed (see `Longest`), or the break is longer than the time on site.
    """
    planned = None if planned_from is None else planned_from.astimezone(zone)
    day = _day(typed, planned, today, locale, box)
    clocks = _clocks(typed, box)
    moments: dict[str, datetime] = {}
    for name, clock in clocks.items():
        if moments:
            previous, before = list(moments.items())[-1]
            moments[name] = _after(clock, before, zone)
            longest = DRIVING if (previous, name) in _DRIVES else ON_SITE
            after = (clocks[previous], before)
            _believe(clock, moments[name].astimezone(zone), after, longest, box + name)
        else:
            near = planned or datetime.combine(day, _NOON, zone)
            moments[name] = _first(clock, day, near, zone, is_dated=bool(typed.date.strip()))
            day = moments[name].astimezone(zone).date()
    times = SheetTimes(
        day,
        left_shop_at=moments.get("left_shop"),
        arrived_at=moments.get("arrived"),
        finished_at=moments.get("finished"),
        back_at=moments.get("back"),
        break_minutes=_break(typed, box),
    )
    if (times.on_site_minutes or 0) < 0:
        raise RuleBroken("The break is longer than the time on site.", box + "break_minutes")
    return times


def _clocks(typed: TypedTimes, box: str) -> dict[str, Clock]:
    """Return the clock times that are written in a row, in the order of its boxes."""
    texts = {name: str(getattr(typed, name)).strip() for name in _TIMES}
    return {name: read_clock(text, field=box + name) for name, text in texts.items() if text}


def _break(typed: TypedTimes, box: str) -> int:
    text = typed.break_minutes.strip()
    return read_minutes(text, field=box + "break_minutes") if text else 0


def _day(typed: TypedTimes, planned: datetime | None, today: date, locale: str, box: str) -> date:
    """Return the day of a row: as typed, or else of the planned visit, or else today."""
    day = planned.date() if planned is not None else today
    if typed.date.strip():
        day = read_date(typed.date, today=today, locale=locale, field=box + "date")
    if day > today:
        raise RuleBroken("This day is still to come: {day}.", box + "date", day=day.isoformat())
    return day


def _moments(clock: Clock, day: date, zone: ZoneInfo) -> list[datetime]:
    """Return the moments (UTC, in order) that a clock time can be on a local day.

    An hour that the clocks run through twice gives two moments; one that they leave out is read
    as if they had not been changed.
    """
    halves = {clock.minutes}
    if not clock.is_exact:
        halves.add((clock.minutes + DAY_MINUTES // 2) % DAY_MINUTES)
    found: set[datetime] = set()
    for minutes in halves:
        local = datetime.combine(day, time(*divmod(minutes, 60)), zone)
        first = local.astimezone(UTC)
        found |= {first, max(first, local.replace(fold=1).astimezone(UTC))}
    return sorted(found)


def _first(clock: Clock, day: date, near: datetime, zone: ZoneInfo, *, is_dated: bool) -> datetime:
    """Return the moment (UTC) nearest to the planned visit.

    A typed day holds, and the plan lends its time of day alone. Without one the day before and
    the day after count too, six hours behind (ours), for visits about midnight.
    """
    if is_dated:
        near = datetime.combine(day, near.time(), zone)
    anchor = near.astimezone(UTC)
    ranked = [(abs(at - anchor), at) for at in _moments(clock, day, zone)]
    for other in () if is_dated else (day - timedelta(days=1), day + timedelta(days=1)):
        ranked += [(abs(at - anchor) + _OTHER_DAY, at) for at in _moments(clock, other, zone)]
    return min(ranked)[1]


def _after(clock: Clock, before: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment (UTC) of a clock time that is not before another moment."""
    day = before.astimezone(zone).date()
    moments = _moments(clock, day, zone) + _moments(clock, day + timedelta(days=1), zone)
    return min(at for at in moments if at >= before)


def _believe(
    clock: Clock, at: datetime, after: tuple[Clock, datetime], longest: Longest, field: str
) -> None:
    """Ask about a span that is too long; ``at`` is local."""
    earlier, before = after
    span = at.astimezone(UTC) - before
    if span <= (longest.marked if clock.is_exact else longest.unmarked):
        return
    message = "{time} after {before} would be {hours} h. Correct one of them."
    if not clock.is_exact and span <= longest.marked:
        message = "{time} after {before} would be {hours} h. Correct it, or type {marked}."
    raise RuleBroken(
        message,
        field,
        time=str(clock),
        before=str(earlier),
        hours=hours(int(span.total_seconds()) // 60),
        marked=f"{clock}{'a' if at.hour < _NOON.hour else 'p'}",
    )
