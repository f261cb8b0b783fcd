"""Papers and pictures that belong to a record."""

from __future__ import annotations

from enum import StrEnum


class AttachmentKind(StrEnum):
    """What the file is."""

    PHOTO = "photo"
    MANUAL = "manual"
    SDS = "sds"
    LOCK_OUT = "lock_out"
    SCAN = "scan"
    RECEIPT = "receipt"
    OTHER = "other"
