"""What a work order owns, line by line: visits, checklist, parts, time, copies, deficiencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.deficiencies import DeficiencyStatus
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.part_places import PartPlace, There, Whence, take
from smallcmms.domain.sheets import Mark
from smallcmms.domain.stock import LocationKind, ReservationStatus
from smallcmms.domain.tasks import TaskKind
from smallcmms.domain.visits import VisitStatus
from smallcmms.models import (
    Deficiency,
    Labour,
    Part,
    PlannedPart,
    SheetCopy,
    StockLocation,
    Task,
    Technician,
    UsedPart,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.services.steps import purchase_orders, reservations, stock
from smallcmms.services.steps.purchase_orders import Coming
from smallcmms.services.steps.stock import Lying


@dataclass(frozen=True, slots=True)
class Worker:
    """A technician on a visit."""

    id: int
    name: str
    initials: str
    phone: str
    truck_id: int | None
    truck: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A trip to the site; moments are UTC."""

    id: int
    planned_from: datetime
    planned_to: datetime
    status: VisitStatus
    outcome: str
    reason: str
    technicians: tuple[Worker, ...]
    has_times: bool


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A line of the checklist; limits are in its unit."""

    id: int
    sequence: int
    section: str
    text: str
    kind: TaskKind
    unit: str
    low: Decimal | None
    high: Decimal | None
    choices: tuple[str, ...]
    is_required: bool
    is_hazard: bool
    mark: Mark | None
    value: str


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A part that the job is expected to need, and where it lies.

    ``is_on_truck``: the truck that goes carries enough of it. ``whence`` is where it is taken
    from, none for something that is no part of the register; ``claim`` is what the job has to it.
    Of a part that is short, what ``order_number`` brings first is promised for ``due_on``.
    """

    id: int
    part_id: int | None
    quantity: Decimal
    name: str
    number: str
    unit: str
    bin: str
    location_id: int | None
    is_on_truck: bool
    stock: tuple[Lying, ...]
    whence: PartPlace | None
    claim: ReservationStatus | None
    order_number: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class UsedLine:
    """A part that went into the job; cost and price are of one unit."""

    id: int
    planned_part_id: int | None
    part_id: int | None
    quantity: Decimal
    name: str
    number: str
    location: str
    cost: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class LabourLine:
    """Working time; the rate is of one hour."""

    id: int
    technician: str
    labour_class: LabourClass
    worked_on: date
    minutes: int
    is_billable: bool
    bill_rate: Decimal


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A printed copy; stale when the work order was changed after it."""

    id: int
    copy: int
    revision: int
    audience: Audience
    technician: str
    printed_at: datetime
    state: CopyState
    is_stale: bool
    entered_at: datetime | None
    document_hash: str


@dataclass(frozen=True, slots=True)
class DeficiencyLine:
    """A fault that was found during this work."""

    id: int
    text: str
    status: DeficiencyStatus


def visits(session: Session, work_order_id: int) -> tuple[VisitLine, ...]:
    """Return the visits of a work order, the earliest first."""
    query = select(Visit).where(Visit.work_order_id == work_order_id)
    found = session.scalars(query.order_by(Visit.planned_from, Visit.id)).all()
    return tuple(_visit(session, visit) for visit in found)


def _visit(session: Session, visit: Visit) -> VisitLine:
    query = (
        select(
            Technician.id,
            Technician.name,
            Technician.initials,
            Technician.phone,
            Technician.truck_id,
            func.coalesce(StockLocation.name, ""),
            VisitTechnician.arrived_at,
        )
        .join(VisitTechnician, VisitTechnician.technician_id == Technician.id)
        .outerjoin(StockLocation, StockLocation.id == Technician.truck_id)
        .where(VisitTechnician.visit_id == visit.id)
        .order_by(VisitTechnician.sequence)
    )
    who = session.execute(query).all()
    return VisitLine(
        id=visit.id,
        planned_from=visit.planned_from,
        planned_to=visit.planned_to,
        status=visit.status,
        outcome=visit.outcome,
        reason=visit.reason,
        technicians=tuple(Worker(*each[:-1]) for each in who),
        has_times=any(each.arrived_at is not None for each in who),
    )


def coming(lines: tuple[VisitLine, ...]) -> VisitLine | None:
    """Return the visit that is planned next, or the last there was."""
    planned = (line for line in lines if line.status is VisitStatus.PLANNED)
    return next(planned, lines[-1] if lines else None)


def tasks(session: Session, work_order_id: int) -> tuple[TaskLine, ...]:
    """Return the checklist in its order."""
    query = select(Task).where(Task.work_order_id == work_order_id)
    return tuple(
        TaskLine(
            id=task.id,
            sequence=task.sequence,
            section=task.section,
            text=task.text,
            kind=task.kind,
            unit=task.unit,
            low=task.low,
            high=task.high,
            choices=tuple(task.choices),
            is_required=task.is_required,
            is_hazard=task.is_hazard,
            mark=task.mark,
            value=task.value,
        )
        for task in session.scalars(query.order_by(Task.sequence, Task.id))
    )


def planned(
    session: Session, work_order_id: int, truck_ids: frozenset[int] = frozenset()
) -> tuple[PlannedLine, ...]:
    """Return the parts that are planned, with where they lie; ``truck_ids`` are those that go."""
    query = (
        select(PlannedPart, Part)
        .outerjoin(Part, Part.id == PlannedPart.part_id)
        .where(PlannedPart.work_order_id == work_order_id)
        .order_by(PlannedPart.sequence, PlannedPart.id)
    )
    found = session.execute(query).all()
    stands = _Stands(session, work_order_id, [part.id for _line, part in found if part], truck_ids)
    return tuple(_planned(line, part, stands) for line, part in found)


class _Stands:
    """How the parts of one work order stand, looked up together."""

    def __init__(
        self,
        session: Session,
        work_order_id: int,
        part_ids: Sequence[int],
        truck_ids: frozenset[int],
    ) -> None:
        self._trucks = truck_ids
        self._standings = stock.standings(session, part_ids) if part_ids else {}
        kinds = select(StockLocation.id).where(StockLocation.kind != LocationKind.TRUCK)
        self._shops = frozenset(session.scalars(kinds)) if part_ids else frozenset[int]()
        held = reservations.open_of(session, work_order_id)
        self.claims = {each.planned_part_id: each.status for each in held}
        is_any_short = ReservationStatus.SHORT in self.claims.values()
        coming = purchase_orders.coming(session, date.min) if is_any_short else []
        self._coming = purchase_orders.by_part(coming)

    def lying(self, part_id: int) -> tuple[Lying, ...]:
        """Return the places in which a part lies, the fullest first."""
        return self._standings[part_id].by_place

    def whence(self, line: PlannedPart, part_id: int) -> PartPlace:
        """Return where a planned part is taken from."""
        lying = [
            There(at.location_id, at.name, at.quantity, at.location_id in self._shops)
            for at in self.lying(part_id)
        ]
        is_short = self.claims.get(line.id) is ReservationStatus.SHORT
        return take(line.quantity, lying, trucks=self._trucks, is_short=is_short)

    def first_due(self, part_id: int) -> Coming | None:
        """Return what comes first of a part."""
        return next(iter(self._coming.get(part_id, ())), None)


def _planned(line: PlannedPart, part: Part | None, stands: _Stands) -> PlannedLine:
    whence = stands.whence(line, part.id) if part else None
    is_short = whence is not None and whence.whence is Whence.SHORT
    due = stands.first_due(part.id) if part and is_short else None
    return PlannedLine(
        id=line.id,
        part_id=line.part_id,
        quantity=line.quantity,
        name=line.text or (part.name if part else ""),
        number=part.number if part else "",
        unit=part.unit if part else "",
        bin=part.bin if part else "",
        location_id=line.location_id,
        is_on_truck=whence is not None and whence.whence is Whence.ABOARD,
        stock=stands.lying(part.id) if part else (),
        whence=whence,
        claim=stands.claims.get(line.id),
        order_number=due.number if due else "",
        due_on=due.promised_on if due else None,
    )


def used(session: Session, work_order_id: int) -> tuple[UsedLine, ...]:
    """Return the parts that went into the job; those planned and not used stand with 0."""
    query = (
        select(UsedPart, Part, func.coalesce(StockLocation.name, ""))
        .outerjoin(Part, Part.id == UsedPart.part_id)
        .outerjoin(StockLocation, StockLocation.id == UsedPart.location_id)
        .where(UsedPart.work_order_id == work_order_id)
        .order_by(UsedPart.id)
    )
    return tuple(
        UsedLine(
            id=line.id,
            planned_part_id=line.planned_part_id,
            part_id=line.part_id,
            quantity=line.quantity,
            name=line.text or (part.name if part else ""),
            number=part.number if part else "",
            location=place,
            cost=line.cost,
            price=line.price,
        )
        for line, part, place in session.execute(query)
    )


def labour(session: Session, work_order_id: int) -> tuple[LabourLine, ...]:
    """Return the working time that is booked, oldest first."""
    query = (
        select(
            Labour.id,
            Technician.name,
            Labour.labour_class,
            Labour.worked_on,
            Labour.minutes,
            Labour.is_billable,
            Labour.bill_rate,
        )
        .join(Technician, Technician.id == Labour.technician_id)
        .where(Labour.work_order_id == work_order_id)
        .order_by(Labour.worked_on, Labour.id)
    )
    return tuple(LabourLine(*row) for row in session.execute(query))


def copies(session: Session, order: WorkOrder) -> tuple[CopyLine, ...]:
    """Return the printed copies, the newest first."""
    query = (
        select(SheetCopy, func.coalesce(Technician.name, ""))
        .outerjoin(Technician, Technician.id == SheetCopy.technician_id)
        .where(SheetCopy.work_order_id == order.id)
        .order_by(SheetCopy.copy.desc())
    )
    return tuple(
        CopyLine(
            id=line.id,
            copy=line.copy,
            revision=line.revision,
            audience=line.audience,
            technician=name,
            printed_at=line.printed_at,
            state=line.state,
            is_stale=line.state is CopyState.OUT and line.revision < order.revision,
            entered_at=line.entered_at,
            document_hash=line.document_hash,
        )
        for line, name in session.execute(query)
    )


def deficiencies(session: Session, work_order_id: int) -> tuple[DeficiencyLine, ...]:
    """Return the faults that were found during the work, oldest first."""
    query = (
        select(Deficiency.id, Deficiency.text, Deficiency.status)
        .where(Deficiency.work_order_id == work_order_id)
        .order_by(Deficiency.id)
    )
    return tuple(DeficiencyLine(*row) for row in session.execute(query))
