"""No text gets into the file that it cannot keep, whichever way it comes."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed import LEFT_OUT
from smallcmms.models import Customer, Draft, Part, Setting
from smallcmms.store.store import Changed, Store
from tests.store.rows import add_customer, names, rename

BAD = "Har\x00bor\ud800 View\udfff\x07"


@pytest.fixture
def told(store: Store) -> list[Changed]:
    heard: list[Changed] = []
    store.listen(heard.append)
    return heard


def test_what_cannot_be_kept_is_left_out_and_told(store: Store, told: list[Changed]) -> None:
    rename(store, add_customer(store, "Plain"), BAD)
    assert names(store) == ["Harbor View"]
    assert [changed.notice for changed in told] == ["", LEFT_OUT]
    assert str(told[-1].label) == "Rename to Harbor View"


def test_what_can_be_kept_stays_to_the_letter(store: Store, told: list[Changed]) -> None:
    text = "Zo\u0301e\n\t\u05e9\u05dc\u05d5\u05dd 👩‍🔧 \u200b\u202e\r\n <b>&amp;"
    rename(store, add_customer(store, "Plain"), text)
    assert names(store) == [text]
    assert told[-1].notice == ""


def test_bare_sql_and_many_rows_at_once_pass_the_gate_too(store: Store) -> None:
    with store.change("Add two") as session:
        rows = [{"number": f"C-{n}", "name": f"{BAD}{n}"} for n in range(2)]
        session.execute(sa.insert(Customer), rows)
        session.connection().exec_driver_sql("UPDATE customer SET notes = ?", (BAD,))
    with store.read() as session:
        found = session.execute(sa.select(Customer.name, Customer.notes)).all()
    assert [tuple(row) for row in found] == [(f"Harbor View{n}", "Harbor View") for n in range(2)]


def test_texts_deep_in_a_draft_pass_the_gate(store: Store) -> None:
    with store.keep() as session:
        content = {"words": BAD, "parts": [{BAD: [BAD, 1, None]}]}
        session.add(Draft(kind="call", content=content, kept_at=store.now()))
    with store.read() as session:
        kept = session.scalars(sa.select(Draft.content)).one()
    assert kept == {"words": "Harbor View", "parts": [{"Harbor View": ["Harbor View", 1, None]}]}


def test_a_question_with_such_signs_is_answered(store: Store) -> None:
    add_customer(store, "Harbor View")
    with store.read() as session:
        found = session.scalars(sa.select(Customer.id).where(Customer.name == BAD)).all()
    assert len(found) == 1


def test_a_notice_does_not_outlive_its_change(store: Store, told: list[Changed]) -> None:
    with store.keep() as session:
        session.add(Setting(name="words", value={"was": BAD}))
    add_customer(store, "Plain")
    assert told[-1].notice == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"terms_days": 2**70}, "too large"),
        ({"cost": Decimal("1.00001")}, "1.00001 has more than 4 decimals"),
        ({"cost": Decimal(10**30)}, "too large"),
    ],
)
def test_a_number_without_room_is_refused_with_words(
    store: Store, facts: dict[str, object], words: str
) -> None:
    model = Part if "cost" in facts else Customer
    with pytest.raises(RuleBroken, match=words), store.change("Add it") as session:
        session.add(model(number="X", name="X", **facts))
    add_customer(store, "Still here")
    assert names(store) == ["Still here"]
