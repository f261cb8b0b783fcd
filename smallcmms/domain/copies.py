"""The numbered copies of a printed work order."""

from __future__ import annotations

from enum import StrEnum


class CopyState(StrEnum):
    """Where a printed copy is."""

    OUT = "out"
    ENTERED = "entered"
    LOST = "lost"
    FAILED = "failed"


class Audience(StrEnum):
    """For whom a copy is printed."""

    TECHNICIAN = "technician"
    CUSTOMER = "customer"
    OFFICE = "office"
