"""A call about an asset that was repaired in the last 14 days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from smallcmms.domain.levels import Level
from smallcmms.domain.triage import FIXED_LATELY
from smallcmms.domain.work_orders import WorkOrderStatus, WorkType
from smallcmms.services import assets, intake, requests, triage_rules
from smallcmms.store.store import Store
from tests import past
from tests.build import Story, july
from tests.conftest import Clock

SUNDAY = date(2026, 7, 12)
"""The day before the story's Monday, 7:10 AM."""


def fix(store: Store, story: Story, **more: Any) -> int:
    return past.finished_work(store, story, title="Float cleaned", **({"done_on": SUNDAY} | more))


def call(store: Store, asset_id: int | None, **more: Any) -> requests.RequestPage:
    return requests.get(store, requests.log(store, words="It hums", asset_id=asset_id, **more))


def test_the_call_of_the_next_day_is_high_and_names_the_repair(store: Store, story: Story) -> None:
    fix(store, story)
    suggested = intake.suggest(store, facts=(), asset_id=story.asset_id)
    assert (suggested.level, suggested.reasons) == (Level.HIGH, (FIXED_LATELY.short,))
    assert suggested.repair is not None
    assert (suggested.repair.number, suggested.repair.on) == ("WO-2310", SUNDAY)
    page = call(store, story.asset_id, problem_codes=["no_cooling", "noise"])
    assert (page.row.level, page.row.answer_by) == (Level.HIGH, july(13, 11, 10))
    assert (page.row.level_reason, page.rule_name) == (FIXED_LATELY.short, FIXED_LATELY.text)
    assert (page.row.fixed_by, page.row.fixed_on) == ("WO-2310", SUNDAY)
    assert page.row.problem == "No cooling"


def test_a_call_about_nothing_known_or_another_asset_is_routine(store: Store, story: Story) -> None:
    fix(store, story)
    for asset_id in (None, assets.add(store, site_id=story.site_id, name="Heating boiler")):
        row = call(store, asset_id).row
        assert (row.level, row.fixed_by, row.fixed_on) == (Level.MEDIUM, "", None)


def test_the_day_of_the_call_counts_not_the_day_it_is_written_down(
    store: Store, story: Story, clock: Clock
) -> None:
    fix(store, story)
    assert call(store, story.asset_id, received_at=july(11, 20, 0)).row.level is Level.MEDIUM
    clock.moment += timedelta(days=13)
    assert call(store, story.asset_id).row.level is Level.HIGH
    clock.moment += timedelta(days=1)
    assert call(store, story.asset_id).row.level is Level.MEDIUM
    assert call(store, story.asset_id, received_at=july(26, 20, 0)).row.level is Level.HIGH


@pytest.mark.parametrize(
    "told",
    [
        {"type": WorkType.PREVENTIVE},
        {"type": WorkType.INSTALLATION},
        {"status": WorkOrderStatus.IN_PROGRESS},
    ],
)
def test_upkeep_and_work_that_is_not_done_are_no_repairs(
    store: Store, story: Story, told: dict[str, Any]
) -> None:
    fix(store, story, **told)
    assert call(store, story.asset_id).row.level is Level.MEDIUM


def test_the_newest_repair_is_named(store: Store, story: Story) -> None:
    for days in (1, 0, 3):
        fix(store, story, done_on=SUNDAY - timedelta(days=days), type=WorkType.WARRANTY)
    assert call(store, story.asset_id).row.fixed_by == "WO-2311"


def test_a_repair_after_the_call_changes_nothing_of_it(store: Store, story: Story) -> None:
    fix(store, story)
    page = call(store, story.asset_id)
    fix(store, story, done_on=date(2026, 7, 13))
    assert requests.get(store, page.row.id) == page


def test_a_worse_fact_wins_and_the_repair_is_still_told(store: Store, story: Story) -> None:
    fix(store, story)
    row = call(store, story.asset_id, facts=["could_get_hurt"]).row
    assert (row.level, row.level_reason) == (Level.CRITICAL, "someone could get hurt")
    assert row.fixed_by == "WO-2310"


def test_a_shop_that_put_the_rule_away_hears_what_its_own_rules_say(
    store: Store, story: Story
) -> None:
    fix(store, story)
    (rule,) = (each for each in triage_rules.rules(store) if each.facts == (FIXED_LATELY.code,))
    triage_rules.archive_rule(store, rule.id)
    row = call(store, story.asset_id).row
    assert (row.level, row.level_reason) == (Level.MEDIUM, "Routine repair")
