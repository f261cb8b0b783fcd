from __future__ import annotations

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.triage import FIXED_LATELY
from smallcmms.services import choices, intake, requests, triage_rules
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store

pytestmark = pytest.mark.usefixtures("story")


def rule(store: Store, name: str) -> int:
    return next(each.id for each in triage_rules.rules(store) if each.name == name)


def fact(store: Store, code: str) -> int:
    return next(each.id for each in triage_rules.facts(store) if each.code == code)


def test_a_new_rule_over_a_new_fact_wins_and_says_so(store: Store) -> None:
    triage_rules.add_fact(store, text="They smell gas", short="smell of gas")
    triage_rules.add_rule(store, level=Level.CRITICAL, facts=["they_smell_gas"])
    tried = triage_rules.try_out(store, facts=["they_smell_gas", "cannot_work"])
    assert (tried.level, tried.rule_name) == (Level.CRITICAL, "They smell gas")
    assert tried.reasons == ("smell of gas",)
    logged = requests.log(store, words="It smells", facts=["they_smell_gas"])
    assert requests.get(store, logged).rule_name == "They smell gas"


def test_each_change_of_the_rules_is_one_step_that_undo_takes_back(store: Store) -> None:
    steps = (
        lambda: triage_rules.add_fact(store, text="Alarm is on"),
        lambda: triage_rules.edit_fact(store, fact(store, "cannot_work"), text="Line stands"),
        lambda: triage_rules.move_fact(store, fact(store, "cannot_work"), by=-2),
        lambda: triage_rules.add_rule(store, level=Level.LOW, facts=["several_affected"]),
        lambda: triage_rules.edit_rule(store, rule(store, "They cannot work"), level=Level.MEDIUM),
        lambda: triage_rules.move_rule(store, rule(store, "They cannot work"), by=-1),
        lambda: triage_rules.archive_rule(store, rule(store, "They cannot work")),
        lambda: triage_rules.promise(store, Level.HIGH, minutes=120),
    )
    for step in steps:
        before = list(dump(store))
        step()
        assert list(dump(store)) != before
        store.undo()
        assert list(dump(store)) == before


def test_one_rule_stays_for_every_call(store: Store) -> None:
    routine = rule(store, "Routine repair")
    with pytest.raises(RuleBroken, match="Keep one rule without facts"):
        triage_rules.archive_rule(store, routine)
    with pytest.raises(RuleBroken, match="Keep one rule without facts"):
        triage_rules.edit_rule(store, routine, facts=["cannot_work"])
    assert intake.suggest(store, facts=()).rule_name == "Routine repair"


def test_a_fact_that_a_rule_uses_stays(store: Store) -> None:
    with pytest.raises(RuleBroken, match="Change the rule first"):
        triage_rules.archive_fact(store, fact(store, "cannot_work"))
    triage_rules.archive_rule(store, rule(store, "They cannot work"))
    triage_rules.archive_fact(store, fact(store, "cannot_work"))
    assert "cannot_work" not in [each.code for each in triage_rules.facts(store)]


def test_a_rule_asks_for_what_the_books_tell_as_for_what_is_ticked(store: Store) -> None:
    assert triage_rules.for_rules(store)[-1] == FIXED_LATELY
    assert FIXED_LATELY.code not in [each.code for each in choices.facts(store)]
    triage_rules.archive_rule(store, rule(store, FIXED_LATELY.text))
    assert triage_rules.try_out(store, facts=[FIXED_LATELY.code]).rule_name == "Routine repair"
    triage_rules.add_rule(store, level=Level.CRITICAL, facts=[FIXED_LATELY.code, "cannot_work"])
    tried = triage_rules.try_out(store, facts=[FIXED_LATELY.code, "cannot_work"])
    assert tried.level is Level.CRITICAL
    assert tried.rule_name == "Same asset fixed in the last 14 days, they cannot work"
    assert tried.reasons == ("fixed in the last 14 days", "they cannot work")


def test_a_fact_of_the_shop_never_takes_the_code_of_what_the_books_tell(store: Store) -> None:
    triage_rules.add_fact(store, text="Fixed lately")
    assert triage_rules.facts(store)[-1].code == "fixed_lately_2"


def test_two_rules_of_a_level_do_not_ask_for_the_same(store: Store) -> None:
    with pytest.raises(RuleBroken, match="asks for the same already"):
        triage_rules.add_rule(store, level=Level.HIGH, facts=["cannot_work"])
    with pytest.raises(RuleBroken, match="There is no fact"):
        triage_rules.add_rule(store, level=Level.HIGH, facts=["moon_is_full"])
    triage_rules.add_rule(store, level=Level.CRITICAL, facts=["cannot_work"])
    assert triage_rules.try_out(store, facts=["cannot_work"]).level is Level.CRITICAL


def test_facts_and_rules_stand_in_the_order_they_are_moved_to(store: Store) -> None:
    triage_rules.move_fact(store, fact(store, "several_affected"), by=-9)
    assert triage_rules.facts(store)[0].code == "several_affected"
    second = [each.name for each in triage_rules.rules(store) if each.level is Level.HIGH][1]
    triage_rules.move_rule(store, rule(store, second), by=-1)
    high = [each.name for each in triage_rules.rules(store) if each.level is Level.HIGH]
    assert high[0] == second


def test_a_level_promises_minutes_or_workdays(store: Store) -> None:
    triage_rules.promise(store, Level.MEDIUM, text="Soon", workdays=2)
    (soon,) = (each for each in choices.levels(store) if each.level == Level.MEDIUM)
    assert (soon.text, soon.answer_minutes, soon.answer_workdays) == ("Soon", None, 2)
    with pytest.raises(RuleBroken, match="minutes or in workdays"):
        triage_rules.promise(store, Level.MEDIUM, minutes=30, workdays=1)
    with pytest.raises(RuleBroken, match="Name the level"):
        triage_rules.promise(store, Level.MEDIUM, text=" ")


def test_what_is_put_away_is_gone_and_words_are_needed(store: Store) -> None:
    gone = rule(store, "They cannot work")
    triage_rules.archive_rule(store, gone)
    with pytest.raises(NotFound):
        triage_rules.edit_rule(store, gone, name="Again")
    with pytest.raises(RuleBroken, match="Write the fact first"):
        triage_rules.add_fact(store, text=" ")
    triage_rules.add_fact(store, text="They cannot work")
    assert "they_cannot_work" in [each.code for each in triage_rules.facts(store)]
