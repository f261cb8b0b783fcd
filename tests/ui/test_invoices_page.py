from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.domain.invoices import StandingWord
from smallcmms.services import check, invoices
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.invoice_lines import LinesEdit
from smallcmms.ui.pages.invoices import InvoicesPage
from tests import bills, build
from tests.build import Story
from tests.conftest import Clock
from tests.ui.conftest import Answers, Front


@pytest.fixture
def story(story: Story, clock: Clock) -> Story:
    clock.moment = build.july(14, 10, 32)
    return story


@pytest.fixture
def draft_id(store: Store, story: Story) -> int:
    return invoices.draft(store, bills.sheet_2310(store, story))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, draft_id: int) -> InvoicesPage:
    made = InvoicesPage(desk)
    qtbot.addWidget(made)
    made.resize(1240, 795)
    made.show()
    made.shown()
    qtbot.waitUntil(lambda: made.current_id() == draft_id)
    qtbot.waitUntil(lambda: made.printed.preview.pages == 1)
    return made


def titles(page: InvoicesPage) -> list[str]:
    model = page.register.model
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def sums(page: InvoicesPage) -> list[str]:
    """Return what stands in the sums, words and amounts in turn."""
    return [label.text() for label in page.pane.sums.labels]


def issue(qtbot: QtBot, page: InvoicesPage, tmp_path: Path) -> None:
    page.desk.ask.path = tmp_path / "printed.pdf"  # type: ignore[attr-defined]
    page.send()
    qtbot.waitUntil(lambda: page.pane.number.text() == "INV-1187")


def test_the_draft_of_the_story_stands_with_its_sums_and_its_paper(page: InvoicesPage) -> None:
    assert titles(page) == ["Draft 1", "Harbor View Apartments, WO-2310, $335.89, not sent"]
    assert page.pane.origin.words == "WO-2310"
    assert [edit.text.text for edit in page.pane.form.lines.edits] == [
        "Labor, Marco Reyes, Jul 13", "Service call", "Float switch, tether", "Hose clamp 2 in",
    ]  # fmt: skip
    assert [edit.amount.text() for edit in page.pane.form.lines.edits] == [
        "218.75", "65.00", "42.00", "6.50",
    ]  # fmt: skip
    assert [edit.tick.isChecked() for edit in page.pane.form.lines.edits] == [
        False, False, True, True,
    ]  # fmt: skip
    assert sums(page) == [
        "Subtotal", "$332.25", "Sales tax 7.5 % on $48.50", "$3.64", "Total", "$335.89",
    ]  # fmt: skip
    assert page.pane.form.due_on.text == "Aug 13, 2026"
    assert page.printed.header.count.text() == "Letter, 1 page"
    assert page.waiting(page.desk.store) == (1, False)
    assert page.ageing.owed.text() == "$0.00"


def test_print_and_mark_sent_numbers_it_prints_it_and_freezes_it(
    qtbot: QtBot, page: InvoicesPage, front: Front, tmp_path: Path, draft_id: int
) -> None:
    issue(qtbot, page, tmp_path)
    assert front.toasts == ["INV-1187 is marked sent"]
    qtbot.waitUntil((tmp_path / "printed.pdf").exists)
    assert page.pane.pill.accessibleName() == "Sent"
    assert not page.commands["send"].isEnabled()
    qtbot.waitUntil(lambda: page.ageing.owed.text() == "$335.89")
    document = invoices.document(page.desk.store, draft_id)
    qtbot.waitUntil(lambda: page.printed.pdf() == document)
    assert check.problems(page.desk.store) == []


def test_a_printer_dialog_that_is_cancelled_leaves_it_sent(
    qtbot: QtBot, page: InvoicesPage, ask: Answers, tmp_path: Path
) -> None:
    ask.says = False
    issue(qtbot, page, tmp_path)
    assert not (tmp_path / "printed.pdf").exists()
    assert invoices.find(page.desk.store, text="INV-1187") == [page.current_id()]


