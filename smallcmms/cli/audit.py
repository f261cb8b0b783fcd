"""audit: walk a site with a sheet and enter what was seen."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk, tell_missing
from smallcmms.domain.audits import Finding
from smallcmms.domain.errors import NotFound
from smallcmms.reports import audit_sheet as report
from smallcmms.services import asset_audits, lookups
from smallcmms.services.asset_audits import AuditLine
from smallcmms.services.papers.audit_sheet import audit_sheet
from smallcmms.services.sites import locations
from smallcmms.store.store import Store
from smallcmms.texts import _

_NEW: dict[str, fields.Read] = dict.fromkeys(
    ("name", "short_code", "make", "model", "serial", "place", "note"), fields.text
)


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    kinds = parser.add_subparsers(dest="kind", required=True)
    begin = kinds.add_parser("begin", help=_("take down what should stand there"))
    begin.add_argument("site")
    begin.add_argument("--place", default="", help=_("walk this place and all below"))
    begin.add_argument("--by", default="")
    for name in ("print", "show", "mark", "scan", "new", "rest", "apply", "drop"):
        parser_of = kinds.add_parser(name)
        parser_of.add_argument("number")
        if name == "print":
            parser_of.add_argument("-o", "--output", type=fields.paper, required=True)
        elif name == "mark":
            parser_of.add_argument("asset")
            parser_of.add_argument("finding", type=fields.kind(Finding))
            parser_of.add_argument("--note")
        elif name == "scan":
            parser_of.add_argument("tags", nargs="+")
        elif name == "new":
            parser_of.add_argument("fields", nargs="+", help=_("NAME=VALUE"))
        elif name == "rest":
            parser_of.add_argument("finding", type=fields.kind(Finding))
        elif name == "apply":
            parser_of.add_argument("--on", type=fields.day)
        if name in {"mark", "scan"}:
            parser_of.add_argument("--place", default="")


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """Do one step of an audit, and answer its number, its lines or what was found."""
    with desk.opened() as store:
        if options.kind == "begin":
            desk.say(_begin(store, options))
            return
        audit_id = lookups.of(store, "asset_audit", options.number)
        for answer in _STEPS[options.kind](store, audit_id, options):
            desk.say(answer)


def _begin(store: Store, options: Namespace) -> str:
    site_id = lookups.site(store, options.site)
    location_id = None
    if options.place:
        known = {each.path: each.id for each in locations(store, site_id)}
        path = options.place.replace(" > ", " › ")
        if path not in known:
            raise NotFound("There is no place {place} at this site.", place=options.place)
        location_id = known[path]
    audit_id = asset_audits.begin(
        store, site_id=site_id, location_id=location_id, walked_by=options.by
    )
    return asset_audits.get(store, audit_id).row.number


def _print(store: Store, audit_id: int, options: Namespace) -> list[str]:
    rendered = report.render(audit_sheet(store, audit_id))
    tell_missing(rendered.missing)
    asset_audits.keep_sheet(store, audit_id, pdf=rendered.pdf)
    options.output.write_bytes(rendered.pdf)
    return [asset_audits.get(store, audit_id).code]


def _show(store: Store, audit_id: int, _options: Namespace) -> list[str]:
    return [_written(line) for line in asset_audits.get(store, audit_id).lines]


def _written(line: AuditLine) -> str:
    cells = (line.finding.value, line.number, line.name, line.place, line.seen_place, line.note)
    return "\t".join(cells)


def _mark(store: Store, audit_id: int, options: Namespace) -> list[str]:
    asset_id = lookups.asset(store, options.asset)
    lines = asset_audits.get(store, audit_id).lines
    found = next((line.id for line in lines if line.asset_id == asset_id), 0)
    finding, place, note = options.finding, options.place, options.note
    asset_audits.mark(store, audit_id, found, finding=finding, place=place, note=note)
    return []


def _scan(store: Store, audit_id: int, options: Namespace) -> list[str]:
    seen = [asset_audits.scan(store, audit_id, tag, place=options.place) for tag in options.tags]
    return [f"{each.finding.value}\t{each.name}" for each in seen]


def _new(store: Store, audit_id: int, options: Namespace) -> list[str]:
    told = fields.read(options.fields, _NEW)
    asset_audits.add_new(store, audit_id, **({"name": ""} | told))
    return []


def _rest(store: Store, audit_id: int, options: Namespace) -> list[str]:
    return [str(asset_audits.mark_rest(store, audit_id, finding=options.finding))]


def _apply(store: Store, audit_id: int, options: Namespace) -> list[str]:
    counts = asset_audits.apply(store, audit_id, walked_on=options.on)
    return [f"{finding.value}\t{counts[finding]}" for finding in Finding if counts[finding]]


def _drop(store: Store, audit_id: int, _options: Namespace) -> list[str]:
    asset_audits.drop(store, audit_id)
    return []


_STEPS = {
    "print": _print,
    "show": _show,
    "mark": _mark,
    "scan": _scan,
    "new": _new,
    "rest": _rest,
    "apply": _apply,
    "drop": _drop,
}
