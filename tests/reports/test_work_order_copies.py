from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain import papers
from smallcmms.reports.work_order_copies import render_customer, render_office
from tests.reports import readers, samples

DONE = papers.Done(
    on=date(2026, 7, 13),
    text="Cleaned pit, new float switch, ran 3 cycles OK.",
    hours=Decimal("1.75"),
    parts=(samples.part(1, "Float switch, tether", "FS-10"),),
    signed_by="W. Hensley",
)
MONEY = papers.JobMoney(
    currency="USD",
    lines=(
        papers.MoneyLine(text="Labor", detail="1.75 h at $125.00", amount=Decimal("218.75")),
        papers.MoneyLine(text="Service call", amount=Decimal(65)),
    ),
    total=Decimal("283.75"),
)


def test_the_customers_copy_says_what_was_done_and_keeps_the_shops_own_to_itself() -> None:
    order = replace(samples.circulator(), done=DONE, access_code="4711#", note_for_truck="Ladder")
    text = readers.words(render_customer(order).pdf)
    for each in (
        "St. Brendan Parish School",
        "What was done on Jul 13, 2026",
        "Cleaned pit, new float switch, ran 3 cycles OK.",
        "Float switch, tether",
        "1.75 h on site",
        "Signed by W. Hensley",
        "Customer copy",
    ):
        assert each in text
    for each in ("$", "4711#", "Ladder", "LOCK OUT", "Noisy", "Shop B-3", "Basement door"):
        assert each not in text


def test_a_customers_copy_needs_to_know_what_was_done() -> None:
    with pytest.raises(ValueError, match="WO-2318"):
        render_customer(samples.circulator())


def test_a_long_story_goes_on_with_another_page() -> None:
    told = [f"word{number:04}" for number in range(1500)]
    order = replace(
        samples.circulator(),
        done=replace(DONE, text=" ".join(told)),
        what_is_wrong=" ".join(f"wrong{number:03}" for number in range(300)),
    )
    text = readers.words(render_customer(order).pdf)
    assert [word for word in told if word not in text] == []
    assert "wrong299" in text


def test_the_offices_copy_has_the_sheet_and_then_the_money() -> None:
    pages = readers.pages(render_office(samples.circulator(), MONEY).pdf)
    assert len(pages) == 3
    assert "$" not in pages[0] + pages[1]
    for each in ("Labor 1.75 h at $125.00", "$218.75", "$65.00", "Total", "$283.75"):
        assert each in pages[2]
    assert "Office copy, stays in the shop" in pages[2]
    assert "Page 3" in pages[2]
