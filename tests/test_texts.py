from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from resources.makers.translate import LOCALE, ROOT, collect, compile_catalogues
from smallcmms import texts
from smallcmms.formats import Formats
from smallcmms.texts import _, _n

SOURCE = """
from smallcmms.texts import _, _n, later
label = later("Sheet to enter")
def say(words, store, number, n):
    with store.change("Close {number}", number=number):
        raise RuleBroken("The truck is full.")
    words._("Printed {number}", number=number)
    _n("{n} sheet", "{n} sheets", n)
"""
GERMAN: dict[str, str | tuple[str, ...]] = {
    "Sheet to enter": "Zettel fehlt",
    "Close {number}": "{number} abschließen",
    "The truck is full.": "Der Wagen ist voll.",
    "Printed {number}": "{numbr} gedruckt",
    "{n} sheet": ("{n} Zettel", "{n} Zettel (viele)"),
}


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """Return a folder of catalogues, made the way a translator makes one."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "say.py").write_text(SOURCE)
    catalog = collect(tmp_path / "shop")
    catalog.locale = "de"
    messages = {m.id if isinstance(m.id, str) else m.id[0]: m for m in catalog if m.id}
    assert set(messages) == set(GERMAN)
    for english, message in messages.items():
        message.string = GERMAN[english]
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "smallcmms.po").open("wb") as file:
        write_po(file, catalog)
    assert compile_catalogues(tmp_path) == [folder / "smallcmms.mo"]
    return tmp_path


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    texts.use("en")


def test_a_text_is_said_in_the_readers_language(german: Path) -> None:
    words = texts.in_language("de_AT", german)
    assert words._(texts.later("Sheet to enter")) == "Zettel fehlt"
    assert words._("Close {number}", number="WO-2310") == "WO-2310 abschließen"
    assert words._n("{n} sheet", "{n} sheets", 1) == "1 Zettel"
    assert words._n("{n} sheet", "{n} sheets", 2) == "2 Zettel (viele)"


def test_the_screen_changes_its_language(german: Path) -> None:
    assert _("The truck is full.") == "The truck is full."
    texts.use("de", german)
    assert _("The truck is full.") == "Der Wagen ist voll."
    assert _n("{n} sheet", "{n} sheets", 1) == "1 Zettel"


def test_what_is_not_translated_stays_english(german: Path) -> None:
    words = texts.in_language("de", german)
    assert words._("Never {word}", word="said") == "Never said"
    assert words._("") == ""
    assert texts.in_language("xx", german)._("The truck is full.") == "The truck is full."


def test_a_translation_with_a_wrong_name_falls_back_to_english(german: Path) -> None:
    assert texts.in_language("de", german)._("Printed {number}", number="7") == "Printed 7"


def test_english_counts() -> None:
    assert _n("{n} job for {who}", "{n} jobs for {who}", 1, who="Jess") == "1 job for Jess"
    assert _n("{n} job for {who}", "{n} jobs for {who}", 0, who="Jess") == "0 jobs for Jess"


def test_a_value_with_braces_is_only_a_value() -> None:
    assert _("Printed {number}", number="{0} {x}") == "Printed {0} {x}"


def test_a_day_of_a_paper_is_named_in_the_shops_locale() -> None:
    assert Formats("de_DE").relative_day(date(2026, 7, 14), date(2026, 7, 14)) == "today"


def test_every_text_of_the_sources_is_in_the_template() -> None:
    with (LOCALE / "smallcmms.pot").open("rb") as file:
        template = read_po(file)
    said = {message.id for message in collect(ROOT / "smallcmms") if message.id}
    known = {message.id for message in template if message.id}
    assert len(said ^ known) == 0, "run: python resources/makers/translate.py"
