"""What the clock times in box 1 mean."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import SheetTimes, TypedTimes, read_times

ZONE = ZoneInfo("America/New_York")
EIGHT = "2026-07-13T08:00"
Row = tuple[str, str, str, str, str]


def read(row: Row, planned: str | None = EIGHT, *, pause: str = "", day: str = "") -> SheetTimes:
    """Read a row; the plan is local, and today is the day after it or the given one."""
    at = None if planned is None else datetime.fromisoformat(planned).replace(tzinfo=ZONE)
    today = date.fromisoformat(day) if day else date(2026, 7, 14)
    typed = TypedTimes(*row, break_minutes=pause)
    return read_times(typed, planned_from=at, zone=ZONE, today=today, locale="en_US")


def local(times: SheetTimes) -> list[str | None]:
    """Return the moments as local days and times."""
    moments = (times.left_shop_at, times.arrived_at, times.finished_at, times.back_at)
    return [None if at is None else f"{at.astimezone(ZONE):%d %H:%M}" for at in moments]


def test_the_storys_sheet_comes_out_to_the_minute() -> None:
    times = read(("Jul 13", "7:40", "8:05", "9:50", "10:15"))
    assert local(times) == ["13 07:40", "13 08:05", "13 09:50", "13 10:15"]
    assert (times.on_site_hours, times.driving_hours) == (Decimal("1.75"), Decimal("0.83"))
    assert times.arrived_at == datetime(2026, 7, 13, 12, 5, tzinfo=UTC)
    assert times.done_on(ZONE) == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("row", "planned", "expected"),
    [
        (("", "", "8:05", "1:15", ""), EIGHT, [None, "13 08:05", "13 13:15", None]),
        (
            ("", "12:40", "1:05", "2", "230"),
            EIGHT,
            ["13 12:40", "13 13:05", "13 14:00", "13 14:30"],
        ),
        (("", "", "10:50", "1:15", ""), "2026-07-13T22:30", [None, "13 22:50", "14 01:15", None]),
        (("", "", "8:05p", "1:15", ""), EIGHT, [None, "13 20:05", "14 01:15", None]),
        (("", "", "12:10", "12:50", ""), "2026-07-13T23:30", [None, "14 00:10", "14 00:50", None]),
        (("", "", "11:50", "12:30", ""), "2026-07-13T00:15", [None, "12 23:50", "13 00:30", None]),
        (("Jul 12", "", "1", "2", ""), EIGHT, [None, "12 13:00", "12 14:00", None]),
        (("Jul 12", "", "7", "8", ""), None, [None, "12 07:00", "12 08:00", None]),
        (("", "", "1", "2", ""), None, [None, "14 13:00", "14 14:00", None]),
        (("", "7:40", "", "9:50", ""), EIGHT, ["13 07:40", None, "13 09:50", None]),
        (("", "", "8:05", "8:05", ""), EIGHT, [None, "13 08:05", "13 08:05", None]),
        (("", "", "", "", ""), EIGHT, [None, None, None, None]),
        (("", "", "9:50a", "8:05p", ""), EIGHT, [None, "13 09:50", "13 20:05", None]),
        (("", "", "8:00", "6:00", ""), EIGHT, [None, "13 08:00", "13 18:00", None]),
    ],
)
def test_each_time_is_the_first_such_time_after_the_one_before_it(
    row: Row, planned: str | None, expected: list[str | None]
) -> None:
    assert local(read(row, planned)) == expected


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (("", "7:40", "9:50", "8:05", "10:15"), "finished", "8:05 after 9:50 would be 10.25 h"),
        (("", "7:40", "9:50", "8:05", ""), "finished", "Correct it, or type 8:05p."),
        (("", "", "9:50p", "8:05", ""), "finished", "type 8:05a."),
        (("", "9:50", "8:05", "", ""), "arrived", "8:05 after 9:50 would be 10.25 h"),
        (("", "", "8:05", "9:50", "9:40"), "back", "9:40 after 9:50 would be 11.83 h"),
        (("", "", "9:50a", "8:05a", ""), "finished", "22.25 h. Correct one of them."),
        (("", "", "9:50", "9:49", ""), "finished", "11.98 h. Correct it, or type 9:49p."),
        (("", "", "8:05", "x", ""), "finished", "not a time"),
        (("Jul 32", "", "8", "9", ""), "date", "July has 31 days"),
        (("Jul 15", "", "8", "9", ""), "date", "still to come"),
    ],
)
def test_times_that_cannot_be_believed_are_asked_about_beside_the_box(
    row: Row, field: str, words: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        read(row)
    assert refused.value.field == field
    assert words in str(refused.value)


def test_a_break_comes_off_the_time_on_site() -> None:
    times = read(("", "", "8:05", "1:15", ""), pause="30")
    assert (times.break_minutes, times.on_site_minutes) == (30, 280)
    assert times.on_site_hours == Decimal("4.67")


@pytest.mark.parametrize(("pause", "words"), [("120", "longer than"), ("x", "not a length")])
def test_a_break_that_cannot_be_is_asked_about(pause: str, words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        read(("", "", "8:05", "9:05", ""), pause=pause)
    assert refused.value.field == "break_minutes"


def test_times_that_are_not_on_the_sheet_leave_the_hours_open() -> None:
    times = read(("", "7:40", "8:05", "", ""))
    assert times.on_site_hours is None
    assert times.on_site_minutes is None
    assert times.driving_minutes == 25
    assert times.done_on(ZONE) == date(2026, 7, 13)


def test_work_past_midnight_is_done_on_the_next_day() -> None:
    times = read(("", "", "10:50p", "1:15", ""), "2026-07-12T22:30")
    assert (times.day, times.done_on(ZONE)) == (date(2026, 7, 12), date(2026, 7, 13))


@pytest.mark.parametrize(
    ("row", "planned", "hours"),
    [
        (("", "", "1:30a", "3:30a", ""), "2026-03-08T01:30", "1.00"),
        (("", "", "12:30a", "3:30a", ""), "2026-11-01T00:30", "4.00"),
        (("", "", "1:50a", "1:10a", ""), "2026-11-01T01:30", "0.33"),
        (("", "", "1:10a", "1:50a", ""), "2026-11-01T01:00", "0.67"),
        (("", "", "2:30a", "4:00a", ""), "2026-03-08T02:30", "0.50"),
    ],
    ids=["forward", "back", "the second 1:10", "the first 1:50", "an hour that is left out"],
)
def test_the_night_the_clocks_change_has_its_own_length(row: Row, planned: str, hours: str) -> None:
    assert read(row, planned, day="2026-12-01").on_site_hours == Decimal(hours)


def test_a_refusal_names_the_box_of_the_technicians_row() -> None:
    with pytest.raises(RuleBroken) as refused:
        read_times(
            TypedTimes(arrived="25"),
            planned_from=None,
            zone=ZONE,
            today=date(2026, 7, 14),
            locale="en_US",
            box="times.1.",
        )
    assert refused.value.field == "times.1.arrived"


CLOCKS = st.integers(0, 1439)


@given(
    st.integers(0, 1439),
    st.lists(st.integers(0, 300), min_size=4, max_size=4),
    st.sampled_from(["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Tokyo"]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_a_day_of_work_written_in_12_hours_is_read_as_it_was(
    start: int, legs: list[int], zone_name: str, day: date
) -> None:
    """The plan is when the truck left; each leg is at most five hours."""
    zone = ZoneInfo(zone_name)
    left = datetime.combine(day, time(*divmod(start, 60)), zone).astimezone(UTC)
    moments = [left + timedelta(minutes=sum(legs[:count])) for count in (0, 1, 2, 3)]
    texts = [f"{at.astimezone(zone).hour % 12 or 12}:{at.astimezone(zone):%M}" for at in moments]
    times = read_times(
        TypedTimes("", *texts),
        planned_from=left,
        zone=zone,
        today=day + timedelta(2),
        locale="en_US",
    )
    offsets = {at.astimezone(zone).utcoffset() for at in moments}
    if len(offsets) == 1 and moments[0].astimezone(zone).fold == 0:
        assert [times.left_shop_at, times.arrived_at, times.finished_at, times.back_at] == moments
    assert (times.on_site_minutes or 0) <= 360 + 60


@given(CLOCKS, CLOCKS, st.booleans())
def test_work_never_ends_before_it_begins_nor_lasts_longer_than_believed(
    begin: int,
    end: int,
    is_marked: bool,  # noqa: FBT001
) -> None:
    text = f"{end // 60}:{end % 60:02d}" if is_marked else f"{end // 60 % 12 or 12}:{end % 60:02d}"
    with suppress(RuleBroken):
        times = read(("", "", f"{begin // 60}:{begin % 60:02d}", text, ""))
        assert 0 <= (times.on_site_minutes or 0) <= 16 * 60
