"""Random work orders with unmistakable prices: none of them may stand on a technician's copy.

``python -m tests.trust.technicians_copies --orders 1000 --seed 1`` prints them and reads text,
metadata, the bytes of the document and the code's text for every seeded amount.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import BillingRule
from smallcmms.reports import work_order
from smallcmms.services import customers, job_templates, parts, sheets, work_orders
from smallcmms.services.samples import story
from smallcmms.services.samples.story import Start
from smallcmms.store.opening import create
from smallcmms.store.store import Store

MARK = "7391"
"""Every seeded amount has these digits before its point, and no number of the program has."""
_SIGNS = ("$", "USD", "US$", "€")


@dataclass
class Outcome:
    """What came of the copies."""

    copies: int = 0
    pages: int = 0
    found: int = 0
    first: str = ""

    def __str__(self) -> str:
        """Return the counts in one line."""
        return f"{self.copies} copies of {self.pages} pages: {self.found} amounts {self.first}"


def price(dice: Random) -> Decimal:
    """Return an unmistakable amount."""
    return Decimal(f"{dice.randint(1, 9)}{MARK}.{dice.randint(10, 99)}")


def set_up(path: Path, dice: Random) -> tuple[Store, Start, list[int]]:
    """Return a shop in which everything that can have a price has an unmistakable one."""
    store = create(path, now=story.Clock())
    story.set_up(store)
    start = story.before(store)
    for part_id in parts.find(store):
        parts.edit(store, part_id, price=price(dice), cost=price(dice))
    customers.edit(store, start.customer_id, not_to_exceed=price(dice) * 1000)
    made = [
        job_templates.add(
            store,
            name=f"Job {number}",
            lines=story.LINES[: dice.randint(1, 5)] * dice.randint(1, 6),
            parts=[(start.check_valve_id, Decimal(dice.randint(1, 9)))],
            planned_minutes=dice.randint(10, 500),
            flat_price=price(dice),
        )
        for number in range(5)
    ]
    return store, start, made


def orders(store: Store, start: Start, templates: list[int], dice: Random) -> Iterator[int]:
    """Yield work orders without end: of every level and rule, with parts, prices and limits."""
    stocked = [start.float_switch_id, start.hose_clamp_id, start.check_valve_id]
    while True:
        rule = dice.choice([BillingRule.TIME_AND_MATERIALS, BillingRule.FLAT_RATE])
        order_id = work_orders.add(
            store,
            title=dice.choice(story.WORDS.split(", ")),
            wrong=story.WORDS * dice.randint(1, 9),
            level=dice.choice(list(Level)),
            customer_id=start.customer_id,
            site_id=start.site_id,
            location_id=start.location_id,
            contact_id=start.contact_id,
            asset_id=dice.choice([start.asset_id, None]),
            template_id=dice.choice([None, *templates]),
            billing_rule=rule,
            flat_price=price(dice) if rule is BillingRule.FLAT_RATE else None,
            limit=price(dice),
            due_on=story.july(20, 8, 0).date(),
        )
        for part_id in dice.sample(stocked, dice.randint(0, 3)):
            quantity = Decimal(dice.randint(1, 5))
            work_orders.add_part(store, order_id, part_id=part_id, quantity=quantity)
        work_orders.approve(store, order_id)
        yield order_id


def amounts(pdf: bytes, code: str) -> list[str]:
    """Return every piece of money that a document shows, says of itself or hides."""
    document = pypdfium2.PdfDocument(pdf)
    shown = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    said = " ".join(f"{name} {text}" for name, text in document.get_metadata_dict().items())
    document.close()
    whole = f"{shown}\n{said}\n{code}"
    plain = whole.replace(",", "")
    found = [line for line in plain.splitlines() if MARK in line]
    return found + [sign for sign in _SIGNS if sign in whole]


def run(path: Path, count: int, seed: int) -> Outcome:
    """Print so many copies and count the money on them."""
    dice, outcome = Random(seed), Outcome()
    store, start, templates = set_up(path, dice)
    for order_id, _ in zip(orders(store, start, templates, dice), range(count), strict=False):
        made = sheets.print_copy(
            store, order_id, render=work_order.render, waiting_reason="It is on the way"
        )
        document = pypdfium2.PdfDocument(made.pdf)
        outcome.pages += len(document)
        document.close()
        found = amounts(made.pdf, made.code)
        outcome.copies += 1
        outcome.found += len(found)
        outcome.first = outcome.first or "".join(found[:1])
    store.close()
    return outcome


def main() -> int:
    """Print as many as asked, and the counts; 1 if there was any money."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder) / "shop.smallcmms", options.orders, options.seed)
    sys.stdout.write(f"{outcome}\n")
    return 1 if outcome.found else 0


if __name__ == "__main__":
    sys.exit(main())
