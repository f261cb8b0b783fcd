"""Levels and answer times: a card for each level, the facts, and a call to try the rules with."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.services import choices, triage_rules
from smallcmms.services.triage_rules import RuleRow
from smallcmms.texts import _, listed
from smallcmms.ui.forms.level import LevelCard
from smallcmms.ui.forms.triage_fact import FactsForm
from smallcmms.ui.forms.triage_rule import RuleForm
from smallcmms.ui.kit import Desk, Label, LevelBadge, Tick, block, column, row


class LevelsForm(QWidget):
    """Edit the rules of triage."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.cards = {level: LevelCard(desk, level) for level in Level}
        self.rule = RuleForm(desk)
        self.rule.closed.connect(self.rule.hide)
        self.facts, self.try_out = FactsForm(desk), TryOut(desk)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        for level, card in self.cards.items():
            card.opened.connect(partial(self._open, level))
            card.wants_rule.connect(partial(self._open, level, None))
            self._cards.addWidget(card)
        below = row(gap=24)
        below.addWidget(self.facts, 1)
        below.addWidget(self.try_out, 1)
        layout = column(gap=14, margins=(16, 12, 16, 12))
        layout.addLayout(self._cards)
        layout.addLayout(below)
        layout.addStretch(1)
        self.setLayout(layout)

    def refresh(self) -> None:
        """Show the levels, rules and facts as they are now."""
        rules = triage_rules.rules(self._desk.store)
        for found in choices.levels(self._desk.store):
            level = Level(found.level)
            card = self.cards[level]
            card.show_level(found, [rule for rule in rules if rule.level is level])
        self.facts.refresh()
        self.try_out.refresh()

    def _open(self, level: Level, rule: RuleRow | None) -> None:
        """Open the form of a rule below its level's card."""
        self._cards.removeWidget(self.rule)
        self._cards.insertWidget(self._cards.indexOf(self.cards[level]) + 1, self.rule)
        self.rule.begin(level, rule)


class TryOut(QWidget):
    """Tick what a caller says, and see which rule wins."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.ticks: dict[str, Tick] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self.badge, self.words = LevelBadge(has_word=True), Label("", wraps=True)
        told = row(column(self.badge, None, gap=0), gap=10)
        told.addWidget(self.words, 1)
        head = Label(_("Try a call"), "bold")
        self.setLayout(column(head, self._grid, block(told), None, gap=8))

    def refresh(self) -> None:
        """Offer the facts as they are now."""
        ticked = [code for code, tick in self.ticks.items() if tick.isChecked()]
        for tick in self.ticks.values():
            tick.hide()
            tick.deleteLater()
        facts = triage_rules.for_rules(self._desk.store)
        self.ticks = {each.code: Tick(listed(each.text)) for each in facts}
        for at, (code, tick) in enumerate(self.ticks.items()):
            tick.setChecked(code in ticked)
            tick.clicked.connect(self._try)
            self._grid.addWidget(tick, at, 0, Qt.AlignmentFlag.AlignLeft)
        self._try()

    def _try(self) -> None:
        ticked = [code for code, tick in self.ticks.items() if tick.isChecked()]
        try:
            tried = triage_rules.try_out(self._desk.store, facts=ticked)
        except RuleBroken as refused:
            self.badge.hide()
            self.words.setText(_(refused.message, **refused.values))
            return
        self.badge.show()
        self.badge.set_level(int(tried.level))
        if tried.reasons == (tried.rule_name,):
            self.words.setText(_("“{rule}” wins.", rule=listed(tried.rule_name)))
            return
        why = ", ".join(listed(reason) for reason in tried.reasons)
        self.words.setText(_("“{rule}” wins: {why}.", rule=listed(tried.rule_name), why=why))
