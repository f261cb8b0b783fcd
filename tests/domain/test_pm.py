from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain import pm
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import DaysOff, Landing, Moved, Planned, Rule, Timing
from smallcmms.domain.recurrence import Interval, Unit

SUMMER = frozenset(range(4, 11))
WEEKENDS = DaysOff(weekdays=frozenset({5, 6}))
MONTHLY, TWO_MONTHS = Interval(1, Unit.MONTHS), Interval(2, Unit.MONTHS)
GYM = Rule(
    TWO_MONTHS,
    Timing.FLOATING,
    date(2026, 7, 16),
    season=SUMMER,
    landing=Landing.BEFORE,
    days_off=WEEKENDS,
)


def fixed(rule: Rule, most: int) -> list[Planned]:
    return list(islice(pm.fixed(rule), most))


def test_the_gym_units_are_due_as_their_page_says() -> None:
    """The dates of the picture of the page, where November is skipped and April opens."""
    pending = pm.first(GYM)
    assert pending is not None
    found = [(each.nominal_on, each.due_on) for each in pm.upcoming(GYM, pending, 6)]
    assert found == [
        (date(2026, 7, 16), date(2026, 7, 16)),
        (date(2026, 9, 16), date(2026, 9, 16)),
        (date(2026, 11, 16), date(2027, 4, 1)),
        (date(2027, 6, 1), date(2027, 6, 1)),
        (date(2027, 8, 1), date(2027, 7, 30)),
        (date(2027, 9, 30), date(2027, 9, 30)),
    ]


def test_of_a_closed_season_the_last_date_falls_on_the_opening() -> None:
    rule = Rule(MONTHLY, anchor_on=date(2026, 9, 10), season=SUMMER)
    found = fixed(rule, 10)
    skipped = [each.nominal_on.month for each in found if each.due_on is None]
    assert skipped == [11, 12, 1, 2]
    assert found[6] == Planned(6, date(2027, 3, 10), date(2027, 4, 1), Moved.SEASON_OPENS)
    assert found[7].due_on == date(2027, 4, 10)


def test_a_yearly_date_out_of_season_waits_for_the_opening() -> None:
    rule = Rule(Interval(1, Unit.YEARS), anchor_on=date(2026, 12, 1), season=SUMMER)
    assert [each.due_on for each in fixed(rule, 2)] == [date(2027, 4, 1), date(2028, 4, 1)]


@pytest.mark.parametrize(
    ("landing", "due_on", "moved"),
    [
        (Landing.KEEP, date(2026, 8, 1), Moved.NOT),
        (Landing.BEFORE, date(2026, 7, 31), Moved.BEFORE),
        (Landing.AFTER, date(2026, 8, 3), Moved.AFTER),
        (Landing.SKIP, None, Moved.DAY_OFF),
    ],
)
def test_a_saturday_is_met_as_the_schedule_says(
    landing: Landing, due_on: date | None, moved: Moved
) -> None:
    rule = Rule(MONTHLY, anchor_on=date(2026, 8, 1), landing=landing, days_off=WEEKENDS)
    assert fixed(rule, 1) == [Planned(0, date(2026, 8, 1), due_on, moved)]


def test_a_holiday_counts_like_a_weekend() -> None:
    off = DaysOff(frozenset({5, 6}), holidays=frozenset({date(2026, 7, 3)}))
    rule = Rule(MONTHLY, anchor_on=date(2026, 7, 4), landing=Landing.BEFORE, days_off=off)
    assert fixed(rule, 1)[0].due_on == date(2026, 7, 2)


def test_one_date_falls_as_the_days_off_are_now() -> None:
    off = DaysOff(frozenset({5, 6}), holidays=frozenset({date(2026, 7, 3)}))
    for timing in Timing:
        rule = Rule(MONTHLY, timing, date(2026, 7, 4), landing=Landing.BEFORE, days_off=off)
        fallen = pm.fallen(rule, 0, date(2026, 7, 4))
        assert (fallen.due_on, fallen.moved) == (date(2026, 7, 2), Moved.BEFORE)
    closed = Rule(MONTHLY, anchor_on=date(2026, 7, 4), season=frozenset({9}))
    assert pm.fallen(closed, 0, date(2026, 7, 4)).due_on is None


def test_nothing_is_left_on_a_blacked_out_day_even_where_weekends_do_not_matter() -> None:
    off = DaysOff(blackouts=((date(2026, 7, 1), date(2026, 7, 10)),))
    rule = Rule(MONTHLY, anchor_on=date(2026, 7, 4), days_off=off)
    assert fixed(rule, 1)[0].due_on == date(2026, 7, 11)


def test_a_move_that_would_leave_the_season_goes_the_other_way() -> None:
    """The first of April 2028 is a Saturday, and March is closed."""
    rule = Rule(
        Interval(1, Unit.YEARS),
        anchor_on=date(2028, 4, 1),
        season=SUMMER,
        landing=Landing.BEFORE,
        days_off=WEEKENDS,
    )
    assert fixed(rule, 1)[0].due_on == date(2028, 4, 3)


def test_where_every_day_near_is_off_the_date_stays() -> None:
    off = DaysOff(blackouts=((date(2026, 1, 1), date(2026, 12, 31)),))
    rule = Rule(MONTHLY, anchor_on=date(2026, 7, 4), landing=Landing.AFTER, days_off=off)
    assert fixed(rule, 1) == [Planned(0, date(2026, 7, 4), date(2026, 7, 4))]


