"""The shop's lists of choices: causes, remedies, problems, reasons to hold."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.models import Choice


def entries(session: Session, kind: str) -> list[tuple[str, str]]:
    """Return the codes and the texts of a list ("cause", "remedy", …) in the shop's order."""
    query = select(Choice.code, Choice.text).where(Choice.kind == kind)
    query = query.where(Choice.archived_on.is_(None)).order_by(Choice.sequence)
    return [(code, text) for code, text in session.execute(query)]
