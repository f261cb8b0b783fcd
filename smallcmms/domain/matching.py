"""Guesses: which asset a caller means, and whether two calls are about the same trouble."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from rapidfuzz import fuzz

Key = TypeVar("Key", bound=Hashable)

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
_LIKE = 86.0
"""Out of 100: "boilr" is boiler, "pump" is not "dump" (rapidfuzz's ratio)."""
_OPEN_WORK = 0.4
_RECENT_VISIT = 0.2
_RECENT_DAYS = 60
SHARED_WORDS = 2
_EMPTY = frozenset(
    _WORD.findall(
        "a an and are as at but by can for from has have in is it its no not of off on or our out "
        "that the their there they this to was we when will with you"
    )
)
"""Words that say nothing about the trouble."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Key]):
    """An asset that a caller may mean: its key, its names and place in one text."""

    key: Key
    text: str
    has_open_work: bool = False
    last_visit_on: date | None = None


def words(text: str) -> frozenset[str]:
    """Return the words of a text that tell something, in small letters."""
    found = {word.casefold() for word in _WORD.findall(text)}
    return frozenset(word for word in found - _EMPTY if len(word) >= _SHORTEST)


def rank(problem: str, candidates: Sequence[Candidate[Key]], *, today: date) -> list[Key]:
    """Return the keys of the candidates, the likeliest first.

    One word of the problem in a candidate's text counts 1, a word like it its likeness, open work
    0.4 and a visit in the last 60 days up to 0.2 (ours), so that words decide and the rest breaks
    ties. Candidates that are alike stay in their order.
    """
    asked = {word.casefold() for word in _WORD.findall(problem)} - _EMPTY
    return [
        candidate.key
        for candidate in sorted(candidates, key=lambda each: -_score(asked, each, today))
    ]


def is_named(problem: str, name: str) -> bool:
    """Return whether a problem names a thing: they share a telling word, or one like it."""
    named = {word.casefold() for word in _WORD.findall(name)}
    return any(_likeness(word, named) for word in words(problem))


def _score(asked: set[str], candidate: Candidate[Key], today: date) -> float:
    named = {word.casefold() for word in _WORD.findall(candidate.text)}
    score = sum(_likeness(word, named) for word in asked)
    if candidate.has_open_work:
        score += _OPEN_WORK
    if candidate.last_visit_on is not None:
        days = abs((today - candidate.last_visit_on).days)
        score += _RECENT_VISIT * max(0, 1 - days / _RECENT_DAYS)
    return score


def _likeness(word: str, named: set[str]) -> float:
    if word in named:
        return 1.0
    if len(word) < _SHORTEST:
        return 0.0
    return max((fuzz.ratio(word, name, score_cutoff=_LIKE) for name in named), default=0.0) / 100


def is_same(
    problem: str, key: Hashable | None, *, other_words: str, other_key: Hashable | None
) -> bool:
    """Return whether two calls from one site are likely about the same trouble.

    They are about one asset, or their texts share two telling words [design/spec.md, section 6].
    """
    if key is not None and key == other_key:
        return True
    return len(words(problem) & words(other_words)) >= SHARED_WORDS
