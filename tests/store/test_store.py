from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Customer, Draft, History, NumberSeries, UndoStep
from smallcmms.store import search
from smallcmms.store.errors import FileRefused, Overtaken
from smallcmms.store.opening import open_shop
from smallcmms.store.store import Changed, Label, Store, about
from tests.conftest import Clock
from tests.store.rows import add_customer, begin_series, names, rename

ENDLESS = sa.text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
)


def history(store: Store) -> list[tuple[str, str, str, int | None]]:
    with store.read() as session:
        rows = session.query(History).order_by(History.id)
        return [
            (row.way, row.label.format(**row.values), row.record, row.record_id) for row in rows
        ]


def test_a_change_is_announced_once_it_is_committed(store: Store) -> None:
    heard: list[tuple[Changed, list[str]]] = []
    store.listen(lambda changed: heard.append((changed, names(store))))
    customer_id = add_customer(store)
    label = Label("Add {name}", {"name": "Harbor View Apartments"})
    rows = {"customer": frozenset({customer_id})}
    assert heard == [(Changed(label, rows), ["Harbor View Apartments"])]
    assert heard[0][0].touches("site", "customer")
    assert not heard[0][0].touches("site")


def test_who_no_longer_listens_hears_nothing(store: Store) -> None:
    heard: list[Changed] = []
    stop = store.listen(heard.append)
    stop()
    add_customer(store)
    assert heard == []


def test_a_listener_that_fails_is_logged_and_the_change_stands(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Changed] = []

    def fail(_changed: Changed) -> None:
        raise ValueError("the page is gone")

    store.listen(fail)
    store.listen(heard.append)
    add_customer(store)
    assert len(heard) == 1
    assert "the page is gone" in caplog.text


def _refused_add(store: Store) -> None:
    with store.change("Add") as session:
        session.add(Customer(number="C-1", name="Acme"))
        session.flush()
        raise RuleBroken("no")


def test_a_refused_change_leaves_no_trace(store: Store) -> None:
    heard: list[Changed] = []
    store.listen(heard.append)
    with pytest.raises(RuleBroken, match="no"):
        _refused_add(store)
    assert (names(store), history(store), store.next_undo(), heard) == ([], [], None, [])
    add_customer(store)
    assert [str(changed.label) for changed in heard] == ["Add Harbor View Apartments"]


def test_a_change_inside_a_change_is_refused(store: Store) -> None:
    with (
        store.change("Outer"),
        pytest.raises(RuntimeError, match="under way"),
        store.change("Inner"),
    ):
        pass


def test_a_question_inside_a_change_is_refused(store: Store) -> None:
    with store.change("Outer"), pytest.raises(RuntimeError, match="under way"):
        names(store)


def test_a_change_inside_a_question_is_refused(store: Store) -> None:
    with store.read(), pytest.raises(RuntimeError, match="under way"):
        add_customer(store)


def test_a_question_that_asks_another_shares_its_view(store: Store) -> None:
    with store.read() as session, store.read() as same:
        assert same is session
        assert names(store) == []


def test_a_question_changes_nothing(store: Store) -> None:
    add = sa.insert(Customer).values(number="C-1", name="Acme")
    with pytest.raises(RuleBroken, match="can be read here, but not written"), store.read() as it:
        it.execute(add)
    assert names(store) == []


def test_a_question_sees_the_file_as_it_was_when_it_began(store: Store) -> None:
    add_customer(store, "Acme")
    with store.read() as session:
        count = sa.select(sa.func.count(Customer.id))
        assert session.scalar(count) == 1
        writer = threading.Thread(target=add_customer, args=(store, "Bolt"))
        writer.start()
        writer.join(0.05)
        assert writer.is_alive()
        assert session.scalar(count) == 1
    writer.join(10)
    assert names(store) == ["Acme", "Bolt"]


def test_history_keeps_what_was_done_undone_and_done_again(store: Store) -> None:
    customer_id = add_customer(store, "Acme")
    store.undo()
    store.redo()
    assert history(store) == [
        (way, "Add Acme", "customer", customer_id) for way in ("change", "undo", "redo")
    ]


def test_what_about_says_last_counts(store: Store) -> None:
    with store.change("Close {number} for {name}", name="Acme") as session:
        session.add(Customer(number="C-1", name="Acme"))
        about(session, "request", 3, number="R-3")
        about(session, "work_order", 4, number="WO-4")
    assert history(store) == [("change", "Close WO-4 for Acme", "work_order", 4)]


