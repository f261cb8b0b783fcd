"""What sensors write into a folder is read once, and the folder stays as it is."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from smallcmms import sensor_words
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import tables
from smallcmms.services import check, meters, sensor_folder
from smallcmms.store.dump import lines as dump
from smallcmms.store.store import Store
from tests.build import Story

LIST = "Sensor;Date;Value\nP1.I;2026-07-12 08:00;9,1\nP1.I;2026-07-12 09:00;9,2\n"


@pytest.fixture(autouse=True)
def current(store: Store, story: Story) -> int:
    return meters.add(
        store, story.asset_id, name="Motor current", unit="A", sensor="P1.I", high=Decimal("9.8")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sensors"
    made.mkdir()
    return made


def put(folder: Path, text: str, name: str = "pump.csv", age: int = 60) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    at = path.stat().st_mtime - age
    os.utime(path, (at, at))
    return path


def look(store: Store, folder: Path) -> list[str]:
    found = sensor_folder.look(store, folder, read=tables.read)
    return [sensor_words.line(each) for each in found]


def test_a_file_is_read_once_and_again_when_it_has_grown(
    store: Store, folder: Path, current: int
) -> None:
    path = put(folder, LIST)
    put(folder, "no table", "notes.pdf")
    assert look(store, folder) == ["pump.csv: 2 new readings"]
    assert path.read_text("utf-8") == LIST
    before = list(dump(store))
    assert look(store, folder) == []
    os.utime(path)
    assert sensor_folder.look(store, folder, read=tables.read, settled_seconds=0) == []
    assert list(dump(store)) == before
    put(folder, f"{LIST}P1.I;2026-07-12 10:00;9,3\n", age=30)
    assert look(store, folder) == ["pump.csv: 1 new reading"]
    assert meters.get(store, current).readings == 3
    assert check.problems(store) == []


def test_what_cannot_be_read_is_said_once(store: Store, folder: Path) -> None:
    put(folder, "Sensor;Date;Value\nP9;2026-07-12;9\nP1.I;2026-07-12;9\n", "a.csv")
    put(folder, "nothing;here\n1;2\n", "b.csv")
    (folder / "c.csv").symlink_to(folder / "a.csv")
    first, second = look(store, folder)
    assert first.startswith("a.csv: 1 new reading, 1 row refused, row 2: No meter is read by a")
    assert second == "b.csv: No column is said to be Read on."
    assert look(store, folder) == []


def test_a_file_that_is_being_written_waits(store: Store, folder: Path) -> None:
    put(folder, LIST, age=0)
    assert look(store, folder) == []
    put(folder, LIST, age=60)
    assert look(store, folder) == ["pump.csv: 2 new readings"]


def test_a_folder_is_chosen_and_forgotten(store: Store, folder: Path) -> None:
    sensor_folder.choose(store, str(folder))
    assert sensor_folder.chosen(store) == str(folder)
    with pytest.raises(RuleBroken):
        sensor_folder.choose(store, str(folder / "gone"))
    sensor_folder.choose(store, "")
    assert sensor_folder.chosen(store) == ""
