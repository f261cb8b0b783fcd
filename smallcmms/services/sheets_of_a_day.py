"""Sheets of a day: the copies of several work orders made in one go, with one reason for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smallcmms.services import sheets
from smallcmms.services.sheet_copies import Render
from smallcmms.services.steps import waiting
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True)
class MadeCopy:
    """A copy of the batch: of which work order, its number, its PDF, what no font has."""

    work_order_id: int
    copy: int
    pdf: bytes
    missing: tuple[str, ...]


def asks(store: Store, work_order_ids: Sequence[int]) -> str | None:
    """Return the number of the L1 for which a reason is asked once, before any of these is printed.

    Nothing is asked where no L4 is among them, or where somebody said why before.
    """
    with store.read() as session:
        return waiting.asks(session, work_order_ids)


def print_copies(
    store: Store,
    work_order_ids: Sequence[int],
    *,
    render: Render,
    waiting_reason: str = "",
    step: Callable[[int, int], object] = lambda _done, _of: None,
) -> tuple[MadeCopy, ...]:
    """Make a technician's copy of each work order; the reason stands for every L4 among them.

    ``step`` is told how many of how many are made.

    Raises:
        RuleBroken: one of them is a draft or cancelled, or an L1 waits and no reason is given.
    """
    made = []
    for done, each in enumerate(work_order_ids):
        step(done, len(work_order_ids))
        printed = sheets.print_copy(store, each, render=render, waiting_reason=waiting_reason)
        made.append(MadeCopy(each, printed.copy, printed.pdf, printed.missing))
    return tuple(made)
