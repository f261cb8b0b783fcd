from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain import meters
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.meters import Limit, MeterKind, Named, ReadingKind, Shown

MONDAY, TUESDAY, WEDNESDAY = date(2026, 7, 13), date(2026, 7, 14), date(2026, 7, 15)
HOURS, CURRENT = MeterKind.CUMULATIVE, MeterKind.GAUGE


def shown(value: str, kind: ReadingKind = ReadingKind.NORMAL, on: date = TUESDAY) -> Shown:
    return Shown(on, Decimal(value), kind)


def fit(
    new: Shown,
    *,
    kind: MeterKind = HOURS,
    at: str = "",
    before: Shown | None = None,
    after: Shown | None = None,
) -> None:
    rolls = Decimal(at) if at else None
    meters.need_fit(new, kind=kind, rolls_over_at=rolls, before=before, after=after)


BEFORE, AFTER = shown("1300", on=MONDAY), shown("1400", on=WEDNESDAY)


@pytest.mark.parametrize(
    ("new", "at"),
    [
        (shown("1300"), ""),
        (shown("1400"), ""),
        (shown("3", ReadingKind.RESET), ""),
        (shown("3", ReadingKind.REPLACED), ""),
        (shown("3", ReadingKind.ROLLOVER), "1401"),
    ],
)
def test_a_reading_fits_between_its_neighbours(new: Shown, at: str) -> None:
    fit(new, before=BEFORE, after=AFTER, at=at)


@pytest.mark.parametrize(
    ("new", "at", "field", "message"),
    [
        (shown("1299.999"), "", "value", "It showed 1300 on 2026-07-13"),
        (shown("1400.001"), "", "value", "which is later"),
        (shown("9000", ReadingKind.RESET), "", "value", "which is later"),
        (shown("-1"), "", "value", "0 or more"),
        (shown("1350"), "1350", "value", "rolls over at 1350"),
        (shown("3", ReadingKind.ROLLOVER), "", "kind", "where this meter rolls over"),
    ],
)
def test_a_reading_that_does_not_fit_says_why(
    new: Shown, at: str, field: str, message: str
) -> None:
    with pytest.raises(RuleBroken, match=message) as refused:
        fit(new, before=BEFORE, after=AFTER, at=at)
    assert refused.value.field == field


def test_a_meter_that_begins_anew_later_says_nothing_of_today() -> None:
    fit(shown("9000"), before=BEFORE, after=shown("2", ReadingKind.REPLACED, WEDNESDAY))


def test_a_gauge_goes_up_and_down_and_never_rolls_over() -> None:
    fit(shown("-20"), kind=CURRENT, before=BEFORE, after=AFTER)
    with pytest.raises(RuleBroken, match="Only a meter that counts up"):
        fit(shown("1", ReadingKind.ROLLOVER), kind=CURRENT)


@pytest.mark.parametrize(
    ("value", "limit"),
    [("2.0", None), ("2.001", Limit.HIGH), ("0.5", None), ("0.499", Limit.LOW)],
)
def test_a_limit_itself_still_fits(value: str, limit: Limit | None) -> None:
    assert meters.broken_limit(Decimal(value), Decimal("0.5"), Decimal("2.0")) == limit
    assert meters.broken_limit(Decimal(value), None, None) is None


def test_limits_leave_room_between_them() -> None:
    meters.need_limits(Decimal(1), Decimal(1))
    meters.need_limits(None, Decimal(1))
    with pytest.raises(RuleBroken, match="above the high one"):
        meters.need_limits(Decimal(2), Decimal(1))


def test_only_what_counts_rolls_over_and_above_nothing() -> None:
    meters.need_rollover(HOURS, Decimal(99999))
    meters.need_rollover(CURRENT, None)
    with pytest.raises(RuleBroken, match="Only a meter that counts up"):
        meters.need_rollover(CURRENT, Decimal(10))
    with pytest.raises(RuleBroken, match="above 0"):
        meters.need_rollover(HOURS, Decimal(0))


def test_what_ran_counts_over_a_rollover_and_not_over_a_new_meter() -> None:
    readings = [
        shown("99900", on=date(2026, 1, 1)),
        shown("99990", on=date(2026, 2, 1)),
        shown("15", ReadingKind.ROLLOVER, date(2026, 3, 1)),
        shown("40", on=date(2026, 4, 1)),
        shown("0", ReadingKind.REPLACED, date(2026, 5, 1)),
        shown("7.5", on=date(2026, 6, 1)),
    ]
    assert meters.ran(readings, rolls_over_at=Decimal(100000)) == Decimal("147.5")
    assert meters.ran(readings[:1]) == meters.ran([]) == 0
    assert meters.ran(readings[1:3]) == 0


OWN = [
    Named(1, "Motor current", "A"),
    Named(2, "Current", "A"),
    Named(3, "Running hours", "h"),
]


@pytest.mark.parametrize(
    ("text", "unit", "is_reading", "found"),
    [
        ("Motor current, limit 2.0 A", "A", False, 1),
        ("Current of the fan", "a", False, 2),
        ("Pressure", "A", True, None),
        ("Read the counter", "h", True, 3),
        ("Read the counter", "h", False, None),
        ("Running hours", "min", True, None),
    ],
)
def test_a_line_of_a_checklist_means_the_meter_it_names(
    text: str, unit: str, *, is_reading: bool, found: int | None
) -> None:
    meant = meters.meant(text, unit, OWN, is_reading=is_reading)
    assert (meant and meant.id) == found
