"""Audits of assets: begun from the register, walked with a sheet, entered, and put into effect."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.audits import AuditStatus, Finding
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import Asset, AssetAudit, AssetAuditLine, Location, Site
from smallcmms.services.asset_audit_pages import AuditLine, AuditPage, AuditRow, find, get, rows
from smallcmms.services.steps import audits, events, places, shops
from smallcmms.services.steps.numbers import next_number
from smallcmms.store.store import Store, about

__all__ = [
    "AuditLine",
    "AuditPage",
    "AuditRow",
    "Scan",
    "add_new",
    "apply",
    "begin",
    "drop",
    "edit_new",
    "find",
    "get",
    "keep_sheet",
    "mark",
    "mark_rest",
    "remove_new",
    "rows",
    "scan",
]


def begin(
    store: Store, *, site_id: int, location_id: int | None = None, walked_by: str = ""
) -> int:
    """Begin an audit of a site, or of a place in it and all below; return its id.

    What should stand there is taken down as the register has it now.

    Raises:
        RuleBroken: there is no such place at this site.
    """
    at = store.now()
    with store.change("Begin audit {number}") as session:
        _need_site(session, site_id)
        expected = session.execute(_expected(session, site_id, location_id)).all()
        audit = AssetAudit(
            number=next_number(session, "asset_audit"),
            site_id=site_id,
            location_id=location_id,
            walked_by=walked_by.strip(),
            begun_at=at,
        )
        session.add(audit)
        session.flush()
        session.add_all(
            AssetAuditLine(audit_id=audit.id, asset_id=each.id, place=each.path)
            for each in expected
        )
        events.note(session, at, "asset_audit", audit.id, "begun", count=len(expected))
        about(session, "asset_audit", audit.id, number=audit.number)
        return audit.id


def _need_site(session: Session, site_id: int) -> None:
    if session.get(Site, site_id) is None:
        raise RuleBroken("Say which site is walked.", "site_id")


def _expected(session: Session, site_id: int, location_id: int | None) -> Select[*tuple[Any, ...]]:
    path = func.coalesce(Location.path, "").label("path")
    query: Select[*tuple[Any, ...]] = (
        select(Asset.id, path)
        .outerjoin(Location, Location.id == Asset.location_id)
        .where(Asset.site_id == site_id, Asset.archived_on.is_(None))
        .order_by(path, Asset.short_code, Asset.name, Asset.id)
    )
    if location_id is None:
        return query
    within = session.get(Location, location_id)
    if within is None or within.site_id != site_id:
        raise RuleBroken("That place is not at this site.", "location_id")
    below = Location.path.startswith(f"{within.path}{places.BETWEEN}", autoescape=True)
    return query.where(or_(Location.id == location_id, below))


def keep_sheet(store: Store, audit_id: int, *, pdf: bytes) -> None:
    """Keep a printed sheet with its audit; the bytes are safe before the audit names them."""
    at, kept = store.now(), store.files.put(pdf)
    with store.change("Print audit {number}") as session:
        audit = _open(session, audit_id)
        audit.printed_at, audit.document_hash = at, kept
        events.note(session, at, "asset_audit", audit_id, "printed")
        about(session, "asset_audit", audit_id, number=audit.number)


def mark(
    store: Store,
    audit_id: int,
    line_id: int,
    *,
    finding: Finding,
    place: str = "",
    note: str | None = None,
) -> None:
    """Enter what the sheet says of an asset; ``place`` is where it stands now if it moved.

    Raises:
        RuleBroken: the audit is over, or it moved to nowhere or to where it was.
    """
    with store.change("{number}: {asset}") as session:
        audit, line = _line(session, audit_id, line_id)
        if line.finding is Finding.NEW:
            raise RuleBroken("A new asset has no other finding.", "finding")
        audits.enter(session, line, finding, place)
        line.note = line.note if note is None else note.strip()
        _told(session, audit, asset=audits.named(session, line))


def mark_rest(store: Store, audit_id: int, *, finding: Finding, place: str | None = None) -> int:
    """Enter one finding for all that are still open, of one place or of all; return how many."""
    with store.change("{number}: the rest") as session:
        audit = _open(session, audit_id)
        query = select(AssetAuditLine).where(
            AssetAuditLine.audit_id == audit_id, AssetAuditLine.finding == Finding.OPEN
        )
        if place is not None:
            query = query.where(AssetAuditLine.place == place)
        rest = session.scalars(query).all()
        for line in rest:
            audits.enter(session, line, finding, "")
        _told(session, audit)
        return len(rest)


def add_new(store: Store, audit_id: int, *, name: str, place: str = "", **fields: str) -> int:
    """Enter an asset that the sheet did not have; return its line.

    ``fields`` are short_code, make, model, serial and note.

    Raises:
        RuleBroken: the audit is over, or the name is blank.
    """
    with store.change("{number}: new, {asset}", asset=name.strip()) as session:
        audit = _open(session, audit_id)
        line = AssetAuditLine(audit_id=audit_id, finding=Finding.NEW)
        audits.describe(line, name=name, place=place, **fields)
        session.add(line)
        session.flush()
        _told(session, audit)
        return line.id


def edit_new(store: Store, audit_id: int, line_id: int, **fields: str) -> None:
    """Change what was entered of a new asset: name, place, short_code, make, model, serial, note.

    Raises:
        RuleBroken: the name would be blank.
    """
    with store.change("{number}: {asset}") as session:
        audit, line = _line(session, audit_id, line_id)
        kept = {"name": line.name, "place": line.seen_place} | fields
        audits.describe(line, **kept)
        _told(session, audit, asset=line.name)


def remove_new(store: Store, audit_id: int, line_id: int) -> None:
    """Take a line off that the sheet did not have: a new asset, or one of another place.

    Raises:
        RuleBroken: it is a line of the sheet.
    """
    with store.change("{number}: {asset} taken off") as session:
        audit, line = _line(session, audit_id, line_id)
        if line.finding is not Finding.NEW:
            raise RuleBroken("A line of the sheet stays. Mark it as not looked at.")
        _told(session, audit, asset=line.name)
        session.delete(line)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanned tag did: the line, what the asset is called, and the finding."""

    line_id: int
    name: str
    finding: Finding


