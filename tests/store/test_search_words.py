from __future__ import annotations

import pytest
import sqlalchemy as sa

from smallcmms.models import Customer, Site
from smallcmms.store import search
from smallcmms.store.search_words import expression, wide
from smallcmms.store.store import Store

MANY = 9000


@pytest.fixture
def much(store: Store) -> Store:
    """Return a shop in which most numbers begin with inv1, and two sites say so too."""
    with store.pour("Take over") as session:
        session.execute(
            sa.insert(Customer),
            [
                {"id": each, "number": f"INV-{each + 10_000}", "name": "Pump house"}
                for each in range(1, MANY + 1)
            ],
        )
        session.execute(sa.update(Customer).where(Customer.id % 100 == 0).values(name="Ìnv1 twin"))
        addresses = ("Paid by INV-1", "Invoice road", "See INV1B", "Inv-1500 lane")
        session.execute(
            sa.insert(Site), [{"customer_id": 1, "address": address} for address in addresses]
        )
    return store


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("unit-1", '("unit-1" OR "unit1" *)'),
        ("unit-12", '("unit-12" * OR "unit12" *)'),
        ("u-", '("u-" OR "u")'),
        ("x", '"x"'),
        ("sump_", '"sump_" *'),
    ],
)
def test_a_beginning_of_one_letter_which_half_the_index_has_is_not_asked_for(
    text: str, asked: str
) -> None:
    assert expression(text) == asked


@pytest.mark.parametrize("text", ["inv-1", "INV1", "inv-1 pump", "inv1 twin", "inv-15", "inv-1b"])
def test_a_number_that_thousands_begin_with_finds_what_adding_up_would(
    much: Store, text: str
) -> None:
    every = []
    with much.read() as session:
        for kind in ("customer", "site"):
            question = search.matching(kind, text)
            assert question is not None
            ids = sorted((row.id for row in session.execute(question)), reverse=True)
            every += [search.Hit(kind, each) for each in ids[:6]]
        assert every
        assert search.find(session, text, limit=6) == every


def test_only_a_number_that_thousands_begin_with_is_looked_for_by_less(much: Store) -> None:
    asked: list[str] = []
    with much.lend() as connection:
        many = [text for text in ("inv", "pump", "inv-190", "inv-1") if wide(text, connection)]
        connection.set_trace_callback(asked.append)
        search.found(connection, "inv1", limit=6)
        connection.set_trace_callback(None)
    assert many == ["inv-1"]
    assert [line for line in asked if "MATCH" in line]
    assert not [line for line in asked if "MATCH" in line and "inv1" in line]


def test_a_number_that_thousands_begin_with_is_added_up_where_the_newest_begin_otherwise(
    much: Store,
) -> None:
    with much.change("Take more over") as session:
        session.execute(
            sa.insert(Customer),
            [{"number": f"INV-{each}", "name": "Valve"} for each in range(20_000, 20_060)],
        )
    with much.read() as session:
        found = search.find(session, "inv1", kinds=["customer"], limit=2)
    assert found == [search.Hit("customer", MANY), search.Hit("customer", MANY - 1)]
