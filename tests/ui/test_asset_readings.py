"""Readings on the page of an asset: the chart, its keys, the rows behind it, a new reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.meters import MeterKind, ReadingKind
from smallcmms.services import meters
from smallcmms.ui import theme
from smallcmms.ui.desk import Desk
from smallcmms.ui.pages.assets import AssetsPage
from smallcmms.ui.theme import Mode
from smallcmms.ui.widgets import chart
from smallcmms.ui.widgets.chart import LimitLine, LineChart, Point
from tests import build
from tests.ui.conftest import Front
from tests.ui.turns import pass_turns

Look = Callable[[QWidget, str], None]
YEAR = (
    (date(2025, 7, 15), "1.4"),
    (date(2025, 11, 14), "1.5"),
    (date(2026, 2, 11), "1.55"),
    (date(2026, 7, 2), "1.9"),
)


@pytest.fixture
def current(desk: Desk, story: build.Story) -> int:
    """Return the meter of the motor's current, read for a year."""
    high = Decimal("2.0")
    made = meters.add(desk.store, story.asset_id, name="Motor current", unit="A", high=high)
    for on, value in YEAR:
        meters.log(desk.store, made, value=Decimal(value), read_on=on)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, story: build.Story) -> AssetsPage:
    assert story
    page = AssetsPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 780)
    page.show()
    page.shown()
    qtbot.waitExposed(page)
    pass_turns()
    return page


def type_into(qtbot: QtBot, box: QWidget, text: str) -> None:
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)


@pytest.mark.parametrize(
    ("values", "marks", "places"),
    [
        (("1.4", "1.9", "2.0"), "1.2 1.4 1.6 1.8 2.0 2.2", 1),
        (("12140", "14105"), "12000 12500 13000 13500 14000 14500", 0),
        (("5", "5"), "4 6", 0),
        (("0", "0"), "0 0.5", 1),
        (("0", "99"), "0 50 100", 0),
        (("-20", "30"), "-40 -20 0 20 40", 0),
        (("0.001", "0.003"), "0.0005 0.0010 0.0015 0.0020 0.0025 0.0030 0.0035", 4),
    ],
)
def test_a_scale_has_round_marks_with_room_beyond(
    values: tuple[str, ...], marks: str, places: int
) -> None:
    made = chart.scale([Decimal(value) for value in values])
    assert made == [Decimal(mark) for mark in marks.split()]
    assert chart.places_of(made) == places


def test_the_chart_says_what_it_shows(page: AssetsPage, current: int, look: Look) -> None:
    page.refresh()
    readings = page.details.readings
    assert readings.meter is not None
    assert readings.meter.id == current
    assert readings.header.count.text() == "Motor current, A"
    words = "1.9 A on Jul 2, 2026, up from 1.4 A on Jul 15, 2025 · 4 readings"
    assert readings.sentence.text() == words
    assert readings.chart.accessibleDescription() == words
    assert readings.chart.limits == [LimitLine(Decimal("2.000"), "Limit 2.0 A")]
    look(page, "readings")
    theme.use(Mode.DARK, 150)
    look(page, "readings-dark")


def test_an_asset_without_a_meter_shows_no_readings(page: AssetsPage) -> None:
    assert page.details.readings.isHidden()
    page.commands["log_reading"].trigger()
    assert page.pane.holds(page.meter_form)


def test_arrows_go_from_point_to_point_and_enter_shows_the_rows(
    qtbot: QtBot, page: AssetsPage, current: int
) -> None:
    assert current
    page.refresh()
    readings = page.details.readings
    plot = readings.chart
    plot.setFocus()
    assert plot.accessibleDescription() == "1.9 A, Jul 2, 2026"
    for key, words in (
        (Qt.Key.Key_Left, "1.55 A, Feb 11, 2026"),
        (Qt.Key.Key_Home, "1.4 A, Jul 15, 2025"),
        (Qt.Key.Key_Left, "1.4 A, Jul 15, 2025"),
        (Qt.Key.Key_Right, "1.5 A, Nov 14, 2025"),
        (Qt.Key.Key_End, "1.9 A, Jul 2, 2026"),
    ):
        qtbot.keyClick(plot, key)
        assert plot.accessibleDescription() == words
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    model = readings.list.rows
    assert [str(model.index(0, at).data()) for at in range(2)] == ["Jul 2, 2026", "1.9 A"]
    qtbot.keyClick(readings.list, Qt.Key.Key_Down)
    qtbot.keyClick(readings.list, Qt.Key.Key_Delete)
    assert len(meters.readings(page.desk.store, current)) == 3
    readings.rows_button.click()
    assert readings.list.isHidden()


