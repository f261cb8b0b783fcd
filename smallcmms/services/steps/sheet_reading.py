"""Reading a returned sheet against its work order: what each box means, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import other_parts
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import (
    Mark,
    NotOnSheet,
    SheetEntry,
    SheetTimes,
    TypedTimes,
    read_times,
)
from smallcmms.domain.tasks import TaskKind
from smallcmms.domain.typed import read_quantity
from smallcmms.models import (
    Part,
    PlannedPart,
    SheetCopy,
    StockLocation,
    Task,
    Technician,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.services.steps import booking, meters, shops, visits
from smallcmms.services.steps.shops import ShopFacts

Value = TypeVar("Value")
_NOTHING = Decimal(0)
_CANDIDATES = 200
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of box 1: whose it is, of which visit (the first is 0), and what it means."""

    place: int
    visit: int
    technician_id: int
    times: SheetTimes


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the checklist, the first is 0, with its mark and its reading."""

    place: int
    task: Task
    mark: Mark | None
    value: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A part of box 3: planned or other, how many, and from where it is taken."""

    quantity: Decimal
    part: Part | None
    text: str
    location_id: int | None
    planned: PlannedPart | None = None


@dataclass(slots=True)
class ReadSheet:
    """A sheet as it was read; ``problems`` stand in its way, ``warnings`` do not."""

    shop: ShopFacts
    technician_ids: tuple[int, ...]
    visits: tuple[Visit, ...]
    rows: list[Row] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    used: list[Taken] = field(default_factory=list)
    others: list[Taken | None] = field(default_factory=list)
    problems: list[RuleBroken] = field(default_factory=list)
    warnings: list[RuleBroken] = field(default_factory=list)

    @property
    def taken(self) -> list[Taken]:
        """Return every part that was used, planned and other."""
        return [each for each in (*self.used, *self.others) if each is not None and each.quantity]

    @property
    def readings(self) -> list[meters.Answer]:
        """Return what is written in the lines of the checklist."""
        return [(answered.task, answered.value) for answered in self.answers]

    @property
    def on_site_minutes(self) -> int:
        """Return the minutes on site of all technicians together."""
        return sum(row.times.on_site_minutes or 0 for row in self.rows)

    @property
    def driving_minutes(self) -> int:
        """Return the minutes on the way of all technicians together."""
        return sum(row.times.driving_minutes for row in self.rows)

    @property
    def has_bookings(self) -> bool:
        """Tell whether the sheet books work: time on site or parts."""
        return self.on_site_minutes > 0 or bool(self.taken)

    @property
    def done_on(self) -> date | None:
        """Return the last day on which the work was done, by the shop's calendar."""
        return max((row.times.done_on(self.shop.zone) for row in self.rows), default=None)

    @property
    def arrived_at(self) -> datetime | None:
        """Return when the first of them arrived."""
        return min((at for row in self.rows if (at := row.times.arrived_at)), default=None)

    @property
    def finished_at(self) -> datetime | None:
        """Return when the last of them was finished."""
        return max((at for row in self.rows if (at := row.times.finished_at)), default=None)


def read(
    session: Session, at: datetime, order: WorkOrder, entry: SheetEntry, copy: SheetCopy | None
) -> ReadSheet:
    """Read a sheet; what is wrong in it is collected, not raised."""
    planned = tuple(visits.planned(session, order.id))
    sheet = ReadSheet(shops.current(session), who_went(session, order, planned, copy), planned)
    _read_times(sheet, at, entry)
    _read_marks(session, sheet, order, entry)
    _warn_of_meters(session, at, sheet, order)
    _read_used(session, sheet, order, entry)
    _read_others(session, sheet, entry)
    return sheet


def who_went(
    session: Session, order: WorkOrder, planned: Sequence[Visit], copy: SheetCopy | None = None
) -> tuple[int, ...]:
    """Return the technicians of the next visit, else of the copy, else of the last visit.

    A shop with one technician need not say who went.
    """
    last = select(Visit.id).where(Visit.work_order_id == order.id).order_by(Visit.id.desc())
    visit_id = planned[0].id if planned else None
    if visit_id is None and copy is not None and copy.technician_id is not None:
        return (copy.technician_id,)
    visit_id = visit_id or session.scalars(last.limit(1)).one_or_none()
    if visit_id is not None:
        return tuple(each.technician_id for each in visits.workers(session, visit_id))
    everybody = select(Technician.id).where(Technician.archived_on.is_(None)).limit(2)
    found = session.scalars(everybody).all()
    return tuple(found) if len(found) == 1 else ()


