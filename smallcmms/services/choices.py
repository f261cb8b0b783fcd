"""The shop's lists: problems, causes, remedies, reasons; its levels, facts and rules."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from smallcmms.models import Level, TriageFact, TriageRule
from smallcmms.services.steps import choices
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """An entry of a list."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What a level promises."""

    level: int
    text: str
    answer_minutes: int | None
    answer_workdays: int | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact to tick, and its few words for a reason."""

    code: str
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Facts that together make a level."""

    name: str
    facts: tuple[str, ...]
    level: int


def rows(store: Store, kind: str) -> list[ChoiceRow]:
    """Return the entries of a list ("problem", "cause", "remedy", "hold_reason", …) in order."""
    with store.read() as session:
        return [ChoiceRow(*entry) for entry in choices.entries(session, kind)]


def levels(store: Store) -> list[LevelRow]:
    """Return the levels, worst first."""
    query = select(Level.id, Level.text, Level.answer_minutes, Level.answer_workdays).order_by(
        Level.id
    )
    with store.read() as session:
        return [LevelRow(*row) for row in session.execute(query)]


def facts(store: Store) -> list[FactRow]:
    """Return the facts to tick, in order."""
    query = (
        select(TriageFact.code, TriageFact.text, TriageFact.short)
        .where(TriageFact.archived_on.is_(None))
        .order_by(TriageFact.sequence)
    )
    with store.read() as session:
        return [FactRow(*row) for row in session.execute(query)]


def rules(store: Store) -> list[RuleRow]:
    """Return the rules that suggest a level, in order."""
    query = (
        select(TriageRule.name, TriageRule.facts, TriageRule.level)
        .where(TriageRule.archived_on.is_(None))
        .order_by(TriageRule.sequence)
    )
    with store.read() as session:
        return [RuleRow(name, tuple(codes), level) for name, codes, level in session.execute(query)]
