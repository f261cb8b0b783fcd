from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from smallcmms.domain.contact_log import Way
from smallcmms.services import contact_log, contacts, customers, locations, sites
from smallcmms.services.customers import NewContact
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.customers import CustomersPage
from tests import build, past
from tests.ui.conftest import Front
from tests.ui.turns import pass_turns


def unheard(page: CustomersPage) -> None:
    """Let nobody hear of the last choice: it is told 80 ms later, when the file may be closed."""
    page.list.chosen.disconnect()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: build.Story) -> CustomersPage:
    assert story
    page = CustomersPage(desk)
    qtbot.addWidget(page, before_close_func=unheard)
    page.resize(1230, 780)
    page.show()
    page.shown()
    qtbot.waitExposed(page)
    pass_turns()
    return page


def again(desk: Desk) -> int:
    person = NewContact(name="Priya Natarajan", phone="9375550117")
    return customers.add(desk.store, name="Harbor View Apts", contact=person)


def test_a_talk_is_written_down_with_whom_and_put_right_later(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.commands["write_down"].trigger()
    form = page.pane.talk_form
    qtbot.keyClicks(page.focusWidget(), "Friday is fine")
    form.who.set_value(story.contact_id)
    form.clock.set_value(None)
    qtbot.keyClicks(form.clock.editor, "6:30")
    page.pane.button.click()
    [entry] = contact_log.rows(desk.store, story.customer_id)
    assert (entry.said, entry.who, entry.how) == (
        "Friday is fine",
        "Priya Natarajan",
        Way.THEY_CALLED,
    )
    assert desk.formats.time(entry.happened_at).startswith("6:30")
    words = str(page.details.lately.rows.index(0, 1).data())
    assert words == "Priya Natarajan: Friday is fine"
    page.details.lately.opened.emit(1)
    qtbot.keyClicks(form.first.editor, "Or ")
    page.pane.button.click()
    assert contact_log.rows(desk.store, story.customer_id)[0].said == "Or Friday is fine"


def test_a_customer_is_merged_into_the_one_that_is_like_it(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story, front: Front
) -> None:
    twice = again(desk)
    page.go_to(twice)
    page.commands["merge"].trigger()
    form = page.pane.merge_form
    qtbot.waitUntil(lambda: form.options.value == story.customer_id)
    page.pane.button.click()
    assert page.current_id() == story.customer_id
    assert front.toasts == ["Merged into Harbor View Apartments"]
    page.details.show_customer(twice)
    assert "Merged into Harbor View Apartments" in page.details.strip.first.text()
    page.go_to(twice)
    assert page.current_id() == story.customer_id


def test_customers_that_are_twice_there_stand_in_pairs(
    qtbot: QtBot, page: CustomersPage, desk: Desk
) -> None:
    again(desk)
    page.commands["show_twice"].trigger()
    qtbot.waitUntil(lambda: page.foot.text() == "1 pair")
    told = [str(page.model.index(at, 0).data()) for at in range(page.model.rowCount())]
    assert told[0].startswith("same phone, name like it")
    assert len(told) == 3
    page.commands["show_all"].trigger()
    assert page.foot.text() == "2 customers, 1 site"


def test_an_archived_customer_is_found_and_brought_back(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story, front: Front
) -> None:
    page.commands["archive"].trigger()
    page.commands["show_archived"].trigger()
    qtbot.waitUntil(lambda: page.current_id() == story.customer_id)
    assert page.details.strip.isVisible()
    assert not page.commands["archive"].isVisible()
    page.commands["bring_back"].trigger()
    assert page.current_id() == story.customer_id
    assert page.details.strip.isHidden()
    assert list(customers.find(desk.store)) == [story.customer_id]
    assert front.toasts[-1] == "Brought back Harbor View Apartments"


def test_the_places_of_a_site_are_added_moved_and_put_away(
    qtbot: QtBot, page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.details.wants_site.emit(story.site_id)
    block = page.pane.site_form.places
    qtbot.keyClicks(block.new.editor, "Building B > Roof")
    qtbot.keyClick(block.new.editor, Qt.Key.Key_Return)
    names = [place.path for place in locations.tree(desk.store, story.site_id)]
    assert names == ["Building A", "Building A › Basement", "Building B", "Building B › Roof"]
    roof = block.list.chosen_id
    block.name.set_value("Attic")
    block.around.set_value(locations.tree(desk.store, story.site_id)[0].id)
    block.rename.click()
    assert "Building A › Attic" in {each.path for each in locations.tree(desk.store, story.site_id)}
    block.list.choose(roof)
    block.put_away.click()
    assert roof not in {each.id for each in locations.tree(desk.store, story.site_id)}
    block.archived.click()
    block.list.choose(roof)
    block.bring_back.click()
    assert roof in {each.id for each in locations.tree(desk.store, story.site_id)}


def test_a_person_and_a_site_are_put_away_and_come_back(
    page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    page.details.wants_person.emit(story.contact_id)
    page.pane.contact_form.archive.click()
    page.details.wants_site.emit(story.site_id)
    page.pane.site_form.archive.click()
    assert contacts.contacts(desk.store, story.customer_id) == []
    assert sites.sites(desk.store, story.customer_id) == []
    page.commands["edit"].trigger()
    page.form.gone.opened.emit(2)
    page.form.gone.opened.emit(1)
    assert len(contacts.contacts(desk.store, story.customer_id)) == 1
    assert len(sites.sites(desk.store, story.customer_id)) == 1
    assert page.form.gone.isHidden()


def test_a_new_customer_that_is_there_already_is_pointed_at(
    qtbot: QtBot, page: CustomersPage, front: Front, story: build.Story
) -> None:
    page.commands["new"].trigger()
    qtbot.keyClicks(page.focusWidget(), "Harbor View Apts")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(page.new_form.strip.isVisible)
    assert "C-014" in page.new_form.strip.first.text()
    page.new_form.there.click()
    assert front.went == [("customers", story.customer_id)]


def test_a_payment_begins_with_the_bill_that_was_due_first(
    page: CustomersPage, desk: Desk, story: build.Story, front: Front
) -> None:
    assert page.details.bills.isHidden()
    assert not page.commands["take_payment"].isEnabled()
    past.bill(desk.store, story.customer_id, total=100, sent_on=date(2026, 7, 1))
    first = past.bill(desk.store, story.customer_id, total=100, sent_on=date(2026, 5, 1))
    page.details.bills.pay.click()
    page.commands["take_payment"].trigger()
    assert front.begun == 2 * [("invoices", "payment", {"invoice_id": first})]


def test_a_kept_access_code_is_masked_in_its_form(
    page: CustomersPage, desk: Desk, story: build.Story
) -> None:
    sites.edit_site(desk.store, story.site_id, access_code="4711#")
    page.details.wants_site.emit(story.site_id)
    code = page.pane.site_form.code.line
    assert (code.text(), "••••" in code.placeholderText()) == ("", True)
