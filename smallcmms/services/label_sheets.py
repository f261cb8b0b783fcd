"""Label sheets: those that are sold, and those that the shop has measured itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import select

from smallcmms import paths
from smallcmms.domain import label_sheets
from smallcmms.domain.errors import NotFound
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.models import LabelSheet as OwnSheet
from smallcmms.services.steps import events, shops
from smallcmms.store.store import Store, about

USUAL = "5160"
EDITABLE = (
    "name", "page_width", "page_height", "width", "height", "pitch_x", "pitch_y", "left", "top",
    "columns", "rows", "is_round",
)  # fmt: skip
_OWN = "own-"


@cache
def sold() -> Mapping[str, LabelSheet]:
    """Return the sheets and rolls that are sold, by key, for example 5160."""
    told = json.loads((paths.resources() / "labels.json").read_text("utf-8"))
    return label_sheets.table(told)


def every(store: Store) -> dict[str, LabelSheet]:
    """Return the shop's own sheets, then those that are sold, by key."""
    return {sheet.key: sheet for sheet in own(store).values()} | dict(sold())


def own(store: Store) -> dict[int, LabelSheet]:
    """Return the shop's own sheets by id, in the order of their names."""
    query = select(OwnSheet).where(OwnSheet.archived_on.is_(None)).order_by(OwnSheet.name)
    with store.read() as session:
        return {each.id: _facts(each) for each in session.scalars(query)}


def get(store: Store, key: str) -> LabelSheet:
    """Return a label sheet.

    Raises:
        NotFound: nobody has told the measures of this sheet.
    """
    found = sold().get(key) or every(store).get(key)
    if found is None:
        raise NotFound("The label sheet {name} is not known.", "label_sheet", name=key)
    return found


def key_of(sheet_id: int) -> str:
    """Return the key of one of the shop's own sheets."""
    return f"{_OWN}{sheet_id}"


def add(store: Store, **fields: Any) -> int:
    """Add a sheet of the shop's own and return its id; lengths are decimals in millimetres.

    Raises:
        RuleBroken: a label lies on another one or reaches over the page's edge.
    """
    made = OwnSheet(**_known(fields))
    label_sheets.check(_facts(made))
    at = store.now()
    with store.change("Add label sheet {name}", name=made.name) as session:
        session.add(made)
        session.flush()
        events.note(session, at, "label_sheet", made.id, "added")
        about(session, "label_sheet", made.id)
        return made.id


def edit(store: Store, sheet_id: int, **fields: Any) -> None:
    """Change measures of one of the shop's own sheets; lengths are decimals in millimetres.

    Raises:
        RuleBroken: a label would lie on another one or reach over the page's edge.
    """
    with store.change("Edit label sheet {name}") as session:
        sheet = session.get_one(OwnSheet, sheet_id)
        for name, value in _known(fields).items():
            setattr(sheet, name, value)
        label_sheets.check(_facts(sheet))
        about(session, "label_sheet", sheet_id, name=sheet.name)


def archive(store: Store, sheet_id: int) -> None:
    """Put one of the shop's own sheets away."""
    at = store.now()
    with store.change("Archive label sheet {name}") as session:
        sheet = session.get_one(OwnSheet, sheet_id)
        sheet.archived_on = shops.current(session).day(at)
        events.note(session, at, "label_sheet", sheet_id, "archived")
        about(session, "label_sheet", sheet_id, name=sheet.name)


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be edited")
    told = dict(fields)
    if "name" in told:
        told["name"] = str(told["name"] or "").strip()
    return told


def _facts(sheet: OwnSheet) -> LabelSheet:
    lengths = {name: getattr(sheet, name) for name, *_ in label_sheets.LENGTHS}
    return label_sheets.own(
        key_of(sheet.id or 0),
        sheet.name or "",
        lengths,
        columns=sheet.columns or 0,
        rows=sheet.rows or 0,
        is_round=bool(sheet.is_round),
    )


def begun_from(sheet: LabelSheet) -> dict[str, Any]:
    """Return the fields of a new sheet that begins as a copy of another one."""
    lengths = {name: Decimal(str(getattr(sheet, name))) for name, *_ in label_sheets.LENGTHS}
    counts = {"columns": sheet.columns, "rows": sheet.rows, "is_round": sheet.is_round}
    return lengths | counts
