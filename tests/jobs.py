"""The job of the story, taken as far as a test needs it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smallcmms.domain import papers
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import LineMark, Mark, OtherPart, Result, SheetEntry, TypedTimes
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.services import parts, requests, sheets, triage, work_orders
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock

MONDAY = date(2026, 7, 13)


@dataclass(frozen=True)
class Drawn:
    """A paper that says its number and copy, for tests that look at no page."""

    pdf: bytes
    missing: tuple[str, ...] = ()


def draw(paper: papers.WorkOrder) -> Drawn:
    return Drawn(f"{paper.number} {paper.copy} {paper.revision} {paper.code}".encode())


def scheduled(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310, logged at 7:10 and put on Marco's board at 7:14."""
    clock.moment = july(13, 7, 10)
    request_id = requests.log(
        store,
        words="Sump pump alarm is on, water is high",
        caller="Priya Natarajan",
        phone="(937) 555-0117",
        customer_id=story.customer_id,
        contact_id=story.contact_id,
        site_id=story.site_id,
        location_id=story.location_id,
        asset_id=story.asset_id,
        facts=["water_or_gas_escaping"],
    )
    clock.moment = july(13, 7, 14)
    return triage.make_work_order(
        store,
        request_id,
        technician_ids=[story.technician_id],
        planned_from=july(13, 8, 0),
        planned_to=july(13, 10, 0),
        template_id=story.template_id,
        title="Sump pump SP-A: high-water alarm",
    )


def printed(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310 with copy 1 on the truck since 7:20."""
    work_order_id = scheduled(store, clock, story)
    clock.moment = july(13, 7, 20)
    sheets.print_copy(store, work_order_id, render=draw)
    return work_order_id


def out_since_yesterday(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310 on Tuesday at 10:31, its sheet back on the desk."""
    work_order_id = printed(store, clock, story)
    clock.moment = july(14, 10, 31)
    return work_order_id


TIMES = TypedTimes(date="Jul 13", left_shop="7:40", arrived="8:05", finished="9:50", back="10:15")
OK, FIXED = LineMark(Mark.OK), LineMark(Mark.FIXED)
ENTRY = SheetEntry(
    times=(TIMES,),
    marks=(OK, FIXED, FIXED, LineMark(Mark.OK, "8.9"), OK),
    used=("1", "0"),
    others=(OtherPart("hose clamp 2 in Trk 1", "1"),),
    found_and_did="Float stuck on its cord, pit full of gravel. Cleaned pit, new float switch, "
    "ran 3 cycles OK. Discharge pipe hanger is loose at the wall.",
    cause="blocked",
    remedies=("cleaned", "replaced"),
    result=Result.FIXED,
    quote="pipe hanger, 10 ft pipe",
    customer_name="W. Hensley",
    rating=5,
)


def entry(**boxes: Any) -> SheetEntry:
    """Return the sheet of the story with some boxes filled in otherwise."""
    return replace(ENTRY, **boxes)


def on_truck(store: Store, part_id: int, story: Story) -> Decimal:
    lying = parts.where(store, part_id)
    return sum((at.quantity for at in lying if at.location_id == story.truck_id), Decimal(0))


def refused(act: object, *args: object, **more: object) -> RuleBroken:
    with pytest.raises(RuleBroken) as error:
        act(*args, **more)  # type: ignore[operator]
    return error.value


def plan(store: Store, story: Story, job: int, day: int = 15, **more: str) -> int:
    return work_orders.schedule(
        store,
        job,
        technician_ids=[story.technician_id],
        planned_from=july(day, 8, 0),
        planned_to=july(day, 9, 0),
        **more,
    )


def completed(store: Store, clock: Clock, job: int) -> None:
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, ENTRY)


def status(store: Store, work_order_id: int) -> WorkOrderStatus:
    return work_orders.get(store, work_order_id).status
