"""A record found by the number that people name it by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import numbers
from smallcmms.domain.numbers import Kind, Series
from smallcmms.domain.tags import Tag
from smallcmms.models import (
    Asset,
    AssetAudit,
    Customer,
    Invoice,
    NumberSeries,
    Part,
    PmSchedule,
    PurchaseOrder,
    Request,
    StockCount,
    WorkOrder,
)

MODELS: Mapping[Kind, Any] = MappingProxyType(
    {
        Kind.ASSET: Asset,
        Kind.WORK_ORDER: WorkOrder,
        Kind.INVOICE: Invoice,
        Kind.CREDIT_NOTE: Invoice,
        Kind.CUSTOMER: Customer,
        Kind.PART: Part,
        Kind.REQUEST: Request,
        Kind.AUDIT: AssetAudit,
        Kind.PM_SCHEDULE: PmSchedule,
        Kind.PURCHASE_ORDER: PurchaseOrder,
        Kind.STOCK_COUNT: StockCount,
    }
)


class Numbered(NamedTuple):
    """A record by its number: the name of its table, its id where the file has it."""

    table: str
    id: int | None
    number: str


def series(session: Session) -> dict[Kind, Series]:
    """Return how the shop writes the numbers of each kind."""
    kept = {row.kind: row for row in session.scalars(select(NumberSeries))}
    return {
        kind: Series(kind, kept[kind.value].prefix, kept[kind.value].digits)
        if kind.value in kept
        else starter
        for kind, starter in numbers.SERIES.items()
    }


def by_count(session: Session, kind: Kind, count: int) -> Numbered:
    """Return the record of a kind that has this count: 133 of the assets is A-0133."""
    model, number = MODELS[kind], numbers.write(series(session)[kind], count)
    found = session.scalars(select(model.id).where(model.number == number)).one_or_none()
    return Numbered(model.__tablename__, found, number)


def by_tag(session: Session, tag: Tag, kind: Kind) -> Numbered:
    """Return the record that a code leads to; a part's code says its place in the register."""
    if kind is not Kind.PART:
        return by_count(session, kind, tag.number)
    part = session.get(Part, tag.number)
    number = str(tag.number) if part is None else part.number
    return Numbered("part", None if part is None else part.id, number)
