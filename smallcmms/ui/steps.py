"""The steps of a shop file, as far as the window takes them back and does them again."""

from __future__ import annotations

from typing import Protocol


class Words(Protocol):
    """The name of a change, as the store keeps it."""

    @property
    def message(self) -> str:
        """Return the message id."""

    @property
    def values(self) -> dict[str, object]:
        """Return the values of the message."""

    @property
    def is_barrier(self) -> bool:
        """Return whether undo stops here."""


class Steps(Protocol):
    """What can be taken back and done again."""

    def undo(self) -> Words:
        """Take the last change back."""

    def redo(self) -> Words:
        """Do it again."""

    def next_undo(self) -> Words | None:
        """Return what undo would take back."""

    def next_redo(self) -> Words | None:
        """Return what redo would do again."""
