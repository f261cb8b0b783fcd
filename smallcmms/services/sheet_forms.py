"""The Enter-a-sheet form: what it shows, and what it says while a person types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.copies import CopyState
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.lines import LineKind
from smallcmms.domain.money import Totals
from smallcmms.domain.quantity import hours
from smallcmms.domain.sheets import SheetEntry
from smallcmms.domain.work_orders import IN_HAND, ShownState
from smallcmms.models import Draft, PlannedPart, SheetCopy, StockLocation, WorkOrder
from smallcmms.services.steps import (
    billing,
    choices,
    invoices,
    problems,
    sheet_booking,
    sheet_reading,
    shops,
    stock,
    visits,
)
from smallcmms.services.steps import work_order_lines as lines
from smallcmms.services.steps.sheet_reading import ReadSheet, Taken
from smallcmms.services.steps.work_order_chips import Chip, Filters
from smallcmms.services.steps.work_order_facts import found
from smallcmms.services.steps.work_order_lines import TaskLine, Worker
from smallcmms.services.work_order_list import Sort, find
from smallcmms.services.work_order_page import WorkOrderPage, get
from smallcmms.store.store import Store

DRAFT = "sheet"
"""The kind of a sheet's draft; its subject is the work order's id."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """A planned part in box 3: how many, from where they are taken, how many lie there."""

    planned_part_id: int
    part_id: int | None
    name: str
    number: str
    unit: str
    quantity: Decimal
    location_id: int | None
    location: str
    on_hand: Decimal


@dataclass(frozen=True, slots=True)
class FormChoice:
    """An entry of one of the shop's lists."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """Everything the form shows before a key is typed; moments are UTC.

    ``copy`` is the copy that is entered, None where none was printed; ``layout`` its places.
    """

    work_order_id: int
    number: str
    level: int
    level_text: str
    title: str
    state: ShownState
    can_be_entered: bool
    customer: str
    place: str
    revision: int
    copy: int | None
    copy_revision: int | None
    is_stale: bool
    copy_state: CopyState | None
    document_hash: str
    layout: dict[str, Any]
    visit_id: int | None
    planned_from: datetime | None
    planned_to: datetime | None
    default_on: date
    workers: tuple[Worker, ...]
    tasks: tuple[TaskLine, ...]
    parts: tuple[FormPart, ...]
    lock_out_energies: str
    lock_out_steps: tuple[str, ...]
    is_corrective: bool
    is_billable: bool
    problem: str
    problems: tuple[FormChoice, ...]
    causes: tuple[FormChoice, ...]
    remedies: tuple[FormChoice, ...]
    locations: tuple[tuple[int, str], ...]
    next_id: int | None
    next_number: str
    draft: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class FoundPart:
    """The part that a line of box 3 means, and where it is taken from."""

    part_id: int
    number: str
    name: str
    unit: str
    location_id: int | None
    location: str
    on_hand: Decimal


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line that the invoice would have."""

    kind: LineKind
    text: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class SheetCheck:
    """What the form says while a person types: hours, what is wrong, parts found, the bill."""

    on_site_minutes: int
    driving_minutes: int
    on_site_hours: Decimal
    driving_hours: Decimal
    problems: tuple[RuleBroken, ...]
    warnings: tuple[RuleBroken, ...]
    others: tuple[FoundPart | None, ...]
    bill: Totals | None
    bill_lines: tuple[BillLine, ...]


def pile(store: Store) -> Sequence[int]:
    """Return the work orders whose sheets are to be entered, in the order of the list."""
    filters = Filters(chip=Chip.SHEETS_TO_ENTER)
    return find(store, filters=filters, sort=Sort.DUE)


