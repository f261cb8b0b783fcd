"""new: set up a shop file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.lines import LineKind
from smallcmms.domain.numbers import Kind
from smallcmms.services import shop
from smallcmms.texts import _

PARTICULARS = ("tagline", "address", "city", "phone", "email", "tax_id")


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--code", default="", help=_("four letters or digits on every tag"))
    parser.add_argument("--currency", default="USD")
    parser.add_argument("--locale", default="en_US")
    parser.add_argument("--zone", default="America/New_York")
    parser.add_argument("--paper", default="letter", choices=("letter", "a4"))
    parser.add_argument("--labour", type=fields.number, help=_("price of an hour"))
    parser.add_argument("--call-out", type=fields.number, help=_("price of coming out"))
    parser.add_argument("--tax", nargs=3, metavar=("NAME", "PERCENT", "KINDS"))
    parser.add_argument("--first", nargs="*", default=(), metavar="KIND=NUMBER")
    for name in PARTICULARS:
        parser.add_argument(f"--{name.replace('_', '-')}", default="")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Make the file and its shop; a refused shop leaves no file."""
    first = fields.read(options.first, {kind.value: fields.whole for kind in Kind})
    tax = None
    if options.tax:
        name, percent, kinds = options.tax
        read = fields.kind(LineKind)
        tax = (name, fields.number(percent), tuple(read(kind) for kind in kinds.split(",")))
    with desk.created(options.file, zone=options.zone) as store:
        shop.create(
            store,
            name=options.name,
            code=options.code,
            currency=options.currency,
            locale=options.locale,
            zone=options.zone,
            paper=options.paper,
            first=first,
            labour=options.labour,
            call_out=options.call_out,
            tax=tax,
            **{name: getattr(options, name) for name in PARTICULARS},
        )
    desk.say(str(options.file))
