"""Follow-ups on Today and in the settings, and the folder of the sensors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from smallcmms.domain.levels import Level
from smallcmms.services import certificates, contact_log, follow_ups, meters, sensor_folder
from smallcmms.services import work_orders as orders
from smallcmms.services.today import Name
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.follow_ups import FollowUpsForm
from smallcmms.ui.pages.today import TodayPage
from smallcmms.ui.sensor_watch import SensorWatch
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.conftest import Answers, Front


@pytest.fixture
def story(desk: Desk, clock: Clock, story: Story) -> Story:
    clock.moment = july(14, 10, 24)
    certificates.add(desk.store, story.technician_id, kind="EPA 608", expires_on=date(2026, 8, 1))
    order = orders.add(
        desk.store, title="Bath fan", wrong="It rattles", level=Level.LOW,
        customer_id=story.customer_id, site_id=story.site_id,
    )  # fmt: skip
    orders.cancel(desk.store, order, reason="Too dear")
    follow_ups.notice(desk.store)
    return story


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: Story) -> TodayPage:
    assert story.asset_id
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1240, 780)
    with qtbot.waitSignal(made.filled):
        made.show()
        made.refresh()
    return made


def shown(page: TodayPage) -> list[tuple[str, str]]:
    rows = page.groups[Name.FOLLOW_UP].list
    return [
        (rows.row_of(place).cell.first, rows.row_of(place).cell.button or "")
        for place in range(1, (page.page.follow_up.count if page.page else 0) + 1)
    ]


def test_what_is_to_be_followed_up_stands_on_today(
    qtbot: QtBot, page: TodayPage, front: Front, story: Story
) -> None:
    assert shown(page) == [
        ("Cancelled: Bath fan", "Log call"),
        ("EPA 608 of Marco Reyes expires Aug 1, 2026", "Done"),
    ]
    group = page.groups[Name.FOLLOW_UP]
    group.list.row_of(1).press()
    form = page.follow_ups.form
    assert form.isVisible()
    form.outcome.set_value("Asks again in spring")
    with qtbot.waitSignal(page.filled):
        form.do.click()
    assert not form.isVisible()
    assert [first for first, _button in shown(page)] == [
        "EPA 608 of Marco Reyes expires Aug 1, 2026"
    ]
    [talk] = contact_log.rows(page.desk.store, story.customer_id)
    assert (talk.said, front.toasts[-1]) == ("Asks again in spring", "Followed up")


def test_one_is_put_off_and_gone_until_then(qtbot: QtBot, page: TodayPage) -> None:
    page.groups[Name.FOLLOW_UP].list.row_of(2).press()
    form = page.follow_ups.form
    form.put_off.click()
    assert form.isVisible()
    form.until.set_value(date(2026, 7, 20))
    with qtbot.waitSignal(page.filled):
        form.put_off.click()
    assert len(shown(page)) == 1


def put(folder: Path, desk: Desk, story: Story) -> None:
    meters.add(desk.store, story.asset_id, name="Current", sensor="I1", high=Decimal(9))
    path = folder / "pump.csv"
    path.write_text("Sensor,Date,Value\nI1,2026-07-12,8\n", "utf-8")


def test_the_folder_of_the_sensors_is_chosen_in_the_settings(
    qtbot: QtBot, desk: Desk, story: Story, tmp_path: Path
) -> None:
    put(tmp_path, desk, story)
    form = FollowUpsForm(desk)
    qtbot.addWidget(form)
    form.refresh()
    assert form.lead.value == Decimal(30)
    assert isinstance(desk.ask, Answers)
    desk.ask.path = tmp_path
    form.choose.click()
    qtbot.waitUntil(lambda: bool(form.told.text()))
    assert sensor_folder.chosen(desk.store) == str(tmp_path)
    form.forget.click()
    assert form.folder.text() == "No folder is chosen."


@pytest.mark.usefixtures("story")
def test_the_folder_is_looked_into_while_the_program_runs(
    qtbot: QtBot, desk: Desk, front: Front, tmp_path: Path
) -> None:
    watch = SensorWatch(desk.store, desk.background, desk.front, desk.relay)
    gone = tmp_path / "gone"
    gone.mkdir()
    sensor_folder.choose(desk.store, str(gone))
    gone.rmdir()
    for _turn in range(2):
        watch.look()
        qtbot.waitUntil(lambda: not desk.background.is_busy)
    assert len(front.notes) == 1
    assert "cannot be read" in front.notes[0]
    watch.begin()
    watch.end()
