"""The problems that an asset can have, by its class."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.models import Asset, AssetClass


def of_asset(session: Session, asset_id: int | None) -> tuple[str, ...]:
    """Return the codes of the problems that an asset's class names; none, every problem fits."""
    if asset_id is None:
        return ()
    query = (
        select(AssetClass.problem_codes)
        .join(Asset, Asset.asset_class_id == AssetClass.id)
        .where(Asset.id == asset_id)
    )
    return tuple(session.scalars(query).one_or_none() or ())
