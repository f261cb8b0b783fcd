"""Warranties: who repairs an asset without charge, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.models import Asset, Warranty
from smallcmms.services.steps import edits, events, shops
from smallcmms.store.store import Store, about

EDITABLE = frozenset(["kind", "starts_on", "ends_on", "guarantor"])


@dataclass(frozen=True, slots=True)
class WarrantyRow:
    """A warranty of an asset; it holds until the end of its last day."""

    id: int
    kind: WarrantyKind
    starts_on: date | None
    ends_on: date
    guarantor: str

    def holds_on(self, day: date) -> bool:
        """Tell whether a fault of that day is covered."""
        return (self.starts_on is None or self.starts_on <= day) and day <= self.ends_on


_ROWS = (
    select(Warranty.id, Warranty.kind, Warranty.starts_on, Warranty.ends_on, Warranty.guarantor)
    .where(Warranty.asset_id == bindparam("asset"))
    .order_by(Warranty.ends_on.desc(), Warranty.id)
)


def warranties(store: Store, asset_id: int) -> list[WarrantyRow]:
    """Return the warranties of an asset, the one that ends last first."""
    with store.read() as session:
        return [WarrantyRow(*row) for row in session.execute(_ROWS, {"asset": asset_id})]


def until(store: Store, asset_id: int) -> date | None:
    """Return the last day on which an asset that is under warranty today is covered."""
    with store.read() as session:
        today = shops.current(session).day(store.now())
        found = [WarrantyRow(*row) for row in session.execute(_ROWS, {"asset": asset_id})]
    return max((row.ends_on for row in found if row.holds_on(today)), default=None)


def add(
    store: Store,
    asset_id: int,
    *,
    ends_on: date,
    starts_on: date | None = None,
    kind: WarrantyKind = WarrantyKind.FULL,
    guarantor: str = "",
) -> int:
    """Add a warranty to an asset and return its id.

    Raises:
        RuleBroken: it ends before it starts.
    """
    _in_order(starts_on, ends_on)
    at = store.now()
    with store.change("Add a warranty to {number}") as session:
        asset = session.get_one(Asset, asset_id)
        promise = Warranty(
            asset_id=asset_id, kind=kind, starts_on=starts_on, ends_on=ends_on, guarantor=guarantor
        )
        session.add(promise)
        session.flush()
        events.note(session, at, "asset", asset_id, "warranty_added", until=ends_on.isoformat())
        about(session, "asset", asset_id, number=asset.number)
        return promise.id


def edit(store: Store, warranty_id: int, **fields: object) -> None:
    """Change fields of a warranty: one change, one undo step.

    Raises:
        RuleBroken: it would end before it starts.
    """
    at = store.now()
    with store.change("Edit {number}") as session:
        promise = session.get_one(Warranty, warranty_id)
        asset = session.get_one(Asset, promise.asset_id)
        edits.change(session, at, promise, fields, allowed=EDITABLE, about=("asset", asset.id))
        _in_order(promise.starts_on, promise.ends_on)
        about(session, "asset", asset.id, number=asset.number)


def remove(store: Store, warranty_id: int) -> None:
    """Take a warranty off its asset; undo brings it back."""
    at = store.now()
    with store.change("Take a warranty off {number}") as session:
        promise = session.get_one(Warranty, warranty_id)
        asset = session.get_one(Asset, promise.asset_id)
        until = promise.ends_on.isoformat()
        session.delete(promise)
        events.note(session, at, "asset", asset.id, "warranty_removed", until=until)
        about(session, "asset", asset.id, number=asset.number)


def _in_order(starts_on: date | None, ends_on: date) -> None:
    if starts_on is not None and ends_on < starts_on:
        raise RuleBroken("A warranty ends after it starts.", "ends_on")
