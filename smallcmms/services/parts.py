"""Parts: the register, what they fit, and how much of them each place should carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.stock import LocationKind
from smallcmms.models import (
    Asset,
    AssetClass,
    Part,
    PartFit,
    PartPar,
    StockLocation,
    Supplier,
)
from smallcmms.services import reservations, stock
from smallcmms.services.part_list import (
    Chip,
    Counts,
    PartRow,
    Sort,
    counts,
    find,
    match,
    rows,
)
from smallcmms.services.reservations import ReservationRow
from smallcmms.services.steps import edits, events, shops
from smallcmms.services.stock import MoveRow, count, receive, where
from smallcmms.store.store import Store, about

__all__ = [
    "Chip",
    "Counts",
    "PartRow",
    "Sort",
    "count",
    "counts",
    "find",
    "match",
    "receive",
    "rows",
    "where",
]
EDITABLE = (
    "number", "name", "unit", "purchase_unit", "purchase_factor", "barcode", "supplier_number",
    "cost", "price", "markup", "is_taxable", "keep", "order_up_to", "safety_stock", "lead_days",
    "bin", "superseded_by_id", "notes",
)  # fmt: skip
_NEVER_BELOW_ZERO = {
    "cost": "A cost or price cannot be below zero.",
    "price": "A cost or price cannot be below zero.",
    "markup": "A markup cannot be below zero.",
    "keep": "What is kept cannot be below zero.",
    "order_up_to": "What is kept cannot be below zero.",
    "safety_stock": "What is kept cannot be below zero.",
    "lead_days": "Days cannot be below zero.",
}
_MOVES = 50


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place where parts lie."""

    id: int
    name: str
    kind: LocationKind


class Fit(NamedTuple):
    """An asset, or a class of assets, that a part fits; a class has no number."""

    id: int
    asset_id: int | None
    asset_class_id: int | None
    label: str
    number: str


@dataclass(frozen=True, slots=True)
class PartPage:
    """Everything about a part; quantities are in its unit, a package holds ``purchase_factor``.

    ``pars`` says by place how much it should carry; ``superseded_by`` is the part that takes its
    place, ``supersedes`` those whose place it takes.
    """

    row: PartRow
    purchase_unit: str
    purchase_factor: Decimal | None
    barcode: str
    supplier_id: int | None
    supplier_number: str
    markup: Decimal | None
    order_up_to: Decimal | None
    safety_stock: Decimal | None
    lead_days: int | None
    notes: str
    is_archived: bool
    superseded_by: PartRow | None
    supersedes: tuple[PartRow, ...]
    pars: Mapping[int, Decimal]
    fits: tuple[Fit, ...]
    reservations: tuple[ReservationRow, ...]
    moves: tuple[MoveRow, ...]


def get(store: Store, part_id: int, *, moves: int = _MOVES) -> PartPage:
    """Return everything about a part, with the last of its moves.

    Raises:
        NotFound: there is no such part.
    """
    with store.read() as session:
        part = session.get(Part, part_id)
        if part is None:
            raise NotFound("There is no such part.")
        before = session.scalars(select(Part.id).where(Part.superseded_by_id == part_id)).all()
        after = part.superseded_by_id
        found = rows(store, [part_id, *before, *([] if after is None else [after])])
        pars = select(PartPar.location_id, PartPar.quantity).where(PartPar.part_id == part_id)
        return PartPage(
            row=found[part_id],
            purchase_unit=part.purchase_unit,
            purchase_factor=part.purchase_factor,
            barcode=part.barcode,
            supplier_id=part.supplier_id,
            supplier_number=part.supplier_number,
            markup=part.markup,
            order_up_to=part.order_up_to,
            safety_stock=part.safety_stock,
            lead_days=part.lead_days,
            notes=part.notes,
            is_archived=part.archived_on is not None,
            superseded_by=None if after is None else found[after],
            supersedes=tuple(found[each] for each in before),
            pars=dict(session.execute(pars).all()),
            fits=_fits(session, part_id),
            reservations=tuple(reservations.of_part(store, part_id)),
            moves=tuple(stock.moves(store, part_id, moves)),
        )


