from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.invoices import InvoiceKind, InvoiceState, StandingWord
from smallcmms.domain.lines import LineKind
from smallcmms.models import WorkOrder
from smallcmms.reports import invoice as report
from smallcmms.services import check, customers, invoices, payments, rates, shop
from smallcmms.services.papers.invoice import invoice as paper
from smallcmms.store.store import Store
from tests import bills, build
from tests.bills import MONDAY, Failing, rendered
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
    store: Store, draft_id: int
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


def test_the_work_of_a_credited_invoice_can_be_billed_again(store: Store, draft_id: int) -> None:
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


def test_a_tax_that_changed_since_leaves_the_credit_note_exact(store: Store, draft_id: int) -> None:
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
        with pytest.raises(RuleBroken, match=r"INV-1187 is issued\. Make a credit note"):
            refused()


def test_an_invoice_is_found_by_its_number(store: Store, draft_id: int) -> None:
    invoices.issue(store, draft_id, render=rendered)
    assert invoices.of_number(store, "INV-1187") == draft_id
    with pytest.raises(NotFound, match="There is no invoice INV-9"):
        invoices.of_number(store, "INV-9")


def test_an_invoice_that_is_not_there_is_said_to_be_missing(store: Store, story: Story) -> None:
    assert story.customer_id
    for ask in (
        lambda: invoices.get(store, 99),
        lambda: invoices.issue(store, 99, render=rendered),
        lambda: invoices.credit(store, 99, reason="Wrong", render=rendered),
        lambda: invoices.document(store, 99),
        lambda: paper(store, 99),
        lambda: payments.take(store, invoice_id=99, amount=Decimal(1)),
    ):
        with pytest.raises(NotFound, match="There is no such invoice"):
            ask()


def test_a_draft_that_lay_past_its_chosen_due_day_is_not_issued(
    store: Store, draft_id: int, clock: Clock
) -> None:
    invoices.edit(store, draft_id, due_on=date(2026, 7, 16))
    clock.moment = build.july(20, 9, 0)
    with pytest.raises(RuleBroken, match="cannot be due before") as refused:
        invoices.issue(store, draft_id, render=rendered)
    assert refused.value.field == "due_on"
    invoices.edit(store, draft_id, due_on=None)
    invoices.issue(store, draft_id, render=rendered)
    assert invoices.get(store, draft_id).due_on == date(2026, 8, 19)
    assert check.problems(store) == []
