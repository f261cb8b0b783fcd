from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.domain.rates import RateClass
from smallcmms.domain.requests import Channel
from smallcmms.services import (
    contacts,
    customers,
    drafts,
    rates,
    requests,
    sites,
    work_orders,
)
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.customer import DRAFT
from smallcmms.ui.kit import Cell
from smallcmms.ui.pages.customers import DRAFT_ID, CustomersPage
from tests import build, past
from tests.ui.conftest import Front
from tests.ui.turns import pass_turns

Look = Callable[[QWidget, str], None]


def unheard(page: CustomersPage) -> None:
    """Let nobody hear of the last choice: it is told 80 ms later, when the file may be closed."""
    page.list.chosen.disconnect()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: build.Story) -> CustomersPage:
    assert story
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> CustomersPage:
    page = CustomersPage(desk)
    qtbot.addWidget(page, before_close_func=unheard)
    page.resize(1230, 780)
    page.show()
    page.shown()
    qtbot.waitExposed(page)
    pass_turns()
    return page


def names(page: CustomersPage) -> list[str]:
    model = page.model
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def test_the_first_customer_is_shown_beside_the_list(
    page: CustomersPage, story: build.Story, look: Look, qtmodeltester: ModelTester
) -> None:
    assert page.current_id() == story.customer_id
    assert page.details.name.text() == "Harbor View Apartments"
    assert page.details.number.text() == "C-014"
    assert "Net 30" in page.details.second.text()
    assert page.about() == {"customer_id": story.customer_id}
    qtmodeltester.check(page.model)
    look(page, "customers")


