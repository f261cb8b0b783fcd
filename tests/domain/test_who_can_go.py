from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from smallcmms.domain import absences
from smallcmms.domain.absences import Absence
from smallcmms.domain.certificates import Held, Lack, lacking, runs_out_soon
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import WorkWeek
from smallcmms.domain.who_can_go import Gap, Near, capacity, first, least, nearness, order_key

EIGHT = datetime(2026, 7, 14, 12, tzinfo=UTC)
NINE = datetime(2026, 7, 14, 13, tzinfo=UTC)
TODAY = date(2026, 7, 14)
LACK = Lack("EPA 608")


def test_who_has_every_certificate_goes_first_then_who_meets_the_deadline() -> None:
    gaps = {
        "lacks": Gap(starts_at=EIGHT, is_in_time=True, lacks=(LACK,)),
        "late": Gap(starts_at=EIGHT, is_in_time=False, is_short=True),
        "later": Gap(starts_at=NINE, is_in_time=True),
        "short": Gap(starts_at=EIGHT, is_in_time=True, is_short=True),
        "late and whole": Gap(starts_at=NINE, is_in_time=False),
        "busy": Gap(starts_at=EIGHT, is_in_time=True, load=300),
        "free": Gap(starts_at=EIGHT, is_in_time=True, load=60),
        "zone": Gap(starts_at=EIGHT, is_in_time=True, near=Near.ZONE, load=400),
        "site": Gap(starts_at=EIGHT, is_in_time=True, near=Near.SITE, load=400),
    }
    order = sorted(gaps, key=lambda name: order_key(gaps[name]))
    in_time = ["site", "zone", "free", "busy", "later", "short"]
    assert order == [*in_time, "late", "late and whole", "lacks"]


@pytest.mark.parametrize(
    ("spans", "offered"),
    [
        ([(0, 60), (90, 120)], (90, 120)),
        ([(0, 60), (150, 120)], (0, 60)),
        ([(150, 60), (240, 120)], (150, 60)),
        ([(0, 60), (60, 90)], (0, 60)),
        ([(0, 120)], (0, 120)),
        ([], None),
    ],
)
def test_a_whole_gap_in_time_goes_before_the_first_in_which_a_job_can_be_begun(
    spans: list[tuple[int, int]], offered: tuple[int, int] | None
) -> None:
    until = EIGHT + timedelta(minutes=120)

    def span(begins: int, lasts: int) -> tuple[datetime, datetime]:
        return EIGHT + timedelta(minutes=begins), EIGHT + timedelta(minutes=begins + lasts)

    found = first([span(*each) for each in spans], 120, until)
    assert found == (None if offered is None else span(*offered))


def test_an_hour_is_enough_to_begin_a_longer_job() -> None:
    assert [least(30), least(60), least(240)] == [30, 60, 60]


@pytest.mark.parametrize(
    ("site", "zone", "visited", "near"),
    [
        (3, "North", [(3, "")], Near.SITE),
        (3, "north ", [(4, "North")], Near.ZONE),
        (3, "", [(4, "")], Near.ELSEWHERE),
        (None, "", [(None, "")], Near.ELSEWHERE),
        (3, "North", [], Near.ELSEWHERE),
    ],
)
def test_a_visit_of_the_day_brings_somebody_near(
    site: int | None, zone: str, visited: list[tuple[int | None, str]], near: Near
) -> None:
    assert nearness(site, zone, visited) is near


def test_a_week_is_shared_by_the_days_that_are_worked() -> None:
    assert capacity(2400, WorkWeek()) == 480


@pytest.mark.parametrize(
    ("held", "lacks"),
    [
        ([], (Lack("EPA 608"),)),
        ([Held("epa  608")], ()),
        ([Held("EPA 608", TODAY)], ()),
        ([Held("EPA 608", date(2026, 7, 13))], (Lack("EPA 608", date(2026, 7, 13)),)),
        ([Held("EPA 608", date(2025, 1, 1)), Held("EPA 608", date(2027, 1, 1))], ()),
        ([Held("Confined space")], (Lack("EPA 608"),)),
    ],
)
def test_a_certificate_is_good_through_the_day_it_runs_out(
    held: list[Held], lacks: tuple[Lack, ...]
) -> None:
    assert lacking(["EPA 608"], held, TODAY) == lacks


def test_what_runs_out_in_30_days_is_soon() -> None:
    assert runs_out_soon(date(2026, 8, 13), TODAY)
    assert runs_out_soon(date(2026, 7, 1), TODAY)
    assert not runs_out_soon(date(2026, 8, 14), TODAY)
    assert not runs_out_soon(None, TODAY)


def test_absences_that_follow_each_other_are_one() -> None:
    kept = [["2026-07-20", "2026-07-24"], ["2026-07-14", "2026-07-19"]]
    found = absences.read(kept)
    assert absences.away_until(found, TODAY) == date(2026, 7, 24)
    assert absences.away_until(found, date(2026, 7, 13)) is None
    assert absences.away_until(found, date(2026, 7, 25)) is None
    assert absences.written(found) == sorted(kept)


def test_an_absence_does_not_end_before_it_begins() -> None:
    with pytest.raises(RuleBroken, match="ends before it begins"):
        Absence(TODAY, date(2026, 7, 13))
