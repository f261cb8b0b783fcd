"""How bad it is: facts to tick, the level that they suggest, and why it is another one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from smallcmms.domain.levels import Level
from smallcmms.domain.triage import FIXED_LATELY
from smallcmms.services import choices
from smallcmms.services.choices import FactRow
from smallcmms.services.intake import Suggested
from smallcmms.texts import _, listed
from smallcmms.ui import states, when
from smallcmms.ui.kit import Desk, Form, Label, LineBox, Segmented, Tick, column, row


class HowBad(QWidget):
    """Tick facts and see the level; ``edited`` tells that one or the other changed."""

    edited = Signal()

    def __init__(self, desk: Desk, form: Form) -> None:
        super().__init__()
        self._desk = desk
        self._chosen: Level | None = None
        self._suggested: Suggested | None = None
        self._facts: list[FactRow] = []
        self.ticks: dict[str, Tick] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._make_ticks()
        self.levels = Segmented(
            [(str(level), f"L{level} {states.level_name(level)}") for level in range(1, 5)],
            is_small=True,
            says=_("Level"),
        )
        self.levels.chosen.connect(lambda key: self.choose(Level(int(key))))
        self.why = Label("", "second", wraps=True)
        self.reason = form.add("level_reason", LineBox(_("Why this level"), size="small"))
        facts = column(Label(_("How bad is it"), "label"), self._grid, gap=3)
        level = column(row(self.levels, None), self.why, self.reason, gap=5)
        self.setLayout(column(facts, level, gap=7))
        self.clear()

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the codes of the facts that are ticked."""
        return tuple(code for code, tick in self.ticks.items() if tick.isChecked())

    @property
    def override(self) -> Level | None:
        """Return the level that somebody chose over the suggestion."""
        suggested = self._suggested.level if self._suggested else None
        return self._chosen if self._chosen != suggested else None

    def choose(self, level: Level) -> None:
        """Choose a level; another than the suggested one asks why."""
        self._chosen = level
        self._show()
        self.edited.emit()
        if self.override is not None and not self.reason.text:
            self.reason.setFocus()

    def clear(self) -> None:
        """Know nothing."""
        self._suggested = None
        self.put_back((), None, "")

    def put_back(self, facts: Collection[str], level: int | None, reason: str) -> None:
        """Show what was ticked and chosen."""
        for code, tick in self.ticks.items():
            tick.setChecked(code in facts)
        self._chosen = Level(level) if level else None
        self.reason.set_value(reason)
        self._show()

    def show_suggested(self, suggested: Suggested) -> None:
        """Show what the shop's rules suggest."""
        self._suggested = suggested
        self._show()

    def refresh(self) -> bool:
        """Offer the shop's facts as they are now; return whether they are others."""
        if choices.facts(self._desk.store) == self._facts:
            return False
        ticked = self.facts
        self._make_ticks()
        for code, tick in self.ticks.items():
            tick.setChecked(code in ticked)
        return True

    def _make_ticks(self) -> None:
        rows = self._facts = choices.facts(self._desk.store)
        for tick in self.ticks.values():
            tick.hide()
            tick.deleteLater()
        self.ticks = {each.code: Tick(listed(each.text)) for each in rows}
        for at, tick in enumerate(self.ticks.values()):
            tick.clicked.connect(self.edited)
            self._grid.addWidget(tick, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> None:
        suggested = self._suggested
        level = self.override or (suggested.level if suggested else None)
        self.levels.set_value(str(int(level)) if level else "")
        self.reason.setVisible(self.override is not None)
        self.why.setText(self._words(suggested) if suggested else "")

    def _words(self, suggested: Suggested) -> str:
        told: dict[str, object] = {
            "level": int(suggested.level),
            "reasons": ", ".join(self._reasons(suggested)),
            "time": self._until(suggested.answer_by),
        }
        if self.override is not None:
            told["chosen"] = int(self.override)
            return _(
                "L{chosen} is your choice, suggested L{level}: {reasons}. Answer by {time}.", **told
            )
        return _("Suggested L{level}: {reasons}. Answer by {time}.", **told)

    def _reasons(self, suggested: Suggested) -> Iterator[str]:
        for reason in suggested.reasons:
            if reason == FIXED_LATELY.short and suggested.repair is not None:
                day = when.past_day(self._desk.formats, suggested.repair.on, self._desk.store.now())
                yield _("fixed {day} by {number}", day=day, number=suggested.repair.number)
            else:
                yield listed(reason)

    def _until(self, moment: datetime) -> str:
        return when.until(self._desk.formats, moment, self._desk.store.now())
