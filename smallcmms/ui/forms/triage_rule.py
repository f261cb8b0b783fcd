"""The form of a rule: which facts together make a level."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from smallcmms.domain.levels import Level
from smallcmms.domain.triage import Fact
from smallcmms.services import triage_rules
from smallcmms.services.triage_rules import RuleRow
from smallcmms.texts import _, listed
from smallcmms.ui.kit import (
    Button,
    Desk,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    Segmented,
    Tick,
    column,
    row,
    states,
)


class RuleForm(Panel):
    """Add or change a rule; ``closed`` tells that it was left or is done."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rule: RuleRow | None = None
        self.form = Form(self)
        self.header = PanelHeader("siren", "")
        self.name = self.form.add("name", LineBox(_("Name"), hint=_("After its facts")))
        self.levels = Segmented(
            [(str(int(each)), f"L{int(each)} {states.level_name(int(each))}") for each in Level],
            is_small=True,
            says=_("Level"),
        )
        self.ticks: dict[str, Tick] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self.none = Label(_("Without facts it fits every call."), "second", wraps=True)
        self.do = Button("", "primary", on=self.save)
        self.away = Button(_("Put away"), "danger", is_small=True, on=self._put_away)
        self.up = Button(_("Earlier"), is_small=True, on=lambda: self._move(-1))
        self.down = Button(_("Later"), is_small=True, on=lambda: self._move(1))
        back = Button(_("Back"), on=self.closed.emit)
        self.add(self.header)
        self.pad(
            Label(_("When all of these are true"), "label"),
            self._grid,
            self.none,
            row(column(Label(_("Level"), "label"), self.levels, gap=3), self.name, gap=16),
            row(self.do, back, None, self.up, self.down, self.away),
        )
        self.hide()

    def begin(self, level: Level, rule: RuleRow | None = None) -> None:
        """Add a rule for a level, or change one."""
        self._rule = rule
        self._show_facts(triage_rules.for_rules(self._desk.store))
        chosen = rule.facts if rule is not None else ()
        for code, tick in self.ticks.items():
            tick.setChecked(code in chosen)
        self.levels.set_value(str(int(level)))
        self.name.set_value(listed(rule.name) if rule is not None else "")
        title = _("Change a rule") if rule is not None else _("Add a rule")
        self.header.title.setText(title)
        self.do.say(_("Save the rule") if rule is not None else _("Add the rule"))
        for button in (self.away, self.up, self.down):
            button.setVisible(rule is not None)
        self._say()
        self.show()
        first = next(iter(self.ticks.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Write the rule as it is ticked."""
        store, level = self._desk.store, Level(int(self.levels.value))
        facts = [code for code, tick in self.ticks.items() if tick.isChecked()]
        rule = self._rule
        if rule is None:
            triage_rules.add_rule(store, level=level, facts=facts, name=self.name.text)
            self._desk.front.toast(_("Rule for L{level} added", level=int(level)))
        else:
            has_own_name = self.name.text and self.name.text != listed(rule.name)
            name = self.name.text if has_own_name else rule.name
            triage_rules.edit_rule(store, rule.id, name=name, facts=facts, level=level)
            self._desk.front.toast(_("Rule changed"))
        self.closed.emit()

    def _put_away(self) -> None:
        if self._rule is not None:
            triage_rules.archive_rule(self._desk.store, self._rule.id)
            self._desk.front.toast(_("Rule put away"))
            self.closed.emit()

    def _move(self, by: int) -> None:
        if self._rule is not None:
            triage_rules.move_rule(self._desk.store, self._rule.id, by=by)

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        for tick in self.ticks.values():
            tick.hide()
            tick.deleteLater()
        self.ticks = {each.code: Tick(listed(each.text)) for each in facts}
        for at, tick in enumerate(self.ticks.values()):
            tick.clicked.connect(self._say)
            self._grid.addWidget(tick, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)

    def _say(self) -> None:
        self.none.setVisible(not any(tick.isChecked() for tick in self.ticks.values()))
