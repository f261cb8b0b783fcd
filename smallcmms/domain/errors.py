"""Errors that a person can cause and mend."""

from __future__ import annotations


class RuleBroken(Exception):  # noqa: N818
    """What was asked breaks a rule of the trade.

    It carries a message id and its values; the face that shows it translates it. ``field`` is the
    name of the box that it stands beside, empty where it belongs to no box.
    """

    def __init__(self, message: str, /, field: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values

    def __str__(self) -> str:
        """Return the message in English, for logs and tests."""
        return self.message.format(**self.values)


class NotFound(RuleBroken):
    """What was asked for is not in the shop's file."""
