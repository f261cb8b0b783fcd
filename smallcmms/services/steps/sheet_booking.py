"""Booking a sheet that was read: its visits, time, parts, checklist, and what else was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from smallcmms.domain import visits as visit_rules
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.sheets import Result, SheetEntry
from smallcmms.domain.visits import VisitStatus
from smallcmms.models import Deficiency, Part, Visit, VisitTechnician, WorkOrder
from smallcmms.services.steps import booking, reservations, visits
from smallcmms.services.steps.billing import PartToBill, TimeToBill
from smallcmms.services.steps.sheet_reading import ReadSheet, Row
from smallcmms.services.steps.work_orders import note

_USUAL = timedelta(hours=1)
"""How long a visit without written times is taken to last."""


def book_visits(
    session: Session,
    at: datetime,
    order: WorkOrder,
    sheet: ReadSheet,
    *,
    to: VisitStatus,
    outcome: Result | None,
    reason: str,
) -> list[Visit]:
    """Write the visits that the rows of box 1 tell of, each with the times of its technicians.

    The first is the planned one; a visit that was never planned is written as it took place.
    """
    count = max((row.visit for row in sheet.rows), default=0) + 1
    made = []
    for number in range(count):
        rows = [row for row in sheet.rows if row.visit == number]
        visit = _visit(session, at, order, sheet, number=number, rows=rows)
        if visit is None:
            break
        _keep_times(session, visit, rows)
        visit.status = visit_rules.move(visit.status, to, has_bookings=to is VisitStatus.DONE)
        visit.outcome = outcome.value if outcome is not None else ""
        visit.reason, visit.recorded_at = reason, at
        made.append(visit)
    session.flush()
    return made


def _visit(
    session: Session,
    at: datetime,
    order: WorkOrder,
    sheet: ReadSheet,
    *,
    number: int,
    rows: Sequence[Row],
) -> Visit | None:
    if number < len(sheet.visits):
        return sheet.visits[number]
    if not sheet.technician_ids:
        return None
    begins = min((moment for row in rows if (moment := _begins(row))), default=at)
    ends = max((row.times.finished_at for row in rows if row.times.finished_at), default=begins)
    ends = ends if ends > begins else begins + _USUAL
    who = [row.technician_id for row in rows] or list(sheet.technician_ids)
    return visits.plan_visit(session, order, technician_ids=who, begins=begins, ends=ends)


def _begins(row: Row) -> datetime | None:
    return row.times.arrived_at or row.times.left_shop_at


def _keep_times(session: Session, visit: Visit, rows: Sequence[Row]) -> None:
    workers = {each.technician_id: each for each in visits.workers(session, visit.id)}
    for row in rows:
        worker = workers.get(row.technician_id)
        if worker is None:
            sequence = len(workers) + 1
            worker = VisitTechnician(
                visit_id=visit.id, technician_id=row.technician_id, sequence=sequence
            )
            session.add(worker)
        worker.left_shop_at, worker.arrived_at = row.times.left_shop_at, row.times.arrived_at
        worker.finished_at, worker.back_at = row.times.finished_at, row.times.back_at
        worker.break_minutes = row.times.break_minutes


def _spans(row: Row) -> tuple[tuple[LabourClass, int], ...]:
    return (
        (LabourClass.REGULAR, row.times.on_site_minutes or 0),
        (LabourClass.TRAVEL, row.times.driving_minutes),
    )


def book_time(
    session: Session, at: datetime, order: WorkOrder, sheet: ReadSheet, made: Sequence[Visit]
) -> None:
    """Book the time on site and on the way, at the rates of its day."""
    for row in sheet.rows:
        for labour_class, minutes in _spans(row):
            if minutes > 0:
                booking.book_time(
                    session,
                    at,
                    order,
                    technician_id=row.technician_id,
                    worked_on=row.times.day,
                    minutes=minutes,
                    labour_class=labour_class,
                    visit_id=made[row.visit].id,
                )


def book_parts(
    session: Session,
    at: datetime,
    order: WorkOrder,
    sheet: ReadSheet,
    used_on: date,
    *,
    is_done: bool,
) -> None:
    """Book the parts of box 3, and end their reservations.

    Planned parts that were not used are recorded as that, and are free again, when the work
    ``is_done``; until then they stay planned and kept for the next visit.
    """
    used = [
        booking.use_part(
            session,
            at,
            order,
            part=taken.part,
            text=taken.text,
            quantity=taken.quantity,
            location_id=taken.location_id,
            used_on=used_on,
            planned_part_id=None if taken.planned is None else taken.planned.id,
        )
        for taken in (*sheet.used, *sheet.others)
        if taken is not None and (taken.quantity or (taken.planned is not None and is_done))
    ]
    booking.take_parts(session, at, order, used)
    reservations.used(session, at, order)


def book_answers(sheet: ReadSheet) -> None:
    """Write marks and readings into the checklist; a line left blank stays as it was."""
    for answered in sheet.answers:
        if answered.mark is not None or answered.value:
            answered.task.mark = answered.mark
            answered.task.value = answered.value


def book_deficiency(
    session: Session, at: datetime, order: WorkOrder, entry: SheetEntry, found_on: date
) -> int | None:
    """Write down what else was seen; return its id."""
    if not entry.quote.strip():
        return None
    deficiency = Deficiency(
        work_order_id=order.id,
        asset_id=order.asset_id,
        text=entry.quote.strip(),
        found_on=found_on,
        recorded_at=at,
    )
    session.add(deficiency)
    session.flush()
    note(session, at, order, "deficiency_found", text=deficiency.text)
    return deficiency.id


def times_to_bill(session: Session, order: WorkOrder, sheet: ReadSheet) -> list[TimeToBill]:
    """Return the time of a sheet as it would go on a bill, before it is booked."""
    found = []
    names = visits.names(session, {row.technician_id for row in sheet.rows})
    for row in sheet.rows:
        for labour_class, minutes in _spans(row):
            rate, is_billable = booking.hourly(
                session, order, labour_class, row.times.day, row.technician_id
            )
            found.append(
                TimeToBill(
                    technician=names[row.technician_id],
                    labour_class=labour_class,
                    worked_on=row.times.day,
                    minutes=minutes,
                    bill_rate=rate,
                    is_billable=is_billable,
                )
            )
    return found


def parts_to_bill(sheet: ReadSheet, used_on: date) -> list[PartToBill]:
    """Return the parts of a sheet as they would go on a bill, before they are booked."""
    return [
        PartToBill(
            text=taken.text if taken.part is None else taken.part.name,
            quantity=taken.quantity,
            price=booking.NOTHING if taken.part is None else booking.price_of(taken.part),
            used_on=used_on,
            unit=_unit(taken.part),
            is_taxable=taken.part is None or taken.part.is_taxable,
        )
        for taken in sheet.taken
    ]


def _unit(part: Part | None) -> str:
    return "" if part is None else part.unit
