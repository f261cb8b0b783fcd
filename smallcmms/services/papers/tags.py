"""What a sheet of tags says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smallcmms.domain.papers import Manner, PaperSize, Tag, TagSheet
from smallcmms.domain.tags import TagKind, code
from smallcmms.services import assets
from smallcmms.services.assets import AssetRow
from smallcmms.services.steps import places, shops
from smallcmms.store.store import Store


def tags(
    store: Store,
    asset_ids: Sequence[int],
    *,
    label_format: str,
    start_at: int = 1,
    nudge_x_mm: Decimal = Decimal(0),
    nudge_y_mm: Decimal = Decimal(0),
    has_guides: bool = False,
) -> TagSheet:
    """Return the tags of these assets, in this order, for a sheet of labels.

    ``start_at`` is the first label that is still on the sheet, from 1; the nudge is in
    millimetres to the right and down.
    """
    with store.read() as session:
        shop = shops.current(session)
        found = assets.rows(store, asset_ids)
    manner = Manner(locale=shop.locale, zone=shop.zone.key, paper_size=PaperSize(shop.paper))
    return TagSheet(
        label_format=label_format,
        tags=tuple(_tag(found[asset_id], shop) for asset_id in asset_ids if asset_id in found),
        manner=manner,
        start_at=start_at,
        nudge_x_mm=nudge_x_mm,
        nudge_y_mm=nudge_y_mm,
        has_guides=has_guides,
    )


def _tag(asset: AssetRow, shop: shops.ShopFacts) -> Tag:
    return Tag(
        code=code(shop.code, TagKind.ASSET, asset.number),
        number=asset.number,
        name=asset.label,
        place=", ".join(filter(None, (asset.customer, asset.place.split(places.BETWEEN)[-1]))),
        phone=shop.phone,
    )
