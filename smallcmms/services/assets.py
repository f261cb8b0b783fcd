"""Assets: the machines that are kept running, where they stand and what was done on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from smallcmms.domain.assets import AssetStatus, Criticality, Owner
from smallcmms.domain.errors import NotFound
from smallcmms.domain.money import from_minor, to_minor
from smallcmms.domain.tags import TagKind, code
from smallcmms.models import Asset, Customer, Location, Site
from smallcmms.services.asset_history import PastWork, history
from smallcmms.services.asset_tree import TreeAsset, TreePlace, TreeSite, tree, under
from smallcmms.services.steps import drafts, edits, events, places, shops
from smallcmms.services.steps.numbers import next_number
from smallcmms.services.warranties import WarrantyRow, warranties
from smallcmms.store import search
from smallcmms.store.store import Store, about

__all__ = [
    "AssetPage",
    "AssetRow",
    "PastWork",
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
    "tree",
    "under",
]

EDITABLE = (
    "name", "short_code", "asset_class_id", "parent_id", "own_tag", "make", "model", "serial",
    "nameplate", "criticality", "status", "installed_on", "expected_life_years",
    "replacement_cost", "owner", "lock_out_energies", "lock_out_steps", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AssetRow:
    """What a list shows of an asset, its place as one line ("Building A › Basement")."""

    id: int
    number: str
    short_code: str
    name: str
    site_id: int
    site: str
    location_id: int | None
    place: str
    customer_id: int
    customer: str
    status: AssetStatus
    make: str
    model: str
    serial: str

    @property
    def label(self) -> str:
        """Return what people call it: SP-A Sump pump."""
        return f"{self.short_code} {self.name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetPage:
    """Everything that an asset's own page shows of the asset; money in major units.

    ``code`` is the text of its QR.
    """

    row: AssetRow
    code: str
    shop_phone: str
    own_tag: str
    nameplate: str
    criticality: Criticality | None
    installed_on: date | None
    expected_life_years: int | None
    replacement_cost: Decimal | None
    owner: Owner
    lock_out_energies: str
    lock_out_steps: tuple[str, ...]
    notes: str
    archived_on: date | None
    warranties: tuple[WarrantyRow, ...]


_ROWS = (
    select(
        Asset.id,
        Asset.number,
        Asset.short_code,
        Asset.name,
        Asset.site_id,
        func.iif(Site.name != "", Site.name, Site.address).label("site"),
        Asset.location_id,
        func.coalesce(Location.path, "").label("place"),
        Site.customer_id,
        Customer.name.label("customer"),
        Asset.status,
        Asset.make,
        Asset.model,
        Asset.serial,
    )
    .join(Site, Site.id == Asset.site_id)
    .join(Customer, Customer.id == Site.customer_id)
    .outerjoin(Location, Location.id == Asset.location_id)
)
_BY_ID: Select[*tuple[Any, ...]] = _ROWS.where(Asset.id.in_(bindparam("ids", expanding=True)))
_AT_SITE: Select[*tuple[Any, ...]] = _ROWS.where(
    Asset.site_id == bindparam("site"), Asset.archived_on.is_(None)
).order_by(Location.path, Asset.short_code, Asset.name, Asset.id)
_SORTS = {"name": Asset.name, "number": Asset.number}


def find(
    store: Store,
    *,
    text: str = "",
    customer_id: int | None = None,
    is_archived: bool = False,
    sort: str = "name",
) -> Sequence[int]:
    """Return the ids of the assets that hold every word typed, by their beginnings."""
    kept = Asset.archived_on.is_not(None) if is_archived else Asset.archived_on.is_(None)
    query = select(Asset.id).where(kept)
    found = search.matching("asset", text)
    if found is not None:
        query = query.where(Asset.id.in_(found))
    if customer_id is not None:
        of_customer = select(Site.id).where(Site.customer_id == customer_id)
        query = query.where(Asset.site_id.in_(of_customer))
    with store.read() as session:
        return session.scalars(query.order_by(_SORTS[sort], Asset.id)).all()


def rows(store: Store, ids: Sequence[int]) -> dict[int, AssetRow]:
    """Return what a list shows of these assets."""
    with store.read() as session:
        found = session.execute(_BY_ID, {"ids": list(ids)})
        return {row.id: AssetRow(*row) for row in found}


def at_site(store: Store, site_id: int) -> list[AssetRow]:
    """Return the assets of a site, by their place."""
    with store.read() as session:
        return [AssetRow(*row) for row in session.execute(_AT_SITE, {"site": site_id})]


def get(store: Store, asset_id: int) -> AssetPage:
    """Return what the page of an asset says of it.

    Raises:
        NotFound: there is no such asset.
    """
    with store.read() as session:
        asset = session.get(Asset, asset_id)
        if asset is None:
            raise NotFound("There is no such asset.")
        row = AssetRow(*session.execute(_BY_ID, {"ids": [asset_id]}).one())
        return _page(asset, row, warranties(store, asset_id), shops.current(session))


def _page(
    asset: Asset, row: AssetRow, promises: Sequence[WarrantyRow], shop: shops.ShopFacts
) -> AssetPage:
    cost = asset.replacement_cost
    return AssetPage(
        row=row,
        code=code(shop.code, TagKind.ASSET, asset.number),
        shop_phone=shop.phone,
        own_tag=asset.own_tag,
        nameplate=asset.nameplate,
        criticality=asset.criticality,
        installed_on=asset.installed_on,
        expected_life_years=asset.expected_life_years,
        replacement_cost=None if cost is None else from_minor(cost, shop.currency),
        owner=asset.owner,
        lock_out_energies=asset.lock_out_energies,
        lock_out_steps=tuple(asset.lock_out_steps),
        notes=asset.notes,
        archived_on=asset.archived_on,
        warranties=tuple(promises),
    )


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
    told: dict[str, Any] = dict(fields)
    if isinstance(cost, Decimal):
        told["replacement_cost"] = to_minor(cost, shops.current(session).currency)
    if isinstance(steps, Sequence):
        told["lock_out_steps"] = [str(step) for step in steps]
    return told


def move(store: Store, asset_id: int, *, site_id: int, place: str = "") -> None:
    """Set an asset up at another place of its site, or at another site."""
    at = store.now()
    with store.change("Move {number}") as session:
        asset = session.get_one(Asset, asset_id)
        was = _where(session, asset)
        asset.site_id = site_id
        found = places.make_path(session, site_id, place) if places.names(place) else None
        asset.location_id = None if found is None else found.id
        events.note(session, at, "asset", asset_id, "moved", was=was, now=_where(session, asset))
        about(session, "asset", asset_id, number=asset.number)


def _where(session: Session, asset: Asset) -> str:
    site = session.get_one(Site, asset.site_id)
    place = None if asset.location_id is None else session.get_one(Location, asset.location_id)
    return ", ".join(filter(None, (site.name or site.address, place.path if place else "")))


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
