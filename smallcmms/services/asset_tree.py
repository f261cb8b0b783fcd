"""The tree of assets: site, building, floor, asset; a site's inside is asked for when unfolded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, case, func, or_, select, type_coerce
from sqlalchemy.sql.expression import ScalarSelect

from smallcmms.domain.assets import AssetStatus
from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.levels import Level
from smallcmms.models import Asset, Customer, Location, Site, WorkOrder, WorkOrderAsset
from smallcmms.services.steps import places, shops
from smallcmms.store import search
from smallcmms.store.prepared import Prepared, each, given, packed
from smallcmms.store.store import Store


class TreeSite(NamedTuple):
    """A site at the top of the tree, and the work that is open there.

    ``name`` is the customer's, ``label`` the site's own name or address; ``is_one_of_many`` tells
    that the customer has other sites.
    """

    id: int
    customer_id: int
    name: str
    label: str
    is_one_of_many: bool
    kind: CustomerKind
    assets: int
    open_work: int
    late_work: int
    is_critical: bool


@dataclass(frozen=True, slots=True)
class TreePlace:
    """A building, floor or room in a site; ``depth`` 0 is a building."""

    id: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeAsset:
    """An asset in the tree; ``depth`` is its parent place's or asset's and one more."""

    id: int
    number: str
    short_code: str
    name: str
    depth: int
    status: AssetStatus
    open_work: int
    is_late: bool
    is_stub: bool
    is_archived: bool


_IS_OPEN = WorkOrder.closed_at.is_(None)
_IS_LATE: ColumnElement[bool] = type_coerce(WorkOrder.due_on, String) < given("today")
_IS_KEPT: ColumnElement[bool] = or_(Asset.archived_on.is_(None), given("has_archive") == 1)
_SITES = Prepared(
    select(
        Site.id,
        Site.customer_id,
        Customer.name,
        func.iif(Site.name != "", Site.name, Site.address),
        type_coerce(Customer.kind, String),
    )
    .join(Customer, Customer.id == Site.customer_id)
    .where(Site.archived_on.is_(None), Customer.archived_on.is_(None))
    .order_by(func.lower(Customer.name), Site.id)
)
_ASSETS = Prepared(select(Asset.site_id, func.count()).where(_IS_KEPT).group_by(Asset.site_id))
_AT = (WorkOrder.site_id + 0).label("site_id")
"""The site of a work order; by the plain column SQLite would walk all work there ever was."""
_WORK = Prepared(
    select(
        _AT,
        func.count(),
        func.coalesce(func.sum(case((_IS_LATE, 1))), 0),
        func.min(WorkOrder.level),
    )
    .where(_IS_OPEN)
    .group_by(_AT)
)
_NO_WORK = (0, 0, 0)
_KINDS = {kind.value: kind for kind in CustomerKind}
_GIVEN = each("ids")
_FOUND_AT = Prepared(select(Asset.site_id).join(_GIVEN, _GIVEN.c.value == Asset.id).distinct())
_PLACES = Prepared(
    select(Location.site_id, Location.id, Location.name, Location.path)
    .join(_GIVEN, _GIVEN.c.value == Location.site_id)
    .where(Location.archived_on.is_(None))
    .order_by(Location.path)
)
_STANDING = Prepared(select(Asset.id).join(_GIVEN, _GIVEN.c.value == Asset.site_id).where(_IS_KEPT))


def _open(*where: ColumnElement[bool]) -> ColumnElement[int]:
    """Return how many work orders are open on an asset: its own, and those that it shares."""
    own: ScalarSelect[int] = (
        select(func.count(WorkOrder.id))
        .where(WorkOrder.asset_id == Asset.id, _IS_OPEN, *where)
        .scalar_subquery()
    )
    shared: ScalarSelect[int] = (
        select(func.count(WorkOrder.id))
        .join(WorkOrderAsset, WorkOrderAsset.work_order_id == WorkOrder.id)
        .where(WorkOrderAsset.asset_id == Asset.id, WorkOrder.asset_id.is_(None), _IS_OPEN, *where)
        .scalar_subquery()
    )
    return own + shared


_INSIDE = Prepared(
    select(
        Asset.site_id,
        Asset.id,
        Asset.number,
        Asset.short_code,
        Asset.name,
        Asset.location_id,
        type_coerce(Asset.status, String),
        Asset.parent_id,
        Asset.is_stub,
        Asset.archived_on.is_not(None),
        _open(),
        _open(_IS_LATE),
    )
    .join(_GIVEN, _GIVEN.c.value == Asset.id)
    .order_by(Asset.short_code, Asset.name, Asset.id)
)


class _Asset(NamedTuple):
    site_id: int
    id: int
    number: str
    short_code: str
    name: str
    location_id: int | None
    status: str
    parent_id: int | None
    is_stub: int
    is_archived: int
    open: int
    late: int


class _Place(NamedTuple):
    site_id: int
    id: int
    name: str
    path: str


def tree(store: Store, *, text: str = "", has_archive: bool = False) -> list[TreeSite]:
    """Return the sites with the work that waits there; with a text, only those it is found at.

    With ``has_archive`` assets count that were put away too.
    """
    with store.read() as session:
        today = shops.current(session).day(store.now())
        assets = dict(_ASSETS.ask(store, has_archive=has_archive))
        work = {site_id: told for site_id, *told in _WORK.ask(store, today=str(today))}
        here = _found_at(store, text)
        sites = _SITES.ask(store)
    of_customer, named = Counter(row[1] for row in sites), text.casefold()
    shown = []
    for site_id, customer_id, name, label, kind in sites:
        if here is None or site_id in here or named in name.casefold():
            is_one_of_many = of_customer[customer_id] > 1
            count, (is_open, late, worst) = assets.get(site_id, 0), work.get(site_id, _NO_WORK)
            told = (site_id, customer_id, name, label, is_one_of_many, _KINDS[kind])
            shown.append(TreeSite(*told, count, is_open, late, worst == Level.CRITICAL))
    return shown


def _found_at(store: Store, text: str) -> set[int] | None:
    """Return the sites with an asset that a text finds, None for a text without a word."""
    with store.lend() as connection:
        found = search.ids(connection, "asset", text)
    if found is None:
        return None
    return {site_id for (site_id,) in _FOUND_AT.ask(store, ids=packed(found))}


def under(
    store: Store, site_id: int, *, text: str = "", has_archive: bool = False
) -> list[TreePlace | TreeAsset]:
    """Return what stands in a site, top down: each place, then its assets and its places.

    Parts follow the asset that they are part of where they stand beside it. With a text only the
    assets that it finds are shown, and the places that lead to them.
    """
    return within(store, [site_id], text=text, has_archive=has_archive)[site_id]


def within(
    store: Store, site_ids: Sequence[int], *, text: str = "", has_archive: bool = False
) -> dict[int, list[TreePlace | TreeAsset]]:
    """Return what stands in each of some sites, as ``under`` tells it."""
    sites = packed(site_ids)
    with store.read() as session, store.lend() as connection:
        today = shops.current(session).day(store.now())
        found = search.ids(connection, "asset", text)
        standing = {row[0] for row in _STANDING.ask(store, ids=sites, has_archive=has_archive)}
        shown = standing if found is None else standing.intersection(found)
        inside = _INSIDE.ask(store, ids=packed(shown), today=str(today))
        named = _PLACES.ask(store, ids=sites)
    of_sites: dict[int, tuple[list[_Asset], list[_Place]]] = {key: ([], []) for key in site_ids}
    for asset in map(_Asset._make, inside):
        of_sites[asset.site_id][0].append(asset)
    for place in map(_Place._make, named):
        of_sites[place.site_id][1].append(place)
    is_cut = found is not None
    return {site_id: _top_down(*own, is_cut=is_cut) for site_id, own in of_sites.items()}


def _top_down(
    assets: Iterable[_Asset], inside: Sequence[_Place], *, is_cut: bool
) -> list[TreePlace | TreeAsset]:
    """Return places and what stands in them; where a text cuts, only places that lead to that."""
    by_place: dict[int | None, list[TreeAsset]] = {}
    depths: dict[int | None, int] = {row.id: row.path.count(places.BETWEEN) for row in inside}
    for place_id, beside in _by_place(assets).items():
        by_place[place_id] = list(_nested(beside, depths.get(place_id, -1) + 1))
    led = {path for row in inside if row.id in by_place for path in _way(row.path)}
    shown: list[TreePlace | TreeAsset] = [*by_place.get(None, ())]
    for row in inside:
        if not is_cut or row.path in led:
            shown += [TreePlace(row.id, row.name, depths[row.id]), *by_place.get(row.id, ())]
    return shown


def _by_place(assets: Iterable[_Asset]) -> dict[int | None, list[_Asset]]:
    found: dict[int | None, list[_Asset]] = {}
    for row in assets:
        found.setdefault(row.location_id, []).append(row)
    return found


def _nested(beside: Sequence[_Asset], depth: int) -> Iterator[TreeAsset]:
    """Yield the assets of one place, parts after the asset that they are part of."""
    here = {row.id for row in beside}
    parts: dict[int | None, list[_Asset]] = {}
    for row in beside:
        parts.setdefault(row.parent_id if row.parent_id in here else None, []).append(row)
    waiting = [(row, depth) for row in reversed(parts.get(None, ()))]
    while waiting:
        row, deep = waiting.pop()
        yield _asset(row, deep)
        waiting += [(part, deep + 1) for part in reversed(parts.get(row.id, ()))]


def _way(path: str) -> list[str]:
    """Return the paths that lead to a place, its own the last."""
    names = path.split(places.BETWEEN)
    return [places.BETWEEN.join(names[: count + 1]) for count in range(len(names))]


def _asset(row: _Asset, depth: int) -> TreeAsset:
    return TreeAsset(
        id=row.id,
        number=row.number,
        short_code=row.short_code,
        name=row.name,
        depth=depth,
        status=AssetStatus(row.status),
        open_work=row.open,
        is_late=bool(row.late),
        is_stub=bool(row.is_stub),
        is_archived=bool(row.is_archived),
    )