def _fits(session: Session, part_id: int) -> tuple[Fit, ...]:
    query = (
        select(PartFit, Asset, AssetClass.name)
        .outerjoin(Asset, Asset.id == PartFit.asset_id)
        .outerjoin(AssetClass, AssetClass.id == PartFit.asset_class_id)
        .where(PartFit.part_id == part_id)
        .order_by(AssetClass.name, Asset.short_code, Asset.name)
    )
    return tuple(
        Fit(
            fit.id,
            fit.asset_id,
            fit.asset_class_id,
            f"{asset.short_code} {asset.name}".strip() if asset is not None else name,
            asset.number if asset is not None else "",
        )
        for fit, asset, name in session.execute(query)
    )


def for_asset(store: Store, asset_id: int) -> list[PartRow]:
    """Return the parts that fit an asset, by itself or by its class, in the order of their names.

    A part whose place another took is left out where that one is listed.
    """
    with store.read() as session:
        asset_class_id = session.get_one(Asset, asset_id).asset_class_id
        fits = PartFit.asset_id == asset_id
        if asset_class_id is not None:
            fits |= PartFit.asset_class_id == asset_class_id
        query = select(Part.id, Part.superseded_by_id).where(
            Part.id.in_(select(PartFit.part_id).where(fits)), Part.archived_on.is_(None)
        )
        fitting = dict(session.execute(query.order_by(Part.name, Part.id)).all())
    found = rows(store, list(fitting))
    return [found[each] for each, after in fitting.items() if after not in fitting]


def add_fit(
    store: Store, part_id: int, *, asset_id: int | None = None, asset_class_id: int | None = None
) -> int:
    """Say that a part fits an asset, or every asset of a class; saying it twice changes nothing.

    Raises:
        RuleBroken: it names neither, or both.
    """
    if (asset_id is None) == (asset_class_id is None):
        raise RuleBroken("Say what it fits: an asset, or a class of assets.", "asset")
    told = {"part_id": part_id, "asset_id": asset_id, "asset_class_id": asset_class_id}
    with store.change("Say what {part} fits") as session:
        part = session.get_one(Part, part_id)
        about(session, "part", part_id, number=part.number, part=part.name)
        fit = session.scalars(select(PartFit).filter_by(**told)).one_or_none()
        if fit is None:
            fit = PartFit(**told)
            session.add(fit)
            session.flush()
        return fit.id


def remove_fit(store: Store, fit_id: int) -> None:
    """Say that a part does not fit."""
    with store.change("Say what {part} fits") as session:
        fit = session.get_one(PartFit, fit_id)
        part = session.get_one(Part, fit.part_id)
        about(session, "part", part.id, number=part.number, part=part.name)
        session.delete(fit)


def set_par(store: Store, part_id: int, *, location_id: int, quantity: Decimal | None) -> None:
    """Say how much of a part a place should carry; nothing or zero: it need not carry any.

    Raises:
        RuleBroken: the quantity is below zero.
    """
    if quantity is not None and quantity < 0:
        raise RuleBroken("What is kept cannot be below zero.", "quantity")
    with store.change("Say what {place} carries of {part}") as session:
        part, place = session.get_one(Part, part_id), session.get_one(StockLocation, location_id)
        about(session, "part", part_id, number=part.number, part=part.name, place=place.name)
        query = select(PartPar).filter_by(part_id=part_id, location_id=location_id)
        par = session.scalars(query).one_or_none()
        if not quantity:
            if par is not None:
                session.delete(par)
        elif par is None:
            session.add(PartPar(part_id=part_id, location_id=location_id, quantity=quantity))
        else:
            par.quantity = quantity


def suppliers(store: Store) -> list[str]:
    """Return the names of the suppliers, in order."""
    query = select(Supplier.name).where(Supplier.archived_on.is_(None)).order_by(Supplier.name)
    with store.read() as session:
        return list(session.scalars(query))