def test_dates_end_with_the_schedule() -> None:
    rule = Rule(MONTHLY, anchor_on=date(2026, 7, 4), ends_on=date(2026, 9, 1))
    assert [each.nominal_on.month for each in pm.fixed(rule)] == [7, 8]
    floating = replace(rule, timing=Timing.FLOATING)
    assert pm.after_done(floating, date(2026, 8, 4), 2) is None
    pending = pm.first(floating)
    assert pending is not None
    assert [each.nominal_on.month for each in pm.upcoming(floating, pending, 7)] == [7, 8]
    assert pm.first(replace(rule, ends_on=date(2026, 7, 1))) is None


def test_a_meter_alone_has_no_date() -> None:
    rule = Rule(meter_every=Decimal(500))
    assert not rule.is_fixed
    assert pm.first(rule) is None
    assert pm.after_done(rule, date(2026, 7, 4), 1) is None
    assert list(pm.fixed(rule)) == []


def test_a_fixed_schedule_goes_on_from_what_is_pending() -> None:
    rule = Rule(MONTHLY, anchor_on=date(2026, 1, 31))
    pending = fixed(rule, 2)[1]
    months = [each.due_on for each in pm.upcoming(rule, pending, 3)]
    assert months == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "every"),
        ({"interval": MONTHLY}, "anchor_on"),
        ({"meter_every": Decimal(0)}, "meter_every"),
        ({"meter_every": Decimal(5), "season": frozenset({13})}, "season"),
        ({"interval": MONTHLY, "timing": Timing.FLOATING, "anchor_on": date(2026, 7, 4),
          "landing": Landing.SKIP}, "landing"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        Rule(**facts)
    assert refused.value.field == field


CAN_BE = [each for each in product(Timing, Landing) if each != (Timing.FLOATING, Landing.SKIP)]
RULES = st.builds(
    lambda how, **facts: Rule(timing=how[0], landing=how[1], **facts),
    st.sampled_from(CAN_BE),
    interval=st.builds(Interval, st.integers(1, 30), st.sampled_from(Unit)),
    anchor_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    season=st.frozensets(st.integers(1, 12)),
    days_off=st.just(WEEKENDS),
)


@given(RULES)
def test_a_due_date_is_in_season_and_on_a_workday_where_that_is_asked(rule: Rule) -> None:
    pending = pm.first(rule)
    assert pending is not None
    found = pm.upcoming(rule, pending, 8)
    assert [each.sequence for each in found] == list(range(len(found)))
    for each in found:
        if each.due_on is None:
            assert each.moved in (Moved.OUT_OF_SEASON, Moved.DAY_OFF)
        else:
            assert rule.is_open(each.due_on)
            assert rule.landing is Landing.KEEP or not WEEKENDS.is_off(each.due_on)


@pytest.mark.parametrize(
    ("interval_days", "days"), [(7, 1), (30, 6), (91, 18), (140, 28), (365, 28)]
)
def test_grace_is_a_fifth_and_at_most_28_days(interval_days: int, days: int) -> None:
    assert pm.grace_days(interval_days) == days


def test_a_service_is_covered_by_a_larger_one_within_its_window() -> None:
    window = pm.window_days(None, 30)
    assert window == 15
    assert pm.window_days(4, 30) == 4
    assert pm.is_covered(date(2026, 7, 1), date(2026, 7, 16), window)
    assert not pm.is_covered(date(2026, 7, 1), date(2026, 7, 17), window)


def test_a_work_order_is_made_its_lead_days_ahead() -> None:
    due_on = date(2026, 7, 16)
    assert pm.is_time_to_make(due_on, 7, date(2026, 7, 9))
    assert not pm.is_time_to_make(due_on, 7, date(2026, 7, 8))


@pytest.mark.parametrize("days", [-1, 61, 400])
def test_a_clock_that_jumps_is_asked_about(days: int) -> None:
    last = date(2026, 7, 14)
    assert pm.is_clock_odd(last, last + timedelta(days))


@pytest.mark.parametrize("days", [0, 1, 30, 60])
def test_days_away_are_caught_up_without_asking(days: int) -> None:
    last = date(2026, 7, 14)
    assert not pm.is_clock_odd(last, last + timedelta(days))


def test_the_first_check_of_all_is_not_odd() -> None:
    assert not pm.is_clock_odd(None, date(2026, 7, 14))


@pytest.mark.parametrize(
    ("reading", "per_day", "days"),
    [("490", "5", 2), ("490", "4", 3), ("500", None, 0), ("490", None, None), ("490", "0", None)],
)
def test_the_day_a_meter_gets_there(reading: str, per_day: str | None, days: int | None) -> None:
    rate = None if per_day is None else Decimal(per_day)
    assert pm.meter_days(Decimal(reading), Decimal(500), rate) == days


def test_on_time_is_by_the_due_date_and_its_grace() -> None:
    due_on = date(2026, 7, 14)
    assert pm.is_on_time(due_on, date(2026, 7, 20), 6)
    assert not pm.is_on_time(due_on, date(2026, 7, 21), 6)
    assert not pm.is_on_time(due_on, None, 6)


def test_a_rule_whose_every_date_is_skipped_is_refused() -> None:
    saturdays = Rule(
        Interval(1, Unit.WEEKS),
        anchor_on=date(2026, 7, 4),
        landing=Landing.SKIP,
        days_off=WEEKENDS,
    )
    with pytest.raises(RuleBroken) as refused:
        list(pm.fixed(saturdays))
    assert refused.value.field == "landing"


def test_compliance_judges_what_is_decided() -> None:
    judged = [
        (date(2026, 7, 1), date(2026, 7, 3), 6),
        (date(2026, 7, 1), date(2026, 7, 9), 6),
        (date(2026, 7, 1), None, 6),
        (date(2026, 7, 10), None, 6),
    ]
    assert pm.complied(judged, date(2026, 7, 14)) == pm.Compliance(1, 3)
