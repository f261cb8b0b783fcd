"""Follow-ups must be about something that is there, and none ends in silence."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.services.invariants.rules import broken

_RULES = (
    (
        "{it}: a follow-up is about nothing that is there.",
        """SELECT f.record || ' ' || f.record_id FROM follow_up f WHERE f.done_on IS NULL AND
        CASE f.record
        WHEN 'work_order' THEN NOT EXISTS (SELECT 1 FROM work_order w WHERE w.id = f.record_id)
        WHEN 'certificate' THEN NOT EXISTS (SELECT 1 FROM certificate c WHERE c.id = f.record_id)
        WHEN 'warranty' THEN 0 ELSE 1 END""",
    ),
    (
        "{it}: a follow-up ended without an event.",
        """SELECT f.record || ' ' || f.record_id FROM follow_up f WHERE f.done_on IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.record = 'follow_up' AND e.record_id = f.id
        AND e.kind IN ('done', 'settled'))""",
    ),
)


def problems(session: Session) -> Iterator[RuleBroken]:
    """Yield what is wrong with follow-ups, in words; a warranty may be removed before the check."""
    yield from broken(session, _RULES)
