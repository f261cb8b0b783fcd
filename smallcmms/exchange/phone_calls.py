"""The list of calls that a phone provider gives out: those that nobody answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from smallcmms.domain import phone as phones
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.missed_calls import Ring
from smallcmms.domain.tables import Row, shown
from smallcmms.domain.typed_dates import read_clock, read_date
from smallcmms.exchange import tables
from smallcmms.formats import Formats

_HEADER_WITHIN = 20
_WORDS = {
    "phone": (
        *("from", "caller", "caller number", "caller id", "phone", "phone number", "number"),
        *("from number", "calling number", "source", "src", "ani", "originator"),
    ),
    "name": ("name", "caller name", "from name", "contact", "contact name", "caller id name"),
    "moment": (
        *("date time", "datetime", "date and time", "start time", "started at", "call time"),
        *("timestamp", "created at", "call start", "calldate", "call date", "date", "day", "time"),
    ),
    "clock": ("time", "clock", "start", "hour"),
    "result": (
        *("result", "action result", "call result", "status", "call status", "outcome", "type"),
        *("disposition", "call type", "result description", "direction", "call direction", "state"),
    ),
    "note": ("note", "notes", "comment", "transcript", "transcription", "voicemail"),
}
"""What providers call the columns (ours, from the lists of common ones)."""
_SEVERAL = frozenset({"result"})
_MISSED = re.compile(r"miss|no.?answer|unanswered|not answered|abandon|voice.?mail|noanswer|hang")
_OUTGOING = re.compile(r"out(going|bound|going call)|placed|dialed")
_INCOMING = re.compile(r"\b(in(coming|bound)?|received|call)\b")
_MOMENT = re.compile(
    r"(.*\S)[ T]+(\d{1,2}[:.]\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE
)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[., ]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """The calls that nobody answered, and what is wrong with the rows that cannot be read."""

    rings: tuple[Ring, ...]
    refused: tuple[tuple[int, RuleBroken], ...]
    others: int


def read(data: bytes, name: str, *, formats: Formats, today: date) -> Read:
    """Return the missed calls of a provider's list (CSV or a spreadsheet).

    Days and times are those of the shop unless a row says its zone. Where no column says how a
    call ended, every row is a missed call. ``others`` counts the calls that were answered or made.

    Raises:
        RuleBroken: it is no table, or no column holds numbers and times.
    """
    for sheet in tables.read(data, name).sheets:
        for at, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
            columns = _columns(row)
            if "phone" in columns and "moment" in columns:
                rows = [*enumerate(sheet.rows[at + 1 :], start=at + 2)]
                return _read(rows, columns, formats, today)
    raise RuleBroken(
        "{name} has no column with the numbers that rang, or none with the time.", name=name
    )


def _columns(header: Row) -> dict[str, list[int]]:
    names = [re.sub(r"[^a-z]+", " ", shown(cell).casefold()).strip() for cell in header]
    found: dict[str, list[int]] = {}
    for field, words in _WORDS.items():
        places = [names.index(word) for word in words if word in names]
        if places:
            found[field] = places if field in _SEVERAL else places[:1]
    if found.get("clock") == found.get("moment"):
        found.pop("clock", None)
    return found


def _read(
    rows: Sequence[tuple[int, Row]], columns: dict[str, list[int]], formats: Formats, today: date
) -> Read:
    rings: list[Ring] = []
    refused: list[tuple[int, RuleBroken]] = []
    others = 0
    for number, row in rows:
        told = {field: _cells(row, places) for field, places in columns.items()}
        if not any(told.values()):
            continue
        if not _is_missed(told):
            others += 1
            continue
        try:
            rings.append(_ring(told, formats, today))
        except RuleBroken as error:
            refused.append((number, error))
    return Read(tuple(rings), tuple(refused), others)


def _cells(row: Row, places: Sequence[int]) -> str:
    return " · ".join(shown(row[at]).strip() for at in places if at < len(row)).strip(" ·")


def _is_missed(told: dict[str, str]) -> bool:
    result = told.get("result", "").casefold()
    if not result:
        return True
    if _OUTGOING.search(result):
        return False
    is_only_way = bool(_INCOMING.fullmatch(result))
    return bool(_MISSED.search(result)) or is_only_way


def _ring(told: dict[str, str], formats: Formats, today: date) -> Ring:
    called_at = _moment(told["moment"], told.get("clock", ""), formats, today)
    phone, name = told["phone"], told.get("name", "")
    if not phones.digits(phone):
        name = name or phone
    return Ring(phone, called_at, name, told.get("note", ""))


def _moment(text: str, clock: str, formats: Formats, today: date) -> datetime:
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None and (exact.tzinfo is not None or (exact.time() != time() and not clock)):
        return exact.astimezone(UTC) if exact.tzinfo else _in_zone(exact, formats)
    day_text = _WEEKDAY.sub("", text)
    if not clock and (parts := _MOMENT.fullmatch(day_text)):
        day_text, clock = parts[1].rstrip(","), f"{parts[2]} {parts[3] or ''}"
    day = read_date(day_text, today=today, locale=formats.locale)
    minutes = read_clock(_without_seconds(clock)).minutes
    return _in_zone(datetime.combine(day, time()) + timedelta(minutes=minutes), formats)


def _without_seconds(clock: str) -> str:
    return re.sub(r"^(\d{1,2}:\d{2}):\d{2}", r"\1", clock.strip())


def _in_zone(moment: datetime, formats: Formats) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(formats.zone)).astimezone(UTC)
