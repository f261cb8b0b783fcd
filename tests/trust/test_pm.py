from __future__ import annotations

from tests.trust import pm


def test_the_dates_of_random_rules_are_those_of_the_oracle() -> None:
    assert pm.dates(400, seed=2) == pm.Told(400, ())


def test_schedules_lead_any_life_and_their_invariants_hold() -> None:
    told, done = pm.life(120, seed=5)
    assert told == pm.Told(120, ())
    assert done["do"] > 5


def test_what_is_due_is_made_once_however_often_it_is_made() -> None:
    assert pm.times(15, seed=3) == pm.Told(30, ())
