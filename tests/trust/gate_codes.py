"""A gate code stands nowhere unless somebody asks for it, and who asked is written down.

``python -m tests.trust.gate_codes --orders 1000`` prints technicians' copies of random work orders
at sites with a code, and looks for it in their text, metadata and codes, in what the services say
of customers and sites, in the events and in the history.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]
from sqlalchemy import select

from smallcmms.models import Event, History
from smallcmms.reports import work_order
from smallcmms.services import customers, search, sheets, sites, timeline, work_orders
from smallcmms.store.store import Store
from tests.trust import technicians_copies

CODE = "Q7391K"
"""Nothing of the program's own reads like it."""


@dataclass
class Outcome:
    """Where the code was found, and how often it was shown and written down."""

    copies: int = 0
    found: str = ""
    on_paper: int = 0
    shown: int = 0
    recorded: int = 0

    def __str__(self) -> str:
        """Return the counts in one line."""
        where = self.found or "nowhere"
        return (
            f"{self.copies} copies: the code stands {where}; asked for on {self.on_paper}; "
            f"shown {self.shown} times, recorded {self.recorded} times"
        )


def words(pdf: bytes) -> str:
    """Return what a document shows and says of itself."""
    document = pypdfium2.PdfDocument(pdf)
    shown = [page.get_textpage().get_text_bounded() for page in document]
    said = [f"{name} {text}" for name, text in document.get_metadata_dict().items()]
    document.close()
    return "\n".join((*shown, *said))


def told(store: Store, customer_id: int, site_id: int) -> Iterator[tuple[str, str]]:
    """Yield what the program says by itself of a customer, a site and what happened there."""
    yield "customer", repr(customers.get(store, customer_id))
    yield "rows", repr(customers.rows(store, [customer_id]))
    yield "sites", repr(sites.sites(store, customer_id)) + repr(sites.site(store, site_id))
    yield "search", repr(search.find(store, CODE)) + repr(search.find(store, "Riverside"))
    yield "timeline", repr(timeline.of(store, "customer", customer_id))
    with store.read() as session:
        for table in (Event, History):
            rows = session.scalars(select(table)).all()
            yield table.__tablename__, "".join(repr(vars(row)) for row in rows)


def run(path: Path, count: int, seed: int) -> Outcome:
    """Print so many copies at a site with a code, and look for it everywhere."""
    dice, outcome = Random(seed), Outcome()
    store, start, templates = technicians_copies.set_up(path, dice)
    sites.edit_site(store, start.site_id, access_code=CODE)
    orders = technicians_copies.orders(store, start, templates, dice)
    for order_id, _ in zip(orders, range(count), strict=False):
        is_asked_for = outcome.copies % 10 == 0
        if is_asked_for:
            work_orders.edit(store, order_id, is_code_on_paper=True)
        made = sheets.print_copy(
            store, order_id, render=work_order.render, waiting_reason="It is on the way"
        )
        has_code = CODE in words(made.pdf) + made.code
        outcome.copies += 1
        outcome.on_paper += is_asked_for and has_code
        if has_code and not is_asked_for:
            outcome.found = outcome.found or "on a copy"
    for _time in range(3):
        outcome.shown += sites.show_code(store, start.site_id) == CODE
    for where, text in told(store, start.customer_id, start.site_id):
        outcome.found = outcome.found or (where if CODE in text else "")
    with store.read() as session:
        shown = session.scalars(select(Event).where(Event.kind == "code_shown")).all()
        outcome.recorded = len(shown)
    store.close()
    return outcome


def main() -> int:
    """Print as many as asked, and the counts; 1 if the code stood anywhere by itself."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder) / "shop.smallcmms", options.orders, options.seed)
    sys.stdout.write(f"{outcome}\n")
    return 1 if outcome.found or outcome.recorded != outcome.shown else 0


if __name__ == "__main__":
    sys.exit(main())
