"""What the editor of a PM schedule offers: assets of the site, their meters, smaller schedules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.meters import MeterKind
from smallcmms.models import Asset, Meter, PmSchedule
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class MeterOffer:
    """A meter of one of the assets; one that counts up can call for work every so many units."""

    id: int
    name: str
    unit: str
    asset: str
    is_counting: bool
    has_limits: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen for a schedule: assets by name, meters, other schedules of the site."""

    site_id: int | None
    assets: tuple[tuple[int, str], ...]
    meters: tuple[MeterOffer, ...]
    schedules: tuple[tuple[int, str], ...]


def offers(store: Store, asset_ids: Collection[int], *, pm_schedule_id: int = 0) -> Offers:
    """Return what can be chosen for a schedule over some assets of one site."""
    with store.read() as session:
        site_id = session.scalars(
            select(Asset.site_id).where(Asset.id.in_(asset_ids)).order_by(Asset.id).limit(1)
        ).first()
        return Offers(
            site_id,
            _assets(session, site_id),
            _meters(session, asset_ids),
            _schedules(session, site_id, pm_schedule_id),
        )


def _assets(session: Session, site_id: int | None) -> tuple[tuple[int, str], ...]:
    query = (
        select(Asset.id, Asset.short_code, Asset.name)
        .where(Asset.site_id == site_id, Asset.archived_on.is_(None))
        .order_by(Asset.short_code, Asset.name, Asset.id)
    )
    found = session.execute(query)
    return tuple((key, f"{code} {name}".strip()) for key, code, name in found)


def _meters(session: Session, asset_ids: Collection[int]) -> tuple[MeterOffer, ...]:
    query = (
        select(Meter, Asset.short_code, Asset.name)
        .join(Asset, Asset.id == Meter.asset_id)
        .where(Meter.asset_id.in_(asset_ids), Meter.archived_on.is_(None))
        .order_by(Meter.id)
    )
    return tuple(
        MeterOffer(
            id=meter.id,
            name=meter.name,
            unit=meter.unit,
            asset=code or name,
            is_counting=meter.kind is MeterKind.CUMULATIVE,
            has_limits=meter.low is not None or meter.high is not None,
        )
        for meter, code, name in session.execute(query)
    )


def _schedules(
    session: Session, site_id: int | None, pm_schedule_id: int
) -> tuple[tuple[int, str], ...]:
    query = (
        select(PmSchedule.id, PmSchedule.number, PmSchedule.name)
        .where(
            PmSchedule.site_id == site_id,
            PmSchedule.id != pm_schedule_id,
            PmSchedule.archived_on.is_(None),
        )
        .order_by(PmSchedule.number)
    )
    found = session.execute(query)
    return tuple((key, f"{number} {name}") for key, number, name in found)
