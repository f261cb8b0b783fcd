"""Locations: the tree of buildings, floors and rooms in a site, rearranged and put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Asset, Location
from smallcmms.services.steps import events, places, shops
from smallcmms.store.store import Store, about


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a site's tree, how deep it lies, and how many assets stand right there."""

    id: int
    parent_id: int | None
    name: str
    path: str
    depth: int
    assets: int
    is_archived: bool


_ASSETS = (
    select(func.count(Asset.id))
    .where(Asset.location_id == Location.id, Asset.archived_on.is_(None))
    .correlate(Location)
    .scalar_subquery()
)
_TREE = (
    select(
        Location.id,
        Location.parent_id,
        Location.name,
        Location.path,
        _ASSETS.label("assets"),
        Location.archived_on,
    )
    .where(Location.site_id == bindparam("site"))
    .order_by(Location.path, Location.id)
)


def tree(store: Store, site_id: int, *, has_archived: bool = False) -> list[PlaceRow]:
    """Return the places in a site, parents before children; put away ones only if asked for."""
    with store.read() as session:
        found = session.execute(_TREE, {"site": site_id}).all()
    return [
        PlaceRow(
            id=row.id,
            parent_id=row.parent_id,
            name=row.name,
            path=row.path,
            depth=row.path.count(places.BETWEEN),
            assets=row.assets,
            is_archived=row.archived_on is not None,
        )
        for row in found
        if has_archived or row.archived_on is None
    ]


def move(store: Store, location_id: int, *, parent_id: int | None) -> None:
    """Put a place, with all that lies in it, into another place of its site, or on top.

    Raises:
        RuleBroken: it would lie in itself or in another site, or one of its name is there already.
    """
    at = store.now()
    with store.change("Move {name}") as session:
        place = session.get_one(Location, location_id)
        was = place.path
        if parent_id is not None:
            _need_room(session, place, session.get_one(Location, parent_id))
        place.parent_id = parent_id
        places.move(session, place)
        places.need_alone(session, place)
        kind, now = "location_moved", place.path
        events.note(session, at, "site", place.site_id, kind, was=was, now=now)
        about(session, "site", place.site_id, name=place.name)


def archive(store: Store, location_id: int) -> None:
    """Put a place away, with the places in it; past work keeps it.

    Raises:
        RuleBroken: an asset still stands there.
    """
    at = store.now()
    with store.change("Archive {name}") as session:
        place = session.get_one(Location, location_id)
        inside = session.scalars(_below(place)).all()
        _need_empty(session, inside)
        day = shops.current(session).day(at)
        for each in inside:
            each.archived_on = each.archived_on or day
        events.note(session, at, "site", place.site_id, "location_archived", path=place.path)
        about(session, "site", place.site_id, name=place.name)


def restore(store: Store, location_id: int) -> None:
    """Bring a place back, with those that it lies in.

    Raises:
        RuleBroken: another of its name is there by now.
    """
    at = store.now()
    with store.change("Restore {name}") as session:
        place = session.get_one(Location, location_id)
        way: Location | None = place
        while way is not None and way.archived_on is not None:
            way.archived_on = None
            session.flush()
            places.need_alone(session, way)
            way = session.get_one(Location, way.parent_id) if way.parent_id else None
        events.note(session, at, "site", place.site_id, "location_restored", path=place.path)
        about(session, "site", place.site_id, name=place.name)


def _below(place: Location) -> Select[Location]:
    """Return the question for a place and all that lies in it."""
    inside = Location.path.startswith(f"{place.path}{places.BETWEEN}", autoescape=True)
    return select(Location).where(
        Location.site_id == place.site_id, or_(Location.id == place.id, inside)
    )


def _need_room(session: Session, place: Location, parent: Location) -> None:
    if parent.site_id != place.site_id:
        raise RuleBroken("A place stays in its site.", "parent")
    inside = {each.id for each in session.scalars(_below(place))}
    if parent.id in inside:
        raise RuleBroken("{name} cannot lie in itself.", "parent", name=place.name)


def _need_empty(session: Session, inside: Sequence[Location]) -> None:
    query = select(Asset).where(
        Asset.location_id.in_([each.id for each in inside]), Asset.archived_on.is_(None)
    )
    asset = session.scalars(query.order_by(Asset.number).limit(1)).first()
    if asset is not None:
        message = "{asset} stands there. Move it first."
        raise RuleBroken(message, "location", asset=f"{asset.number} {asset.name}")
