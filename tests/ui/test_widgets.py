from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.ui import errors, icons, states, theme
from smallcmms.ui.theme import Mode
from smallcmms.ui.widgets.badges import KeyHint, LevelBadge, StatePill
from smallcmms.ui.widgets.button import Button, native
from smallcmms.ui.widgets.chips import Chips
from smallcmms.ui.widgets.label import Icon, Label
from smallcmms.ui.widgets.list_and_details import ListAndDetails
from smallcmms.ui.widgets.panel import Panel, PanelHeader, block, column, line, row, scrolled
from smallcmms.ui.widgets.segmented import Segmented
from smallcmms.ui.widgets.strip import EmptyState, Strip
from smallcmms.ui.widgets.tag_preview import TagPreview
from smallcmms.ui.widgets.tick import Option, Options, Tick

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Return a function that shows widgets in an active window."""
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window)
    layout = QVBoxLayout(window)

    def put(*widgets: QWidget) -> QWidget:
        for widget in widgets:
            layout.addWidget(widget)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return put


def test_words_of_people_are_shown_as_they_are(show: Show) -> None:
    label = Label("<b>Priya</b> & co.", "h2", tone="red", wraps=True)
    show(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > Label("Priya & co.", "h2").sizeHint().width()


def test_words_that_are_cut_are_whole_in_the_tooltip(show: Show) -> None:
    label = Label("Circulator P-1 leaking, no kitchen hot water", is_cut=True)
    window = show(label)
    window.resize(100, 50)
    assert label.toolTip() == label.text()
    assert not window.grab().toImage().isNull()
    window.resize(900, 50)
    assert not label.toolTip()


def test_a_label_takes_another_tone(show: Show) -> None:
    label = Label("1 d late")
    show(label)
    label.set_tone("red")
    assert label.palette().color(label.foregroundRole()) == theme.color("red")


def test_a_button_does_its_thing_and_shows_what_it_cannot_do(qtbot: QtBot, show: Show) -> None:
    def refuse() -> None:
        raise RuleBroken("No.")

    done: list[str] = []
    good, bad = Button("Print", on=lambda: done.append("printed")), Button("Void", on=refuse)
    show(good, bad)
    good.click()
    assert done == ["printed"]
    with qtbot.waitSignal(errors.signals.broken) as broken:
        bad.click()
    assert broken.args[1] is bad


def test_a_button_says_an_ampersand_as_it_is(show: Show) -> None:
    button = Button("Oak & Sons")
    show(button)
    assert button.words == "Oak & Sons"
    assert button.accessibleName() == "Oak & Sons"
    assert button.shortcut().isEmpty()
    button.say("Elm & Sons")
    assert button.words == "Elm & Sons"


def test_only_the_words_of_a_link_can_be_clicked(show: Show) -> None:
    link, button = Button("WO-2309", "link"), Button("WO-2309")
    show(link, button)
    link.resize(400, 20)
    assert link.hitButton(QPoint(5, 5))
    assert not link.hitButton(QPoint(390, 5))
    assert button.hitButton(QPoint(390, 5))


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_every_kind_of_button_can_be_painted(show: Show, mode: Mode) -> None:
    theme.use(mode, 125)
    kinds = ("", "primary", "quiet", "link", "danger", "icon", "toast")
    buttons = [Button("Do", kind, icon="check", key="Ctrl+D") for kind in kinds]
    off = Button("Off", "primary", is_small=True)
    off.setEnabled(False)
    more = Button("", icon="ellipsis-vertical", says="More")
    assert more.sizeHint().width() == more.sizeHint().height()
    window = show(*buttons, off, more)
    assert not window.grab().toImage().isNull()


def test_a_primary_button_can_lose_its_fill(show: Show) -> None:
    button = Button("Make work order", "primary")
    show(button)
    button.set_kind("")
    assert button.kind == ""


def test_keys_are_written_the_platforms_way() -> None:
    assert native("Ctrl+Return") == "Ctrl Enter"
    assert native("Ctrl++") == "Ctrl +"
    assert KeyHint("Ctrl+Shift+P").text() == "Ctrl Shift P"
    assert KeyHint("Alt 1-4").text() == "Alt 1-4"


def test_one_chip_is_on_and_says_its_count(qtbot: QtBot, show: Show) -> None:
    chips = Chips([("open", "All open"), ("late", "Overdue")])
    show(chips)
    chips.set_counts({"open": 25, "late": 3})
    assert chips.value == "open"
    with qtbot.waitSignal(chips.chosen) as chosen:
        chips._chips["late"].click()
    assert chosen.args == ["late"]
    assert chips.values == ("late",)
    assert chips._chips["late"].accessibleName() == "Overdue 3"
    chips.set_value("open")
    assert chips.value == "open"


def test_a_filter_is_remembered_under_its_name(qtbot: QtBot, show: Show) -> None:
    items = [("open", "All open"), ("late", "Overdue")]
    chips = Chips(items, name="work_orders")
    show(chips)
    chips._chips["late"].click()
    again = Chips(items, name="work_orders")
    qtbot.addWidget(again)
    assert again.value == "late"


def test_of_many_chips_any_may_be_on(qtbot: QtBot, show: Show) -> None:
    chips = Chips([("leak", "Leak"), ("noise", "Noise")], is_many=True)
    window = show(chips)
    assert not chips.values
    chips.set_value("leak", "noise")
    with qtbot.waitSignal(chips.chosen):
        chips._chips["leak"].click()
    assert chips.values == ("noise",)
    assert not window.grab().toImage().isNull()


def test_the_arrows_and_first_letters_go_to_the_chips_of_many(qtbot: QtBot, show: Show) -> None:
    chips = Chips([("replaced", "Replaced"), ("reset", "Reset"), ("oil", "Oiled")], is_many=True)
    show(chips)
    first, second, third = chips._chips.values()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_O)
    assert third.hasFocus()
    qtbot.keyClick(third, Qt.Key.Key_Space)
    assert chips.values == ("replaced", "oil")
    qtbot.keyClick(third, Qt.Key.Key_R)
    assert first.hasFocus()


def test_the_arrows_move_between_segments(qtbot: QtBot, show: Show) -> None:
    segments = Segmented([("ok", "OK"), ("fixed", "Fixed", "check"), ("bad", "Bad")], says="Mark")
    window = show(segments)
    assert not segments.value
    with qtbot.waitSignal(segments.chosen) as chosen:
        segments.choose("ok")
    assert chosen.args == ["ok"]
    segments.part("ok").setFocus()
    qtbot.keyClick(segments.part("ok"), Qt.Key.Key_Right)
    assert segments.value == "fixed"
    assert not window.grab().toImage().isNull()
    segments.set_value("")
    assert not segments.value


def test_a_segment_is_chosen_by_its_first_letter(qtbot: QtBot, show: Show) -> None:
    result = Segmented([("fixed", "Fixed", "check"), ("holding", "Holding")], says="Result")
    show(result)
    told: list[str] = []
    result.chosen.connect(told.append)
    result.set_value("")
    result.part("fixed").setFocus()
    qtbot.keyClick(result.part("fixed"), Qt.Key.Key_H)
    assert (result.value, told) == ("holding", ["holding"])
    qtbot.keyClick(result.part("holding"), Qt.Key.Key_X)
    assert result.value == "holding"


def test_a_tick_takes_space_and_a_click_on_its_words(qtbot: QtBot, show: Show) -> None:
    tick = Tick("Water escaping")
    window = show(tick)
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    assert not window.grab().toImage().isNull()
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert not tick.isChecked()
    tick.say("People affected")
    assert tick.accessibleName() == "People affected"


def test_a_pick_stays_when_its_row_is_offered_again(qtbot: QtBot, show: Show) -> None:
    pump = Option(1, "SP-A", "Sump pump", right="WO-2310 open", tone="violet")
    options = Options([pump, Option(2, "Marco", second="1.5 h free")], says="Asset")
    window = show(options)
    with qtbot.waitSignal(options.chosen) as chosen:
        options._rows[0].click()
    assert chosen.args == [1]
    options._rows[0].setFocus()
    assert not window.grab().toImage().isNull()
    options.set_options([Option(3, "WH-1"), pump])
    assert options.value == 1
    options.set_options([Option(3, "WH-1")])
    assert options.value is None


def test_a_badge_and_a_pill_are_told_in_words(show: Show) -> None:
    badge, pill = LevelBadge(2, has_word=True), StatePill(states.work_order("scheduled"))
    window = show(badge, pill)
    assert (badge.accessibleName(), pill.accessibleName()) == ("Level 2 High", "Scheduled")
    for level in (1, 3, 4):
        badge.set_level(level)
        assert not window.grab().toImage().isNull()
    pill.set_state(None)
    assert not pill.isVisible()


@pytest.mark.parametrize(
    ("pill", "words"),
    [
        (states.invoice("late", 1), "1 day late"),
        (states.invoice("late", 66), "66 days late"),
        (states.invoice("paid"), "Paid"),
        (states.request("duplicate"), "Merged"),
        (states.of("work_order", "waiting_parts"), "Waiting for parts"),
    ],
)
def test_a_state_has_its_words(pill: states.Pill, words: str) -> None:
    assert pill.text == words


def test_a_record_without_states_has_no_pill() -> None:
    assert states.of("asset", "") is None


def test_a_page_is_laid_out_of_rows_columns_panels_and_strips(show: Show) -> None:
    header = PanelHeader("package", "Parts", "4 reserved", Button("Add part", "quiet"))
    panel = Panel(header)
    panel.pad(row(Label("One"), None, 8, Icon("check")), line(), line(is_upright=True))
    panel.add(scrolled(column(Label("Long"))), 1)
    panel.add(block(row(Button("Done", "primary")), "footer"))
    strip = Strip("amber", "Same as WO-2318?", "", Button("Different"))
    strip.say("Same as WO-2319?", "Marco, today 1:00 PM")
    empty = EmptyState("inbox", "No calls to triage", "New calls land here", Button("Log a call"))
    window = show(panel, strip, empty)
    assert strip.second.isVisible()
    for percent in (100, 150):
        theme.use(Mode.DARK, percent)
        assert header.height() == theme.px(34)
        assert not window.grab().toImage().isNull()


def test_the_place_of_the_splitter_is_remembered(qtbot: QtBot, show: Show) -> None:
    first = ListAndDetails("work_orders", QWidget(), QWidget())
    window = show(first)
    window.resize(1300, 400)
    first.setSizes([500, 700])
    first.splitterMoved.emit(500, 1)
    sizes = first.sizes()
    again = ListAndDetails("work_orders", QWidget(), QWidget())
    qtbot.addWidget(again)
    assert QSettings().value("splitter/work_orders") is not None
    assert again._kept() == sizes


def test_in_a_narrow_window_the_list_gives_way(show: Show) -> None:
    split = ListAndDetails("assets", QWidget(), QWidget())
    window = show(split)
    window.resize(1000, 400)
    assert split.sizes()[0] == 300


def test_of_three_panes_the_list_keeps_its_width_and_the_others_share_the_rest(show: Show) -> None:
    paper = QWidget()
    split = ListAndDetails("three", QWidget(), QWidget(), paper, widths=(300, 500, 250))
    window = show(split)
    window.resize(1440, 400)
    first, second, third = split.sizes()
    assert first == 300
    assert abs(second - 2 * third) <= 2
    paper.hide()
    split.share()
    assert split.sizes()[2] == 0


def test_the_list_is_as_wide_as_it_was_once_the_window_is_wide_again(
    qtbot: QtBot, show: Show
) -> None:
    split = ListAndDetails("work_orders", QWidget(), QWidget())
    window = show(split)
    window.resize(1440, 600)
    qtbot.waitUntil(lambda: split.width() > 1300)
    before = split.sizes()[0]
    window.resize(1100, 600)
    qtbot.waitUntil(lambda: split.sizes()[0] < before)
    window.resize(1440, 600)
    qtbot.waitUntil(lambda: split.sizes()[0] == before)


def test_a_tag_shows_its_code_and_words(show: Show) -> None:
    tag = TagPreview()
    window = show(tag)
    tag.show_tag("SC7KQ2:A0133:S", "A-0133", "Sump pump")
    assert tag.code.accessibleName() == "SC7KQ2:A0133:S"
    picture = tag.code.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(96) for y in range(96)}
    assert colors == {"#000000", "#ffffff"}
    assert len(tag.code._modules) == 25
    assert not window.grab().toImage().isNull()


def test_no_part_of_the_kit_shows_rich_text(show: Show) -> None:
    window = show(Strip("red", "<i>a</i>", "<i>b</i>"), EmptyState("inbox", "<i>c</i>", "d"))
    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_an_icon_changes_its_colour_with_the_theme(show: Show) -> None:
    icon = Icon("phone", "accent")
    show(icon)
    light = icon.pixmap().toImage()
    theme.use(Mode.DARK, 100)
    assert icon.pixmap().toImage() != light
    icon.show_icon("mail")
    assert not icons.icon("mail").isNull()
