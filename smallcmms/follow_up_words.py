"""What a follow-up says to a person, on the screen and in the headless face."""

from __future__ import annotations

from smallcmms.domain.follow_ups import FollowUpRule
from smallcmms.formats import Formats
from smallcmms.services.follow_ups import FollowUpRow
from smallcmms.texts import _


def sentence(row: FollowUpRow, formats: Formats) -> str:
    """Return why somebody must come back to it."""
    on = "" if row.ends_on is None else formats.day_year(row.ends_on)
    told = {"what": row.what, "whose": row.whose, "on": on}
    return {
        FollowUpRule.CERTIFICATE: _("{what} of {whose} expires {on}", **told),
        FollowUpRule.WARRANTY: _("Warranty of {what} ends {on}", **told),
        FollowUpRule.CANCELLED: _("Cancelled: {what}", **told),
        FollowUpRule.NO_SHOW: _("Nobody was there: {what}", **told),
        FollowUpRule.OFF_THE_BOARD: _("Off the board: {what}", **told),
        FollowUpRule.NOT_HAPPY: _("Not happy: {what}", **told),
    }[row.rule]


def more(row: FollowUpRow, formats: Formats) -> str:
    """Return whose it is, why, and what is at stake."""
    worth = "" if row.value is None else formats.money(row.value)
    whose = "" if row.rule is FollowUpRule.CERTIFICATE else row.whose
    return " · ".join(filter(None, (row.customer, whose, row.reason, worth)))
