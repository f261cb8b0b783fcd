"""How a state looks: the words, icon and colour of its pill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smallcmms.texts import _, _n, later


class Pill(NamedTuple):
    """The words, icon and tone of a pill, ready to be painted."""

    text: str
    icon: str
    tone: str


_WORK_ORDER = {
    "draft": Pill(later("Draft"), "file-pen", "grey"),
    "to_schedule": Pill(later("To schedule"), "circle-dashed", "grey"),
    "scheduled": Pill(later("Scheduled"), "calendar-check", "accent"),
    "on_the_truck": Pill(later("On the truck"), "truck", "violet"),
    "sheet_to_enter": Pill(later("Sheet to enter"), "file-pen", "blue"),
    "in_progress": Pill(later("In progress"), "timer", "violet"),
    "waiting_parts": Pill(later("Waiting for parts"), "hourglass", "amber"),
    "waiting_customer": Pill(later("Waiting for the customer"), "hourglass", "amber"),
    "waiting_approval": Pill(later("Waiting for approval"), "hourglass", "amber"),
    "waiting_access": Pill(later("Waiting for access"), "hourglass", "amber"),
    "waiting_weather": Pill(later("Waiting for the weather"), "hourglass", "amber"),
    "waiting_subcontractor": Pill(later("Waiting for a subcontractor"), "hourglass", "amber"),
    "waiting_return_visit": Pill(later("Waiting for a return visit"), "hourglass", "amber"),
    "to_review": Pill(later("To review"), "circle-check", "blue"),
    "to_invoice": Pill(later("To invoice"), "circle-check", "green"),
    "invoiced": Pill(later("Invoiced"), "receipt", "grey"),
    "closed": Pill(later("Closed"), "check", "grey"),
    "cancelled": Pill(later("Cancelled"), "ban", "grey"),
}
_REQUEST = {
    "draft": Pill(later("Draft"), "file-pen", "grey"),
    "new": Pill(later("To triage"), "inbox", "blue"),
    "waiting": Pill(later("Waiting for an answer"), "hourglass", "amber"),
    "accepted": Pill(later("Triaged"), "circle-check", "green"),
    "estimate": Pill(later("Triaged"), "circle-check", "green"),
    "duplicate": Pill(later("Merged"), "git-merge", "grey"),
    "declined": Pill(later("Declined"), "ban", "grey"),
    "cancelled": Pill(later("Cancelled"), "ban", "grey"),
}
_INVOICE = {
    "draft": Pill(later("Draft"), "file-pen", "grey"),
    "sent": Pill(later("Sent"), "send", "accent"),
    "part_paid": Pill(later("Part paid"), "wallet", "amber"),
    "late": Pill(later("Late"), "clock", "red"),
    "paid": Pill(later("Paid"), "circle-check", "green"),
    "credited": Pill(later("Credited"), "ban", "grey"),
}
_PURCHASE_ORDER = {
    "draft": Pill(later("Draft"), "file-pen", "grey"),
    "ordered": Pill(later("Ordered"), "shopping-cart", "blue"),
    "part_received": Pill(later("Part received"), "package-open", "amber"),
    "received": Pill(later("Received"), "circle-check", "green"),
    "cancelled": Pill(later("Cancelled"), "ban", "grey"),
    "late": Pill(later("Late"), "clock", "red"),
}
_LEVELS: dict[int, str] = {}
_RECORDS = {"work_order": _WORK_ORDER, "request": _REQUEST, "invoice": _INVOICE}
_RECORDS |= {"purchase_order": _PURCHASE_ORDER}


def work_order(state: str) -> Pill:
    """Return the pill of a work order's shown state."""
    return _spoken(_WORK_ORDER[state])


def request(state: str) -> Pill:
    """Return the pill of a request's status."""
    return _spoken(_REQUEST[state])


def invoice(standing: str, days_late: int = 0) -> Pill:
    """Return the pill of an invoice; a late one says by how many days."""
    pill = _spoken(_INVOICE[standing])
    if standing == "late" and days_late:
        return pill._replace(text=_n("{n} day late", "{n} days late", days_late))
    return pill


def purchase_order(status: str, days_late: int = 0) -> Pill:
    """Return the pill of a purchase order; a late one says by how many days."""
    if not days_late:
        return _spoken(_PURCHASE_ORDER[status])
    late = _n("{n} day late", "{n} days late", days_late)
    return _PURCHASE_ORDER["late"]._replace(text=late)


def of(kind: str, state: str) -> Pill | None:
    """Return the pill of any kind of record, or nothing where the kind has no states."""
    pill = _RECORDS.get(kind, {}).get(state)
    return None if pill is None else _spoken(pill)


def level_name(level: int) -> str:
    """Return the word of a level: L2 is High."""
    return _LEVELS.get(level) or (_("Critical"), _("High"), _("Medium"), _("Low"))[level - 1]


def call_levels(names: Mapping[int, str]) -> None:
    """Call the levels as the shop does."""
    _LEVELS.clear()
    _LEVELS.update(names)


def level_spoken(level: int) -> str:
    """Return what a screen reader says of a level: Level 2 High."""
    return _("Level {level} {name}", level=level, name=level_name(level))


def _spoken(pill: Pill) -> Pill:
    return pill._replace(text=_(pill.text))
