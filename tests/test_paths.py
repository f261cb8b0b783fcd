from __future__ import annotations

import stat
from pathlib import Path

import pytest

from smallcmms import paths


def test_the_resources_are_there() -> None:
    assert (paths.resources() / "tokens.json").is_file()


def test_only_the_owner_may_enter_the_folders_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for folder in (paths.data(), paths.logs()):
        assert tmp_path in folder.parents
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
