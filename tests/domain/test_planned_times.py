from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from smallcmms.domain import planned_times
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed_dates import read_clock

DAYTON = ZoneInfo("America/New_York")
DAY = date(2026, 7, 15)


def local(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, 15, hour, minute, tzinfo=DAYTON).astimezone(UTC)


@pytest.mark.parametrize(
    ("begins", "ends", "span"),
    [
        ("8", "10", (local(8), local(10))),
        ("1", "2:30", (local(13), local(14, 30))),
        ("11:00 AM", "1", (local(11), local(13))),
        ("5:30a", "6:30", (local(5, 30), local(6, 30))),
        ("6", "7", (local(6), local(7))),
        ("20:05", "21:05", (local(20, 5), local(21, 5))),
    ],
)
def test_times_are_read_as_the_desk_means_them(
    begins: str, ends: str, span: tuple[datetime, datetime]
) -> None:
    assert planned_times.span(DAY, read_clock(begins), read_clock(ends), DAYTON) == span


def test_a_visit_does_not_end_before_it_begins() -> None:
    with pytest.raises(RuleBroken, match="ends before it begins") as refused:
        planned_times.span(DAY, read_clock("2p"), read_clock("1p"), DAYTON)
    assert refused.value.field == "planned_to"
