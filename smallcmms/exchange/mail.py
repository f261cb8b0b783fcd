"""E-mail, text only: who wrote, when, and the plain words, whatever its MIME says.

A message from outside may be anything. Nothing in it is opened, run or fetched; what would take
long is not read: the parser sees a bounded number of lines, and the run of lines of an attachment
counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as Part
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.messages import Message, MessageFile
from smallcmms.domain.typed import clean
from smallcmms.exchange import html_text

BYTES = 64 * 1024 * 1024
LINES = 100_000
LETTERS = 20_000
FILES = 20
_DEEPEST = 30
_HEADER = 1_000
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODED = re.compile(rb"(?m)^(?:[A-Za-z0-9+/]{40,}+={0,2}+\n){40,}+")
"""The lines of an attachment in base64; nothing in the pattern is looked at twice."""
_CHARSETS = re.compile(
    r"utf_?(7|8|16|16_?[bl]e|32)|(us_)?ascii|iso_?8859_\d{1,2}|latin_?\d|(windows_|cp)125\d"
    r"|koi8_[ru]|gb2312|gbk|gb18030|big5(_?hkscs)?|shift_?jis|iso_2022_[jk][pr]|euc_[jk][pr]"
)
"""The ways to write letters that are tried; some others take long, or are no letters at all."""
_BROKEN = (LookupError, ValueError, TypeError, OverflowError, AttributeError, MessageError)
"""What the parts of a message raise when they say nonsense (UnicodeError is a ValueError)."""


def read(data: bytes) -> Message:
    """Return what a message in the Internet's format says [RFC 5322, RFC 2045 to 2049].

    Where a message has its words twice, the plain ones count; of HTML only the text is taken. What
    there was no room for is counted, and the message itself is then among its files.

    Raises:
        RuleBroken: it is larger than 64 MB, or no e-mail at all.
    """
    if len(data) > BYTES:
        raise RuleBroken("The message is larger than {most} MB.", most=BYTES // 1024**2)
    if data.startswith(_OUTLOOK):
        raise RuleBroken("This is an Outlook file. Save the message as .eml, or paste its text.")
    shortened, is_cut = _shortened(data)
    whole = _parsed(shortened)
    text = clean(_words(whole)).text.strip()
    files, left_out = _files(whole)
    left_out += is_cut
    cut = max(len(text) - LETTERS, 0)
    if cut or left_out:
        files = (*files, MessageFile("message.eml", "message/rfc822", data))
    name, address = _sender(whole)
    return Message(
        text=text[:LETTERS],
        subject=_header(whole, "Subject"),
        name=name,
        address=address,
        sent_at=_sent_at(whole),
        files=files,
        cut=cut,
        left_out=left_out,
    )


def is_message(text: str) -> bool:
    """Tell whether a pasted text begins with the head of an e-mail."""
    head = text.lstrip()[:LETTERS].split("\n\n")[0].replace("\r", "")
    found = {line.partition(":")[0].lower() for line in head.split("\n") if ":" in line}
    return "from" in found and bool(found & {"subject", "date", "to"})


def _shortened(data: bytes) -> tuple[bytes, bool]:
    """Return a message with few enough lines, and whether any were left out."""
    plain = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    joined = _ENCODED.sub(lambda run: run[0].replace(b"\n", b"") + b"\n", plain)
    lines = joined.split(b"\n", LINES)
    return b"\n".join(lines[:LINES]), len(lines) > LINES


def _parsed(data: bytes) -> Part:
    parser = BytesParser(policy=compat32)
    try:
        return parser.parsebytes(data)
    except RecursionError:  # parts in parts, hundreds deep: its head is all that is read
        return parser.parsebytes(data, headersonly=True)


def _words(part: Part, depth: int = 0) -> str:
    """Return the words of a part: plain ones, or those of its HTML."""
    if depth > _DEEPEST:
        return ""
    if not part.is_multipart():
        return _own_words(part)
    found = (_words(inner, depth + 1) for inner in _inner(part))
    texts = [text for text in islice(found, FILES * FILES) if text.strip()]
    if part.get_content_type() == "multipart/alternative":
        return _plainest(part, depth) or next(iter(texts), "")
    return "\n\n".join(texts)


def _plainest(part: Part, depth: int) -> str:
    plain = [each for each in _inner(part) if each.get_content_type() == "text/plain"]
    return "\n\n".join(filter(str.strip, (_words(each, depth + 1) for each in plain[:FILES])))


def _own_words(part: Part) -> str:
    if _name(part) or part.get_content_disposition() == "attachment":
        return ""
    kind = part.get_content_type()
    if kind == "text/html":
        return html_text.text_of(_decoded(part))
    return _decoded(part) if kind == "text/plain" else ""


def _files(whole: Part) -> tuple[tuple[MessageFile, ...], int]:
    """Return the files of a message, and how many were left out."""
    found: list[MessageFile] = []
    left_out = 0
    for part in islice(whole.walk(), LINES):
        if part.is_multipart() or not _is_file(part):
            continue
        if len(found) == FILES:
            left_out += 1
            continue
        kind = part.get_content_type()
        name = _name(part) or f"file-{len(found) + 1}"
        found.append(MessageFile(name, kind, _content(part)))
    return tuple(found), left_out


def _is_file(part: Part) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return bool(_name(part)) or not is_text or part.get_content_disposition() == "attachment"


def _inner(part: Part) -> Iterator[Part]:
    payload = part.get_payload()
    return (
        (each for each in payload if isinstance(each, Part))
        if isinstance(payload, list)
        else iter(())
    )


def _content(part: Part) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _BROKEN:
        payload = part.get_payload()
    if isinstance(payload, bytes):
        return payload
    return str(payload or "").encode("utf-8", "surrogateescape")


def _decoded(part: Part) -> str:
    return _text(_content(part)[: html_text.MOST * 4], _charset(part))


def _text(content: bytes, charset: str) -> str:
    named = charset.lower().replace("-", "_")
    for each in (named if _CHARSETS.fullmatch(named) else "utf_8", "utf_8", "cp1252"):
        try:
            return content.decode(each)
        except _BROKEN:
            continue
    return content.decode("latin-1")


def _charset(part: Part) -> str:
    try:
        return str(part.get_content_charset(""))
    except _BROKEN:
        return ""


def _name(part: Part) -> str:
    try:
        name = part.get_filename("")
    except _BROKEN:
        return ""
    return _one_line(str(name or ""))


def _sender(whole: Part) -> tuple[str, str]:
    text = _header(whole, "From")
    try:
        name, address = parseaddr(text)
    except RecursionError:
        return text, ""
    return _one_line(name), _one_line(address)


def _sent_at(whole: Part) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_header(whole, "Date"))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except _BROKEN:
        return None


def _header(whole: Part, name: str) -> str:
    """Return the words of a line of the head [RFC 2047]."""
    plain = str(whole.get(name, ""))[: _HEADER * 10]
    try:
        pieces = decode_header(plain)
    except _BROKEN:
        return _one_line(plain)
    return _one_line("".join(_piece(*piece) for piece in pieces))


def _piece(content: bytes | str, charset: str | None) -> str:
    return content if isinstance(content, str) else _text(content, charset or "")


def _one_line(text: str) -> str:
    return " ".join(clean(text).text.split())[:_HEADER]
