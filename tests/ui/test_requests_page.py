from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.services import requests, triage
from smallcmms.store.store import Store
from smallcmms.ui import theme
from smallcmms.ui.background import Background
from smallcmms.ui.lists.rows_view import FOLLOW_MS
from smallcmms.ui.pages.requests import RequestsPage
from smallcmms.ui.theme import Mode
from tests import ridgeline
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.at_requests import (
    PEOPLE,
    WATER,
    is_ready,
    listed,
    log,
)
from tests.ui.hands import CONTROL, KEY, Hands

Look = Callable[[QWidget, str], None]


@pytest.fixture
def request_id(store: Store, story: Story) -> int:
    return log(store, story)


@pytest.fixture
def hands(qtbot: QtBot, store: Store, request_id: int, background: Background) -> Iterator[Hands]:
    """Return the page with one request, which is shown."""
    made = Hands(qtbot, store, background, RequestsPage)
    made.until(lambda: is_ready(made.page.pane, request_id))
    yield made
    made.close()


def test_the_queue_is_worst_first_and_says_why_and_until_when(
    hands: Hands, store: Store, story: Story, clock: Clock, request_id: int
) -> None:
    log(store, story, "Lamp flickers. In the hall.", facts=[])
    log(store, story, "Water through the ceiling", facts=[WATER, PEOPLE])
    hands.until(lambda: hands.page.queue.model.rowCount() == 3)
    assert listed(hands, 0) == ["Level 1 Critical", "Level 2 High", "Level 3 Medium"]
    assert [text.split(",")[0] for text in listed(hands, 1)][2] == "Lamp flickers"
    assert listed(hands, 2) == [
        "Water escaping, Several people affected",
        "Water escaping",
        "Routine repair",
    ]
    assert listed(hands, 3) == [
        "8:10 AM, 1 h left",
        "11:10 AM, 4 h left",
        "Thu Jul 16, 3 days left",
    ]
    clock.advance(minutes=61)
    assert listed(hands, 3)[0] == "8:10 AM, 1 min late"
    assert hands.page.queue.header.count.text() == "3, worst first"
    assert request_id


def test_time_left_is_painted_again_while_it_passes(hands: Hands, clock: Clock) -> None:
    queue = hands.page.queue
    assert queue._clock.isActive()
    assert 0 < queue._clock.interval() <= 60_000
    clock.advance(minutes=10)
    assert listed(hands, 3) == ["11:10 AM, 3 h 50 min left"]


def test_the_chips_show_what_was_answered_today_and_declined(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    declined = log(store, story, "Too far")
    requests.decline(store, declined, reason="Too far away")
    triage.make_work_order(store, log(store, story, "The pump hums"))
    queue = hands.page.queue
    hands.until(lambda: queue.chips._chips["answered_today"].count == "2")
    assert [chip.count for chip in queue.chips._chips.values()] == ["1", "2", "1"]
    queue.chips._chips["declined"].click()
    hands.until(lambda: queue.model_ids() == [declined])
    hands.until(lambda: hands.page.pane.request_id == declined)
    hands.until(hands.page.pane.outcome.isVisible)
    assert listed(hands, 3) == ["Declined"]
    assert request_id


def test_an_empty_queue_says_what_will_appear(hands: Hands, store: Store, request_id: int) -> None:
    requests.cancel(store, request_id, reason="A joke")
    queue = hands.page.queue
    hands.until(queue.empty.isVisible)
    assert queue.empty.fact.text() == "No calls to triage"


def test_the_sidebar_is_told_how_many_wait_and_whether_one_is_critical(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    assert hands.page.waiting(hands.page.desk.store) == (1, False)
    log(store, story, "Water through the ceiling", facts=[WATER, PEOPLE])
    assert hands.page.waiting(hands.page.desk.store) == (2, True)
    requests.decline(store, request_id, reason="Test")
    assert hands.page.waiting(hands.page.desk.store) == (1, True)


def test_a_request_that_was_answered_is_shown_when_it_is_searched_for(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    other = log(store, story, "The pump hums")
    triage.make_work_order(store, other)
    hands.window.go("requests", other)
    hands.until(lambda: hands.page.pane.outcome.text() == "Triaged: WO-2310")
    assert hands.page.current_id() == other
    assert request_id


def test_the_next_request_is_shown_when_one_is_answered(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    other = log(store, story, "Lamp flickers", facts=[])
    hands.until(lambda: hands.page.queue.model.rowCount() == 2)
    hands.page.pane.make.click()
    hands.until(lambda: is_ready(hands.page.pane, other))
    assert requests.get(store, request_id).work_order == "WO-2310"


def test_details_follow_the_arrows(hands: Hands, store: Store, story: Story) -> None:
    other = log(store, story, "Lamp flickers", facts=[])
    hands.until(lambda: hands.page.queue.model.rowCount() == 2)
    hands.page.queue.list.setFocus()
    hands.key(KEY.Key_Down)
    hands.until(lambda: is_ready(hands.page.pane, other))
    assert FOLLOW_MS == 80


def test_ctrl_s_in_the_pane_keeps_the_note_and_logs_nothing(
    hands: Hands, store: Store, request_id: int
) -> None:
    hands.key(KEY.Key_L, held=CONTROL)
    hands.page.call.words.setFocus()
    hands.type("Something")
    hands.page.pane.facts.note.setFocus()
    hands.type("Wet vac")
    hands.key(KEY.Key_S, held=CONTROL)
    assert requests.get(store, request_id).note == "Wet vac"
    assert requests.find(store) == [request_id]


def test_f6_goes_from_the_call_to_the_queue_to_the_request_and_back(hands: Hands) -> None:
    hands.page.call.words.setFocus()
    hands.key(KEY.Key_F6)
    assert hands.focus == "Requests to triage"
    hands.key(KEY.Key_F6)
    assert hands.page.pane.isAncestorOf(hands.window.focusWidget())
    hands.window.go_round(-1)
    hands.window.go_round(-1)
    assert hands.page.call.isAncestorOf(hands.window.focusWidget())


def test_the_list_is_a_sound_model(hands: Hands, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(hands.page.queue.model)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_page_stands_beside_its_picture(  # noqa: PLR0917
    qtbot: QtBot, store: Store, background: Background, clock: Clock, look: Look, mode: Mode
) -> None:
    ridgeline.fill(store)
    clock.moment = july(14, 10, 24)
    theme.use(mode, 100)
    hands = Hands(qtbot, store, background, RequestsPage)
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("velk")
    hands.key(KEY.Key_Return)
    hands.type("Kitchen still has no hot water. Puddle by the pump is getting bigger")
    hands.key(KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Space)
    hands.until(lambda: "L2" in hands.page.call.how_bad.why.text())
    hands.until(lambda: hands.page.pane.page is not None)
    look(hands.window, f"requests-{mode.value}")
    assert hands.page.call.strip.first.text() == "Same as WO-2318?"
    for size in ((1100, 700), (1024, 640)):
        hands.window.resize(*size)
        look(hands.window, f"requests-{mode.value}-{size[0]}")
        assert hands.page.call.geometry().right() < hands.page.beside.geometry().left()
    hands.close()
