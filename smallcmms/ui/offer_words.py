"""What speaks for a technician's gap, and what against it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from smallcmms.domain.certificates import Lack
from smallcmms.domain.who_can_go import Near
from smallcmms.formats import Formats
from smallcmms.services.triage import NotFree, Offer
from smallcmms.texts import _


def short(offer: Offer, until: str, formats: Formats) -> str:
    """Return the line below a gap: what is lacking, else how long it is free and what follows."""
    if offer.lacks:
        return lacks(offer.lacks, formats)
    free = _("{hours} free", hours=formats.hours(offer.free_minutes))
    if not offer.is_in_time:
        return f"{free}{_(', misses the {time} answer', time=until)}"
    if not offer.then:
        return free
    clock = formats.time(offer.free_until)
    then = {"hours": formats.hours(offer.free_minutes), "time": clock, "customer": offer.then}
    return _("{hours} free until {time}, then {customer}", **then)


def reasons(offer: Offer, until: str, formats: Formats, today: date) -> list[str]:
    """Return all that is known of a gap: certificates, deadline, place, load, absence."""
    in_time = _("meets the {time} answer", time=until)
    told = [
        lacks(offer.lacks, formats) if offer.lacks else "",
        in_time if offer.is_in_time else _("misses the {time} answer", time=until),
        {
            Near.SITE: _("already at this site that day"),
            Near.ZONE: _("in the same zone that day"),
            Near.ELSEWHERE: "",
        }[offer.near],
        _free(offer, formats),
        _load(offer, formats),
    ]
    if offer.away_until is not None:
        day = formats.relative_day(offer.away_until, today)
        told.append(_("away through {day}", day=day))
    return [each for each in told if each]


def lacks(found: Sequence[Lack], formats: Formats) -> str:
    """Return which certificates are lacking: no EPA 608; EPA 608 ran out Jun 30."""
    words = []
    for each in found:
        if each.expired_on is None:
            words.append(_("no {kind}", kind=each.kind))
        else:
            day = formats.day_year(each.expired_on)
            words.append(_("{kind} ran out {day}", kind=each.kind, day=day))
    return ", ".join(words)


def not_free(found: Sequence[NotFree], formats: Formats, today: date) -> str:
    """Return who cannot go at all in the next days, and why."""
    words = []
    for each in found:
        name = each.technician.split(" ")[0]
        if each.away_until is None:
            words.append(_("{name} has no gap long enough.", name=name))
        else:
            day = formats.relative_day(each.away_until, today)
            words.append(_("{name} is away through {day}.", name=name, day=day))
    return " ".join(words)


def _load(offer: Offer, formats: Formats) -> str:
    if not offer.load_minutes:
        return _("nothing else that day")
    planned, capacity = formats.hours(offer.load_minutes), formats.hours(offer.capacity_minutes)
    if offer.load_minutes + _lasts(offer.starts_at, offer.ends_at) > offer.capacity_minutes:
        return _("{planned} of {capacity} booked, more than a day", planned=planned,
                 capacity=capacity)  # fmt: skip
    return _("{planned} of {capacity} booked", planned=planned, capacity=capacity)


def _free(offer: Offer, formats: Formats) -> str:
    hours = formats.hours(offer.free_minutes)
    if not offer.is_short:
        return _("{hours} free", hours=hours)
    return _("only {hours} free, the job takes {planned}", hours=hours,
             planned=formats.hours(offer.minutes))  # fmt: skip


def _lasts(begins: datetime, ends: datetime) -> int:
    return int((ends - begins).total_seconds()) // 60
