from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from smallcmms.models import Asset, Contact, Customer, Part, Site
from smallcmms.store import search
from smallcmms.store.search import Hit
from smallcmms.store.store import Store
from tests.store.rows import add_customer, rename


@pytest.fixture
def shop_of_pumps(store: Store) -> Store:
    with store.change("Fill") as session:
        session.add(Customer(id=1, number="C-014", name="Harbor View Apartments"))
        session.add(Site(id=1, customer_id=1, address="1200 Riverside Dr", city="Dayton"))
        session.add(
            Contact(
                id=1,
                customer_id=1,
                name="Priya Natarajan",
                phone="(937) 555-0117",
                email="priya@harborview.example",
            )
        )
        session.add(Asset(id=1, number="A-0133", short_code="SP-A", name="Sump pump", site_id=1))
        session.add(Asset(id=2, number="A-0134", name="Pump, ejector", site_id=1, serial="SN 12-9"))
        session.add(Part(id=1, number="P-7", name="Café müller valve 1½ in", cost=Decimal(0)))
    return store


def found(store: Store, text: str, **options: Any) -> list[tuple[str, int]]:
    with store.read() as session:
        return [(hit.kind, hit.id) for hit in search.find(session, text, **options)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("priya", [("contact", 1)]),
        ("PRI nat", [("contact", 1)]),
        ("natarajan priya", [("contact", 1)]),
        ("harbor", [("customer", 1), ("contact", 1)]),
        ("555-0117", [("contact", 1)]),
        ("0117", [("contact", 1)]),
        ("9375550117", [("contact", 1)]),
        ("(937) 555-0117", [("contact", 1)]),
        ("C-014", [("customer", 1)]),
        ("c014", [("customer", 1)]),
        ("14", [("customer", 1)]),
        ("A-0133", [("asset", 1)]),
        ("a0133", [("asset", 1)]),
        ("133", [("asset", 1)]),
        ("sp-a", [("asset", 1)]),
        ("sn12-9", [("asset", 2)]),
        ("pump", [("asset", 2), ("asset", 1)]),
        ("pump sump", [("asset", 1)]),
        ("river", [("site", 1)]),
        ("cafe", [("part", 1)]),
        ("MULLER valve", [("part", 1)]),
        ("ump", []),
        ("", []),
        ("   ", []),
        ("-", []),
        ('"', []),
        ('pump"', [("asset", 2), ("asset", 1)]),
        ("pump*", [("asset", 2), ("asset", 1)]),
        ("pump AND", []),
        ("name:pump", []),
        ("(pump", [("asset", 2), ("asset", 1)]),
        ("pump\0", [("asset", 2), ("asset", 1)]),
    ],
)
def test_what_is_typed_finds_by_beginnings_of_words_and_numbers(
    shop_of_pumps: Store, text: str, hits: list[tuple[str, int]]
) -> None:
    assert found(shop_of_pumps, text) == hits


def test_the_newest_of_each_kind_come_first_up_to_the_limit(store: Store) -> None:
    ids = [add_customer(store, f"Pump {n}") for n in range(5)]
    with store.change("Site") as session:
        session.add(Site(id=1, customer_id=ids[0], address="Pump lane"))
    assert found(store, "pump", limit=2) == [("customer", 5), ("customer", 4), ("site", 1)]
    assert found(store, "pump", most=1) == [("customer", 5)]
    assert found(store, "pump", kinds=["site"]) == [("site", 1)]
    assert found(store, "pump", kinds=[]) == []


def test_the_index_follows_edits_deletes_undo_and_redo(store: Store) -> None:
    customer_id = add_customer(store, "Acme")
    rename(store, customer_id, "Bolt")
    assert (found(store, "acme"), found(store, "bolt")) == ([], [("customer", 1)])
    store.undo()
    assert (found(store, "acme"), found(store, "bolt")) == ([("customer", 1)], [])
    store.undo()
    assert found(store, "acme") == []
    store.redo()
    store.redo()
    assert (found(store, "acme"), found(store, "bolt")) == ([], [("customer", 1)])


def test_the_index_follows_what_is_done_in_bulk_and_twice_to_a_row(store: Store) -> None:
    for name in ("Acme", "Bolt", "Crane"):
        add_customer(store, name)
    with store.change("Bulk") as session:
        session.execute(sa.update(Customer).values(name=Customer.name + " Ltd"))
        session.execute(sa.update(Customer).where(Customer.id == 1).values(name="Dyna"))
        session.execute(sa.delete(Customer).where(Customer.id == 2))
        session.execute(sa.insert(Customer).values(id=9, number="C-9", name="Eagle"))
        session.execute(sa.update(Customer).where(Customer.id == 9).values(name="Falcon"))
        session.execute(sa.insert(Customer).values(id=10, number="C-10", name="Gone"))
        session.execute(sa.delete(Customer).where(Customer.id == 10))
    assert {text: found(store, text) for text in ("ltd", "acme", "dyna", "bolt", "eagle")} == {
        "ltd": [("customer", 3)],
        "acme": [],
        "dyna": [("customer", 1)],
        "bolt": [],
        "eagle": [],
    }
    assert (found(store, "falcon"), found(store, "gone")) == ([("customer", 9)], [])
    with store.keep() as session:
        assert search.compare(session.connection())
    store.undo()
    assert found(store, "bolt") == [("customer", 2)]
    with store.keep() as session:
        assert search.compare(session.connection())


def test_a_refused_change_leaves_the_index_as_it_was(store: Store) -> None:
    add_customer(store, "Acme")
    with pytest.raises(ZeroDivisionError), store.change("No") as session:
        session.execute(sa.update(Customer).values(name=str(1 // 0)))
    assert found(store, "acme") == [("customer", 1)]


def test_a_list_asks_for_the_ids_of_one_kind(shop_of_pumps: Store) -> None:
    question = search.matching("asset", "pump")
    assert question is not None
    with shop_of_pumps.read() as session:
        asked = sa.select(Asset.name).where(Asset.id.in_(question)).order_by(Asset.name)
        assert session.scalars(asked).all() == ["Pump, ejector", "Sump pump"]
    assert search.matching("asset", " - ") is None


def test_the_ids_of_one_kind_are_told_at_once(shop_of_pumps: Store) -> None:
    with shop_of_pumps.lend() as connection:
        told = {text: search.ids(connection, "asset", text) for text in ("pump", "pri", " - ")}
    assert told == {"pump": [1, 2], "pri": [], " - ": None}


def test_an_index_that_was_spoiled_is_noticed_and_made_anew(store: Store) -> None:
    add_customer(store, "Acme")
    with store.keep() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO search (search, rowid, words, numbers) VALUES ('delete', ?, 'Acme ', '')",
            (search._first("customer") + 1,),
        )
    with store.keep() as session:
        assert not search.compare(session.connection())
    with store.keep() as session:
        search.rebuild(session.connection())
    with store.keep() as session:
        assert search.compare(session.connection())
    assert found(store, "acme") == [("customer", 1)]


def test_a_hit_says_what_it_is(store: Store) -> None:
    add_customer(store, "Acme")
    with store.read() as session:
        assert search.find(session, "acme") == [Hit("customer", 1)]