def _try(sheet: ReadSheet, ask: Callable[[], Value]) -> Value | None:
    try:
        return ask()
    except RuleBroken as problem:
        sheet.problems.append(problem)
        return None


def _read_times(sheet: ReadSheet, at: datetime, entry: SheetEntry) -> None:
    written = [(place, typed) for place, typed in enumerate(entry.times) if typed != TypedTimes()]
    if written and not sheet.technician_ids:
        message = "Nobody is named for this visit. Put the work order on the board first."
        sheet.problems.append(RuleBroken(message, "times"))
        return
    for place, typed in written:
        visit, whose = divmod(place, len(sheet.technician_ids))
        times = _try(sheet, lambda: _times(sheet, at, place, visit, typed))  # noqa: B023
        if times is not None:
            sheet.rows.append(Row(place, visit, sheet.technician_ids[whose], times))
            sheet.problems.extend(_gaps(place, times))


def _times(sheet: ReadSheet, at: datetime, place: int, visit: int, typed: TypedTimes) -> SheetTimes:
    planned = sheet.visits[visit].planned_from if visit < len(sheet.visits) else None
    return read_times(
        typed,
        planned_from=planned,
        zone=sheet.shop.zone,
        today=sheet.shop.day(at),
        locale=sheet.shop.locale,
        box=f"times.{place}.",
    )


def _gaps(place: int, times: SheetTimes) -> Iterator[RuleBroken]:
    """Yield what is half written: a time on site without its other end."""
    if times.arrived_at is not None and times.finished_at is None:
        yield RuleBroken("Type when the work was finished.", f"times.{place}.finished")
    if times.arrived_at is None and times.finished_at is not None:
        yield RuleBroken("Type when they arrived.", f"times.{place}.arrived")


def _read_marks(session: Session, sheet: ReadSheet, order: WorkOrder, entry: SheetEntry) -> None:
    query = select(Task).where(Task.work_order_id == order.id)
    tasks = session.scalars(query.order_by(Task.sequence, Task.id)).all()
    if len(entry.marks) > len(tasks):
        message = "The checklist has {lines} lines, and {marks} are marked."
        problem = RuleBroken(message, "marks", lines=len(tasks), marks=len(entry.marks))
        sheet.problems.append(problem)
    for place, (task, said) in enumerate(zip(tasks, entry.marks, strict=False)):
        value = _try(sheet, lambda: _value(sheet, task, said.value, f"marks.{place}"))  # noqa: B023
        if value is not None:
            sheet.answers.append(Answered(place, task, said.mark, value))


def _value(sheet: ReadSheet, task: Task, typed: str, box: str) -> str:
    """Return the reading as it is kept: a number without its unit, a text as typed."""
    text = typed.strip()
    if not text or task.kind not in {TaskKind.NUMBER, TaskKind.READING}:
        return text
    bare = text.removesuffix(task.unit).strip() if task.unit else text
    number = read_quantity(bare, locale=sheet.shop.locale, field=box, is_signed=True)
    is_high = task.high is not None and number > task.high
    if is_high or (task.low is not None and number < task.low):
        message = "{value} {unit} is over the limit." if is_high else "{value} {unit} is too low."
        sheet.warnings.append(RuleBroken(message, box, value=bare, unit=task.unit))
    return str(number)


def _warn_of_meters(session: Session, at: datetime, sheet: ReadSheet, order: WorkOrder) -> None:
    """Say which readings are beyond a limit of their meter, or do not fit it."""
    on, answers = sheet.done_on or sheet.shop.day(at), sheet.readings
    for place, warning in meters.warnings(session, at, order, answers, on):
        box = f"marks.{sheet.answers[place].place}"
        sheet.warnings.append(RuleBroken(warning.message, box, **warning.values))


