"""The words of the search: what stands in its rows, and what its preview tells."""

from __future__ import annotations

from datetime import date, datetime
from types import MappingProxyType

from smallcmms import pm_words
from smallcmms.domain.contact_log import Way
from smallcmms.domain.missed_calls import Outcome
from smallcmms.domain.pm_facts import RuleFacts
from smallcmms.domain.stock import ReservationStatus
from smallcmms.formats import Formats
from smallcmms.services.search_facts import Lies, Link, Money, Needs, Seen, Span, Value, What
from smallcmms.texts import _, later
from smallcmms.ui import states, work_order_words
from smallcmms.ui.forms.contact_log import way_words
from smallcmms.ui.search_entries import Hit

MOST_LETTERS = 240
"""So much of a long text stands in the preview."""
KINDS = MappingProxyType(
    {
        "work_order": (later("Work orders"), "clipboard-list"),
        "request": (later("Requests"), "inbox"),
        "asset": (later("Assets"), "boxes"),
        "pm_schedule": (later("PM schedules"), "calendar-clock"),
        "customer": (later("Customers"), "users"),
        "contact": (later("People"), "user"),
        "site": (later("Sites"), "map-pin"),
        "part": (later("Parts"), "package"),
        "purchase_order": (later("Purchase orders"), "shopping-cart"),
        "supplier": (later("Suppliers"), "store"),
        "invoice": (later("Invoices"), "receipt"),
        "technician": (later("Technicians"), "truck"),
        "asset_audit": (later("Audits"), "footprints"),
        "stock_count": (later("Counts of stock"), "clipboard-list"),
        "contact_log": (later("Said with customers"), "message-square"),
        "missed_call": (later("Missed calls"), "phone"),
        "sheet": (later("Written on sheets"), "file-pen"),
    }
)
_NAMED = frozenset({"part", "customer", "contact", "site", "supplier", "technician", "missed_call"})
"""Kinds that people know by name; the number stands behind it."""
RUNG = frozenset({"contact", "supplier", "missed_call"})
"""Kinds whose number is that of a telephone."""
_LABELS = MappingProxyType(
    {
        What.WHEN: later("When"),
        What.WHO: later("Who"),
        What.PARTS: later("Parts"),
        What.ASSET: later("Asset"),
        What.ASSETS: later("Assets"),
        What.CALLER: later("Caller"),
        What.RECEIVED: later("Received"),
        What.ANSWER_BY: later("Answer by"),
        What.WORK_ORDER: later("Work order"),
        What.MAKE: later("Make"),
        What.SERIAL: later("Serial"),
        What.WARRANTY: later("Warranty"),
        What.OPEN_WORK: later("Open work"),
        What.OWED: later("Owed"),
        What.PAST_DUE: later("Past due"),
        What.MOBILE: later("Mobile"),
        What.E_MAIL: later("E-mail"),
        What.PEOPLE: later("People"),
        What.ON_HAND: later("On hand"),
        What.RESERVED: later("Reserved"),
        What.ON_ORDER: later("On order"),
        What.FREE: later("Free"),
        What.PRICE: later("Price"),
        What.COST: later("Cost"),
        What.TOTAL: later("Total"),
        What.DUE: later("Due"),
        What.LEFT: later("Left to pay"),
        What.PAID: later("Paid"),
        What.TRUCK: later("Truck"),
        What.NEXT: later("Next"),
        What.RULE: later("How often"),
        What.ACCOUNT: later("Account"),
        What.ORDERED: later("Ordered"),
        What.PROMISED: later("Promised"),
        What.WALKED_BY: later("Walked by"),
        What.BEGUN: later("Begun"),
        What.SEEN: later("Seen"),
        What.HOW: later("How"),
        What.CALLED: later("Called"),
        What.TRIES: later("Rung back"),
        What.OUTCOME: later("Outcome"),
        What.NOTE: later("Note"),
    }
)


