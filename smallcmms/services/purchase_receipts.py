"""Receipts: what came of an order is put on a shelf, all of it or a part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from smallcmms.services.purchase_order_pages import get
from smallcmms.services.steps import purchase_orders, purchase_receipts
from smallcmms.services.steps.purchase_receipts import Received
from smallcmms.store.store import Store

__all__ = ["Received", "receive", "receive_rest"]


def receive(
    store: Store,
    purchase_order_id: int,
    *,
    received: Mapping[int, Decimal],
    location_id: int | None = None,
    received_on: date | None = None,
    unit_costs: Mapping[int, Decimal] | None = None,
) -> Received:
    """Put what came of an order on a shelf: so much of each line, at what it cost.

    It may be more than was ordered. The cost of a part enters its moving average; work that was
    short of it is given it, and work that waited for nothing else is to be scheduled.

    Raises:
        RuleBroken: nothing came, the order is not placed or over, or the day is still to come.
    """
    at = store.now()
    with purchase_orders.changing(store, "Receive {number}", purchase_order_id) as (session, order):
        return purchase_receipts.take_in(
            session,
            at,
            order,
            received,
            on=received_on,
            location_id=location_id,
            costs=unit_costs,
        )


def receive_rest(
    store: Store,
    purchase_order_id: int,
    *,
    location_id: int | None = None,
    received_on: date | None = None,
) -> Received:
    """Put all that an order still owes on a shelf, at the cost that it was ordered for.

    Raises:
        RuleBroken: as for ``receive``.
    """
    coming = {line.id: line.coming for line in get(store, purchase_order_id).lines}
    return receive(
        store,
        purchase_order_id,
        received=coming,
        location_id=location_id,
        received_on=received_on,
    )
