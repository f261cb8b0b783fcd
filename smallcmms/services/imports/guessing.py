"""What a file most likely means: its sheet, header, columns, decimal sign and order of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from smallcmms.domain import imports
from smallcmms.domain.buildings import Building, BuildingPlan
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.import_values import NUMBERS, PAST, guess_decimal, guess_order
from smallcmms.domain.imports import Kind, Plan
from smallcmms.domain.tables import Book
from smallcmms.models import Customer, Setting
from smallcmms.services.imports import buildings
from smallcmms.services.imports.known import Known
from smallcmms.services.imports.writes import Writes
from smallcmms.services.steps import shops
from smallcmms.store.store import Store

_REMEMBERED = ("customer", "site", "is_making")
_SIGNS = ("decimal", "date_order")
"""What a sensor's exports have in common, although one file alone may not tell it."""
_FEW = 2


def guess(
    store: Store, kind: Kind, book: Book, *, sheet: int | None = None, header: int | None = None
) -> Plan:
    """Return how a file is most likely read; as it was the last time its columns came.

    Raises:
        RuleBroken: there is no such sheet, or nothing in it.
    """
    if sheet is None:
        sheet = imports.find_sheet(kind, book)
    if not 0 <= sheet < len(book.sheets) or not book.sheets[sheet].rows:
        raise RuleBroken("There is nothing in this sheet.", "sheet")
    rows = book.sheets[sheet].rows
    if header is None:
        header = imports.find_header(kind, rows)
    columns = imports.columns(kind, rows, header)
    plan = Plan(
        kind=kind,
        sheet=sheet,
        header=header,
        columns=columns,
        is_making=kind not in (Kind.WORK_ORDERS, Kind.READINGS),
        fingerprint=imports.fingerprint(column.header for column in columns),
    )
    return spoken(store, book, _as_before(store, plan))


def spoken(store: Store, book: Book, plan: Plan) -> Plan:
    """Return the plan with the decimal sign and the order of days that its columns tell."""
    with store.read() as session:
        shop = shops.current(session)
    today = shop.day(store.now())
    kinds = imports.words(plan.kind)
    days = {
        is_past: list(
            _texts(book, plan, {key for key, each in kinds.items() if each.value in values})
        )
        for is_past, values in ((True, PAST), (False, {"date"}))
    }
    orders = {guess_order(texts, today=today, is_past=is_past) for is_past, texts in days.items()}
    orders.discard("")
    numbers = {key for key, each in kinds.items() if each.value in NUMBERS}
    return replace(
        plan,
        decimal=plan.decimal or guess_decimal(_texts(book, plan, numbers)),
        date_order=plan.date_order or (orders.pop() if len(orders) == 1 else ""),
    )


def _texts(book: Book, plan: Plan, keys: set[str]) -> Iterator[str]:
    """Yield the texts of the columns of some fields."""
    positions = [column.position for column in plan.columns if column.field in keys]
    for row in book.sheets[plan.sheet].rows[plan.header + 1 :]:
        for position in positions:
            if position < len(row) and isinstance(text := row[position], str) and text:
                yield text


def _as_before(store: Store, plan: Plan) -> Plan:
    """Return the plan as a person said it for these columns before; else with the only customer."""
    name = remembered_as(plan.kind, plan.fingerprint)
    with store.read() as session:
        kept = session.scalars(select(Setting.value).where(Setting.name == name)).one_or_none()
        only = session.execute(
            select(Customer.name).where(Customer.archived_on.is_(None)).limit(_FEW)
        ).all()
    if kept is None:
        return replace(plan, customer=only[0][0] if len(only) == 1 else "")
    fields = dict(zip(kept["positions"], kept["fields"], strict=True))
    columns = tuple(
        replace(column, field=fields.get(column.position, column.field)) for column in plan.columns
    )
    told: dict[str, Any] = {name: kept[name] for name in (*_REMEMBERED, *_signs(plan.kind))}
    return replace(plan, columns=columns, is_remembered=True, **told)


def _signs(kind: Kind) -> tuple[str, ...]:
    return _SIGNS if kind is Kind.READINGS else ()


def remembered_as(kind: Kind, fingerprint: str) -> str:
    """Return the name under which the mapping of such columns is kept."""
    return f"import {kind.value} {fingerprint}"


def to_remember(plan: Plan) -> dict[str, Any]:
    """Return what is kept of a plan for the next file of these columns."""
    told = {name: getattr(plan, name) for name in (*_REMEMBERED, *_signs(plan.kind))}
    return {
        **told,
        "positions": [column.position for column in plan.columns],
        "fields": [column.field for column in plan.columns],
    }


def guess_building(store: Store, building: Building) -> BuildingPlan:
    """Return what of a building is most likely wanted: what is built in, for whose it is."""
    with store.read() as session:
        known = Known(session, Writes(), at=store.now(), is_making=True)
        plan = BuildingPlan(building.worth)
        return replace(plan, customer=buildings.whose(known, building, plan))
