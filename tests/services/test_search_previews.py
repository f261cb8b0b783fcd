"""The preview beside the search: the few facts for which a record is looked up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smallcmms.domain.contact_log import Way
from smallcmms.domain.stock import ReservationStatus
from smallcmms.services import (
    asset_audits,
    assets,
    contact_log,
    missed_calls,
    parts,
    pm_schedules,
    purchase_orders,
    search,
    search_previews,
    warranties,
)
from smallcmms.services.search_facts import Lies, Link, Money, Needs, Preview, Seen, Span, What
from smallcmms.services.search_hits import KINDS, SHEET, Hit
from smallcmms.store.store import Store
from tests import build, past

HARBOR = "Harbor View Apartments"
PRIYA = "(937) 555-0117"
D = Decimal


def found(store: Store, text: str, kind: str) -> Hit:
    return next(hit for hit in search.find(store, text) if hit.kind == kind)


def told(store: Store, text: str, kind: str) -> Preview:
    preview = search_previews.preview(store, found(store, text, kind))
    assert preview is not None
    return preview


def facts(preview: Preview) -> list[tuple[What, Any]]:
    return [(fact.what, fact.value) for fact in preview.facts]


def test_a_job_tells_when_who_goes_and_what_it_needs(
    store: Store, job: int, story: build.Story
) -> None:
    preview = told(store, "2310", "work_order")
    assert preview.lines == (f"{HARBOR}, Building A, Basement", f"Priya Natarajan, {PRIYA}")
    assert (preview.phone, preview.is_sheet) == (PRIYA, True)
    assert facts(preview) == [
        (What.WHEN, Span(build.july(13, 8, 0), build.july(13, 10, 0))),
        (What.WHO, "Marco Reyes"),
        (What.PARTS, Needs("FS-10", ReservationStatus.ACTIVE, "Truck 1")),
        (What.PARTS, Needs("CV-15", ReservationStatus.ACTIVE, "Truck 1")),
        (What.ASSET, Link("asset", story.asset_id, "SP-A, A-0133")),
    ]
    [hit] = [hit for hit in search.find(store, "2310") if hit.id == job]
    assert hit.work is not None
    assert hit.work.technicians == ("Marco",)


def test_a_call_tells_who_called_and_until_when_to_answer(store: Store, story: build.Story) -> None:
    past.call(store, story)
    preview = told(store, "alarm", "request")
    assert preview.lines == (f"{HARBOR}, 1200 Riverside Dr", f"Priya Natarajan, {PRIYA}")
    assert [what for what, _ in facts(preview)] == [What.RECEIVED, What.ANSWER_BY, What.ASSET]


def test_an_asset_tells_its_make_warranty_and_open_work(
    store: Store, job: int, story: build.Story
) -> None:
    assets.edit(store, story.asset_id, make="Zoeller", model="M267", serial="Z-88")
    warranties.add(store, story.asset_id, ends_on=date(2027, 3, 1))
    assert facts(told(store, "zoeller", "asset")) == [
        (What.MAKE, "Zoeller, M267"),
        (What.SERIAL, "Z-88"),
        (What.WARRANTY, date(2027, 3, 1)),
        (What.OPEN_WORK, Link("work_order", job, "WO-2310 Sump pump SP-A: high-water alarm")),
    ]


@pytest.mark.parametrize(
    ("text", "kind"), [("harbor", "customer"), ("priya", "contact"), ("riverside", "site")]
)
def test_whom_to_ring_and_what_is_owed_stands_with_a_customer(
    store: Store, story: build.Story, text: str, kind: str
) -> None:
    past.bill(store, story.customer_id, total=33589, sent_on=date(2026, 5, 1))
    preview = told(store, text, kind)
    assert preview.phone == PRIYA
    assert (What.OWED, Money(D("335.89"))) in facts(preview)
    assert (What.PAST_DUE, Money(D("335.89"))) in facts(preview)


def test_a_part_tells_where_it_lies_and_what_is_free(store: Store, job: int) -> None:
    assert job
    assert found(store, "float", "part").free == 1
    assert facts(told(store, "float", "part")) == [
        (What.ON_HAND, Lies(D(2), "", "Truck 1")),
        (What.RESERVED, Lies(D(1))),
        (What.FREE, Lies(D(1))),
        (What.PRICE, Money(D(42), is_price=True)),
        (What.COST, Money(D("18.20"), is_price=True)),
    ]


def test_an_invoice_tells_what_is_left_and_work_that_was_paid_since_when(
    store: Store, story: build.Story
) -> None:
    at = build.july(1, 8, 0)
    order = past.finished_work(store, story, title="Relief valve weeping", invoiced_at=at)
    bill = past.bill(
        store, story.customer_id, total=10000, sent_on=date(2026, 7, 1), work_order_id=order
    )
    past.pay(store, story.customer_id, bill, amount=4000, on=date(2026, 7, 3))
    assert facts(told(store, "inv", "invoice")) == [
        (What.TOTAL, Money(D("100.00"))),
        (What.LEFT, Money(D("60.00"))),
        (What.DUE, date(2026, 7, 31)),
        (What.PAID, date(2026, 7, 3)),
        (What.WORK_ORDER, Link("work_order", order, "WO-2310")),
    ]
    assert found(store, "weeping", "work_order").on is None
    past.pay(store, story.customer_id, bill, amount=6000, on=date(2026, 7, 8))
    assert found(store, "weeping", "work_order").on == date(2026, 7, 8)


def test_what_was_said_is_found_and_opens_its_customer(store: Store, story: build.Story) -> None:
    contact_log.log(
        store,
        story.customer_id,
        how=Way.WE_CALLED,
        said="Gate opens at six, ring the porter",
        contact_id=story.contact_id,
    )
    hit, preview = found(store, "porter", "contact_log"), told(store, "porter", "contact_log")
    assert (hit.opens, hit.second) == (("customer", story.customer_id), HARBOR)
    assert preview.lines == (f"Priya Natarajan, {PRIYA}", "Gate opens at six, ring the porter")
    assert (What.HOW, Way.WE_CALLED) in facts(preview)


def test_a_missed_call_is_found_by_its_number(store: Store, story: build.Story) -> None:
    assert story
    missed_calls.log(store, phone="(937) 555-0188", name="Riverbend", note="Ring before ten")
    hit, preview = found(store, "5550188", "missed_call"), told(store, "riverb", "missed_call")
    assert (hit.title, hit.opens) == ("Riverbend", ("missed_call", hit.id))
    assert preview.phone == "(937) 555-0188"
    assert (What.NOTE, "Ring before ten") in facts(preview)


def test_a_technician_tells_the_truck_and_the_next_job(store: Store, job: int) -> None:
    preview = told(store, "marco", "technician")
    assert facts(preview) == [
        (What.TRUCK, "Truck 1"),
        (What.NEXT, build.july(13, 8, 0)),
        (What.WORK_ORDER, Link("work_order", job, "WO-2310, Sump pump SP-A: high-water alarm")),
    ]


def test_an_audit_tells_how_much_was_seen(store: Store, story: build.Story) -> None:
    asset_audits.begin(store, site_id=story.site_id, walked_by="Jess")
    assert (What.SEEN, Seen(0, 1)) in facts(told(store, "au-001", "asset_audit"))


def test_an_order_and_its_supplier_tell_what_is_coming(store: Store, story: build.Story) -> None:
    parts.edit(store, story.check_valve_id, supplier="Great Lakes Pump")
    line = purchase_orders.NewLine(part_id=story.check_valve_id, quantity=D(4))
    [order] = purchase_orders.make(store, [line])
    assert facts(told(store, "po-1", "purchase_order"))[0][0] is What.PARTS
    link = Link("purchase_order", order, "PO-0001")
    assert (What.ON_ORDER, link) in facts(told(store, "great lakes", "supplier"))


def test_a_schedule_tells_its_rule(store: Store, story: build.Story) -> None:
    pm_schedules.add(
        store,
        name="Pit cleaning",
        site_id=story.site_id,
        asset_ids=[story.asset_id],
        every=3,
        anchor_on=date(2026, 8, 3),
    )
    assert facts(told(store, "pit", "pm_schedule"))[0][0] is What.RULE


@pytest.mark.parametrize("kind", [*KINDS, SHEET])
def test_a_record_that_is_gone_has_no_preview(store: Store, kind: str) -> None:
    gone = Hit(kind, 99999, "", "", "", "", 0, (kind, 99999))
    assert search_previews.preview(store, gone) is None
