from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.levels import Level
from smallcmms.domain.tasks import TaskKind
from smallcmms.domain.work_orders import (
    BillingRule,
    NotOnSheet,
    WorkType,
)
from smallcmms.services import (
    invoices,
    job_templates,
    sheets,
    technicians,
    work_orders,
)
from smallcmms.store.store import Store
from tests.build import Story
from tests.conftest import Clock
from tests.jobs import MONDAY, completed, draw, refused


def test_a_change_after_printing_makes_the_copy_stale(store: Store, job: int) -> None:
    first = sheets.print_copy(store, job, render=draw)
    work_orders.edit(store, job, billing_rule=BillingRule.WARRANTY)
    assert work_orders.get(store, job).revision == 1
    work_orders.edit(store, job, truck_note="Ring twice")
    page = work_orders.get(store, job)
    assert (first.copy, page.revision, page.copies[0].is_stale) == (1, 2, True)
    second = sheets.print_copy(store, job, render=draw)
    assert (second.copy, second.revision) == (2, 2)
    work_orders.add_task(store, job, text="Look at the hanger")
    assert work_orders.get(store, job).revision == 3


def test_the_lines_of_a_job_are_edited_one_by_one(store: Store, story: Story, job: int) -> None:
    task = work_orders.add_task(store, job, text="Oil level", kind=TaskKind.NUMBER, unit="mm")
    work_orders.edit_task(store, task, low=Decimal(3))
    part = work_orders.add_part(store, job, part_id=story.hose_clamp_id, quantity=Decimal(2))
    words = work_orders.add_part(store, job, text="Blue pipe, 2 ft")
    work_orders.edit_part(store, part, quantity=Decimal(3))
    page = work_orders.get(store, job)
    assert (page.tasks[5].sequence, page.tasks[5].low) == (6, Decimal(3))
    assert [(line.name, line.quantity) for line in page.parts[2:]] == [
        ("Hose clamp 2 in", 3),
        ("Blue pipe, 2 ft", 1),
    ]
    work_orders.remove_task(store, task)
    work_orders.remove_part(store, part)
    work_orders.remove_part(store, words)
    page = work_orders.get(store, job)
    assert (len(page.tasks), len(page.parts)) == (5, 2)
    with pytest.raises(NotFound):
        work_orders.remove_task(store, task)


def test_lines_that_say_nothing_are_refused(store: Store, job: int) -> None:
    assert refused(work_orders.add_task, store, job, text=" ").field == "text"
    assert refused(work_orders.add_part, store, job).field == "part"
    assert (
        refused(work_orders.add_part, store, job, text="Pipe", quantity=Decimal(0)).field
        == "quantity"
    )
    task = work_orders.get(store, job).tasks[0].id
    assert refused(work_orders.edit_task, store, task, text="").field == "text"
    assert refused(work_orders.note, store, job, text="").field == "note"


def test_a_used_part_stays_on_the_job(store: Store, clock: Clock, job: int) -> None:
    completed(store, clock, job)
    part = work_orders.get(store, job).parts[0].id
    assert "was used" in str(refused(work_orders.remove_part, store, part))


def test_time_by_hand_is_more_than_zero_and_in_the_past(
    store: Store, clock: Clock, story: Story, job: int
) -> None:
    who = {"technician_id": story.technician_id}
    assert (
        refused(work_orders.add_time, store, job, worked_on=MONDAY, minutes=0, **who).field
        == "minutes"
    )
    late = MONDAY + timedelta(days=1)
    assert (
        refused(work_orders.add_time, store, job, worked_on=late, minutes=5, **who).field
        == "worked_on"
    )
    completed(store, clock, job)
    assert "Nothing can be booked" in str(
        refused(work_orders.add_time, store, job, worked_on=MONDAY, minutes=5, **who)
    )


def test_time_is_booked_at_the_rates_of_its_day(store: Store, story: Story, job: int) -> None:
    technicians.edit(store, story.technician_id, cost_rate=Decimal(40))
    for labour_class in (LabourClass.REGULAR, LabourClass.TRAVEL):
        work_orders.add_time(
            store, job, technician_id=story.technician_id, worked_on=MONDAY, minutes=45,
            labour_class=labour_class, not_on_sheet=[NotOnSheet.LOCK_OUT],
        )  # fmt: skip
    labour = work_orders.get(store, job).labour
    assert [(line.bill_rate, line.is_billable) for line in labour] == [
        (Decimal(125), True),
        (Decimal(0), False),
    ]


def test_time_on_an_invoice_is_not_taken_off(store: Store, clock: Clock, job: int) -> None:
    completed(store, clock, job)
    invoices.draft(store, job)
    labour = work_orders.get(store, job).labour[0].id
    assert "on an invoice" in str(refused(work_orders.remove_time, store, labour))


def test_a_flat_rate_comes_with_its_template(store: Store, story: Story) -> None:
    template = job_templates.add(
        store, name="Yearly service", safety=["Gas off"], flat_price=Decimal("189.50")
    )
    job = work_orders.add(store, title="Service", level=Level.LOW, template_id=template,
                          type=WorkType.PREVENTIVE, site_id=story.site_id)  # fmt: skip
    page = work_orders.get(store, job)
    assert (page.billing_rule, page.flat_price) == (BillingRule.FLAT_RATE, Decimal("189.50"))
    assert page.instructions == "Gas off"
    work_orders.approve(store, job)
