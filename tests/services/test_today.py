"""Today tells each thing once, in the first group that fits, and asks by indexes alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import HoldReason
from smallcmms.services import (
    boards,
    invoices,
    jobs_to_invoice,
    missed_calls,
    requests,
    sheets,
    technicians,
    today,
    work_orders,
)
from smallcmms.services.today import Span, Today
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, draw, printed


def work(store: Store, story: Story, title: str, due_on: date, level: int = 3) -> int:
    made = work_orders.add(
        store, title=title, wrong=title, level=Level(level), due_on=due_on,
        customer_id=story.customer_id, site_id=story.site_id,
    )  # fmt: skip
    work_orders.approve(store, made)
    return made


def closed(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310, entered and closed on Tuesday: it is to be billed."""
    job = printed(store, clock, story)
    clock.moment = july(14, 10, 31)
    sheets.enter(store, job, ENTRY, then="close")
    return job


def titles(page: Today, name: str) -> list[str]:
    return [each.title for each in getattr(page, name).rows]


@pytest.mark.usefixtures("story")
def test_a_shop_with_nothing_to_do_is_told_so(store: Store) -> None:
    page = today.page(store)
    assert (page.things, page.waits, page.to_triage) == (0, None, 0)
    assert page.figures.open == 0
    assert [lane.technician for lane in page.board.lanes] == ["Marco Reyes"]


def test_work_stands_in_the_first_group_that_fits(store: Store, story: Story, clock: Clock) -> None:
    clock.moment = july(14, 10, 24)
    late = work(store, story, "Late and waiting", date(2026, 7, 10))
    work_orders.hold(store, late, reason=HoldReason.PARTS)
    work(store, story, "Due", date(2026, 7, 14))
    waits = work(store, story, "Waiting", date(2026, 7, 20))
    work_orders.hold(store, waits, reason=HoldReason.PARTS)
    work(store, story, "Next week", date(2026, 7, 21))
    page = today.page(store)
    assert titles(page, "overdue") == ["Late and waiting"]
    assert titles(page, "due") == ["Due"]
    assert titles(page, "waiting_parts") == ["Waiting"]
    assert page.things == 3
    figures = page.figures
    assert (figures.open, figures.overdue, figures.oldest_days) == (4, 1, 4)
    assert figures.waiting_parts == 2


def test_a_sheet_that_is_out_since_yesterday_is_to_be_entered(
    store: Store, story: Story, clock: Clock
) -> None:
    job = printed(store, clock, story)
    page = today.page(store)
    assert (page.on_trucks.ids, page.on_trucks.added) == ((job,), 0)
    assert page.due.count == 0
    clock.moment = july(14, 10, 31)
    page = today.page(store)
    assert [each.id for each in page.sheets.rows] == [job]
    assert page.overdue.count == 0


def test_what_is_due_on_a_truck_is_told_in_one_line(
    store: Store, story: Story, clock: Clock
) -> None:
    clock.moment = july(14, 7, 0)
    for hour in (8, 10):
        made = work(store, story, f"At {hour}", date(2026, 7, 14))
        begins, ends = july(14, hour, 0), july(14, hour, 45)
        work_orders.schedule(store, made, technician_ids=[story.technician_id],
                             planned_from=begins, planned_to=ends)  # fmt: skip
        clock.moment = july(14, 7, hour)
        sheets.print_copy(store, made, render=draw)
    page = today.page(store)
    assert (len(page.on_trucks.ids), page.on_trucks.added) == (2, 1)
    assert page.on_trucks.first_at == july(14, 7, 8)


def test_the_l1_that_waits_stands_above_and_nowhere_else(store: Store, story: Story) -> None:
    told: Any = {"customer_id": story.customer_id, "site_id": story.site_id}
    flood = requests.log(store, words="Flood", level=Level.CRITICAL, override_reason="Deep", **told)
    other = requests.log(store, words="Drip", **told)
    page = today.page(store)
    assert page.waits is not None
    assert (page.waits.kind, page.waits.id, page.to_triage) == ("request", flood, 2)
    assert [each.id for each in page.triage.rows] == [other]
    requests.decline(store, flood, reason="Other shop")
    urgent = work(store, story, "Boiler out", date(2026, 7, 13), level=1)
    page = today.page(store)
    assert page.waits is not None
    assert (page.waits.kind, page.waits.id) == ("work_order", urgent)
    assert page.due.count == 0


