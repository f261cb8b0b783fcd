"""The work order's paper: what a copy says, decided before it is drawn."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience
from smallcmms.services.steps import job_money, shops, work_order_papers
from smallcmms.services.steps.work_order_facts import found
from smallcmms.store.store import Store


def work_order(
    store: Store,
    work_order_id: int,
    *,
    audience: Audience = Audience.TECHNICIAN,
    technician_id: int | None = None,
    copy: int,
    revision: int,
) -> papers.WorkOrder:
    """Return what a copy of a work order says; nothing is numbered or kept by it.

    Raises:
        NotFound: there is no such work order.
        RuleBroken: the work is not done yet, and a customer's copy tells what was done.
    """
    at = store.now()
    with store.read() as session:
        return work_order_papers.work_order(
            session,
            at,
            found(session, work_order_id),
            audience=audience,
            technician_id=technician_id,
            copy=copy,
            revision=revision,
        )


def office(store: Store, work_order_id: int) -> papers.JobMoney:
    """Return the money of a job for the office's own copy: its invoice, or what it would bill.

    Raises:
        NotFound: there is no such work order.
        RuleBroken: the work order has no customer, or is not billed.
    """
    today_at = store.now()
    with store.read() as session:
        order = found(session, work_order_id)
        shop = shops.current(session)
        billed = job_money.of_invoice(session, order, shop)
        return billed or job_money.to_bill(session, order, shop, today=shop.day(today_at))
