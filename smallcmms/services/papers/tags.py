"""What a sheet of tags says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from smallcmms import texts
from smallcmms.domain.papers import Manner, Tag, TagSheet
from smallcmms.domain.tag_messages import TROUBLE, SecondCode, link
from smallcmms.domain.tags import TagKind, code
from smallcmms.models import Shop
from smallcmms.services import assets, tag_printing
from smallcmms.services.assets import AssetRow
from smallcmms.services.steps import places, shops
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store


def tags(
    store: Store,
    asset_ids: Sequence[int],
    *,
    told: Habits,
    has_guides: bool = False,
) -> TagSheet:
    """Return the tags of these assets, in this order, for the label sheet that is told.

    Raises:
        NotFound: nobody has told the measures of this sheet.
        RuleBroken: the length of a label is no sense, or the second code would write to an
            address or a phone that the shop lacks.
    """
    labels, second = tag_printing.labels(store, told), told.second
    with store.read() as session:
        shop = shops.current(session)
        email = session.get_one(Shop, 1).email
        found = assets.rows(store, asset_ids)
    manner = shop.manner()
    to = email if second is SecondCode.EMAIL else shop.phone
    each = (_tag(found[asset_id], shop) for asset_id in asset_ids if asset_id in found)
    return TagSheet(
        labels=labels,
        tags=tuple(each) if second is SecondCode.NONE else _linked(each, second, to, manner),
        manner=manner,
        start_at=told.start_at,
        nudge_x_mm=told.nudge_x_mm,
        nudge_y_mm=told.nudge_y_mm,
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
