"""Assets: the machines that are kept running, where they stand and what was done on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import to_minor
from smallcmms.models import Asset, Location, Site
from smallcmms.services.asset_history import PastWork, history
from smallcmms.services.asset_pages import AssetPage, Relative, get
from smallcmms.services.asset_rows import AssetRow, at_site, find, rows
from smallcmms.services.asset_tree import TreeAsset, TreePlace, TreeSite, tree, under, within
from smallcmms.services.steps import drafts, edits, events, places, shops
from smallcmms.services.steps.numbers import next_number
from smallcmms.services.warranties import WarrantyRow
from smallcmms.store.store import Store, about

__all__ = [
    "AssetPage",
    "AssetRow",
    "PastWork",
    "Relative",
    "TreeAsset",
    "TreePlace",
    "TreeSite",
    "WarrantyRow",
    "add",
    "archive",
    "at_site",
    "edit",
    "find",
    "get",
    "history",
    "move",
    "restore",
    "rows",
    "stub",
    "tree",
    "under",
    "within",
]

EDITABLE = (
    "name", "short_code", "asset_class_id", "parent_id", "own_tag", "make", "model", "serial",
    "nameplate", "criticality", "status", "installed_on", "expected_life_years",
    "replacement_cost", "owner", "lock_out_energies", "lock_out_steps", "custom_values", "notes",
    "is_stub",
    "missing_on",
)  # fmt: skip


def add(
    store: Store,
    *,
    site_id: int,
    name: str,
    short_code: str = "",
    location_id: int | None = None,
    place: str = "",
    draft: tuple[str, str] | None = None,
    **fields: object,
) -> int:
    """Add an asset at a site and return its id; its number is the next one.

    ``place`` is a path as typed ("Building A › Basement"), made where it is missing; ``fields``
    are any that can be edited; money in major units.

    Raises:
        RuleBroken: the name is blank.
    """
    edits.need(name, "An asset needs a name.", "name")
    at = store.now()
    with store.change("Add asset {number}") as session:
        if places.names(place):
            location_id = places.make_path(session, site_id, place).id
        _need_parent(session, None, site_id, fields.get("parent_id"))
        asset = Asset(
            number=next_number(session, "asset"),
            name=name.strip(),
            short_code=short_code.strip(),
            site_id=site_id,
            location_id=location_id,
            **_kept(session, fields),
        )
        session.add(asset)
        session.flush()
        events.note(session, at, "asset", asset.id, "added", name=asset.name)
        if draft is not None:
            drafts.drop(session, *draft)
        about(session, "asset", asset.id, number=asset.number)
        return asset.id


def stub(store: Store, site_id: int, *, name: str, location_id: int | None = None) -> int:
    """Add an asset of which nothing is known but its name, to be audited; return its id.

    Raises:
        RuleBroken: the name is blank.
    """
    return add(store, site_id=site_id, name=name, location_id=location_id, is_stub=True)


def edit(store: Store, asset_id: int, **fields: object) -> None:
    """Change fields of an asset: one change, one undo step; money in major units.

    Raises:
        RuleBroken: the name would be blank.
    """
    if "name" in fields:
        edits.need(fields["name"], "An asset needs a name.", "name")
    at = store.now()
    with store.change("Edit {number}") as session:
        asset = session.get_one(Asset, asset_id)
        told = _kept(session, fields)
        _need_parent(session, asset_id, asset.site_id, fields.get("parent_id"))
        edits.change(session, at, asset, told, allowed=EDITABLE, about=("asset", asset_id))
        about(session, "asset", asset_id, number=asset.number)


def _kept(session: Session, fields: dict[str, object]) -> dict[str, Any]:
    """Return the fields as the file keeps them.

    Raises:
        TypeError: a field is none of an asset's.
    """
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be edited")
    cost, steps = fields.get("replacement_cost"), fields.get("lock_out_steps")
    values = fields.get("custom_values")
    told: dict[str, Any] = dict(fields)
    if isinstance(cost, Decimal):
        told["replacement_cost"] = to_minor(cost, shops.current(session).currency)
    if isinstance(steps, Sequence):
        told["lock_out_steps"] = [str(step) for step in steps]
    if isinstance(values, Mapping):
        told["custom_values"] = {name: str(text) for name, text in values.items() if text}
    return told


def move(store: Store, asset_id: int, *, site_id: int, place: str = "") -> None:
    """Set an asset up at another place of its site, or at another site.

    Its parts go with it where they stood beside it; at another site it is no part of anything.
    """
    at = store.now()
    with store.change("Move {number}") as session:
        asset = session.get_one(Asset, asset_id)
        was = _where(session, asset)
        found = places.make_path(session, site_id, place) if places.names(place) else None
        location_id = None if found is None else found.id
        going = [asset, *_beside(session, asset)]
        if asset.site_id != site_id:
            asset.parent_id = None
        for each in going:
            each.site_id, each.location_id = site_id, location_id
        events.note(session, at, "asset", asset_id, "moved", was=was, now=_where(session, asset))
        about(session, "asset", asset_id, number=asset.number)


def _where(session: Session, asset: Asset) -> str:
    site = session.get_one(Site, asset.site_id)
    place = None if asset.location_id is None else session.get_one(Location, asset.location_id)
    return ", ".join(filter(None, (site.name or site.address, place.path if place else "")))


def _beside(session: Session, asset: Asset) -> list[Asset]:
    """Return the parts of an asset, and theirs, that stand where it stands or at its site."""
    query = select(Asset).where(Asset.parent_id == asset.id, Asset.site_id == asset.site_id)
    parts = [
        part
        for part in session.scalars(query).all()
        if part.location_id in (asset.location_id, None)
    ]
    return [each for part in parts for each in (part, *_beside(session, part))]


def _need_parent(session: Session, asset_id: int | None, site_id: int, parent_id: object) -> None:
    """See that an asset can be a part of another one.

    Raises:
        RuleBroken: it stands at another site, or is a part of this one.
    """
    seen: object = parent_id
    while isinstance(seen, int):
        if seen == asset_id:
            raise RuleBroken("An asset is no part of itself or of its own parts.", "parent_id")
        parent = session.get_one(Asset, seen)
        if parent.site_id != site_id:
            raise RuleBroken("{number} stands at another site.", "parent_id", number=parent.number)
        seen = parent.parent_id


def archive(store: Store, asset_id: int) -> None:
    """Put an asset away; its work orders keep it."""
    at = store.now()
    with store.change("Archive {number}") as session:
        asset = session.get_one(Asset, asset_id)
        asset.archived_on = shops.current(session).day(at)
        events.note(session, at, "asset", asset_id, "archived")
        about(session, "asset", asset_id, number=asset.number)


def restore(store: Store, asset_id: int) -> None:
    """Take an asset out of the archive."""
    at = store.now()
    with store.change("Restore {number}") as session:
        asset = session.get_one(Asset, asset_id)
        asset.archived_on = None
        events.note(session, at, "asset", asset_id, "restored")
        about(session, "asset", asset_id, number=asset.number)
