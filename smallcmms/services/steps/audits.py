"""Lines of an audit: entered, scanned, and put into the register."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import audits, numbers, tags
from smallcmms.domain.audits import Finding, Seen
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.numbers import Kind
from smallcmms.domain.tags import TagKind
from smallcmms.models import Asset, AssetAudit, AssetAuditLine, Location, Site
from smallcmms.services.steps import events, places, records, shops
from smallcmms.services.steps.numbers import next_number

_DESCRIBED = ("short_code", "make", "model", "serial", "note")


def enter(session: Session, line: AssetAuditLine, finding: Finding, place: str) -> None:
    """Set what the walk says of a line; a place as typed becomes a path.

    Raises:
        RuleBroken: it moved to nowhere or to where it was.
    """
    path = places.BETWEEN.join(places.names(place))
    kept = audits.agree(Seen(finding, line.place, path, named(session, line)))
    line.finding, line.seen_place = kept.finding, kept.place


def describe(line: AssetAuditLine, *, name: str, place: str, **fields: str) -> None:
    """Set what a new asset is called and where it stands.

    Raises:
        RuleBroken: the name is blank.
        TypeError: a field is none of a new asset's.
    """
    if unknown := set(fields) - set(_DESCRIBED):
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be entered")
    path = places.BETWEEN.join(places.names(place))
    audits.agree(Seen(Finding.NEW, "", path, name))
    line.name, line.seen_place = name.strip(), path
    for field, text in fields.items():
        setattr(line, field, text.strip())


def named(session: Session, line: AssetAuditLine) -> str:
    """Return what people call the asset of a line."""
    asset = None if line.asset_id is None else session.get(Asset, line.asset_id)
    source = asset or line
    return f"{source.short_code} {source.name}".strip()


def tagged(session: Session, text: str) -> Asset:
    """Return the asset of a scanned code, of a typed number or of its own tag.

    Raises:
        RuleBroken: it is the code of something else, or of another shop.
        NotFound: no asset has it.
    """
    plain = text.strip()
    by_tag = select(Asset).where(Asset.own_tag == plain, Asset.archived_on.is_(None))
    if plain and (own := session.scalars(by_tag.limit(2)).all()) and len(own) == 1:
        return own[0]
    if plain.upper().startswith("SC") and ":" in plain:
        tag = tags.read(plain, shop=shops.current(session).code)
        if tag.kind is not TagKind.ASSET:
            raise RuleBroken("This is no asset's tag.", "tag")
        count = tag.number
    else:
        series = list(records.series(session).values())
        kind, count = numbers.read(plain, series, kind=Kind.ASSET)
        if kind is not Kind.ASSET:
            raise RuleBroken("This is no asset's tag.", "tag")
    _table, asset_id, number = records.by_count(session, Kind.ASSET, count)
    asset = None if asset_id is None else session.get(Asset, asset_id)
    if asset is None:
        raise NotFound("{number} is not in this file.", number=number)
    return asset


def line_of(session: Session, audit: AssetAudit, asset: Asset) -> AssetAuditLine:
    """Return the line of an asset; one that was not expected here gets one."""
    query = select(AssetAuditLine).filter_by(audit_id=audit.id, asset_id=asset.id)
    found = session.scalars(query).first()
    if found is not None:
        return found
    made = AssetAuditLine(audit_id=audit.id, asset_id=asset.id, place=where(session, asset, audit))
    session.add(made)
    session.flush()
    return made


def where(session: Session, asset: Asset, audit: AssetAudit) -> str:
    """Return the path of an asset's place; at another site it begins with that site."""
    place = None if asset.location_id is None else session.get_one(Location, asset.location_id)
    path = place.path if place else ""
    if asset.site_id == audit.site_id:
        return path
    site = session.get_one(Site, asset.site_id)
    return places.BETWEEN.join(filter(None, (site.name or site.address, path)))


def seen_at(
    session: Session, line: AssetAuditLine, asset: Asset, audit: AssetAudit, place: str
) -> Finding:
    """Enter a line whose tag was scanned at a place, and return the finding."""
    is_here = asset.site_id == audit.site_id
    finding = audits.scanned(line.place, place) if is_here else Finding.MOVED
    if finding is Finding.MOVED and not place:
        raise RuleBroken(
            "{name} comes from elsewhere. Say where you stand.", "place", name=asset.name
        )
    enter(session, line, finding, place)
    return finding


def put_into_effect(
    session: Session, at: datetime, audit: AssetAudit, line: AssetAuditLine, day: date
) -> None:
    """Let the register say what a line found; ``day`` is the day of the walk."""
    if line.finding is Finding.OPEN:
        return
    if line.finding is Finding.NEW:
        _register(session, at, audit, line)
        return
    if line.asset_id is None:
        return
    asset = session.get_one(Asset, line.asset_id)
    if line.finding is Finding.MISSING:
        asset.missing_on = asset.missing_on or day
        _note(session, at, audit, asset, "missing", line)
        return
    if line.finding is Finding.MOVED:
        _move(session, at, audit, asset, line)
    asset.missing_on, asset.is_stub = None, False
    _note(session, at, audit, asset, "found", line)


def _move(
    session: Session, at: datetime, audit: AssetAudit, asset: Asset, line: AssetAuditLine
) -> None:
    was = where(session, asset, audit)
    asset.site_id = audit.site_id
    asset.location_id = places.make_path(session, audit.site_id, line.seen_place).id
    values = {"was": was, "now": line.seen_place, "audit": audit.number}
    events.note(session, at, "asset", asset.id, "moved", **values)  # type: ignore[arg-type]


def _register(session: Session, at: datetime, audit: AssetAudit, line: AssetAuditLine) -> None:
    """Make the asset of a new line; one without a plate is a stub until somebody looks again."""
    place = places.make_path(session, audit.site_id, line.seen_place) if line.seen_place else None
    made = Asset(
        number=next_number(session, "asset"),
        name=line.name,
        short_code=line.short_code,
        site_id=audit.site_id,
        location_id=None if place is None else place.id,
        make=line.make,
        model=line.model,
        serial=line.serial,
        notes=line.note,
        is_stub=not (line.make or line.model or line.serial),
    )
    session.add(made)
    session.flush()
    line.asset_id = made.id
    events.note(session, at, "asset", made.id, "added", name=made.name, audit=audit.number)


def _note(  # noqa: PLR0917
    session: Session,
    at: datetime,
    audit: AssetAudit,
    asset: Asset,
    kind: str,
    line: AssetAuditLine,
) -> None:
    told = {"audit": audit.number, "text": line.note}
    events.note(session, at, "asset", asset.id, kind, **told)  # type: ignore[arg-type]
