"""Certificates of technicians, and what work asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.certificates import SOON_DAYS, same
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import (
    Asset,
    AssetClass,
    Certificate,
    CertificateNeed,
    Site,
    Technician,
)
from smallcmms.services.steps import events, shops
from smallcmms.store.store import Store, about

EDITABLE = ("kind", "number", "issued_on", "expires_on")


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate that a technician holds."""

    id: int
    technician_id: int
    technician: str
    kind: str
    number: str
    issued_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class NeedRow:
    """What work asks for: a kind, and the class, asset or site that it stands for."""

    id: int
    kind: str
    where: str
    record: str
    record_id: int


_ROWS = (
    select(
        Certificate.id,
        Certificate.technician_id,
        Technician.name,
        Certificate.kind,
        Certificate.number,
        Certificate.issued_on,
        Certificate.expires_on,
    )
    .join(Technician, Technician.id == Certificate.technician_id)
    .where(Certificate.archived_on.is_(None), Technician.archived_on.is_(None))
    .order_by(Technician.name, Certificate.kind, Certificate.expires_on)
)


def rows(store: Store, technician_id: int | None = None) -> list[CertificateRow]:
    """Return the certificates of a technician, or of all of them."""
    query = _ROWS
    if technician_id is not None:
        query = query.where(Certificate.technician_id == technician_id)
    with store.read() as session:
        found: Sequence[Any] = session.execute(query).all()
        return [CertificateRow(*row) for row in found]


def running_out(store: Store) -> list[CertificateRow]:
    """Return the certificates that have run out or do so within 30 days, the first first."""
    with store.read() as session:
        until = shops.current(session).day(store.now()) + timedelta(days=SOON_DAYS)
    soon = [each for each in rows(store) if each.expires_on and each.expires_on <= until]
    return sorted(soon, key=lambda each: each.expires_on or date.max)


def kinds(store: Store) -> list[str]:
    """Return the kinds that are held or asked for, each as it was written first."""
    held = select(Certificate.kind).where(Certificate.archived_on.is_(None))
    asked = select(CertificateNeed.kind).where(CertificateNeed.archived_on.is_(None))
    found: dict[str, str] = {}
    with store.read() as session:
        for kind in (*session.scalars(held), *session.scalars(asked)):
            found.setdefault(same(kind), kind)
    return sorted(found.values(), key=same)


def add(
    store: Store,
    technician_id: int,
    *,
    kind: str,
    number: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> int:
    """Note a certificate that a technician holds; return its id.

    Raises:
        RuleBroken: its kind is missing, or it ran out before it was issued.
    """
    at = store.now()
    with store.change("Add a certificate of {name}") as session:
        technician = session.get_one(Technician, technician_id)
        made = Certificate(
            technician_id=technician_id,
            kind=_kind(kind),
            number=number.strip(),
            issued_on=issued_on,
            expires_on=expires_on,
        )
        _need_order(made)
        session.add(made)
        session.flush()
        events.note(session, at, "technician", technician_id, "certified", text=made.kind)
        about(session, "technician", technician_id, name=technician.name)
        return made.id


def edit(store: Store, certificate_id: int, **fields: object) -> None:
    """Change a certificate.

    Raises:
        NotFound: there is none.
        RuleBroken: its kind would be missing, or it would run out before it was issued.
        TypeError: a field that cannot be edited.
    """
    with store.change("Edit a certificate") as session:
        found = _found(session, certificate_id)
        for name, value in fields.items():
            if name not in EDITABLE:
                raise TypeError(name)
            setattr(found, name, _kind(str(value or "")) if name == "kind" else value)
        found.number = found.number or ""
        _need_order(found)
        about(session, "technician", found.technician_id or 0)


def archive(store: Store, certificate_id: int) -> None:
    """Put a certificate away that is no longer held.

    Raises:
        NotFound: there is none.
    """
    with store.change("Put a certificate away") as session:
        found = _found(session, certificate_id)
        found.archived_on = shops.current(session).day(store.now())
        about(session, "technician", found.technician_id or 0)


_NEEDS = (
    select(
        CertificateNeed.id,
        CertificateNeed.kind,
        func.coalesce(
            AssetClass.name,
            Asset.number + " " + Asset.name,
            func.nullif(Site.name, ""),
            Site.address,
            "",
        ),
        CertificateNeed.asset_class_id,
        CertificateNeed.asset_id,
        CertificateNeed.site_id,
    )
    .outerjoin(AssetClass, AssetClass.id == CertificateNeed.asset_class_id)
    .outerjoin(Asset, Asset.id == CertificateNeed.asset_id)
    .outerjoin(Site, Site.id == CertificateNeed.site_id)
    .where(CertificateNeed.archived_on.is_(None))
    .order_by(func.lower(CertificateNeed.kind), CertificateNeed.id)
)


def needs(store: Store) -> list[NeedRow]:
    """Return which certificates work asks for, and where."""
    with store.read() as session:
        return [_need(row) for row in map(list, session.execute(_NEEDS))]


def ask_for(
    store: Store,
    *,
    kind: str,
    asset_class_id: int | None = None,
    asset_id: int | None = None,
    site_id: int | None = None,
) -> int:
    """Let work on a class of assets, an asset or at a site ask for a certificate; return its id.

    Raises:
        RuleBroken: kind or place is missing, or it is asked for already.
    """
    named = {"asset_class_id": asset_class_id, "asset_id": asset_id, "site_id": site_id}
    where = {name: value for name, value in named.items() if value is not None}
    with store.change("Ask for a certificate") as session:
        if len(where) != 1:
            raise RuleBroken("Say which class of assets, asset or site asks for it.", "where")
        twin = select(CertificateNeed.kind).filter_by(archived_on=None, **where)
        if same(_kind(kind)) in map(same, session.scalars(twin)):
            raise RuleBroken("{kind} is asked for there already.", "kind", kind=kind.strip())
        made = CertificateNeed(kind=_kind(kind), **where)
        session.add(made)
        session.flush()
        about(session, "shop", 1)
        return made.id


def ask_no_more(store: Store, need_id: int) -> None:
    """Let work ask for a certificate no more.

    Raises:
        NotFound: nothing asks for it.
    """
    with store.change("Ask for a certificate no more") as session:
        found = session.get(CertificateNeed, need_id)
        if found is None:
            raise NotFound("Nothing asks for this certificate.")
        found.archived_on = shops.current(session).day(store.now())
        about(session, "shop", 1)


def _found(session: Session, certificate_id: int) -> Certificate:
    found = session.get(Certificate, certificate_id)
    if found is None:
        raise NotFound("There is no such certificate.")
    return found


def _kind(kind: str) -> str:
    if not kind.strip():
        raise RuleBroken("Say which certificate it is.", "kind")
    return " ".join(kind.split())


def _need_order(made: Certificate) -> None:
    if made.issued_on and made.expires_on and made.expires_on < made.issued_on:
        raise RuleBroken("It would run out before it was issued.", "expires_on")


def _need(row: Sequence[object]) -> NeedRow:
    need_id, kind, where, *ids = row
    names = ("asset_class", "asset", "site")
    record, record_id = next(
        (name, each) for name, each in zip(names, ids, strict=True) if each is not None
    )
    return NeedRow(int(str(need_id)), str(kind), str(where), record, int(str(record_id)))