def test_a_price_that_is_typed_changes_the_sums_and_the_paper(
    qtbot: QtBot, page: InvoicesPage
) -> None:
    was = page.printed.pdf()
    first = page.pane.form.lines.edits[0]
    first.price.setFocus()
    first.price.line.selectAll()
    qtbot.keyClicks(first.price.line, "100")
    qtbot.waitUntil(lambda: sums(page)[-1] == "$292.14")
    assert page.pane.form.lines.edits[0] is first
    assert page.printed.pdf() != was


def test_a_discount_is_taken_off_before_the_taxes_and_given_back(
    qtbot: QtBot, page: InvoicesPage
) -> None:
    form = page.pane.form
    assert not form.discount.isVisible()
    form.lines.wants_discount.emit()
    assert form.discount.editor.hasFocus()
    qtbot.keyClicks(form.discount.editor, "32.25")
    form.keep()
    qtbot.waitUntil(lambda: sums(page)[0] == "Discount")
    assert sums(page) == [
        "Discount", "\N{MINUS SIGN}$32.25", "Subtotal", "$300.00",
        "Sales tax 7.5 % on $43.79", "$3.28", "Total", "$303.28",
    ]  # fmt: skip
    form.discount.line.clear()
    form.discount.changed.emit()
    form.keep()
    qtbot.waitUntil(lambda: sums(page)[-1] == "$335.89")


def test_what_cannot_be_read_is_said_below_its_box(qtbot: QtBot, page: InvoicesPage) -> None:
    first = page.pane.form.lines.edits[0]
    first.price.line.selectAll()
    qtbot.keyClicks(first.price.line, "1.234,50")
    first.form.keep()
    assert first.price.error.text()
    assert sums(page)[-1] == "$335.89"


def test_the_tick_puts_tax_on_a_line_and_takes_it_off(qtbot: QtBot, page: InvoicesPage) -> None:
    tick = page.pane.form.lines.edits[0].tick
    tick.click()
    qtbot.waitUntil(lambda: sums(page)[-1] == "$352.29")
    page.pane.form.lines.edits[0].tick.click()
    qtbot.waitUntil(lambda: sums(page)[-1] == "$335.89")


def test_the_paper_follows_what_the_customer_reads_while_it_is_typed(
    qtbot: QtBot, page: InvoicesPage
) -> None:
    was, edit = page.printed.preview._pdf, page.pane.form.text.text_edit
    edit.setFocus()
    qtbot.keyClicks(edit, "Thanks. ")
    qtbot.waitUntil(lambda: page.printed.preview._pdf != was)
    page.keep()
    store = page.desk.store
    assert invoices.get(store, page.current_id()).text.startswith("Thanks. Sump pump")


def test_a_line_that_is_added_takes_the_keys_whenever_it_comes_up(
    qtbot: QtBot, page: InvoicesPage
) -> None:
    lines = page.pane.form.lines
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    lines.add_line()
    qtbot.waitUntil(lambda: len(lines.edits) == 5 and lines.edits[-1].text.line.hasFocus())
    lines.desk.store.listen(lambda _changed: _show_at_once(lines))
    lines.add_line()
    assert lines.edits[-1].text.line.hasFocus()
    qtbot.keyClicks(lines.edits[-1].text.line, "Goodwill")
    assert lines.edits[-1].text.text == "Goodwill"


def _show_at_once(lines: LinesEdit) -> None:
    found = invoices.get(lines.desk.store, lines._invoice_id)
    lines.show_lines(lines._invoice_id, found.lines)


def test_a_line_is_added_and_removed(qtbot: QtBot, page: InvoicesPage, story: Story) -> None:
    page.add_line()
    qtbot.waitUntil(lambda: len(page.pane.form.lines.edits) == 5)
    last = page.pane.form.lines.edits[-1]
    assert last.text.text == "Work"
    last.text.setFocus()
    page.remove_line()
    qtbot.waitUntil(lambda: len(page.pane.form.lines.edits) == 4)
    lines = page.pane.form.lines
    lines.part.show_taken(story.check_valve_id, "Check valve")
    lines.part.taken.emit(story.check_valve_id)
    qtbot.waitUntil(lambda: sums(page)[-1] == "$369.21")
    lines.edits[-1].remove.click()
    qtbot.waitUntil(lambda: sums(page)[-1] == "$335.89")


