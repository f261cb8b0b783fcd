from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.tag_messages import SecondCode
from smallcmms.services import assets, shop, tag_printing
from smallcmms.services.tag_printing import Habits, habits, wanting
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.tags import PrintTags
from tests import build
from tests.ui.conftest import Answers, Front


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, story: build.Story, ask: Answers, tmp_path: Path) -> PrintTags:
    ask.path = tmp_path / "tags.pdf"
    made = PrintTags(desk)
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.show_tags([story.asset_id])
    return made


def type_into(qtbot: QtBot, box: QWidget, text: str) -> None:
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)


def choose(pane: PrintTags, sheet: str) -> None:
    combo = pane.choices.sheet.combo
    at = list(pane.choices._sheets).index(sheet)
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def page_size(path: Path | None) -> tuple[int, int]:
    document = pypdfium2.PdfDocument(path)
    wide, high = document[0].get_size()
    document.close()
    return round(wide * 25.4 / 72), round(high * 25.4 / 72)


def test_a_printed_tag_moves_the_first_label_on(
    pane: PrintTags, desk: Desk, ask: Answers, front: Front, story: build.Story
) -> None:
    tag_printing.remember(desk.store, Habits(start_at=30))
    pane.show_tags([story.asset_id])
    assert pane.choices.start.value == 30
    assert pane.preview.pages == 1
    assert list(wanting(desk.store, is_untagged=True)) == [story.asset_id]
    pane.print_button.click()
    assert front.toasts == ["Printed 1 tag"]
    assert ask.path is not None
    assert ask.path.stat().st_size > 1000
    assert habits(desk.store).start_at == 1
    assert list(wanting(desk.store, is_untagged=True)) == []


def test_tags_that_are_not_printed_stay(
    qtbot: QtBot, pane: PrintTags, desk: Desk, ask: Answers, story: build.Story
) -> None:
    ask.says = False
    pane.print_button.click()
    assert list(wanting(desk.store, is_untagged=True)) == [story.asset_id]
    type_into(qtbot, pane.choices.start.editor, "7")
    with qtbot.waitSignal(pane.closed):
        pane.close_form()
    assert habits(desk.store).start_at == 7


def test_tags_are_saved_nudged_from_the_label_that_was_typed(
    qtbot: QtBot, pane: PrintTags, desk: Desk, ask: Answers
) -> None:
    type_into(qtbot, pane.choices.start.editor, "31")
    assert pane.choices.hint.text() == "The sheet has labels 1 to 30."
    type_into(qtbot, pane.choices.start.editor, "x")
    assert pane.choices.hint.text() == "Write a number, for example 4."
    type_into(qtbot, pane.choices.start.editor, "4")
    type_into(qtbot, pane.choices.right.editor, "0.5")
    type_into(qtbot, pane.choices.down.editor, "-0.3")
    pane.save_sheet()
    assert ask.path is not None
    assert ask.path.read_bytes().startswith(b"%PDF")
    kept = habits(desk.store)
    assert (kept.start_at, kept.nudge_x_mm, kept.nudge_y_mm) == (5, Decimal("0.5"), Decimal("-0.3"))


def test_each_sheet_has_its_own_place_and_nudge(pane: PrintTags, desk: Desk) -> None:
    tag_printing.remember(desk.store, Habits(sheet="22806", start_at=5, nudge_y_mm=Decimal("1.2")))
    choose(pane, "22806")
    assert (pane.choices.start.value, pane.choices.down.value) == (5, Decimal("1.2"))
    assert "Check this sheet with a test page" in pane.choices.hint.text()
    choose(pane, "5160")
    assert (pane.choices.start.value, pane.choices.down.value) == (1, 0)


def test_a_tape_is_cut_to_the_length_that_is_asked_for(
    qtbot: QtBot, pane: PrintTags, ask: Answers, front: Front
) -> None:
    choose(pane, "brother-tape-29")
    assert pane.choices.length.isVisible()
    assert not pane.choices.start.isVisible()
    type_into(qtbot, pane.choices.length.editor, "5")
    assert pane.choices.hint.text() == "A label is 10 to 300 mm long."
    type_into(qtbot, pane.choices.length.editor, "55")
    pane.print_button.click()
    assert front.toasts == ["Printed 1 tag"]
    assert page_size(ask.path) == (29, 55)


def test_a_label_lying_on_its_side_is_printed_on_paper_of_its_size(
    pane: PrintTags, ask: Answers
) -> None:
    choose(pane, "brother-62x29")
    pane.print_button.click()
    assert page_size(ask.path) == (62, 29)


def test_the_tags_of_the_place_and_the_site_are_one_choice_away(
    qtbot: QtBot, pane: PrintTags, desk: Desk, story: build.Story
) -> None:
    assets.add(desk.store, site_id=story.site_id, name="Fan", place="Roof")
    keys = pane.choices.whose._keys
    assert keys == ["given", "place", "site", "untagged"]
    counts = {key: len(pane.choices._which[str(key)]()) for key in keys}
    assert counts == {"given": 1, "place": 1, "site": 2, "untagged": 2}
    pane.choices.whose.combo.setCurrentIndex(2)
    pane.choices.whose.combo.activated.emit(2)
    qtbot.waitUntil(lambda: pane.header.title.text() == "Print 2 tags")


def test_a_second_code_needs_an_address_and_room(pane: PrintTags, desk: Desk) -> None:
    shop.edit(desk.store, email="")
    pane.choices.second.combo.setCurrentIndex(1)
    pane.choices.second.combo.activated.emit(1)
    assert pane.choices.hint.text() == "The shop has no e-mail address yet. Write it in Settings."
    shop.edit(desk.store, email="service@ridgeline.example")
    choose(pane, "5160")
    assert "page" in pane.choices.hint.text()
    choose(pane, "5167")
    assert pane.choices.hint.text() == "A label of Avery 5167 has no room for a second code."
    pane.close_form()
    assert habits(desk.store).second is SecondCode.EMAIL


def test_a_test_page_is_printed_and_counts_for_nothing(
    pane: PrintTags, desk: Desk, front: Front, story: build.Story
) -> None:
    pane.test_button.click()
    assert front.toasts == ["Printed the test page. Hold it and a label sheet against the light."]
    assert list(wanting(desk.store, is_untagged=True)) == [story.asset_id]


def test_many_tags_are_drawn_in_the_background(
    qtbot: QtBot, pane: PrintTags, desk: Desk, front: Front, story: build.Story
) -> None:
    many = [assets.add(desk.store, site_id=story.site_id, name="Valve") for _ in range(95)]
    pane.show_tags(many)
    assert pane.preview.pages == 1
    pane.save_sheet()
    assert not front.toasts
    qtbot.waitUntil(lambda: front.toasts == ["Saved tags.pdf"])
    assert habits(desk.store).start_at == 6
    assert len(pypdfium2.PdfDocument(desk.ask.path)) == 4  # type: ignore[attr-defined]


def test_the_pane_can_be_looked_at(pane: PrintTags, look: Callable[[QWidget, str], None]) -> None:
    assert pane.choices.full.text() == "Print at 100 % (actual size), never “fit to page”."
    look(pane, "print-tags")