def pieces(hit: Hit, formats: Formats, today: date) -> tuple[str, str, str]:
    """Return what stands in a row: the strong words, the plain ones, the quiet ones."""
    if hit.kind == "sheet":
        day = f", {_day(hit.on, formats, today)}" if hit.on else ""
        return "", quoted(hit.title), f"{hit.number}{day}"
    if hit.kind == "contact_log":
        return "", quoted(hit.title), hit.second
    if hit.kind == "asset":
        return hit.short_code, hit.title, _listed(hit.number, hit.second)
    if hit.kind in _NAMED:
        number = "" if hit.number in {hit.title, right(hit, formats, today)[0]} else hit.number
        return hit.title, "", _listed(number, hit.second)
    second = "" if hit.second == hit.title else hit.second
    return hit.number, hit.title, second


def quoted(text: str) -> str:
    """Return a text between quotation marks."""
    return _("“{text}”", text=text)


def right(hit: Hit, formats: Formats, today: date) -> tuple[str, str]:
    """Return what stands at the right of a row, and its tone: Wed, Marco, paid Mar 3, 9 free."""
    if hit.kind == "sheet":
        return "", ""
    if hit.kind in {"contact", "supplier"}:
        return hit.number, "text2"
    if hit.free is not None:
        return _("{n} free", n=formats.quantity(hit.free)), "red" if hit.free < 0 else "text2"
    if hit.on is not None:
        return _("paid {day}", day=_day(hit.on, formats, today)), "text2"
    if hit.at is not None:
        return formats.moment(hit.at, today), "text2"
    return _stands(hit, formats, today)


def _stands(hit: Hit, formats: Formats, today: date) -> tuple[str, str]:
    if hit.work is not None:
        told = work_order_words.when_in_list(hit.work, formats, today)
        if told[0]:
            return told
    pill = states.of(hit.kind, hit.state)
    return (pill.text, "text2") if pill else ("", "")


def spoken(hit: Hit, formats: Formats, today: date) -> str:
    """Return a row as a screen reader says it."""
    at_right, _tone = right(hit, formats, today)
    return " ".join(filter(None, (*pieces(hit, formats, today), at_right)))


def label(what: What) -> str:
    """Return what a fact of the preview is about."""
    return _(_LABELS[what])


def value(value: Value, formats: Formats, today: date) -> str:  # noqa: PLR0911, C901
    """Return a value of the preview in words."""
    match value:
        case Span():
            day = formats.relative_day(formats.local(value.start).date(), today)
            return f"{day[:1].upper()}{day[1:]}, {formats.span(value.start, value.end)}"
        case datetime():
            return _moment(value, formats, today)
        case date():
            return _day(value, formats, today)
        case Money():
            write = formats.price if value.is_price else formats.money
            return write(value.amount)
        case Lies():
            return " ".join(
                filter(None, (value.place, formats.quantity(value.quantity), value.unit))
            )
        case Needs():
            return _needs(value)
        case Link():
            return value.text
        case Seen():
            return _("{n} of {all}", n=value.seen, all=value.of)
        case RuleFacts():
            return pm_words.sentence(value, formats)
        case Way():
            return dict(way_words())[value]
        case Outcome():
            return _outcomes()[value]
        case _:
            return str(value)[:MOST_LETTERS]


def _needs(needs: Needs) -> str:
    if needs.kept is ReservationStatus.ACTIVE:
        words = _("{part} reserved", part=needs.part)
    elif needs.kept is ReservationStatus.SHORT:
        words = _("{part} short", part=needs.part)
    else:
        words = needs.part
    return _listed(words, needs.place)


def _outcomes() -> dict[Outcome, str]:
    return {
        Outcome.LOGGED: _("Logged"),
        Outcome.SPOKE: _("Spoke, no job"),
        Outcome.LEFT_MESSAGE: _("Left a message"),
        Outcome.NO_ANSWER: _("No answer"),
        Outcome.NOBODY: _("Wrong number"),
    }


def _moment(moment: datetime, formats: Formats, today: date) -> str:
    day = formats.relative_day(formats.local(moment).date(), today)
    return f"{day[:1].upper()}{day[1:]}, {formats.time(moment)}"


def _day(day: date, formats: Formats, today: date) -> str:
    """Return a day, with its year where it is another one."""
    return formats.day(day) if day.year == today.year else formats.day_year(day)


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))
