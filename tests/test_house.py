"""What the house promises about its own code, kept by a machine."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import QObject
from PySide6.QtGui import QFontDatabase
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from smallcmms import paths

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "smallcmms").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MAY_IMPORT_LATE = {
    "smallcmms/ui/pages/__init__.py",  # the shell is painted before the pages are loaded
    "smallcmms/__main__.py",  # a word of the command line loads no window
    "smallcmms/cli/__init__.py",  # a word loads only what it needs
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
FORBIDDEN_WORDS = ("Manager", "Helper", "Utils", "Handler", "Controller", "Impl")
MONEY_FLOORS = ("domain", "models", "services")
MEASURES = ("label_sheets", "matching", "places", "sheet_", "wrapping")
CALLS = 1000

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name_of)
def test_no_file_is_long_and_no_function_either(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    long = {
        function.name: size
        for function in functions(path)
        if (size := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_everything_public_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert ast.get_docstring(tree), f"{name_of(path)} has no docstring"
    assert silent == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_names_are_the_trades_words(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if name.endswith(FORBIDDEN_WORDS)] == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_import_hides_a_circle(path: Path) -> None:
    """Imports stand at the top; the pages' registry and the start of the program may wait."""
    late = [
        ast.unparse(node)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert "TYPE_CHECKING" not in path.read_text(encoding="utf-8")
    assert late == [] or name_of(path) in MAY_IMPORT_LATE


def is_money_code(path: Path) -> bool:
    """Tell whether a file may hold money; the sheet's places are in millimetres."""
    floor, *rest = path.relative_to(ROOT / "smallcmms").parts
    return floor in MONEY_FLOORS and not (floor == "domain" and rest[-1].startswith(MEASURES))


@pytest.mark.parametrize("path", [path for path in SOURCES if is_money_code(path)], ids=name_of)
def test_money_and_quantities_are_never_floats_and_never_rounded_to_even(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    numbers = [node.value for node in nodes if isinstance(node, ast.Constant)]
    assert names & {"float", "round", "Float", "Numeric", "REAL", "ROUND_HALF_EVEN"} == set()
    assert [number for number in numbers if isinstance(number, float)] == []


def test_the_lock_names_every_package_once_with_its_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(
        r"^([a-z0-9-]+)==\S+ (?:; .*)?\\\n((?: +--hash=sha256:\S+.*\n)+)", lock, re.MULTILINE
    )
    unpinned = [
        line for line in lock.splitlines() if not re.match(r"#|[a-z0-9-]+==| +--hash", line)
    ]
    assert (
        len(pins)
        == len({name for name, _ in pins})
        == len(re.findall("^[a-z]", lock, re.MULTILINE))
    )
    assert unpinned == []
    assert "://" not in lock


def test_the_lock_has_what_the_project_asks_for() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    asked = chain(project["dependencies"], *project["optional-dependencies"].values())
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = {re.split(r"[<>=]", package)[0].lower() for package in asked}
    assert names - set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)) == set()


def imported(files: list[Path]) -> set[str]:
    nodes = chain.from_iterable(ast.walk(ast.parse(path.read_text("utf-8"))) for path in files)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"smallcmms"}


def test_the_program_asks_for_every_package_that_it_imports() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        asked = tomllib.load(file)["project"]["dependencies"]
    names = {re.split(r"[<>=]", package)[0].lower() for package in asked}
    packages = packages_distributions()
    unasked = {
        module
        for module in imported(SOURCES)
        if not names & {name.lower().replace("_", "-") for name in packages.get(module, [])}
    }
    assert unasked - {"shiboken6"} == set()  # it comes with PySide6


def test_both_themes_have_every_colour() -> None:
    tokens = json.loads((paths.resources() / "tokens.json").read_text(encoding="utf-8"))
    assert set(tokens) == {"light", "dark"}
    assert set(tokens["light"]) == set(tokens["dark"])
    colours = [*tokens["light"].values(), *tokens["dark"].values()]
    assert [colour for colour in colours if not re.fullmatch("#[0-9A-F]{6}", colour)] == []


def test_every_font_and_icon_comes_with_its_licence() -> None:
    fonts = {path.name for path in (paths.resources() / "fonts").iterdir()}
    assert fonts == {
        *(f"SmallCMMSInter-{style}.ttf" for style in ("Regular", "SemiBold", "Bold", "ExtraBold")),
        "DejaVuSans.ttf",
        "DejaVuSans-Bold.ttf",
        "LICENSE-dejavu.txt",
        "LICENSE-inter.txt",
    }
    assert (paths.resources() / "icons" / "LICENSE-lucide.txt").is_file()


def test_every_icon_takes_the_colour_it_is_given() -> None:
    for path in (paths.resources() / "icons").glob("*.svg"):
        picture = path.read_text(encoding="utf-8")
        assert 'stroke="currentColor"' in picture, path.name
        assert "#" not in picture, path.name
        assert QSvgRenderer(picture.encode()).isValid(), path.name


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Bold", "ExtraBold"])
def test_figures_in_a_column_stand_under_each_other(style: str) -> None:
    font = TTFont(paths.resources() / "fonts" / f"SmallCMMSInter-{style}.ttf")
    glyphs = font.getBestCmap()
    assert len({font["hmtx"][glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert font["name"].getDebugName(6) == f"SmallCMMSInter-{style}"


def test_the_four_weights_of_inter_are_of_one_family_in_the_window(qapp: QApplication) -> None:
    assert qapp is not None
    for path in (paths.resources() / "fonts").glob("*.ttf"):
        assert QFontDatabase.addApplicationFont(str(path)) >= 0
    assert {"SmallCMMS Inter", "SmallCMMS Inter SemiBold", "SmallCMMS Inter ExtraBold"} <= set(
        QFontDatabase.families()
    )


def test_a_void_call_of_qt_keeps_the_references_to_none() -> None:
    """PySide6 6.12.0 on Python below 3.12 loses one a call, and the program dies of it."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < CALLS / 10
