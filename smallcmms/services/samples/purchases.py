"""The purchase orders of a sample shop: what was ordered, for which job, and what has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from smallcmms.domain.numbers import Kind
from smallcmms.services import lookups, purchase_orders, purchase_receipts, shop
from smallcmms.services.steps.purchase_drafts import NewLine
from smallcmms.store.store import Store

Told = Mapping[str, Any]
Step = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Purchases:
    """What a sample shop orders: ids of parts by number, those of jobs as they are made."""

    store: Store
    told: Told
    parts: Mapping[str, int]
    jobs: Mapping[int, int]
    later: timedelta

    def steps(self) -> Iterator[Step]:
        """Yield when each order was placed, and when it came in."""
        for order in self.told.get("orders", ()):
            yield order["ordered"], partial(self._order, order)
            if "received" in order:
                yield order["received"]["at"], partial(self._receive, order)

    def _order(self, order: Told) -> None:
        shop.go_on_with(self.store, Kind.PURCHASE_ORDER, order["number"])
        lines = [
            NewLine(
                part_id=self.parts[number],
                quantity=Decimal(count),
                work_order_id=self.jobs.get(order.get("job", 0)),
            )
            for number, count in order["lines"]
        ]
        [made] = purchase_orders.make(self.store, lines)
        promised_on = order["promised"] + self.later
        purchase_orders.order(self.store, made, promised_on=promised_on)

    def _receive(self, order: Told) -> None:
        made = lookups.of(self.store, "purchase_order", f"PO-{order['number']:04d}")
        place_id = lookups.place(self.store, order["received"]["place"])
        purchase_receipts.receive_rest(self.store, made, location_id=place_id)


def received(told: Told) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """Yield what orders bring, by part and place."""
    for order in told.get("orders", ()):
        for number, count in order["lines"] if "received" in order else ():
            yield (number, order["received"]["place"]), Decimal(count)
