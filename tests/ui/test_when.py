from __future__ import annotations

from datetime import datetime

import pytest

from smallcmms.formats import Formats
from smallcmms.ui import when
from tests.build import july

NOW = july(14, 10, 24)
FORMATS = Formats()


@pytest.mark.parametrize(
    ("moment", "until", "left"),
    [
        (july(14, 11, 12), "11:12 AM", "48 min left"),
        (july(14, 13, 58), "1:58 PM", "3 h 34 min left"),
        (july(14, 14, 24), "2:24 PM", "4 h left"),
        (july(15, 3, 0), "tomorrow 3:00 AM", "16 h 36 min left"),
        (july(17, 17, 0), "Fri Jul 17", "3 days left"),
        (july(27, 17, 0), "Mon Jul 27", "13 days left"),
        (july(14, 10, 12), "10:12 AM", "12 min late"),
        (july(13, 17, 0), "Mon Jul 13", "17 h 24 min late"),
        (july(13, 9, 0), "Mon Jul 13", "1 day late"),
    ],
)
def test_until_when_and_how_long_that_is(moment: datetime, until: str, left: str) -> None:
    assert when.until(FORMATS, moment, NOW) == until
    assert when.left(FORMATS, moment, NOW) == left


def test_when_a_visit_begins() -> None:
    assert when.begins(FORMATS, july(14, 13, 0), NOW) == "today 1:00 PM"
    assert when.begins(FORMATS, july(16, 8, 0), NOW) == "Thu Jul 16 8:00 AM"
