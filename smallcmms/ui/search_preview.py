"""The right side of the search: the chosen record in short, and the keys that lead on."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from smallcmms.formats import Formats
from smallcmms.services.search_facts import Fact, Link, Preview
from smallcmms.texts import _
from smallcmms.ui import search_words, states, theme
from smallcmms.ui.search_entries import Doing, Hit
from smallcmms.ui.widgets.badges import KeyHint, LevelBadge, StatePill
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import block, column, line, row

_LABELS_WIDE = 64
_STRONG = ("when", "left", "free", "owed", "answer_by")
"""What a preview is mostly opened for."""


class SearchPreview(QFrame):
    """Tell of one record; ``linked`` names another one that was pressed in it."""

    linked = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.badge, self.pill = LevelBadge(), StatePill()
        self.number = Label("", tone="text3")
        self.title = Label("", "h2", wraps=True)
        self.second = Label("", tone="text2", wraps=True)
        self.rule = line()
        self.facts = QWidget()
        self.facts.setAccessibleName(_("About the chosen row"))
        self._grid = QGridLayout(self.facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        head = row(self.badge, self.pill, None, self.number)
        self.keys = self._keys()
        pieces = (head, self.title, self.second, self.rule, self.facts, None, self.keys)
        self.setLayout(column(*pieces, gap=9, margins=(16, 14, 16, 12)))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _keys(self) -> QFrame:
        self.open_key = _Key(_("Enter"), _("open"))
        self.print_key = _Key("Ctrl+P", _("print for the truck"))
        self.copy_key = _Key("Ctrl+C", _("copy the phone number"))
        first = row(self.open_key, self.print_key, None, gap=6)
        return block(column(first, row(self.copy_key, None), gap=6))

    def show_doing(self, doing: Doing) -> None:
        """Tell what would be done."""
        self._clear()
        for part in (self.badge, self.pill, self.number, self.second):
            part.hide()
        self.title.setText(doing.words())
        self.open_key.say(_("do it"))
        self.keys.show()

    def show_nothing(self) -> None:
        """Tell that there is nothing to tell of."""
        self._clear()
        for part in (self.badge, self.pill, self.number, self.second, self.keys):
            part.hide()
        self.title.setText(_("Nothing found"))

    def show_hit(self, hit: Hit) -> None:
        """Tell of a record what the row knows of it already."""
        self._clear()
        self.badge.setVisible(bool(hit.level))
        if hit.level:
            self.badge.set_level(hit.level)
        self.pill.set_state(states.of("work_order" if hit.work else hit.kind, hit.state))
        self.number.setText("" if hit.kind in search_words.RUNG else hit.number)
        self.number.show()
        self.keys.show()
        self._name(hit.title or hit.number, hit.second)
        self.open_key.say(_("open"))

    def show_preview(self, preview: Preview, formats: Formats, today: date) -> None:
        """Tell of the record what was read of it."""
        self._clear()
        self._name(
            preview.title, "\n".join(each[: search_words.MOST_LETTERS] for each in preview.lines)
        )
        self.rule.setVisible(bool(preview.facts))
        self.print_key.setVisible(preview.is_sheet)
        self.copy_key.setVisible(bool(preview.phone))
        before = None
        for at, fact in enumerate(preview.facts):
            if fact.what is not before:
                name = Label(search_words.label(fact.what), tone="text2")
                name.setMinimumWidth(max(theme.px(_LABELS_WIDE), name.sizeHint().width()))
                self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            before = fact.what
            self._grid.addWidget(self._said(fact, formats, today), at, 1)

    def _said(self, fact: Fact, formats: Formats, today: date) -> QWidget:
        words = search_words.value(fact.value, formats, today)
        if not isinstance(fact.value, Link):
            return Label(words, "bold" if fact.what in _STRONG else "", wraps=True)
        link = fact.value
        pressed = Button(words, "link", on=partial(self.linked.emit, link.kind, link.id))
        pressed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pressed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        pressed.setFixedHeight(self.number.sizeHint().height())
        return pressed

    def _name(self, title: str, second: str) -> None:
        self.title.setText(title[: search_words.MOST_LETTERS])
        self.second.setText(second)
        self.second.setVisible(bool(second))

    def _clear(self) -> None:
        for part in (self.rule, self.print_key, self.copy_key):
            part.hide()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class _Key(QWidget):
    """A key and what it does."""

    def __init__(self, key: str, does: str) -> None:
        super().__init__()
        self._does = Label(does, "second")
        self.setLayout(row(KeyHint(key), self._does, gap=6))

    def say(self, does: str) -> None:
        """Show that it does something else."""
        self._does.setText(does)
