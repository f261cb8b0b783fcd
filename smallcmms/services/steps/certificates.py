"""Certificates: what a job asks for, and what those who go lack; within a session."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.certificates import Held, Lack, lacking
from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Asset, Certificate, CertificateNeed, WorkOrder


def needed(session: Session, *, asset_id: int | None, site_id: int | None) -> frozenset[str]:
    """Return the kinds that work on an asset, on its class or at a site asks for."""
    asset = session.get(Asset, asset_id) if asset_id is not None else None
    asked: list[ColumnElement[bool]] = []
    if site_id is not None:
        asked.append(CertificateNeed.site_id == site_id)
    if asset is not None:
        asked.append(CertificateNeed.asset_id == asset.id)
        if asset.asset_class_id is not None:
            asked.append(CertificateNeed.asset_class_id == asset.asset_class_id)
    if not asked:
        return frozenset()
    query = select(CertificateNeed.kind).where(or_(*asked), CertificateNeed.archived_on.is_(None))
    return frozenset(session.scalars(query))


def held(session: Session, technician_ids: Collection[int]) -> list[Held]:
    """Return the certificates that technicians hold together."""
    query = select(Certificate.kind, Certificate.expires_on).where(
        Certificate.technician_id.in_(technician_ids), Certificate.archived_on.is_(None)
    )
    return [Held(*row) for row in session.execute(query)]


def lacks(
    session: Session, kinds: Collection[str], technician_ids: Collection[int], on: date
) -> tuple[Lack, ...]:
    """Return what those who go lack together on a day: one of them holding a kind is enough."""
    return lacking(kinds, held(session, technician_ids), on) if kinds else ()


def see(
    session: Session, order: WorkOrder, technician_ids: Collection[int], on: date, reason: str
) -> bool:
    """See that who goes has what the work asks for, or that somebody said why it goes ahead.

    Returns:
        Whether they have it all.

    Raises:
        RuleBroken: something is lacking, and nobody said why it goes ahead.
    """
    kinds = needed(session, asset_id=order.asset_id, site_id=order.site_id)
    missing = lacks(session, kinds, technician_ids, on)
    if missing and not reason.strip():
        message = "{kinds}: nobody who goes holds it on that day. Say why it goes ahead."
        named = ", ".join(each.kind for each in missing)
        raise RuleBroken(message, "override_reason", kinds=named)
    return not missing
