"""Drafts: what is half typed survives a crash."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from smallcmms.models import Draft
from smallcmms.services.steps import drafts as steps
from smallcmms.store.store import Store


class DraftRow(NamedTuple):
    """A draft, what it is about and when it was last typed in."""

    subject: str
    content: dict[str, Any]
    kept_at: datetime


def keep(store: Store, kind: str, subject: str, content: dict[str, Any]) -> None:
    """Keep what is typed so far, in place of what was kept before."""
    same = select(Draft).where(Draft.kind == kind, Draft.subject == subject)
    with store.keep() as session:
        draft = session.scalars(same).one_or_none() or Draft(kind=kind, subject=subject)
        draft.content, draft.kept_at = content, store.now()
        session.add(draft)


def get(store: Store, kind: str, subject: str) -> dict[str, Any] | None:
    """Return what was typed, or None where nothing was."""
    query = select(Draft.content).where(Draft.kind == kind, Draft.subject == subject)
    with store.read() as session:
        return session.scalars(query).one_or_none()


def rows(store: Store, kind: str) -> list[DraftRow]:
    """Return the drafts of a kind, the latest first."""
    query = (
        select(Draft.subject, Draft.content, Draft.kept_at)
        .where(Draft.kind == kind)
        .order_by(Draft.kept_at.desc(), Draft.id)
    )
    with store.read() as session:
        return [DraftRow(*row) for row in session.execute(query)]


def drop(store: Store, kind: str, subject: str) -> None:
    """Forget a draft."""
    with store.keep() as session:
        steps.drop(session, kind, subject)
