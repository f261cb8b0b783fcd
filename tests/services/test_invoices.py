from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain.customers import TaxProfile
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import StandingWord
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.lines import LineKind
from smallcmms.domain.work_orders import BillingRule
from smallcmms.models import Customer, WorkOrder
from smallcmms.services import check, customers, invoices, rates, shop
from smallcmms.services.papers.invoice import invoice as paper
from smallcmms.services.steps import billing
from smallcmms.services.steps import invoices as steps
from smallcmms.services.steps.billing import PartToBill, TimeToBill
from smallcmms.store.store import Store
from tests import bills, build
from tests.bills import MONDAY
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


def test_the_draft_of_the_story_comes_out_to_the_cent(store: Store, draft_id: int) -> None:
    page = invoices.get(store, draft_id)
    assert lines_of(store, draft_id) == [
        ("Labor, Marco Reyes, Jul 13", "1.75 h", "218.75", ""),
        ("Service call", "1", "65.00", ""),
        ("Float switch, tether", "1", "42.00", "*"),
        ("Hose clamp 2 in", "1", "6.50", "*"),
    ]
    [tax] = page.taxes
    assert (tax.name, tax.percent, tax.base, tax.amount) == (
        "Sales tax", Decimal("7.5"), Decimal("48.50"), Decimal("3.64"),
    )  # fmt: skip
    assert (page.net, page.tax, page.total) == (
        Decimal("332.25"), Decimal("3.64"), Decimal("335.89"),
    )  # fmt: skip
    assert (page.invoice_on, page.due_on) == (TUESDAY, date(2026, 8, 13))
    assert (page.number, page.standing.word) == ("", StandingWord.DRAFT)
    assert page.text.startswith("Sump pump alarm is on, water is high. Float stuck")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (BillingRule.AGREEMENT, "covered by an agreement"),
        (BillingRule.WARRANTY, "warranty work"),
        (BillingRule.NOT_BILLABLE, "not billable"),
        (BillingRule.FLAT_RATE, "has a flat rate and no price"),
    ],
)
def test_what_is_not_billed_makes_no_draft(
    store: Store, story: Story, rule: BillingRule, message: str
) -> None:
    order_id = bills.finished_job(store, story, billing_rule=rule)
    bills.worked(store, story, order_id, 60)
    with pytest.raises(RuleBroken, match=message):
        invoices.draft(store, order_id)
    assert invoices.find(store) == []


def test_a_job_without_a_customer_is_billed_to_nobody(store: Store, story: Story) -> None:
    order_id = bills.finished_job(store, story, customer_id=None, site_id=None, asset_id=None)
    bills.worked(store, story, order_id, 60)
    with pytest.raises(RuleBroken, match="Say who pays first") as refused:
        invoices.draft(store, order_id)
    assert refused.value.field == "customer"


def test_a_flat_rate_bills_its_price_alone_and_once(store: Store, story: Story) -> None:
    order_id = bills.finished_job(
        store, story, billing_rule=BillingRule.FLAT_RATE, flat_price=24900, title="Tune-up!"
    )
    bills.worked(store, story, order_id, 90)
    bills.used(store, story, order_id, story.hose_clamp_id)
    draft_id = invoices.draft(store, order_id)
    assert lines_of(store, draft_id) == [("Tune-up!", "1", "249.00", "")]
    assert invoices.get(store, draft_id).text.startswith("Tune-up! Float stuck")
    with pytest.raises(RuleBroken, match="left to bill"):
        invoices.draft(store, order_id)


def test_every_kind_of_time_is_billed_in_its_words(store: Store, story: Story) -> None:
    order_id = bills.finished_job(store, story)
    for kind in LabourClass:
        bills.worked(store, story, order_id, 20, labour_class=kind)
    bills.worked(store, story, order_id, 60, is_billable=False)
    assert [line[:3] for line in lines_of(store, invoices.draft(store, order_id))] == [
        ("Labor, Marco Reyes, Jul 13", "0.33 h", "41.25"),
        ("Labor, overtime, Marco Reyes, Jul 13", "0.33 h", "41.25"),
        ("Labor, after hours, Marco Reyes, Jul 13", "0.33 h", "41.25"),
        ("Driving, Marco Reyes, Jul 13", "0.33 h", "41.25"),
        ("Waiting for parts, Marco Reyes, Jul 13", "0.33 h", "41.25"),
        ("Service call", "1", "65.00"),
    ]


