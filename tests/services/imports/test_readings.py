from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from smallcmms.domain.imports import Kind
from smallcmms.domain.meters import MeterKind
from smallcmms.domain.work_orders import Origin
from smallcmms.exchange import tables
from smallcmms.models import Reading, WorkOrder
from smallcmms.services import check, imports, meters, pm_schedules
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock
from tests.exchange import books
from tests.services.imports import lists
from tests.services.imports.lists import bring, look, outcomes, reasons

LIST = """
Timestamp       |Tag |Sensor       |Reading
14.07.2026 07:30|sp-a|motor current|9,25
14.07.2026 07:15|SP-A|Motor Current|9,5
14.07.2026 07:45|SP-A|Motor current|9,25
"""


@pytest.fixture(autouse=True)
def now(clock: Clock) -> None:
    clock.moment = july(14, 10, 24)


@pytest.fixture
def current(store: Store, story: Story) -> int:
    return meters.add(
        store, story.asset_id, name="Motor current", unit="A", sensor="P1.I", high=Decimal("9.8")
    )


@pytest.fixture
def hours(store: Store, story: Story) -> int:
    kind = MeterKind.CUMULATIVE
    return meters.add(store, story.asset_id, name="Running hours", unit="h", kind=kind)


def values(store: Store, meter_id: int) -> list[str]:
    return [f"{each.value.normalize():f}" for each in meters.readings(store, meter_id)]


def made(store: Store) -> list[str]:
    query = select(WorkOrder.title).where(WorkOrder.origin == Origin.PM)
    with store.read() as session:
        return list(session.scalars(query))


def test_readings_come_in_by_asset_and_meter_in_the_order_of_their_moments(
    store: Store, current: int
) -> None:
    told = bring(store, Kind.READINGS, LIST)
    assert outcomes(told) == ["new", "new", "new"]
    assert values(store, current) == ["9.5", "9.25", "9.25"]
    with store.read() as session:
        moments = session.scalars(select(Reading.read_at).order_by(Reading.id)).all()
    assert moments[0] == datetime(2026, 7, 14, 11, 15, tzinfo=UTC)
    assert check.problems(store) == []


def test_a_longer_file_of_the_same_sensor_adds_what_is_new(store: Store, current: int) -> None:
    bring(store, Kind.READINGS, LIST)
    told = bring(store, Kind.READINGS, f"{LIST}14.07.2026 08:00|SP-A|motor current|9\n")
    assert outcomes(told) == ["same", "same", "same", "new"]
    assert values(store, current)[-1] == "9"


def test_a_sensor_is_known_by_its_own_name(store: Store, current: int) -> None:
    text = "Device|Date|Time|Value|Unit\np1.i|2026-07-13|7:05 pm|9.1|a\nP1.I|2026-07-13|19:05|9.1|"
    told = bring(store, Kind.READINGS, text)
    assert outcomes(told) == ["new", "duplicate"]
    assert meters.get(store, current).last_on == date(2026, 7, 13)


