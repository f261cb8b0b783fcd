"""What a level promises: its word and until when it wants an answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from smallcmms.domain.levels import Answer, answer_by
from smallcmms.models import Level
from smallcmms.services.steps import shops


def answer_time(session: Session, level: int, received_at: datetime) -> datetime:
    """Return until when a level wants an answer, by the shop's week and holidays (UTC)."""
    promise, shop = session.get_one(Level, int(level)), shops.current(session)
    return answer_by(
        received_at,
        Answer(promise.answer_minutes, promise.answer_workdays),
        week=shop.week,
        holidays=shop.holidays,
        zone=shop.zone,
    )


def word(session: Session, level: int) -> str:
    """Return the shop's word for a level: High."""
    return session.get_one(Level, int(level)).text
