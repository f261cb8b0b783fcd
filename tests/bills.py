"""Plain factories for what is billed: a finished job, and a renderer that needs no page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from smallcmms.domain import papers
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.stock import MoveKind
from smallcmms.domain.work_orders import BillingRule, Origin, WorkOrderStatus, WorkType
from smallcmms.models import Labour, NumberGap, NumberSeries, Part, UsedPart, WorkOrder
from smallcmms.reports import invoice as report
from smallcmms.services import assets, customers, invoices, parts, payments, sites
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


@dataclass(frozen=True)
class Bill:
    """An invoice of the ledger: its number, whose it is, when it was sent, and what was paid."""

    number: str
    customer: str
    sent: date
    terms: int
    total: str
    paid: str = ""
    paid_on: date | None = None


FIRST_INVOICE = (
    update(NumberSeries).where(NumberSeries.kind == "invoice").values(first=1100, next=1100)
)
"""Lets a series that was set to continue begin before the ledger."""

LEDGER = (
    Bill("INV-1159", "Northgate Self Storage", date(2026, 4, 9), 30, "388.00"),
    Bill("INV-1168", "Union Street Brewing", date(2026, 5, 8), 30, "1106.25"),
    Bill("INV-1171", "Harbor View", date(2026, 5, 20), 30, "468.90", "200.00", date(2026, 7, 6)),
    Bill("INV-1174", "Harbor View", date(2026, 6, 2), 30, "1915.60"),
    Bill(
        "INV-1179", "Bluebird Bakery", date(2026, 6, 26), 15, "532.80", "532.80", date(2026, 7, 10)
    ),
    Bill("INV-1180", "Harbor View", date(2026, 6, 24), 30, "742.35"),
    Bill("INV-1182", "Carol Miller", date(2026, 6, 30), 0, "240.00", "240.00", date(2026, 7, 6)),
    Bill("INV-1183", "St. Brendan Parish School", date(2026, 7, 2), 30, "1240.00"),
    Bill("INV-1184", "Luis Delgado", date(2026, 7, 7), 0, "195.00", "195.00", date(2026, 7, 9)),
    Bill("INV-1185", "Kessler Tool & Die", date(2026, 7, 8), 30, "2318.50"),
    Bill("INV-1186", "Maple Court Condominiums", date(2026, 7, 10), 30, "864.20"),
)
"""What the sample shop had sent by July 14; numbers that are missing are of earlier books."""


def ledger(store: Store, set_clock: Callable[[datetime], None]) -> None:
    """Issue the invoices of the ledger on their days, and take what was paid."""
    people: dict[str, int] = {}
    for bill in LEDGER:
        if bill.customer not in people:
            people[bill.customer] = customers.add(store, name=bill.customer)
        customer_id = people[bill.customer]
        count = int(bill.number.removeprefix("INV-"))
        set_clock(datetime.combine(bill.sent, time(15), UTC))
        with store.change("Continue another book") as session:
            series = session.scalars(
                select(NumberSeries).where(NumberSeries.kind == "invoice")
            ).one()
            if series.next < count:
                session.add(
                    NumberGap(
                        kind="invoice", first=series.next, last=count - 1, reason="other book"
                    )
                )
            series.next = count
        made = invoices.draft_by_hand(store, customer_id=customer_id)
        invoices.edit(store, made, terms_days=bill.terms)
        invoices.add_line(store, made, text="Work", price=Decimal(bill.total))
        invoices.issue(store, made, render=lambda paper: report.render(paper).pdf)
        if bill.paid_on is not None:
            set_clock(datetime.combine(bill.paid_on, time(15), UTC))
            payments.take(store, invoice_id=made, amount=Decimal(bill.paid))


def oakmont(store: Store, story: Story) -> int:
    """Draft the invoice of the rooftop unit that did not cool, and return its id."""
    customer_id = customers.add(
        store,
        name="Oakmont Dental Group",
        bill_to="Ruth Calloway\n88 Linden Avenue\nDayton, OH 45403",
    )
    site_id = sites.add_site(
        store, customer_id, name="Oakmont Dental Group", address="88 Linden Avenue", city="Dayton"
    )
    asset_id = assets.add(store, site_id=site_id, name="Rooftop unit", short_code="RTU-2")
    order_id = finished_job(
        store, story, customer_id=customer_id, site_id=site_id, location_id=None,
        asset_id=asset_id, title="RTU-2 not cooling",
        found_and_did="Replaced the pitted contactor and the weak run capacitor, added 2 lb of"
        " R-410A, checked for leaks. Unit cooling, 19 °F across the coil.",
    )  # fmt: skip
    worked(store, story, order_id, 135)
    for number, name, price, unit, quantity in (
        ("CT-40", "Contactor 40 A, 2-pole", "48.00", "", "1"),
        ("RC-45", "Run capacitor 45/5 µF", "36.50", "", "1"),
        ("R410", "Refrigerant R-410A", "42.00", "lb", "2"),
    ):
        part_id = parts.add(
            store, number=number, name=name, cost=Decimal(10), price=Decimal(price), unit=unit
        )
        used(store, story, order_id, part_id, quantity)
    return invoices.draft(store, order_id)
