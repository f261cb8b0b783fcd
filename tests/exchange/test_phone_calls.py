from __future__ import annotations

from datetime import date

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import phone_calls
from smallcmms.exchange.phone_calls import Read
from smallcmms.formats import Formats
from tests.build import july

TODAY = date(2026, 7, 14)


def read(text: str) -> Read:
    formats = Formats(locale="en_US", currency="USD", zone="America/New_York")
    return phone_calls.read(text.encode(), "calls.csv", formats=formats, today=TODAY)


def test_missed_and_voicemail_rows_are_taken_and_the_others_counted() -> None:
    found = read(
        "Type,Phone Number,Name,Date,Time,Action,Action Result,Duration\n"
        "Incoming,(937) 555-0117,NATARAJAN P,Mon 07/13/2026,6:40 AM,Phone Call,Missed,0:00:12\n"
        "Incoming,(937) 555-0190,,Mon 07/13/2026,4:55 PM,VoIP Call,Voicemail,0:00:31\n"
        "Incoming,(937) 555-0191,,Mon 07/13/2026,5:00 PM,Phone Call,Accepted,0:03:00\n"
        "Outgoing,(937) 555-0117,,Mon 07/13/2026,5:05 PM,Phone Call,No Answer,0:00:20\n"
    )
    assert [(each.phone, each.name, each.called_at) for each in found.rings] == [
        ("(937) 555-0117", "NATARAJAN P", july(13, 6, 40)),
        ("(937) 555-0190", "", july(13, 16, 55)),
    ]
    assert (found.others, found.refused) == (2, ())


@pytest.mark.parametrize(
    "moment",
    [
        *("2026-07-13T06:40:00-04:00", "2026-07-13T10:40:00Z", "2026-07-13 06:40:12"),
        *(
            "07/13/2026 6:40 AM",
            "7/13/2026, 6:40:00 AM",
            "Jul 13, 2026 6:40 AM",
            "07/13/2026 06:40",
        ),
    ],
)
def test_moments_are_read_as_providers_write_them(moment: str) -> None:
    [ring] = read(f"From;Start Time\n+19375550117;{moment}\n").rings
    assert ring.called_at.replace(second=0) == july(13, 6, 40)


def test_a_list_that_says_nothing_of_results_is_one_of_missed_calls() -> None:
    found = read("Some Phone Company\n\nCaller,Date,Time\nAnonymous,07/13/2026,6:40\n")
    assert [(each.phone, each.name) for each in found.rings] == [("Anonymous", "Anonymous")]


def test_a_row_that_cannot_be_read_is_told_by_its_number() -> None:
    found = read("From,Date,Time\n9375550117,yesterday-ish,6:40\n9375550117,07/13/2026,6:40\n")
    assert [number for number, _error in found.refused] == [2]
    assert len(found.rings) == 1


def test_a_list_without_numbers_is_refused() -> None:
    with pytest.raises(RuleBroken, match=r"calls\.csv has no column"):
        read("Name,Age\nPriya,40\n")
