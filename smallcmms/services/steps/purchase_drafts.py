"""Drafts of purchase orders: lines that are written, and what they say once they are placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.models import Part, PurchaseOrder, PurchaseOrderLine, Supplier
from smallcmms.services.steps import edits, events
from smallcmms.services.steps import purchase_orders as steps
from smallcmms.services.steps.numbers import next_number

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """Something to order: a part, or ``text`` in words; quantity and cost are of its own unit.

    Without ``supplier_id`` a part is ordered where it is bought; without ``unit_cost`` it costs
    what it cost last. ``work_order_id`` is the job that it is for.
    """

    quantity: Decimal
    part_id: int | None = None
    text: str = ""
    unit: str = ""
    supplier_number: str = ""
    unit_cost: Decimal | None = None
    supplier_id: int | None = None
    work_order_id: int | None = None


def supplier_of(session: Session, line: NewLine) -> int:
    """Return where a part is bought.

    Raises:
        RuleBroken: nobody said from whom it comes.
    """
    part = session.get(Part, line.part_id) if line.part_id is not None else None
    if part is None:
        raise RuleBroken("Say from which supplier.", "supplier")
    if part.supplier_id is None:
        raise RuleBroken("Say from which supplier {name} comes.", "supplier", name=part.name)
    return part.supplier_id


def draft(session: Session, at: datetime, supplier_id: int) -> PurchaseOrder:
    """Return the supplier's draft, a new one where it has none."""
    same = select(PurchaseOrder).where(
        PurchaseOrder.supplier_id == supplier_id,
        PurchaseOrder.status == PurchaseOrderStatus.DRAFT,
    )
    found = session.scalars(same.order_by(PurchaseOrder.id.desc()).limit(1)).first()
    if found is not None:
        return found
    number = next_number(session, "purchase_order")
    begun = PurchaseOrder(number=number, supplier_id=supplier_id, made_at=at)
    session.add(begun)
    session.flush()
    name = session.get_one(Supplier, supplier_id).name
    events.note(session, at, "purchase_order", begun.id, "drafted", supplier=name)
    return begun


def write_line(session: Session, order: PurchaseOrder, new: NewLine) -> PurchaseOrderLine:
    """Write a line, or add to the one that orders the same part for the same job."""
    lines = steps.lines_of(session, order.id)
    part = session.get_one(Part, new.part_id) if new.part_id is not None else None
    for line in lines:
        is_same = new.part_id is not None and line.part_id == new.part_id
        if is_same and line.work_order_id == new.work_order_id:
            line.quantity += new.quantity
            check_line(line)
            return line
    cost = new.unit_cost if new.unit_cost is not None else part.cost if part else _NOTHING
    line = PurchaseOrderLine(
        purchase_order_id=order.id,
        sequence=max((each.sequence for each in lines), default=0) + 1,
        part_id=new.part_id,
        text=new.text.strip(),
        unit=new.unit or (part.unit if part else ""),
        supplier_number=new.supplier_number or (part.supplier_number if part else ""),
        quantity=new.quantity,
        unit_cost=cost,
        received=_NOTHING,
        work_order_id=new.work_order_id,
    )
    check_line(line)
    session.add(line)
    session.flush()
    return line


def check_line(line: PurchaseOrderLine) -> None:
    """See that a line can be ordered.

    Raises:
        RuleBroken: it names nothing, orders nothing, or its cost is below zero.
    """
    if line.part_id is None:
        edits.need(line.text, "Say what is to be ordered.", "text")
    if line.quantity <= 0:
        raise RuleBroken("How many? Order more than zero.", "quantity")
    if line.unit_cost < 0:
        raise RuleBroken("A cost cannot be below zero.", "unit_cost")


def keep_words(session: Session, line: PurchaseOrderLine) -> None:
    """Keep on a line that is placed what its part is called now; the register may change."""
    part = session.get(Part, line.part_id) if line.part_id is not None else None
    if part is not None:
        line.text = line.text or part.name
        line.unit = line.unit or part.unit
        line.supplier_number = line.supplier_number or part.supplier_number


def usual_day(
    session: Session, draft: PurchaseOrder, lines: Sequence[PurchaseOrderLine]
) -> date | None:
    """Return the day by which all lines usually come, None where no part tells how long it takes.

    It counts the days that the register gives for each part, from the day of the order.
    """
    ids = [line.part_id for line in lines if line.part_id is not None]
    query = select(Part.lead_days).where(Part.id.in_(ids), Part.lead_days.is_not(None))
    days = [each for each in session.scalars(query) if each is not None]
    if not days or draft.ordered_on is None:
        return None
    return draft.ordered_on + timedelta(days=max(days))
