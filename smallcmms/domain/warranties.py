"""Who answers for a fault, and until when."""

from __future__ import annotations

from enum import StrEnum


class WarrantyKind(StrEnum):
    """What the warranty covers."""

    PARTS = "parts"
    LABOUR = "labour"
    FULL = "full"
