"""A level as a card: what it is called, within what time it wants an answer, by which rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.typed import read_whole
from smallcmms.services import triage_rules
from smallcmms.services.choices import LevelRow
from smallcmms.services.triage_rules import RuleRow
from smallcmms.texts import _, listed
from smallcmms.ui.kit import (
    Button,
    Choice,
    Desk,
    Form,
    Label,
    LevelBadge,
    LineBox,
    Panel,
    block,
    column,
    row,
    theme,
)
from smallcmms.ui.widgets.flow import Flow

MINUTES, HOURS, WORKDAYS = "minutes", "hours", "workdays"
_HOUR = 60


class LevelCard(Panel):
    """Edit what a level promises; ``opened`` tells a rule, ``wants_rule`` that one is to be added.

    What came in before keeps its answer time.
    """

    opened = Signal(object)
    wants_rule = Signal()

    def __init__(self, desk: Desk, level: Level) -> None:
        super().__init__()
        self._desk, self.level = desk, level
        self.form = Form(self, save=self._save)
        badge = LevelBadge(int(level))
        self.name = self.form.add("text", LineBox(_("Called"), is_needed=True, size="small"))
        read = partial(read_whole, field="within")
        within = LineBox(_("Answer within"), is_needed=True, size="small", read=read, write=str)
        self.within = self.form.add("within", within)
        units = [(MINUTES, _("minutes")), (HOURS, _("hours")), (WORKDAYS, _("workdays"))]
        self.unit = self.form.add("unit", Choice(" ", units, size="small", says=_("Unit")))
        self.counts = Label("")
        self.rules = Flow()
        for box, wide in ((self.name, 104), (self.within, 84), (self.unit, 112)):
            box.setFixedWidth(theme.px(wide))
        counted = block(column(Label(_("Counts"), "label"), self.counts, None, gap=7))
        counted.setFixedWidth(theme.px(84))
        when = column(Label(_("When"), "label"), self.rules, gap=3)
        layout = row(column(18, badge, None, gap=0), self.name, gap=12, margins=(14, 10, 14, 12))
        for piece in (self.within, self.unit, counted):
            layout.addWidget(piece)
        layout.addLayout(when, 1)
        self.body.addLayout(layout)

    def show_level(self, found: LevelRow, rules: Sequence[RuleRow]) -> None:
        """Show a level and its rules."""
        number, unit = _written(found)
        self.form.fill({"text": listed(found.text), "within": number, "unit": unit})
        self.counts.setText(_("Work hours") if unit == WORKDAYS else _("Any hour"))
        chips = [self._chip(listed(rule.name), partial(self.opened.emit, rule)) for rule in rules]
        add = Button(_("Add"), "quiet", icon="plus", is_small=True, on=self.wants_rule.emit)
        self.rules.show_pieces([*chips, add])

    def _chip(self, words: str, act: Callable[[], object]) -> Button:
        return Button(words, is_small=True, on=act)

    def _save(self, values: dict[str, Any]) -> None:
        told: dict[str, Any] = {}
        if "text" in values:
            told["text"] = values["text"]
        if "within" in values or "unit" in values:
            told |= _promise(self.within.value, self.unit.value)
        triage_rules.promise(self._desk.store, self.level, **told)
        if "within" in values or "unit" in values:
            words = _("Answer time for L{level} is now {number} {unit}", level=int(self.level),
                      number=self.within.value, unit=self.unit.combo.currentText())  # fmt: skip
            self._desk.front.toast(words)


def _written(found: LevelRow) -> tuple[int, str]:
    if found.answer_workdays is not None:
        return found.answer_workdays, WORKDAYS
    minutes = found.answer_minutes or 0
    return (minutes // _HOUR, HOURS) if minutes % _HOUR == 0 else (minutes, MINUTES)


def _promise(number: int, unit: str) -> dict[str, int]:
    if number < 1:
        raise RuleBroken("Give the answer time in minutes or in workdays.", "within")
    if unit == WORKDAYS:
        return {"workdays": number}
    return {"minutes": number * (_HOUR if unit == HOURS else 1)}
