"""The form of a returned sheet: the boxes 1 to 6 in the order of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain.sheets import NotOnSheet, Result, SheetEntry
from smallcmms.services.sheets import SheetCheck, SheetForm
from smallcmms.texts import _
from smallcmms.ui import theme
from smallcmms.ui.forms.sheet_lines import MarkRow, OtherRow, TimesRow, UsedRow
from smallcmms.ui.kit import (
    Choice,
    Desk,
    Form,
    Label,
    LineBox,
    Segmented,
    TextBox,
    Tick,
    column,
    line,
    row,
)
from smallcmms.ui.widgets.number_mark import NumberMark
from smallcmms.ui.widgets.wrapping import WrappedChips

GO_BACK = "go_back"
_REASONS = (Result.GO_BACK_PART, Result.GO_BACK_ACCESS, Result.GO_BACK_TIME)
_RATINGS = ("1", "2", "3", "4", "5")
_INDENT = 29


class SheetEdit(QWidget):
    """Boxes 1 to 6 of one sheet; ``changed`` at each key.

    It is made anew for every sheet, since each has its own lines.
    """

    changed = Signal()

    def __init__(self, desk: Desk, sheet: SheetForm) -> None:
        super().__init__()
        self.desk, self.sheet = desk, sheet
        self.answered: set[NotOnSheet] = set()
        self.form = Form(self)
        self.form.edited.connect(self._edited)
        self.hours, self.taken = Label("", "second"), Label("", "second")
        workers = max(1, len(sheet.workers))
        self.times = [TimesRow(desk, self.form, place) for place in range(workers)]
        self.marks = [
            MarkRow(desk, self.form, place, task) for place, task in enumerate(sheet.tasks)
        ]
        self.used = [
            UsedRow(desk, self.form, place, part) for place, part in enumerate(sheet.parts)
        ]
        self.others: list[OtherRow] = []
        self._others_at = column(gap=2)
        self._make_choices()
        self._make_end()
        self._lay_out()
        self._connect()
        self.show_entry(SheetEntry())

    def _make_choices(self) -> None:
        sheet, add = self.sheet, self.form.add
        self.found = add("found_and_did", TextBox(says=_("Found and did"), rows=2))
        self.problem = add("problem", Choice(_("Problem"), _items(sheet.problems)))
        self.cause = add("cause", Choice(_("Cause"), _items(sheet.causes)))
        self.remedies = WrappedChips([(each.code, _(each.text)) for each in sheet.remedies])
        self.lock_out = Tick(_("Lock-out steps are signed"))
        self.lock_out.setVisible(bool(sheet.lock_out_steps))

    def _make_end(self) -> None:
        self.result = Segmented(
            [
                (Result.FIXED.value, _("Fixed"), "check"),
                (Result.HOLDING.value, _("Holding")),
                (GO_BACK, _("Go back")),
            ],
            is_small=True,
            says=_("Result"),
        )
        self.reason = Segmented(
            [
                (Result.GO_BACK_PART.value, _("for a part")),
                (Result.GO_BACK_ACCESS.value, _("no access")),
                (Result.GO_BACK_TIME.value, _("time")),
            ],
            is_small=True,
            says=_("Go back for"),
        )
        self.has_quote = Tick(_("Quote:"), says=_("Saw something else to quote"))
        self.quote = self.form.add("quote", LineBox(says=_("What to quote"), size="small"))
        self.signed = self.form.add("customer_name", LineBox(says=_("Signed by"), size="small"))
        self.signed.editor.setFixedWidth(theme.px(150))
        self.rating = Segmented([(key, key) for key in _RATINGS], is_small=True, says=_("Rating"))
        self.nobody = Tick(_("Nobody there"))
        self.unhappy = Tick(_("Not happy"))

    def _lay_out(self) -> None:
        body = column(gap=7, margins=(16, 10, 16, 10))
        body.addLayout(_section(1, _("Times"), self.hours))
        for times in self.times:
            body.addWidget(times)
        body.addWidget(line())
        body.addLayout(_section(2, _("Checklist"), Label(_("O ok, F fixed, B bad"), "second")))
        body.addLayout(column(self.lock_out, *self.marks, gap=1))
        body.addWidget(line())
        body.addLayout(_section(3, _("Parts used"), self.taken))
        body.addLayout(column(*self.used, gap=2))
        body.addLayout(self._others_at)
        body.addWidget(line())
        body.addLayout(_section(4, _("Found and did")))
        body.addLayout(_indented(self.found))
        body.addWidget(line())
        head = _section(5, _("Result"))
        for segments in (self.result, self.reason):
            head.insertWidget(head.count() - 1, segments)
        body.addLayout(head)
        quote = row(self.has_quote, gap=6, margins=(theme.px(_INDENT), 0, 0, 0))
        quote.addWidget(self.quote, 1)
        body.addLayout(quote)
        coding = row(self.problem, self.cause, gap=10, margins=(theme.px(_INDENT), 0, 0, 0))
        body.addLayout(coding)
        body.addLayout(_indented(self.remedies))
        body.addWidget(line())
        end = _section(6, _("Signed by"))
        pieces: tuple[QWidget, ...] = (self.signed, Label(_("Rating"), "second"), self.rating)
        for place, piece in enumerate(pieces, 2):
            end.insertWidget(place, piece)
        body.addLayout(end)
        body.addLayout(row(theme.px(_INDENT), self.nobody, self.unhappy, None, gap=16))
        body.addStretch(1)
        self.setLayout(body)

    def _connect(self) -> None:
        for place, mark in enumerate(self.marks):
            mark.changed.connect(self._edited)
            mark.done.connect(lambda at=place: self._next_mark(at))
        for choice in (self.result, self.reason, self.rating):
            choice.chosen.connect(lambda _key: self._edited())
        for tick in (self.has_quote, self.nobody, self.unhappy, self.lock_out):
            tick.clicked.connect(lambda _on: self._edited())
        self.remedies.chosen.connect(lambda _key: self._edited())
        self.quote.changed.connect(lambda: self.has_quote.setChecked(bool(self.quote.text)))

    def entry(self) -> SheetEntry:
        """Return what stands in the boxes, as it was typed."""
        times = [each.typed() for each in self.times]
        is_timed = any(not each.is_blank() for each in self.times)
        result = self.reason.value if self.result.value == GO_BACK else self.result.value
        return SheetEntry(
            times=tuple(times) if is_timed else (),
            marks=tuple(each.typed() for each in self.marks),
            used=tuple(each.quantity.typed.strip() for each in self.used),
            others=tuple(each.typed() for each in self.others if not each.is_blank()),
            found_and_did=self.found.typed.strip(),
            problem=self.problem.value or "",
            cause=self.cause.value or "",
            remedies=self.remedies.values,
            result=Result(result) if result else None,
            quote=self.quote.typed.strip() if self.has_quote.isChecked() else "",
            is_nobody_there=self.nobody.isChecked(),
            is_not_happy=self.unhappy.isChecked(),
            customer_name=self.signed.typed.strip(),
            rating=int(self.rating.value) if self.rating.value else None,
            is_lock_out_keyed=self.lock_out.isChecked(),
            not_on_sheet=frozenset(self.answered),
        )

    def show_entry(self, entry: SheetEntry) -> None:
        """Show what was typed before."""
        for times, typed in zip(self.times, entry.times, strict=False):
            times.show_typed(typed)
        if not entry.times:
            for times in self.times:
                times.boxes["date"].put_back(self.desk.formats.day(self.sheet.default_on))
        for mark, answered in zip(self.marks, entry.marks, strict=False):
            mark.show_typed(answered)
        for used, quantity in zip(self.used, entry.used, strict=False):
            used.quantity.put_back(quantity)
        for place, other in enumerate(entry.others):
            self._other(place).show_typed(other)
        self.form.fill(
            {
                "found_and_did": entry.found_and_did,
                "problem": entry.problem or self.sheet.problem,
                "cause": entry.cause,
                "quote": entry.quote,
                "customer_name": entry.customer_name,
            }
        )
        self._show_ticks(entry)
        self._tidy()

    def _show_ticks(self, entry: SheetEntry) -> None:
        self.remedies.set_value(*entry.remedies)
        is_back = entry.result in _REASONS
        result = entry.result.value if entry.result else ""
        self.result.set_value(GO_BACK if is_back else result)
        self.reason.set_value(result if is_back else "")
        self.has_quote.setChecked(bool(entry.quote))
        self.nobody.setChecked(entry.is_nobody_there)
        self.unhappy.setChecked(entry.is_not_happy)
        self.lock_out.setChecked(entry.is_lock_out_keyed)
        self.rating.set_value(str(entry.rating) if entry.rating else "")
        self.answered = set(entry.not_on_sheet)

    def show_check(self, check: SheetCheck) -> None:
        """Say what the boxes come to, and beside each box what is wrong with it."""
        formats = self.desk.formats
        self.hours.setText(
            _(
                "on site {site} h, driving {driving} h",
                site=formats.quantity(check.on_site_hours),
                driving=formats.quantity(check.driving_hours),
            )
        )
        rows = [each for each in self.others if not each.is_blank()]
        for other, found in zip(rows, check.others, strict=False):
            other.say(found)
        wrong = {
            error.field: _(error.message, **error.values)
            for error in (*check.warnings, *check.problems)
        }
        for name, box in self.form.boxes.items():
            is_left = not box.editor.hasFocus() and bool(box.typed)
            if name in wrong and is_left:
                box.show_error(wrong[name])

    def enter(self) -> None:
        """Put the cursor into the first box."""
        first = self.times[0].boxes["date"]
        first.setFocus(Qt.FocusReason.TabFocusReason)
        first.line.selectAll()

    def _next_mark(self, place: int) -> None:
        if place + 1 < len(self.marks):
            self.marks[place + 1].enter()
        elif self.used:
            self.used[0].quantity.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.others[0].quantity.setFocus(Qt.FocusReason.TabFocusReason)

    def _edited(self) -> None:
        self._tidy()
        self.changed.emit()

    def _tidy(self) -> None:
        """Keep one blank row for other parts, and show the reasons only where they count."""
        if not self.others or not self.others[-1].is_blank():
            self._other(len(self.others))
        self.reason.setVisible(self.result.value == GO_BACK)
        for used in self.used:
            used.say()
        places = {part.location for part in self.sheet.parts if part.location}
        self.taken.setText(
            _("taken from {place}", place=", ".join(sorted(places))) if places else ""
        )

    def _other(self, place: int) -> OtherRow:
        while len(self.others) <= place:
            made = OtherRow(self.form, len(self.others))
            self.others.append(made)
            self._others_at.addWidget(made)
            QWidget.setTabOrder(self._before_others(), made.quantity.editor)
            QWidget.setTabOrder(made.quantity.editor, made.words.editor)
        return self.others[place]

    def _before_others(self) -> QWidget:
        """Return the box from which Tab leads into the newest row for other parts."""
        if len(self.others) > 1:
            return self.others[-2].words.editor
        if self.used:
            return self.used[-1].quantity.editor
        return self.marks[-1].marks if self.marks else self.times[-1].boxes["break_minutes"].editor


def _items(entries: Sequence[Any]) -> list[tuple[str, str]]:
    return [("", ""), *((entry.code, _(entry.text)) for entry in entries)]


def _section(number: int, title: str, right: QWidget | None = None) -> Any:
    pieces: list[Any] = [NumberMark(number), Label(title, "h3"), None]
    if right is not None:
        pieces.append(right)
    return row(*pieces, gap=9)


def _indented(piece: QWidget) -> Any:
    layout = row(gap=0, margins=(theme.px(_INDENT), 0, 0, 0))
    layout.addWidget(piece, 1)
    return layout
