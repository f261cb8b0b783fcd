"""What the queue and the pane say of a request."""

from __future__ import annotations

import re
from datetime import datetime

from smallcmms.domain.requests import Channel, RequestStatus
from smallcmms.domain.triage import FIXED_LATELY
from smallcmms.formats import Formats
from smallcmms.services.requests import RequestPage, RequestRow
from smallcmms.texts import _, listed
from smallcmms.ui import when
from smallcmms.ui.kit import Cell, states

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_ICONS = {
    Channel.PHONE: "phone",
    Channel.VOICEMAIL: "phone",
    Channel.WALK_IN: "footprints",
    Channel.E_MAIL: "mail",
    Channel.TEXT: "message-square",
    Channel.TAG_SCAN: "qr-code",
    Channel.INSPECTION: "wrench",
}


def channel(key: Channel) -> str:
    """Return the way a request came in, in words."""
    return {
        Channel.PHONE: _("Phone"),
        Channel.VOICEMAIL: _("Voicemail"),
        Channel.WALK_IN: _("Walk-in"),
        Channel.E_MAIL: _("E-mail"),
        Channel.TEXT: _("Text"),
        Channel.TAG_SCAN: _("Tag scan"),
        Channel.INSPECTION: _("Tech found it"),
    }[key]


def title(words: str) -> str:
    """Return the first thing the caller said, as one line."""
    line = " ".join(words.split())
    first = _SENTENCE.split(line, maxsplit=1)[0]
    return first.removesuffix(".")


def place(path: str) -> str:
    """Return a place in a line: Building A, Basement."""
    return path.replace(" › ", ", ")


def problem(row: RequestRow) -> Cell:
    """Return what is wrong, for whom and where."""
    second = ", ".join(filter(None, (row.customer, place(row.place))))
    return Cell(first=title(row.words), second=second or _("Nobody knows who called"))


def fixed(row: RequestRow, formats: Formats, now: datetime) -> str:
    """Return which repair of the asset came before the call: Fixed yesterday: WO-2309."""
    if row.fixed_on is None:
        return ""
    day = when.past_day(formats, row.fixed_on, now)
    return _("Fixed {day}: {number}", day=day, number=row.fixed_by)


def why(row: RequestRow, formats: Formats, now: datetime) -> Cell:
    """Return why it has its level; what waits for an answer says so.

    A repair that did not hold is told with the problem there is now.
    """
    reasons = [listed(reason) for reason in row.level_reason.split(", ")]
    is_fixed = reasons[0] == listed(FIXED_LATELY.short) and row.fixed_on is not None
    if row.override_reason:
        reasons, is_fixed = [row.override_reason], False
    if is_fixed:
        reasons[0] = fixed(row, formats, now)
    first, *more = [reason[:1].upper() + reason[1:] for reason in reasons]
    tone = {1: "red", 2: "orange"}.get(int(row.level), "text2")
    second, second_tone = ", ".join(more), tone
    if is_fixed and not more:
        second, second_tone = listed(row.problem), "text2"
    if row.status is RequestStatus.WAITING:
        second, second_tone = states.request(row.status).text, "amber"
    is_plain = row.level > 2  # noqa: PLR2004
    return Cell(first=first, second=second, tone=tone, second_tone=second_tone, is_plain=is_plain)


def answer(row: RequestRow, formats: Formats, now: datetime) -> Cell:
    """Return until when an answer is wanted, and how long that is; or what became of it."""
    if row.status not in (RequestStatus.NEW, RequestStatus.WAITING):
        return Cell(first="", pill=states.request(row.status))
    is_hot = row.level == 1 or row.answer_by < now
    return Cell(
        first=when.until(formats, row.answer_by, now),
        second=when.left(formats, row.answer_by, now),
        tone="red" if is_hot else "text",
        second_tone="red" if is_hot else "text2",
        is_plain=not is_hot,
    )


def came(row: RequestRow, formats: Formats, now: datetime) -> Cell:
    """Return how and when it came in."""
    return Cell(
        icon=_ICONS[row.channel],
        first=channel(row.channel),
        second=formats.moment(row.received_at, formats.today(now)),
        tone="text2",
        is_plain=True,
    )


def rule(page: RequestPage, formats: Formats, now: datetime) -> str:
    """Return by which rule, or by whose word, it has its level, and what was fixed before."""
    told = {"level": int(page.row.level), "rule": listed(page.rule_name)}
    if page.row.override_reason:
        told |= {"reason": page.row.override_reason, "other": int(page.rule_level)}
        return _("L{level} by you: {reason}. The rule “{rule}” says L{other}.", **told)
    by_rule = _("L{level} by your rule “{rule}”.", **told)
    before = fixed(page.row, formats, now)
    return f"{by_rule} {before}." if before else by_rule
