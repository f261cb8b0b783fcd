"""Plain factories for what is billed: a finished job, and a renderer that needs no page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from smallcmms.domain import papers
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.stock import MoveKind
from smallcmms.domain.work_orders import BillingRule, Origin, WorkOrderStatus, WorkType
from smallcmms.models import Labour, Part, UsedPart, WorkOrder
from smallcmms.services import parts
from smallcmms.services.steps import numbers, stock
from smallcmms.store.store import Store
from tests.build import Story

MONDAY = date(2026, 7, 13)


def rendered(paper: papers.Invoice) -> bytes:
    """Return bytes that differ wherever the paper does."""
    return repr(paper).encode()


@dataclass
class Failing:
    """A renderer that fails its first times, and remembers what it was given."""

    times: int = 1
    seen: list[papers.Invoice] = field(default_factory=list)

    def __call__(self, paper: papers.Invoice) -> bytes:
        self.seen.append(paper)
        if len(self.seen) <= self.times:
            raise ZeroDivisionError("the printer of the test is broken")
        return rendered(paper)


def finished_job(store: Store, story: Story, **fields: Any) -> int:
    """Write a closed work order without time or parts, and return its id."""
    told = {
        "customer_id": story.customer_id,
        "site_id": story.site_id,
        "location_id": story.location_id,
        "asset_id": story.asset_id,
        "title": "Sump pump alarm is on, water is high",
        "billing_rule": BillingRule.TIME_AND_MATERIALS,
        "found_and_did": "Float stuck on its cord. Cleaned pit, new float switch.",
    } | fields
    with store.change("Finish a job") as session:
        order = WorkOrder(
            number=numbers.next_number(session, "work_order"),
            origin=Origin.REQUEST,
            type=WorkType.CORRECTIVE,
            level=2,
            status=WorkOrderStatus.CLOSED,
            created_at=store.now(),
            closed_at=store.now(),
            recorded_at=store.now(),
            done_on=MONDAY,
            **told,
        )
        session.add(order)
        session.flush()
        return order.id


def worked(store: Store, story: Story, work_order_id: int, minutes: int, **fields: Any) -> int:
    """Book time of the technician on Monday, at 125.00 an hour, and return its id."""
    told = {
        "labour_class": LabourClass.REGULAR,
        "worked_on": MONDAY,
        "bill_rate": Decimal(125),
        "is_billable": True,
    } | fields
    with store.change("Book time") as session:
        labour = Labour(
            work_order_id=work_order_id,
            technician_id=story.technician_id,
            minutes=minutes,
            cost_rate=Decimal(40),
            recorded_at=store.now(),
            **told,
        )
        session.add(labour)
        session.flush()
        return labour.id


def used(store: Store, story: Story, work_order_id: int, part_id: int, quantity: str = "1") -> int:
    """Use a part from the truck on Monday, and return what was booked."""
    with store.change("Use a part") as session:
        part = session.get_one(Part, part_id)
        booked = UsedPart(
            work_order_id=work_order_id,
            part_id=part_id,
            quantity=Decimal(quantity),
            location_id=story.truck_id,
            cost=part.cost,
            price=part.price,
            is_taxable=part.is_taxable,
            used_on=MONDAY,
            recorded_at=store.now(),
        )
        session.add(booked)
        session.flush()
        stock.move(
            session,
            store.now(),
            part_id=part_id,
            location_id=story.truck_id,
            kind=MoveKind.ISSUE,
            quantity=-Decimal(quantity),
            moved_on=MONDAY,
            used_part_id=booked.id,
        )
        return booked.id


def sheet_2310(store: Store, story: Story) -> int:
    """Write the job of the story as its sheet tells it, and return the work order's id."""
    order_id = finished_job(store, story)
    worked(store, story, order_id, 105)
    used(store, story, order_id, story.float_switch_id)
    used(store, story, order_id, story.hose_clamp_id)
    return order_id


def reprice(store: Store, part_id: int, price: str) -> None:
    """Give a part another price."""
    parts.edit(store, part_id, price=Decimal(price))
