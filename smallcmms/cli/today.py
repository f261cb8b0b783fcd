"""today: what needs somebody now, group by group."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from smallcmms.cli.desk import Desk, fields
from smallcmms.services import today
from smallcmms.services.today import Name, Span, Today
from smallcmms.texts import _

_WHOLE = frozenset(Name)
_LEFT_OUT = ("id",)


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("span", nargs="?", choices=tuple(Span), default=Span.TODAY, type=Span)
    parser.add_argument("--json", action="store_true")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Answer what the Today page shows, with all rows of every group."""
    with desk.opened() as store:
        page = today.page(store, span=options.span, whole=_WHOLE)
        if options.json:
            desk.say_json([page])
            return
        for line in _lines(page):
            desk.say(line)


def _lines(page: Today) -> Iterator[str]:
    if page.waits is not None:
        yield _("{number} is L1 and waits: {title}", number=page.waits.number,
                title=page.waits.title)  # fmt: skip
    for name in Name:
        group = getattr(page, name)
        if not group.count:
            continue
        yield f"{name} {group.count}"
        for each in group.rows:
            told = getattr(each, "row", each)
            yield "\t".join(["", *(text for key, text in fields(told) if key not in _LEFT_OUT)])
    if page.on_trucks.ids:
        yield _("{n} on a truck", n=len(page.on_trucks.ids))
