"""The desk of the headless face: which file, which moment, where the words go."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from smallcmms.cli.fields import moment
from smallcmms.domain.errors import RuleBroken
from smallcmms.formats import Formats
from smallcmms.services import shop
from smallcmms.store import opening
from smallcmms.store.store import Changed, Store
from smallcmms.texts import _


class Desk:
    """What every word needs: the shop file, the clock, and a place to answer."""

    def __init__(self, path: Path | None, now: str | None) -> None:
        self._path = path
        self._given = moment(now) if now else None

    def path(self, named: Path | None = None) -> Path:
        """Return the file that the word or ``--shop`` names.

        Raises:
            RuleBroken: neither names one.
        """
        path = named or self._path
        if path is None:
            raise RuleBroken("Say which file: --shop FILE.")
        return path

    @contextmanager
    def opened(self, named: Path | None = None) -> Iterator[Store]:
        """Open the shop file for one word."""
        store = opening.open_shop(self.path(named), now=self._clock)
        try:
            self._tell_zone(store)
            store.listen(_tell_notice)
            yield store
        finally:
            store.close()

    @contextmanager
    def created(self, named: Path, *, zone: str) -> Iterator[Store]:
        """Make a new, empty file."""
        self._in_zone(zone)
        store = opening.create(named, now=self._clock)
        try:
            yield store
        finally:
            store.close()

    def formats(self, store: Store) -> Formats:
        """Return how this shop writes values."""
        facts = shop.get(store)
        return Formats(locale=facts.locale, currency=facts.currency, zone=facts.zone)

    def say(self, text: str) -> None:
        """Answer a line."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def say_json(self, value: object) -> None:
        """Answer as JSON: amounts and quantities as text, moments in ISO form."""
        self.say(json.dumps(_named(value), default=plain, ensure_ascii=False, indent=2))

    def given(self, zone: ZoneInfo) -> datetime | None:
        """Return the moment that ``--now`` names, by the clock of a zone where it names none."""
        if self._given is None or self._given.tzinfo is not None:
            return self._given
        return self._given.replace(tzinfo=zone)

    def at(self, store: Store, text: str) -> datetime:
        """Return a typed moment (2026-07-13T07:10) on the shop's clock, in UTC."""
        told = moment(text)
        if told.tzinfo is None:
            told = told.replace(tzinfo=ZoneInfo(shop.get(store).zone))
        return told.astimezone(UTC)

    def _clock(self) -> datetime:
        return self._given if self._given is not None else datetime.now(UTC)

    def _tell_zone(self, store: Store) -> None:
        if self._given is not None and self._given.tzinfo is None:
            self._given = self._given.replace(tzinfo=UTC)
            if shop.has_shop(store):
                self._in_zone(shop.get(store).zone, again=True)

    def _in_zone(self, zone: str, *, again: bool = False) -> None:
        if self._given is not None and (again or self._given.tzinfo is None):
            self._given = self._given.replace(tzinfo=ZoneInfo(zone))


def tell_missing(letters: Sequence[str]) -> None:
    """Tell on standard error which letters a paper shows as squares."""
    if letters:
        told = _("No letters to print: {letters}", letters=" ".join(letters))
        sys.stderr.write(f"{told}\n")


def _tell_notice(changed: Changed) -> None:
    if changed.notice:
        sys.stderr.write(f"{_(changed.notice)}\n")


def plain(value: Any) -> Any:
    """Return a value as JSON can say it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "__slots__") or hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return sorted(value) if isinstance(value, frozenset | set) else list(value)


def _named(value: Any) -> Any:
    """Return a value with the names of what rows hold, however deep they lie in it."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    elif hasattr(value, "__dataclass_fields__"):
        value = {name: getattr(value, name) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: _named(inner) for key, inner in value.items()}
    is_several = isinstance(value, list | tuple)
    return [_named(inner) for inner in value] if is_several else value


def fields(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Return every field of a record with its path (parts.0.name) and its text on one line."""
    if hasattr(value, "__dataclass_fields__"):
        value = plain(value)
    elif hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from fields(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, tuple | list | frozenset):
        for number, inner in enumerate(value):
            yield from fields(inner, f"{name}.{number}")
    else:
        text = value if value is None or isinstance(value, str | int) else plain(value)
        yield name, "" if text is None else " ".join(str(text).split())