def moment(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment as a spreadsheet holds it: without a zone."""
    return datetime.combine(date(2026, 7, day), time(hour, minute))


MOMENTS = {
    "one column": [
        ["Sensor", "Timestamp", "Value"],
        ["P1.I", moment(13, 7, 30), 9.1],
        ["P1.I", moment(14), 9.2],
    ],
    "day and clock": [
        ["Sensor", "Date", "Time", "Value"],
        ["P1.I", date(2026, 7, 13), time(7, 30), 9.1],
        ["P1.I", date(2026, 7, 14), time(0, 0), 9.2],
    ],
    "day and moment": [
        ["Sensor", "Date", "Time", "Value"],
        ["P1.I", date(2026, 7, 13), moment(1, 7, 30), 9.1],
        ["P1.I", date(2026, 7, 14), moment(1), 9.2],
    ],
}


@pytest.mark.parametrize("rows", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("write", [books.xlsx, books.xls, books.ods])
def test_the_clock_times_of_a_spreadsheet_are_those_of_the_shop(
    store: Store, current: int, rows: list[list[Any]], write: Callable[..., bytes]
) -> None:
    book = tables.read(write(S=rows), "sensor.any")
    told = imports.preview(store, book, imports.guess(store, Kind.READINGS, book))
    assert outcomes(told) == ["new", "new"]
    imports.run(store, told)
    with store.read() as session:
        query = select(Reading.read_at).where(Reading.meter_id == current).order_by(Reading.id)
        moments = session.scalars(query).all()
    assert list(moments) == [july(13, 7, 30), july(14, 0, 0)]
    csv = "Sensor|Date|Value\nP1.I|2026-07-13 07:30|9.1\nP1.I|2026-07-14 00:00|9.2"
    assert outcomes(look(store, Kind.READINGS, csv)) == ["same", "same"]


def test_a_day_alone_may_have_several_values(store: Store, current: int) -> None:
    text = "Asset|Date|Value\nSP-A|2026-07-13|9.1\nSP-A|2026-07-13|9.2\nSP-A|2026-07-13|9.1"
    told = bring(store, Kind.READINGS, text)
    assert (outcomes(told), values(store, current)) == (["new", "new", "duplicate"], ["9.1", "9.2"])


@pytest.mark.usefixtures("current", "hours")
def test_rows_that_cannot_be_are_refused_and_say_why(store: Store, story: Story) -> None:
    assert story.asset_id
    rows = {
        "SP-A|Running hours|2026-07-01|100|h": "",
        "SP-A|Running hours|2026-07-03|90|h": "It showed 100 on Jul 1, 2026. Say whether the "
        "meter was reset, rolled over or replaced.",
        "SP-A|Running hours|2026-07-04|95|min": "The meter is read in h, the row says min.",
        "SP-A|Pressure|2026-07-04|95|": "SP-A has no meter Pressure.",
        "SP-Z|Running hours|2026-07-04|95|": "There is no asset SP-Z.",
        "SP-A||2026-07-04|95|": "SP-A may mean several: Motor current, Running hours.",
        "|X9|2026-07-04|95|": "No meter is read by a sensor X9. Name the asset, or give a meter "
        "it.",
        "SP-A|Motor current|2026-07-15|9|": "2026-07-15 is still to come.",
        "SP-A|Motor current|2026-07-04|much|": "much is not a number.",
        "SP-A|Motor current||9|": "A reading needs its day.",
        "SP-A|Motor current|2026-07-04 08:00|9|": "",
        "SP-A|Motor current|2026-07-04 08:00|8|": "It showed 9 at that moment.",
        "SP-A|Motor current|2026-07-04 28:00|8|": "2026-07-04 28:00 is no moment.",
    }
    told = bring(store, Kind.READINGS, "\n".join(["Asset|Meter|Date|Value|Unit", *rows]))
    assert [" ".join(reasons(row)) for row in told.rows] == list(rows.values())


@pytest.mark.usefixtures("current")
def test_days_that_can_be_two_are_asked_for_and_the_answer_is_remembered(store: Store) -> None:
    text = "Sensor|Date|Value\nP1.I|03/04/2026 08:00|9.1"
    told = look(store, Kind.READINGS, text)
    assert outcomes(told) == ["refused"]
    assert reasons(told.rows[0])[0].endswith("Say the order of its days.")
    bring(store, Kind.READINGS, text, date_order="dmy")
    again = lists.book(text.replace("9.1", "9.2").replace("03/", "05/"))
    plan = imports.guess(store, Kind.READINGS, again)
    assert (plan.date_order, plan.is_remembered) == ("dmy", True)


def test_readings_beyond_the_limits_make_one_work_order_as_by_hand(
    store: Store, story: Story, current: int
) -> None:
    pm_schedules.add(
        store,
        name="Look at the motor",
        site_id=story.site_id,
        asset_ids=[story.asset_id],
        meter_id=current,
        is_by_limits=True,
    )
    text = "Sensor|Date|Value\n" + "\n".join(
        f"P1.I|2026-07-{day:02}|{value}" for day, value in ((9, "9.7"), (10, "10"), (11, "10.5"))
    )
    bring(store, Kind.READINGS, text)
    bring(store, Kind.READINGS, f"{text}\nP1.I|2026-07-12|11")
    assert made(store) == ["Look at the motor"]
    assert check.problems(store) == []
