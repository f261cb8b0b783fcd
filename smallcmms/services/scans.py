"""Scans: which record a scanned code leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import tags
from smallcmms.domain.copies import CopyState
from smallcmms.domain.errors import NotFound
from smallcmms.domain.numbers import Kind
from smallcmms.domain.tags import Tag, TagKind
from smallcmms.models import SheetCopy, StockLocation, Technician
from smallcmms.services.steps import records, shops
from smallcmms.store.store import Store

_KINDS = MappingProxyType(
    {
        TagKind.ASSET: Kind.ASSET,
        TagKind.WORK_ORDER: Kind.WORK_ORDER,
        TagKind.INVOICE: Kind.INVOICE,
        TagKind.CUSTOMER: Kind.CUSTOMER,
        TagKind.PART: Kind.PART,
        TagKind.PURCHASE_ORDER: Kind.PURCHASE_ORDER,
        TagKind.AUDIT: Kind.AUDIT,
        TagKind.STOCK_COUNT: Kind.STOCK_COUNT,
    }
)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The record that a code leads to: the name of its table, its id, and the copy of a sheet.

    ``is_out`` tells that the sheet is printed and not yet entered, so that it is to be entered.
    The code of a load list leads to a technician's day ``on``; its number is the truck's name.
    """

    kind: str
    id: int
    number: str
    copy: int | None
    is_out: bool
    on: date | None = None


def read(store: Store, code: str) -> Scanned:
    """Return the record that a scanned code leads to.

    Raises:
        RuleBroken: it is no code of this shop, or a character is wrong.
        NotFound: the record that it names is not in the file.
    """
    with store.read() as session:
        tag = tags.read(code, shop=shops.current(session).code)
        if tag.kind is TagKind.LOAD_LIST:
            return _load_list(session, tag)
        if tag.kind not in _KINDS:
            raise NotFound("Nothing in this file has this code yet.")
        table, record_id, number = records.by_tag(session, tag, _KINDS[tag.kind])
        if record_id is None:
            raise NotFound("{number} is not in this file.", number=number)
        is_out = tag.kind is TagKind.WORK_ORDER and _is_out(session, record_id, tag.copy)
    return Scanned(table, record_id, number, tag.copy, is_out)


def _load_list(session: Session, tag: Tag) -> Scanned:
    person = session.get(Technician, tag.copy or 0)
    if person is None:
        raise NotFound("The technician of this load list is not in this file.")
    truck = session.get(StockLocation, person.truck_id) if person.truck_id is not None else None
    name = person.name if truck is None else truck.name
    return Scanned("load_list", person.id, name, None, is_out=False, on=tags.load_day(tag))


def _is_out(session: Session, work_order_id: int, copy: int | None) -> bool:
    query = select(SheetCopy.id).where(
        SheetCopy.work_order_id == work_order_id, SheetCopy.state == CopyState.OUT
    )
    if copy is not None:
        query = query.where(SheetCopy.copy == copy)
    return session.scalars(query.limit(1)).first() is not None
