"""The history: every change and every undo, kept for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from smallcmms.models import History
from smallcmms.store.store import Store


def last_at(store: Store) -> datetime | None:
    """Return the moment of the last change or undo (UTC), or None in an untouched file."""
    with store.read() as session:
        return session.scalars(select(func.max(History.at))).one()
