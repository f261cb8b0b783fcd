"""Scans: which record a scanned code leads to."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import numbers, tags
from smallcmms.domain.copies import CopyState
from smallcmms.domain.errors import NotFound
from smallcmms.domain.numbers import Kind
from smallcmms.domain.tags import Tag, TagKind
from smallcmms.models import Asset, Customer, Invoice, NumberSeries, Part, SheetCopy, WorkOrder
from smallcmms.services.steps import shops
from smallcmms.store.store import Store

_KINDS: MappingProxyType[TagKind, tuple[Kind, Any]] = MappingProxyType(
    {
        TagKind.ASSET: (Kind.ASSET, Asset),
        TagKind.WORK_ORDER: (Kind.WORK_ORDER, WorkOrder),
        TagKind.INVOICE: (Kind.INVOICE, Invoice),
        TagKind.CUSTOMER: (Kind.CUSTOMER, Customer),
        TagKind.PART: (Kind.PART, Part),
    }
)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The record that a code leads to: the name of its table, its id, and the copy of a sheet.

    ``is_out`` tells that the sheet is printed and not yet entered, so that it is to be entered.
    """

    kind: str
    id: int
    number: str
    copy: int | None
    is_out: bool


def read(store: Store, code: str) -> Scanned:
    """Return the record that a scanned code leads to.

    Raises:
        RuleBroken: it is no code of this shop, or a character is wrong.
        NotFound: the record that it names is not in the file.
    """
    with store.read() as session:
        tag = tags.read(code, shop=shops.current(session).code)
        kind, number, record_id = _record(session, tag)
        is_out = kind is Kind.WORK_ORDER and _is_out(session, record_id, tag.copy)
    return Scanned(kind.value, record_id, number, tag.copy, is_out)


def _record(session: Session, tag: Tag) -> tuple[Kind, str, int]:
    if tag.kind not in _KINDS:
        raise NotFound("Nothing in this file has this code yet.")
    kind, model = _KINDS[tag.kind]
    number = _written(session, kind, tag.number)
    record_id = session.scalars(select(model.id).where(model.number == number)).one_or_none()
    if record_id is None:
        raise NotFound("{number} is not in this file.", number=number)
    return kind, number, record_id


def _written(session: Session, kind: Kind, count: int) -> str:
    query = select(NumberSeries).where(NumberSeries.kind == kind.value)
    kept = session.scalars(query).one_or_none()
    series = numbers.SERIES[kind]
    if kept is not None:
        series = numbers.Series(kind, kept.prefix, kept.digits)
    return numbers.write(series, count)


def _is_out(session: Session, work_order_id: int, copy: int | None) -> bool:
    query = select(SheetCopy.id).where(
        SheetCopy.work_order_id == work_order_id, SheetCopy.state == CopyState.OUT
    )
    if copy is not None:
        query = query.where(SheetCopy.copy == copy)
    return session.scalars(query.limit(1)).first() is not None
