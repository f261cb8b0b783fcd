"""Events: what happened to a record, when it was, and when it was recorded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from smallcmms.models import Event


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
    session.add(
        Event(
            record=record,
            record_id=record_id,
            kind=kind,
            was=was,
            now=now,
            reason=reason,
            values=values,
            happened_at=happened_at or at,
            recorded_at=at,
        )
    )
