from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

import smallcmms.ui
from smallcmms import paths
from smallcmms.ui import icons, theme
from smallcmms.ui.places import PLACES
from smallcmms.ui.theme import Mode


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_words_and_edges_stand_out_from_their_ground(mode: Mode) -> None:
    theme.use(mode, 100)
    grounds = ("panel", "panel2", "window", "sidebar", "hover", "selected")
    words = [(text, ground) for text in ("text", "text2", "text3") for ground in grounds]
    words += [(tone, f"{tone}Tint") for tone in ("red", "amber", "green", "violet", "blue", "grey")]
    words += [("accentText", "accent"), ("tooltipText", "tooltip"), ("redFillText", "redFill")]
    for text, ground in words:
        assert contrast(theme.color(text), theme.color(ground)) >= 4.5, (text, ground)
    for edge in ("borderStrong", "focus"):
        assert contrast(theme.color(edge), theme.color("panel")) >= 3


def test_the_palette_and_the_style_wear_the_tokens(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window)
    theme.use(Mode.DARK, 100)
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("window")
    assert theme.color("accent").name().upper() in window.styleSheet()
    assert "$" not in window.styleSheet()
    assert theme.brush("panel").color() == theme.color("panel")


@pytest.mark.parametrize(("asked", "worn"), [(90, 90), (150, 150), (40, 90), (400, 150)])
def test_text_and_rows_grow_together(
    qapp: QApplication, qtbot: QtBot, asked: int, worn: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme.use(Mode.LIGHT, asked)
    theme.dress(window)
    assert theme.percent() == worn
    assert qapp.font().pixelSize() == theme.px(13) == round(13 * worn / 100)
    assert f"font-size: {theme.px(20)}px" in window.styleSheet()


def test_what_a_window_holds_or_opens_wears_its_style(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window)
    inside, opened = QLabel(window), QDialog(window)
    for label in (inside, QLabel(opened)):
        label.setProperty("role", "h1")
        label.ensurePolished()
        assert label.font().pixelSize() == theme.px(20)
    assert not qapp.styleSheet()  # it would dress every piece anew that is put into another


def test_the_letters_are_ours_in_every_weight() -> None:
    families = [
        QFontInfo(theme.font(13, weight)).family()
        for weight in (theme.REGULAR, theme.SEMIBOLD, theme.BOLD, theme.EXTRABOLD)
    ]
    assert families == [
        "SmallCMMS Inter",
        "SmallCMMS Inter SemiBold",
        "SmallCMMS Inter",
        "SmallCMMS Inter ExtraBold",
    ]


def test_digits_stand_under_each_other() -> None:
    widths = {theme.metrics().horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1


def test_as_the_system_follows_the_system(qapp: QApplication) -> None:
    theme.use(Mode.SYSTEM, 100)
    assert not theme.is_dark()
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert not theme.is_dark()


def test_who_is_gone_is_not_told_of_a_new_theme(qtbot: QtBot) -> None:
    told: list[str] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    theme.follow(owner, lambda: told.append("changed"))
    theme.use(Mode.DARK, 100)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed)
    QApplication.sendPostedEvents(owner, 52)  # DeferredDelete
    theme.use(Mode.LIGHT, 100)
    assert told == ["changed"]


def test_every_icon_that_is_named_is_there() -> None:
    there = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    assert {place.icon for place in PLACES} <= there
    named = re.compile(r'icon="([a-z0-9-]+)"|Icon\("([a-z0-9-]+)"')
    for path in sources():
        for groups in named.findall(path.read_text(encoding="utf-8")):
            assert set(filter(None, groups)) <= there, path
    assert not icons.pixmap("phone", "text", 16, 2).isNull()


def test_no_colour_is_written_outside_the_tokens() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*[\d\"']")
    for path in [*sources(), paths.resources() / "style.qss"]:
        assert not literal.search(path.read_text(encoding="utf-8")), path


def sources() -> list[Path]:
    return sorted(Path(smallcmms.ui.__path__[0]).rglob("*.py"))