def form(store: Store, work_order_id: int, *, copy: int | None = None) -> SheetForm:
    """Return everything the form of a sheet shows.

    Raises:
        NotFound: there is no such work order.
        RuleBroken: it has no such copy.
    """
    waiting = [other for other in pile(store) if other != work_order_id]
    now = store.now()
    with store.read() as session:
        page = get(store, work_order_id)
        order = found(session, work_order_id)
        sheet = copy_of(session, order, copy)
        next_order = session.get(WorkOrder, waiting[0]) if waiting else None
        return SheetForm(
            **_from_page(page),
            **_from_copy(sheet, order),
            **_from_visit(page, shops.current(session).day, now),
            is_corrective=order.type.is_corrective,
            parts=_parts(session, order, sheet),
            problems=_problems(session, order),
            causes=_choices(session, "cause"),
            remedies=_choices(session, "remedy"),
            locations=_locations(session),
            next_id=next_order.id if next_order else None,
            next_number=next_order.number if next_order else "",
            draft=_draft(session, work_order_id),
        )


def check(store: Store, work_order_id: int, entry: SheetEntry) -> SheetCheck:
    """Return what the form says beside its boxes; what is wrong is told, not raised.

    Raises:
        NotFound: there is no such work order.
    """
    at = store.now()
    with store.read() as session:
        order = found(session, work_order_id)
        sheet = sheet_reading.read(session, at, order, entry, copy_of(session, order, None))
        bill, bill_lines = _bill(session, at, order, sheet)
        return SheetCheck(
            on_site_minutes=sheet.on_site_minutes,
            driving_minutes=sheet.driving_minutes,
            on_site_hours=hours(sheet.on_site_minutes),
            driving_hours=hours(sheet.driving_minutes),
            problems=tuple(sheet.problems),
            warnings=(*sheet.warnings, *sheet_reading.overlaps(session, sheet)),
            others=tuple(_found(session, taken) for taken in sheet.others),
            bill=bill,
            bill_lines=bill_lines,
        )


def would_bill(store: Store, work_order_id: int, entry: SheetEntry) -> Totals:
    """Return what the invoice would come to if the sheet were entered so.

    Raises:
        RuleBroken: a box cannot be read, or the work order is not billed.
    """
    at = store.now()
    with store.read() as session:
        order = found(session, work_order_id)
        sheet = sheet_reading.read(session, at, order, entry, copy_of(session, order, None))
        if sheet.problems:
            raise sheet.problems[0]
        times, parts = _to_bill(session, at, order, sheet)
        return invoices.would_be(session, order, times, parts, today=sheet.shop.day(at))


def copy_of(session: Session, order: WorkOrder, copy: int | None) -> SheetCopy | None:
    """Return the copy of this number; without one the newest that is out, if any.

    Raises:
        RuleBroken: there is no copy of this number.
    """
    query = select(SheetCopy).where(SheetCopy.work_order_id == order.id)
    if copy is None:
        query = query.where(SheetCopy.state == CopyState.OUT)
    else:
        query = query.where(SheetCopy.copy == copy)
    kept = session.scalars(query.order_by(SheetCopy.copy.desc()).limit(1)).one_or_none()
    if kept is None and copy is not None:
        message = "{number} has no copy {copy}."
        raise RuleBroken(message, "copy", number=order.number, copy=copy)
    return kept


def _from_page(page: WorkOrderPage) -> dict[str, Any]:
    same = (
        "number level level_text title state revision tasks problem lock_out_energies"
        " lock_out_steps"
    )
    place = page.site.second or page.site.text if page.site else ""
    return {name: getattr(page, name) for name in same.split()} | {
        "work_order_id": page.id,
        "can_be_entered": page.status in IN_HAND,
        "customer": page.customer.text if page.customer else "",
        "place": place,
        "is_billable": page.billing_rule.is_billable,
    }


def _from_copy(sheet: SheetCopy | None, order: WorkOrder) -> dict[str, Any]:
    if sheet is None:
        blank = {"copy": None, "copy_revision": None, "copy_state": None}
        return {**blank, "is_stale": False, "document_hash": "", "layout": {}}
    return {
        "copy": sheet.copy,
        "copy_revision": sheet.revision,
        "copy_state": sheet.state,
        "is_stale": sheet.revision < order.revision,
        "document_hash": sheet.document_hash,
        "layout": sheet.layout,
    }


def _from_visit(
    page: WorkOrderPage, day: Callable[[datetime], date], now: datetime
) -> dict[str, Any]:
    visit = lines.coming(page.visits)
    return {
        "visit_id": visit.id if visit else None,
        "planned_from": visit.planned_from if visit else None,
        "planned_to": visit.planned_to if visit else None,
        "default_on": day(visit.planned_from if visit else now),
        "workers": visit.technicians if visit else (),
    }


