"""Triage: which level the facts of a call suggest, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from smallcmms.domain.assets import Criticality
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to tick while the caller talks; ``short`` is how a reason names it."""

    code: str
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The codes of facts that together make a level; no facts at all match every call."""

    name: str
    facts: frozenset[str]
    level: Level


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested level, the reasons in words (message ids), the rule that gave it."""

    level: Level
    reasons: tuple[str, ...]
    rule_name: str


FACTS: tuple[Fact, ...] = (
    Fact("water_or_gas_escaping", "Water or gas escaping", "water escaping"),
    Fact("could_get_hurt", "Someone could get hurt", "someone could get hurt"),
    Fact("cannot_work", "They cannot work", "they cannot work"),
    Fact("several_affected", "Several people affected", "several people affected"),
)
"""The starter facts; the shop edits them."""

FIXED_LATELY = Fact(
    "fixed_lately", "Same asset fixed in the last 14 days", "fixed in the last 14 days"
)
"""A fact that nobody ticks, because the books tell it; every shop's rules can ask for it."""

FIXED_DAYS = 14
"""A repair so many days ago may not have held, or the caller may mean the same (design)."""

RULES: tuple[Rule, ...] = (
    Rule(
        "Water running and people affected",
        frozenset({"water_or_gas_escaping", "several_affected"}),
        Level.CRITICAL,
    ),
    Rule("Someone could get hurt", frozenset({"could_get_hurt"}), Level.CRITICAL),
    Rule("Water or gas escaping", frozenset({"water_or_gas_escaping"}), Level.HIGH),
    Rule("They cannot work", frozenset({"cannot_work"}), Level.HIGH),
    Rule(FIXED_LATELY.text, frozenset({FIXED_LATELY.code}), Level.HIGH),
    Rule("Several people affected", frozenset({"several_affected"}), Level.MEDIUM),
    Rule("Routine repair", frozenset(), Level.MEDIUM),
)
"""The starter rules; the shop edits them."""

CRITICAL_ASSET = "an asset they cannot do without"


def is_fixed_lately(done_on: date, called_on: date) -> bool:
    """Tell whether a repair was done within the 14 days before a call, or on its day."""
    return 0 <= (called_on - done_on).days <= FIXED_DAYS


def suggest(
    facts: Sequence[Fact], rules: Sequence[Rule], criticality: Criticality | None = None
) -> Suggestion:
    """Return the level that the facts of a call suggest: the worst rule that matches wins.

    An asset of criticality A raises L3 and L4 by one level, and never to L1 by itself. Of rules
    of one level, the one with the most facts names the suggestion; the facts of all give reasons.

    Raises:
        RuleBroken: no rule matches, so the shop has no rule for routine calls.
    """
    known = {fact.code for fact in facts}
    matching = [rule for rule in rules if rule.facts <= known]
    if not matching:
        raise RuleBroken("No rule fits these facts. Add a rule without facts in Settings.")
    level = min(rule.level for rule in matching)
    worst = [rule for rule in matching if rule.level == level]
    named = max(worst, key=lambda rule: len(rule.facts))
    behind = frozenset[str]().union(*(rule.facts for rule in worst))
    reasons = tuple(fact.short for fact in facts if fact.code in behind) or (named.name,)
    if criticality is Criticality.A and level > Level.HIGH:
        level, reasons = Level(level - 1), (*reasons, CRITICAL_ASSET)
    return Suggestion(level, reasons, named.name)


def override(suggested: Level, chosen: Level, *, reason: str) -> Level:
    """Return the level that a person chose over the suggestion.

    Raises:
        RuleBroken: it differs from the suggestion and nobody said why.
    """
    if chosen != suggested and not reason.strip():
        raise RuleBroken("Say why it is L{level}.", "level_reason", level=int(chosen))
    return chosen


_NO_DEADLINE = datetime.max.replace(tzinfo=UTC)


def order_key(
    level: Level, deadline: datetime | None, received: datetime
) -> tuple[Level, datetime, datetime]:
    """Return the key that orders the queue: level, then deadline, then age."""
    return level, deadline or _NO_DEADLINE, received
