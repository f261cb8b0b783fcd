"""Audits as lists and pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from smallcmms.domain.audits import AuditStatus, Finding
from smallcmms.domain.errors import NotFound
from smallcmms.domain.tags import TagKind, code
from smallcmms.models import Asset, AssetAudit, AssetAuditLine, Customer, Location, Site
from smallcmms.services.steps import shops
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class AuditRow:
    """What a list shows of an audit: of ``lines`` so many are ``seen``."""

    id: int
    number: str
    status: AuditStatus
    site_id: int
    site: str
    customer_id: int
    customer: str
    within: str
    walked_by: str
    walked_on: date | None
    begun_at: datetime
    printed_at: datetime | None
    lines: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """A line of an audit; ``name`` is what people call the asset, short code first."""

    id: int
    asset_id: int | None
    number: str
    name: str
    short_code: str
    make: str
    model: str
    serial: str
    own_tag: str
    place: str
    finding: Finding
    seen_place: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """An audit with its lines by place, the places of its site, and the text of its QR."""

    row: AuditRow
    code: str
    lines: tuple[AuditLine, ...]
    places: tuple[str, ...]

    @property
    def counts(self) -> Counter[Finding]:
        """Return how many lines have each finding."""
        return Counter(line.finding for line in self.lines)


_COUNTS = (
    select(
        AssetAuditLine.audit_id,
        func.count().label("lines"),
        func.sum(func.iif(AssetAuditLine.finding != Finding.OPEN, 1, 0)).label("seen"),
    )
    .group_by(AssetAuditLine.audit_id)
    .subquery()
)
_ROWS: Select[Any] = (
    select(
        AssetAudit.id,
        AssetAudit.number,
        AssetAudit.status,
        AssetAudit.site_id,
        func.iif(Site.name != "", Site.name, Site.address).label("site"),
        Site.customer_id,
        Customer.name.label("customer"),
        func.coalesce(Location.path, "").label("within"),
        AssetAudit.walked_by,
        AssetAudit.walked_on,
        AssetAudit.begun_at,
        AssetAudit.printed_at,
        func.coalesce(_COUNTS.c.lines, 0),
        func.coalesce(_COUNTS.c.seen, 0),
    )
    .join(Site, Site.id == AssetAudit.site_id)
    .join(Customer, Customer.id == Site.customer_id)
    .outerjoin(Location, Location.id == AssetAudit.location_id)
    .outerjoin(_COUNTS, _COUNTS.c.audit_id == AssetAudit.id)
)


def find(store: Store, *, is_open_only: bool = False) -> Sequence[int]:
    """Return the ids of the audits: those under way first, the newest first."""
    is_over = AssetAudit.status != AuditStatus.OUT
    query = select(AssetAudit.id).order_by(is_over, AssetAudit.id.desc())
    if is_open_only:
        query = query.where(~is_over)
    with store.read() as session:
        return session.scalars(query).all()


def rows(store: Store, ids: Sequence[int]) -> dict[int, AuditRow]:
    """Return what a list shows of these audits."""
    with store.read() as session:
        found = session.execute(_ROWS.where(AssetAudit.id.in_(list(ids))))
        return {row.id: AuditRow(*row) for row in found}


def get(store: Store, audit_id: int) -> AuditPage:
    """Return an audit with its lines: by place, new ones at the end of theirs.

    Raises:
        NotFound: there is none.
    """
    with store.read() as session:
        row = rows(store, [audit_id]).get(audit_id)
        if row is None:
            raise NotFound("There is no such audit.")
        query = select(AssetAuditLine, Asset).outerjoin(Asset, Asset.id == AssetAuditLine.asset_id)
        found = session.execute(query.where(AssetAuditLine.audit_id == audit_id))
        lines = sorted((_shown(line, asset) for line, asset in found), key=_order)
        paths = select(Location.path).where(
            Location.site_id == row.site_id, Location.archived_on.is_(None)
        )
        return AuditPage(
            row=row,
            code=code(shops.current(session).code, TagKind.AUDIT, row.number),
            lines=tuple(lines),
            places=tuple(sorted(session.scalars(paths))),
        )


def _order(line: AuditLine) -> tuple[object, ...]:
    is_new = line.finding is Finding.NEW
    return (line.seen_place if is_new else line.place, is_new, line.name.casefold(), line.id)


def _shown(line: AssetAuditLine, asset: Asset | None) -> AuditLine:
    source = asset if asset is not None and line.finding is not Finding.NEW else line
    return AuditLine(
        id=line.id,
        asset_id=line.asset_id,
        number=asset.number if asset is not None else "",
        name=f"{source.short_code} {source.name}".strip(),
        short_code=source.short_code,
        make=source.make,
        model=source.model,
        serial=source.serial,
        own_tag=asset.own_tag if asset is not None else "",
        place=line.place,
        finding=line.finding,
        seen_place=line.seen_place,
        note=line.note,
    )
