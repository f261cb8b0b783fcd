"""What the program writes is its owner's alone, and nothing half done is left behind."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from smallcmms import log, paths
from smallcmms.cli.invoice import render
from smallcmms.reports import work_order
from smallcmms.services import invoices
from smallcmms.services.samples import story
from smallcmms.services.samples.work import Work
from smallcmms.store import backup
from smallcmms.store.errors import FileRefused
from smallcmms.store.opening import create, open_shop
from smallcmms.store.restore import restore
from tests.bills import Failing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


@pytest.fixture
def anything_goes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Let the system allow everybody everything, and say where temporary files would lie."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    was = os.umask(0)
    yield temporary
    os.umask(was)


def whole_session(folder: Path) -> None:
    """Work, fail to issue, back up, go on, restore, work again."""
    clock = story.Clock()

    def go(span: timedelta) -> None:
        clock.moment += span

    path, target = folder / "shop.smallcmms", folder / "copy.smallcmms"
    store = create(path, now=clock)
    story.set_up(store)
    start = story.before(store)
    desk = Work(store, start, Random(5), work_order.render, render, go)
    list(desk.operations(40))
    draft = invoices.draft_by_hand(store, customer_id=start.customer_id, text="By hand")
    invoices.add_line(store, draft, text="Work", price=story.TOTAL)
    with pytest.raises(ZeroDivisionError):
        invoices.issue(store, draft, render=Failing())
    backup.back_up(store, target)
    backup.daily(store)
    list(desk.operations(5))
    clock.moment += timedelta(days=1)
    backup.daily(store, is_leaving=True)
    with pytest.raises(FileRefused):
        open_shop(path)
    store.close()
    restore(target, path, now=clock)
    open_shop(path, now=clock).close()
    (folder / "torn.smallcmms").write_bytes(path.read_bytes()[:9000])
    with pytest.raises(FileRefused):
        restore(folder / "torn.smallcmms", path, now=clock)
    (folder / "torn.smallcmms").unlink()
    (folder / "torn.smallcmms.lock").unlink(missing_ok=True)


def test_every_file_of_a_session_is_private_and_no_temporary_one_is_left(
    tmp_path: Path, anything_goes: Path
) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    whole_session(folder)
    every = sorted(folder.rglob("*"))
    kinds = {"".join(each.suffixes[-2:]) for each in every if each.is_file()}
    assert {".smallcmms", ".smallcmms.lock"} <= kinds
    assert any(each.parent.parent.name == "shop.files" for each in every)
    assert any(each.parent.name == "shop.backups" for each in every)
    modes = {each: each.stat().st_mode & 0o777 for each in every}
    open_ones = {
        str(each.relative_to(folder)): oct(mode)
        for each, mode in modes.items()
        if mode != (0o700 if each.is_dir() else 0o600)
    }
    assert open_ones == {}
    left = [each.name for each in every if is_half_done(each)]
    assert left == []
    assert list(anything_goes.rglob("*")) == []


def is_half_done(path: Path) -> bool:
    """Tell whether a file is one that was to take another's place."""
    return path.name.startswith((".", "new", "tmp")) or path.name.endswith(
        ("-journal", "-wal", "-shm", ".part", ".tmp", ".new", "~")
    )


def test_the_programs_own_folders_and_its_log_are_private(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    anything_goes: Path,  # noqa: ARG001
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    data, logs = paths.data(), paths.logs()
    handlers = list(log.logger.handlers)
    written = log.begin(logs)
    for added in set(log.logger.handlers) - set(handlers):
        log.logger.removeHandler(added)
        added.close()
    assert [each.stat().st_mode & 0o777 for each in (data, logs)] == [0o700, 0o700]
    assert written.stat().st_mode & 0o777 == 0o600
