"""What the tests stand on. Qt draws into memory here: that is said before anything imports it."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from tests import build
from tests.build import Story

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_finish() -> None:
    """Leave what was collected out of the search for garbage: it is there to the end."""
    gc.collect()
    gc.freeze()


class Clock:
    """A clock that stands until it is told to go."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 7, 13, 11, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at Monday, July 13, 2026, 7:10 AM in New York."""
    return Clock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty shop file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "shop.smallcmms"
    create(path).close()
    return path


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Story]:
    """Return a file with the shop of the story that tests copy, and the ids in it."""
    path = tmp_path_factory.mktemp("filled") / "shop.smallcmms"
    store = create(path, now=Clock())
    build.ridgeline(store)
    ids = build.story(store)
    store.close()
    return path, ids


@pytest.fixture
def shop(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return the path of a file of this test alone: empty, or with the shop of the story."""
    path = tmp_path / "shop.smallcmms"
    is_filled = "filled" in request.fixturenames
    source = (
        request.getfixturevalue("filled")[0] if is_filled else request.getfixturevalue("template")
    )
    shutil.copy(source, path)
    return path


@pytest.fixture
def story(filled: tuple[Path, Story]) -> Story:
    """Return the ids in the file with the shop of the story."""
    return filled[1]


@pytest.fixture
def store(shop: Path, clock: Clock) -> Iterator[Store]:
    """Return an open shop file, and see that no test leaves a session open."""
    store = open_shop(shop, now=clock)
    yield store
    assert store.open_sessions() == 0
    store.close()
