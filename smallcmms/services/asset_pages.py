"""The page of an asset: everything that is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.assets import Criticality, Owner
from smallcmms.domain.errors import NotFound
from smallcmms.domain.money import from_minor
from smallcmms.domain.repair_or_replace import Figures, figures
from smallcmms.domain.tags import TagKind, code
from smallcmms.models import Asset, AssetClass
from smallcmms.services import asset_history, meters, warranties
from smallcmms.services.asset_rows import BY_ID, AssetRow
from smallcmms.services.meters import MeterRow
from smallcmms.services.steps import shops
from smallcmms.services.warranties import WarrantyRow
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class Relative:
    """An asset that this one is a part of, or that is a part of it."""

    id: int
    number: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetPage:
    """Everything that an asset's own page shows of the asset; money in major units.

    ``code`` is the text of its QR; ``hazards`` and ``custom_fields`` are those of its class,
    ``life_years`` its own expected life or its class's.
    """

    row: AssetRow
    code: str
    shop_phone: str
    asset_class_id: int | None
    asset_class: str
    hazards: str
    custom_fields: tuple[str, ...]
    custom_values: Mapping[str, str]
    parent: Relative | None
    parts: tuple[Relative, ...]
    own_tag: str
    nameplate: str
    criticality: Criticality | None
    installed_on: date | None
    expected_life_years: int | None
    life_years: int | None
    replacement_cost: Decimal | None
    figures: Figures
    owner: Owner
    lock_out_energies: str
    lock_out_steps: tuple[str, ...]
    notes: str
    archived_on: date | None
    missing_on: date | None
    warranties: tuple[WarrantyRow, ...]
    meters: tuple[MeterRow, ...]


def get(store: Store, asset_id: int) -> AssetPage:
    """Return what the page of an asset says of it.

    Raises:
        NotFound: there is no such asset.
    """
    with store.read() as session:
        asset = session.get(Asset, asset_id)
        if asset is None:
            raise NotFound("There is no such asset.")
        return _page(store, session, asset)


def _page(store: Store, session: Session, asset: Asset) -> AssetPage:
    shop, kind = shops.current(session), _class(session, asset)
    cost = asset.replacement_cost
    return AssetPage(
        row=AssetRow(*session.execute(BY_ID, {"ids": [asset.id]}).one()),
        code=code(shop.code, TagKind.ASSET, asset.number),
        shop_phone=shop.phone,
        asset_class_id=asset.asset_class_id,
        asset_class=kind.name if kind else "",
        hazards=kind.hazards if kind else "",
        custom_fields=tuple(kind.custom_fields) if kind else (),
        custom_values={name: str(text) for name, text in asset.custom_values.items()},
        parent=_parent(session, asset),
        parts=_parts(session, asset),
        own_tag=asset.own_tag,
        nameplate=asset.nameplate,
        criticality=asset.criticality,
        installed_on=asset.installed_on,
        expected_life_years=asset.expected_life_years,
        life_years=_life(asset, kind),
        replacement_cost=None if cost is None else from_minor(cost, shop.currency),
        figures=_figures(store, session, asset, kind, shop),
        owner=asset.owner,
        lock_out_energies=asset.lock_out_energies,
        lock_out_steps=tuple(asset.lock_out_steps),
        notes=asset.notes,
        archived_on=asset.archived_on,
        missing_on=asset.missing_on,
        warranties=tuple(warranties.warranties(store, asset.id)),
        meters=tuple(meters.of_asset(store, asset.id)),
    )


def _class(session: Session, asset: Asset) -> AssetClass | None:
    if asset.asset_class_id is None:
        return None
    return session.get_one(AssetClass, asset.asset_class_id)


def _life(asset: Asset, kind: AssetClass | None) -> int | None:
    return asset.expected_life_years or (kind.expected_life_years if kind else None)


def _figures(
    store: Store, session: Session, asset: Asset, kind: AssetClass | None, shop: shops.ShopFacts
) -> Figures:
    spent, repairs = asset_history.spent(session, asset.id)
    cost = asset.replacement_cost
    return figures(
        spent=from_minor(spent, shop.currency),
        repairs=repairs,
        replacement_cost=None if cost is None else from_minor(cost, shop.currency),
        installed_on=asset.installed_on,
        expected_life_years=_life(asset, kind),
        today=shop.day(store.now()),
    )


def _parent(session: Session, asset: Asset) -> Relative | None:
    if asset.parent_id is None:
        return None
    return _relative(session.get_one(Asset, asset.parent_id))


def _parts(session: Session, asset: Asset) -> tuple[Relative, ...]:
    query = select(Asset).where(Asset.parent_id == asset.id, Asset.archived_on.is_(None))
    found = session.scalars(query.order_by(Asset.short_code, Asset.name, Asset.id))
    return tuple(_relative(part) for part in found)


def _relative(asset: Asset) -> Relative:
    return Relative(asset.id, asset.number, f"{asset.short_code} {asset.name}".strip())
