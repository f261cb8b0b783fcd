"""The work order's paper: what a copy says, decided before it is drawn."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience
from smallcmms.services.steps import work_order_papers
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
