"""Who is billed, and how."""

from __future__ import annotations

from enum import StrEnum


class CustomerKind(StrEnum):
    """What kind of customer it is."""

    RESIDENTIAL = "residential"
    COMMERCIAL = "commercial"
    INTERNAL = "internal"


class TaxProfile(StrEnum):
    """Whether tax is charged."""

    TAXABLE = "taxable"
    EXEMPT = "exempt"
