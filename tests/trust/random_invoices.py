"""Random invoices: what is stored is what another reckoning gives, and what the paper says.

``python -m tests.trust.random_invoices --invoices 100000 --papers 1000`` issues them in shops
with 0, 2 and 3 decimals: discounts, surcharges, several rates, zero and below zero, prices with
and without tax.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from sqlalchemy import select

from smallcmms.domain import papers
from smallcmms.domain.lines import LineKind
from smallcmms.formats import Formats
from smallcmms.models import Customer, Invoice, InvoiceLine, InvoiceTax, Tax
from smallcmms.reports import invoice as report
from smallcmms.services import check, customers, rates, shop
from smallcmms.services.papers.invoice import invoice as paper
from smallcmms.services.steps import invoices, issuing, shops
from smallcmms.store.opening import create
from smallcmms.store.store import Store

CURRENCIES = {"JPY": 0, "USD": 2, "KWD": 3}
PERCENTS = ("7.5", "20", "5", "0", "8.875", "19")
_BATCH = 50


@dataclass(frozen=True)
class Reckoned:
    """What an invoice comes to by a reckoning of its own, in minor units."""

    lines: list[int]
    taxes: dict[int, tuple[int, int]]
    net: int
    tax: int
    total: int


def half_up(exact: Fraction) -> int:
    """Return the nearest whole number, halves away from zero."""
    size = int(abs(exact) + Fraction(1, 2))
    return size if exact >= 0 else -size


def reckon(
    invoice: Invoice, lines: list[InvoiceLine], percents: dict[int, Decimal], decimals: int
) -> Reckoned:
    """Reckon an invoice with fractions, sharing nothing with the program."""
    unit = 10**decimals
    nets = [
        half_up(Fraction(line.quantity) * Fraction(line.price) / Fraction(line.base) * unit
                - line.allowance + line.charge)
        for line in lines
    ]  # fmt: skip
    sums: dict[int | None, int] = {}
    for line, net in zip(lines, nets, strict=True):
        sums[line.tax_id] = sums.get(line.tax_id, 0) + net
    plain = dict(sums)
    for amount, sign in ((invoice.allowance, -1), (invoice.charge, 1)):
        for key, share in shares(amount, plain).items():
            sums[key] = sums.get(key, 0) + sign * share
    taxes: dict[int, tuple[int, int]] = {}
    for key, gross in sums.items():
        if key is not None:
            percent = Fraction(percents[key])
            whole = 100 + percent if invoice.is_tax_included else Fraction(100)
            tax = half_up(gross * percent / whole)
            taxes[key] = (gross - tax if invoice.is_tax_included else gross, tax)
    tax = sum(amount for _, amount in taxes.values())
    summed = sum(sums.values())
    net = summed - tax if invoice.is_tax_included else summed
    return Reckoned(nets, taxes, net, tax, net + tax)


def shares(amount: int, nets: dict[int | None, int]) -> dict[int | None, int]:
    """Share an amount out by what each rate comes to; what is left goes to the largest rests."""
    whole = sum(nets.values())
    if not amount or not whole:
        return {None: amount} if amount else {}
    exact = {key: Fraction(amount * net, whole) for key, net in nets.items()}
    cut = {key: int(share) for key, share in exact.items()}
    left = amount - sum(cut.values())
    step = 1 if left > 0 else -1
    order = sorted(exact, key=lambda key: step * (cut[key] - exact[key]))
    for key in order[: abs(left)]:
        cut[key] += step
    return cut


def random_lines(dice: random.Random, unit: int, tax_ids: list[int]) -> Iterator[InvoiceLine]:
    """Yield lines of every kind: whole, broken, free, below zero, priced per hundred."""
    for sequence in range(1, dice.randint(1, 9) + 1):
        has_extra = dice.random() < 0.2
        yield InvoiceLine(
            sequence=sequence,
            kind=LineKind.TEXT,
            text=f"Line {sequence}",
            quantity=Decimal(dice.choice([1000, 2000, 333, 1, 0, -1000, dice.randint(1, 99999)]))
            .scaleb(-3),
            price=Decimal(dice.choice([0, 1, 1250000, dice.randint(1, 10**8)])).scaleb(-4),
            base=Decimal(dice.choice([1, 1, 1, 1, 100, 1000])),
            allowance=dice.randint(0, 20 * unit) if has_extra else 0,
            charge=dice.randint(0, 20 * unit) if has_extra and dice.random() < 0.5 else 0,
            tax_id=dice.choice([None, *tax_ids]),
        )  # fmt: skip


def issue_some(store: Store, dice: random.Random, count: int, customer_id: int) -> None:
    """Issue random invoices, many in one transaction: here only their amounts are on trial."""
    at = store.now()
    with store.change("Issue at random", barrier=True) as session:
        facts = shops.current(session)
        unit = 10**facts.currency.decimals
        tax_ids = list(session.scalars(select(Tax.id)))
        customer = session.get_one(Customer, customer_id)
        for _ in range(count):
            invoice = invoices.blank(session, at, facts, customer)
            invoice.is_tax_included = dice.random() < 0.4
            invoice.allowance = dice.choice([0, 0, 0, dice.randint(1, 50 * unit)])
            invoice.charge = dice.choice([0, 0, 0, dice.randint(1, 50 * unit)])
            for line in random_lines(dice, unit, tax_ids):
                line.invoice_id = invoice.id
                session.add(line)
            invoices.total_up(session, invoice)
            issuing.issue(session, at, invoice, render=lambda _paper: b"-", files=store.files)


def wrong(store: Store, decimals: int) -> Iterator[str]:
    """Yield the invoices whose stored amounts another reckoning does not give."""
    with store.read() as session:
        percents = {tax.id: tax.percent for tax in session.scalars(select(Tax))}
        for invoice in session.scalars(select(Invoice)):
            lines = list(invoices.lines_of(session, invoice.id))
            taxes = session.scalars(
                select(InvoiceTax).where(InvoiceTax.invoice_id == invoice.id)
            ).all()
            stored = Reckoned(
                [line.net for line in lines],
                {tax.tax_id or 0: (tax.base, tax.amount) for tax in taxes},
                invoice.net,
                invoice.tax,
                invoice.total,
            )
            if stored != reckon(invoice, lines, percents, decimals):
                yield f"{invoice.currency} {invoice.number}: stored {stored}"


def misprinted(store: Store, ids: list[int], formats: Formats) -> Iterator[str]:
    """Yield the invoices whose printed page does not show the stored amounts."""
    for invoice_id in ids:
        said = paper(store, invoice_id)
        text = _squeezed(text_of(report.render(said).pdf))
        for amount in _amounts(said):
            if _squeezed(formats.money(amount)) not in text:
                yield f"{said.currency} {said.number}: {formats.money(amount)} is not on the page"


def _amounts(said: papers.Invoice) -> list[Decimal]:
    lines = [line.amount for line in said.lines]
    taxes = [amount for row in said.tax_rows for amount in (row.base, row.tax)]
    return [*lines, *taxes, said.subtotal, said.total]


def text_of(pdf: bytes) -> str:
    """Return the text of all pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _squeezed(text: str) -> str:
    return "".join(text.split())


