"""Technicians and the trucks they drive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.absences import Absence, read, written
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.stock import LocationKind
from smallcmms.models import StockLocation, Technician, WorkOrder
from smallcmms.services.steps import board, events, shops
from smallcmms.store.store import Store, about

EDITABLE = (
    "name", "initials", "trades", "phone", "email", "cost_rate", "bill_rate",
    "weekly_minutes", "absences", "sheet_language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TechnicianRow:
    """A technician; rates are prices of an hour in the shop's currency."""

    id: int
    name: str
    initials: str
    phone: str
    email: str
    truck_id: int | None
    truck: str
    cost_rate: Decimal | None
    bill_rate: Decimal | None
    weekly_minutes: int

    @property
    def first_name(self) -> str:
        """Return what people call them."""
        return self.name.split()[0]


_ROWS = (
    select(
        Technician.id,
        Technician.name,
        Technician.initials,
        Technician.phone,
        Technician.email,
        Technician.truck_id,
        func.coalesce(StockLocation.name, ""),
        Technician.cost_rate,
        Technician.bill_rate,
        Technician.weekly_minutes,
    )
    .outerjoin(StockLocation, StockLocation.id == Technician.truck_id)
    .where(Technician.archived_on.is_(None))
    .order_by(Technician.name)
)


def rows(store: Store) -> list[TechnicianRow]:
    """Return the technicians at work, by name."""
    with store.read() as session:
        return [TechnicianRow(*row) for row in map(list, session.execute(_ROWS))]


def add(store: Store, *, name: str, truck: str = "", **fields: Any) -> int:
    """Take a technician on; the truck is made where there is none of that name.

    Raises:
        RuleBroken: the name is empty.
    """
    if not name.strip():
        raise RuleBroken("A technician needs a name.", field="name")
    at = store.now()
    with store.change("Add {name}", name=name.strip()) as session:
        technician = Technician(name=name.strip(), truck_id=_truck(session, truck), **fields)
        technician.initials = technician.initials or _initials(name)
        session.add(technician)
        session.flush()
        events.note(session, at, "technician", technician.id, "added")
        about(session, "technician", technician.id)
        return technician.id


def edit(store: Store, technician_id: int, *, truck: str | None = None, **fields: Any) -> None:
    """Change particulars of a technician.

    Raises:
        RuleBroken: the name would be empty, or the field cannot be changed.
    """
    for field, value in fields.items():
        if field not in EDITABLE:
            raise RuleBroken("{name} of a technician cannot be changed.", field=field, name=field)
        if field == "name" and not value.strip():
            raise RuleBroken("A technician needs a name.", field="name")
    with store.change("Edit a technician") as session:
        technician = session.get_one(Technician, technician_id)
        for field, value in fields.items():
            setattr(technician, field, value)
        if truck is not None:
            technician.truck_id = _truck(session, truck)
        about(session, "technician", technician_id)


def archive(store: Store, technician_id: int) -> tuple[str, ...]:
    """Let a technician go; what they did stays, what they were to do is off the board.

    Returns the numbers of the work orders whose visits they are off.
    """
    at = store.now()
    with store.change("Archive a technician") as session:
        technician = session.get_one(Technician, technician_id)
        technician.archived_on = at.date()
        left = board.let_off(session, at, technician, first_on=shops.current(session).day(at))
        about(session, "technician", technician_id)
        return _numbers(left)


def absences(store: Store, technician_id: int) -> tuple[Absence, ...]:
    """Return when a technician is away, the earliest first."""
    with store.read() as session:
        return read(session.get_one(Technician, technician_id).absences)


def add_absence(
    store: Store, technician_id: int, *, first_on: date, last_on: date
) -> tuple[str, ...]:
    """Note that a technician is away, from one day through another; their visits are called off.

    Returns the numbers of the work orders whose visits they are off.

    Raises:
        RuleBroken: it ends before it begins.
    """
    at = store.now()
    with store.change("Note an absence of {name}") as session:
        technician = session.get_one(Technician, technician_id)
        found = {*read(technician.absences), Absence(first_on, last_on)}
        technician.absences = written(found)
        told: dict[str, Any] = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
        events.note(session, at, "technician", technician_id, "away", **told)
        left = board.let_off(session, at, technician, first_on=first_on, last_on=last_on)
        about(session, "technician", technician_id, name=technician.name)
        return _numbers(left)


def remove_absence(store: Store, technician_id: int, *, first_on: date, last_on: date) -> None:
    """Take an absence back."""
    with store.change("Take an absence of {name} back") as session:
        technician = session.get_one(Technician, technician_id)
        gone = Absence(first_on, last_on)
        technician.absences = written(each for each in read(technician.absences) if each != gone)
        about(session, "technician", technician_id, name=technician.name)


def _numbers(left: Iterable[WorkOrder]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(order.number for order in left))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()).upper()


def _truck(session: Session, name: str) -> int | None:
    if not name.strip():
        return None
    query = select(StockLocation).where(StockLocation.name == name.strip())
    truck = session.scalars(query).one_or_none()
    if truck is None:
        truck = StockLocation(name=name.strip(), kind=LocationKind.TRUCK)
        session.add(truck)
        session.flush()
    return truck.id
