"""What became of the dates of PM schedules, and which schedules an asset has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.models import Asset, PmOccurrence, PmSchedule, PmScheduleAsset, WorkOrder
from smallcmms.services import pm_pages
from smallcmms.services.pm_pages import PmRow
from smallcmms.store.store import Store

MOST = 12
_SETTLED = (
    OccurrenceStatus.DONE,
    OccurrenceStatus.SKIPPED,
    OccurrenceStatus.MISSED,
    OccurrenceStatus.SUPPRESSED,
    OccurrenceStatus.COALESCED,
)


@dataclass(frozen=True, slots=True)
class PastDate:
    """A date that is settled: when it was due, what became of it, by which work order, or why."""

    asset: str
    due_on: date | None
    status: OccurrenceStatus
    done_on: date | None
    order: str
    order_id: int | None
    reason: str


def past_dates(store: Store, pm_schedule_id: int, *, most: int = MOST) -> tuple[PastDate, ...]:
    """Return what became of the last dates of a schedule, the newest first."""
    query = (
        select(PmOccurrence, Asset.short_code, Asset.name, WorkOrder.number)
        .join(Asset, Asset.id == PmOccurrence.asset_id)
        .outerjoin(WorkOrder, WorkOrder.id == PmOccurrence.work_order_id)
        .where(
            PmOccurrence.pm_schedule_id == pm_schedule_id,
            PmOccurrence.status.in_(_SETTLED),
        )
        .order_by(PmOccurrence.sequence.desc(), PmOccurrence.id.desc())
        .limit(most)
    )
    with store.read() as session:
        return tuple(
            PastDate(
                asset=code or name,
                due_on=each.due_on or each.nominal_on,
                status=each.status,
                done_on=each.done_on,
                order=number or "",
                order_id=each.work_order_id,
                reason=each.reason,
            )
            for each, code, name, number in session.execute(query)
        )


def of_asset(store: Store, asset_id: int) -> Sequence[PmRow]:
    """Return the schedules that an asset has, what is due first at the top."""
    query = (
        select(PmSchedule.id)
        .join(PmScheduleAsset, PmScheduleAsset.pm_schedule_id == PmSchedule.id)
        .where(PmScheduleAsset.asset_id == asset_id, PmSchedule.archived_on.is_(None))
    )
    with store.read() as session:
        ids = session.scalars(query).all()
    found = pm_pages.rows(store, ids)
    return sorted(found.values(), key=lambda row: (row.next_on or date.max, row.number))
