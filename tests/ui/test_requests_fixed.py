"""A call about an asset that was fixed yesterday, from the form to the queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.domain.requests import Channel, RequestStatus
from smallcmms.domain.triage import FIXED_LATELY
from smallcmms.formats import Formats
from smallcmms.services.requests import RequestRow
from smallcmms.store.store import Store
from smallcmms.ui.background import Background
from smallcmms.ui.pages.request_words import why
from smallcmms.ui.pages.requests import RequestsPage
from tests import past
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.at_requests import begin, listed, only
from tests.ui.hands import CONTROL, KEY, Hands

SUNDAY = date(2026, 7, 12)
ROW = RequestRow(
    id=1, number="R-1048", level=Level.HIGH, words="RTU-2 blowing warm again",
    customer="Oakmont Dental Group", place="Roof", level_reason=FIXED_LATELY.short,
    override_reason="", answer_by=july(13, 11, 10), received_at=july(13, 7, 10),
    channel=Channel.PHONE, status=RequestStatus.NEW, problem="No cooling",
    fixed_by="WO-2309", fixed_on=SUNDAY,
)  # fmt: skip


@pytest.fixture
def hands(qtbot: QtBot, store: Store, story: Story, background: Background) -> Iterator[Hands]:
    """Return the page of requests; the pump was fixed on Sunday, and it is Monday."""
    past.finished_work(store, story, title="Float cleaned", done_on=SUNDAY)
    made = Hands(qtbot, store, background, RequestsPage)
    yield made
    made.close()


def test_the_form_says_so_when_the_asset_is_chosen_and_the_queue_as_long_as_it_waits(
    hands: Hands, store: Store, clock: Clock
) -> None:
    begin(hands, "It hums")
    how_bad = hands.page.call.how_bad
    hands.until(lambda: "L3" in how_bad.why.text())
    hands.key(KEY.Key_Tab, KEY.Key_Space)
    hands.until(lambda: "L2" in how_bad.why.text())
    assert how_bad.why.text() == "Suggested L2: fixed yesterday by WO-2310. Answer by 11:10 AM."
    assert FIXED_LATELY.code not in how_bad.ticks
    hands.key(KEY.Key_S, held=CONTROL)
    assert only(store).row.level is Level.HIGH
    hands.until(lambda: listed(hands, 2) == ["Fixed yesterday: WO-2310"])
    rule = hands.page.pane.facts.rule
    words = "L2 by your rule “Same asset fixed in the last 14 days”. Fixed yesterday: WO-2310."
    hands.until(lambda: rule.text() == words)
    clock.moment += timedelta(days=1)
    hands.page.refresh()
    hands.until(lambda: listed(hands, 2) == ["Fixed Jul 12: WO-2310"])


@pytest.mark.parametrize(
    ("told", "first", "second", "tone"),
    [
        ({}, "Fixed yesterday: WO-2309", "No cooling", "text2"),
        ({"problem": ""}, "Fixed yesterday: WO-2309", "", "text2"),
        (
            {"level_reason": f"{FIXED_LATELY.short}, they cannot work"},
            "Fixed yesterday: WO-2309",
            "They cannot work",
            "orange",
        ),
        ({"fixed_on": None}, "Fixed in the last 14 days", "", "orange"),
        ({"level_reason": "they cannot work"}, "They cannot work", "", "orange"),
        ({"override_reason": "Second time"}, "Second time", "", "orange"),
        (
            {"status": RequestStatus.WAITING},
            "Fixed yesterday: WO-2309",
            "Waiting for an answer",
            "amber",
        ),
        ({"fixed_on": date(2026, 7, 13)}, "Fixed today: WO-2309", "No cooling", "text2"),
        ({"fixed_on": date(2025, 12, 30)}, "Fixed Dec 30, 2025: WO-2309", "No cooling", "text2"),
    ],
)
def test_the_queue_names_the_repair_and_the_problem_there_is_now(
    told: dict[str, object], first: str, second: str, tone: str
) -> None:
    said = why(replace(ROW, **told), Formats(), july(13, 7, 10))  # type: ignore[arg-type]
    assert (said.first, said.second, said.second_tone) == (first, second, tone)
