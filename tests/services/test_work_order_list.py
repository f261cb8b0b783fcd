from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import BillingRule, HoldReason, NotOnSheet, ShownState
from smallcmms.services import customers, invoices, sheets, sites, technicians, work_orders
from smallcmms.services.work_orders import Chip, Counts, Filters, Sort
from smallcmms.store.store import Store
from tests import jobs, questions
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, draw


@pytest.fixture
def board(store: Store, clock: Clock, story: Story) -> dict[str, int]:
    """Return work in every state, on Tuesday morning, by what it is there for."""
    clock.moment = july(9, 8, 0)
    jess = technicians.add(store, name="Jess Okafor", truck="Truck 2")
    other = customers.add(store, name="Carol Miller")
    home = sites.add_site(store, other, address="632 Briar Ln")
    made = {"sheet": jobs.printed(store, clock, story)}
    for name, level, day in (
        ("late", Level.LOW, 10),
        ("today", Level.MEDIUM, 14),
        ("parts", Level.MEDIUM, 15),
        ("access", Level.MEDIUM, 16),
        ("truck", Level.CRITICAL, 14),
        ("review", Level.LOW, 10),
        ("closed", Level.LOW, 10),
        ("internal", Level.LOW, 10),
        ("cancelled", Level.LOW, 10),
        ("draft", Level.LOW, 20),
    ):
        made[name] = work_orders.add(
            store,
            title=f"{name} work",
            wrong="Something",
            level=level,
            due_on=date(2026, 7, day),
            customer_id=other,
            site_id=home,
            billing_rule=BillingRule.NOT_BILLABLE
            if name == "internal"
            else BillingRule.TIME_AND_MATERIALS,
        )
        if name != "draft":
            work_orders.approve(store, made[name])
    work_orders.hold(store, made["parts"], reason=HoldReason.PARTS)
    work_orders.hold(store, made["access"], reason=HoldReason.ACCESS)
    work_orders.schedule(store, made["truck"], technician_ids=[jess],
                         planned_from=july(14, 9, 0), planned_to=july(14, 11, 0))  # fmt: skip
    work_orders.cancel(store, made["cancelled"], reason="Sold")
    for name in ("review", "closed", "internal"):
        done(store, jess, made[name])
    for name in ("closed", "internal"):
        work_orders.close(store, made[name], is_waived=True)
    clock.moment = july(14, 8, 0)
    sheets.print_copy(store, made["truck"], render=draw)
    return made


def done(store: Store, technician_id: int, job: int) -> None:
    work_orders.add_time(
        store, job, technician_id=technician_id, worked_on=date(2026, 7, 10), minutes=60
    )
    work_orders.complete(store, job, done_on=date(2026, 7, 10), not_on_sheet=[NotOnSheet.CODING])


def names(board: dict[str, int], ids: object) -> list[str]:
    by_id = {job: name for name, job in board.items()}
    return [by_id[job] for job in ids]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("chip", "expected"),
    [
        (
            Chip.ALL_OPEN,
            ["truck", "sheet", "today", "parts", "access", "late", "review", "draft"],
        ),
        (Chip.OVERDUE, ["late"]),
        (Chip.DUE_TODAY, ["truck", "today"]),
        (Chip.TO_SCHEDULE, ["today", "late"]),
        (Chip.WAITING, ["parts", "access"]),
        (Chip.SHEETS_TO_ENTER, ["sheet"]),
        (Chip.TO_REVIEW, ["review"]),
        (Chip.TO_INVOICE, ["closed"]),
    ],
)
def test_each_chip_shows_its_work_worst_first(
    store: Store, board: dict[str, int], chip: Chip, expected: list[str]
) -> None:
    assert names(board, work_orders.find(store, filters=Filters(chip=chip))) == expected


def test_the_chips_count_what_they_show(store: Store, board: dict[str, int]) -> None:
    assert work_orders.counts(store) == Counts(
        all_open=8,
        overdue=1,
        due_today=2,
        to_schedule=2,
        waiting=2,
        waiting_parts=1,
        sheets_to_enter=1,
        to_review=1,
        to_invoice=1,
        worst_level=1,
    )
    for chip, count in (
        (Chip.ALL_OPEN, 8), (Chip.OVERDUE, 1), (Chip.SHEETS_TO_ENTER, 1), (Chip.EVERYTHING, 11)
    ):  # fmt: skip
        assert len(work_orders.find(store, filters=Filters(chip=chip))) == count
        assert sum(work_orders.groups(store, filters=Filters(chip=chip)).values()) == count
    assert work_orders.groups(store) == {1: 1, 2: 1, 3: 3, 4: 3}
    assert names(board, sheets.pile(store)) == ["sheet"]


def test_a_sheet_that_is_out_again_today_is_on_the_truck_and_not_to_be_entered(
    store: Store, board: dict[str, int], story: Story
) -> None:
    work_orders.schedule(store, board["sheet"], technician_ids=[story.technician_id],
                         planned_from=july(14, 13, 0), planned_to=july(14, 14, 0))  # fmt: skip
    (row,) = work_orders.rows(store, [board["sheet"]]).values()
    assert row.state is ShownState.ON_THE_TRUCK
    assert sheets.pile(store) == []


