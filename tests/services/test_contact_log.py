from __future__ import annotations

from datetime import timedelta

import pytest

from smallcmms.domain.contact_log import Way
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import contact_log, customers, lately
from smallcmms.store.store import Store
from tests.build import Story


def test_a_talk_of_yesterday_is_written_down_today_and_keeps_both_days(
    store: Store, story: Story
) -> None:
    was_at = store.now() - timedelta(days=1)
    contact_log.log(
        store,
        story.customer_id,
        how=Way.WE_CALLED,
        said=" Agreed on Friday ",
        contact_id=story.contact_id,
        happened_at=was_at,
    )
    [entry] = contact_log.rows(store, story.customer_id)
    assert (entry.who, entry.said, entry.how) == (
        "Priya Natarajan",
        "Agreed on Friday",
        Way.WE_CALLED,
    )
    assert (entry.happened_at, entry.recorded_at) == (was_at, store.now())
    [told] = lately.lately(store, story.customer_id)
    assert (told.kind, told.text, told.how) == ("contact_log", "Agreed on Friday", Way.WE_CALLED)
    assert str(store.next_undo()) == "Write down a talk with Harbor View Apartments"


def test_what_was_said_can_be_put_right(store: Store, story: Story) -> None:
    entry_id = contact_log.log(store, story.customer_id, how=Way.TEXT, said="On Fridy")
    contact_log.edit(store, entry_id, said="On Friday", how=Way.E_MAIL)
    [entry] = contact_log.rows(store, story.customer_id)
    assert (entry.said, entry.how, entry.who) == ("On Friday", Way.E_MAIL, "")
    store.undo()
    assert contact_log.rows(store, story.customer_id)[0].said == "On Fridy"


def test_nothing_said_is_refused_and_so_is_tomorrow_and_a_stranger(
    store: Store, story: Story
) -> None:
    other = customers.add(store, name="Somebody else")
    for told, field in (
        ({"said": " "}, "said"),
        ({"said": "Yes", "happened_at": store.now() + timedelta(hours=1)}, "happened_at"),
    ):
        with pytest.raises(RuleBroken) as refused:
            contact_log.log(store, other, how=Way.VISIT, **told)
        assert refused.value.field == field
    with pytest.raises(RuleBroken, match="another customer's"):
        contact_log.log(store, other, how=Way.VISIT, said="Yes", contact_id=story.contact_id)
    assert contact_log.rows(store, other) == []
