"""story: play one job from the call to the invoice, and keep its papers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli.desk import Desk
from smallcmms.cli.invoice import render
from smallcmms.domain.errors import RuleBroken
from smallcmms.reports import tags, work_order
from smallcmms.services import check, invoices
from smallcmms.services.papers import tags as tag_service
from smallcmms.services.samples import story
from smallcmms.services.samples.story import Played
from smallcmms.services.tag_printing import Habits
from smallcmms.store import opening
from smallcmms.store.store import Store
from smallcmms.texts import _

LABEL = 4


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--papers", type=Path, required=True, help=_("the folder of its papers"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Play the story in a new file by its own clock, print its papers and check the file."""
    options.papers.mkdir(parents=True, exist_ok=True)
    clock = story.Clock()
    store = opening.create(options.file, now=clock)
    try:
        played = story.play(store, clock.set, render_sheet=work_order.render, render_invoice=render)
        for name, pdf in papers(store, played).items():
            path = options.papers / name
            path.write_bytes(pdf)
            desk.say(str(path))
        problems = check.problems(store)
        total = invoices.get(store, played.invoice_id).total
    finally:
        store.close()
    if problems or total != story.TOTAL:
        raise RuleBroken("The story came out wrong: {total}.", total=total)
    said = _("{number}: {total}. The file is {file}.", number=played.invoice_number, total=total,
             file=options.file)  # fmt: skip
    desk.say(said)


def papers(store: Store, played: Played) -> dict[str, bytes]:
    """Return the PDFs of the story by their names."""
    told = Habits(start_at=LABEL)
    sheet = tag_service.tags(store, [played.start.asset_id], told=told)
    return {
        "tag-A-0133.pdf": tags.render(sheet).pdf,
        "work-order-2310.pdf": played.printed.pdf,
        "invoice-INV-1187.pdf": invoices.document(store, played.invoice_id),
    }
