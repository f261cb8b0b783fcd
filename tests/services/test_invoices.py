from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from smallcmms.domain import papers
from smallcmms.domain.customers import TaxProfile
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.invoices import InvoiceKind, InvoiceState, StandingWord
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.lines import LineKind
from smallcmms.domain.work_orders import BillingRule
from smallcmms.models import Customer, WorkOrder
from smallcmms.reports import invoice as report
from smallcmms.services import check, customers, invoices, payments, rates, shop
from smallcmms.services.papers.invoice import invoice as paper
from smallcmms.services.steps import billing
from smallcmms.services.steps import invoices as steps
from smallcmms.services.steps.billing import PartToBill, TimeToBill
from smallcmms.store.store import Store
from tests import bills, build
from tests.bills import MONDAY, Failing, rendered
from tests.build import Story
from tests.conftest import Clock

TUESDAY = date(2026, 7, 14)


@pytest.fixture
def story(store: Store, clock: Clock) -> Story:
    build.ridgeline(store)
    made = build.story(store)
    clock.moment = build.july(14, 10, 32)
    return made


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


def test_issuing_numbers_freezes_and_keeps_the_paper(store: Store, draft_id: int) -> None:
    drawn = Failing(times=0)
    assert invoices.issue(store, draft_id, render=drawn) == "INV-1187"
    page = invoices.get(store, draft_id)
    assert (page.number, page.state, page.due_on) == (
        "INV-1187", InvoiceState.ISSUED, date(2026, 8, 13),
    )  # fmt: skip
    assert drawn.seen[0].number == "INV-1187"
    assert drawn.seen[0].code.startswith("SC7KQ2:I1187:")
    assert invoices.document(store, draft_id) == rendered(drawn.seen[0])
    assert paper(store, draft_id) == drawn.seen[0]
    assert str(store.next_undo()) == "Issued; make a credit note"
    with pytest.raises(RuleBroken, match="Issued; make a credit note"):
        store.undo()
    assert check.problems(store) == []


def test_the_page_that_was_issued_says_what_the_file_says(store: Store, draft_id: int) -> None:
    invoices.issue(store, draft_id, render=lambda paper: report.render(paper).pdf)
    assert invoices.document(store, draft_id).startswith(b"%PDF")
    assert report.render(paper(store, draft_id)).pdf == invoices.document(store, draft_id)


def test_an_issued_invoice_stays_as_it_was_whatever_changes(
    store: Store, story: Story, draft_id: int
) -> None:
    invoices.issue(store, draft_id, render=rendered)
    was, document = invoices.get(store, draft_id), invoices.document(store, draft_id)
    customers.edit(store, story.customer_id, name="Harbor View LLC", terms_days=7)
    bills.reprice(store, story.float_switch_id, "99.00")
    shop.edit(store, name="Another name", terms_days=1, is_tax_included=True)
    rates.archive_tax(store, 1)
    rates.add_tax(
        store, name="New tax", percent=Decimal(20), from_on=MONDAY, line_kinds=tuple(LineKind)
    )
    now = invoices.get(store, draft_id)
    assert (now.lines, now.taxes, now.total, now.due_on) == (
        was.lines, was.taxes, was.total, was.due_on,
    )  # fmt: skip
    assert invoices.document(store, draft_id) == document
    assert check.problems(store) == []


