"""enter: enter a sheet that came back."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.sheets import SheetEntry
from smallcmms.services import lookups, sheets
from smallcmms.services.sheets import Then
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("work_order")
    parser.add_argument("--sheet", type=Path, required=True, help=_("boxes 1 to 6 as JSON"))
    parser.add_argument("--copy", type=fields.whole)
    parser.add_argument("--then", type=fields.kind(Then), default=Then.INVOICE)


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Enter the sheet; what is made of it is the draft's id, where the work is billed."""
    entry = SheetEntry.from_json(_json(options.sheet))
    with desk.opened() as store:
        order_id = lookups.of(store, "work_order", options.work_order)
        entered = sheets.enter(store, order_id, entry, copy=options.copy, then=options.then)
    if entered.invoice_id is not None:
        desk.say(f"draft:{entered.invoice_id}")


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RuleBroken("{name} is no JSON: {why}", name=path.name, why=str(error)) from None
