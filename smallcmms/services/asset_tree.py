"""The tree of assets: site, building, floor, asset; a site's inside is asked for when unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, func, select
from sqlalchemy.sql.expression import ScalarSelect

from smallcmms.domain.assets import AssetStatus
from smallcmms.domain.customers import CustomerKind
from smallcmms.domain.levels import Level
from smallcmms.models import Asset, Customer, Location, Site, WorkOrder, WorkOrderAsset
from smallcmms.services.steps import places, shops
from smallcmms.store import search
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeSite:
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
_IS_LATE: ColumnElement[bool] = WorkOrder.due_on < bindparam("today")
_SITES = (
    select(
        Site.id,
        Site.customer_id,
        Customer.name,
        func.iif(Site.name != "", Site.name, Site.address).label("site"),
        Customer.kind,
        func.count().over(partition_by=Site.customer_id).label("sites"),
    )
    .join(Customer, Customer.id == Site.customer_id)
    .where(Site.archived_on.is_(None), Customer.archived_on.is_(None))
    .order_by(func.lower(Customer.name), Site.id)
)
_ASSETS = select(Asset.site_id, func.count()).group_by(Asset.site_id)
_IS_KEPT = Asset.archived_on.is_(None)
_AT = (WorkOrder.site_id + 0).label("site_id")
"""The site of a work order; by the plain column SQLite would walk all work there ever was."""
_WORK = (
    select(
        _AT,
        func.count().label("open"),
        func.coalesce(func.sum(case((_IS_LATE, 1))), 0).label("late"),
        func.min(WorkOrder.level).label("worst"),
    )
    .where(_IS_OPEN)
    .group_by(_AT)
)
_PLACES = (
    select(Location.id, Location.name, Location.path)
    .where(Location.site_id == bindparam("site"), Location.archived_on.is_(None))
    .order_by(Location.path)
)


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


_INSIDE = (
    select(
        Asset.id,
        Asset.number,
        Asset.short_code,
        Asset.name,
        Asset.location_id,
        Asset.status,
        Asset.parent_id,
        Asset.is_stub,
        Asset.archived_on,
        _open().label("open"),
        _open(_IS_LATE).label("late"),
    )
    .where(Asset.site_id == bindparam("site"))
    .order_by(Asset.short_code, Asset.name, Asset.id)
)


def tree(store: Store, *, text: str = "", has_archive: bool = False) -> list[TreeSite]:
    """Return the sites with the work that waits there; with a text, only those it is found at.

    With ``has_archive`` assets count that were put away too.
    """
    found = search.matching("asset", text)
    counted = _ASSETS if has_archive else _ASSETS.where(_IS_KEPT)
    with store.read() as session:
        assets = {row[0]: row[1] for row in session.execute(counted)}
        today = shops.current(session).day(store.now())
        work = {row.site_id: row for row in session.execute(_WORK, {"today": today})}
        here = None
        if found is not None:
            here = set(session.scalars(select(Asset.site_id).where(Asset.id.in_(found))))
        sites = session.execute(_SITES).all()
    shown = []
    for row in sites:
        is_named = bool(text) and text.casefold() in row.name.casefold()
        if here is None or row.id in here or is_named:
            shown.append(_site(row, assets.get(row.id, 0), work.get(row.id)))
    return shown


def _site(row: Row[Any], assets: int, work: Row[Any] | None) -> TreeSite:
    return TreeSite(
        id=row.id,
        customer_id=row.customer_id,
        name=row.name,
        label=row.site,
        is_one_of_many=row.sites > 1,
        kind=row.kind,
        assets=assets,
        open_work=work.open if work else 0,
        late_work=work.late if work else 0,
        is_critical=work is not None and work.worst == Level.CRITICAL,
    )


def under(
    store: Store, site_id: int, *, text: str = "", has_archive: bool = False
) -> list[TreePlace | TreeAsset]:
    """Return what stands in a site, top down: each place, then its assets and its places.

    Parts follow the asset that they are part of where they stand beside it. With a text only the
    assets that it finds are shown, and the places that lead to them.
    """
    with store.read() as session:
        found = search.matching("asset", text)
        today = shops.current(session).day(store.now())
        query = _INSIDE if found is None else _INSIDE.where(Asset.id.in_(found))
        query = query if has_archive else query.where(_IS_KEPT)
        assets = session.execute(query, {"site": site_id, "today": today}).all()
        inside = session.execute(_PLACES, {"site": site_id}).all()
    by_place: dict[int | None, list[TreeAsset]] = {}
    depths = {row.id: row.path.count(places.BETWEEN) for row in inside}
    for place_id, beside in _by_place(assets).items():
        by_place[place_id] = list(_nested(beside, depths.get(place_id, -1) + 1))
    led = {path for row in inside if row.id in by_place for path in _way(row.path)}
    shown: list[TreePlace | TreeAsset] = [*by_place.get(None, ())]
    for row in inside:
        if found is None or row.path in led:
            shown += [TreePlace(row.id, row.name, depths[row.id]), *by_place.get(row.id, ())]
    return shown


def _by_place(assets: Sequence[Any]) -> dict[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = {}
    for row in assets:
        found.setdefault(row.location_id, []).append(row)
    return found


def _nested(beside: Sequence[Any], depth: int) -> Iterator[TreeAsset]:
    """Yield the assets of one place, parts after the asset that they are part of."""
    here = {row.id for row in beside}
    parts: dict[int | None, list[Any]] = {}
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


def _asset(row: Row[Any], depth: int) -> TreeAsset:
    return TreeAsset(
        id=row.id,
        number=row.number,
        short_code=row.short_code,
        name=row.name,
        depth=depth,
        status=row.status,
        open_work=row.open,
        is_late=bool(row.late),
        is_stub=row.is_stub,
        is_archived=row.archived_on is not None,
    )
