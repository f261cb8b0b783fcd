"""The life of a request: how it came in and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from smallcmms.domain.errors import RuleBroken


class RequestStatus(StrEnum):
    """Where a request stands."""

    NEW = "new"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    ESTIMATE = "estimate"
    DECLINED = "declined"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"


class Channel(StrEnum):
    """The way a request came in."""

    PHONE = "phone"
    VOICEMAIL = "voicemail"
    WALK_IN = "walk_in"
    E_MAIL = "e_mail"
    TEXT = "text"
    TAG_SCAN = "tag_scan"
    INSPECTION = "inspection"


_OUTCOMES = frozenset(RequestStatus) - {RequestStatus.NEW, RequestStatus.WAITING}

STEPS: Mapping[RequestStatus, frozenset[RequestStatus]] = MappingProxyType(
    {
        RequestStatus.NEW: _OUTCOMES | {RequestStatus.WAITING},
        RequestStatus.WAITING: _OUTCOMES | {RequestStatus.NEW},
    }
)
"""Where a request can go; an outcome is final, and undo takes it back."""


def move(
    status: RequestStatus, to: RequestStatus, *, reason: str = "", duplicate_of: int | None = None
) -> RequestStatus:
    """Return the state that the request goes to.

    Raises:
        RuleBroken: there is no such step, or its reason or its twin is missing.
    """
    if to not in STEPS.get(status, ()):
        message = "A request that is {status} cannot become {to}."
        raise RuleBroken(message, status=status.value, to=to.value)
    if to in {RequestStatus.DECLINED, RequestStatus.CANCELLED} and not reason.strip():
        raise RuleBroken("Say why.", "reason")
    if to is RequestStatus.DUPLICATE and duplicate_of is None:
        raise RuleBroken("Say which request or work order it repeats.", "duplicate_of")
    return to
