"""The lines of an invoice."""

from __future__ import annotations

from enum import StrEnum


class LineKind(StrEnum):
    """What a line bills; taxes apply by kind."""

    LABOUR = "labour"
    CALL_OUT = "call_out"
    PART = "part"
    PURCHASE = "purchase"
    FLAT = "flat"
    TEXT = "text"
