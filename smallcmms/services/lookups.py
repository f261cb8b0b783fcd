"""Look-ups: which record a person means by a number or a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain import numbers
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.numbers import Kind, Series
from smallcmms.models import (
    Asset,
    Customer,
    JobTemplate,
    NumberSeries,
    Part,
    Site,
    StockLocation,
    Supplier,
    Technician,
)
from smallcmms.services.steps.records import MODELS
from smallcmms.store.store import Store

KINDS = {model.__tablename__: kind for kind, model in reversed(tuple(MODELS.items()))}
MOST_NAMED = 3


class Found(NamedTuple):
    """A record: the name of its table, its id and its number."""

    record: str
    id: int
    number: str


def record(store: Store, text: str) -> Found:
    """Return the record of a typed number (WO-2310, wo2310, a 133); bare digits are a work order's.

    Raises:
        RuleBroken: it is no number.
        NotFound: no record has it.
    """
    with store.read() as session:
        part = session.scalars(select(Part).where(Part.number == text.strip())).one_or_none()
        if part is not None:
            return Found("part", part.id, part.number)
        series = _series(session)
        kind, count = numbers.read(text, list(series.values()), kind=Kind.WORK_ORDER)
        number, model = numbers.write(series[kind], count), MODELS[kind]
        found = _id_of(session, model, number)
    return Found(model.__tablename__, found, number)


def of(store: Store, record_name: str, text: str) -> int:
    """Return the id of a record of one table by its typed number.

    Raises:
        RuleBroken: it is no number of such a record.
        NotFound: no record has it.
    """
    with store.read() as session:
        series, wanted = _series(session), KINDS[record_name]
        kind, count = numbers.read(text, list(series.values()), kind=wanted)
        if MODELS[kind].__tablename__ != record_name:
            raise RuleBroken("{text} is not a number of this kind.", text=text)
        return _id_of(session, MODELS[kind], numbers.write(series[kind], count))


def customer(store: Store, text: str) -> int:
    """Return the customer of a number or a name."""
    return _named(store, Customer, text, (Customer.number, Customer.name))


def site(store: Store, text: str, *, customer_id: int | None = None) -> int:
    """Return the site of an address or a name, of one customer or of any."""
    own = [] if customer_id is None else [Site.customer_id == customer_id]
    return _named(store, Site, text, (Site.address, Site.name), own)


def asset(store: Store, text: str) -> int:
    """Return the asset of a number, a short code or a name."""
    return _named(store, Asset, text, (Asset.number, Asset.short_code, Asset.name))


def technician(store: Store, text: str) -> int:
    """Return the technician of a name, its beginning, or initials."""
    return _named(store, Technician, text, (Technician.name, Technician.initials))


def part(store: Store, text: str) -> int:
    """Return the part of a number or a name."""
    return _named(store, Part, text, (Part.number, Part.name))


def supplier(store: Store, text: str) -> int:
    """Return the supplier of a name."""
    return _named(store, Supplier, text, (Supplier.name,))


def place(store: Store, text: str) -> int:
    """Return the shop, truck or bin of a name."""
    return _named(store, StockLocation, text, (StockLocation.name,))


def template(store: Store, text: str) -> int:
    """Return the job template of a name."""
    return _named(store, JobTemplate, text, (JobTemplate.name,))


def _named(
    store: Store, model: Any, text: str, columns: Sequence[Any], where: Sequence[Any] = ()
) -> int:
    """Return the one record whose column is the text, else the one that begins with it."""
    plain = " ".join(text.split()).lower()
    query = select(model.id, model.address if model is Site else model.name).where(
        model.archived_on.is_(None), *where
    )
    with store.read() as session:
        for test in (
            [func.lower(column) == plain for column in columns],
            [func.lower(column).startswith(plain, autoescape=True) for column in columns],
        ):
            found = session.execute(query.where(or_(*test)).order_by(model.id)).all()
            if plain and len(found) == 1:
                return int(found[0][0])
            if plain and found:
                names = ", ".join(dict.fromkeys(str(name) for _, name in found[:MOST_NAMED]))
                raise RuleBroken("{text} may mean several: {names}.", text=text, names=names)
    raise NotFound("There is no {text} here.", text=text)


def _series(session: Session) -> dict[Kind, Series]:
    kept = {row.kind: row for row in session.scalars(select(NumberSeries))}
    return {
        kind: Series(kind, kept[kind].prefix, kept[kind].digits) if kind in kept else usual
        for kind, usual in numbers.SERIES.items()
    }


def _id_of(session: Session, model: Any, number: str) -> int:
    found = session.scalars(select(model.id).where(model.number == number)).one_or_none()
    if found is None:
        raise NotFound("{number} is not in this file.", number=number)
    return int(found)
