"""Load lists: what goes on a truck before its day, out of the shop or there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.loading import Load, load_up
from smallcmms.domain.stock import ReservationStatus
from smallcmms.domain.visits import VisitStatus
from smallcmms.models import (
    Customer,
    Part,
    PlannedPart,
    Reservation,
    Site,
    StockLocation,
    Technician,
    UsedPart,
    Visit,
    VisitTechnician,
    WorkOrder,
)
from smallcmms.models.part import KEEPING
from smallcmms.services import restock
from smallcmms.services.restock import RestockLine
from smallcmms.services.steps import shops, stock
from smallcmms.services.steps.stock import Lying, Standing
from smallcmms.store.store import Store

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned visit of the day: when (UTC), which work order, where and for whom."""

    work_order_id: int
    number: str
    title: str
    site: str
    customer: str
    planned_from: datetime
    planned_to: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    """A part of the day's jobs, in its own unit; free text has no part.

    So much of ``quantity`` is ``on_truck`` and so much to ``fetch`` in the shop, where ``in_shop``
    lies; the rest is ``short``. ``kept`` is what lies in the shop for other jobs, ``elsewhere``
    what other trucks have.
    """

    part_id: int | None
    quantity: Decimal
    unit: str
    name: str
    number: str
    bin: str
    on_truck: Decimal
    fetch: Decimal
    short: Decimal
    in_shop: Decimal
    kept: Decimal
    on_order: Decimal
    elsewhere: tuple[Lying, ...]
    jobs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadDay:
    """What a technician loads for a day; ``minutes`` is what the visits are planned to take."""

    technician_id: int
    technician: str
    truck_id: int | None
    truck: str
    shelf: str
    on: date
    minutes: int
    stops: tuple[Stop, ...]
    lines: tuple[LoadLine, ...]
    restock: tuple[RestockLine, ...]

    @property
    def fetched(self) -> dict[int, Decimal]:
        """Return what is to be fetched in the shop for the jobs, by part."""
        return {line.part_id: line.fetch for line in self.lines if line.part_id and line.fetch}


class _Want(NamedTuple):
    """What one job still wants of a part, or of something that is no part of the register."""

    part_id: int | None
    text: str
    quantity: Decimal
    number: str


def load_list(store: Store, *, technician_id: int, on: date) -> LoadDay:
    """Return what a technician loads for the planned visits of a day, and what the truck lacks.

    Where two go together, the first one's truck carries the parts.

    Raises:
        RuleBroken: there is no such technician.
    """
    with store.read() as session:
        return _day(session, technician_id, on)


def _day(session: Session, technician_id: int, on: date) -> LoadDay:
    technician = session.get(Technician, technician_id)
    if technician is None:
        raise RuleBroken("Say who loads.", "technician_id")
    truck_id, shelf = technician.truck_id, restock.shelf(session)
    truck = session.get(StockLocation, truck_id) if truck_id else None
    stops = _stops(session, technician_id, on)
    spans = ((stop.planned_to - stop.planned_from) for stop in stops)
    return LoadDay(
        technician_id=technician_id,
        technician=technician.name,
        truck_id=truck_id,
        truck=truck.name if truck else "",
        shelf=shelf.name,
        on=on,
        minutes=sum(spans, timedelta()) // timedelta(minutes=1),
        stops=tuple(stops),
        lines=tuple(_lines(session, technician_id, stops, truck_id, shelf.id)),
        restock=restock.proposed(session, truck_id).lines if truck_id else (),
    )


def _stops(session: Session, technician_id: int, on: date) -> list[Stop]:
    zone = shops.current(session).zone
    begins = datetime.combine(on, time(), zone)
    ends = datetime.combine(on + timedelta(days=1), time(), zone)
    query = (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.title,
            func.coalesce(Site.address, ""),
            func.coalesce(Customer.name, ""),
            Visit.planned_from,
            Visit.planned_to,
        )
        .join(Visit, Visit.work_order_id == WorkOrder.id)
        .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .outerjoin(Site, Site.id == WorkOrder.site_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .where(
            VisitTechnician.technician_id == technician_id,
            Visit.status == VisitStatus.PLANNED,
            Visit.planned_from >= begins,
            Visit.planned_from < ends,
        )
        .order_by(Visit.planned_from, WorkOrder.id)
    )
    return [Stop(*row) for row in session.execute(query)]


def _lines(
    session: Session,
    technician_id: int,
    stops: Sequence[Stop],
    truck_id: int | None,
    shelf_id: int,
) -> list[LoadLine]:
    numbers = {stop.work_order_id: stop.number for stop in stops}
    wants = _wants(session, technician_id, numbers)
    together = defaultdict[tuple[int | None, str], list[_Want]](list)
    for want in wants:
        together[want.part_id, want.text].append(want)
    part_ids = [part_id for part_id, _text in together if part_id is not None]
    parts = {each.id: each for each in session.scalars(select(Part).where(Part.id.in_(part_ids)))}
    standings = stock.standings(session, part_ids) if part_ids else {}
    claims = _claims(session, part_ids, list(numbers))
    return [
        _line(parts[part_id], standings[part_id], claims.get(part_id, _NOTHING), same,
              truck_id, shelf_id) if part_id is not None else _free_text(same)
        for (part_id, _text), same in together.items()
    ]  # fmt: skip


