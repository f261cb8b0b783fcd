"""Events: what happened to a record, when it was, and when it was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from smallcmms.models import Event
from smallcmms.services.steps import bulk


def note(
    session: Session,
    at: datetime,
    record: str,
    record_id: int,
    kind: str,
    *,
    was: str = "",
    now: str = "",
    reason: str = "",
    happened_at: datetime | None = None,
    **values: object,
) -> None:
    """Write that ``kind`` happened to a record.

    ``at`` is the moment of recording (UTC); ``happened_at`` is when the person says it was, the
    same moment unless told. ``values`` are what a timeline says about it.
    """
    said = {"was": was, "now": now, "reason": reason, "happened_at": happened_at}
    session.add(Event(**fields(at, record, record_id, kind, **said, **values)))  # type: ignore[arg-type]


def fields(
    at: datetime,
    record: str,
    record_id: int,
    kind: str,
    *,
    was: str = "",
    now: str = "",
    reason: str = "",
    happened_at: datetime | None = None,
    **values: object,
) -> dict[str, Any]:
    """Return an event as ``note`` writes it, for those that are written many at once."""
    return {
        "record": record,
        "record_id": record_id,
        "kind": kind,
        "was": was,
        "now": now,
        "reason": reason,
        "values": values,
        "happened_at": happened_at or at,
        "recorded_at": at,
    }


def note_all(session: Session, told: Sequence[dict[str, Any]]) -> None:
    """Write many events at once."""
    if told:
        session.flush()
        bulk.insert(session.connection(), "event", told)
