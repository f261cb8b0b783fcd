"""The ways in which a shop and its customers speak with each other."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """How something was said, and who began."""

    THEY_CALLED = "they_called"
    WE_CALLED = "we_called"
    E_MAIL = "e_mail"
    TEXT = "text"
    VISIT = "visit"
    LETTER = "letter"
