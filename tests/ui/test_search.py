"""The search in the tool row: its rows, its preview, and the keys that lead on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.services import search, work_orders
from smallcmms.services.search import PER_KIND
from smallcmms.store.store import Store
from smallcmms.ui import search_words
from smallcmms.ui.desk import Desk
from smallcmms.ui.search import SearchBox
from smallcmms.ui.search_entries import Doing, Hit
from smallcmms.ui.search_popup import SearchPopup
from smallcmms.ui.search_preview import SearchPreview
from smallcmms.ui.search_rows import EntriesModel
from tests import build

HITS = (
    Hit(
        "work_order",
        7,
        "WO-2313",
        "Replace hot-water mixing valve",
        "Harbor View",
        "scheduled",
        2,
        ("work_order", 7),
    ),
    Hit("asset", 3, "A-0132", "Mixing valve", "Basement", "", 0, ("asset", 3), "MV-A"),
    Hit(
        "sheet",
        9,
        "WO-2187",
        "…closed valve V-12…",
        "",
        "closed",
        3,
        ("work_order", 9),
        on=date(2026, 2, 11),
    ),
)


def approved(store: Store, story: build.Story) -> int:
    """Return WO-2310, to be scheduled."""
    made = work_orders.add(
        store,
        title="High-water alarm",
        wrong="Water is high",
        level=Level.HIGH,
        customer_id=story.customer_id,
        contact_id=story.contact_id,
        site_id=story.site_id,
        asset_id=story.asset_id,
        due_on=date(2026, 7, 20),
    )
    work_orders.approve(store, made)
    return made


def find(text: str) -> Sequence[Hit]:
    return [hit for hit in HITS if text in hit.title]


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def box(qtbot: QtBot) -> SearchBox:
    made = SearchBox()
    qtbot.addWidget(made)
    made.resize(440, 32)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def popup(desk: Desk, box: SearchBox, done: list[str]) -> SearchPopup:
    def doings(text: str) -> list[Doing]:
        return [Doing("Log a call", "phone", "Ctrl L", done.append, f"about “{text}”")]

    return SearchPopup(desk, box, find, doings)


def words(popup: SearchPopup) -> list[str]:
    model = popup.model
    return [model.index(at).data() for at in range(model.rowCount())]


def look_for(qtbot: QtBot, box: SearchBox, popup: SearchPopup, text: str) -> None:
    qtbot.keyClicks(box, text)
    qtbot.waitUntil(lambda: popup.isVisible() and popup.model.text == text)


def test_what_is_found_stands_in_groups_with_the_first_chosen(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup, qtmodeltester: ModelTester
) -> None:
    look_for(qtbot, box, popup, "valve")
    assert words(popup) == [
        "Work orders 1",
        "WO-2313 Replace hot-water mixing valve Harbor View Scheduled",
        "Assets 1",
        "MV-A Mixing valve A-0132, Basement",
        "Written on sheets 1",
        "“…closed valve V-12…” WO-2187, Feb 11",
        "Do",
        "Log a call about “valve”",
    ]
    assert popup.preview.title.text() == "Replace hot-water mixing valve"
    qtmodeltester.check(popup.model)
    assert not popup.grab().toImage().isNull()


def test_enter_opens_the_chosen_record(qtbot: QtBot, box: SearchBox, popup: SearchPopup) -> None:
    look_for(qtbot, box, popup, "valve")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.opened) as opened:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert opened.args == ["work_order", 9]
    assert not popup.isVisible()
    assert not box.text()


def test_up_from_the_first_row_comes_to_the_last_which_does_something(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup, done: list[str]
) -> None:
    look_for(qtbot, box, popup, "valve")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert popup.preview.title.text() == "Log a call about “valve”"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert done == ["valve"]


def test_a_click_opens_a_row_but_not_a_title(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup
) -> None:
    look_for(qtbot, box, popup, "valve")
    opened: list[tuple[str, int]] = []
    popup.opened.connect(lambda kind, record_id: opened.append((kind, record_id)))
    for at in (0, 3):
        popup.list.clicked.emit(popup.model.index(at))
    assert opened == [("asset", 3)]


def test_esc_and_an_empty_box_close_the_rows(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup
) -> None:
    look_for(qtbot, box, popup, "v")
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not popup.isVisible())
    look_for(qtbot, box, popup, "v")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_after_a_greater_sign_only_commands_are_offered(
    qtbot: QtBot, box: SearchBox, popup: SearchPopup
) -> None:
    look_for(qtbot, box, popup, ">valve")
    assert words(popup) == ["Do", "Log a call about “>valve”"]


@pytest.fixture
def whole(
    desk: Desk, box: SearchBox, done: list[str]
) -> tuple[SearchPopup, dict[str, list[object]]]:
    """Return the popup over the file itself, and what it tells when its keys are pressed."""
    store, told = desk.store, dict[str, list[object]]()
    popup = SearchPopup(desk, box, partial(search.find, store), lambda _text: [])
    for name in ("printed", "copied", "opened"):
        signal = getattr(popup, name)
        signal.connect(lambda *values, name=name: told.setdefault(name, []).extend(values))
    assert done == []
    return popup, told


def preview_of(qtbot: QtBot, box: SearchBox, popup: SearchPopup, text: str) -> SearchPreview:
    look_for(qtbot, box, popup, text)
    qtbot.waitUntil(popup.preview.rule.isVisible)
    return popup.preview


def test_the_chosen_job_is_told_of_and_its_keys_work(
    qtbot: QtBot,
    store: Store,
    story: build.Story,
    box: SearchBox,
    whole: tuple[SearchPopup, dict[str, list[object]]],
) -> None:
    popup, told = whole
    job = approved(store, story)
    preview = preview_of(qtbot, box, popup, "2310")
    said = [label.text() for label in preview.facts.findChildren(QLabel)]
    assert "SP-A, A-0133" in [link.text() for link in preview.facts.findChildren(QPushButton)]
    assert (said[0], preview.number.text()) == ("Due", "WO-2310")
    assert preview.second.text().endswith("Priya Natarajan, (937) 555-0117")
    qtbot.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "(937) 555-0117"
    qtbot.keyClick(box, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert told == {"copied": ["(937) 555-0117"], "printed": [job]}
    assert not popup.isVisible()


def test_marked_words_are_copied_rather_than_the_phone_number(
    qtbot: QtBot,
    story: build.Story,
    box: SearchBox,
    whole: tuple[SearchPopup, dict[str, list[object]]],
) -> None:
    assert story
    preview_of(qtbot, box, whole[0], "priya")
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert (QApplication.clipboard().text(), whole[1]) == ("priya", {})


def test_a_link_of_the_preview_leads_to_its_record(
    qtbot: QtBot,
    store: Store,
    story: build.Story,
    box: SearchBox,
    whole: tuple[SearchPopup, dict[str, list[object]]],
) -> None:
    popup, told = whole
    job = approved(store, story)
    preview = preview_of(qtbot, box, popup, "A-0133")
    [link] = preview.facts.findChildren(QPushButton)
    assert link.accessibleName().startswith("WO-2310")
    link.click()
    assert told == {"opened": ["work_order", job]}


def test_where_nothing_is_found_nothing_old_is_told(
    qtbot: QtBot,
    story: build.Story,
    box: SearchBox,
    whole: tuple[SearchPopup, dict[str, list[object]]],
) -> None:
    assert story
    preview = preview_of(qtbot, box, whole[0], "marco")
    box.clear()
    look_for(qtbot, box, whole[0], "zz")
    assert (preview.title.text(), preview.rule.isVisible()) == ("Nothing found", False)


def test_more_than_fit_are_told_as_the_first_ones(desk: Desk) -> None:
    model = EntriesModel(desk, desk.background)
    model.show_hits("mixing", [replace(HITS[1], id=at) for at in range(7)], ())
    assert model.rowCount() == 1 + PER_KIND
    assert model.index(0).data() == "Assets first 5"


@pytest.mark.parametrize(
    ("hit", "words"),
    [
        (Hit("part", 1, "BV-1", "Ball valve", "", "", 0, ("part", 1), free=Decimal(9)), "9 free"),
        (replace(HITS[0], on=date(2026, 3, 3)), "paid Mar 3"),
        (Hit("contact", 1, "555-0117", "Priya", "", "", 0, ("customer", 1)), "555-0117"),
        (HITS[0], "Scheduled"),
        (HITS[2], ""),
    ],
)
def test_at_the_right_of_a_row_stands_how_it_stands(desk: Desk, hit: Hit, words: str) -> None:
    assert search_words.right(hit, desk.formats, date(2026, 7, 14))[0] == words