def run(folder: Path, count: int, papers_wanted: int, seed: int) -> list[str]:
    """Issue so many invoices in each shop and return everything that is wrong."""
    found: list[str] = []
    dice = random.Random(seed)
    for currency, decimals in CURRENCIES.items():
        store = create(folder / f"{currency}.smallcmms")
        try:
            shop.create(store, name="Random shop", currency=currency, code="RND2")
            for percent in PERCENTS:
                rates.add_tax(
                    store, name=f"Tax {percent}", percent=Decimal(percent),
                    from_on=date(2020, 1, 1), line_kinds=[LineKind.PART],
                )  # fmt: skip
            customer_id = customers.add(store, name="Somebody")
            for begin in range(0, count, _BATCH):
                issue_some(store, dice, min(_BATCH, count - begin), customer_id)
            found += wrong(store, decimals)
            chosen = dice.sample(range(1, count + 1), min(papers_wanted, count))
            formats = Formats("en_US", currency, "America/New_York")
            found += misprinted(store, chosen, formats)
            found += [str(problem) for problem in check.problems(store)]
        finally:
            store.close()
    return found


def main(words: list[str]) -> int:
    """Issue as many as asked; return 1 if one is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=100_000)
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    each = -(-options.invoices // len(CURRENCIES))
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), each, -(-options.papers // len(CURRENCIES)), options.seed)
    for problem in found[:50]:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{each * len(CURRENCIES)} invoices, {len(found)} wrong\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
