"""The page of PM schedules: the list, the editor, the next dates, what is made, paused, skipped."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.meters import MeterKind
from smallcmms.domain.pm import Landing, Timing
from smallcmms.services import drafts, job_templates, meters, pm, pm_pages, pm_schedules
from smallcmms.services.pm_pages import PmPage
from smallcmms.store.store import Store
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.pm_schedule import DRAFT
from smallcmms.ui.pages.pm_list import DRAFT_ID
from smallcmms.ui.pages.pm_schedules import PmSchedulesPage
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.conftest import Front

SUMMER = [4, 5, 6, 7, 8, 9, 10]


@pytest.fixture(autouse=True)
def now(clock: Clock) -> None:
    clock.moment = july(14, 10, 24)


@pytest.fixture
def schedule_id(store: Store, story: Story) -> int:
    return add(store, story)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, schedule_id: int) -> PmSchedulesPage:
    return opened(qtbot, desk, schedule_id)


def add(store: Store, story: Story, **fields: Any) -> int:
    facts = {
        "name": "Sump pump, monthly",
        "site_id": story.site_id,
        "asset_ids": [story.asset_id],
        "every": 2,
        "timing": Timing.FLOATING,
        "anchor_on": date(2026, 7, 20),
        "technician_id": story.technician_id,
    }
    return pm_schedules.add(store, **{**facts, **fields})


def opened(qtbot: QtBot, desk: Desk, schedule_id: int) -> PmSchedulesPage:
    page = PmSchedulesPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 720)
    with qtbot.waitExposed(page):
        page.show()
    page.shown()
    if schedule_id:
        page.go_to(schedule_id)
        qtbot.waitUntil(lambda: page.list.rows.chosen_id == schedule_id)
    return page


def stands(page: PmSchedulesPage) -> PmPage:
    return pm_pages.get(page.desk.store, page.current_id())


def test_the_rule_is_one_plain_sentence(page: PmSchedulesPage) -> None:
    assert page.details.name.text() == "Sump pump, monthly"
    assert page.details.sentence.text() == "2 months after the last one."
    assert page.details.switch.isChecked()


def test_the_list_says_how_often_and_how_it_stands(page: PmSchedulesPage, store: Store) -> None:
    row = pm_pages.rows(store, [page.current_id()])[page.current_id()]
    assert page.list._how_often(row).first == "Every 2 months"
    assert page.list._state(row).right == "WO on Jul 13"
    pm.generate(store)
    row = pm_pages.rows(store, [page.current_id()])[page.current_id()]
    assert page.list._state(row).right == "WO-2310 made"


def test_next_dates_strike_what_is_out_of_season(
    page: PmSchedulesPage, store: Store, qtbot: QtBot
) -> None:
    pm_schedules.edit(store, page.current_id(), season=SUMMER, landing=Landing.BEFORE)
    qtbot.waitUntil(lambda: len(page.details.dates.words) == 7)
    assert page.details.dates.words[1:4] == [
        "Fri Sep 18, 2026, Sep 20 is a Sunday, work order Sep 11",
        "Wed Nov 18, 2026, skipped, out of season, skipped",
        "Thu Apr 1, 2027, the season opens, work order Mar 25",
    ]


def test_a_box_that_is_left_is_saved_and_undo_takes_it_back(
    page: PmSchedulesPage, store: Store
) -> None:
    box = page.details.form.rule.every
    box.line.setText("3")
    box.line.textEdited.emit("3")
    page.keep()
    assert stands(page).rule.every == 3
    store.undo()
    assert stands(page).rule.every == 2


def test_a_month_is_turned_off_with_a_click(page: PmSchedulesPage) -> None:
    page.details.form.rule.months.row.toggles[0].click()
    assert stands(page).rule.season == tuple(range(2, 13))


def test_a_meter_is_added_to_the_calendar(
    qtbot: QtBot, desk: Desk, store: Store, story: Story, schedule_id: int
) -> None:
    meter = meters.add(store, story.asset_id, name="Run hours", unit="h", kind=MeterKind.CUMULATIVE)
    for on, value in ((date(2026, 6, 14), 5900), (date(2026, 7, 12), 6052)):
        meters.log(store, meter, value=Decimal(value), read_on=on)
    page = opened(qtbot, desk, schedule_id)
    rule = page.details.form.rule
    rule.has_meter.tick.click()
    rule.meter_every.line.setText("500")
    rule.meter_every.line.textEdited.emit("500")
    page.keep()
    assert stands(page).rule.meter_every == 500
    assert page.details.sentence.text().endswith("or every 500 run hours, whichever is first.")
    assert rule.reading.text() == "Now 6,052 h (Jul 12), about 38 h a week."
    assert page.details.dates.note.text().endswith("so the calendar comes first.")


def test_neither_calendar_nor_meter_is_refused_beside_the_box(page: PmSchedulesPage) -> None:
    box = page.details.form.rule.has_every
    box.tick.setChecked(False)
    box.changed.emit()
    with pytest.raises(RuleBroken) as refused:
        page.details.form.form.keep()
    assert refused.value.field == "every"
    assert stands(page).rule.every == 2


def test_days_off_are_read_as_they_are_typed(page: PmSchedulesPage) -> None:
    form = page.details.form
    form.form.boxes["blackouts"].text_edit.setPlainText("Dec 20 to Jan 2, 2027")  # type: ignore[attr-defined]
    page.keep()
    assert stands(page).blackouts == ((date(2026, 12, 20), date(2027, 1, 2)),)


def test_ctrl_enter_makes_the_work_order_now(page: PmSchedulesPage, front: Front) -> None:
    button = page.primary(page.list.rows)
    assert button is not None
    button.click()
    assert front.toasts == ["WO-2310 made"]
    assert page.details.dates.words[0].startswith("Mon Jul 20, 2026, WO-2310, to schedule")


def test_it_is_paused_with_a_reason_and_turned_on_again(page: PmSchedulesPage) -> None:
    page.details.switch.click()
    assert not stands(page).is_paused
    page.details.asking.reason.set_value("Building works")
    page.details.asking.answer()
    assert (stands(page).is_paused, page.details.on.text()) == (True, "Paused: Building works")
    page.details.switch.click()
    assert (stands(page).is_paused, page.details.on.text()) == (False, "On")


def test_a_date_is_skipped_with_a_reason(page: PmSchedulesPage) -> None:
    page.skip_next()
    page.details.asking.reason.set_value("They are on holiday")
    page.details.asking.answer()
    past = page.details.past.row_of(1)
    assert (past.reason, past.due_on) == ("They are on holiday", date(2026, 7, 20))


def test_copy_begins_another_one_that_rests(page: PmSchedulesPage) -> None:
    page.copy()
    assert (page.details.number.text(), stands(page).is_paused) == ("PM-002", True)
    page.end_schedule()
    assert len(pm_schedules.find(page.desk.store)) == 1


def test_check_now_tells_what_it_found(page: PmSchedulesPage, front: Front, qtbot: QtBot) -> None:
    page.check_now()
    qtbot.waitUntil(lambda: bool(front.toasts))
    assert front.toasts == ["1 due, 1 work order made: WO-2310"]
    assert page.checked.text() == "Checked at 10:24 AM: 1 due, 1 work order made: WO-2310"


def test_a_clock_that_jumped_is_asked_about_once(
    page: PmSchedulesPage, front: Front, qtbot: QtBot, clock: Clock
) -> None:
    pm.generate(page.desk.store)
    clock.advance(days=400)
    page.check_now()
    qtbot.waitUntil(page.details.asking.isVisible)
    assert "Aug 18, 2027" in page.details.asking.why.text()
    page.details.asking.answer()
    assert front.toasts[-1].startswith("Away 400 days") or front.toasts[-1] == "Nothing new is due."


def test_a_new_one_is_a_draft_from_the_first_key(
    page: PmSchedulesPage, store: Store, story: Story, qtbot: QtBot
) -> None:
    page.new()
    form = page.new_form
    form.work.name.line.setText("Pump, yearly")
    form.work.name.line.textEdited.emit("Pump, yearly")
    assert page.leave()
    assert (drafts.get(store, *DRAFT) or {})["name"] == "Pump, yearly"
    qtbot.waitUntil(lambda: page.list.model.id_at(page.list.model.index(0, 0)) == DRAFT_ID)
    page.list.rows.choose(DRAFT_ID)
    assert form.work.name.text == "Pump, yearly"
    form.work.assets.take_in(story.asset_id, "SP-A")
    form.rule.every.set_value(1)
    page.pane.button.click()
    made = stands(page)
    assert (made.name, made.rule.every, made.lead_days) == ("Pump, yearly", 1, 7)
    assert drafts.get(store, *DRAFT) is None


def test_a_new_one_without_an_asset_is_refused(page: PmSchedulesPage) -> None:
    page.new()
    page.new_form.work.name.set_value("Something")
    page.new_form.rule.every.set_value(1)
    with pytest.raises(RuleBroken) as refused:
        page.new_form.make()
    assert refused.value.field == "assets"


def test_parts_are_those_of_the_checklist(
    page: PmSchedulesPage, store: Store, story: Story
) -> None:
    pm_schedules.edit(store, page.current_id(), job_template_id=story.template_id)
    [part, *_more] = job_templates.get(store, story.template_id).parts
    words = [each.text() for each in page.details.form.work.parts._pieces]  # type: ignore[attr-defined]
    assert words[0].endswith(part.number)


def test_filter_and_chips_narrow_the_list(
    page: PmSchedulesPage, store: Store, story: Story, qtbot: QtBot, clock: Clock
) -> None:
    add(store, story, name="Boiler, yearly", anchor_on=date(2026, 12, 1))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 2)
    page.list.filter.put_back("boiler")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    assert page.leave()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 2)
    clock.moment += timedelta(days=10)
    page.chips.set_value("late")
    page.refresh()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
