"""An asset and its printed tag in as few keys as the design counts, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from smallcmms.exchange import codes
from smallcmms.services import assets, lookups
from smallcmms.services.samples import story
from smallcmms.services.samples.story import Clock
from smallcmms.store.opening import create
from tests.person import Person
from tests.ui.conftest import Answers

BUDGET = 30
"""Keys from Ctrl N to the printed tag, the name and the place included (design, section 11)."""


@pytest.fixture
def dana(qapp: QApplication, tmp_path: Path, ask: Answers) -> Iterator[Person]:
    """Return who sits at the shop of the story, standing on its pump in the tree."""
    path, clock = tmp_path / "ridgeline.smallcmms", Clock()
    store = create(path, now=clock)
    story.set_up(store)
    story.before(store)
    store.close()
    ask.path = tmp_path / "tag.pdf"
    person = Person(qapp, path, ask=ask, clock=clock)
    person.wait_for_shop()
    person.window.go("assets", lookups.of(person.store, "asset", "A-0133"))
    person.rest()
    person.keys = 0
    yield person
    person.leave()


@pytest.mark.parametrize(
    ("typed", "label", "place"),
    [
        ("B-1|Boiler", "B-1 Boiler", "Building A › Basement"),
        ("EF-2|Bath exhaust||Roof", "EF-2 Bath exhaust", "Roof"),
    ],
)
def test_an_asset_has_its_printed_tag_in_thirty_keys(
    dana: Person, ask: Answers, typed: str, label: str, place: str
) -> None:
    dana.press("Ctrl+N")
    dana.type(typed)
    dana.press("Ctrl+Return")
    dana.rest()
    dana.press("Ctrl+T")
    dana.rest()
    dana.press("Ctrl+Return")
    assert ask.path is not None
    dana.wait(ask.path.exists, "No tag was printed")
    dana.rest()
    made = assets.get(dana.store, dana.page("assets").current_id())
    assert (made.row.number, made.row.label, made.row.place) == ("A-0134", label, place)
    assert codes.read(ask.path.read_bytes()) == [made.code]
    assert dana.keys <= BUDGET
