from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from smallcmms.services import customers, invoices, payments
from smallcmms.store.store import Store
from tests import bills, build
from tests.bills import rendered
from tests.build import Story
from tests.conftest import Clock

TUESDAY = date(2026, 7, 14)


@pytest.fixture
def story(story: Story, clock: Clock) -> Story:
    clock.moment = build.july(14, 10, 32)
    return story


@pytest.fixture
def draft_id(store: Store, story: Story) -> int:
    return invoices.draft(store, bills.sheet_2310(store, story))


def test_the_list_keeps_what_waits_longest_on_top(store: Store, story: Story, clock: Clock) -> None:
    made = {}
    for name, days, paid in (
        ("late", -40, 0), ("very late", -80, 50), ("sent", -5, 0), ("sent later", -1, 0),
        ("paid", -13, 100), ("paid long ago", -60, 100), ("credited", -9, 0), ("draft", 0, 0),
    ):  # fmt: skip
        clock.moment = build.july(14, 10, 0) + timedelta(days=days)
        made[name] = invoices.draft_by_hand(store, customer_id=story.customer_id)
        invoices.add_line(store, made[name], text="Work", price=Decimal(100))
        if name != "draft":
            invoices.issue(store, made[name], render=rendered)
        if paid:
            payments.take(store, invoice_id=made[name], amount=Decimal(paid))
    invoices.credit(store, made["credited"], reason="Wrong", render=rendered)
    clock.moment = build.july(14, 10, 0)
    note_id = invoices.of_number(store, "CN-1")
    names = {number: name for name, number in made.items()} | {note_id: "note"}
    order = [names[found] for found in invoices.find(store)]
    assert order == [
        "draft", "very late", "late", "sent later", "sent", "paid", "paid long ago",
        "note", "credited",
    ]  # fmt: skip
    grouped = invoices.grouped(store)
    assert [(group.value, len(ids)) for group, ids in grouped.items()] == [
        ("draft", 1), ("late", 2), ("sent", 2), ("paid_this_month", 1), ("paid_earlier", 1),
        ("credited", 2),
    ]  # fmt: skip
    assert [found for ids in grouped.values() for found in ids] == invoices.find(store)
    assert invoices.counts(store) == {
        invoices.Chip.ALL: 9, invoices.Chip.DRAFT: 1, invoices.Chip.LATE: 2,
        invoices.Chip.SENT: 2, invoices.Chip.PAID: 2,
    }  # fmt: skip
    for chip, expected in (
        ("late", ["very late", "late"]),
        ("sent", ["sent later", "sent"]),
        ("draft", ["draft"]),
        ("paid", ["paid", "paid long ago"]),
    ):
        wanted = invoices.Filters(chip=invoices.Chip(chip))
        assert [names[found] for found in invoices.find(store, filters=wanted)] == expected
    assert invoices.waiting(store) == 3
    row = invoices.rows(store, [made["very late"]])[made["very late"]]
    assert (row.standing.days_late, row.standing.owed, row.paid) == (50, Decimal(50), Decimal(50))
    assert row.customer == "Harbor View Apartments"
    ageing = invoices.ageing(store)
    assert (ageing.owed, ageing.past_due, ageing.invoices) == (Decimal(350), Decimal(150), 4)
    assert [str(amount) for amount, _ in ageing.columns.values()] == [
        "200.00", "100.00", "50.00", "0.00", "0.00",
    ]  # fmt: skip
    by_number = invoices.find(store, sort=invoices.Sort.NUMBER)
    assert (names[by_number[0]], names[by_number[-1]]) == ("credited", "note")
    by_due = invoices.find(store, sort=invoices.Sort.DUE)
    assert names[by_due[-1]] == "sent later"


def test_the_list_is_searched_by_number_customer_and_work_order(
    store: Store, draft_id: int
) -> None:
    other = customers.add(store, name="Oakmont Dental Group")
    second = invoices.draft_by_hand(store, customer_id=other)
    invoices.issue(store, draft_id, render=rendered)
    assert invoices.find(store, text="INV-1187") == [draft_id]
    assert invoices.find(store, text="oakmont") == [second]
    assert invoices.find(store, text="WO-2310") == [draft_id]
    assert invoices.find(store, text="nothing like it") == []
    mine = invoices.Filters(customer_id=other)
    assert invoices.find(store, filters=mine) == [second]
    of_work = invoices.Filters(work_order_id=1)
    assert invoices.find(store, filters=of_work) == [draft_id]
