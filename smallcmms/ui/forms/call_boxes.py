"""The boxes of a call: what they are, how they stand, and the order in which Tab goes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from smallcmms.domain.requests import Channel
from smallcmms.services import choices, technicians
from smallcmms.texts import _, listed
from smallcmms.ui.forms.asset_guesses import AssetGuesses
from smallcmms.ui.forms.call_files import CallFiles
from smallcmms.ui.forms.caller import CallerBoxes
from smallcmms.ui.forms.channels import LATER, Channels
from smallcmms.ui.forms.how_bad import HowBad
from smallcmms.ui.forms.incoming import file_of
from smallcmms.ui.forms.moment_box import MomentBox
from smallcmms.ui.kit import (
    Button,
    Chips,
    Choice,
    Desk,
    Form,
    Icon,
    Label,
    Panel,
    PanelHeader,
    Strip,
    TextBox,
    block,
    column,
    row,
    scrolled,
    theme,
)

_QUICK = ("no_heat", "no_cooling", "water_leak", "noise")
"""The problems that callers name most (ours); the list of the shop has the rest."""


class CallBoxes(Panel):
    """Everything that is typed, ticked and picked during a call, in one pane."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.form = Form(self, draft=lambda _typed: self.edited())
        self.setAcceptDrops(True)
        self._make(desk)
        self._lay_out()
        self.chain()
        theme.signals.changed.connect(self._fit)
        self._fit()

    def edited(self) -> None:
        """Take note of a key."""

    def press_add(self) -> None:
        """Add the call to the work order that does the same."""

    def press_different(self) -> None:
        """Say that the call is about something else."""

    def make_work_order(self) -> None:
        """Log the call, and go on to its work order."""

    def save_for_triage(self) -> None:
        """Log the call; who goes is decided later."""

    def take_file(self, path: Path) -> None:
        """Read an e-mail that lies in a file."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take an e-mail, and leave everything else to the window."""
        event.setAccepted(file_of(event.mimeData()) is not None)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Read the e-mail that was dropped."""
        if (path := file_of(event.mimeData())) is not None:
            event.acceptProposedAction()
            self.take_file(path)

    def _make(self, desk: Desk) -> None:
        self.channel = Channels()
        self.channel.chosen.connect(self._show_when)
        self.came_in = self.form.add("received_at", MomentBox(_("When it came in"), desk))
        self.found_by = self.form.add("found_by", Choice(_("Who found it")))
        self.offer_people(desk)
        self.files = CallFiles()
        self.caller = CallerBoxes(desk, self.form)
        self.words = self.form.add("words", TextBox(_("What is wrong"), rows=2))
        self.assets = AssetGuesses(desk)
        self.how_bad = HowBad(desk, self.form)
        found = {each.code: each.text for each in choices.rows(desk.store, "problem")}
        codes = dict.fromkeys((*(code for code in _QUICK if code in found), *found))
        self._problem_words = {code: listed(found[code]) for code in codes}
        self.problems = Chips(list(self._problem_words.items()), is_many=True)
        self._offered: tuple[str, ...] = ()
        self.offer_problems(())
        add = Button(_("Add to it"), "primary", key="Ctrl+Return", is_small=True, on=self.press_add)
        different = Button(_("Different"), is_small=True, on=self.press_different)
        self.strip = Strip("amber", "", " ", add, different, icon="copy")
        if tight := self.strip.layout():
            tight.setContentsMargins(10, 8, 10, 8)
            tight.setSpacing(9)
        self.make = Button(_("Make work order"), "primary", on=self.make_work_order)
        self.save = Button(_("Save for triage"), key="Ctrl+S", on=self.save_for_triage)

    def offer_people(self, desk: Desk) -> None:
        """Offer who may have found it."""
        people = [(each.name, each.name) for each in technicians.rows(desk.store)]
        self.found_by.set_items(people)

    def _lay_out(self) -> None:
        self.header = PanelHeader("phone-call", _("Log a call"), is_big=True)
        if icon := self.header.findChild(Icon):
            icon.show_icon("phone-call", "accent")
        self.started = Label("", "second", tone="text3")
        self.missed = Button("", "link", is_small=True)
        if (layout := self.header.layout()) is not None:
            for piece in (self.started, self.missed, self.channel.more):
                layout.addWidget(piece)
        self.add(self.header)
        words = column(self.words, self.problems, gap=6)
        pieces = (self.caller, words, self.files, self.assets, self.strip, self.how_bad, None)
        self.when = block(row(self.came_in, self.found_by, gap=8))
        inside = column(self.channel, self.when, *pieces, gap=8, margins=(14, 10, 14, 4))
        self.area = scrolled(inside)
        self.add(self.area, 1)
        foot = row(gap=8, margins=(14, 4, 14, 12))
        for button in (self.make, self.save):
            foot.addWidget(button, 1)
        self.add(block(foot))

    def chain(self) -> None:
        """Let Tab go from the words to the asset, to how bad it is, and to the buttons."""
        last: QWidget | None = None
        who = (self.channel, self.channel.more, self.came_in, self.found_by, self.caller)
        first = (*who, self.words, *self.files.ticks, self.assets)
        bad = (*self.how_bad.ticks.values(), self.how_bad.levels, self.how_bad.reason)
        for part in (*first, *bad, self.problems, self.strip, self.make, self.save):
            inside = [part, *part.findChildren(QWidget)]
            for widget in (each for each in inside if _takes_tab(each, self)):
                if last is not None:
                    QWidget.setTabOrder(last, widget)
                last = widget

    def offer_problems(self, codes: Collection[str]) -> None:
        """Offer the first problems of an asset's class, without one those that are usual."""
        usual = [code for code in self._problem_words if code in codes][: len(_QUICK)]
        offered = tuple(dict.fromkeys((*(usual or _QUICK), *self.problems.values)))
        if offered == self._offered:
            return
        self._offered = offered
        for code in self._problem_words:
            self.problems.set_shown(code, is_shown=code in offered)
        if self.isVisible():
            self.chain()

    @property
    def problem_words(self) -> str:
        """Return the quick problems that are on, in words."""
        return ", ".join(self._problem_words[code] for code in self.problems.values)

    def go_to_asset(self) -> None:
        """Go to the guesses."""
        self.assets.options.enter()

    def go_to_facts(self) -> None:
        """Go to the first fact."""
        for tick in list(self.how_bad.ticks.values())[:1]:
            tick.setFocus()

    def clear_boxes(self) -> None:
        """Empty every box."""
        self.form.clear()
        self.channel.set_value(Channel.PHONE.value)
        self.caller.clear()
        self.problems.set_value()
        self.assets.clear()
        self.how_bad.clear()
        self.files.offer(())
        self._show_when()
        self.started.setText("")
        self.area.verticalScrollBar().setValue(0)

    def typed(self) -> dict[str, Any]:
        """Return everything as it was typed, for the draft."""
        return {
            **self.caller.content(),
            **self.files.content(),
            "came_in": self.came_in.typed,
            "found_by": self.found_by.value,
            "new_asset": self.assets.new_name,
            "channel": self.channel.value,
            "words": self.words.typed,
            "problems": self.problems.values,
            "asset_id": self.assets.asset_id,
            "is_picked": self.assets.is_picked,
            "facts": self.how_bad.facts,
            "level": self.how_bad.override,
            "level_reason": self.how_bad.reason.typed,
        }

    def show_typed(self, content: dict[str, Any]) -> None:
        """Show again what ``typed`` returned."""
        self.channel.set_value(content["channel"])
        self.came_in.put_back(content.get("came_in", ""))
        self.found_by.set_value(content.get("found_by"))
        self.files.put_back(content)
        self.caller.put_back(content)
        self.words.set_value(content["words"])
        self.problems.set_value(*content["problems"])
        self.assets.site_id = self.caller.site_id
        self.assets.pick(content["asset_id"], is_picked=content["is_picked"])
        self.assets.name_new(content.get("new_asset", ""))
        self._show_when()
        self.how_bad.put_back(content["facts"], content["level"], content["level_reason"])

    def _show_when(self, *_told: object) -> None:
        """Ask when it came in where that was before, and who found it where one of us did."""
        channel = Channel(self.channel.value)
        is_found = channel is Channel.INSPECTION
        self.came_in.setVisible(channel in LATER)
        self.found_by.setVisible(is_found and self.found_by.combo.count() > 0)
        self.when.setVisible(not (self.came_in.isHidden() and self.found_by.isHidden()))
        self.caller.who.label.setText(_("Customer") if is_found else _("Who is calling"))

    def _fit(self) -> None:
        self.words.text_edit.setMaximumHeight(self.words.text_edit.minimumHeight())


def _takes_tab(widget: QWidget, inside: QWidget) -> bool:
    has_focus = bool(widget.focusPolicy().value)
    return has_focus and widget.window() is inside.window()