def test_days_and_customer_of_a_draft_are_edited(qtbot: QtBot, page: InvoicesPage) -> None:
    form = page.pane.form
    form.due_on.line.selectAll()
    qtbot.keyClicks(form.due_on.line, "Jul 31")
    page.keep()
    assert invoices.get(page.desk.store, page.current_id()).due_on == date(2026, 7, 31)
    form.due_on.line.selectAll()
    qtbot.keyClicks(form.due_on.line, "Jul 1")
    with pytest.raises(Exception, match="cannot be due before"):
        page.keep()
    assert [found.text for found in form.customer._source("harb")] == ["Harbor View Apartments"]


def test_a_payment_is_taken_inline(
    qtbot: QtBot, page: InvoicesPage, front: Front, tmp_path: Path
) -> None:
    issue(qtbot, page, tmp_path)
    page.take_payment()
    payment = page.pane.payment
    assert (payment.amount.text, payment.isVisible()) == ("335.89", True)
    payment.amount.line.selectAll()
    qtbot.keyClicks(payment.amount.line, "100")
    payment.reference.line.setText("3318")
    payment.take()
    qtbot.waitUntil(lambda: page.pane.pill.accessibleName() == "Part paid")
    assert (payment.isVisible(), front.toasts[-1]) == (False, "Payment taken")
    assert "$100.00 paid today · Check 3318" in page.pane.issued.paid.text()
    page.take_payment()
    assert page.leave()
    assert not page.pane.has_open_form
    page.take_payment()
    payment.take()
    qtbot.waitUntil(lambda: page.pane.pill.accessibleName() == "Paid")
    assert not page.commands["take_payment"].isEnabled()


def test_too_much_is_refused_beside_the_amount_or_kept(
    qtbot: QtBot, page: InvoicesPage, tmp_path: Path
) -> None:
    issue(qtbot, page, tmp_path)
    page.take_payment()
    payment = page.pane.payment
    payment.amount.line.selectAll()
    qtbot.keyClicks(payment.amount.line, "400")
    with pytest.raises(Exception, match="Only"):
        payment.take()
    payment.keep_rest.setChecked(True)
    payment.take()
    qtbot.waitUntil(lambda: page.pane.pill.accessibleName() == "Paid")
    assert invoices.get(page.desk.store, page.current_id()).credit == Decimal("64.11")


def test_a_credit_note_wants_a_reason_and_opens_a_draft_to_put_right(
    qtbot: QtBot, page: InvoicesPage, front: Front, tmp_path: Path, draft_id: int
) -> None:
    issue(qtbot, page, tmp_path)
    page.credit()
    credit = page.pane.credit
    credit.make()
    assert credit.reason.error.text()
    credit.reason.line.setText("Wrong price")
    credit.make()
    qtbot.waitUntil(lambda: page.current_id() not in (0, draft_id))
    assert front.toasts[-1] == "Credit note made"
    store = page.desk.store
    assert invoices.get(store, draft_id).standing.word is StandingWord.CREDITED
    assert page.pane.number.text() == "New invoice"
    page.go_to(draft_id)
    qtbot.waitUntil(lambda: page.pane.number.text() == "INV-1187")
    assert page.pane.other.first.text() == "Credited by CN-1"
    assert not page.commands["credit"].isEnabled()


def test_a_credit_alone_shows_the_credit_note(
    qtbot: QtBot, page: InvoicesPage, tmp_path: Path
) -> None:
    issue(qtbot, page, tmp_path)
    page.credit()
    page.pane.credit.how.set_value("credit")
    page.pane.credit.reason.line.setText("Wrong customer")
    page.pane.credit.make()
    qtbot.waitUntil(lambda: page.pane.number.text() == "CN-1")
    assert page.pane.other.first.text() == "Takes back INV-1187"
    assert not page.commands["take_payment"].isEnabled()