def test_the_rows_say_what_the_pictures_show(store: Store, board: dict[str, int]) -> None:
    rows = work_orders.rows(store, list(board.values()))
    states = {name: rows[job].state for name, job in board.items()}
    assert states == {
        "sheet": ShownState.SHEET_TO_ENTER,
        "late": ShownState.TO_SCHEDULE,
        "today": ShownState.TO_SCHEDULE,
        "parts": ShownState.WAITING_PARTS,
        "access": ShownState.WAITING_ACCESS,
        "truck": ShownState.ON_THE_TRUCK,
        "review": ShownState.TO_REVIEW,
        "closed": ShownState.TO_INVOICE,
        "internal": ShownState.CLOSED,
        "cancelled": ShownState.CANCELLED,
        "draft": ShownState.DRAFT,
    }
    sheet = rows[board["sheet"]]
    assert (sheet.number, sheet.level, sheet.customer) == (
        "WO-2310",
        2,
        "Harbor View Apartments",
    )
    assert (sheet.asset, sheet.site, sheet.technicians) == ("SP-A", "1200 Riverside Dr", ("Marco",))
    assert (sheet.visit_on, sheet.visit_from) == (date(2026, 7, 13), july(13, 8, 0))
    assert {name: rows[job].days_late for name, job in board.items() if rows[job].days_late} == {
        "late": 4
    }
    assert work_orders.rows(store, []) == {}


def test_the_pill_of_the_list_and_of_the_page_are_one(store: Store, board: dict[str, int]) -> None:
    rows = work_orders.rows(store, list(board.values()))
    for job in board.values():
        assert work_orders.get(store, job).state is rows[job].state


def test_an_invoiced_job_is_no_longer_to_invoice(store: Store, clock: Clock, story: Story) -> None:
    job = jobs.out_since_yesterday(store, clock, story)
    drafted = sheets.enter(store, job, ENTRY, then="invoice").invoice_id
    assert drafted is not None
    assert work_orders.counts(store).to_invoice == 1
    invoices.issue(store, drafted, render=lambda _paper: b"%PDF")
    assert work_orders.counts(store).to_invoice == 0
    assert work_orders.rows(store, [job])[job].state is ShownState.INVOICED
    invoices.credit(store, drafted, reason="Wrong price", render=lambda _paper: b"%PDF")
    assert work_orders.counts(store).to_invoice == 1
    assert work_orders.rows(store, [job])[job].state is ShownState.TO_INVOICE
    assert work_orders.get(store, job).state is ShownState.TO_INVOICE


def test_the_list_is_filtered_by_words_of_work_customer_site_and_asset(
    store: Store, board: dict[str, int]
) -> None:
    everything = Filters(chip=Chip.EVERYTHING)
    for text, expected in (
        ("harbor", ["sheet"]),
        ("2310", ["sheet"]),
        ("riverside sump", ["sheet"]),
        ("sp-a", ["sheet"]),
        ("late", ["late"]),
        ("carol late -", ["late"]),
        ("nothing like it", []),
    ):
        found = work_orders.find(store, text=text, filters=everything)
        assert names(board, found) == expected, text
    assert work_orders.groups(store, text="carol") == {1: 1, 3: 3, 4: 3}


def test_the_list_is_narrowed_to_technician_customer_asset_and_reason(
    store: Store, board: dict[str, int], story: Story
) -> None:
    for filters, expected in (
        (Filters(technician_id=story.technician_id), ["sheet"]),
        (Filters(customer_id=story.customer_id), ["sheet"]),
        (Filters(asset_id=story.asset_id), ["sheet"]),
        (Filters(chip=Chip.WAITING, hold_reason=HoldReason.PARTS), ["parts"]),
    ):
        assert names(board, work_orders.find(store, filters=filters)) == expected


def test_ids_of_all_work_take_eight_bytes_each(store: Store, board: dict[str, int]) -> None:
    found = work_orders.find(store, filters=Filters(chip=Chip.EVERYTHING), sort=Sort.NUMBER)
    assert memoryview(found).nbytes == 8 * len(board)  # type: ignore[arg-type]


def test_every_sort_goes_both_ways(store: Store, board: dict[str, int]) -> None:
    for sort in Sort:
        up = list(work_orders.find(store, sort=sort))
        down = list(work_orders.find(store, sort=sort, is_descending=True))
        assert up == down[::-1]
    assert names(board, work_orders.find(store, sort=Sort.DUE, limit=2)) == ["late", "review"]
    assert names(board, work_orders.find(store, sort=Sort.NUMBER, limit=1)) == ["sheet"]


@pytest.mark.parametrize(
    ("sort", "index"),
    [
        (Sort.LEVEL, "ix_work_order_open"),
        (Sort.DUE, "ix_work_order_open_due"),
        (Sort.CREATED, "ix_work_order_open_created"),
        (Sort.NUMBER, "ix_work_order_open_id"),
    ],
)
@pytest.mark.parametrize("is_descending", [False, True])
def test_open_work_is_found_by_its_index_without_sorting(
    store: Store, sort: Sort, index: str, *, is_descending: bool
) -> None:
    plan = questions.plan(
        store, lambda: work_orders.find(store, sort=sort, is_descending=is_descending)
    )
    assert any(f"{index} " in f"{line} " for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan


def test_work_to_invoice_is_found_by_its_own_index(store: Store) -> None:
    filters = Filters(chip=Chip.TO_INVOICE)
    plan = questions.plan(store, lambda: work_orders.find(store, filters=filters))
    assert any("ix_work_order_to_invoice" in line for line in plan), plan


@pytest.mark.parametrize("sort", list(Sort))
def test_all_work_is_found_in_order_without_sorting(store: Store, sort: Sort) -> None:
    filters = Filters(chip=Chip.EVERYTHING)
    plan = questions.plan(store, lambda: work_orders.find(store, filters=filters, sort=sort))
    assert not any("TEMP B-TREE" in line for line in plan), plan


def test_a_page_of_the_list_takes_two_questions(store: Store, board: dict[str, int]) -> None:
    def page() -> None:
        work_orders.rows(store, work_orders.find(store, limit=50))

    assert len(questions.statements(store, page)) == 2
    assert len(questions.statements(store, lambda: work_orders.counts(store))) <= 2
    assert Decimal(len(board)) == 11
