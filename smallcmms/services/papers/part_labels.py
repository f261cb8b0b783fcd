"""What a sheet of shelf tags says: each part with the code that leads to it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from smallcmms.domain.papers import Tag, TagSheet
from smallcmms.domain.tags import part_code
from smallcmms.models import Part
from smallcmms.services import tag_printing
from smallcmms.services.steps import shops
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store
from smallcmms.texts import in_language


def part_labels(
    store: Store,
    part_ids: Sequence[int],
    *,
    told: Habits,
    has_guides: bool = False,
) -> TagSheet:
    """Return the shelf tags of these parts, in this order, for the label sheet that is told.

    Raises:
        NotFound: nobody has told the measures of this sheet.
        RuleBroken: the length of a label is no sense.
    """
    labels = tag_printing.labels(store, told)
    with store.read() as session:
        shop = shops.current(session)
        query = select(Part).where(Part.id.in_(list(part_ids)))
        found = {part.id: part for part in session.scalars(query)}
    manner = shop.manner()
    _ = in_language(manner.language)._
    return TagSheet(
        labels=labels,
        tags=tuple(
            Tag(
                code=part_code(shop.code, part.id),
                number=part.number,
                name=part.name,
                shelf=_("Shelf {shelf}", shelf=part.bin) if part.bin else "",
            )
            for part in (found[part_id] for part_id in part_ids if part_id in found)
        ),
        manner=manner,
        start_at=told.start_at,
        nudge_x_mm=told.nudge_x_mm,
        nudge_y_mm=told.nudge_y_mm,
        has_guides=has_guides,
    )