@pytest.mark.parametrize("table", ["invoice", "invoice_line", "invoice_tax"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_file_itself_refuses_to_change_what_is_issued(
    store: Store, draft_id: int, table: str, verb: str
) -> None:
    invoices.issue(store, draft_id, render=rendered)
    statement = f"UPDATE {table} SET id = id" if verb == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(sa.exc.IntegrityError, match="issued"), store.change("Forge") as session:
        session.execute(text(statement))
    with pytest.raises(sa.exc.IntegrityError, match="issued"), store.change("Forge") as session:
        session.execute(
            text("INSERT INTO invoice_tax (invoice_id, name, percent, base, amount)"
                 " VALUES (:id, 'x', 0, 0, 0)"),
            {"id": draft_id},
        )  # fmt: skip
    assert check.problems(store) == []


def test_a_printer_that_fails_uses_no_number(store: Store, draft_id: int) -> None:
    printer = Failing()
    with pytest.raises(ZeroDivisionError):
        invoices.issue(store, draft_id, render=printer)
    assert invoices.get(store, draft_id).state is InvoiceState.DRAFT
    assert invoices.issue(store, draft_id, render=printer) == "INV-1187"
    assert [paper.number for paper in printer.seen] == ["INV-1187", "INV-1187"]
    assert check.problems(store) == []


def test_what_is_issued_or_empty_is_not_issued(store: Store, story: Story, draft_id: int) -> None:
    empty = invoices.draft_by_hand(store, customer_id=story.customer_id)
    with pytest.raises(RuleBroken, match="Add a line first"):
        invoices.issue(store, empty, render=rendered)
    invoices.add_line(store, empty, text="Refund", price=Decimal(-5))
    with pytest.raises(RuleBroken, match="less than nothing"):
        invoices.issue(store, empty, render=rendered)
    invoices.issue(store, draft_id, render=rendered)
    with pytest.raises(RuleBroken, match="INV-1187 is issued"):
        invoices.issue(store, draft_id, render=rendered)


def test_a_credit_note_negates_its_invoice_exactly_and_names_it(
    store: Store, story: Story, draft_id: int
) -> None:
    invoices.issue(store, draft_id, render=rendered)
    printer = Failing(times=0)
    note_id = invoices.credit(store, draft_id, reason="Wrong customer", render=printer)
    note, invoice = invoices.get(store, note_id), invoices.get(store, draft_id)
    assert (note.number, note.kind, note.total) == (
        "CN-1", InvoiceKind.CREDIT_NOTE, Decimal("-335.89"),
    )  # fmt: skip
    assert [line.amount for line in note.lines] == [-line.amount for line in invoice.lines]
    assert [(tax.base, tax.amount) for tax in note.taxes] == [(Decimal("-48.50"), Decimal("-3.64"))]
    assert note.credits is not None
    assert note.credits.number == printer.seen[0].credits == "INV-1187"
    assert (printer.seen[0].code, printer.seen[0].due_on) == ("", None)
    assert invoice.credited_by is not None
    assert invoice.credited_by.number == "CN-1"
    assert invoice.standing.word is StandingWord.CREDITED
    assert invoices.ageing(store).owed == 0
    assert check.problems(store) == []


def test_the_work_of_a_credited_invoice_can_be_billed_again(
    store: Store, story: Story, draft_id: int
) -> None:
    order_id = invoices.get(store, draft_id).work_order
    assert order_id is not None
    with pytest.raises(RuleBroken, match="Nothing of WO-2310 is left to bill"):
        invoices.draft(store, order_id.id)
    invoices.issue(store, draft_id, render=rendered)
    with store.read() as session:
        assert session.get_one(WorkOrder, order_id.id).invoiced_at == store.now()
    invoices.credit(store, draft_id, reason="Wrong price", render=rendered)
    with store.read() as session:
        assert session.get_one(WorkOrder, order_id.id).invoiced_at is None
    again = invoices.draft(store, order_id.id)
    assert invoices.get(store, again).total == Decimal("335.89")
    assert check.problems(store) == []


def test_credit_and_reissue_leaves_a_draft_to_put_right(store: Store, draft_id: int) -> None:
    invoices.issue(store, draft_id, render=rendered)
    payments.take(store, invoice_id=draft_id, amount=Decimal(100))
    made = invoices.credit_and_reissue(store, draft_id, reason="Wrong price", render=rendered)
    again = invoices.get(store, made.draft_id)
    assert (again.state, again.total, again.credit) == (
        InvoiceState.DRAFT, Decimal("335.89"), Decimal("100.00"),
    )  # fmt: skip
    invoices.edit_line(store, again.lines[0].id, price=Decimal(100))
    assert invoices.issue(store, made.draft_id, render=rendered) == "INV-1188"
    assert invoices.get(store, made.draft_id).total == Decimal("292.14")
    assert check.problems(store) == []


def test_a_tax_that_changed_since_leaves_the_credit_note_exact(
    store: Store, draft_id: int
) -> None:
    invoices.issue(store, draft_id, render=rendered)
    with store.change("Change the tax by hand") as session:
        session.execute(text("UPDATE tax SET percent = 20000"))
    note_id = invoices.credit(store, draft_id, reason="Wrong price", render=rendered)
    assert invoices.get(store, note_id).total == Decimal("-335.89")
    assert check.problems(store) == []


def test_only_an_issued_invoice_is_credited_once_and_with_a_reason(
    store: Store, draft_id: int
) -> None:
    with pytest.raises(RuleBroken, match="A draft needs no credit note"):
        invoices.credit(store, draft_id, reason="Wrong", render=rendered)
    invoices.issue(store, draft_id, render=rendered)
    with pytest.raises(RuleBroken, match="Say why") as refused:
        invoices.credit(store, draft_id, reason=" ", render=rendered)
    assert refused.value.field == "reason"
    note_id = invoices.credit(store, draft_id, reason="Wrong", render=rendered)
    with pytest.raises(RuleBroken, match="INV-1187 is credited already, by CN-1"):
        invoices.credit(store, draft_id, reason="Wrong", render=rendered)
    with pytest.raises(RuleBroken, match="CN-1 is a credit note itself"):
        invoices.credit(store, note_id, reason="Wrong", render=rendered)


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


def test_an_exempt_customer_pays_no_tax_and_the_paper_says_why(
    store: Store, story: Story
) -> None:
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


def test_nothing_of_an_issued_invoice_is_edited(store: Store, draft_id: int) -> None:
    line_id = invoices.get(store, draft_id).lines[0].id
    with pytest.raises(TypeError, match="number cannot be edited"):
        invoices.edit(store, draft_id, number="INV-1")
    with pytest.raises(TypeError, match="net cannot be edited"):
        invoices.edit_line(store, line_id, net=1)
    invoices.issue(store, draft_id, render=rendered)
    for refused in (
        lambda: invoices.edit(store, draft_id, text="Other"),
        lambda: invoices.add_line(store, draft_id, text="More", price=Decimal(1)),
        lambda: invoices.edit_line(store, line_id, text="Other"),
        lambda: invoices.remove_line(store, line_id),
        lambda: invoices.discard(store, draft_id),
    ):
        with pytest.raises(RuleBroken, match="INV-1187 is issued. Make a credit note"):
            refused()


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


def test_a_draft_has_no_document_and_no_code(store: Store, draft_id: int) -> None:
    with pytest.raises(RuleBroken, match="A draft has no document yet"):
        invoices.document(store, draft_id)
    sheet = paper(store, draft_id, text="Typed just now")
    assert (sheet.number, sheet.code, sheet.is_draft) == ("", "", True)
    assert (sheet.heading, sheet.text) == ("", "Typed just now")


def test_the_paper_names_the_parties_and_the_place(store: Store, draft_id: int) -> None:
    sheet = paper(store, draft_id)
    assert sheet.bill_to == papers.Party(
        name="Harbor View Apartments", lines=("1200 Riverside Dr", "Dayton, OH 45405")
    )
    assert sheet.work_done_at == papers.Party(
        name="1200 Riverside Dr",
        lines=("Dayton, OH 45405", "Building A › Basement", "SP-A, tag A-0133"),
    )
    assert (sheet.heading, sheet.work_order, sheet.terms, sheet.customer_number) == (
        "Sump pump alarm is on, water is high.", "2310", "Net 30", "C-014",
    )  # fmt: skip
    assert [line.tax_mark for line in sheet.lines] == ["", "", "*", "*"]


def test_a_customer_who_wants_an_order_number_gets_it_on_the_paper(
    store: Store, story: Story
) -> None:
    customers.edit(store, story.customer_id, is_po_required=True, bill_to="Suite 4\n\nDayton")
    draft_id = invoices.draft(store, bills.sheet_2310(store, story))
    assert invoices.get(store, draft_id).warnings.needs_po
    with store.change("Give it a number") as session:
        session.get_one(WorkOrder, 1).po_number = "PO-9"
    assert not invoices.get(store, draft_id).warnings.needs_po
    assert paper(store, draft_id).work_order == "2310 · PO PO-9"
    assert paper(store, draft_id).bill_to.lines == ("Suite 4", "Dayton")


def test_a_bill_over_the_limit_is_pointed_out(store: Store, story: Story) -> None:
    with store.change("Set limits") as session:
        session.get_one(Customer, story.customer_id).not_to_exceed = 30000
    order_id = bills.finished_job(store, story, limit=33588)
    bills.worked(store, story, order_id, 105)
    draft_id = invoices.draft(store, order_id)
    assert invoices.get(store, draft_id).warnings.over_limit is None
    invoices.add_line(store, draft_id, text="More", price=Decimal(20))
    assert invoices.get(store, draft_id).warnings.over_limit == Decimal(300)


def test_an_invoice_is_found_by_its_number(store: Store, draft_id: int) -> None:
    invoices.issue(store, draft_id, render=rendered)
    assert invoices.of_number(store, "INV-1187") == draft_id
    with pytest.raises(NotFound, match="There is no invoice INV-9"):
        invoices.of_number(store, "INV-9")


def test_the_list_keeps_what_waits_longest_on_top(
    store: Store, story: Story, clock: Clock
) -> None:
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
        "credited", "note",
    ]  # fmt: skip
    assert invoices.groups(store) == {
        invoices.Group.DRAFT: 1, invoices.Group.LATE: 2, invoices.Group.SENT: 2,
        invoices.Group.PAID_THIS_MONTH: 1, invoices.Group.PAID_EARLIER: 1,
        invoices.Group.CREDITED: 2,
    }  # fmt: skip
    assert invoices.counts(store) == {
        invoices.Chip.ALL: 9, invoices.Chip.DRAFT: 1, invoices.Chip.LATE: 2,
        invoices.Chip.SENT: 2, invoices.Chip.PAID: 2,
    }  # fmt: skip
    for chip, expected in (("late", ["very late", "late"]), ("sent", ["sent later", "sent"])):
        wanted = invoices.Filters(chip=invoices.Chip(chip))
        assert [names[found] for found in invoices.find(store, filters=wanted)] == expected
    assert invoices.waiting(store) == 3
    row = invoices.rows(store, [made["very late"]])[made["very late"]]
    assert (row.standing.days_late, row.standing.owed, row.paid) == (50, Decimal(50), Decimal(50))
    assert (row.group, row.customer) == (invoices.Group.LATE, "Harbor View Apartments")
    ageing = invoices.ageing(store)
    assert (ageing.owed, ageing.past_due, ageing.invoices) == (Decimal(350), Decimal(150), 4)
    assert [str(amount) for amount, _ in ageing.columns.values()] == [
        "200.00", "100.00", "50.00", "0.00", "0.00",
    ]  # fmt: skip
    by_number = invoices.find(store, sort=invoices.Sort.NUMBER)
    assert (names[by_number[0]], names[by_number[-1]]) == ("credited", "draft")
    by_due = invoices.find(store, sort=invoices.Sort.DUE)
    assert names[by_due[-1]] == "sent later"


def test_the_list_is_searched_by_number_customer_and_work_order(
    store: Store, story: Story, draft_id: int
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


def test_time_and_parts_are_on_one_standing_invoice_at_most(
    store: Store, story: Story, draft_id: int
) -> None:
    with store.read() as session:
        assert billing.times_to_bill(session, 1) == []
        assert billing.parts_to_bill(session, 1) == []
    invoices.remove_line(store, invoices.get(store, draft_id).lines[2].id)
    with store.read() as session:
        assert [part.text for part in billing.parts_to_bill(session, 1)] == ["Float switch, tether"]
