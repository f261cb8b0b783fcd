"""Forging issued documents behind the program's back: whatever is changed, the check finds it.

``python -m tests.trust.forgeries --edits 1000 --seed 1`` changes one field at a time of issued
invoices, their lines and their taxes, without the triggers, and lists what was not found.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from smallcmms.services import check, invoices, payments
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from tests import bills, build
from tests.bills import rendered

_OWNED = (("invoice", "id"), ("invoice_line", "invoice_id"), ("invoice_tax", "invoice_id"))


def sell(store: Store) -> None:
    """Fill a file with two invoices, a credit note, a draft, payments and stock."""
    build.ridgeline(store)
    story = build.story(store)
    first = invoices.draft(store, bills.sheet_2310(store, story))
    invoices.issue(store, first, render=rendered)
    payments.take(store, invoice_id=first, amount=Decimal(100))
    invoices.credit_and_reissue(store, first, reason="Wrong price", render=rendered)
    second = invoices.draft_by_hand(store, customer_id=story.customer_id, text="By hand")
    invoices.add_line(store, second, text="Work", price=Decimal("19.99"), is_taxed=True)
    invoices.issue(store, second, render=rendered)
    payments.take(store, invoice_id=second, amount=Decimal(30), keep_rest=True)


def forge(path: Path, *statements: str) -> None:
    """Change the file behind the program's back, without its triggers and its constraints."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def told(path: Path) -> list[str]:
    """Return what the check says of a file."""
    store = open_shop(path)
    try:
        return [str(problem) for problem in check.problems(store)]
    finally:
        store.close()


def any_field(path: Path, dice: random.Random) -> str:
    """Return a statement that changes one field of one issued document, its lines or taxes."""
    table, of = dice.choice(_OWNED)
    issued = "(SELECT id FROM invoice WHERE state = 'issued')"
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT * FROM {table} WHERE {of} IN {issued}")
        names = [column[0] for column in rows.description]
        row = dice.choice(rows.fetchall())
    place = dice.randrange(len(names))
    changed = _other(row[place], dice)
    return f'UPDATE {table} SET "{names[place]}" = {changed} WHERE id = {row[0]}'


def _other(value: object, dice: random.Random) -> str:
    """Return an SQL value that is another one, near or far."""
    if value is None:
        return dice.choice(["1", "0", "''", "'x'"])
    if isinstance(value, int):
        near = [str(value + by) for by in (1, -1, 1000)]
        return dice.choice([*near, "NULL", "'x'", "0.5"])
    text = str(value).replace("'", "''")
    changed = [f"'{text} '", f"'{text[:-1]}'", f"'x{text}'", "''", "NULL"]
    return dice.choice([each for each in changed if each != f"'{text}'"])


def missed(path: Path, edits: int, dice: random.Random) -> Iterator[str]:
    """Yield the edits that nobody notices, each of one field in a copy of the file."""
    copy = path.with_name("forged.smallcmms")
    shutil.copytree(path.with_name(f"{path.stem}.files"), copy.with_name("forged.files"))
    for _ in range(edits):
        shutil.copy(path, copy)
        statement = any_field(copy, dice)
        try:
            forge(copy, statement)
        except sqlite3.IntegrityError:
            continue  # the file refused it
        if not told(copy):
            yield statement


def main(words: list[str]) -> int:
    """Forge as often as asked; return 1 if an edit was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        store = create(Path(folder) / "shop.smallcmms")
        sell(store)
        store.close()
        dice = random.Random(options.seed)
        unseen = list(missed(store.path, options.edits, dice))
    for statement in unseen:
        sys.stdout.write(f"not found: {statement}\n")
    sys.stdout.write(f"{options.edits} edits, {options.edits - len(unseen)} found\n")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
