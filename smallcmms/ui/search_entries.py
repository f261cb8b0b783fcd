"""What the search offers: records that were found, and things to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Hit(Protocol):
    """A record that was found, as the service hands it out."""

    @property
    def kind(self) -> str:
        """Return the kind of record."""

    @property
    def id(self) -> int:
        """Return its id."""

    @property
    def number(self) -> str:
        """Return its number, as people read it."""

    @property
    def title(self) -> str:
        """Return what it is."""

    @property
    def second(self) -> str:
        """Return whose or where it is."""

    @property
    def state(self) -> str:
        """Return its state, empty where it has none."""

    @property
    def level(self) -> int:
        """Return its level, 0 where it has none."""

    @property
    def opens(self) -> tuple[str, int]:
        """Return kind and id of the record to open."""


@dataclass(frozen=True)
class Doing:
    """Something to do instead of a record to open."""

    text: str
    icon: str
    key: str
    do: Callable[[str], object]


Entry = Hit | Doing | str
"""A row of the popup: a record, something to do, or the title of a group."""
