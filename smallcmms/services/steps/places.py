"""Places in a site: a tree whose every node keeps its whole path."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Location

BETWEEN = " › "
"""Stands between the names of a path: Building A › Basement."""

_SEPARATOR = re.compile(r"\s*[›>/\\]\s*")


def names(path: str) -> list[str]:
    """Return the names of a path as people type it: Building A > Basement, Building A/Basement."""
    return [name for part in _SEPARATOR.split(path) if (name := " ".join(part.split()))]


def make_path(session: Session, site_id: int, path: str) -> Location:
    """Return the place at a path of a site; what of it is missing is made, parents first.

    Raises:
        RuleBroken: the path names nothing.
    """
    place: Location | None = None
    for name in names(path):
        place = _child(session, site_id, place, name)
    if place is None:
        raise RuleBroken("A place needs a name.", "location")
    return place


def move(session: Session, place: Location) -> None:
    """Write the paths below a place anew, after its name or its parent changed."""
    parent = place.parent_id and session.get_one(Location, place.parent_id)
    place.path = f"{parent.path}{BETWEEN}{place.name}" if parent else place.name
    session.flush()
    for child in session.scalars(select(Location).where(Location.parent_id == place.id)):
        move(session, child)


def need_alone(session: Session, place: Location) -> None:
    """See that no other place of a site has this path.

    Raises:
        RuleBroken: one has.
    """
    query = select(Location.id).where(
        Location.site_id == place.site_id,
        Location.path == place.path,
        Location.id != place.id,
        Location.archived_on.is_(None),
    )
    if session.scalars(query).first() is not None:
        raise RuleBroken("There is a place {path} already.", "location", path=place.path)


def _child(session: Session, site_id: int, parent: Location | None, name: str) -> Location:
    path = f"{parent.path}{BETWEEN}{name}" if parent else name
    found = session.scalars(
        select(Location).where(
            Location.site_id == site_id, Location.path == path, Location.archived_on.is_(None)
        )
    ).first()
    if found is not None:
        return found
    made = Location(site_id=site_id, parent_id=parent.id if parent else None, name=name, path=path)
    session.add(made)
    session.flush()
    return made
