from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.services import (
    drafts,
)
from smallcmms.store.errors import DiskFull
from smallcmms.store.store import Store
from smallcmms.ui.background import Background
from smallcmms.ui.pages.requests import RequestsPage
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.at_requests import (
    WATER,
    WORDS,
    begin,
    only,
)
from tests.ui.hands import ALT, CONTROL, KEY, Hands


@pytest.fixture
def hands(qtbot: QtBot, store: Store, story: Story, background: Background) -> Iterator[Hands]:
    assert story
    made = Hands(qtbot, store, background, RequestsPage)
    yield made
    made.close()


def kept(store: Store) -> list[str]:
    """Return the words of the drafts in the file."""
    return [each.content["words"] for each in drafts.rows(store, "call")]


def test_every_key_of_a_call_is_in_the_file_before_long(hands: Hands, store: Store) -> None:
    begin(hands, "Sump")
    hands.until(lambda: kept(store) == ["Sump"])
    hands.type(" pump")
    hands.until(lambda: kept(store) == ["Sump pump"])
    assert hands.window.status.saved.text() == "Draft kept 7:10 AM"


def test_a_call_stands_in_the_form_again_after_the_program_was_killed(
    qtbot: QtBot, hands: Hands, store: Store, background: Background, clock: Clock
) -> None:
    begin(hands)
    hands.key(KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Space)
    hands.key(KEY.Key_1, held=ALT)
    hands.type("Dark")
    clock.advance(seconds=20)
    hands.until(lambda: drafts.rows(store, "call")[0].content["level_reason"] == "Dark")
    again = Hands(qtbot, store, background, RequestsPage)
    call = again.page.call
    assert call.caller.who.text == "Priya Natarajan, Harbor View Apartments"
    assert call.words.text == WORDS
    assert call.how_bad.facts == (WATER,)
    assert call.how_bad.reason.text == "Dark"
    clock.advance(minutes=30)
    call.words.setFocus()
    again.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert page.row.received_at == july(13, 7, 10)
    assert kept(store) == []
    again.close()


def test_esc_leaves_the_call_as_a_draft_in_the_list_and_enter_goes_on_with_it(
    hands: Hands, store: Store
) -> None:
    begin(hands, "Sump pump")
    hands.key(KEY.Key_Escape)
    call, queue = hands.page.call, hands.page.queue
    assert call.is_empty
    assert call.how_bad.why.text() == ""
    hands.until(lambda: queue.model.rowCount() == 1)
    assert "Sump pump" in queue.model.index(0, 1).data()
    assert queue.model.index(0, 3).data() == "Draft"
    queue.list.setFocus()
    hands.key(KEY.Key_Return)
    assert call.words.text == "Sump pump"
    hands.until(lambda: queue.model.rowCount() == 0)
    assert kept(store) == ["Sump pump"]


def test_a_draft_that_was_left_does_not_come_back_by_itself(
    qtbot: QtBot, hands: Hands, store: Store, background: Background
) -> None:
    begin(hands, "Sump pump")
    hands.key(KEY.Key_Escape)
    again = Hands(qtbot, store, background, RequestsPage)
    assert again.page.call.is_empty
    again.until(lambda: again.page.queue.model.rowCount() == 1)
    again.close()


def test_a_draft_is_thrown_away(hands: Hands, store: Store) -> None:
    begin(hands, "Sump pump")
    hands.key(KEY.Key_Escape)
    hands.until(lambda: hands.page.right.currentWidget() is hands.page.draft_pane)
    assert hands.page.draft_words.text() == "Sump pump"
    hands.page._throw_away()
    hands.until(lambda: hands.page.queue.model.rowCount() == 0)
    assert kept(store) == []


def test_another_call_begins_empty_and_the_first_is_kept(hands: Hands, store: Store) -> None:
    begin(hands, "Sump pump")
    hands.key(KEY.Key_L, held=CONTROL)
    assert hands.focus == "Who is calling"
    assert hands.page.call.words.text == ""
    assert kept(store) == ["Sump pump"]


def test_a_form_in_which_everything_was_deleted_leaves_no_draft(hands: Hands, store: Store) -> None:
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("pr")
    hands.key(KEY.Key_Backspace, KEY.Key_Backspace, KEY.Key_Escape)
    assert hands.page.call.is_empty
    hands.until(lambda: kept(store) == [])


def test_leaving_the_page_keeps_what_is_typed(hands: Hands, store: Store) -> None:
    begin(hands, "Sump")
    hands.window.go("work_orders")
    assert kept(store) == ["Sump"]
    hands.window.go("requests")
    assert hands.page.call.words.text == "Sump"


def test_a_draft_that_could_not_be_kept_is_told_and_kept_with_the_next_key(
    hands: Hands, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_told: object) -> None:
        raise DiskFull("The disk is full. Nothing was lost: what you saved is safe.")

    with monkeypatch.context() as full:
        full.setattr(drafts, "keep", refuse)
        begin(hands, "Sump")
        hands.until(hands.window.error_line.isVisible)
        hands.until(lambda: not hands.page.call._drafting._is_busy)
    hands.type(" pump")
    hands.until(lambda: kept(store) == ["Sump pump"])
