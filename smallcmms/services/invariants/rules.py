"""Rules of the trade: what is wrong, and the question that finds the records it is wrong with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken


def broken(session: Session, rules: Iterable[tuple[str, str]]) -> Iterator[RuleBroken]:
    """Yield what is wrong, in words, naming each record that breaks a rule."""
    for message, question in rules:
        for (it,) in session.execute(text(question)):
            yield RuleBroken(message, it=it)
