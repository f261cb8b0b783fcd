"""Missed calls: who rang while nobody could answer, and what became of ringing back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a missed call; a call that nobody took up goes on waiting."""

    LOGGED = "logged"
    SPOKE = "spoke"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    NOBODY = "nobody"


RETURNED = frozenset({Outcome.LOGGED, Outcome.SPOKE, Outcome.LEFT_MESSAGE, Outcome.NOBODY})
"""After these a call waits no longer; who did not answer is rung again."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A call that nobody answered, as the telephone told it; ``called_at`` is a moment with zone.

    ``name`` is what the telephone calls the number, which need not be who rang.
    """

    phone: str
    called_at: datetime
    name: str = ""
    note: str = ""
