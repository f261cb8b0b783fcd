"""How purchase orders go from the draft to the shelf, and how long suppliers take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.purchase_orders import (
    LeadTime,
    Promise,
    PurchaseOrderStatus,
    after_receipt,
    days_late,
    lead_time,
    move,
    outstanding,
)

DRAFT, ORDERED, PART, WHOLE, CANCELLED = PurchaseOrderStatus
STEPS = {
    (DRAFT, ORDERED),
    (DRAFT, CANCELLED),
    (ORDERED, PART),
    (ORDERED, WHOLE),
    (ORDERED, CANCELLED),
    (PART, PART),
    (PART, WHOLE),
    (PART, CANCELLED),
}


@pytest.mark.parametrize("was", PurchaseOrderStatus)
@pytest.mark.parametrize("to", PurchaseOrderStatus)
def test_an_order_goes_the_steps_of_the_trade_and_no_other(
    was: PurchaseOrderStatus, to: PurchaseOrderStatus
) -> None:
    if (was, to) in STEPS:
        assert move(was, to) is to
    else:
        with pytest.raises(RuleBroken):
            move(was, to)


def test_the_supplier_owes_what_is_placed_and_not_over() -> None:
    assert [each for each in PurchaseOrderStatus if each.is_open] == [ORDERED, PART]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("4", "4"), ("2", "2")], WHOLE),
        ([("4", "4"), ("2", "1")], PART),
        ([("4", "5")], WHOLE),
        ([("4", "0"), ("2", "2")], PART),
    ],
)
def test_what_has_come_says_how_far_an_order_is(
    lines: list[tuple[str, str]], expected: PurchaseOrderStatus
) -> None:
    assert after_receipt((Decimal(ordered), Decimal(came)) for ordered, came in lines) is expected


def test_what_came_too_much_is_not_owed_back() -> None:
    assert outstanding(Decimal(4), Decimal("1.5")) == Decimal("2.5")
    assert outstanding(Decimal(4), Decimal(6)) == 0


@pytest.mark.parametrize(
    ("status", "promised_on", "expected"),
    [
        (ORDERED, date(2026, 7, 10), 4),
        (PART, date(2026, 7, 13), 1),
        (ORDERED, date(2026, 7, 14), 0),
        (ORDERED, None, 0),
        (DRAFT, date(2026, 7, 10), 0),
        (WHOLE, date(2026, 7, 10), 0),
    ],
)
def test_an_order_is_late_after_its_promised_day_while_something_is_owed(
    status: PurchaseOrderStatus, promised_on: date | None, expected: int
) -> None:
    assert days_late(status, promised_on, date(2026, 7, 14)) == expected


def test_a_supplier_s_lead_time_is_the_middle_of_its_orders_beside_what_it_promised() -> None:
    ordered = date(2026, 6, 1)
    found = lead_time(
        [
            Promise(ordered, date(2026, 6, 4), date(2026, 6, 4)),
            Promise(ordered, date(2026, 6, 6), date(2026, 6, 11)),
            Promise(ordered, None, date(2026, 6, 6)),
        ]
    )
    assert found == LeadTime(3, Decimal(5), Decimal(4), on_time=1, promises=2)


def test_of_a_supplier_without_orders_nothing_is_known() -> None:
    assert lead_time([]) == LeadTime()
