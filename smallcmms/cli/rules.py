"""rules: the facts, rules and levels of triage."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

from smallcmms.cli import fields
from smallcmms.cli.desk import Desk
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.services import choices, triage_rules
from smallcmms.store.store import Store
from smallcmms.texts import _

VERBS = (
    "list", "try", "add-rule", "edit-rule", "archive-rule", "move-rule",
    "add-fact", "edit-fact", "archive-fact", "move-fact", "promise",
)  # fmt: skip


def arguments(parser: ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Say what the word takes."""
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("what", nargs="?", help=_("the rule's name, or the fact's code or text"))
    parser.add_argument("--level", type=int, choices=(1, 2, 3, 4))
    parser.add_argument("--fact", action="append", help=_("a fact, by its code"))
    parser.add_argument("--name", help=_("the rule's new name"))
    parser.add_argument("--text", help=_("how a fact or a level reads"))
    parser.add_argument("--short", help=_("the fact as a reason"))
    parser.add_argument("--by", type=int, default=-1, help=_("how many places to move"))
    parser.add_argument("--minutes", type=fields.whole, help=_("answer within, at any hour"))
    parser.add_argument("--workdays", type=fields.whole, help=_("answer within"))


def run(desk: Desk, options: Namespace, word: str) -> None:  # noqa: ARG001
    """List, try or change the rules."""
    with desk.opened() as store:
        if options.verb == "list":
            _list(desk, store)
        elif options.verb == "try":
            _need_known(store, options.fact or ())
            tried = triage_rules.try_out(store, facts=options.fact or ())
            desk.say(f"L{int(tried.level)}\t{tried.rule_name}\t{', '.join(tried.reasons)}")
        elif options.verb == "promise":
            told = {"text": options.text, "minutes": options.minutes, "workdays": options.workdays}
            triage_rules.promise(store, _level(options), **told)
        elif options.verb.endswith("rule"):
            _rule(store, options)
        else:
            _fact(store, options)


def _need_known(store: Store, facts: Sequence[str]) -> None:
    known = {fact.code for fact in triage_rules.for_rules(store)}
    for code in facts:
        if code not in known:
            raise RuleBroken("There is no fact {code}.", code=code)


def _list(desk: Desk, store: Store) -> None:
    for level in choices.levels(store):
        within = f"{level.answer_minutes} min" if level.answer_minutes else (
            f"{level.answer_workdays} workdays"
        )  # fmt: skip
        desk.say(f"L{level.level}\t{level.text}\t{within}")
    for rule in triage_rules.rules(store):
        desk.say(f"L{int(rule.level)}\t{rule.name}\t{', '.join(rule.facts)}")
    for fact in triage_rules.for_rules(store):
        desk.say(f"{fact.code}\t{fact.text}\t{fact.short}")


def _rule(store: Store, options: Namespace) -> None:
    if options.verb == "add-rule":
        facts, name = options.fact or (), options.name or options.what or ""
        triage_rules.add_rule(store, level=_level(options), facts=facts, name=name)
        return
    found = [each for each in triage_rules.rules(store) if each.name == options.what]
    if not found:
        raise RuleBroken("There is no rule {name}.", name=options.what or "")
    if options.verb == "archive-rule":
        triage_rules.archive_rule(store, found[0].id)
    elif options.verb == "move-rule":
        triage_rules.move_rule(store, found[0].id, by=options.by)
    else:
        told: dict[str, Any] = {"name": options.name, "facts": options.fact}
        told["level"] = Level(options.level) if options.level else None
        triage_rules.edit_rule(store, found[0].id, **told)


def _fact(store: Store, options: Namespace) -> None:
    if options.verb == "add-fact":
        text = options.text or options.what or ""
        triage_rules.add_fact(store, text=text, short=options.short or "")
        return
    found = [each for each in triage_rules.facts(store) if each.code == options.what]
    if not found:
        raise RuleBroken("There is no fact {code}.", code=options.what or "")
    if options.verb == "archive-fact":
        triage_rules.archive_fact(store, found[0].id)
    elif options.verb == "move-fact":
        triage_rules.move_fact(store, found[0].id, by=options.by)
    else:
        triage_rules.edit_fact(store, found[0].id, text=options.text, short=options.short)


def _level(options: Namespace) -> Level:
    if options.level is None:
        raise RuleBroken("Say which level: --level 1 to 4.")
    return Level(options.level)
