"""What a work order owns, changed line by line: checklist, planned parts, working time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.sheets import Mark
from smallcmms.domain.tasks import TaskKind
from smallcmms.domain.work_orders import NotOnSheet, WorkOrderStatus
from smallcmms.models import InvoiceLine, Labour, PlannedPart, Task, WorkOrder
from smallcmms.services.steps import booking, edits, reservations
from smallcmms.services.steps import work_orders as steps
from smallcmms.services.steps.work_order_facts import changing
from smallcmms.store.store import Store

_SETTLED = {WorkOrderStatus.CLOSED, WorkOrderStatus.CANCELLED}


class TaskFields(TypedDict, total=False):
    """What can be edited of a line of the checklist; limits are in its unit."""

    text: str
    kind: TaskKind
    section: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    choices: list[str]
    is_required: bool
    is_hazard: bool


def add_task(store: Store, work_order_id: int, **fields: Unpack[TaskFields]) -> int:
    """Add a line to the end of the checklist.

    Returns:
        The line's id.

    Raises:
        RuleBroken: it says nothing, or the work order is closed or cancelled.
    """
    at = store.now()
    with _changing(store, "Add a line to {number}", work_order_id) as (session, order):
        edits.need(fields.get("text"), "Write what is to be done.", "text")
        last = select(func.max(Task.sequence)).where(Task.work_order_id == order.id)
        sequence = (session.scalars(last).one() or 0) + 1
        task = Task(work_order_id=order.id, sequence=sequence, **fields)
        session.add(task)
        session.flush()
        steps.note(session, at, order, "task_added", text=task.text)
        steps.revise(session, order)
        return task.id


def edit_task(store: Store, task_id: int, **fields: Unpack[TaskFields]) -> None:
    """Change a line of the checklist; printed copies become stale.

    Raises:
        RuleBroken: it would say nothing, or the work order is closed or cancelled.
    """
    at = store.now()
    work_order_id = _owner(store, Task, task_id)
    with _changing(store, "Edit {number}", work_order_id) as (session, order):
        task = session.get_one(Task, task_id)
        if "text" in fields:
            edits.need(fields["text"], "Write what is to be done.", "text")
        edits.change(
            session, at, task, fields,
            allowed=TaskFields.__annotations__, about=("work_order", order.id),
        )  # fmt: skip
        steps.revise(session, order)


def mark_task(store: Store, task_id: int, *, mark: Mark | None, value: str = "") -> None:
    """Mark a line of the checklist, and keep its reading.

    Raises:
        RuleBroken: the work order is closed or cancelled.
    """
    work_order_id = _owner(store, Task, task_id)
    with _changing(store, "Mark a line of {number}", work_order_id) as (session, _order):
        task = session.get_one(Task, task_id)
        task.mark, task.value = mark, value.strip()


def remove_task(store: Store, task_id: int) -> None:
    """Take a line off the checklist.

    Raises:
        RuleBroken: the work order is closed or cancelled.
    """
    at = store.now()
    work_order_id = _owner(store, Task, task_id)
    with _changing(store, "Take a line off {number}", work_order_id) as (session, order):
        task = session.get_one(Task, task_id)
        steps.note(session, at, order, "task_removed", text=task.text)
        session.delete(task)
        steps.revise(session, order)


def add_part(
    store: Store,
    work_order_id: int,
    *,
    part_id: int | None = None,
    text: str = "",
    quantity: Decimal = Decimal(1),
    location_id: int | None = None,
) -> int:
    """Plan a part for the job, of the register or in words.

    Returns:
        The planned part's id.

    Raises:
        RuleBroken: it names no part, or no quantity, or the work order is closed or cancelled.
    """
    at = store.now()
    with _changing(store, "Add a part to {number}", work_order_id) as (session, order):
        if part_id is None:
            edits.need(text, "Say which part.", "part")
        _above_zero(quantity)
        last = select(func.max(PlannedPart.sequence)).where(PlannedPart.work_order_id == order.id)
        line = PlannedPart(
            work_order_id=order.id,
            part_id=part_id,
            text=text.strip(),
            quantity=quantity,
            location_id=location_id,
            sequence=(session.scalars(last).one() or 0) + 1,
        )
        session.add(line)
        session.flush()
        told = {"part": booking.name_of(session, line), "quantity": str(quantity)}
        steps.note(session, at, order, "part_added", **told)
        reservations.reserve(session, at, order)
        steps.revise(session, order)
        return line.id


def edit_part(store: Store, planned_part_id: int, *, quantity: Decimal) -> None:
    """Plan another quantity of a part.

    Raises:
        RuleBroken: it is not above zero, or the work order is closed or cancelled.
    """
    at = store.now()
    work_order_id = _owner(store, PlannedPart, planned_part_id)
    with _changing(store, "Edit {number}", work_order_id) as (session, order):
        _above_zero(quantity)
        line = session.get_one(PlannedPart, planned_part_id)
        about_it = ("work_order", order.id)
        fields = {"quantity": quantity}
        edits.change(session, at, line, fields, allowed=fields, about=about_it)
        reservations.change(session, at, line)
        steps.revise(session, order)


def remove_part(store: Store, planned_part_id: int) -> None:
    """Plan a part no longer.

    Raises:
        RuleBroken: it was used, or the work order is closed or cancelled.
    """
    at = store.now()
    work_order_id = _owner(store, PlannedPart, planned_part_id)
    with _changing(store, "Take a part off {number}", work_order_id) as (session, order):
        line = session.get_one(PlannedPart, planned_part_id)
        if booking.is_used(session, line):
            raise RuleBroken("This part was used on the job and stays.")
        steps.note(session, at, order, "part_removed", part=booking.name_of(session, line))
        reservations.drop(session, at, line)
        session.delete(line)
        steps.revise(session, order)


def add_time(
    store: Store,
    work_order_id: int,
    *,
    technician_id: int,
    worked_on: date,
    minutes: int,
    labour_class: LabourClass = LabourClass.REGULAR,
    not_on_sheet: Collection[NotOnSheet] = (),
) -> int:
    """Book working time by hand, at the rates of its day; the work has begun with it.

    Returns:
        The labour entry's id.

    Raises:
        RuleBroken: no minutes, a day to come, or the work order cannot take bookings.
    """
    at = store.now()
    with _changing(store, "Add time to {number}", work_order_id) as (session, order):
        booking.is_bookable(order)
        if minutes <= 0:
            raise RuleBroken("How long was it? Time is more than zero.", "minutes")
        booking.is_past(session, at, worked_on, "worked_on")
        entry = booking.book_time(
            session, at, order,
            technician_id=technician_id, worked_on=worked_on, minutes=minutes,
            labour_class=labour_class,
        )  # fmt: skip
        session.flush()
        steps.begin_if_due(session, at, order, answered=not_on_sheet)
        told = {"technician": technician_id, "minutes": minutes, "worked_on": str(worked_on)}
        steps.note(session, at, order, "time_added", **told)
        return entry.id


def remove_time(store: Store, labour_id: int) -> None:
    """Take booked time back.

    Raises:
        RuleBroken: it is billed, or the work order is closed or cancelled.
    """
    at = store.now()
    work_order_id = _owner(store, Labour, labour_id)
    with _changing(store, "Take time off {number}", work_order_id) as (session, order):
        entry = session.get_one(Labour, labour_id)
        billed = select(InvoiceLine.id).where(InvoiceLine.labour_id == labour_id).limit(1)
        if session.scalars(billed).first() is not None:
            raise RuleBroken("This time is on an invoice. Take it off there first.")
        told = {"technician": entry.technician_id, "minutes": entry.minutes}
        steps.note(session, at, order, "time_removed", **told)
        session.delete(entry)


@contextmanager
def _changing(store: Store, label: str, work_order_id: int) -> Iterator[tuple[Session, WorkOrder]]:
    with changing(store, label, work_order_id) as (session, order):
        if order.status in _SETTLED:
            message = "{number} is {status} and stays as it is."
            raise RuleBroken(message, number=order.number, status=order.status.value)
        yield session, order


def _owner(store: Store, owned: type[Task | PlannedPart | Labour], row_id: int) -> int:
    with store.read() as session:
        work_order_id = session.scalars(
            select(owned.work_order_id).where(owned.id == row_id)
        ).one_or_none()
    if work_order_id is None:
        raise NotFound("This line is gone.")
    return work_order_id


def _above_zero(quantity: Decimal) -> None:
    if quantity <= 0:
        raise RuleBroken("How many? A quantity is more than zero.", "quantity")
