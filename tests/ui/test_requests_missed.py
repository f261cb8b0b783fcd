from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.missed_calls import Outcome
from smallcmms.services import contact_log, missed_calls, requests
from smallcmms.store.store import Store
from smallcmms.ui.background import Background
from smallcmms.ui.pages.requests import RequestsPage
from tests.build import Story, july
from tests.ui.at_requests import only
from tests.ui.hands import CONTROL, KEY, Hands

PRIYA = "(937) 555-0117"


@pytest.fixture
def hands(qtbot: QtBot, store: Store, story: Story, background: Background) -> Iterator[Hands]:
    assert story
    missed_calls.log(store, phone=PRIYA, called_at=july(13, 6, 40))
    made = Hands(qtbot, store, background, RequestsPage)
    made.until(lambda: made.page.missed.model.rowCount() == 1)
    yield made
    made.close()


def test_the_form_tells_of_missed_calls_until_a_call_begins(hands: Hands) -> None:
    call = hands.page.call
    assert (call.missed.words, call.missed.isVisible()) == ("1 missed call", True)
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("p")
    assert not call.missed.isVisible()
    assert call.started.text() == "R-1037, started 7:10 AM"


def test_a_missed_call_goes_straight_into_the_form_and_is_returned_with_it(
    hands: Hands, store: Store, story: Story
) -> None:
    hands.page.call.missed.click()
    assert hands.page.missed.isVisible()
    hands.key(KEY.Key_Return, held=CONTROL)
    call = hands.page.call
    assert call.caller.who.text == "Priya Natarajan, Harbor View Apartments"
    assert hands.focus == "What is wrong"
    hands.type("No heat")
    hands.key(KEY.Key_S, held=CONTROL)
    assert only(store).contact_id == story.contact_id
    assert missed_calls.waiting(store) == []
    hands.until(lambda: not call.missed.isVisible())


def test_a_stranger_who_rang_is_shown_by_number(hands: Hands, store: Store) -> None:
    missed = missed_calls.log(store, phone="9375550190", name="BRANDT H", note="no heat")
    hands.window.begin("requests", "call", missed_call_id=missed)
    call = hands.page.call
    assert (call.caller.who.text, call.words.text) == ("BRANDT H, (937) 555-0190", "no heat")


def test_a_missed_call_that_is_left_half_typed_still_waits(hands: Hands, store: Store) -> None:
    [row] = missed_calls.waiting(store)
    hands.window.begin("requests", "call", missed_call_id=row.id)
    hands.type("No heat")
    subject = hands.page.call.subject
    hands.key(KEY.Key_Escape)
    assert missed_calls.count(store) == 1
    hands.page.call.go_on(subject)
    hands.key(KEY.Key_S, held=CONTROL)
    assert missed_calls.count(store) == 0
    assert requests.count(store) == 1


def test_what_was_said_goes_into_the_log_of_the_customer(
    hands: Hands, store: Store, story: Story
) -> None:
    hands.page.show_missed()
    hands.page.missed.said.setFocus()
    hands.type("Asked for the bill")
    hands.page.missed.outcomes[Outcome.SPOKE].click()
    assert missed_calls.waiting(store) == []
    [said] = contact_log.rows(store, story.customer_id)
    assert (said.said, said.contact_id) == ("Asked for the bill", story.contact_id)
    assert hands.toast == "Call from (937) 555-0117 returned"
    hands.window.undo()
    assert missed_calls.count(store) == 1


def test_who_does_not_answer_goes_on_waiting(hands: Hands, store: Store) -> None:
    hands.page.show_missed()
    hands.page.missed.outcomes[Outcome.NO_ANSWER].click()
    assert missed_calls.waiting(store)[0].tries == 1
    model = hands.page.missed.model
    hands.until(lambda: "tried" in str(model.row_at(model.index(0, 0)) and hands.page.missed._rows))


def test_a_missed_call_is_typed_in(hands: Hands, store: Store) -> None:
    hands.page.show_missed()
    hands.page.missed.phone.setFocus()
    hands.type("9375550190")
    hands.key(KEY.Key_Tab)
    hands.type("6:50")
    hands.page.missed._add()
    assert [row.phone for row in missed_calls.waiting(store)] == [PRIYA, "(937) 555-0190"]


def test_the_list_of_the_provider_is_brought_in(hands: Hands, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(
        "From,Date,Time,Result\n9375550117,7/13/2026,6:40 AM,Missed\n"
        "9375550190,7/13/2026,6:50 AM,Missed\n9375550191,7/13,x,Missed\n"
    )
    hands.page.missed.bring_in(path)
    hands.until(lambda: hands.toast)
    assert hands.toast == "1 missed call is new. 1 were here already."
    assert missed_calls.count(store) == 2


def test_escape_goes_back_to_the_call(hands: Hands) -> None:
    hands.page.show_missed()
    hands.page.missed.list.setFocus()
    hands.key(KEY.Key_Escape)
    assert hands.page.call.isVisible()
