"""attach, files: papers and photos of a record, taken in, listed and given out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import NotFound
from smallcmms.exchange.pictures import without_traces
from smallcmms.services import attachments, lookups
from smallcmms.store.store import Store
from smallcmms.texts import _


def arguments(parser: ArgumentParser, word: str) -> None:
    """Say what each word takes."""
    parser.add_argument("number", help=_("the record: A-0114, WO-2318, R-1037, C-014 …"))
    if word == "attach":
        parser.add_argument("files", nargs="+", type=Path)
        kind = fields.kind(AttachmentKind)
        parser.add_argument("--kind", type=kind, help=_("photo, manual, receipt, …"))
        return
    parser.add_argument("--save", metavar="ID", type=fields.whole, help=_("give this one out"))
    parser.add_argument("--rename", nargs=2, metavar=("ID", "NAME"))
    parser.add_argument("--archive", metavar="ID", type=fields.whole)
    parser.add_argument("-o", "--output", type=Path, help=_("a file, or a folder"))
    parser.add_argument("--json", action="store_true")


def run(desk: Desk, options: Namespace, word: str) -> None:
    """Answer the ids of what was added, the list, or the path of the copy."""
    with desk.opened() as store:
        record, record_id, _number = lookups.record(store, options.number)
        if word == "attach":
            paths, kind = options.files, options.kind
            for added in attachments.add_files(store, record, record_id, paths, kind=kind):
                desk.say(str(added))
            return
        found = {row.id: row for row in attachments.rows(store, record, record_id)}
        named = options.save or options.archive or fields.whole((options.rename or ["0"])[0])
        if named and named not in found:
            raise NotFound("There is no such file.")
        if options.save:
            desk.say(str(_save(store, options.save, options.output)))
        elif options.rename:
            attachments.rename(store, named, name=options.rename[1])
        elif options.archive:
            attachments.archive(store, options.archive)
        elif options.json:
            desk.say_json(list(found.values()))
        else:
            for row in found.values():
                lost = "" if row.is_there else f"\t{_('missing')}"
                desk.say(f"{row.id}\t{row.kind.value}\t{row.size}\t{row.name}{lost}")


def _save(store: Store, attachment_id: int, output: Path | None) -> Path:
    """Write a copy under the name that is told, or under its own in a folder."""
    target = output or Path()
    if target.is_dir():
        target /= attachments.copy_name(store, attachment_id)
    return attachments.save_copy(store, attachment_id, target, clean=without_traces)
