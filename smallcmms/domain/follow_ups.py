"""Follow-ups: what somebody must come back to, why, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from smallcmms.domain.errors import RuleBroken

LEAD_DAYS = 30
"""So long before it expires a certificate or a warranty is come back to, unless told (ours)."""
MOST_LEAD_DAYS = 366


class FollowUpRule(StrEnum):
    """What calls for a follow-up."""

    CERTIFICATE = "certificate"
    WARRANTY = "warranty"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    OFF_THE_BOARD = "off_the_board"
    NOT_HAPPY = "not_happy"


EXPIRING = (FollowUpRule.CERTIFICATE, FollowUpRule.WARRANTY)
"""The rules that look at a day on which something ends."""


def is_time(expires_on: date, lead_days: int, today: date) -> bool:
    """Tell whether what expires on a day is to be come back to; the day itself counts."""
    return expires_on - timedelta(lead_days) <= today


def due_day(expires_on: date, today: date) -> date:
    """Return until when it is to be done: the day it ends, today where that has passed."""
    return max(expires_on, today)


def need_lead_days(days: int) -> None:
    """See that the lead is at least 0 and at most a year.

    Raises:
        RuleBroken: it is not.
    """
    if not 0 <= days <= MOST_LEAD_DAYS:
        raise RuleBroken("Type 0 to {most} days.", "lead_days", most=MOST_LEAD_DAYS)


def need_later(until: date, today: date) -> None:
    """See that a follow-up is put off to a day that is still to come.

    Raises:
        RuleBroken: it is today or has passed.
    """
    if until <= today:
        raise RuleBroken("Put it off to a day that is still to come.", "until")
