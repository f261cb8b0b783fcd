"""The headless face: everything a script, a test or a worried owner may want, word by word."""

from __future__ import annotations

import argparse
import importlib
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from smallcmms import log, paths
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import _

WORDS = {
    "new": ("new", "set up a shop file"),
    "add": ("add", "add a customer, contact, site, asset, technician, part, …"),
    "edit": ("edit", "change fields of a record"),
    "archive": ("machines", "put an asset, a class or a meter away"),
    "bring-back": ("machines", "take it out of the archive again"),
    "import": ("importing", "bring a list or a building in from another program's file"),
    "request": ("request", "log a call"),
    "missed": ("missed", "calls to return: write one down, bring in a list, list, return"),
    "triage": ("triage", "make the work order of a request"),
    "rules": ("rules", "show, try or change the facts, rules and levels of triage"),
    "certificate": ("certificate", "what technicians hold, and what work asks for"),
    "away": ("certificate", "note when a technician is away"),
    "today": ("today", "what needs somebody now"),
    "print": ("printing", "print a work order, an invoice or tags"),
    "enter": ("enter", "enter a sheet that came back"),
    "stock": ("stock", "receive, move, adjust, scrap, count or take back parts, and say where"),
    "order": ("order", "what to order, and purchase orders: make, place, receive, cancel"),
    "pm": ("pm", "PM schedules: make what is due, list the next dates, skip, pause, end"),
    "readings": ("readings", "read what sensors wrote into a folder"),
    "follow-ups": ("follow_ups", "what to come back to: list it, say what came of it, put it off"),
    "invoice": ("invoice", "draft, issue, credit or pay an invoice"),
    "list": ("listing", "list records"),
    "show": ("show", "show a record"),
    "timeline": ("timeline", "show what happened to a record"),
    "merge": ("merge", "make two records of a customer one, or say who may be twice there"),
    "talk": ("talk", "write down what was said with a customer, or list it"),
    "scan": ("scan", "say what a code leads to"),
    "attach": ("files", "keep papers and photos with a record"),
    "files": ("files", "list a record's papers and photos, or give one out"),
    "count": ("count", "count what lies in a place with a sheet, and book what differs"),
    "restock": ("restock", "what a truck lacks of what it should carry, and bring it there"),
    "load": ("restock", "bring a day's parts from the shop to a truck"),
    "audit": ("audit", "walk a site with a sheet of what should stand there"),
    "undo": ("undo", "take the last change back"),
    "redo": ("undo", "do it again"),
    "check": ("check", "look whether everything in a file is true"),
    "dump": ("dump", "write a file's records, one line each"),
    "backup": ("backup", "write a whole copy of a file"),
    "restore": ("backup", "put a backup in the place of a file"),
    "demo": ("demo", "make the sample shop"),
    "story": ("story", "play one job from the call to the invoice"),
    "stress": ("stress", "do mixed real work and say what is safe"),
}
"""Each word's module in this folder and what it does."""
BAD_INPUT, FAULT = 2, 70
STORY = "story.smallcmms"


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command."""
        raise RuleBroken("{message}", message=message)


def main(argv: Sequence[str] | None = None) -> int:
    """Do one word and return the exit code: 0 done, 1 something was found, 2 bad input."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except RuleBroken as error:
        _complain(_(error.message, **error.values))
    except BrokenPipeError:
        return 0
    except (OSError, UnicodeError) as error:
        _complain(str(error))
    except Exception:  # noqa: BLE001, a fault must not end in a traceback
        log.begin(paths.logs())
        log.logger.exception("A word of the command line failed")
        _complain(_("This is a fault of SmallCMMS. Nothing of this command was saved."))
        return FAULT
    return BAD_INPUT


def headless(folder: Path) -> int:
    """Play the story where there is no display, and leave its papers in a folder."""
    return main(["story", str(folder / STORY), "--papers", str(folder)])


def new_folder(parent: Path) -> Path:
    """Return the path of a folder for a story that nothing has yet."""
    names = (f"smallcmms-story{'' if count == 1 else f'-{count}'}" for count in itertools.count(1))
    return next(parent / name for name in names if not (parent / name).exists())


def _run(words: list[str]) -> int:
    common = _Parser(prog="smallcmms", add_help=False)
    common.add_argument("--shop", type=Path, help=_("the shop's file"))
    common.add_argument("--now", help=_("the moment it is, as 2026-07-13T07:10"))
    given, rest = common.parse_known_args(words)
    if not rest or rest[0] not in WORDS:
        if rest and rest[0] not in ("-h", "--help"):
            raise RuleBroken("There is no word {word}. Try --help.", word=rest[0])
        sys.stdout.write(_help())
        return 0
    word = rest[0]
    module = importlib.import_module(f"smallcmms.cli.{WORDS[word][0]}")
    parser = _Parser(prog=f"smallcmms {word}", description=_(WORDS[word][1]))
    module.arguments(parser, word)
    options = parser.parse_args(rest[1:])
    code: int | None = module.run(Desk(given.shop, given.now), options, word)
    return code or 0


def _help() -> str:
    room = max(map(len, WORDS)) + 2
    lines = [f"  {word:<{room}}{_(does)}" for word, (_module, does) in WORDS.items()]
    return "\n".join(["smallcmms [--shop FILE] [--now MOMENT] WORD …", "", *lines, ""])


def _complain(text: str) -> None:
    sys.stderr.write(f"smallcmms: {' '.join(text.split())}\n")
