"""What a customer's phone sends to the shop after reading a tag's second code, and its links.

No server stands in between: the code opens an e-mail or a text message that is filled in already,
with the tag's code in its first line and an empty line to write on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from smallcmms.domain import phone
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.tags import LONGEST, check_character

TROUBLE = "Trouble with"
LONGEST_MESSAGE = 20_000
_CODE = re.compile(r"\bSC[0-9A-Z]{4}:A[0-9]+:[0-9A-Z]\b", re.IGNORECASE)
_SAFE = ":@!$'()*,;"
_BETWEEN = " \t.,:;-–—)]}>"
_QUOTED = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)


class SecondCode(StrEnum):
    """What the second code of a tag opens on a customer's phone."""

    NONE = "none"
    EMAIL = "email"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class TagMessage:
    """A message about a tagged asset: the text of its code, and what the customer wrote."""

    code: str
    words: str


def text(code: str, trouble: str = TROUBLE) -> str:
    """Return the message that a phone shows filled in: the tag's code, and a line to write on."""
    return f"{trouble} {code}:\r\n"


def read(message: str) -> TagMessage | None:
    """Return the code that a message carries and what else it says, or nothing without a code.

    The line with the code is ours up to the code; what stands behind it, below or above it is the
    customer's. The first code whose check character is right counts.
    """
    whole = _QUOTED.sub("", message[:LONGEST_MESSAGE])
    for found in _CODE.finditer(whole):
        code = found.group().upper()
        if len(code) <= LONGEST and check_character(code[:-1]) == code[-1]:
            before, _, _ = whole[: found.start()].rpartition("\n")
            return TagMessage(code, _joined(before, whole[found.end() :].lstrip(_BETWEEN)))
    return None


def link(kind: SecondCode, code: str, *, number: str, to: str, trouble: str = TROUBLE) -> str:
    """Return what the second code says [RFC 6068 for e-mail, RFC 5724 for texts].

    ``number`` is the tag's as people read it, the subject of the mail; ``to`` is the shop's
    address or phone.

    Raises:
        RuleBroken: the shop has no e-mail address or no phone that could be written to.
    """
    body = quote(text(code, trouble), safe=_SAFE)
    if kind is SecondCode.EMAIL:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", to.strip()):
            raise RuleBroken("The shop has no e-mail address yet. Write it in Settings.")
        subject = quote(number, safe=_SAFE)
        return f"mailto:{quote(to.strip(), safe='@+')}?subject={subject}&body={body}"
    digits = phone.digits(to)
    if not digits:
        raise RuleBroken("The shop has no phone yet. Write it in Settings.")
    plus = "+" if to.strip().startswith("+") else ""
    return f"sms:{plus}{digits}?body={body}"


def _joined(*parts: str) -> str:
    return "\n".join(filter(None, (part.strip() for part in parts)))
