"""Printing tags of assets and shelves: what still needs one, what is remembered of each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, func, select

from smallcmms.domain.label_sheets import LabelSheet, cut
from smallcmms.domain.stock_counts import by_bin
from smallcmms.domain.tag_messages import SecondCode
from smallcmms.models import Asset, Event, Location, Part, Site, StockMove
from smallcmms.services import label_sheets, settings
from smallcmms.services.steps import events
from smallcmms.store.store import Store, about

SETTING = "tags"
PRINTED = "tag_printed"
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How tags are printed on a label sheet: remembered for each sheet, but for the second code.

    ``start_at`` is the first label that is still on the sheet, from 1. The nudge moves the print
    to the right and down, ``length_mm`` is how a tape is cut; both in millimetres.
    """

    sheet: str = label_sheets.USUAL
    start_at: int = 1
    nudge_x_mm: Decimal = _NONE
    nudge_y_mm: Decimal = _NONE
    length_mm: Decimal | None = None
    second: SecondCode = SecondCode.NONE


def habits(store: Store, sheet: str = "") -> Habits:
    """Return how tags were printed on a sheet the last time; without one, on the last sheet."""
    kept = settings.get(store, SETTING)
    last = kept.get("sheet", label_sheets.USUAL)
    key = sheet or (last if last in label_sheets.every(store) else label_sheets.USUAL)
    told = kept.get("sheets", {}).get(key, {})
    length = told.get("length_mm")
    return Habits(
        sheet=key,
        start_at=int(told.get("start_at", 1)),
        nudge_x_mm=Decimal(told.get("nudge_x_mm", "0")),
        nudge_y_mm=Decimal(told.get("nudge_y_mm", "0")),
        length_mm=None if length is None else Decimal(length),
        second=SecondCode(kept.get("second", SecondCode.NONE)),
    )


def labels(store: Store, told: Habits) -> LabelSheet:
    """Return the label sheet as it is printed: a tape has the length that is cut.

    Raises:
        NotFound: nobody has told the measures of this sheet.
        RuleBroken: the length is no sense.
    """
    found = label_sheets.get(store, told.sheet)
    return found if told.length_mm is None else cut(found, told.length_mm)


def remember(store: Store, told: Habits) -> None:
    """Keep how tags are printed on a sheet."""
    kept = settings.get(store, SETTING)
    of_sheet: dict[str, Any] = {
        "start_at": told.start_at,
        "nudge_x_mm": str(told.nudge_x_mm),
        "nudge_y_mm": str(told.nudge_y_mm),
    }
    if told.length_mm is not None:
        of_sheet["length_mm"] = str(told.length_mm)
    sheets = kept.get("sheets", {}) | {told.sheet: of_sheet}
    value = {"sheet": told.sheet, "second": told.second.value, "sheets": sheets}
    settings.keep(store, SETTING, value)


def printed(store: Store, ids: Sequence[int], told: Habits, *, record: str = "asset") -> Habits:
    """Write down that these have their tags; return the habits with the next free label.

    ``record`` is what they are: assets, or parts with the tags of their shelves.
    """
    at = store.now()
    with store.change("Print tags") as session:
        for record_id in ids:
            events.note(session, at, record, record_id, PRINTED)
        if len(ids) == 1:
            about(session, record, ids[0])
    count = label_sheets.get(store, told.sheet).count
    after = replace(told, start_at=(told.start_at - 1 + len(ids)) % count + 1)
    remember(store, after)
    return after


def wanting(
    store: Store,
    *,
    site_id: int | None = None,
    location_id: int | None = None,
    is_untagged: bool = False,
) -> Sequence[int]:
    """Return the assets of a site or a location with all below it, by place and name.

    ``is_untagged`` leaves out those whose tag was printed.
    """
    query = (
        select(Asset.id)
        .join(Site, Site.id == Asset.site_id)
        .outerjoin(Location, Location.id == Asset.location_id)
        .where(Asset.archived_on.is_(None))
        .order_by(Site.customer_id, Site.id, Location.path, Asset.number)
    )
    if site_id is not None:
        query = query.where(Asset.site_id == site_id)
    if location_id is not None:
        query = query.where(Asset.location_id.in_(_below(location_id)))
    if is_untagged:
        has_tag = exists().where(
            Event.record == "asset", Event.record_id == Asset.id, Event.kind == PRINTED
        )
        query = query.where(~has_tag)
    with store.read() as session:
        return session.scalars(query).all()


def wanting_parts(
    store: Store, *, location_id: int | None = None, is_untagged: bool = False
) -> Sequence[int]:
    """Return the parts that are kept, shelf by shelf; those without a shelf stand last.

    ``location_id`` is the place in which they lie; ``is_untagged`` leaves out those whose tag was
    printed.
    """
    query = select(Part.id, Part.bin, Part.name).where(Part.archived_on.is_(None))
    if location_id is not None:
        lying = (
            select(StockMove.part_id)
            .where(StockMove.location_id == location_id)
            .group_by(StockMove.part_id)
            .having(func.sum(StockMove.quantity) > _NONE)
        )
        query = query.where(Part.id.in_(lying))
    if is_untagged:
        has_tag = exists().where(
            Event.record == "part", Event.record_id == Part.id, Event.kind == PRINTED
        )
        query = query.where(~has_tag)
    with store.read() as session:
        found = session.execute(query).all()
    walked = sorted(found, key=lambda row: (by_bin(row[1]), row[2].casefold()))
    return [part_id for part_id, _shelf, _name in walked]


def _below(location_id: int) -> Any:
    """Return the question for a location and every one inside it."""
    inside = select(Location.id).where(Location.id == location_id).cte(recursive=True)
    deeper = select(Location.id).join(inside, Location.parent_id == inside.c.id)
    return select(inside.union_all(deeper).c.id)
