"""What can be taken back and done again, and the history of all that was done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from smallcmms.models import History, UndoStep
from smallcmms.store import gate
from smallcmms.store.labels import BARRIER, About, Label
from smallcmms.store.recorder import Operation

STEPS = 200
UNDO, REDO = "undo", "redo"


@dataclass(frozen=True)
class Step:
    """One change that can be taken back, or one that was and can be done again."""

    label: Label
    about: About
    operations: list[Operation]
    id: int = 0


_LAST = (
    sa.select(UndoStep)
    .where(UndoStep.way == sa.bindparam("way"))
    .order_by(UndoStep.id.desc())
    .limit(1)
)
_LAST_LABEL = (
    sa.select(UndoStep.label, UndoStep.values, UndoStep.is_barrier)
    .where(UndoStep.way == sa.bindparam("way"))
    .order_by(UndoStep.id.desc())
    .limit(1)
)
_FORGET = sa.delete(UndoStep).where(UndoStep.way == sa.bindparam("forgotten"))
_DROP = sa.delete(UndoStep).where(UndoStep.id == sa.bindparam("step_id"))
_OLDEST_KEPT = (
    sa.select(UndoStep.id)
    .where(UndoStep.way == UNDO)
    .order_by(UndoStep.id.desc())
    .offset(STEPS - 1)
    .limit(1)
    .scalar_subquery()
)
_TRIM = sa.delete(UndoStep).where(UndoStep.way == UNDO, UndoStep.id < _OLDEST_KEPT)
_KEEP = sa.insert(UndoStep)
_NOTE = sa.insert(History)


def last(connection: sa.Connection, way: str) -> Step | None:
    """Return the step that goes next in a direction."""
    row = connection.execute(_LAST, {"way": way}).one_or_none()
    if row is None:
        return None
    label = Label(row.label, row.values, row.is_barrier)
    return Step(label, About(row.record, row.record_id), row.operations, row.id)


def last_label(connection: sa.Connection, way: str) -> Label | None:
    """Return the name of the step that goes next in a direction."""
    row = connection.execute(_LAST_LABEL, {"way": way}).one_or_none()
    return None if row is None else Label(*row)


def keep(connection: sa.Connection, way: str, step: Step) -> None:
    """Keep a step; only the last 200 are."""
    connection.execute(
        _KEEP,
        {
            "way": way,
            "label": step.label.message,
            "values": step.label.values,
            "is_barrier": step.label.is_barrier,
            "record": step.about.record,
            "record_id": step.about.record_id,
            "operations": step.operations,
        },
    )
    connection.execute(_TRIM)


def raise_barrier(connection: sa.Connection, step: Step) -> None:
    """Let nothing that was done up to now be taken back any more.

    Before a shop is set up there is nothing, so that is no issued document that stands in the way.
    """
    connection.execute(_FORGET, {"forgotten": UNDO})
    if step.about.record == "shop":
        return
    label = Label(BARRIER, step.label.values, is_barrier=True)
    keep(connection, UNDO, Step(label, step.about, []))


def forget(connection: sa.Connection, way: str) -> None:
    """Forget all steps of a direction."""
    connection.execute(_FORGET, {"forgotten": way})


def drop(connection: sa.Connection, step: Step) -> None:
    """Forget one step."""
    connection.execute(_DROP, {"step_id": step.id})


def note(connection: sa.Connection, way: str, step: Step, at: datetime) -> None:
    """Write into the history, for good, what was done, undone or done again."""
    connection.execute(
        _NOTE,
        {
            "at": at,
            "way": way,
            "label": step.label.message,
            "values": step.label.values,
            "record": step.about.record,
            "record_id": step.about.record_id,
        },
    )


def plain(values: dict[str, object]) -> dict[str, Any]:
    """Return a label's values as the file can keep them."""
    said: dict[str, Any] = json.loads(json.dumps(gate.kept(values), default=str))
    return said
