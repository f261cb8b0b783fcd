"""The rules of triage: the facts to tick, the rules over them, what the levels promise."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Answer
from smallcmms.domain.levels import Level as Worst
from smallcmms.domain.triage import FIXED_LATELY, Fact
from smallcmms.models import Level, TriageFact, TriageRule
from smallcmms.services.intake import suggestion
from smallcmms.services.steps import shops
from smallcmms.store.store import Store, about

Kept = TypeVar("Kept", TriageFact, TriageRule)
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
EVERY_CALL = "Keep one rule without facts: it fits the calls that no other rule fits."


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact to tick, and its few words for a reason."""

    id: int
    code: str
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Codes of facts that together make a level; none fit every call."""

    id: int
    name: str
    facts: tuple[str, ...]
    level: Worst


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules make of ticked facts: level, the rule that won, and why."""

    level: Worst
    rule_name: str
    reasons: tuple[str, ...]


def facts(store: Store) -> list[FactRow]:
    """Return the facts to tick, in order."""
    query = (
        select(TriageFact.id, TriageFact.code, TriageFact.text, TriageFact.short)
        .where(TriageFact.archived_on.is_(None))
        .order_by(TriageFact.sequence, TriageFact.id)
    )
    with store.read() as session:
        return [FactRow(*row) for row in session.execute(query)]


def for_rules(store: Store) -> list[Fact]:
    """Return the facts that a rule can ask for: those to tick, and the one that the books tell."""
    return [*(Fact(each.code, each.text, each.short) for each in facts(store)), FIXED_LATELY]


def rules(store: Store) -> list[RuleRow]:
    """Return the rules, the worst level first, each level in its order."""
    query = (
        select(TriageRule.id, TriageRule.name, TriageRule.facts, TriageRule.level)
        .where(TriageRule.archived_on.is_(None))
        .order_by(TriageRule.level, TriageRule.sequence, TriageRule.id)
    )
    with store.read() as session:
        return [
            RuleRow(rule_id, name, tuple(codes), Worst(level))
            for rule_id, name, codes, level in session.execute(query)
        ]


def try_out(store: Store, *, facts: Collection[str]) -> Tried:
    """Return what the rules make of a call with these facts, ticked or told by the books.

    Raises:
        RuleBroken: no rule fits.
    """
    with store.read() as session:
        found = suggestion(
            session, facts=facts, asset_id=None, is_fixed_lately=FIXED_LATELY.code in facts
        )
    return Tried(found.level, found.rule_name, found.reasons)


def add_fact(store: Store, *, text: str, short: str = "") -> int:
    """Add a fact to tick; ``short`` is how a reason names it. Return its id.

    Raises:
        RuleBroken: it says nothing.
    """
    with store.change("Add the fact “{text}”", text=text.strip()) as session:
        words = _need(text, "Write the fact first.", "text")
        made = TriageFact(
            code=_code(session, words),
            text=words,
            short=short.strip() or words[:1].lower() + words[1:],
            sequence=_last(session, TriageFact) + 1,
        )
        return _added(session, made)


def edit_fact(
    store: Store, fact_id: int, *, text: str | None = None, short: str | None = None
) -> None:
    """Change how a fact reads.

    Raises:
        NotFound: there is none.
        RuleBroken: it would say nothing.
    """
    with store.change("Edit a fact") as session:
        found = _of(session, TriageFact, fact_id)
        if text is not None:
            found.text = _need(text, "Write the fact first.", "text")
        if short is not None:
            found.short = _need(short, "Write it in a few words.", "short")
        about(session, "shop", 1)


def archive_fact(store: Store, fact_id: int) -> None:
    """Ask for a fact no more; requests on which it was ticked keep it.

    Raises:
        NotFound: there is none.
        RuleBroken: a rule uses it.
    """
    with store.change("Put a fact away") as session:
        found = _of(session, TriageFact, fact_id)
        for rule in session.scalars(select(TriageRule).where(TriageRule.archived_on.is_(None))):
            if found.code in rule.facts:
                message = "The rule “{rule}” uses it. Change the rule first."
                raise RuleBroken(message, rule=rule.name)
        found.archived_on = shops.current(session).day(store.now())
        about(session, "shop", 1)


def add_rule(store: Store, *, level: Worst, facts: Collection[str], name: str = "") -> int:
    """Add a rule; without a name it is called after its facts. Return its id.

    Raises:
        RuleBroken: a fact is unknown, or a rule of the same level asks for the same facts.
    """
    with store.change("Add a rule for L{level}", level=int(level)) as session:
        _need_new(session, level, facts)
        made = TriageRule(
            name=name.strip() or _called(session, facts),
            facts=sorted(facts),
            level=int(level),
            sequence=_last(session, TriageRule) + 1,
        )
        return _added(session, made)


def edit_rule(
    store: Store,
    rule_id: int,
    *,
    name: str | None = None,
    facts: Collection[str] | None = None,
    level: Worst | None = None,
) -> None:
    """Change a rule; calls that came in before keep their level.

    Raises:
        NotFound: there is none.
        RuleBroken: it has no name, asks for an unknown fact or for what another rule asks for, or
            no rule would be left for every call.
    """
    with store.change("Edit a rule") as session:
        found = _of(session, TriageRule, rule_id)
        if name is not None:
            found.name = _need(name, "Name the rule.", "name")
        if facts is not None or level is not None:
            wanted = found.facts if facts is None else sorted(facts)
            _need_new(session, Worst(level or found.level), wanted, but=rule_id)
            found.facts, found.level = list(wanted), int(level or found.level)
        _need_one_for_every_call(session)
        about(session, "shop", 1)