def test_values_that_json_does_not_know_are_kept_as_text(store: Store) -> None:
    with store.change("Pay {amount}", amount=datetime(2026, 7, 13, tzinfo=UTC)) as session:
        session.add(Customer(number="C-1", name="Acme"))
    assert str(store.next_undo()) == "Pay 2026-07-13 00:00:00+00:00"


def test_undo_and_redo_go_back_and_forth_step_by_step(store: Store) -> None:
    customer_id = add_customer(store, "Acme")
    rename(store, customer_id, "Bolt")
    rename(store, customer_id, "Crane")
    assert str(store.next_undo()) == "Rename to Crane"
    seen = []
    for _ in range(3):
        store.undo()
        seen.append(names(store))
    assert seen == [["Bolt"], ["Acme"], []]
    assert str(store.next_redo()) == "Add Acme"
    for _ in range(3):
        store.redo()
    assert names(store) == ["Crane"]
    assert store.next_redo() is None


def test_an_undo_is_announced_as_one(store: Store) -> None:
    customer_id = add_customer(store, "Acme")
    heard: list[Changed] = []
    store.listen(heard.append)
    assert store.undo() == Label("Add {name}", {"name": "Acme"})
    assert heard == [
        Changed(
            Label("Add {name}", {"name": "Acme"}), {"customer": frozenset({customer_id})}, "undo"
        )
    ]


def test_with_nothing_done_there_is_nothing_to_take_back(store: Store) -> None:
    with pytest.raises(RuleBroken, match="There is nothing to take back"):
        store.undo()
    with pytest.raises(RuleBroken, match="Nothing was taken back"):
        store.redo()


def test_a_new_change_ends_what_could_be_done_again(store: Store) -> None:
    add_customer(store, "Acme")
    store.undo()
    add_customer(store, "Bolt")
    assert store.next_redo() is None
    assert names(store) == ["Bolt"]


def test_undo_works_after_the_file_was_closed(store: Store, clock: Clock) -> None:
    customer_id = add_customer(store, "Acme")
    rename(store, customer_id, "Bolt")
    store.close()
    later = open_shop(store.path, now=clock)
    later.undo()
    assert names(later) == ["Acme"]
    later.close()
    third = open_shop(store.path, now=clock)
    third.redo()
    assert names(third) == ["Bolt"]
    third.close()


def test_the_last_200_steps_are_kept(store: Store) -> None:
    customer_id = add_customer(store, "0")
    for name in range(1, 206):
        rename(store, customer_id, str(name))
    with store.read() as session:
        assert session.query(UndoStep).count() == 200
    for _ in range(200):
        store.undo()
    assert names(store) == ["5"]
    with pytest.raises(RuleBroken, match="nothing to take back"):
        store.undo()


def test_no_id_is_used_twice(store: Store) -> None:
    first = add_customer(store, "Acme")
    store.undo()
    assert add_customer(store, "Bolt") > first


def test_undo_does_not_cross_an_issued_document(store: Store) -> None:
    add_customer(store, "Acme")
    with store.change("Issue {number}", barrier=True, number="INV-1187") as session:
        session.add(Customer(number="C-2", name="Bolt"))
    label = store.next_undo()
    assert label is not None
    assert (str(label), label.is_barrier) == ("Issued; make a credit note", True)
    with pytest.raises(RuleBroken, match="Issued; make a credit note"):
        store.undo()
    rename(store, 1, "Crane")
    store.undo()
    assert names(store) == ["Acme", "Bolt"]
    with pytest.raises(RuleBroken, match="Issued; make a credit note"):
        store.undo()


def test_counters_are_not_taken_back(store: Store) -> None:
    begin_series(store, "invoice", 1187)
    with store.change("Number {number}", number=1187) as session:
        session.add(Customer(number="C-1", name="Acme"))
        session.execute(sa.update(NumberSeries).values(next=NumberSeries.next + 1))
    store.undo()
    with store.read() as session:
        assert session.scalars(sa.select(NumberSeries.next)).one() == 1188


def test_a_change_of_what_is_no_step_leaves_undo_and_redo_alone(store: Store) -> None:
    add_customer(store, "Acme")
    store.undo()
    with store.change("Count") as session:
        session.add(NumberSeries(kind="asset", prefix="A-"))
    assert (store.next_undo(), str(store.next_redo())) == (None, "Add Acme")


