"""Messages: what an e-mail or a text says once everything but its words is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MessageFile:
    """A file that came with a message; nothing in it has been looked at."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose bytes are kept by their hash before a record names it; its size is in bytes."""

    name: str
    hash: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Who wrote, when (a moment with zone, if the message says one), and the plain words.

    ``cut`` counts the letters that stand behind ``text``, ``left_out`` the files and parts that
    are not among ``files``.
    """

    text: str
    subject: str = ""
    name: str = ""
    address: str = ""
    sent_at: datetime | None = None
    files: tuple[MessageFile, ...] = ()
    cut: int = 0
    left_out: int = 0

    @property
    def words(self) -> str:
        """Return subject and text as the words of a request."""
        return "\n".join(filter(None, (self.subject, self.text)))
