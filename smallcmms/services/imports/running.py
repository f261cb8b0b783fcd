"""Bringing a list in: look at the file, say what would become of each row, then do it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.buildings import Building, BuildingPlan
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import LEFT_OUT, Kind, Outcome, Plan
from smallcmms.domain.tables import Book
from smallcmms.models import History, ImportBatch, Setting
from smallcmms.services.imports import buildings, entries
from smallcmms.services.imports.assets import Assets
from smallcmms.services.imports.customers import Customers
from smallcmms.services.imports.entries import Entry
from smallcmms.services.imports.guessing import remembered_as, to_remember
from smallcmms.services.imports.known import Known, made_beside
from smallcmms.services.imports.parts import Parts
from smallcmms.services.imports.readings import Readings
from smallcmms.services.imports.technicians import Technicians
from smallcmms.services.imports.told import BatchRow, Done, Preview, Said
from smallcmms.services.imports.work_orders import WorkOrders
from smallcmms.services.imports.writes import Step, Writes
from smallcmms.services.steps import bulk, shops
from smallcmms.store.store import Store, about

_SHOWN_VALUES = 5


def quiet(_done: int, _of: int) -> None:
    """Hear how far the work is and say nothing of it."""


def preview(store: Store, book: Book, plan: Plan, *, step: Step = quiet) -> Preview:
    """Return what would become of each row; nothing is written.

    ``step`` hears how far it is, and may raise to end it.

    Raises:
        RuleBroken: a column that every row needs is missing, or what the plan names is not there.
    """
    at = store.now()
    with bulk.unswept(), store.read() as session:
        shop = shops.current(session)
        said = entries.spoken(plan, shop, shop.day(at))
        rows = entries.read(book, plan, said, step)
        writes = Writes()
        known = Known(session, writes, at=at, is_making=plan.is_making)
        _judge(session, rows, plan, known, shop)
        step(len(rows), len(rows))
        writes.keep_named()
        also = [*made_beside(writes), *_remarks(plan, rows)]
        return _preview(
            session, rows, kind=plan.kind, name=book.name, also=also, writes=writes, plan=plan
        )


def preview_building(store: Store, building: Building, plan: BuildingPlan) -> Preview:
    """Return what would become of each piece of a building; nothing is written.

    Raises:
        RuleBroken: a class was chosen that the building does not have.
    """
    with store.read() as session:
        writes = Writes()
        shop = shops.current(session)
        known = Known(session, writes, at=store.now(), is_making=True)
        assets = Assets(session, writes, known, shop.currency)
        rows, said = buildings.judge(session, known, assets, building, plan)
        writes.keep_named()
        also = [*made_beside(writes), *said]
        return _preview(
            session, rows, kind=Kind.COBIE, name=building.file, also=also, writes=writes, plan=None
        )


def run(store: Store, told: Preview, *, is_agreed: bool = False, step: Step = quiet) -> Done:
    """Do what a preview said, in one transaction and one undo step.

    ``step`` hears how far it is; where it raises, nothing is written.

    Raises:
        RuleBroken: records would change and nobody agreed, or they changed since the preview.
    """
    if told.is_asking and not is_agreed:
        changed = told.counts[Outcome.CHANGED]
        raise RuleBroken("{count} records that are there already would change. Agree to that.",
                         count=changed)  # fmt: skip
    if told.is_empty:
        return Done(None, told.counts)
    at = store.now()
    with bulk.unswept(), store.change("Bring in {name}", name=told.name) as session:
        if _stamp(session) != told.stamp:
            raise RuleBroken("Something was changed since you looked. Look at it again.")
        told.writes.write(session, at, step)
        counts = {outcome.value: count for outcome, count in told.counts.items() if count}
        batch = ImportBatch(kind=told.kind.value, name=told.name, at=at, counts=counts)
        session.add(batch)
        if told.plan is not None:
            _remember(session, told.plan)
        session.flush()
        about(session, "import_batch", batch.id)
        return Done(batch.id, told.counts)


def batches(store: Store) -> list[BatchRow]:
    """Return what was brought in, the latest first."""
    query = select(
        ImportBatch.id, ImportBatch.kind, ImportBatch.name, ImportBatch.at, ImportBatch.counts
    )
    with store.read() as session:
        found = session.execute(query.order_by(ImportBatch.id.desc()))
        return [BatchRow(*row) for row in found]


def _judge(
    session: Session, rows: Sequence[Entry], plan: Plan, known: Known, shop: shops.ShopFacts
) -> None:
    if plan.kind is Kind.CUSTOMERS:
        Customers(session, known.writes).judge(rows)
    elif plan.kind is Kind.TECHNICIANS:
        Technicians(session, known.writes).judge(rows)
    elif plan.kind is Kind.PARTS:
        Parts(session, known.writes, shop, known.at).judge(rows)
    elif plan.kind is Kind.ASSETS:
        Assets(session, known.writes, known, shop.currency).judge(rows, plan)
    elif plan.kind is Kind.READINGS:
        Readings(session, known.writes, shop, known.at).judge(rows)
    else:
        WorkOrders(session, known, shop).judge(rows, plan)


def _preview(
    session: Session,
    rows: Sequence[Entry],
    *,
    kind: Kind,
    name: str,
    also: Sequence[Said],
    writes: Writes,
    plan: Plan | None,
) -> Preview:
    counted = Counter(row.outcome for row in rows)
    return Preview(
        kind=kind,
        name=name,
        rows=tuple(row.told() for row in rows),
        counts={outcome: counted[outcome] for outcome in Outcome},
        also=tuple(also),
        plan=plan,
        writes=writes,
        stamp=_stamp(session),
    )


def _stamp(session: Session) -> int:
    """Return the last change, undo or redo of the file."""
    return session.scalar(select(func.max(History.id))) or 0


def _remember(session: Session, plan: Plan) -> None:
    name = remembered_as(plan.kind, plan.fingerprint)
    setting = session.scalars(select(Setting).where(Setting.name == name)).one_or_none()
    if setting is None:
        setting = Setting(name=name)
        session.add(setting)
    setting.value = to_remember(replace(plan, is_remembered=False))


def _remarks(plan: Plan, rows: Sequence[Entry]) -> Iterator[Said]:
    left = [column.header for column in plan.columns if column.field == LEFT_OUT and column.header]
    if left:
        yield Said("Columns left out: {headers}.", {"headers": ", ".join(left)})
    other = Counter(text for row in rows if row.is_in for text in row.unknown_types)
    for text, count in other.most_common(_SHOWN_VALUES):
        yield Said("The type {text} is taken as corrective, rows: {count}.",
                   {"text": text, "count": count})  # fmt: skip