def _wants(session: Session, technician_id: int, numbers: Mapping[int, str]) -> list[_Want]:
    """Return what the jobs still want, in the order of the day and of each plan."""
    used = (
        select(UsedPart.planned_part_id, func.sum(UsedPart.quantity).label("quantity"))
        .group_by(UsedPart.planned_part_id)
        .subquery()
    )
    left = PlannedPart.quantity - func.coalesce(used.c.quantity, _NOTHING)
    query = (
        select(PlannedPart.part_id, PlannedPart.text, left, PlannedPart.work_order_id)
        .outerjoin(used, used.c.planned_part_id == PlannedPart.id)
        .where(PlannedPart.work_order_id.in_(_led(session, technician_id, numbers)))
        .order_by(PlannedPart.sequence, PlannedPart.id)
    )
    order = list(numbers)
    rows = sorted(session.execute(query).all(), key=lambda row: order.index(row[3]))
    return [
        _Want(part_id, "" if part_id else text, quantity, numbers[work_order_id])
        for part_id, text, quantity, work_order_id in rows
        if quantity > _NOTHING
    ]


def _led(session: Session, technician_id: int, numbers: Mapping[int, str]) -> list[int]:
    """Return the work orders whose parts this technician brings: the first of each visit does."""
    query = (
        select(Visit.work_order_id, VisitTechnician.technician_id)
        .join(VisitTechnician, VisitTechnician.visit_id == Visit.id)
        .where(Visit.work_order_id.in_(numbers), Visit.status == VisitStatus.PLANNED)
        .order_by(Visit.planned_from, VisitTechnician.sequence)
    )
    first: dict[int, int] = {}
    for work_order_id, each in session.execute(query):
        first.setdefault(work_order_id, each)
    return [each for each, who in first.items() if who == technician_id]


def _claims(session: Session, part_ids: Sequence[int], own: Sequence[int]) -> dict[int, Decimal]:
    """Return how much of each part has been put aside for other jobs."""
    query = (
        select(Reservation.part_id, func.sum(Reservation.quantity))
        .where(
            Reservation.part_id.in_(part_ids),
            Reservation.status == ReservationStatus.ACTIVE,
            Reservation.work_order_id.not_in(own),
            literal_column(KEEPING),
        )
        .group_by(Reservation.part_id)
    )
    return dict(session.execute(query).all())


def _line(  # noqa: PLR0917
    part: Part,
    standing: Standing,
    claimed: Decimal,
    wants: Sequence[_Want],
    truck_id: int | None,
    shelf_id: int,
) -> LoadLine:
    quantity = sum((want.quantity for want in wants), _NOTHING)
    in_shop = restock.lying(standing, shelf_id)
    found = load_up(
        quantity,
        on_truck=restock.lying(standing, truck_id),
        in_shop=in_shop,
        free=standing.on_hand - claimed,
    )
    others = (
        each
        for each in standing.by_place
        if each.location_id not in {truck_id, shelf_id} and each.quantity > _NOTHING
    )
    return _told(wants, quantity, found, part=part, standing=standing, in_shop=in_shop,
                 elsewhere=tuple(others) if found.short else ())  # fmt: skip


def _told(
    wants: Sequence[_Want],
    quantity: Decimal,
    found: Load,
    *,
    part: Part,
    standing: Standing,
    in_shop: Decimal,
    elsewhere: tuple[Lying, ...],
) -> LoadLine:
    return LoadLine(
        part_id=part.id,
        quantity=quantity,
        unit=part.unit,
        name=part.name,
        number=part.number,
        bin=part.bin,
        on_truck=found.on_truck,
        fetch=found.fetch,
        short=found.short,
        in_shop=in_shop,
        kept=found.kept,
        on_order=standing.on_order,
        elsewhere=elsewhere,
        jobs=tuple(dict.fromkeys(want.number for want in wants)),
    )


def _free_text(wants: Sequence[_Want]) -> LoadLine:
    """Return something that is bought for a job and is no part of the register."""
    quantity = sum((want.quantity for want in wants), _NOTHING)
    return LoadLine(
        part_id=None,
        quantity=quantity,
        unit="",
        name=wants[0].text,
        number="",
        bin="",
        on_truck=_NOTHING,
        fetch=_NOTHING,
        short=quantity,
        in_shop=_NOTHING,
        kept=_NOTHING,
        on_order=_NOTHING,
        elsewhere=(),
        jobs=tuple(dict.fromkeys(want.number for want in wants)),
    )


def load(
    store: Store,
    *,
    technician_id: int,
    on: date,
    is_restocked: bool = True,
    take: Mapping[int, Decimal] | None = None,
) -> int:
    """Load a truck for a day: one change, one undo step; return how many parts were moved.

    What is to be fetched goes from the shop to the truck, and what brings it to its par unless
    told otherwise. ``take`` says how much of each part instead.

    Raises:
        RuleBroken: the technician has no truck, there is nothing to load, or a quantity is below
            zero.
    """
    at = store.now()
    with store.change("Load {truck}") as session:
        day = _day(session, technician_id, on)
        if day.truck_id is None:
            raise RuleBroken("{name} has no truck.", "technician_id", name=day.technician)
        wanted = dict(day.fetched if take is None else take)
        for line in day.restock if is_restocked and take is None else ():
            wanted[line.part_id] = wanted.get(line.part_id, _NOTHING) + line.take
        return restock.bring(session, at, day.truck_id, wanted)
