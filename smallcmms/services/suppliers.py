"""Suppliers: where parts are bought, and how long they take against what they promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.purchase_orders import LeadTime, Promise, PurchaseOrderStatus, lead_time
from smallcmms.models import Part, PurchaseOrder, Supplier
from smallcmms.services.steps import edits, events
from smallcmms.store.store import Store, about

EDITABLE = ("name", "phone", "email", "address", "account", "notes")


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier: how to reach it, how many parts come from it, how long its orders take.

    ``account`` is the shop's number with it; ``open_orders`` are drafts and what it still owes.
    """

    id: int
    name: str
    phone: str
    email: str
    address: str
    account: str
    notes: str
    parts: int
    open_orders: int
    lead: LeadTime


def find(store: Store, *, text: str = "") -> Sequence[int]:
    """Return the ids of the suppliers whose name or account holds the text, by name."""
    query = select(Supplier.id).where(Supplier.archived_on.is_(None))
    for word in text.split():
        each = (Supplier.name, Supplier.account, Supplier.email, Supplier.phone)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in each)))
    with store.read() as session:
        return session.scalars(query.order_by(func.lower(Supplier.name), Supplier.id)).all()


def rows(store: Store, ids: Sequence[int]) -> dict[int, SupplierRow]:
    """Return what a list shows of these suppliers."""
    with store.read() as session:
        parts = _counted(session, Part, ids, Part.archived_on.is_(None))
        is_open = PurchaseOrder.status.in_(
            (
                PurchaseOrderStatus.DRAFT,
                PurchaseOrderStatus.ORDERED,
                PurchaseOrderStatus.PART_RECEIVED,
            )
        )
        orders = _counted(session, PurchaseOrder, ids, is_open)
        promises = _promises(session, ids)
        found = session.scalars(select(Supplier).where(Supplier.id.in_(ids)))
        return {
            each.id: SupplierRow(
                id=each.id,
                **{name: getattr(each, name) for name in EDITABLE},
                parts=parts.get(each.id, 0),
                open_orders=orders.get(each.id, 0),
                lead=lead_time(promises.get(each.id, ())),
            )
            for each in found
        }


def get(store: Store, supplier_id: int) -> SupplierRow:
    """Return a supplier.

    Raises:
        NotFound: there is none.
    """
    found = rows(store, [supplier_id])
    if supplier_id not in found:
        raise NotFound("There is no such supplier.")
    return found[supplier_id]


def add(store: Store, *, name: str, **fields: Any) -> int:
    """Add a supplier.

    Raises:
        RuleBroken: it has no name, or the name is taken.
    """
    at = store.now()
    with store.change("Add supplier {name}", name=name.strip()) as session:
        _check(session, name, None)
        supplier = Supplier(name=name.strip(), **_editable(fields))
        session.add(supplier)
        session.flush()
        events.note(session, at, "supplier", supplier.id, "added")
        about(session, "supplier", supplier.id, number=supplier.name)
        return supplier.id


def edit(store: Store, supplier_id: int, **fields: Any) -> None:
    """Change a supplier; orders that were placed name it as it is called now.

    Raises:
        RuleBroken: it would have no name, the name is taken, or the field cannot be changed.
    """
    at = store.now()
    with store.change("Edit supplier {number}") as session:
        supplier = session.get_one(Supplier, supplier_id)
        if "name" in fields:
            _check(session, fields["name"], supplier_id)
            fields["name"] = fields["name"].strip()
        of_it = ("supplier", supplier_id)
        edits.change(session, at, supplier, _editable(fields), allowed=EDITABLE, about=of_it)
        about(session, "supplier", supplier_id, number=supplier.name)


def archive(store: Store, supplier_id: int) -> None:
    """Buy no more from a supplier; what was bought there stays.

    Raises:
        RuleBroken: an order of it is open.
    """
    at = store.now()
    if get(store, supplier_id).open_orders:
        raise RuleBroken("An order at this supplier is still open.")
    with store.change("Archive supplier {number}") as session:
        supplier = session.get_one(Supplier, supplier_id)
        supplier.archived_on = at.date()
        events.note(session, at, "supplier", supplier_id, "archived")
        about(session, "supplier", supplier_id, number=supplier.name)


def _editable(fields: dict[str, Any]) -> dict[str, Any]:
    for name in fields:
        if name not in EDITABLE:
            raise RuleBroken("{name} of a supplier cannot be changed.", field=name, name=name)
    return fields


def _check(session: Session, name: str, supplier_id: int | None) -> None:
    edits.need(name, "A supplier needs a name.", "name")
    same = select(Supplier.id).where(func.lower(Supplier.name) == name.strip().lower())
    if any(other != supplier_id for other in session.scalars(same)):
        raise RuleBroken("{name} is there already.", field="name", name=name.strip())


def _counted(session: Session, model: Any, ids: Sequence[int], *which: Any) -> dict[int, int]:
    query = select(model.supplier_id, func.count()).where(model.supplier_id.in_(ids), *which)
    return dict(session.execute(query.group_by(model.supplier_id)).all())


def _promises(session: Session, ids: Sequence[int]) -> dict[int, list[Promise]]:
    query = select(
        PurchaseOrder.supplier_id,
        PurchaseOrder.ordered_on,
        PurchaseOrder.promised_on,
        PurchaseOrder.received_on,
    ).where(
        PurchaseOrder.supplier_id.in_(ids),
        PurchaseOrder.ordered_on.is_not(None),
        PurchaseOrder.received_on.is_not(None),
    )
    found: dict[int, list[Promise]] = {}
    for supplier_id, ordered_on, promised_on, received_on in session.execute(query):
        if ordered_on is not None and received_on is not None:
            promise = Promise(ordered_on, promised_on, received_on)
            found.setdefault(supplier_id, []).append(promise)
    return found
