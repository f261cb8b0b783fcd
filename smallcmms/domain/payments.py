"""How money comes in."""

from __future__ import annotations

from enum import StrEnum


class PaymentMethod(StrEnum):
    """How it was paid."""

    CHECK = "check"
    CARD = "card"
    TRANSFER = "transfer"
    CASH = "cash"
    WRITE_OFF = "write_off"
    OTHER = "other"
