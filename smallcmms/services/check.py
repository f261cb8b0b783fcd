"""Every rule of the trade that the file must keep, looked over row by row."""

from __future__ import annotations

from smallcmms.domain.errors import RuleBroken
from smallcmms.services.invariants import (
    amounts,
    assets,
    documents,
    follow_ups,
    pm,
    purchase_orders,
    records,
    stock,
)
from smallcmms.store.store import Store


def problems(store: Store) -> list[RuleBroken]:
    """Return what breaks an invariant of the trade, in words; an empty list is a sound file.

    Whether the file itself is whole is ``store.check``'s to say.
    """
    with store.read() as session:
        return [
            *records.problems(session),
            *stock.problems(session),
            *purchase_orders.problems(session),
            *assets.problems(session),
            *pm.problems(session),
            *follow_ups.problems(session),
            *amounts.problems(session),
            *documents.problems(session, store.files),
        ]
