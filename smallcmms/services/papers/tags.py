"""What a sheet of tags says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from smallcmms import texts
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.papers import Manner, PaperSize, Tag, TagSheet
from smallcmms.domain.tag_messages import TROUBLE, SecondCode, link
from smallcmms.domain.tags import TagKind, code
from smallcmms.models import Shop
from smallcmms.services import assets
from smallcmms.services.assets import AssetRow
from smallcmms.services.steps import places, shops
from smallcmms.store.store import Store


def tags(
    store: Store,
    asset_ids: Sequence[int],
    *,
    labels: LabelSheet,
    start_at: int = 1,
    nudge_x_mm: Decimal = Decimal(0),
    nudge_y_mm: Decimal = Decimal(0),
    second: SecondCode = SecondCode.NONE,
    has_guides: bool = False,
) -> TagSheet:
    """Return the tags of these assets, in this order, for a sheet of labels.

    ``start_at`` is the first label that is still on the sheet, from 1; the nudge is in
    millimetres to the right and down. ``second`` is the code that writes to the shop.

    Raises:
        RuleBroken: the second code would write to an address or a phone that the shop lacks.
    """
    with store.read() as session:
        shop = shops.current(session)
        email = session.get_one(Shop, 1).email
        found = assets.rows(store, asset_ids)
    manner = Manner(locale=shop.locale, zone=shop.zone.key, paper_size=PaperSize(shop.paper))
    to = email if second is SecondCode.EMAIL else shop.phone
    each = (_tag(found[asset_id], shop) for asset_id in asset_ids if asset_id in found)
    return TagSheet(
        labels=labels,
        tags=tuple(each) if second is SecondCode.NONE else _linked(each, second, to, manner),
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


def _linked(each: Iterable[Tag], second: SecondCode, to: str, manner: Manner) -> tuple[Tag, ...]:
    trouble = texts.in_language(manner.language)._(TROUBLE)
    return tuple(
        replace(tag, link=link(second, tag.code, number=tag.number, to=to, trouble=trouble))
        for tag in each
    )
