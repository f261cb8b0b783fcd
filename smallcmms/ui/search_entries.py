"""What the search offers: records that were found, and things to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from smallcmms.services.search import Hit

__all__ = ["Doing", "Entry", "Group", "Hit"]


@dataclass(frozen=True)
class Doing:
    """Something to do instead of a record to open; ``about`` are the words typed, as quoted."""

    text: str
    icon: str
    key: str
    do: Callable[[str], object]
    about: str = ""

    def words(self) -> str:
        """Return what would be done: New work order “valve”."""
        return f"{self.text} {self.about}".rstrip()


@dataclass(frozen=True)
class Group:
    """The title of a group, and how many rows it has: 5, or the first 5 of more."""

    title: str
    count: str = ""

    def words(self) -> str:
        """Return the title as a screen reader says it."""
        return f"{self.title} {self.count}".rstrip()


Entry = Hit | Doing | Group
"""A row of the popup: a record, something to do, or the title of a group."""
