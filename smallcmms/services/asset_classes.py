"""Asset classes: what assets of one kind have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import Asset, AssetClass
from smallcmms.services import choices
from smallcmms.services.choices import ChoiceRow
from smallcmms.services.steps import edits, events, shops
from smallcmms.services.steps import problems as steps
from smallcmms.store.store import Store, about

EDITABLE = ("name", "hazards", "problem_codes", "expected_life_years", "custom_fields")
_LISTS = ("problem_codes", "custom_fields")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """A class; without problem codes of its own every problem of the shop fits it."""

    id: int
    name: str
    hazards: str
    problem_codes: tuple[str, ...]
    expected_life_years: int | None
    custom_fields: tuple[str, ...]
    archived_on: date | None
    assets: int


_COUNT = (
    select(func.count(Asset.id))
    .where(Asset.asset_class_id == AssetClass.id, Asset.archived_on.is_(None))
    .correlate(AssetClass)
    .scalar_subquery()
)


def rows(store: Store, *, is_archived: bool = False) -> list[ClassRow]:
    """Return the classes in use, by name; with ``is_archived`` those too that were put away."""
    query = select(AssetClass, _COUNT).order_by(func.lower(AssetClass.name), AssetClass.id)
    if not is_archived:
        query = query.where(AssetClass.archived_on.is_(None))
    with store.read() as session:
        return [_row(found, count) for found, count in session.execute(query)]


def get(store: Store, class_id: int) -> ClassRow:
    """Return one class.

    Raises:
        NotFound: there is no such class.
    """
    with store.read() as session:
        found = session.execute(
            select(AssetClass, _COUNT).where(AssetClass.id == class_id)
        ).one_or_none()
        if found is None:
            raise NotFound("There is no such class.")
        return _row(*found)


def problems(store: Store, asset_id: int | None) -> list[ChoiceRow]:
    """Return the problems that an asset can have: those of its class, else all of the shop."""
    every = choices.rows(store, "problem")
    with store.read() as session:
        codes = steps.of_asset(session, asset_id)
    fitting = [choice for choice in every if choice.code in codes]
    return fitting or every


def _row(found: AssetClass, count: int) -> ClassRow:
    return ClassRow(
        id=found.id,
        name=found.name,
        hazards=found.hazards,
        problem_codes=tuple(found.problem_codes),
        expected_life_years=found.expected_life_years,
        custom_fields=tuple(found.custom_fields),
        archived_on=found.archived_on,
        assets=count,
    )


def add(store: Store, *, name: str, **fields: object) -> int:
    """Add a class and return its id.

    Raises:
        RuleBroken: the name is blank or taken.
    """
    edits.need(name, "A class needs a name.", "name")
    at = store.now()
    with store.change("Add class {name}", name=name.strip()) as session:
        _need_free(session, name)
        made = AssetClass(name=name.strip(), **_kept(fields))
        session.add(made)
        session.flush()
        events.note(session, at, "asset_class", made.id, "added", name=made.name)
        about(session, "asset_class", made.id)
        return made.id


def edit(store: Store, class_id: int, **fields: object) -> None:
    """Change fields of a class; its assets follow.

    Raises:
        RuleBroken: the name would be blank or is taken.
    """
    if "name" in fields:
        edits.need(fields["name"], "A class needs a name.", "name")
    at = store.now()
    with store.change("Edit class {name}") as session:
        found = session.get_one(AssetClass, class_id)
        if "name" in fields:
            _need_free(session, str(fields["name"]), class_id)
        told = _kept(fields)
        edits.change(session, at, found, told, allowed=EDITABLE, about=("asset_class", class_id))
        about(session, "asset_class", class_id, name=found.name)


def archive(store: Store, class_id: int) -> None:
    """Put a class away; its assets keep it."""
    at = store.now()
    with store.change("Archive class {name}") as session:
        found = session.get_one(AssetClass, class_id)
        found.archived_on = shops.current(session).day(at)
        events.note(session, at, "asset_class", class_id, "archived")
        about(session, "asset_class", class_id, name=found.name)


def bring_back(store: Store, class_id: int) -> None:
    """Take a class out of the archive."""
    at = store.now()
    with store.change("Bring back class {name}") as session:
        found = session.get_one(AssetClass, class_id)
        found.archived_on = None
        events.note(session, at, "asset_class", class_id, "restored")
        about(session, "asset_class", class_id, name=found.name)


def _need_free(session: Session, name: str, own_id: int | None = None) -> None:
    query = select(AssetClass.id).where(func.lower(AssetClass.name) == name.strip().lower())
    if any(class_id != own_id for class_id in session.scalars(query)):
        raise RuleBroken("{name} is there already.", "name", name=name.strip())


def _kept(fields: dict[str, object]) -> dict[str, Any]:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be edited")
    told: dict[str, Any] = dict(fields)
    for name in _LISTS:
        if isinstance(entries := told.get(name), Sequence):
            told[name] = list(dict.fromkeys(str(entry).strip() for entry in entries))
    if "name" in told:
        told["name"] = str(told["name"]).strip()
    return told
