"""The numbered copies of work orders: printing them, and taking them back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience, CopyState
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.places import Layout
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import SheetCopy, WorkOrder
from smallcmms.services.steps import waiting
from smallcmms.services.steps import work_order_papers as paper_steps
from smallcmms.services.steps import work_orders as steps
from smallcmms.services.steps.work_order_facts import changing
from smallcmms.store.store import Store


class Rendered(Protocol):
    """A drawn paper: its PDF and the letters that no font has; a sheet has its layout too."""

    @property
    def pdf(self) -> bytes:
        """Return the document."""
        ...

    @property
    def missing(self) -> Sequence[str]:
        """Return the letters that were printed as squares."""
        ...


Render = Callable[[papers.WorkOrder], Rendered]


@dataclass(frozen=True, slots=True)
class Printed:
    """A copy that was made: its PDF, the text of its code, the letters that no font has."""

    copy_id: int
    copy: int
    revision: int
    pdf: bytes
    code: str
    missing: tuple[str, ...]


def print_copy(
    store: Store,
    work_order_id: int,
    *,
    render: Render,
    audience: Audience = Audience.TECHNICIAN,
    technician_id: int | None = None,
    waiting_reason: str = "",
) -> Printed:
    """Make a numbered copy: it is out from the moment its PDF is made.

    Customer's and office copies are numbered too, and nobody waits for them to come back.

    Raises:
        RuleBroken: the work order is a draft or cancelled, or an L1 waits while an L4 is printed.
    """
    at = store.now()
    with changing(store, "Print {number}", work_order_id) as (session, order):
        _can_be_printed(order, audience)
        if audience is Audience.TECHNICIAN:
            waiting.pass_over(session, at, order, waiting_reason)
        copy = _next_copy(session, order)
        paper = paper_steps.work_order(
            session,
            at,
            order,
            audience=audience,
            technician_id=technician_id,
            copy=copy,
            revision=order.revision,
        )
        rendered = render(paper)
        kept = SheetCopy(
            work_order_id=order.id,
            copy=copy,
            revision=order.revision,
            audience=audience,
            technician_id=technician_id or paper_steps.goes_with(session, order),
            printed_at=at,
            document_hash=store.files.put(rendered.pdf),
            layout=_layout(rendered),
        )
        session.add(kept)
        session.flush()
        told: dict[str, Any] = {"copy": copy, "audience": audience.value}
        told["truck"] = paper.visit.truck or ", ".join(paper.visit.technicians)
        steps.note(session, at, order, "printed", **told)
        return Printed(
            kept.id, copy, order.revision, rendered.pdf, paper.code, tuple(rendered.missing)
        )


def did_not_print(store: Store, work_order_id: int, *, copy: int | None = None) -> int:
    """Take a copy back that never came out of the printer; its number is not used again.

    Returns:
        The copy's number.

    Raises:
        RuleBroken: no such copy is out.
    """
    at = store.now()
    with changing(store, "{number} did not print", work_order_id) as (session, order):
        taken = out(session, order, copy)
        taken.state = CopyState.FAILED
        steps.note(session, at, order, "did_not_print", copy=taken.copy)
        return taken.copy


def declare_lost(
    store: Store, work_order_id: int, *, copy: int | None = None, reason: str = ""
) -> int:
    """Say that a copy will not come back; return its number.

    Raises:
        RuleBroken: no such copy is out.
    """
    at = store.now()
    with changing(store, "The sheet of {number} is lost", work_order_id) as (session, order):
        lost = out(session, order, copy)
        lost.state = CopyState.LOST
        steps.note(session, at, order, "lost", copy=lost.copy, reason=reason)
        return lost.copy


def document(store: Store, copy_id: int) -> bytes:
    """Return the PDF of a copy, byte by byte as it was made.

    Raises:
        NotFound: there is no such copy, or its file is missing.
    """
    with store.read() as session:
        copy = session.get(SheetCopy, copy_id)
        if copy is None:
            raise NotFound("There is no such copy.")
        kept = copy.document_hash
    return store.files.get(kept)


def out(session: Session, order: WorkOrder, copy: int | None) -> SheetCopy:
    """Return a copy that is out: the one of this number, else the technician's newest.

    Raises:
        RuleBroken: no such copy is out.
    """
    query = select(SheetCopy).where(
        SheetCopy.work_order_id == order.id, SheetCopy.state == CopyState.OUT
    )
    if copy is not None:
        query = query.where(SheetCopy.copy == copy)
    else:
        query = query.where(SheetCopy.audience == Audience.TECHNICIAN)
    found = session.scalars(query.order_by(SheetCopy.copy.desc()).limit(1)).one_or_none()
    if found is None:
        raise RuleBroken("No such copy of {number} is out.", "copy", number=order.number)
    return found


def _can_be_printed(order: WorkOrder, audience: Audience) -> None:
    if audience is not Audience.TECHNICIAN:
        return
    if order.status in {WorkOrderStatus.DRAFT, WorkOrderStatus.CANCELLED}:
        message = "{number} is {status}. There is nothing to print for the truck."
        raise RuleBroken(message, number=order.number, status=order.status.value)


def _next_copy(session: Session, order: WorkOrder) -> int:
    last = select(func.max(SheetCopy.copy)).where(SheetCopy.work_order_id == order.id)
    return (session.scalars(last).one() or 0) + 1


def _layout(rendered: Rendered) -> dict[str, Any]:
    layout = getattr(rendered, "layout", None)
    if not isinstance(layout, Layout):
        return {}
    table: dict[str, Any] = json.loads(layout.to_json())
    return table