def scan(store: Store, audit_id: int, tag: str, *, place: str = "") -> Scan:
    """Enter an asset by its scanned or typed tag, seen at ``place``.

    At the place where it should stand it is found, anywhere else it has moved there. An asset that
    is not on the sheet came from elsewhere and gets a line.

    Raises:
        RuleBroken: it is no asset's tag, or the audit is over.
        NotFound: no asset has it.
    """
    with store.change("{number}: {asset}") as session:
        audit = _open(session, audit_id)
        asset = audits.tagged(session, tag)
        line = audits.line_of(session, audit, asset)
        finding = audits.seen_at(session, line, asset, audit, " › ".join(places.names(place)))
        session.flush()
        name = audits.named(session, line)
        _told(session, audit, asset=name)
        return Scan(line.id, name, finding)


def apply(store: Store, audit_id: int, *, walked_on: date | None = None) -> Counter[Finding]:
    """Put the result of an audit into the register: one transaction, one undo step.

    What moved stands at its new place, what is missing is flagged since the walk, what is new has
    a number, what was found is missing no more and no stub any longer. What nobody looked at stays
    as it is. ``walked_on`` is the day of the walk, today unless told.

    Returns:
        How many lines had each finding.

    Raises:
        RuleBroken: the audit is over, nothing was entered, or the day lies ahead.
    """
    at = store.now()
    with store.change("Audit {number} into the register") as session:
        audit = _open(session, audit_id)
        today = shops.current(session).day(at)
        day = walked_on or today
        if day > today:
            raise RuleBroken("The walk lies ahead. Try today.", "walked_on")
        lines = session.scalars(select(AssetAuditLine).filter_by(audit_id=audit_id)).all()
        counts = Counter(line.finding for line in lines)
        if counts[Finding.OPEN] == len(lines):
            raise RuleBroken("Nothing is entered yet: mark what was found.")
        for line in lines:
            audits.put_into_effect(session, at, audit, line, day)
        audit.status, audit.walked_on, audit.done_at = AuditStatus.DONE, day, at
        told = {finding.value: count for finding, count in counts.items()}
        events.note(session, at, "asset_audit", audit_id, "done", **told)  # type: ignore[arg-type]
        _told(session, audit)
        return counts


def drop(store: Store, audit_id: int) -> None:
    """Give an audit up: nothing of it goes into the register.

    Raises:
        RuleBroken: it is over already.
    """
    at = store.now()
    with store.change("Give audit {number} up") as session:
        audit = _open(session, audit_id)
        audit.status, audit.done_at = AuditStatus.DROPPED, at
        events.note(session, at, "asset_audit", audit_id, "dropped")
        _told(session, audit)


def _told(session: Session, audit: AssetAudit, **values: str) -> None:
    about(session, "asset_audit", audit.id, number=audit.number, **values)


def _open(session: Session, audit_id: int) -> AssetAudit:
    audit = session.get(AssetAudit, audit_id)
    if audit is None:
        raise NotFound("There is no such audit.")
    if audit.status is not AuditStatus.OUT:
        raise RuleBroken("Audit {number} is over. Begin another one.", number=audit.number)
    return audit


def _line(session: Session, audit_id: int, line_id: int) -> tuple[AssetAudit, AssetAuditLine]:
    audit, line = _open(session, audit_id), session.get(AssetAuditLine, line_id)
    if line is None or line.audit_id != audit_id:
        raise NotFound("There is no such line.")
    return audit, line