def locations(store: Store) -> list[LocationRow]:
    """Return the places where parts lie, the shop first."""
    query = (
        select(StockLocation.id, StockLocation.name, StockLocation.kind)
        .where(StockLocation.archived_on.is_(None))
        .order_by(StockLocation.kind != LocationKind.SHOP, StockLocation.name)
    )
    with store.read() as session:
        return [LocationRow(*row) for row in session.execute(query)]


def add(
    store: Store,
    *,
    number: str,
    name: str,
    cost: Decimal,
    price: Decimal | None = None,
    supplier: str = "",
    **fields: Any,
) -> int:
    """Add a part to the register; cost and price are those of one unit.

    Raises:
        RuleBroken: number or name is empty, the number is taken, or an amount is below zero.
    """
    with store.change("Add part {name}", name=name.strip()) as session:
        part = Part(number=number.strip(), name=name.strip(), cost=cost, price=price, **fields)
        _check(session, part)
        part.supplier_id = _supplier(session, supplier)
        session.add(part)
        session.flush()
        events.note(session, store.now(), "part", part.id, "added")
        about(session, "part", part.id, number=part.number)
        return part.id


def edit(store: Store, part_id: int, *, supplier: str | None = None, **fields: Any) -> None:
    """Change a part; past jobs keep the cost and the price they were done at.

    Raises:
        RuleBroken: as for a new part, or the field cannot be changed.
    """
    for field in fields:
        if field not in EDITABLE:
            raise RuleBroken("{name} of a part cannot be changed.", field=field, name=field)
    with store.change("Edit {number}") as session:
        part = session.get_one(Part, part_id)
        told = ("part", part_id)
        with session.no_autoflush:
            edits.change(session, store.now(), part, fields, allowed=EDITABLE, about=told)
            _check(session, part)
        if supplier is not None:
            part.supplier_id = _supplier(session, supplier)
        about(session, "part", part_id, number=part.number)


def archive(store: Store, part_id: int) -> None:
    """Keep a part no longer; what was done with it stays."""
    with store.change("Archive {number}") as session:
        part = session.get_one(Part, part_id)
        part.archived_on = shops.current(session).day(store.now())
        events.note(session, store.now(), "part", part_id, "archived")
        about(session, "part", part_id, number=part.number)


def bring_back(store: Store, part_id: int) -> None:
    """Keep a part again that was archived."""
    with store.change("Bring {number} back") as session:
        part = session.get_one(Part, part_id)
        part.archived_on = None
        events.note(session, store.now(), "part", part_id, "brought_back")
        about(session, "part", part_id, number=part.number)


def _check(session: Session, part: Part) -> None:
    if not part.number:
        raise RuleBroken("A part needs a number.", field="number")
    if not part.name:
        raise RuleBroken("A part needs a name.", field="name")
    for field, message in _NEVER_BELOW_ZERO.items():
        if (getattr(part, field) or 0) < 0:
            raise RuleBroken(message, field)
    edits.see_days(part.lead_days, "lead_days")
    if part.purchase_factor is not None and part.purchase_factor <= 0:
        raise RuleBroken("A package holds more than nothing.", "purchase_factor")
    _is_followed(session, part)
    same = select(Part.id).where(Part.number == part.number)
    if any(other != part.id for other in session.scalars(same)):
        raise RuleBroken("Part {number} is there already.", field="number", number=part.number)


def _supplier(session: Session, name: str) -> int | None:
    if not name.strip():
        return None
    supplier = session.scalars(select(Supplier).where(Supplier.name == name.strip())).one_or_none()
    if supplier is None:
        supplier = Supplier(name=name.strip())
        session.add(supplier)
        session.flush()
    return supplier.id


def _is_followed(session: Session, part: Part) -> None:
    """See that following what takes whose place comes to an end."""
    seen, after = {part.id}, part.superseded_by_id
    while after is not None:
        if after in seen:
            raise RuleBroken("A part cannot take its own place.", "superseded_by_id")
        seen.add(after)
        after = session.get_one(Part, after).superseded_by_id