def test_a_draft_thrown_away_leaves_an_empty_page_and_comes_back(
    qtbot: QtBot, page: InvoicesPage, front: Front, draft_id: int
) -> None:
    page.discard()
    qtbot.waitUntil(lambda: page.middle.currentWidget() is page.empty)
    assert front.toasts == ["Draft thrown away"]
    page.desk.store.undo()
    qtbot.waitUntil(lambda: page.current_id() == draft_id)


def test_the_chips_and_the_filter_narrow_the_list(qtbot: QtBot, page: InvoicesPage) -> None:
    page.register.chips._chips["late"].click()
    qtbot.waitUntil(lambda: titles(page) == [])
    page.go_to(page.current_id())
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    qtbot.keyClicks(page.filter_box, "oakmont")
    qtbot.waitUntil(lambda: titles(page) == [])
    assert page.leave()
    qtbot.waitUntil(lambda: len(titles(page)) == 2)


def test_the_paper_gives_way_in_a_narrow_window(qtbot: QtBot, page: InvoicesPage) -> None:
    page.resize(1024, 640)
    qtbot.waitUntil(page.printed.isHidden)
    page.resize(1240, 795)
    qtbot.waitUntil(lambda: not page.printed.isHidden())


def test_the_paper_is_saved_under_its_number(
    qtbot: QtBot, page: InvoicesPage, ask: Answers, tmp_path: Path
) -> None:
    issue(qtbot, page, tmp_path)
    ask.path = tmp_path / "saved.pdf"
    page.save_pdf()
    assert ask.asked[-1] == "INV-1187.pdf"
    document = invoices.document(page.desk.store, page.current_id())
    assert (tmp_path / "saved.pdf").read_bytes() == document


def test_the_page_leads_to_the_work_order_and_the_customer(
    qtbot: QtBot, page: InvoicesPage, front: Front, tmp_path: Path, story: Story
) -> None:
    page.pane.origin.click()
    issue(qtbot, page, tmp_path)
    page.pane.issued.customer.click()
    assert front.went == [("work_orders", 1), ("customers", story.customer_id)]
    assert page.about() == {"customer_id": story.customer_id}


def test_f2_puts_the_cursor_into_the_first_line(qtbot: QtBot, page: InvoicesPage) -> None:
    page.activateWindow()
    page.edit_line()
    qtbot.waitUntil(page.pane.form.lines.edits[0].text.line.hasFocus)
    qtbot.keyClick(page.pane.form.lines.edits[0].text.line, Qt.Key.Key_Tab)
    assert page.pane.form.lines.edits[0].quantity.line.hasFocus()


def test_the_list_is_a_sound_model_and_looks_right(
    qtbot: QtBot,
    desk: Desk,
    clock: Clock,
    qtmodeltester: ModelTester,
    look: Callable[[QWidget, str], None],
) -> None:
    def set_clock(moment: object) -> None:
        clock.moment = moment  # type: ignore[assignment]

    with desk.store.change("Begin before") as session:
        session.execute(bills.FIRST_INVOICE)
    bills.ledger(desk.store, set_clock)
    clock.moment = build.july(14, 10, 24)
    page = InvoicesPage(desk)
    qtbot.addWidget(page)
    page.resize(1240, 795)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.ageing.owed.text() == "$8,843.80")
    assert page.ageing.past_due.text() == "$3,678.75 past due"
    assert titles(page)[:3] == [
        "Past due 4",
        "Northgate Self Storage, INV-1159, $388.00, 66 days late",
        "Union Street Brewing, INV-1168, $1,106.25, 37 days late",
    ]
    assert "Harbor View, INV-1171 · $200.00 paid, $268.90, 25 days late" in titles(page)
    assert "Luis Delgado, INV-1184, $195.00, paid Jul 9" in titles(page)
    qtmodeltester.check(page.register.model)
    look(page, "08-invoices")
