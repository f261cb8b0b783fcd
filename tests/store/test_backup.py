from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from smallcmms.domain.errors import RuleBroken
from smallcmms.models import Customer, NumberGap, NumberSeries
from smallcmms.services import shop as shops
from smallcmms.store import backup, dump
from smallcmms.store.copying import count_whole
from smallcmms.store.errors import FileRefused
from smallcmms.store.files import folder_of
from smallcmms.store.opening import create, open_shop
from smallcmms.store.restore import restore
from smallcmms.store.store import Store
from tests.conftest import Clock
from tests.store.rows import add_customer, begin_series, names
from tests.store.test_files import attach
from tests.store.test_opening import damage, leave_hot_journal


def test_a_backup_is_the_file_with_its_documents(store: Store, tmp_path: Path) -> None:
    add_customer(store)
    content_hash = attach(store, b"photo")
    target = tmp_path / "stick" / "copy.smallcmms"
    target.parent.mkdir()
    assert backup.back_up(store, target) == count_whole(target, target) > 0
    assert target.stat().st_mode & 0o777 == 0o600
    copy = open_shop(target)
    assert list(dump.lines(copy, everything=True)) == list(dump.lines(store, everything=True))
    assert copy.files.get(content_hash) == b"photo"
    copy.close()


def test_a_backup_takes_no_place_of_another_shop(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "stick.smallcmms"
    other = create(target)
    shops.create(other, name="Oak", currency="USD", locale="en_US", zone="America/New_York")
    other.close()
    before = target.read_bytes()
    with pytest.raises(FileRefused, match="another shop"):
        backup.back_up(store, target)
    assert target.read_bytes() == before
    assert backup.back_up(store, tmp_path / "own.smallcmms") == backup.back_up(
        store, tmp_path / "own.smallcmms"
    )


def test_every_backup_made_while_writing_is_whole(store: Store, tmp_path: Path) -> None:
    with store.change("Make the file so big that a copy takes several steps") as session:
        session.add(Customer(number="C-1", name="Big", notes="x" * 3_000_000))
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.wait(0.005):
            number += 1
            add_customer(store, f"{number}")

    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    for number in range(8):
        target = tmp_path / f"{number}.smallcmms"
        backup.back_up(store, target)
        copy = open_shop(target)
        counts.append(len(names(copy)))
        copy.close()
        target.unlink()
    stop.set()
    writer.join(30)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_backup_replaces_only_a_shop_file(store: Store, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir")
    with pytest.raises(FileRefused, match=r"letter\.txt is not a SmallCMMS file"):
        backup.back_up(store, letter)
    assert letter.read_text() == "Dear Sir"
    with pytest.raises(FileRefused, match="cannot be its own backup"):
        backup.back_up(store, store.path)
    with pytest.raises(FileRefused, match="There is no folder"):
        backup.back_up(store, tmp_path / "gone" / "copy.smallcmms")


def test_a_damaged_file_replaces_no_good_backup(store: Store, tmp_path: Path) -> None:
    add_customer(store, "Acme")
    target = tmp_path / "copy.smallcmms"
    backup.back_up(store, target)
    before = target.read_bytes()
    damage(store.path, lambda content: content.__setitem__(slice(20480, 61440), bytes(40960)))
    with pytest.raises(FileRefused, match=r"shop\.smallcmms is damaged"):
        backup.back_up(store, target)
    assert target.read_bytes() == before
    assert list(tmp_path.glob(".*")) == []


def test_the_first_start_of_a_day_makes_a_backup(store: Store, clock: Clock) -> None:
    assert backup.age(store) is None
    first = backup.daily(store)
    assert first is not None
    assert (first.number, first.made_at) == (1, clock())
    clock.advance(hours=2)
    assert backup.daily(store) is None
    assert backup.age(store) == timedelta(hours=2)
    clock.advance(days=1)
    second = backup.daily(store)
    assert second is not None
    assert backup.every(store.path) == [first, second]
    assert backup.folder(store.path).stat().st_mode & 0o777 == 0o700


def test_leaving_makes_a_backup_of_what_changed(store: Store, clock: Clock) -> None:
    backup.daily(store)
    clock.advance(minutes=5)
    assert backup.daily(store, is_leaving=True) is None
    add_customer(store)
    made = backup.daily(store, is_leaving=True)
    assert made is not None
    copy = open_shop(made.path)
    assert names(copy) == ["Harbor View Apartments"]
    copy.close()
    assert backup.daily(store, is_leaving=True) is None


def test_fourteen_backups_are_kept_by_count(store: Store, clock: Clock) -> None:
    for _ in range(20):
        backup.daily(store)
        clock.advance(days=1)
    assert [each.number for each in backup.every(store.path)] == list(range(7, 21))


def test_a_clock_that_jumps_pushes_no_backup_out(store: Store, clock: Clock) -> None:
    for days in (30_000, -30_000, 1, 1):
        backup.daily(store)
        clock.advance(days=days)
    assert [each.number for each in backup.every(store.path)] == [1, 2, 3, 4]


def test_a_shrunken_file_never_pushes_the_full_backup_out(store: Store, clock: Clock) -> None:
    for name in "ABCDEFGH":
        add_customer(store, name)
    full = backup.daily(store)
    with store.change("Lose") as session:
        session.execute(sa.delete(Customer))
    with store.keep() as session:
        session.connection().exec_driver_sql("DELETE FROM undo_step")
        session.connection().exec_driver_sql("DELETE FROM history")
    for _ in range(20):
        clock.advance(days=1)
        backup.daily(store)
    kept = backup.every(store.path)
    assert kept[0] == full
    assert len(kept) == 15


def test_a_damaged_file_makes_no_daily_backup_and_loses_none(store: Store, clock: Clock) -> None:
    add_customer(store)
    good = backup.daily(store)
    assert good is not None
    clock.advance(days=1)
    damage(store.path, lambda content: content.__setitem__(slice(20480, 61440), bytes(40960)))
    with pytest.raises(FileRefused, match=r"shop\.smallcmms is damaged"):
        backup.daily(store)
    assert backup.every(store.path) == [good]
    assert [path.name for path in backup.folder(store.path).iterdir()] == [good.path.name]


def test_daily_backups_keep_the_documents_once(store: Store, clock: Clock) -> None:
    content_hash = attach(store, b"photo")
    backup.daily(store)
    clock.advance(days=1)
    backup.daily(store)
    place = backup.folder(store.path)
    assert (place / "files" / content_hash[:2] / content_hash).read_bytes() == b"photo"
    assert backup.shares_disk(store)


def test_restoring_gives_back_exactly_the_backup(store: Store, tmp_path: Path) -> None:
    add_customer(store, "Acme")
    content_hash = attach(store, b"photo")
    target = tmp_path / "stick" / "copy.smallcmms"
    target.parent.mkdir()
    backup.back_up(store, target)
    before = list(dump.lines(store))
    add_customer(store, "Bolt")
    after = list(dump.lines(store))
    store.close()
    shutil.rmtree(folder_of(store.path))
    aside = restore(target, store.path)
    later = open_shop(store.path)
    assert list(dump.lines(later)) == before
    assert later.files.get(content_hash) == b"photo"
    later.close()
    assert aside is not None
    set_aside = open_shop(aside)
    assert list(dump.lines(set_aside)) == after
    set_aside.close()


def test_a_restored_file_uses_no_number_again(store: Store, tmp_path: Path) -> None:
    begin_series(store, "invoice", 1187)
    begin_series(store, "asset", 5)
    backup.back_up(store, tmp_path / "copy.smallcmms")
    with store.keep() as session:
        session.execute(
            sa.update(NumberSeries).where(NumberSeries.kind == "invoice").values(next=1192)
        )
    store.close()
    restore(tmp_path / "copy.smallcmms", store.path)
    later = open_shop(store.path)
    with later.read() as session:
        series = session.execute(sa.select(NumberSeries.kind, NumberSeries.next)).all()
        gaps = session.execute(sa.select(NumberGap.kind, NumberGap.first, NumberGap.last)).all()
    assert sorted(map(tuple, series)) == [("asset", 5), ("invoice", 1192)]
    assert list(map(tuple, gaps)) == [("invoice", 1187, 1191)]
    later.close()


def test_numbers_go_on_after_the_backups_where_the_file_cannot_be_read(
    store: Store, tmp_path: Path
) -> None:
    begin_series(store, "invoice", 1187)
    backup.back_up(store, tmp_path / "copy.smallcmms")
    with store.keep() as session:
        session.execute(sa.update(NumberSeries).values(next=1190))
    backup.daily(store)
    store.close()
    store.path.write_bytes(b"ruined")
    aside = restore(tmp_path / "copy.smallcmms", store.path)
    assert aside is not None
    assert aside.read_bytes() == b"ruined"
    later = open_shop(store.path)
    with later.read() as session:
        assert session.scalars(sa.select(NumberSeries.next)).one() == 1190
    later.close()


def test_a_stale_journal_does_not_reach_the_restored_file(store: Store, tmp_path: Path) -> None:
    add_customer(store, "Acme")
    backup.back_up(store, tmp_path / "copy.smallcmms")
    add_customer(store, "Bolt")
    store.close()
    leave_hot_journal(store.path)
    aside = restore(tmp_path / "copy.smallcmms", store.path)
    assert not store.path.with_name("shop.smallcmms-journal").exists()
    for path, kept in ((store.path, ["Acme"]), (aside, ["Acme", "Bolt"])):
        assert path is not None
        each = open_shop(path)
        assert names(each) == kept
        each.close()


def test_a_ruined_file_is_set_aside_with_its_journal(store: Store, tmp_path: Path) -> None:
    backup.back_up(store, tmp_path / "copy.smallcmms")
    store.close()
    leave_hot_journal(store.path)
    journal = store.path.with_name("shop.smallcmms-journal").read_bytes()
    store.path.write_bytes(b"SQLite format 3\0" + bytes(5000))
    aside = restore(tmp_path / "copy.smallcmms", store.path)
    assert aside is not None
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == journal
    assert not store.path.with_name("shop.smallcmms-journal").exists()
    open_shop(store.path).close()


def test_a_damaged_backup_restores_nothing(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.smallcmms"
    backup.back_up(store, copy)
    store.close()
    before = store.path.read_bytes()
    damage(copy, lambda content: content.__setitem__(slice(20480, 61440), bytes(40960)))
    with pytest.raises(FileRefused, match=r"copy\.smallcmms is damaged"):
        restore(copy, store.path)
    copy.write_text("no")
    with pytest.raises(FileRefused, match="not a SmallCMMS file"):
        restore(copy, store.path)
    assert store.path.read_bytes() == before
    assert list(tmp_path.glob("*set aside*")) == []


def test_an_open_file_is_not_restored(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.smallcmms"
    backup.back_up(store, copy)
    with pytest.raises(FileRefused, match="already open"):
        restore(copy, store.path)
    lock = store.hand_over()
    restore(copy, store.path, lock=lock)
    with pytest.raises(FileRefused, match="already open"):
        open_shop(store.path)
    assert lock is not None
    lock.release()
    open_shop(store.path).close()


def test_a_file_is_not_restored_from_itself(shop: Path) -> None:
    with pytest.raises(FileRefused, match="its own backup"):
        restore(shop, shop)


def test_two_restores_in_one_second_set_aside_only_one_file(
    store: Store, tmp_path: Path, clock: Clock
) -> None:
    copy = tmp_path / "copy.smallcmms"
    backup.back_up(store, copy)
    store.close()
    restore(copy, store.path, now=clock)
    with pytest.raises(RuleBroken, match="There is a file"):
        restore(copy, store.path, now=clock)


def test_a_backup_is_restored_where_there_was_no_file(store: Store, tmp_path: Path) -> None:
    add_customer(store, "Acme")
    copy = tmp_path / "copy.smallcmms"
    backup.back_up(store, copy)
    assert restore(copy, tmp_path / "new.smallcmms") is None
    later = open_shop(tmp_path / "new.smallcmms")
    assert names(later) == ["Acme"]
    later.close()
