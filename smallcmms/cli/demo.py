"""demo: make the sample shop, or a shop of any size, and print some of its papers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from smallcmms.cli.desk import Desk
from smallcmms.cli.invoice import render
from smallcmms.reports import tags, work_order
from smallcmms.services import assets, check, invoices, sheets, work_orders
from smallcmms.services.papers import tags as tag_service
from smallcmms.services.samples import bulk, ridgeline
from smallcmms.services.tag_printing import Habits
from smallcmms.store import opening
from smallcmms.store.store import Store
from smallcmms.texts import _

SIZES = {"2k": 2_000, "20k": 20_000, "200k": 200_000}


class _Clock:
    """A clock that the player of the sample sets."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = moment


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("file", type=Path, help=_("a new file"))
    parser.add_argument("--size", choices=("small", *SIZES), default="small")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--papers", type=Path, help=_("the folder of some of its papers"))


def run(desk: Desk, options: Namespace, word: str) -> int:  # noqa: ARG001
    """Make the shop by its own clock, print some papers and check the file.

    The sample shop stands in the week of ``--now``, else in the week that it is told of.
    """
    clock = _Clock(datetime.now(UTC))
    store = opening.create(options.file, now=clock)
    try:
        if options.size == "small":
            _play(store, clock, desk.given(ridgeline.DAYTON))
        else:
            bulk.fill(
                store,
                clock.set,
                SIZES[options.size],
                seed=options.seed,
                render_sheet=work_order.render,
                render_invoice=render,
            )
        if options.papers is not None:
            _print(desk, store, options.papers)
        problems = check.problems(store)
    finally:
        store.close()
    for problem in problems:
        desk.say(_(problem.message, **problem.values))
    stands = clock.moment.astimezone(ridgeline.DAYTON).strftime("%Y-%m-%dT%H:%M")
    desk.say(_("It is {moment} in {file}.", moment=stands, file=options.file))
    return 1 if problems else 0


def _play(store: Store, clock: _Clock, now: datetime | None) -> None:
    later = timedelta(0) if now is None else ridgeline.weeks_until(now)
    ridgeline.play(
        store, clock.set, render_sheet=work_order.render, render_invoice=render, later=later
    )


def _print(desk: Desk, store: Store, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, pdf in _papers(store):
        path = folder / name
        path.write_bytes(pdf)
        desk.say(str(path))


def _papers(store: Store) -> Iterator[tuple[str, bytes]]:
    """Yield the sheet next in the pile, the invoice issued last, and a page of tags."""
    for order_id in sheets.pile(store)[:1]:
        page = work_orders.get(store, order_id)
        yield f"work-order-{page.number}.pdf", sheets.document(store, page.copies[-1].id)
    issued = invoices.find(store, sort=invoices.Sort.NUMBER)
    for invoice_id in [each for each in issued if invoices.get(store, each).number][:1]:
        number = invoices.get(store, invoice_id).number
        yield f"invoice-{number}.pdf", invoices.document(store, invoice_id)
    machines = list(assets.find(store))[:30]
    yield "tags.pdf", tags.render(tag_service.tags(store, machines, told=Habits())).pdf