def test_an_empty_shop_says_how_to_begin(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.right.currentWidget() is page.empty
    assert not page.commands["edit"].isEnabled()


def test_a_new_customer_with_person_and_site_takes_few_keys(
    qtbot: QtBot, page: CustomersPage, desk: Desk, front: Front
) -> None:
    page.commands["new"].trigger()
    keys = ("Riverbend Clinic", "Ana Ruiz", "9375550188", "12 Ferry Rd", "Dayton")
    for text in keys:
        qtbot.keyClicks(page.focusWidget(), text)
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    page.pane.button.click()
    made = customers.get(desk.store, page.current_id())
    assert (made.name, made.number) == ("Riverbend Clinic", "C-015")
    [person] = made.contacts
    assert (person.name, person.phone) == ("Ana Ruiz", "(937) 555-0188")
    [site] = sites.sites(desk.store, made.id)
    assert (site.address, site.city) == ("12 Ferry Rd", "Dayton")
    assert drafts.get(desk.store, *DRAFT) is None
    assert front.toasts == ["Added Riverbend Clinic"]
    assert page.details.name.text() == "Riverbend Clinic"


def test_a_phone_without_a_person_is_the_customers_own(
    qtbot: QtBot, page: CustomersPage, desk: Desk
) -> None:
    page.commands["new"].trigger()
    form = page.new_form.form
    qtbot.keyClicks(form.boxes["name"].editor, "Carol Miller")
    qtbot.keyClicks(form.boxes["phone"].editor, "9375550105")
    page.pane.button.click()
    assert [each.name for each in contacts.contacts(desk.store, page.current_id())] == [
        "Carol Miller"
    ]


def test_what_is_half_typed_stays_in_the_list_as_a_draft(
    qtbot: QtBot, page: CustomersPage, desk: Desk
) -> None:
    page.commands["new"].trigger()
    qtbot.keyClicks(page.focusWidget(), "Riverb")
    assert page.leave()
    assert names(page)[0].startswith("Riverb")
    later = shown(qtbot, desk)
    later.list.choose(DRAFT_ID)
    assert later.new_form.form.boxes["name"].typed == "Riverb"
    later.new_form.form.boxes["name"].editor.setFocus()
    for _key in "Riverb":
        qtbot.keyClick(later.focusWidget(), Qt.Key.Key_Backspace)
    assert later.leave()
    assert names(later) == ["Harbor View Apartments, Priya Natarajan"]


def test_a_customer_without_a_name_is_asked_for_one(page: CustomersPage, desk: Desk) -> None:
    page.commands["new"].trigger()
    page.pane.button.click()
    assert page.new_form.form.boxes["name"].error.text() == "Write something here."
    assert len(customers.find(desk.store)) == 1


def test_an_edit_saves_when_its_box_is_left_as_one_step(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.commands["edit"].trigger()
    box = page.form.form.boxes["name"].editor
    box.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(box, "Harbor View LLC")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert customers.get(desk.store, story.customer_id).name == "Harbor View LLC"
    assert str(desk.store.next_undo()) == "Edit C-014"
    desk.store.undo()
    assert box.text() == "Harbor View Apartments"  # type: ignore[attr-defined]
    page.pane.button.click()
    assert page.details.name.text() == "Harbor View Apartments"


def test_money_and_terms_of_a_customer_are_kept(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.commands["edit"].trigger()
    form = page.form.form
    qtbot.keyClicks(form.boxes["not_to_exceed"].editor, "500")
    form.boxes["terms_days"].set_value(0)
    form.boxes["terms_days"].changed.emit()
    page.keep()
    kept = customers.get(desk.store, story.customer_id)
    assert (str(kept.not_to_exceed), kept.terms_days) == ("500.00", 0)


def test_a_person_is_added_and_mended(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.details.wants_person.emit(0)
    qtbot.keyClicks(page.pane.contact_form.first.editor, "Walt Hensley")
    page.pane.button.click()
    people = contacts.contacts(desk.store, story.customer_id)
    assert [each.name for each in people] == ["Priya Natarajan", "Walt Hensley"]
    page.details.people.opened.emit(2)
    qtbot.keyClicks(page.pane.contact_form.form.boxes["phone"].editor, "9375550118")
    page.pane.button.click()
    assert contacts.contacts(desk.store, story.customer_id)[1].phone == "(937) 555-0118"


def test_a_site_is_added_and_mended(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.details.wants_site.emit(0)
    qtbot.keyClicks(page.pane.site_form.first.editor, "1210 Riverside Dr")
    page.pane.button.click()
    page.details.sites.opened.emit(2)
    qtbot.keyClicks(page.pane.site_form.form.boxes["name"].editor, "Building B")
    page.pane.button.click()
    labels = [site.label for site in sites.sites(desk.store, story.customer_id)]
    assert labels == ["1200 Riverside Dr", "Building B"]


def test_a_code_is_masked_until_it_is_asked_for(
    page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    sites.edit_site(desk.store, story.site_id, access_notes="By the dock.", access_code="4711")
    door = page.details.door
    assert door.text() == "By the dock. Code ••••."
    page.details.show_code.click()
    assert door.text() == "By the dock. Code 4711."
    assert str(desk.store.next_undo()) == "Show the code of 1200 Riverside Dr"
    page.go_to(story.customer_id)
    page.details.show_customer(story.customer_id)
    assert "4711" not in door.text()


def test_open_work_calls_and_bills_lead_to_their_pages(
    page: CustomersPage, desk: Desk, story: build.Story, front: Front
) -> None:
    store = desk.store
    request_id = past.call(store, story, channel=Channel.PHONE)
    order_id = work_orders.add(
        store, title="Bath fan rattles", level=Level(4), customer_id=story.customer_id
    )
    bill_id = past.bill(store, story.customer_id, total=74235, sent_on=date(2026, 5, 1))
    details = page.details
    assert [each.id for each in map(details.work.list.row_of, (1, 2))] == [request_id, order_id]
    details.work.list.opened.emit(1)
    details.work.list.opened.emit(2)
    details.bills.list.opened.emit(1)
    details.lately.opened.emit(2)
    assert front.went == [
        ("requests", request_id),
        ("work_orders", order_id),
        ("invoices", bill_id),
        ("invoices", bill_id),
    ]
    row = page.model.row_at(page.model.index(0, 0))
    assert row is not None
    cell = page.model.columns[0].cell(row)
    assert isinstance(cell, Cell)
    assert (cell.right, cell.right_tone, cell.second_right) == ("$742.35", "red", "1 open")
    assert "$742.35 past due" in details.figures[1].second.text()
    assert requests.rows(store, [request_id])


def test_a_call_and_a_work_order_begin_with_the_customer(
    page: CustomersPage, story: build.Story, front: Front
) -> None:
    page.commands["log_call"].trigger()
    page.details.work._begin()
    assert front.begun == [
        ("requests", "call", {"customer_id": story.customer_id}),
        ("work_orders", "work_order", {"customer_id": story.customer_id}),
    ]


def test_the_filter_leaves_what_matches_and_escape_clears_it(
    qtbot: QtBot, page: CustomersPage, desk: Desk
) -> None:
    customers.add(desk.store, name="Bluebird Bakery")
    qtbot.keyClicks(page.filter.line, "blue")
    assert names(page) == ["Bluebird Bakery"]
    assert page.leave()
    assert len(names(page)) == 2


def test_an_archived_customer_leaves_the_page(
    qtbot: QtBot, page: CustomersPage, front: Front
) -> None:
    page.commands["archive"].trigger()
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.empty)
    assert front.toasts == ["Archived Harbor View Apartments"]


def test_a_page_that_is_not_seen_catches_up_when_it_is_shown(
    page: CustomersPage, desk: Desk
) -> None:
    page.hide()
    customers.add(desk.store, name="Aardvark")
    assert names(page) == ["Harbor View Apartments, Priya Natarajan"]
    page.show()
    page.shown()
    assert len(names(page)) == 2


def test_a_new_customer_begins_with_the_words_of_a_search(page: CustomersPage) -> None:
    page.begin("customer", words="Riverbend")
    assert page.new_form.form.boxes["name"].typed == "Riverbend"


def test_a_customer_that_undo_takes_back_is_left(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.go_to(customers.add(desk.store, name="Riverbend Clinic"))
    desk.store.undo()
    qtbot.waitUntil(lambda: page.current_id() == story.customer_id)
    page.go_to(customers.add(desk.store, name="Riverbend Clinic"))
    page.commands["edit"].trigger()
    desk.store.undo()
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.details)
    assert page.details.name.text() == "Harbor View Apartments"


def test_a_box_that_cannot_be_read_keeps_the_form_open(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.commands["edit"].trigger()
    qtbot.keyClicks(page.form.form.boxes["not_to_exceed"].editor, "12.345")
    page.pane.button.click()
    assert page.right.currentWidget() is page.pane
    assert page.form.form.boxes["not_to_exceed"].error.text()
    assert customers.get(desk.store, story.customer_id).not_to_exceed is None


def test_open_work_says_when_it_is_due_or_who_comes(
    page: CustomersPage, desk: Desk, story: build.Story, front: Front
) -> None:
    store = desk.store
    for day, title in ((10, "Late"), (28, "Later"), (14, "Planned")):
        order_id = work_orders.add(
            store,
            title=title,
            wrong=title,
            level=Level(4),
            customer_id=story.customer_id,
            site_id=story.site_id,
            due_on=date(2026, 7, day),
        )
    work_orders.approve(store, order_id)
    work_orders.schedule(
        store,
        order_id,
        technician_ids=[story.technician_id],
        planned_from=build.july(14, 8, 0),
        planned_to=build.july(14, 10, 0),
    )
    rows = page.details.work.list.rows
    told = [[str(rows.index(at, column).data()) for column in (1, 2)] for at in range(3)]
    assert told == [
        ["Late, Draft", "3 d late"],
        ["Planned, Scheduled", "tomorrow, Marco"],
        ["Later, Draft", "due Jul 28"],
    ]
    page.details.work.list.opened.emit(2)
    assert front.went == [("work_orders", order_id)]


def test_money_that_came_in_and_the_shops_prices_are_told(
    page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    store = desk.store
    always = date(2000, 1, 1)
    rates.set_rate(store, kind=RateClass.AFTER_HOURS, price=Decimal("187.5"), from_on=always)
    bill = past.bill(store, story.customer_id, total=46890, sent_on=date(2026, 5, 20))
    past.pay(store, story.customer_id, bill, amount=20000, on=date(2026, 7, 6))
    details = page.details
    lately = [str(details.lately.rows.index(at, 1).data()) for at in range(2)]
    assert lately == ["Check, 3342, $200.00", "INV-1187 sent, $468.90"]
    bills = [str(details.bills.list.rows.index(0, column).data()) for column in range(4)]
    assert bills == ["INV-1187", "sent May 20, $200.00 paid", "24 days late", "$268.90"]
    prices = [str(details.prices.rows.index(at, 0).data()) for at in range(4)]
    assert prices == [
        "Labor, $125.00 / h",
        "After hours, × 1.5",
        "Service call, $65.00",
        "Parts, list price",
    ]
