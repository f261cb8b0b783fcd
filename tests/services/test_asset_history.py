from __future__ import annotations

from datetime import date
from decimal import Decimal

from smallcmms.domain.invoices import InvoiceKind
from smallcmms.domain.work_orders import WorkOrderStatus, WorkType
from smallcmms.services import assets
from smallcmms.store.store import Store
from tests import build, past


def test_past_work_tells_who_how_long_and_what_was_billed(store: Store, story: build.Story) -> None:
    work_order_id = past.finished_work(
        store, story, title="Coupler replaced", done_on=date(2024, 11, 20), minutes=90
    )
    past.bill(
        store,
        story.customer_id,
        total=26250,
        sent_on=date(2024, 11, 21),
        work_order_id=work_order_id,
    )
    past.finished_work(
        store, story, title="Bearing oiled", done_on=date(2025, 10, 3), type=WorkType.PREVENTIVE
    )
    newer, older = assets.history(store, story.asset_id)
    assert (older.title, older.who, older.minutes, older.billed) == (
        "Coupler replaced",
        ("Marco",),
        90,
        Decimal("262.50"),
    )
    assert (newer.is_planned, older.is_planned) == (True, False)
    assert (newer.billed, newer.minutes, newer.who) == (None, 0, ())


def test_work_that_is_not_done_is_no_history(store: Store, story: build.Story) -> None:
    past.finished_work(store, story, title="Leaking", status=WorkOrderStatus.SCHEDULED)
    past.finished_work(store, story, title="Given up", status=WorkOrderStatus.CANCELLED)
    assert assets.history(store, story.asset_id) == []


def test_a_credited_bill_leaves_nothing_billed(store: Store, story: build.Story) -> None:
    work_order_id = past.finished_work(store, story, title="Coupler replaced")
    for total, kind in ((26250, InvoiceKind.INVOICE), (-26250, InvoiceKind.CREDIT_NOTE)):
        past.bill(
            store,
            story.customer_id,
            total=total,
            sent_on=date(2026, 7, 1),
            work_order_id=work_order_id,
            kind=kind,
        )
    assert assets.history(store, story.asset_id)[0].billed == 0


def test_the_cost_of_imported_work_stands_in_for_a_bill(store: Store, story: build.Story) -> None:
    past.finished_work(store, story, title="Long ago", historic_cost=5000)
    assert assets.history(store, story.asset_id)[0].billed == Decimal("50.00")
