"""The numbered copies of a printed work order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class CopyState(StrEnum):
    """Where a printed copy is."""

    OUT = "out"
    ENTERED = "entered"
    LOST = "lost"
    FAILED = "failed"


class Audience(StrEnum):
    """For whom a copy is printed."""

    TECHNICIAN = "technician"
    CUSTOMER = "customer"
    OFFICE = "office"


class PaperState(StrEnum):
    """Where the paper of a work order is; derived from its copies, never stored."""

    NOT_PRINTED = "not_printed"
    OUT = "out"
    STALE = "stale"
    BACK = "back"
    ENTERED = "entered"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class SheetCopy:
    """One printed copy of a work order: its number, the revision it shows, where it is."""

    copy: int
    revision: int
    state: CopyState


def paper_state(copies: Sequence[SheetCopy], *, revision: int) -> PaperState:
    """Return where the paper of a work order is.

    The newest copy that is neither failed nor lost speaks for the work order (ours): a copy
    printed later takes the place of those before it. Out with an older revision is stale.
    """
    printed = [copy for copy in copies if copy.state is not CopyState.FAILED]
    if not printed:
        return PaperState.NOT_PRINTED
    at_hand = [copy for copy in printed if copy.state is not CopyState.LOST]
    if not at_hand:
        return PaperState.LOST
    newest = max(at_hand, key=lambda copy: copy.copy)
    if newest.state is CopyState.OUT and newest.revision < revision:
        return PaperState.STALE
    return PaperState(newest.state.value)
