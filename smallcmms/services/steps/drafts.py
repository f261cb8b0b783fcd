"""A draft that became the real thing goes."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from smallcmms.models import Draft


def drop(session: Session, kind: str, subject: str) -> None:
    """Forget a draft."""
    session.execute(delete(Draft).where(Draft.kind == kind, Draft.subject == subject))
