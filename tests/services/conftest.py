from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smallcmms.store.opening import open_shop
from smallcmms.store.store import Store
from tests import build
from tests.build import Story
from tests.conftest import Clock


@pytest.fixture
def story(store: Store) -> Story:
    """Return Ridgeline Mechanical with what the story starts with."""
    build.ridgeline(store)
    return build.story(store)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, template: Path) -> tuple[Path, Story]:
    """Return a shop file with what the story starts with, for tests that copy it."""
    path = tmp_path_factory.mktemp("filled") / "shop.smallcmms"
    shutil.copy(template, path)
    store = open_shop(path, now=Clock())
    build.ridgeline(store)
    made = build.story(store)
    store.close()
    return path, made
