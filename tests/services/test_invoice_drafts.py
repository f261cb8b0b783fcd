from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.customers import TaxProfile
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.requests import Channel
from smallcmms.models import Request
from smallcmms.services import check, customers, invoices, parts
from smallcmms.services.papers.invoice import invoice as paper
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


def lines_of(store: Store, invoice_id: int) -> list[tuple[str, str, str, str]]:
    return [
        (line.text, f"{line.quantity.normalize():f} {line.unit}".strip(), str(line.amount), tax)
        for line in invoices.get(store, invoice_id).lines
        for tax in ["*" if line.tax_id else ""]
    ]


def test_a_draft_is_edited_line_by_line_and_added_up_each_time(
    store: Store, story: Story, draft_id: int
) -> None:
    line_id = invoices.add_line(
        store, draft_id, text=" Haul away ", price=Decimal("12.5"), quantity=Decimal(2)
    )
    assert invoices.get(store, draft_id).total == Decimal("360.89")
    invoices.edit_line(store, line_id, price=Decimal("10.005"), is_taxed=True, unit="trip")
    page = invoices.get(store, draft_id)
    assert (page.lines[-1].text, page.lines[-1].amount) == ("Haul away", Decimal("20.01"))
    assert (page.tax, page.total) == (Decimal("5.14"), Decimal("357.40"))
    invoices.edit_line(store, line_id, is_taxed=False)
    invoices.remove_line(store, line_id)
    assert invoices.get(store, draft_id).total == Decimal("335.89")
    part_line = invoices.add_part(store, draft_id, story.check_valve_id, quantity=Decimal(2))
    assert lines_of(store, draft_id)[-1] == ("Check valve 1½ in", "2", "62.00", "*")
    store.undo()
    assert part_line not in {line.id for line in invoices.get(store, draft_id).lines}
    assert check.problems(store) == []


def test_a_draft_is_edited_in_its_days_text_and_discount(store: Store, draft_id: int) -> None:
    invoices.edit(store, draft_id, text=" Pump works again. ", allowance=Decimal("32.25"))
    page, sheet = invoices.get(store, draft_id), paper(store, draft_id)
    assert (page.text, page.net) == ("Pump works again.", Decimal("300.00"))
    assert [row.base for row in sheet.tax_rows] == [Decimal("43.79")]
    assert (sheet.lines[-1].text, sheet.lines[-1].amount) == ("Discount", Decimal("-32.25"))
    assert sum(line.amount for line in sheet.lines) == sheet.subtotal
    invoices.edit(store, draft_id, allowance=Decimal(0), charge=Decimal(5), terms_days=14)
    page = invoices.get(store, draft_id)
    assert (page.net, page.due_on) == (Decimal("337.25"), date(2026, 7, 28))
    assert paper(store, draft_id).lines[-1].text == "Surcharge"
    invoices.edit(store, draft_id, invoice_on=date(2026, 7, 20))
    assert invoices.get(store, draft_id).due_on == date(2026, 8, 3)
    with pytest.raises(RuleBroken, match="cannot be due before") as refused:
        invoices.edit(store, draft_id, due_on=date(2026, 7, 19))
    assert refused.value.field == "due_on"
    assert check.problems(store) == []


def test_line_discounts_are_told_on_the_paper(store: Store, draft_id: int) -> None:
    first = invoices.get(store, draft_id).lines[0]
    invoices.edit_line(store, first.id, allowance=Decimal("18.75"), charge=Decimal(1))
    line = paper(store, draft_id).lines[0]
    assert line.text == "Labor, Marco Reyes, Jul 13 (less $18.75, plus $1.00)"
    assert line.amount == Decimal("201.00")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quantity": Decimal("0.0005")}, "more than three decimals"),
        ({"price": Decimal("0.00005")}, "at most four decimals"),
        ({"price": Decimal("NaN")}, "at most four decimals"),
        ({"base": Decimal(0)}, "one or more units"),
        ({"allowance": Decimal("0.005")}, "finer than USD"),
        ({"allowance": Decimal(-1)}, "0 or more"),
        ({"price": Decimal(10) ** 18, "quantity": Decimal(1000)}, "too large"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(
    store: Store, draft_id: int, fields: dict[str, Decimal], message: str
) -> None:
    line_id = invoices.get(store, draft_id).lines[0].id
    with pytest.raises(RuleBroken, match=message):
        invoices.edit_line(store, line_id, **fields)
    assert invoices.get(store, draft_id).total == Decimal("335.89")


def test_a_draft_for_another_customer_takes_their_terms_and_taxes(
    store: Store, draft_id: int
) -> None:
    other = customers.add(store, name="St. Brendan", terms_days=0, tax_profile=TaxProfile.EXEMPT)
    invoices.edit(store, draft_id, customer_id=other)
    page = invoices.get(store, draft_id)
    assert (page.customer.text, page.total, page.due_on) == (
        "St. Brendan", Decimal("332.25"), TUESDAY,
    )  # fmt: skip
    assert paper(store, draft_id).terms == "Due on receipt"


def test_a_draft_thrown_away_uses_no_number_and_comes_back_by_undo(
    store: Store, draft_id: int
) -> None:
    invoices.discard(store, draft_id)
    assert invoices.find(store) == []
    store.undo()
    assert invoices.get(store, draft_id).total == Decimal("335.89")
    assert invoices.issue(store, draft_id, render=rendered) == "INV-1187"


def test_a_part_without_a_price_is_not_put_on_a_draft(store: Store, draft_id: int) -> None:
    part_id = parts.add(store, number="NP", name="No price", cost=Decimal(1), price=None)
    with pytest.raises(RuleBroken, match="No price has no price"):
        invoices.add_part(store, draft_id, part_id)


def test_a_call_about_the_same_asset_is_pointed_out_before_it_is_sent(
    store: Store, story: Story, draft_id: int, clock: Clock
) -> None:
    clock.advance(minutes=5)
    with store.change("Log a call") as session:
        session.add(
            Request(
                number="R-2000", received_at=store.now(), recorded_at=store.now(),
                channel=Channel.PHONE, words="It is wet again", level=2, answer_by=store.now(),
                customer_id=story.customer_id, asset_id=story.asset_id,
            )
        )  # fmt: skip
    called = invoices.get(store, draft_id).warnings.called_again
    assert called is not None
    assert (called.number, called.text) == ("R-2000", "It is wet again")
    invoices.issue(store, draft_id, render=rendered)
    assert invoices.get(store, draft_id).warnings.called_again is None