def test_five_rows_are_shown_first_and_all_on_demand(store: Store, story: Story) -> None:
    for number in range(7):
        requests.log(store, words=f"Drip {number}", site_id=story.site_id)
        missed_calls.log(store, phone=f"(937) 555-02{number:02d}")
    page = today.page(store)
    assert (page.triage.count, len(page.triage.rows)) == (7, 5)
    assert (page.missed.count, len(page.missed.rows)) == (7, 5)
    page = today.page(store, whole={"triage", "missed"})
    assert (len(page.triage.rows), len(page.missed.rows)) == (7, 7)


def test_tomorrow_and_the_week_look_ahead(store: Store, story: Story) -> None:
    work(store, story, "Tomorrow", date(2026, 7, 14))
    work(store, story, "Friday", date(2026, 7, 17))
    saturday = work(store, story, "Saturday", date(2026, 7, 25))
    work_orders.schedule(store, saturday, technician_ids=[story.technician_id],
                         planned_from=july(18, 9, 0), planned_to=july(18, 18, 0))  # fmt: skip
    assert titles(today.page(store, span=Span.TOMORROW), "due") == ["Tomorrow"]
    week = today.page(store, span=Span.WEEK)
    assert titles(week, "due") == ["Tomorrow", "Friday"]
    assert [day.on.day for day in week.board.days] == [13, 14, 15, 16, 17, 18]
    assert week.board.days[-1].ends == july(18, 18, 0)


def test_an_absence_shows_on_the_strip(store: Store, story: Story) -> None:
    technicians.add_absence(
        store, story.technician_id, first_on=date(2026, 7, 13), last_on=date(2026, 7, 13)
    )
    (lane,) = boards.strip(store, from_on=date(2026, 7, 13)).lanes
    assert (lane.away, lane.gaps) == ((date(2026, 7, 13),), ())
    (lane,) = boards.strip(store, from_on=date(2026, 7, 14)).lanes
    assert [gap.minutes for gap in lane.gaps] == [540]


def test_all_jobs_to_invoice_are_drafted_in_one_step(
    store: Store, story: Story, clock: Clock
) -> None:
    job = closed(store, clock, story)
    page = today.page(store)
    (row,) = page.to_invoice.rows
    assert (row.row.id, row.amount, row.invoice_id) == (job, None, None)
    assert today.money(store).to_invoice == Decimal("335.89")
    before = store.next_undo()
    made = jobs_to_invoice.make_all(store)
    assert str(store.next_undo()) == "Draft the invoices of finished jobs"
    assert (len(made.invoice_ids), made.refused) == (1, ())
    (row,) = today.page(store).to_invoice.rows
    assert (row.amount, row.invoice_id) == (Decimal("335.89"), made.invoice_ids[0])
    assert jobs_to_invoice.make_all(store).invoice_ids == ()
    store.undo()
    assert store.next_undo() == before
    assert invoices.find(store) == []


def test_a_job_that_cannot_be_billed_says_why_and_stops_no_other(
    store: Store, story: Story, clock: Clock
) -> None:
    closed(store, clock, story)
    nobody = work_orders.add(store, title="Whose?", wrong="Whose?", level=Level.MEDIUM,
                             site_id=story.site_id)  # fmt: skip
    with store.change("Close it by hand") as session:
        session.connection().exec_driver_sql(
            "UPDATE work_order SET status = 'closed', closed_at = created_at, customer_id = NULL"
            f" WHERE id = {nobody}"
        )
    jobs = today.money(store).jobs
    why = [each.why for each in (jobs or {}).values()]
    assert sorted(why) == ["", "{number} has no customer. Say who pays first."]
    made = jobs_to_invoice.make_all(store)
    assert (len(made.invoice_ids), made.refused) == (1, ("WO-2311",))


@pytest.mark.usefixtures("story")
def test_the_questions_of_the_page_walk_indexes_of_open_work(store: Store) -> None:
    said: list[tuple[str, object]] = []
    with store.read() as session:
        engine = session.get_bind()

    def hear(
        _connection: object, _cursor: object, sql: str, values: object, *_rest: object
    ) -> None:
        said.append((sql, values))

    event.listen(engine, "before_cursor_execute", hear)
    today.page(store)
    event.remove(engine, "before_cursor_execute", hear)
    assert sum("FROM work_order" in sql for sql, _values in said) > 3
    with store.read() as session:
        for sql, values in said:
            if "FROM work_order" not in sql and "FROM request" not in sql:
                continue
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
            steps = [row[3] for row in plan]
            whole = [step for step in steps if step.startswith(("SCAN work_order", "SCAN request"))]
            assert all("INDEX" in step for step in whole), (sql, steps)