def test_the_mouse_stands_on_the_nearest_point(qtbot: QtBot) -> None:
    plot = LineChart("Readings")
    qtbot.addWidget(plot)
    plot.resize(400, 240)
    plot.show_points([Point(on, Decimal(value), value) for on, value in YEAR], sentence="so")
    told: list[int] = []
    plot.pointed.connect(told.append)
    no = Qt.MouseButton.NoButton
    for x in (20.0, 390.0):
        at = QPointF(x, 100)
        kind = QMouseEvent.Type.MouseMove
        plot.mouseMoveEvent(QMouseEvent(kind, at, at, no, no, Qt.KeyboardModifier.NoModifier))
    plot.leaveEvent(None)
    assert told == [0, 3, -1]
    assert plot.accessibleDescription() == "so"


def test_a_reading_is_logged_by_keys_and_said_when_it_is_beyond(
    qtbot: QtBot, page: AssetsPage, desk: Desk, front: Front, current: int
) -> None:
    page.refresh()
    page.commands["log_reading"].trigger()
    log = page.details.readings.log
    type_into(qtbot, log.value.line, "1.95")
    qtbot.keyClick(log.value.line, Qt.Key.Key_Return)
    assert front.toasts == ["Logged 1.95 A"]
    assert log.isHidden()
    page.refresh()
    page.commands["log_reading"].trigger()
    type_into(qtbot, log.value.line, "2.1")
    qtbot.keyClick(log.value.line, Qt.Key.Key_Return)
    assert front.told == ["Logged 2.1 A: above the limit of 2 A."]
    page.refresh()
    assert page.details.readings.sentence.text().startswith("2.1 A on Jul 13, 2026")
    assert "beyond the limit of 2 A" in page.details.readings.sentence.text()
    assert len(meters.readings(desk.store, current)) == 6


def test_a_reading_that_cannot_be_read_says_so_below_its_box(
    qtbot: QtBot, page: AssetsPage, desk: Desk, current: int
) -> None:
    page.refresh()
    page.commands["log_reading"].trigger()
    log = page.details.readings.log
    type_into(qtbot, log.value.line, "1,95")
    qtbot.keyClick(log.value.line, Qt.Key.Key_Return)
    assert log.value.error.text().startswith("1,95 cannot be read as a number without doubt")
    type_into(qtbot, log.read_on.line, "Jul 20")
    type_into(qtbot, log.value.line, "1.9")
    qtbot.keyClick(log.value.line, Qt.Key.Key_Escape)
    assert log.isHidden()
    assert len(meters.readings(desk.store, current)) == 4


def test_a_meter_that_counts_up_says_what_ran(
    page: AssetsPage, desk: Desk, story: build.Story
) -> None:
    hours = meters.add(
        desk.store, story.asset_id, name="Hours", unit="h", kind=MeterKind.CUMULATIVE
    )
    for on, value in ((date(2026, 7, 1), "12140"), (date(2026, 7, 10), "12200.5")):
        meters.log(desk.store, hours, value=Decimal(value), read_on=on)
    meters.log(
        desk.store, hours, value=Decimal(0), read_on=date(2026, 7, 11), kind=ReadingKind.REPLACED
    )
    page.refresh()
    readings = page.details.readings
    assert readings.sentence.text() == (
        "0 h on Jul 11, 2026, 60.5 h since Jul 1, 2026 · 3 readings"
    )
    assert [point.is_fresh for point in readings.chart.points] == [False, False, True]


def test_a_meter_is_added_edited_and_put_away(
    qtbot: QtBot, page: AssetsPage, desk: Desk, story: build.Story, front: Front
) -> None:
    page.commands["add_meter"].trigger()
    boxes = page.meter_form.form.boxes
    type_into(qtbot, boxes["name"].editor, "Discharge pressure")
    type_into(qtbot, boxes["unit"].editor, "psi")
    type_into(qtbot, boxes["high"].editor, "125")
    assert boxes["rolls_over_at"].isHidden()
    page.pane.button.click()
    page.refresh()
    [meter] = meters.of_asset(desk.store, story.asset_id)
    assert (meter.name, meter.unit, meter.high) == ("Discharge pressure", "psi", Decimal(125))
    assert page.details.readings.nothing.isVisibleTo(page)
    page.details.readings.wants_meter.emit(meter.id)
    type_into(qtbot, boxes["low"].editor, "95")
    page.keep()
    assert meters.get(desk.store, meter.id).low == Decimal(95)
    page.pane.button.click()
    page.commands["archive_meter"].trigger()
    assert front.toasts[-1] == "Put Discharge pressure away"
    page.refresh()
    assert page.details.readings.isHidden()


def test_several_meters_are_chosen_from(page: AssetsPage, desk: Desk, current: int) -> None:
    asset_id = meters.get(desk.store, current).asset_id
    second = meters.add(desk.store, asset_id, name="Head", unit="ft")
    page.refresh()
    readings = page.details.readings
    readings.which.set_value(second)
    readings.which.changed.emit()
    assert readings.meter is not None
    assert readings.meter.id == second
    page.refresh()
    assert readings.meter.id == second
