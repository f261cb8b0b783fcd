"""Plain factories of what was done, billed and paid before a test begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.invoices import InvoiceKind, InvoiceState
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.payments import PaymentMethod
from smallcmms.domain.requests import Channel
from smallcmms.domain.work_orders import BillingRule, Origin, WorkOrderStatus, WorkType
from smallcmms.models import Invoice, Labour, Payment, PaymentAllocation, SheetCopy, WorkOrder
from smallcmms.services import requests
from smallcmms.services.steps.numbers import next_number
from smallcmms.store.store import Store
from tests import build


def call(store: Store, story: build.Story, *, channel: Channel = Channel.PHONE) -> int:
    """Log the story's call."""
    return requests.log(
        store,
        words="Sump pump alarm is on, water is high",
        channel=channel,
        caller="Priya Natarajan",
        customer_id=story.customer_id,
        contact_id=story.contact_id,
        site_id=story.site_id,
        asset_id=story.asset_id,
        facts=["water_or_gas_escaping"],
    )


def finished_work(
    store: Store,
    story: build.Story,
    *,
    title: str,
    found_and_did: str = "",
    done_on: date = date(2026, 7, 10),
    minutes: int = 0,
    **more: Any,
) -> int:
    """Write a closed work order of the story's pump, with its time on site."""
    with store.change("Write past work") as session:
        order = WorkOrder(
            number=next_number(session, "work_order"),
            origin=Origin.BY_HAND,
            type=more.pop("type", WorkType.CORRECTIVE),
            level=3,
            status=more.pop("status", WorkOrderStatus.CLOSED),
            customer_id=story.customer_id,
            site_id=story.site_id,
            asset_id=story.asset_id,
            title=title,
            found_and_did=found_and_did,
            billing_rule=BillingRule.TIME_AND_MATERIALS,
            created_at=_at(done_on),
            done_on=done_on,
            recorded_at=_at(done_on),
            closed_at=_at(done_on),
            **more,
        )
        session.add(order)
        session.flush()
        if minutes:
            session.add(_labour(story, order.id, LabourClass.REGULAR, minutes, done_on))
            session.add(_labour(story, order.id, LabourClass.TRAVEL, 50, done_on))
        return order.id


def bill(
    store: Store,
    customer_id: int,
    *,
    total: int,
    sent_on: date,
    terms_days: int = 30,
    **more: Any,
) -> int:
    """Write an issued invoice of so many cents."""
    with store.change("Write a past bill") as session:
        invoice = Invoice(
            number=next_number(session, "invoice"),
            kind=more.pop("kind", InvoiceKind.INVOICE),
            state=InvoiceState.ISSUED,
            customer_id=customer_id,
            currency="USD",
            drafted_at=_at(sent_on),
            invoice_on=sent_on,
            due_on=sent_on + timedelta(days=terms_days),
            terms_days=terms_days,
            net=total,
            total=total,
            issued_at=_at(sent_on),
            **more,
        )
        session.add(invoice)
        session.flush()
        return invoice.id


def pay(store: Store, customer_id: int, invoice_id: int, *, amount: int, on: date) -> None:
    """Write a payment of so many cents towards an invoice."""
    with store.change("Write a past payment") as session:
        payment = Payment(
            customer_id=customer_id,
            received_on=on,
            recorded_at=_at(on),
            amount=amount,
            method=PaymentMethod.CHECK,
            reference="3342",
        )
        session.add(payment)
        session.flush()
        session.add(PaymentAllocation(payment_id=payment.id, invoice_id=invoice_id, amount=amount))


def print_sheet(store: Store, work_order_id: int, *, copy: int, state: CopyState) -> None:
    """Write a printed copy of a work order."""
    with store.change("Write a past copy") as session:
        session.add(
            SheetCopy(
                work_order_id=work_order_id,
                copy=copy,
                revision=1,
                audience=Audience.TECHNICIAN,
                printed_at=store.now(),
                state=state,
                document_hash="",
                layout={},
            )
        )


def _labour(
    story: build.Story, work_order_id: int, labour_class: LabourClass, minutes: int, on: date
) -> Labour:
    return Labour(
        work_order_id=work_order_id,
        technician_id=story.technician_id,
        labour_class=labour_class,
        worked_on=on,
        minutes=minutes,
        cost_rate=Decimal(40),
        bill_rate=Decimal(125),
        is_billable=True,
        recorded_at=_at(on),
    )


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 16, 0, tzinfo=UTC)
