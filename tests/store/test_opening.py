"""What is opened, what is refused, and that a refused file keeps every byte."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from smallcmms import __version__
from smallcmms.store import engine, look
from smallcmms.store.errors import DiskFull, in_words
from smallcmms.store.lock import Lock
from smallcmms.store.opening import FileRefused, create, open_shop
from smallcmms.store.revision import APPLICATION_ID, HEAD, NEEDS, version_text
from smallcmms.store.store import Store
from tests.store.rows import add_customer, names


def picture(path: Path) -> dict[str, str]:
    """Return what lies in the folder of a file, the lock apart."""
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in path.parent.iterdir()
        if each.is_file() and each.suffix != ".lock"
    }


def refusal(path: Path) -> str:
    """Return the words with which a file is refused; its folder must stay as it was."""
    before = picture(path) if path.parent.is_dir() else {}
    with pytest.raises(FileRefused) as told:
        open_shop(path).close()
    assert (picture(path) if path.parent.is_dir() else {}) == before
    return str(told.value)


def test_a_new_file_is_empty_private_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "shop.smallcmms"
    create(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    store = open_shop(path)
    assert names(store) == []
    store.close()
    assert list(tmp_path.glob(".*")) == []


def test_a_new_file_takes_no_other_files_place(shop: Path) -> None:
    before = picture(shop)
    with pytest.raises(FileRefused, match=r"There is a file shop\.smallcmms already"):
        create(shop)
    assert picture(shop) == before


def test_a_new_file_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no folder"):
        create(tmp_path / "gone" / "shop.smallcmms")


def test_every_safe_setting_is_on_in_every_connection(store: Store) -> None:
    for connections, settings in (
        (store._writer, engine.SETTINGS),
        (store._screen, engine.READS_ONLY),
        (store._readers, engine.READS_ONLY),
    ):
        with connections.connect() as connection:
            for name, value in settings.items():
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == value
    assert engine.SETTINGS["synchronous"] == 3
    assert engine.SETTINGS["journal_mode"] == "delete"


def test_a_setting_that_cannot_be_had_is_refused(shop: Path) -> None:
    with pytest.raises(FileRefused, match=r"safe setting page_size = 512"):
        engine.connect(shop, {"page_size": 512})


def test_opening_never_makes_a_file(tmp_path: Path) -> None:
    path = tmp_path / "gone.smallcmms"
    assert refusal(path) == "There is no file gone.smallcmms."
    assert list(tmp_path.iterdir()) == []
    assert "no file" in refusal(tmp_path / "nowhere" / "gone.smallcmms")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.smallcmms"
    folder.mkdir()
    assert refusal(folder) == "folder.smallcmms is not a SmallCMMS file."
    fifo = tmp_path / "fifo.smallcmms"
    os.mkfifo(fifo)
    with pytest.raises(FileRefused, match="not a SmallCMMS file"):
        open_shop(fifo)
    assert "cannot be read" in refusal(tmp_path / ("long" * 100))
    assert "cannot be read" in refusal(tmp_path / "a\0b")
    (tmp_path / "letter").write_text("Dear Sir")
    with pytest.raises(FileRefused, match=r"shop\.smallcmms cannot be read: Not a directory"):
        open_shop(tmp_path / "letter" / "shop.smallcmms")


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"\x89PNG\r\n\x1a\n" + bytes(5000), b"SQLite format 3\0", bytes(100_000)],
    ids=["empty", "tiny", "picture", "half a header", "zeros"],
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.smallcmms"
    path.write_bytes(content)
    assert refusal(path) == "file.smallcmms is not a SmallCMMS file."


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
        connection.commit()
    assert refusal(path) == "other.db is not a SmallCMMS file."


def altered(shop: Path, statement: str) -> Path:
    with closing(sqlite3.connect(shop)) as connection:
        connection.execute(statement)
        connection.commit()
    return shop


def test_a_newer_file_is_refused_with_the_version_it_needs(shop: Path) -> None:
    altered(shop, f"PRAGMA user_version = {2_003_004}")
    assert refusal(shop) == f"shop.smallcmms needs SmallCMMS 2.3.4; this is {__version__}."


def test_an_unknown_revision_is_refused(shop: Path) -> None:
    altered(shop, "UPDATE alembic_version SET version_num = 'ffff'")
    assert f"> {__version__}; this is" in refusal(shop)


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA application_id = 7",
        "PRAGMA user_version = 9000000",
        "UPDATE alembic_version SET version_num = 'ffff'",
    ],
)
def test_a_foreign_or_newer_file_keeps_its_hot_journal(shop: Path, statement: str) -> None:
    leave_hot_journal(altered(shop, statement))
    refusal(shop)
    assert shop.with_name("shop.smallcmms-journal").stat().st_size > 512


def leave_hot_journal(shop: Path) -> None:
    """Leave the file as a program that died in the middle of a big change leaves it."""
    code = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\n"
        "c.execute('BEGIN')\n"
        "c.execute('CREATE TABLE half (x)')\n"
        "c.executemany('INSERT INTO half VALUES (?)', [('x' * 2000,)] * 500)\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(shop)], check=True)
    assert shop.with_name("shop.smallcmms-journal").stat().st_size > 512


def test_our_own_unfinished_change_is_rolled_back(store: Store) -> None:
    add_customer(store, "Acme")
    store.close()
    leave_hot_journal(store.path)
    later = open_shop(store.path)
    assert names(later) == ["Acme"]
    later.close()
    with closing(sqlite3.connect(store.path)) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchall()


def damage(shop: Path, change: Callable[[bytearray], object]) -> None:
    content = bytearray(shop.read_bytes())
    change(content)
    shop.write_bytes(content)


@pytest.mark.parametrize("size", [1, 99, 512, 4096, 4097, 20_000, 300_000])
def test_a_truncated_file_is_refused(shop: Path, size: int) -> None:
    damage(shop, lambda content: content.__delitem__(slice(size, None)))
    assert "is damaged" in refusal(shop) or "not a SmallCMMS file" in refusal(shop)


def test_zeroed_pages_are_refused(shop: Path) -> None:
    content = shop.read_bytes()
    for page in range(1, len(content) // 4096, 7):
        shop.write_bytes(content[: page * 4096] + bytes(4096) + content[(page + 1) * 4096 :])
        assert "is damaged" in refusal(shop), page


def test_a_big_file_is_not_looked_through_at_the_start(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = shop.stat().st_size // 4096 - 1
    damage(shop, lambda content: content.__setitem__(slice(last * 4096, None), bytes(4096)))
    assert "is damaged" in refusal(shop)
    monkeypatch.setattr(look, "_AT_ONCE", 4096)
    open_shop(shop).close()


def test_other_faults_of_the_disk_keep_their_own_words(shop: Path) -> None:
    with pytest.raises(PermissionError), in_words(shop):
        raise PermissionError
    with pytest.raises(FileRefused, match="is damaged"), in_words(shop):
        b"\xff".decode()
    with pytest.raises(FileRefused, match=r"The disk /.* cannot be read or written"):
        raise_from_sqlite(shop, sqlite3.SQLITE_IOERR_READ)


def raise_from_sqlite(shop: Path, code: int) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    with in_words(shop):
        raise error


def opened_or_refused(path: Path) -> None:
    before = picture(path)
    try:
        open_shop(path).close()
    except FileRefused:
        assert picture(path) == before


def test_every_damaged_byte_of_the_header_is_met_with_words(shop: Path) -> None:
    whole = shop.read_bytes()
    for place in range(100):
        for byte in {255, whole[place] ^ 1}:
            shop.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
            opened_or_refused(shop)


def test_damage_anywhere_is_met_with_words(shop: Path, template: Path) -> None:
    chance = random.Random(7)
    whole = template.read_bytes()
    for _ in range(150):
        content = bytearray(whole)
        start = chance.randrange(len(content))
        span = chance.choice([1, 4, 64, 512, 4096])
        content[start : start + span] = chance.randbytes(min(span, len(content) - start))
        shop.write_bytes(content)
        opened_or_refused(shop)


def test_damage_that_shows_only_later_is_told_as_damage(store: Store) -> None:
    add_customer(store)
    page = page_of(store.path, "customer")
    store.close()
    later = open_shop(store.path)
    damage(
        store.path,
        lambda content: content.__setitem__(slice((page - 1) * 4096, page * 4096), bytes(4096)),
    )
    with pytest.raises(FileRefused, match=r"is damaged.*restore it from a backup"):
        names(later)
    later.close()


def page_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (page,) = connection.execute(sql, (table,)).fetchone()
    return int(page)


def test_a_second_start_is_refused(store: Store) -> None:
    with pytest.raises(FileRefused, match=r"shop\.smallcmms is already open in SmallCMMS"):
        open_shop(store.path)


def test_links_and_other_spellings_lead_to_the_same_lock(store: Store, tmp_path: Path) -> None:
    link = tmp_path / "link.smallcmms"
    link.symlink_to(store.path)
    folder = tmp_path / "folder"
    folder.symlink_to(tmp_path)
    for other in (link, folder / "shop.smallcmms", tmp_path / "x" / ".." / "shop.smallcmms"):
        with pytest.raises(FileRefused, match="already open"):
            open_shop(other)


def test_a_folder_that_allows_no_lock_is_told(shop: Path) -> None:
    shop.with_name("shop.smallcmms.lock").mkdir()
    with pytest.raises(FileRefused, match="cannot be kept from being opened twice: "):
        open_shop(shop)


def test_a_new_file_on_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "shop.smallcmms"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(DiskFull, match=r"The disk /.* is full"):
            create(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [each.name for each in tmp_path.iterdir()] == ["shop.smallcmms.lock"]
    create(path).close()


def test_a_store_over_what_is_no_shop_file_lets_go_of_it(tmp_path: Path) -> None:
    path = tmp_path / "shop.smallcmms"
    path.write_bytes(b"no database at all" * 100)
    lock = Lock(path)
    with pytest.raises(FileRefused, match="is damaged"):
        Store(path, lock=lock)
    assert list(path.parent.glob("*-journal")) == []
    lock.release()


def test_two_hard_links_are_one_file(shop: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.smallcmms"
    other.hardlink_to(shop)
    store = open_shop(shop)
    with pytest.raises(FileRefused, match="already open"):
        open_shop(other)
    store.close()
    open_shop(other).close()


def test_a_lock_does_not_outlive_its_program(shop: Path) -> None:
    code = (
        "import os, sys, pathlib\n"
        "from smallcmms.store.opening import open_shop\n"
        "store = open_shop(pathlib.Path(sys.argv[1]))\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(shop)], check=False)
    open_shop(shop).close()


def test_a_refused_start_gives_the_lock_back(shop: Path, template: Path) -> None:
    damage(shop, lambda content: content.__setitem__(slice(8192, 12288), bytes(4096)))
    refusal(shop)
    shutil.copy(template, shop)
    open_shop(shop).close()


def test_handing_over_keeps_others_out(store: Store) -> None:
    lock = store.hand_over()
    assert lock is not None
    with pytest.raises(FileRefused, match="already open"):
        open_shop(store.path)
    lock.release()
    open_shop(store.path).close()


def test_leftovers_of_a_crash_are_cleared_away(shop: Path) -> None:
    for leftover in (".new", ".look", ".look-journal", ".upgrade", ".restore"):
        shop.with_name(f".{shop.name}{leftover}").write_text("half")
    open_shop(shop).close()
    assert list(shop.parent.glob(".*")) == []


def test_the_head_carries_our_mark_and_the_version_it_needs(shop: Path) -> None:
    with closing(sqlite3.connect(shop)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (NEEDS,)
    assert version_text(NEEDS) <= __version__


def test_alembic_is_not_loaded_for_a_file_of_our_own_revision(shop: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from smallcmms.store.opening import open_shop\n"
        "open_shop(pathlib.Path(sys.argv[1])).close()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(shop)], check=True)
