"""Plain factories: the shop of the story, and the records that tests start from."""

from __future__ import annotations

from decimal import Decimal

from smallcmms.services import parts
from smallcmms.services.samples.story import DAYTON, FIRST, july
from smallcmms.services.samples.story import LINES as SUMP_PUMP_LINES
from smallcmms.services.samples.story import Start as Story
from smallcmms.services.samples.story import before as story
from smallcmms.services.samples.story import set_up as ridgeline
from smallcmms.store.store import Store

__all__ = ["DAYTON", "FIRST", "SUMP_PUMP_LINES", "Story", "july", "part", "ridgeline", "story"]


def part(store: Store, number: str, name: str, cost: str, price: str) -> int:
    """Add a part."""
    return parts.add(store, number=number, name=name, cost=Decimal(cost), price=Decimal(price))
