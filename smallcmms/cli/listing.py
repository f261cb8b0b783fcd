"""list: the records of a kind, one line each."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from smallcmms.cli import machines
from smallcmms.cli.desk import Desk, fields
from smallcmms.services import (
    asset_classes,
    assets,
    customers,
    invoices,
    job_templates,
    label_sheets,
    meters,
    parts,
    pm_pages,
    pm_schedules,
    purchase_orders,
    requests,
    suppliers,
    technicians,
    work_orders,
)
from smallcmms.store.store import Store

Rows = Callable[[Store, Sequence[int]], Mapping[int, Any]]
LISTS: dict[str, tuple[Callable[[Store], Sequence[int]], Rows]] = {
    "requests": (requests.find, requests.rows),
    "work-orders": (work_orders.find, work_orders.rows),
    "invoices": (invoices.find, invoices.rows),
    "customers": (customers.find, customers.rows),
    "assets": (assets.find, assets.rows),
    "parts": (parts.find, parts.rows),
    "pm-schedules": (pm_schedules.find, pm_pages.rows),
    "purchase-orders": (purchase_orders.find, purchase_orders.rows),
    "suppliers": (suppliers.find, suppliers.rows),
}


def _label_sheets(store: Store) -> list[dict[str, str]]:
    """Return the label sheets; lengths are millimetres, "?" stands where sources disagree."""
    return [
        {
            "key": sheet.key,
            "name": f"{sheet.name} ({sheet.also})" if sheet.also else sheet.name,
            "label": f"{sheet.width:g} × {sheet.height:g} mm",
            "labels": str(sheet.count),
            "is_checked": "" if sheet.is_checked else "?",
        }
        for sheet in label_sheets.every(store).values()
    ]


WHOLE: dict[str, Callable[[Store], Sequence[Any]]] = {
    "technicians": technicians.rows,
    "templates": job_templates.rows,
    "classes": asset_classes.rows,
    "meters": meters.everywhere,
    "readings": machines.all_readings,
    "places": parts.locations,
    "label-sheets": _label_sheets,
}
PAGE = 500
LEFT_OUT = ("id",)


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("kind", choices=sorted((*LISTS, *WHOLE)))
    parser.add_argument("--json", action="store_true")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Answer the rows as the window's list shows them, in its order."""
    with desk.opened() as store:
        rows = _rows(store, options.kind)
        if options.json:
            desk.say_json(rows)
            return
        for row in rows:
            desk.say("\t".join(text for name, text in fields(row) if name not in LEFT_OUT))


def _rows(store: Store, kind: str) -> list[Any]:
    if kind in WHOLE:
        return list(WHOLE[kind](store))
    find, fetch = LISTS[kind]
    ids = find(store)
    found: list[Any] = []
    for first in range(0, len(ids), PAGE):
        page = ids[first : first + PAGE]
        rows = fetch(store, page)
        found.extend(rows[row_id] for row_id in page)
    return found
