from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.services import requests, technicians, triage, work_orders
from smallcmms.store.store import Store
from smallcmms.ui.background import Background
from smallcmms.ui.forms.visit import LATER, PICK
from smallcmms.ui.pages.requests import RequestsPage
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.at_requests import (
    WORDS,
    is_ready,
    listed,
    log,
    offered,
)
from tests.ui.hands import ALT, CONTROL, KEY, Hands

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


def test_triage_is_one_key_with_technician_time_and_template(
    hands: Hands, store: Store, request_id: int, story: Story, clock: Clock
) -> None:
    clock.moment = july(13, 7, 14)
    assert offered(hands)[0] == "Marco, today 8:00 AM 9 h free"
    assert hands.page.pane.make.words == "Make work order for Marco"
    hands.page.queue.list.setFocus()
    hands.key(KEY.Key_Return, held=CONTROL)
    page = requests.get(store, request_id)
    order = work_orders.get(store, page.work_order_id or 0)
    assert (order.number, order.status, order.level) == ("WO-2310", "scheduled", Level.HIGH)
    [visit] = order.visits
    assert (visit.planned_from, visit.planned_to) == (july(13, 8, 0), july(13, 10, 0))
    assert [worker.id for worker in visit.technicians] == [story.technician_id]
    assert len(order.tasks) == 5
    assert (len(order.parts), order.planned_minutes) == (2, 120)
    assert hands.toast == "WO-2310 made for Marco, today 8:00 AM"
    hands.until(hands.page.pane.open.isVisible)
    assert hands.page.pane.outcome.text() == "Triaged: WO-2310"
    hands.key(KEY.Key_O, held=CONTROL)
    assert hands.view is hands.window.view("work_orders")


def test_what_was_made_is_taken_back_from_the_toast(
    hands: Hands, store: Store, request_id: int
) -> None:
    hands.page.pane.make.click()
    hands.window.toasts.undo.click()
    assert requests.find(store) == [request_id]
    hands.until(hands.page.pane.make.isVisible)


def test_ctrl_enter_logs_the_call_and_once_more_makes_its_work_order(
    hands: Hands, store: Store, request_id: int
) -> None:
    requests.decline(store, request_id, reason="Test call")
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("priya")
    hands.key(KEY.Key_Return)
    hands.type(WORDS)
    hands.key(KEY.Key_Return, held=CONTROL)
    [made] = requests.find(store)
    assert hands.toast == "R-1038 logged"
    hands.until(lambda: hands.focus.startswith("Marco, today 8:00 AM"))
    assert hands.page.queue.chosen_id == made
    hands.key(KEY.Key_Return, held=CONTROL)
    assert requests.get(store, made).work_order == "WO-2310"


def test_the_pane_says_who_where_what_and_by_which_rule(hands: Hands, story: Story) -> None:
    facts = hands.page.pane.facts
    assert story.site_id
    assert facts.caller.text() == "Priya Natarajan · (937)\xa0555-0117"
    assert facts.customer.text() == "Harbor View Apartments, Property manager"
    assert facts.place.text() == "1200 Riverside Dr, Building A, Basement"
    assert facts.asset.text() == "SP-A Sump pump · A-0133"
    assert facts.words.text() == WORDS
    assert facts.rule.text() == "L2 by your rule “Water or gas escaping”."
    assert hands.page.pane.number.text() == "R-1037"


