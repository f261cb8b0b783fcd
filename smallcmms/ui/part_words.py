"""The words of parts: how many, what is to be done about them, what moved."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from smallcmms.domain.stock import MoveKind
from smallcmms.formats import Formats
from smallcmms.services.parts import PartRow
from smallcmms.services.stock import MoveRow
from smallcmms.texts import _
from smallcmms.ui.states import Pill

NONE = Decimal(0)


@lru_cache(4096)
def written(quantity: Decimal, formats: Formats) -> str:
    """Return a quantity; a list writes the same few again and again."""
    return formats.quantity(quantity)


@lru_cache(4096)
def price(amount: Decimal, formats: Formats) -> str:
    """Return the price of one."""
    return formats.price(amount)


def count(quantity: Decimal, formats: Formats) -> str:
    """Return a quantity as a list shows it: a dash for nothing."""
    return written(quantity, formats) if quantity else "–"


def signed(quantity: Decimal, formats: Formats) -> str:
    """Return a quantity that moved: +12, −4."""
    words = formats.quantity(quantity)
    return f"+{words}" if quantity > 0 else words


def lying(part: PartRow, location_id: int) -> Decimal:
    """Return how much of a part lies in a place."""
    found = (at.quantity for at in part.by_place if at.location_id == location_id)
    return next(found, NONE)


def free_tone(part: PartRow) -> str:
    """Return the colour of what is free: red below zero, amber where it is low."""
    if part.available < 0:
        return "red"
    return "amber" if part.to_order else "text"


def state(part: PartRow, formats: Formats) -> Pill | None:
    """Return what is to be done about a part: short, low, on its way, late, or nothing."""
    if part.is_late:
        words = _("{n} late, {order}", n=formats.quantity(part.on_order), order=part.order_number)
        return Pill(words, "clock", "red")
    if part.short:
        return Pill(_("{n} short", n=formats.quantity(part.short)), "triangle-alert", "red")
    if part.to_order:
        words = _("Low, order {n}", n=formats.quantity(part.to_order))
        return Pill(words, "triangle-alert", "amber")
    if not part.on_order:
        return None
    n = formats.quantity(part.on_order)
    if part.due_on is None:
        return Pill(_("{n} on order", n=n), "shopping-cart", "blue")
    words = _("{n} due {day}", n=n, day=formats.day(part.due_on))
    return Pill(words, "shopping-cart", "blue")


def told(move: MoveRow) -> str:
    """Return what moved, in words: Used on WO-2291, Truck 1."""
    words = {
        MoveKind.RECEIPT: _received(move),
        MoveKind.ISSUE: _used(move),
        MoveKind.RETURN: _("Came back"),
        MoveKind.TRANSFER: _moved(move),
        MoveKind.ADJUSTMENT: _("Adjusted"),
        MoveKind.COUNT: _("Counted"),
        MoveKind.SCRAP: _("Scrapped"),
    }[move.kind]
    back = _("{words}, taken back", words=words) if move.is_reversed else words
    place = "" if move.kind is MoveKind.TRANSFER else move.place
    return ", ".join(filter(None, (back, place, move.reason, move.override_reason)))


def _moved(move: MoveRow) -> str:
    names = {"place": move.place, "other": move.other_place}
    if move.quantity > 0:
        return _("To {place} from {other}", **names)
    return _("From {place} to {other}", **names)


def _received(move: MoveRow) -> str:
    order = move.order
    return _("Received, {order}", order=order) if order else _("Received")


def _used(move: MoveRow) -> str:
    order = move.work_order
    return _("Used on {order}", order=order) if order else _("Taken out")
