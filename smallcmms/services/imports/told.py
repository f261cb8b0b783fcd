"""What an import says before and after it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from smallcmms.domain.imports import Kind, Outcome, Plan
from smallcmms.services.imports.writes import Writes


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for people: a message id with its values; ``column`` is the header it is about."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    column: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that gets another value; ``label`` is a message id, or a custom field's own name."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What becomes of one row of the file, counted from 1, and why."""

    row: int
    outcome: Outcome
    title: str
    record_id: int | None = None
    number: str = ""
    reasons: tuple[Said, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do, and what it would say; ``stamp`` is the state that it looked at."""

    kind: Kind
    name: str
    rows: tuple[PreviewRow, ...]
    counts: Mapping[Outcome, int]
    also: tuple[Said, ...]
    plan: Plan | None
    writes: Writes
    stamp: int

    @property
    def is_asking(self) -> bool:
        """Tell whether records that are there already would change."""
        return bool(self.counts[Outcome.CHANGED])

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would be written."""
        return self.writes.is_empty


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did; without a batch it wrote nothing."""

    batch_id: int | None
    counts: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A file that was brought in."""

    id: int
    kind: str
    name: str
    at: datetime
    counts: Mapping[str, int]