def _read_used(session: Session, sheet: ReadSheet, order: WorkOrder, entry: SheetEntry) -> None:
    query = (
        select(PlannedPart, Part)
        .outerjoin(Part, Part.id == PlannedPart.part_id)
        .where(PlannedPart.work_order_id == order.id)
        .order_by(PlannedPart.sequence, PlannedPart.id)
    )
    lines = session.execute(query).all()
    if len(entry.used) > len(lines):
        message = "{lines} parts are planned, and {used} are filled in."
        problem = RuleBroken(message, "used", lines=len(lines), used=len(entry.used))
        sheet.problems.append(problem)
    typed = (*entry.used, *[""] * len(lines))
    for place, (planned, part) in enumerate(lines):
        quantity = _try(sheet, lambda: _quantity(sheet, typed[place], f"used.{place}"))  # noqa: B023
        if quantity is not None and not booking.is_used(session, planned):
            source = taken_from(session, sheet.technician_ids, planned)
            name = planned.text or (part.name if part else "")
            sheet.used.append(Taken(quantity, part, name, source, planned))


def _quantity(sheet: ReadSheet, typed: str, box: str) -> Decimal:
    if not typed.strip():
        return _NOTHING
    return read_quantity(typed, locale=sheet.shop.locale, field=box)


def taken_from(
    session: Session, technician_ids: Sequence[int], planned: PlannedPart | None = None
) -> int | None:
    """Return where parts are taken from: as planned, else the truck that went, else the shop."""
    if planned is not None and planned.location_id is not None:
        return planned.location_id
    for technician_id in technician_ids:
        truck_id = session.get_one(Technician, technician_id).truck_id
        if truck_id is not None:
            return truck_id
    return booking.shelf(session)


def _read_others(session: Session, sheet: ReadSheet, entry: SheetEntry) -> None:
    places = _places(session) if entry.others else []
    for place, other in enumerate(entry.others):
        if not other.text.strip() and other.part_id is None:
            sheet.others.append(None)
            continue
        box = f"others.{place}.quantity"
        quantity = _try(sheet, lambda: _quantity(sheet, other.quantity, box))  # noqa: B023
        meant = other_parts.read(
            other.text,
            parts=_candidates(session, other.text),
            places=places,
            place=other.location,
        )
        part_id = other.part_id or meant.part_id
        part = None if part_id is None else session.get(Part, part_id)
        source = other.location_id or meant.location_id
        source = source or taken_from(session, sheet.technician_ids)
        taken = Taken(quantity or _NOTHING, part, other.text.strip(), source)
        sheet.others.append(taken)


def _places(session: Session) -> list[other_parts.Named]:
    query = select(StockLocation.id, StockLocation.name).where(StockLocation.archived_on.is_(None))
    return [other_parts.Named(*row) for row in session.execute(query)]


def _candidates(session: Session, text: str) -> list[other_parts.Named]:
    """Return the parts that share a word with the text; numbers are parts' names too."""
    written = [word for word in other_parts.words(text) if len(word) > 1]
    if not written:
        return []
    holds = [
        column.icontains(word, autoescape=True)
        for word in written
        for column in (Part.name, Part.number)
    ]
    query = (
        select(Part.id, Part.name, Part.number)
        .where(Part.archived_on.is_(None), or_(*holds))
        .limit(_CANDIDATES)
    )
    return [other_parts.Named(*row) for row in session.execute(query)]


def overlaps(session: Session, sheet: ReadSheet) -> Iterator[RuleBroken]:
    """Yield a warning for each row whose time on site overlaps another job of the technician."""
    own = [visit.id for visit in sheet.visits]
    for row in sheet.rows:
        if row.times.arrived_at is None or row.times.finished_at is None:
            continue
        query = (
            select(WorkOrder.number)
            .join(Visit, Visit.work_order_id == WorkOrder.id)
            .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
            .where(
                VisitTechnician.technician_id == row.technician_id,
                VisitTechnician.arrived_at > row.times.arrived_at - _A_DAY,
                VisitTechnician.arrived_at < row.times.finished_at,
                VisitTechnician.finished_at > row.times.arrived_at,
                Visit.id.not_in(own),
            )
            .limit(1)
        )
        other = session.scalars(query).one_or_none()
        if other is not None:
            message = "This time overlaps {number}."
            yield RuleBroken(message, f"times.{row.place}.arrived", number=other)


def needs_times(entry: SheetEntry, sheet: ReadSheet) -> RuleBroken | None:
    """Return what to ask where a sheet has neither a day nor times."""
    if sheet.rows or entry.is_nobody_there or NotOnSheet.DONE_ON in entry.not_on_sheet:
        return None
    return RuleBroken("Type the times, or say that they are not on the sheet.", "times.0.date")