def _parts(session: Session, order: WorkOrder, sheet: SheetCopy | None) -> tuple[FormPart, ...]:
    planned = visits.planned(session, order.id)
    who = sheet_reading.who_went(session, order, planned, sheet)
    return tuple(_form_part(session, line, who) for line in lines.planned(session, order.id))


def _form_part(session: Session, line: lines.PlannedLine, who: tuple[int, ...]) -> FormPart:
    planned = session.get_one(PlannedPart, line.id)
    source = sheet_reading.taken_from(session, who, planned)
    return FormPart(
        planned_part_id=line.id,
        part_id=line.part_id,
        name=line.name,
        number=line.number,
        unit=line.unit,
        quantity=line.quantity,
        location_id=source,
        location=_name(session, source),
        on_hand=_on_hand(session, line.part_id, source),
    )


def _found(session: Session, taken: Taken | None) -> FoundPart | None:
    if taken is None or taken.part is None:
        return None
    part = taken.part
    return FoundPart(
        part_id=part.id,
        number=part.number,
        name=part.name,
        unit=part.unit,
        location_id=taken.location_id,
        location=_name(session, taken.location_id),
        on_hand=_on_hand(session, part.id, taken.location_id),
    )


def _name(session: Session, location_id: int | None) -> str:
    return "" if location_id is None else session.get_one(StockLocation, location_id).name


def _on_hand(session: Session, part_id: int | None, location_id: int | None) -> Decimal:
    if part_id is None or location_id is None:
        return Decimal(0)
    return stock.on_hand(session, part_id, location_id)


def _choices(session: Session, kind: str) -> tuple[FormChoice, ...]:
    return tuple(FormChoice(*entry) for entry in choices.entries(session, kind))


def _problems(session: Session, order: WorkOrder) -> tuple[FormChoice, ...]:
    """Return the problems of the asset's class, with the one that is chosen already."""
    every, codes = _choices(session, "problem"), problems.of_asset(session, order.asset_id)
    fitting = tuple(each for each in every if each.code in (*codes, order.problem))
    return fitting if codes else every


def _locations(session: Session) -> tuple[tuple[int, str], ...]:
    query = select(StockLocation.id, StockLocation.name).where(StockLocation.archived_on.is_(None))
    return tuple(session.execute(query.order_by(StockLocation.name)))


def _draft(session: Session, work_order_id: int) -> dict[str, Any] | None:
    query = select(Draft.content).where(Draft.kind == DRAFT, Draft.subject == str(work_order_id))
    return session.scalars(query).one_or_none()


def _to_bill(
    session: Session, at: datetime, order: WorkOrder, sheet: ReadSheet
) -> tuple[list[billing.TimeToBill], list[billing.PartToBill]]:
    """Return the time and parts of the sheet, after those that are booked and not billed yet."""
    used_on = sheet.done_on or sheet.shop.day(at)
    times = sheet_booking.times_to_bill(session, order, sheet)
    parts = sheet_booking.parts_to_bill(sheet, used_on)
    return (
        [*billing.times_to_bill(session, order.id), *times],
        [*billing.parts_to_bill(session, order.id), *parts],
    )


def _bill(
    session: Session, at: datetime, order: WorkOrder, sheet: ReadSheet
) -> tuple[Totals | None, tuple[BillLine, ...]]:
    """Return the bill as far as it can be told yet; what hinders it is told beside its box."""
    try:
        times, parts = _to_bill(session, at, order, sheet)
        customer = invoices.payer(session, order)
        today = sheet.shop.day(at)
        pieces = billing.pieces(
            session,
            order,
            times=times,
            parts=parts,
            shop=sheet.shop,
            today=today,
            wording=invoices.wording(sheet.shop, customer),
        )
        total = invoices.would_be(session, order, times, parts, today=today)
    except RuleBroken:
        return None, ()
    return total, tuple(BillLine(each.kind, each.text, each.quantity) for each in pieces)
