"""Settings: choices of the person at the desk that are no records of the trade."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from smallcmms.models import Setting
from smallcmms.store.store import Store


def keep(store: Store, name: str, value: dict[str, Any]) -> None:
    """Keep a choice, in place of the one before; it is no step that undo takes back."""
    same = select(Setting).where(Setting.name == name)
    with store.keep() as session:
        setting = session.scalars(same).one_or_none() or Setting(name=name)
        setting.value = value
        session.add(setting)


def get(store: Store, name: str) -> dict[str, Any]:
    """Return what was chosen, nothing where nobody chose yet."""
    with store.read() as session:
        kept = session.scalars(select(Setting.value).where(Setting.name == name)).one_or_none()
    return kept or {}