def archive_rule(store: Store, rule_id: int) -> None:
    """Put a rule away.

    Raises:
        NotFound: there is none.
        RuleBroken: no rule would be left for every call.
    """
    with store.change("Put a rule away") as session:
        found = _of(session, TriageRule, rule_id)
        found.archived_on = shops.current(session).day(store.now())
        _need_one_for_every_call(session)
        about(session, "shop", 1)


def move_fact(store: Store, fact_id: int, *, by: int) -> None:
    """Ask for a fact earlier (below zero) or later.

    Raises:
        NotFound: there is none.
    """
    with store.change("Move a fact") as session:
        _of(session, TriageFact, fact_id)
        query = select(TriageFact).where(TriageFact.archived_on.is_(None))
        _shift(list(session.scalars(query.order_by(TriageFact.sequence))), fact_id, by)
        about(session, "shop", 1)


def move_rule(store: Store, rule_id: int, *, by: int) -> None:
    """Show a rule earlier (below zero) or later among those of its level.

    Raises:
        NotFound: there is none.
    """
    with store.change("Move a rule") as session:
        found = _of(session, TriageRule, rule_id)
        query = select(TriageRule).where(
            TriageRule.archived_on.is_(None), TriageRule.level == found.level
        )
        _shift(list(session.scalars(query.order_by(TriageRule.sequence))), rule_id, by)
        about(session, "shop", 1)


def promise(
    store: Store,
    level: Worst,
    *,
    text: str | None = None,
    minutes: int | None = None,
    workdays: int | None = None,
) -> None:
    """Say what a level is called, and within what time it wants an answer.

    What came in before keeps its answer time.

    Raises:
        RuleBroken: it has no name, or the time is neither minutes nor workdays.
    """
    with store.change("Edit L{level}", level=int(level)) as session:
        found = session.get_one(Level, int(level))
        if text is not None:
            found.text = _need(text, "Name the level.", "text")
        if minutes is not None or workdays is not None:
            answer = Answer(minutes, workdays)
            found.answer_minutes, found.answer_workdays = answer.minutes, answer.workdays
        about(session, "shop", 1)


def _need(words: str, message: str, field: str) -> str:
    if not words.strip():
        raise RuleBroken(message, field)
    return " ".join(words.split())


def _of(session: Session, kind: type[Kept], key: int) -> Kept:
    found = session.get(kind, key)
    if found is None or found.archived_on is not None:
        raise NotFound("This is gone.")
    return found


def _added(session: Session, made: TriageFact | TriageRule) -> int:
    session.add(made)
    session.flush()
    about(session, "shop", 1)
    return made.id


def _last(session: Session, kind: type[TriageFact | TriageRule]) -> int:
    return session.scalars(select(func.coalesce(func.max(kind.sequence), 0))).one()


def _code(session: Session, words: str) -> str:
    plain = _NO_LETTERS.sub("_", words.lower()).strip("_") or "fact"
    taken = {*session.scalars(select(TriageFact.code)), FIXED_LATELY.code}
    return next(code for n in range(1, len(taken) + 2) if (code := _nth(plain, n)) not in taken)


def _nth(plain: str, number: int) -> str:
    return plain if number == 1 else f"{plain}_{number}"


def _called(session: Session, codes: Collection[str]) -> str:
    query = select(TriageFact.text).where(TriageFact.code.in_(codes)).order_by(TriageFact.sequence)
    lately = [FIXED_LATELY.text] if FIXED_LATELY.code in codes else []
    first, *rest = [*lately, *session.scalars(query)] or ["Routine repair"]
    return ", ".join([first, *(text[:1].lower() + text[1:] for text in rest)])


def _need_new(
    session: Session, level: Worst, codes: Collection[str], *, but: int | None = None
) -> None:
    known = select(TriageFact.code).where(TriageFact.archived_on.is_(None))
    unknown = set(codes) - {*session.scalars(known), FIXED_LATELY.code}
    if unknown:
        raise RuleBroken("There is no fact {code}.", "facts", code=min(unknown))
    others = select(TriageRule).where(
        TriageRule.archived_on.is_(None),
        TriageRule.level == int(level),
        TriageRule.id != (but or 0),
    )
    for other in session.scalars(others):
        if set(other.facts) == set(codes):
            message = "The rule “{rule}” asks for the same already."
            raise RuleBroken(message, "facts", rule=other.name)


def _need_one_for_every_call(session: Session) -> None:
    session.flush()
    left = session.scalars(select(TriageRule.facts).where(TriageRule.archived_on.is_(None)))
    if not any(not codes for codes in left):
        raise RuleBroken(EVERY_CALL, "facts")


def _shift(ordered: list[Kept], key: int, by: int) -> None:
    at = next(place for place, each in enumerate(ordered) if each.id == key)
    keys = [each.sequence for each in ordered]
    to = min(max(at + by, 0), len(ordered) - 1)
    ordered.insert(to, ordered.pop(at))
    for each, sequence in zip(ordered, keys, strict=True):
        each.sequence = sequence
