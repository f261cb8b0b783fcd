"""An asset that nobody had taken in yet, made during a call and audited later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Asset
from smallcmms.services.steps import edits, events
from smallcmms.services.steps.numbers import next_number


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsset:
    """An asset as the caller names it."""

    name: str


def make(
    session: Session,
    at: datetime,
    new: NewAsset,
    *,
    site_id: int | None,
    location_id: int | None = None,
) -> Asset:
    """Write an asset of which only its name and its place are known, to be audited.

    Raises:
        RuleBroken: the name is blank, or nobody knows at which site it stands.
    """
    edits.need(new.name, "An asset needs a name.", "asset")
    if site_id is None:
        raise RuleBroken("Say at which site it stands.", "site_id")
    asset = Asset(
        number=next_number(session, "asset"),
        name=new.name.strip(),
        site_id=site_id,
        location_id=location_id,
        is_stub=True,
    )
    session.add(asset)
    session.flush()
    events.note(session, at, "asset", asset.id, "added", name=asset.name)
    return asset
