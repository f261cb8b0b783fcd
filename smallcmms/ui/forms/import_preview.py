"""The last step of bringing in a list: what becomes of each row, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from smallcmms.domain.imports import Outcome
from smallcmms.services.imports import Preview, PreviewRow, Said
from smallcmms.texts import _
from smallcmms.ui.kit import (
    TWO_LINES,
    Cell,
    Chips,
    Column,
    Desk,
    EmptyState,
    Label,
    Panel,
    PanelHeader,
    Pill,
    RowsModel,
    RowsView,
    Strip,
    block,
    column,
    row,
    scrolled,
)

_ALL = "all"


def pill(outcome: Outcome) -> Pill:
    """Return what becomes of a row as a pill."""
    return {
        Outcome.NEW: Pill(_("New"), "plus", "green"),
        Outcome.CHANGED: Pill(_("Changed"), "file-pen", "blue"),
        Outcome.SAME: Pill(_("Same"), "check", "grey"),
        Outcome.DUPLICATE: Pill(_("Duplicate"), "copy", "amber"),
        Outcome.REFUSED: Pill(_("Refused"), "ban", "red"),
    }[outcome]


def said(told: Said) -> str:
    """Return a sentence of the import in the person's language."""
    return _(told.message, **told.values)


class ImportPreview(QWidget):
    """List the rows by what becomes of them; the chosen one says why, and what would change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.preview: Preview | None = None
        self._cells: Callable[[int], Sequence[str]] = lambda _row: ()
        words = [(_ALL, _("All")), *((each.value, pill(each).text) for each in Outcome)]
        self.chips = Chips(words)
        self.chips.chosen.connect(self._sift)
        self.model = RowsModel[PreviewRow]([Column("", self._cell)], self._fetch, self)
        self.list = RowsView(self.model, row=TWO_LINES, says=_("Rows of the file"))
        self.list.chosen.connect(self._show)
        self.nothing = EmptyState("inbox", _("No such rows"))
        self.also = Strip("accent", "")
        left = Panel(block(row(self.chips, margins=(10, 8, 10, 8)), "header"))
        left.add(self.list, 1)
        left.add(self.nothing, 1)
        self.about_header = PanelHeader("info", _("The row"))
        self.why = Label("", wraps=True)
        right = Panel(self.about_header)
        right.add(scrolled(column(self.why, None, margins=(14, 10, 14, 12))), 1)
        right.setFixedWidth(320)
        both = row(gap=12)
        both.addWidget(left, 1)
        both.addWidget(right)
        whole = column(self.also, gap=10)
        whole.addLayout(both, 1)
        self.setLayout(whole)

    def show_preview(self, preview: Preview, cells: Callable[[int], Sequence[str]]) -> None:
        """Show what would become of a file; ``cells`` tells what a row of it says."""
        self.preview, self._cells = preview, cells
        counts = {each.value: preview.counts[each] for each in Outcome}
        self.chips.set_counts({**counts, _ALL: len(preview.rows)})
        for each in Outcome:
            self.chips.set_shown(each.value, is_shown=bool(preview.counts[each]))
        worst = Outcome.REFUSED if preview.counts[Outcome.REFUSED] else None
        self.chips.set_value(worst.value if worst else _ALL)
        lines = [said(told) for told in preview.also]
        self.also.setVisible(bool(lines))
        self.also.say(_("Also"), "\n".join(lines[:_MOST_LINES]))
        self._sift()

    def _sift(self) -> None:
        preview, wanted = self.preview, self.chips.value
        if preview is None:
            return
        places = [
            place
            for place, each in enumerate(preview.rows, start=1)
            if wanted in (_ALL, each.outcome.value)
        ]
        self.model.set_ids(places)
        self.list.setVisible(bool(places))
        self.nothing.setVisible(not places)
        self.list.choose_first()
        self._show(self.list.chosen_id)

    def _show(self, place: int) -> None:
        if self.preview is None or not place:
            self.why.setText("")
            return
        each = self.preview.rows[place - 1]
        number = f" · {each.number}" if each.number else ""
        self.about_header.title.setText(_("Row {n}", n=each.row))
        self.about_header.count.setText(pill(each.outcome).text + number)
        reasons = [said(told) for told in each.reasons]
        changes = [_change(label, was, now) for label, was, now in _changes(each)]
        cells = "\n".join(self._cells(each.row))
        self.why.setText("\n\n".join(filter(None, [each.title, *reasons, *changes, cells])))

    def _cell(self, each: PreviewRow) -> Cell:
        why = [said(told) for told in each.reasons]
        why += [_change(label, was, now) for label, was, now in _changes(each)]
        return Cell(
            first=each.title,
            then=each.number,
            second="; ".join(" ".join(words.split()) for words in why),
            right=_("row {n}", n=each.row),
            pill=pill(each.outcome),
            is_bold=True,
        )

    def _fetch(self, places: Sequence[int]) -> dict[int, PreviewRow]:
        rows = self.preview.rows if self.preview else ()
        return {place: rows[place - 1] for place in places if place <= len(rows)}


_MOST_LINES = 6


def _changes(each: PreviewRow) -> list[tuple[str, str, str]]:
    return [(_(change.label), change.was, change.now) for change in each.changes]


def _change(label: str, was: str, now: str) -> str:
    if not was:
        return _("{label}: {now}", label=label, now=now)
    return _("{label}: {was} → {now}", label=label, was=was, now=now)
