"""PM schedules and their dates must agree with the work orders and the events behind them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.models import Event, PmOccurrence, PmSchedule
from smallcmms.services.invariants.rules import broken

_RULES = (
    (
        "{it}: a completed PM work order has no date of its schedule that it was done for.",
        """SELECT w.number FROM work_order w WHERE w.origin = 'pm'
        AND w.status IN ('completed', 'closed')
        AND NOT EXISTS (SELECT 1 FROM pm_occurrence o WHERE o.work_order_id = w.id)""",
    ),
    (
        "{it}: one date of an asset has two work orders.",
        """SELECT w.number FROM pm_occurrence o JOIN work_order w ON w.id = o.work_order_id
        WHERE o.status IN ('generated', 'done')
        GROUP BY o.work_order_id, o.pm_schedule_id, o.asset_id HAVING COUNT(*) > 1""",
    ),
    (
        "{it}: a date is made or done without a work order.",
        """SELECT s.number FROM pm_occurrence o JOIN pm_schedule s ON s.id = o.pm_schedule_id
        WHERE o.status IN ('generated', 'done') AND o.work_order_id IS NULL""",
    ),
    (
        "{it}: a date is done while its work order is not, or the other way round.",
        """SELECT w.number FROM pm_occurrence o JOIN work_order w ON w.id = o.work_order_id
        WHERE (o.status = 'done' AND w.status NOT IN ('completed', 'closed'))
        OR (o.status = 'generated' AND w.status IN ('completed', 'closed', 'cancelled'))""",
    ),
)


def problems(session: Session) -> Iterator[RuleBroken]:
    """Yield what is wrong with PM schedules, in words, naming the record."""
    yield from broken(session, _RULES)
    yield from _moved(session)


def _moved(session: Session) -> Iterator[RuleBroken]:
    """Yield the dates that are not what the last event about them says."""
    said = {
        (record_id, values["asset"], values["sequence"]): now
        for record_id, values, now in session.execute(_EVENTS)
        if "sequence" in values
    }
    for schedule_id, number, asset_id, sequence, due_on in session.execute(_DUE):
        written = "" if due_on is None else due_on.isoformat()
        if said.get((schedule_id, asset_id, sequence)) != written:
            yield RuleBroken("{it}: a due date moved without an event.", it=number)


_EVENTS = (
    select(Event.record_id, Event.values, Event.now)
    .where(Event.record == "pm_schedule")
    .order_by(Event.id)
)
_DUE = (
    select(
        PmSchedule.id,
        PmSchedule.number,
        PmOccurrence.asset_id,
        PmOccurrence.sequence,
        PmOccurrence.due_on,
    )
    .join(PmSchedule, PmSchedule.id == PmOccurrence.pm_schedule_id)
    .where(PmOccurrence.status == OccurrenceStatus.DUE)
)