def test_work_booked_after_the_draft_goes_on_a_second_one_without_a_call_out(
    store: Store, story: Story, draft_id: int
) -> None:
    order = invoices.get(store, draft_id).work_order
    assert order is not None
    bills.worked(store, story, order.id, 30)
    second = invoices.draft(store, order.id)
    assert lines_of(store, second) == [("Labor, Marco Reyes, Jul 13", "0.5 h", "62.50", "")]
    assert check.problems(store) == []


def test_an_exempt_customer_pays_no_tax_and_the_paper_says_why(store: Store, story: Story) -> None:
    customers.edit(
        store, story.customer_id, tax_profile=TaxProfile.EXEMPT, exemption_certificate="OH-4711"
    )
    draft_id = invoices.draft(store, bills.sheet_2310(store, story))
    assert invoices.get(store, draft_id).total == Decimal("332.25")
    assert paper(store, draft_id).exemption == "OH-4711"
    line_id = invoices.get(store, draft_id).lines[0].id
    with pytest.raises(RuleBroken, match="No tax is charged to this customer"):
        invoices.edit_line(store, line_id, is_taxed=True)


def test_the_tax_of_the_day_of_the_work_counts(store: Store, story: Story) -> None:
    rates.add_tax(
        store, name="Sales tax", percent=Decimal(8), from_on=TUESDAY, line_kinds=[LineKind.PART]
    )
    draft_id = invoices.draft(store, bills.sheet_2310(store, story))
    assert [tax.percent for tax in invoices.get(store, draft_id).taxes] == [Decimal("7.5")]


def test_prices_that_include_tax_are_taken_apart(store: Store, story: Story) -> None:
    shop.edit(store, is_tax_included=True)
    draft_id = invoices.draft(store, bills.sheet_2310(store, story))
    page, sheet = invoices.get(store, draft_id), paper(store, draft_id)
    assert (page.net, page.tax, page.total) == (
        Decimal("328.87"), Decimal("3.38"), Decimal("332.25"),
    )  # fmt: skip
    assert (sheet.is_tax_included, sheet.subtotal) == (True, Decimal("332.25"))
    assert sum(line.amount for line in sheet.lines) == sheet.subtotal


def test_what_it_would_come_to_is_what_it_comes_to(store: Store, story: Story) -> None:
    order_id = bills.finished_job(store, story)
    time = TimeToBill(
        technician="Marco Reyes", labour_class=LabourClass.REGULAR, worked_on=MONDAY,
        minutes=105, bill_rate=Decimal(125),
    )  # fmt: skip
    parts = [
        PartToBill(text=name, quantity=Decimal(1), price=Decimal(price), used_on=MONDAY)
        for name, price in (("Float switch", "42"), ("Hose clamp", "6.5"))
    ]
    with store.read() as session:
        order = session.get_one(WorkOrder, order_id)
        would = steps.would_be(session, order, [time], parts, today=TUESDAY)
    assert (would.net, would.tax, would.total) == (
        Decimal("332.25"), Decimal("3.64"), Decimal("335.89"),
    )  # fmt: skip


def test_a_bill_over_the_limit_is_pointed_out(store: Store, story: Story) -> None:
    with store.change("Set limits") as session:
        session.get_one(Customer, story.customer_id).not_to_exceed = 30000
    order_id = bills.finished_job(store, story, limit=33588)
    bills.worked(store, story, order_id, 105)
    draft_id = invoices.draft(store, order_id)
    assert invoices.get(store, draft_id).warnings.over_limit is None
    invoices.add_line(store, draft_id, text="More", price=Decimal(20))
    assert invoices.get(store, draft_id).warnings.over_limit == Decimal(300)


def test_time_and_parts_are_on_one_standing_invoice_at_most(store: Store, draft_id: int) -> None:
    with store.read() as session:
        assert billing.times_to_bill(session, 1) == []
        assert billing.parts_to_bill(session, 1) == []
    invoices.remove_line(store, invoices.get(store, draft_id).lines[2].id)
    with store.read() as session:
        assert [part.text for part in billing.parts_to_bill(session, 1)] == ["Float switch, tether"]
