"""Assets in lists: which there are, and what a row says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, bindparam, column, func, select

from smallcmms.domain.assets import AssetStatus
from smallcmms.models import Asset, Customer, Location, Site
from smallcmms.store import search
from smallcmms.store.prepared import packed
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class AssetRow:
    """What a list shows of an asset, its place as one line ("Building A › Basement").

    ``is_stub``: it was made in a call or an import, and is to be audited.
    """

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
    is_stub: bool
    archived_on: date | None

    @property
    def label(self) -> str:
        """Return what people call it: SP-A Sump pump."""
        return f"{self.short_code} {self.name}".strip()


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
        Asset.is_stub,
        Asset.archived_on,
    )
    .join(Site, Site.id == Asset.site_id)
    .join(Customer, Customer.id == Site.customer_id)
    .outerjoin(Location, Location.id == Asset.location_id)
)
BY_ID: Select[*tuple[Any, ...]] = _ROWS.where(Asset.id.in_(bindparam("ids", expanding=True)))
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
    is_stub: bool | None = None,
    sort: str = "name",
) -> Sequence[int]:
    """Return the ids of the assets that hold every word typed, by their beginnings.

    With ``is_stub`` only those that still are to be audited, or only those that are not.
    """
    kept = Asset.archived_on.is_not(None) if is_archived else Asset.archived_on.is_(None)
    query = select(Asset.id).where(kept)
    if customer_id is not None:
        of_customer = select(Site.id).where(Site.customer_id == customer_id)
        query = query.where(Asset.site_id.in_(of_customer))
    if is_stub is not None:
        query = query.where(Asset.is_stub.is_(is_stub))
    with store.read() as session, store.lend() as connection:
        found = search.ids(connection, "asset", text)
        if found is not None:
            among = func.json_each(packed(found)).table_valued(column("value", Integer))
            query = query.where(Asset.id.in_(select(among.c.value)))
        query = query.order_by(_SORTS[sort], Asset.id)
        return session.connection().execute(query).scalars().all()


def rows(store: Store, ids: Sequence[int]) -> dict[int, AssetRow]:
    """Return what a list shows of these assets."""
    with store.read() as session:
        found = session.execute(BY_ID, {"ids": list(ids)})
        return {row.id: AssetRow(*row) for row in found}


def at_site(store: Store, site_id: int) -> list[AssetRow]:
    """Return the assets of a site, by their place."""
    with store.read() as session:
        return [AssetRow(*row) for row in session.execute(_AT_SITE, {"site": site_id})]
