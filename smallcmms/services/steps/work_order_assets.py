"""The assets of a work order that several share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from smallcmms.models import Asset, WorkOrder, WorkOrderAsset


def is_of(asset_id: Any) -> ColumnElement[bool]:
    """Return the rule that a work order is about an asset, alone or with others."""
    shared = select(WorkOrderAsset.work_order_id).where(WorkOrderAsset.asset_id == asset_id)
    own: ColumnElement[bool] = WorkOrder.asset_id == asset_id
    return own | WorkOrder.id.in_(shared)


def of(session: Session, order: WorkOrder) -> Sequence[Asset]:
    """Return the assets that a work order is about: its own, or those that share it."""
    if order.asset_id is not None:
        return [session.get_one(Asset, order.asset_id)]
    query = (
        select(Asset)
        .join(WorkOrderAsset, WorkOrderAsset.asset_id == Asset.id)
        .where(WorkOrderAsset.work_order_id == order.id)
        .order_by(WorkOrderAsset.sequence, WorkOrderAsset.id)
    )
    return session.scalars(query).all()
