"""What a returned sheet says: its marks, its result, its times."""

from __future__ import annotations

from enum import StrEnum


class Mark(StrEnum):
    """What a line of the checklist is marked with in box 2."""

    OK = "ok"
    FIXED = "fixed"
    BAD = "bad"


class Result(StrEnum):
    """What box 5 of the sheet says came of the visit."""

    FIXED = "fixed"
    HOLDING = "holding"
    GO_BACK_PART = "go_back_part"
    GO_BACK_ACCESS = "go_back_access"
    GO_BACK_TIME = "go_back_time"
