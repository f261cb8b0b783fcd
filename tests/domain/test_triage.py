"""Which level the ticked facts suggest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain.assets import Criticality
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.triage import (
    CRITICAL_ASSET,
    FACTS,
    FIXED_LATELY,
    RULES,
    Rule,
    Suggestion,
    is_fixed_lately,
    order_key,
    override,
    suggest,
)

WATER, HURT, CANNOT_WORK, SEVERAL = FACTS
ROUTINE = Suggestion(Level.MEDIUM, ("Routine repair",), "Routine repair")


@pytest.mark.parametrize(
    ("facts", "level", "reasons", "rule"),
    [
        ((WATER,), Level.HIGH, ("water escaping",), "Water or gas escaping"),
        (
            (WATER, CANNOT_WORK),
            Level.HIGH,
            ("water escaping", "they cannot work"),
            "Water or gas escaping",
        ),
        (
            (WATER, SEVERAL),
            Level.CRITICAL,
            ("water escaping", "several people affected"),
            "Water running and people affected",
        ),
        ((HURT,), Level.CRITICAL, ("someone could get hurt",), "Someone could get hurt"),
        ((SEVERAL,), Level.MEDIUM, ("several people affected",), "Several people affected"),
        (
            (CANNOT_WORK, HURT),
            Level.CRITICAL,
            ("someone could get hurt",),
            "Someone could get hurt",
        ),
    ],
)
def test_the_worst_rule_that_matches_wins_and_says_why(
    facts: tuple[object, ...], level: Level, reasons: tuple[str, ...], rule: str
) -> None:
    ticked = [fact for fact in FACTS if fact in facts]
    assert suggest(ticked, RULES) == Suggestion(level, reasons, rule)


def test_without_facts_it_is_a_routine_repair() -> None:
    assert suggest([], RULES) == ROUTINE
    assert suggest([], RULES, Criticality.B) == ROUTINE


def test_an_asset_they_cannot_do_without_raises_the_level_by_one() -> None:
    assert suggest([], RULES, Criticality.A) == Suggestion(
        Level.HIGH, ("Routine repair", CRITICAL_ASSET), "Routine repair"
    )
    low = [Rule("Looks only", frozenset(), Level.LOW)]
    assert suggest([], low, Criticality.A).level is Level.MEDIUM


def test_an_asset_alone_never_makes_it_critical() -> None:
    assert suggest([WATER], RULES, Criticality.A) == suggest([WATER], RULES)


def test_a_repair_counts_from_the_fourteenth_day_before_the_call_to_its_day() -> None:
    called_on = date(2026, 7, 14)
    days = [date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 14), date(2026, 7, 15)]
    assert [is_fixed_lately(each, called_on) for each in days] == [False, True, True, False]


def test_what_was_fixed_lately_is_high_and_says_so_beside_what_was_ticked() -> None:
    name, reason = "Same asset fixed in the last 14 days", "fixed in the last 14 days"
    assert suggest([FIXED_LATELY], RULES) == Suggestion(Level.HIGH, (reason,), name)
    assert suggest([FIXED_LATELY], RULES, Criticality.A).level is Level.HIGH
    both = suggest([FIXED_LATELY, CANNOT_WORK], RULES)
    assert (both.level, both.reasons) == (Level.HIGH, (reason, "they cannot work"))
    assert suggest([FIXED_LATELY, HURT], RULES) == suggest([HURT], RULES)


def test_a_shop_whose_rules_do_not_ask_what_was_fixed_lately_hears_nothing_of_it() -> None:
    own = [rule for rule in RULES if FIXED_LATELY.code not in rule.facts]
    assert suggest([FIXED_LATELY], own) == ROUTINE


def test_a_shop_without_a_rule_for_routine_calls_is_told() -> None:
    with pytest.raises(RuleBroken, match="without facts"):
        suggest([SEVERAL], RULES[:1])


@given(
    st.sets(st.sampled_from(FACTS)), st.sampled_from([None, *Criticality]), st.sampled_from(FACTS)
)
def test_one_more_fact_never_makes_it_less_bad(
    facts: set[object], criticality: Criticality | None, more: object
) -> None:
    ticked = [fact for fact in FACTS if fact in facts]
    with_more = [fact for fact in FACTS if fact in facts or fact == more]
    assert suggest(with_more, RULES, criticality).level <= suggest(ticked, RULES, criticality).level
    assert suggest(ticked, RULES, criticality).reasons


def test_an_override_needs_a_reason() -> None:
    assert override(Level.HIGH, Level.HIGH, reason="") is Level.HIGH
    assert override(Level.HIGH, Level.LOW, reason="bucket holds") is Level.LOW
    with pytest.raises(RuleBroken, match="Say why it is L4") as refused:
        override(Level.HIGH, Level.LOW, reason=" ")
    assert refused.value.field == "level_reason"


def test_the_queue_is_ordered_by_level_then_deadline_then_age() -> None:
    now = datetime(2026, 7, 14, 14, tzinfo=UTC)
    hour = timedelta(hours=1)
    queue = [
        (Level.CRITICAL, now + hour, now),
        (Level.HIGH, now, now - hour),
        (Level.HIGH, now, now),
        (Level.HIGH, now + hour, now - 9 * hour),
        (Level.HIGH, None, now - 9 * hour),
        (Level.LOW, now, now),
    ]
    mixed = queue[::-1]
    assert sorted(mixed, key=lambda entry: order_key(*entry)) == queue