def test_open_work_at_the_site_is_named_and_opened(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    for words in ("Door squeaks", "Lamp flickers", "Fan rattles"):
        triage.make_work_order(store, log(store, story, words))
    facts = hands.page.pane.facts
    hands.until(lambda: len(facts.open_numbers) == 2 and hands.page.pane.page.open_here)
    assert facts.open_numbers == ("WO-2310", "WO-2311")
    facts.wants_work_order.emit(hands.page.pane.page.open_here[0][0])
    assert hands.view is hands.window.view("work_orders")
    assert request_id


def test_the_note_for_the_truck_saves_by_itself(
    hands: Hands, store: Store, request_id: int
) -> None:
    hands.page.pane.facts.note.setFocus()
    hands.type("Wet vac")
    hands.until(lambda: requests.get(store, request_id).note == "Wet vac")


def test_a_note_half_typed_goes_with_the_work_order(
    hands: Hands, store: Store, request_id: int
) -> None:
    hands.page.pane.facts.note.setFocus()
    hands.type("Wet vac")
    hands.key(KEY.Key_Return, held=CONTROL)
    order_id = requests.get(store, request_id).work_order_id or 0
    assert work_orders.get(store, order_id).truck_note == "Wet vac"


def test_another_time_is_typed_into_boxes(hands: Hands, store: Store, request_id: int) -> None:
    visit = hands.page.pane.visit
    visit.options._rows[1].click()
    assert visit.options.value == PICK
    assert hands.focus == "Technician"
    assert visit.begins.typed == "8:00 AM"
    visit.day.put_back("Jul 15")
    visit.begins.put_back("1")
    visit.ends.put_back("2:30")
    hands.key(KEY.Key_Return, held=CONTROL)
    order_id = requests.get(store, request_id).work_order_id or 0
    [planned] = work_orders.get(store, order_id).visits
    assert (planned.planned_from, planned.planned_to) == (july(15, 13, 0), july(15, 14, 30))


@pytest.mark.parametrize(
    ("box", "text", "words"),
    [
        ("ends", "7 AM", "The visit ends before it begins."),
        ("day", "Jul 41", "July has 31 days. Try Jul 31."),
        ("begins", "", "Write something here."),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_box(  # noqa: PLR0917
    hands: Hands, store: Store, request_id: int, box: str, text: str, words: str
) -> None:
    visit = hands.page.pane.visit
    visit.options._rows[1].click()
    getattr(visit, box).put_back(text)
    hands.page.pane.make.click()
    assert getattr(visit, box).error.text() == words
    assert requests.find(store) == [request_id]


def test_a_job_may_wait_to_be_scheduled(hands: Hands, store: Store, request_id: int) -> None:
    visit = hands.page.pane.visit
    visit.options._rows[2].click()
    assert visit.options.value == LATER
    assert hands.page.pane.make.words == "Make work order"
    hands.page.pane.make.click()
    order_id = requests.get(store, request_id).work_order_id or 0
    assert work_orders.get(store, order_id).status == "approved"
    assert hands.toast == "WO-2310 made, to schedule"


def test_more_hours_find_another_gap(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    other = log(store, story, "Boiler out", asset_id=None)
    triage.make_work_order(
        store, other, technician_ids=[story.technician_id],
        planned_from=july(13, 9, 0), planned_to=july(13, 11, 0),
    )  # fmt: skip
    hands.until(lambda: "6 h free" in offered(hands)[0])
    assert offered(hands)[0] == "Marco, today 11:00 AM 6 h free"
    visit = hands.page.pane.visit
    visit.hours.setFocus()
    visit.hours.line.selectAll()
    hands.type("1")
    hands.key(KEY.Key_Tab)
    hands.until(lambda: "8:00 AM" in offered(hands)[0])
    assert offered(hands)[0].endswith("1 h free until 9:00 AM, then Harbor View Apartments")
    assert request_id


def test_a_job_too_long_for_the_gap_in_time_is_begun_in_it(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    other = log(store, story, "Boiler out", asset_id=None)
    triage.make_work_order(
        store, other, technician_ids=[story.technician_id],
        planned_from=july(13, 9, 30), planned_to=july(13, 15, 0),
    )  # fmt: skip
    hands.until(lambda: "1.5 h free until 9:30 AM, then" in offered(hands)[0])
    visit = hands.page.pane.visit
    assert "only 1.5 h free, the job takes 2 h" in visit.reasons.text()
    assert visit.reasons.property("tone") == "amber"
    hands.page.pane.make.click()
    order = work_orders.get(store, requests.get(store, request_id).work_order_id or 0)
    [planned] = order.visits
    assert (planned.planned_from, planned.planned_to) == (july(13, 8, 0), july(13, 9, 30))
    assert order.planned_minutes == 120


def test_without_technicians_the_job_waits(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    technicians.archive(store, story.technician_id)
    hands.until(lambda: offered(hands)[0] == "Pick a time")
    hands.until(lambda: hands.page.pane.visit.options.value == LATER)
    hands.page.pane.make.click()
    assert requests.get(store, request_id).work_order == "WO-2310"


def test_declining_asks_why_in_the_pane(hands: Hands, store: Store, request_id: int) -> None:
    hands.page.commands["decline"].trigger()
    asking = hands.page.pane.asking
    assert hands.focus == "Why"
    hands.key(KEY.Key_Return, held=CONTROL)
    assert asking.reason.error.text() == "Say why."
    assert requests.find(store) == [request_id]
    asking.options._rows[1].click()
    asking.reason.setFocus()
    hands.type("40 miles")
    hands.key(KEY.Key_Return, held=CONTROL)
    page = requests.get(store, request_id)
    assert (page.row.status, page.reason) == ("declined", "Too far away: 40 miles")
    assert hands.toast == "R-1037 declined"
    hands.until(lambda: hands.page.pane.outcome.text() == "Declined")
    assert hands.page.pane.because.text() == "Too far away: 40 miles"
    assert not hands.page.pane.open.isVisible()


def test_esc_takes_a_question_back(hands: Hands, store: Store, request_id: int) -> None:
    hands.page.commands["decline"].trigger()
    hands.key(KEY.Key_Escape)
    assert hands.page.pane.make.isVisible()
    assert requests.find(store) == [request_id]


def test_a_request_is_merged_into_open_work_or_any_other(
    hands: Hands, store: Store, story: Story, request_id: int
) -> None:
    order_id = triage.make_work_order(store, log(store, story, "The pump hums"))
    hands.until(lambda: hands.page.pane.page and hands.page.pane.page.open_here)
    hands.page.commands["merge"].trigger()
    asking = hands.page.pane.asking
    assert hands.focus.startswith("WO-2310")
    asking.other.setFocus()
    hands.type("2310")
    hands.key(KEY.Key_Return)
    assert asking.options.value is None
    hands.key(KEY.Key_Return, held=CONTROL)
    page = requests.get(store, request_id)
    assert (page.row.status, page.work_order_id) == ("duplicate", order_id)
    assert hands.toast == "R-1037 added to WO-2310"


def test_merging_into_nothing_is_refused_beside_the_box(
    hands: Hands, store: Store, request_id: int
) -> None:
    hands.page.commands["merge"].trigger()
    assert hands.focus == "Another work order or request"
    hands.key(KEY.Key_Return, held=CONTROL)
    asking = hands.page.pane.asking
    assert asking.other.error.text() == "Say which request or work order it repeats."
    assert requests.find(store) == [request_id]


def test_a_request_waits_for_an_answer_and_is_taken_up(
    hands: Hands, store: Store, request_id: int
) -> None:
    hands.page.commands["wait"].trigger()
    hands.type("Which pump?")
    hands.key(KEY.Key_Return, held=CONTROL)
    assert requests.get(store, request_id).row.status == "waiting"
    hands.until(hands.page.pane.pill.isVisible)
    hands.until(lambda: "Waiting for an answer" in listed(hands, 2)[0])
    hands.page.commands["wait"].trigger()
    assert requests.get(store, request_id).row.status == "new"
    assert hands.toast == "R-1037 taken up again"


def test_a_caller_takes_a_request_back(hands: Hands, store: Store, request_id: int) -> None:
    hands.page.commands["cancel"].trigger()
    hands.type("It was the neighbour's")
    hands.key(KEY.Key_Return, held=CONTROL)
    assert requests.get(store, request_id).row.status == "cancelled"


def test_alt_and_a_number_set_the_level_of_the_request_with_a_reason(
    hands: Hands, store: Store, request_id: int
) -> None:
    hands.page.queue.list.setFocus()
    hands.key(KEY.Key_1, held=ALT)
    hands.type("Water over the switch")
    hands.key(KEY.Key_Return, held=CONTROL)
    assert requests.get(store, request_id).row.level is Level.CRITICAL
    hands.until(lambda: hands.page.pane.badge.level == 1)
    told = "L1 by you: Water over the switch. The rule “Water or gas escaping” says L2."
    assert hands.page.pane.facts.rule.text() == told
