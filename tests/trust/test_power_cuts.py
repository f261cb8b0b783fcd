from __future__ import annotations

from pathlib import Path

import pytest

from smallcmms.store import backup, dump, migrate
from smallcmms.store.opening import create, open_shop
from smallcmms.store.restore import restore
from smallcmms.store.store import Store
from tests.store.rows import add_customer
from tests.store.test_migrate import GOOD, ask, scripts_with
from tests.trust import power_cuts
from tests.trust.power_cuts import Recording


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return power_cuts.record(tmp_path_factory.mktemp("recorded"), power_cuts.real_work)


def test_a_power_cut_loses_nothing_that_was_saved(recording: Recording) -> None:
    found = {seed: power_cuts.judge(recording, seed) for seed in range(60)}
    assert {seed: what for seed, what in found.items() if what} == {}


def test_the_disk_is_asked_to_keep_each_work_before_it_is_told_as_saved(
    recording: Recording,
) -> None:
    last_sync = [event[0] for event in recording.events if event[0] in ("ack", "sync_folder")]
    acks = [place for place, kind in enumerate(last_sync) if kind == "ack"]
    assert len(acks) == 60
    assert all(last_sync[place - 1] == "sync_folder" for place in acks)


def test_without_syncs_power_cuts_do_harm(tmp_path: Path) -> None:
    """The control: a way of judging that finds nothing here would find nothing anywhere."""
    unsafe = power_cuts.record(tmp_path, power_cuts.real_work, is_safe=False)
    bad = sum(bool(power_cuts.judge(unsafe, seed)) for seed in range(40))
    assert bad >= 20


def filled(folder: Path, *names: str) -> Store:
    folder.mkdir()
    store = create(folder / "shop.smallcmms")
    for name in names:
        add_customer(store, name)
    return store


def test_a_power_cut_while_a_backup_is_restored_leaves_one_of_the_two_files(
    tmp_path: Path,
) -> None:
    store = filled(tmp_path / "shop", "Acme")
    backup.back_up(store, tmp_path / "copy.smallcmms")
    restored = list(dump.lines(store))
    add_customer(store, "Bolt")
    present = list(dump.lines(store))
    store.close()
    seen = power_cuts.watch(
        tmp_path / "shop", lambda: restore(tmp_path / "copy.smallcmms", store.path)
    )
    found = [_dump_after(seen, seed, end) for seed, end in moments(seen)]
    assert all(each in (restored, present) for each in found)
    assert restored in found
    assert present in found


def moments(seen: Recording) -> list[tuple[int, int | None]]:
    """Return any moments, and each of the last ones, in which one file takes another's place."""
    last = range(len(seen.events) - 9, len(seen.events) + 1)
    return [*((seed, None) for seed in range(25)), *((end, end) for end in last)]


def _dump_after(seen: Recording, seed: int, end: int | None) -> list[str]:
    with power_cuts.cut(seen, seed, end) as (left, _):
        store = open_shop(left / "shop.smallcmms")
        try:
            return list(dump.lines(store))
        finally:
            store.close()


def test_a_power_cut_while_a_file_is_upgraded_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    store = filled(tmp_path / "shop", "Acme", "Bolt")
    store.close()
    scripts = scripts_with(tmp_path, GOOD)
    seen = power_cuts.watch(
        tmp_path / "shop", lambda: migrate.upgrade(store.path, scripts=scripts, head="0002")
    )
    found = set()
    for seed, end in moments(seen):
        with power_cuts.cut(seen, seed, end) as (left, _):
            shop = left / "shop.smallcmms"
            assert ask(shop, "PRAGMA integrity_check") == [("ok",)]
            assert ask(shop, "SELECT name FROM customer") == [("Acme",), ("Bolt",)]
            found |= {str(revision) for (revision,) in ask(shop, "SELECT * FROM alembic_version")}
    assert found == {"0001", "0002"}