def test_a_note_is_no_step_and_no_history(store: Store, clock: Clock) -> None:
    with store.keep() as session:
        session.add(Draft(kind="call", content={"words": "pump"}, kept_at=clock()))
    assert (store.next_undo(), history(store)) == (None, [])
    with store.read() as session:
        assert session.scalars(sa.select(Draft.content)).one() == {"words": "pump"}


def test_a_note_that_touches_a_record_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match="customer"), store.keep() as session:
        session.add(Customer(number="C-1", name="Acme"))
    assert names(store) == []


def test_changes_of_two_threads_take_turns(store: Store) -> None:
    threads = [
        threading.Thread(target=lambda n=n: [add_customer(store, f"{n}-{i}") for i in range(20)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(names(store)) == 80
    assert len(history(store)) == 80


def test_an_overtaken_question_in_the_background_is_broken_off(store: Store) -> None:
    begun, told = threading.Event(), []

    def ask() -> None:
        try:
            with store.read() as session:
                session.execute(sa.text("SELECT 1"))
                begun.set()
                session.execute(ENDLESS)
        except Overtaken as error:
            told.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert begun.wait(10)
    while thread.is_alive():
        store.interrupt()
        thread.join(0.01)
    assert len(told) == 1
    assert names(store) == []


def test_questions_in_the_background_leave_the_screen_its_connection(store: Store) -> None:
    begun = threading.Barrier(4)

    def ask() -> None:
        with store.read() as session:
            session.execute(sa.text("SELECT 1"))
            begun.wait(10)
            with pytest.raises(sa.exc.OperationalError):
                session.execute(ENDLESS)
            raise Overtaken

    def quietly() -> None:
        with pytest.raises(Overtaken):
            ask()

    threads = [threading.Thread(target=quietly) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    assert names(store) == []
    while any(thread.is_alive() for thread in threads):
        store.interrupt()
        threads[0].join(0.01)


def test_the_clock_is_the_one_that_was_handed_in(store: Store, clock: Clock) -> None:
    clock.moment = datetime(2026, 7, 13, 7, 10, tzinfo=timezone(-timedelta(hours=4)))
    assert store.now() == datetime(2026, 7, 13, 11, 10, tzinfo=UTC)
    assert store.now().tzinfo is UTC
    add_customer(store)
    with store.read() as session:
        assert session.scalars(sa.select(History.at)).one() == clock.moment


def test_without_a_clock_it_is_now(shop: Path) -> None:
    store = open_shop(shop)
    assert abs(store.now() - datetime.now(UTC)) < timedelta(minutes=1)
    store.close()


def test_a_fault_of_the_callers_own_is_not_blamed_on_the_file(store: Store) -> None:
    with pytest.raises(UnicodeDecodeError), store.change("Import"):
        b"\xff".decode()
    with pytest.raises(sa.exc.IntegrityError), store.change("Twice") as session:
        session.add_all([Customer(number="C-1", name="A"), Customer(number="C-1", name="B")])
    assert names(store) == []


def test_a_file_that_another_program_holds_is_told(store: Store) -> None:
    raw = store._writer.raw_connection()
    raw.cursor().execute("PRAGMA busy_timeout = 10")
    raw.close()
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileRefused, match=r"shop\.smallcmms is in use by another program"):
            add_customer(store)
    add_customer(store)


def test_what_is_poured_in_is_one_step_into_the_file_and_none_back(store: Store) -> None:
    heard: list[Changed] = []
    store.listen(heard.append)
    add_customer(store)
    with store.pour("Take over {count} customers", count=2) as session:
        for name in ("Oakmont", "Bluebird"):
            session.add(Customer(number=name, name=name))
    assert heard[-1].label == Label("Take over {count} customers", {"count": 2})
    assert heard[-1].touches("customer")
    with store.read() as session:
        assert [hit.kind for hit in search.find(session, "bluebird")] == ["customer"]
    with pytest.raises(RuleBroken):
        store.undo()
    rename(store, 1, "Maple Court")
    store.undo()
    assert names(store)[0] == "Harbor View Apartments"


def test_a_pour_that_fails_leaves_nothing_and_what_follows_is_noted(store: Store) -> None:
    twins = [Customer(number="C-1", name=name) for name in ("Oakmont", "Maple Court")]
    with pytest.raises(sa.exc.IntegrityError), store.pour("Take over") as session:
        session.add_all(twins)
    assert names(store) == []
    add_customer(store)
    store.undo()
    assert names(store) == []
