"""The rows of the boxes 1 to 3 of a sheet: times, checklist lines, parts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from smallcmms.domain.sheets import LineMark, Mark, OtherPart, TypedTimes
from smallcmms.services.sheets import FormPart as Planned
from smallcmms.services.sheets import FoundPart
from smallcmms.services.steps.work_order_lines import TaskLine
from smallcmms.texts import _
from smallcmms.ui import theme
from smallcmms.ui.kit import Desk, Form, Label, LineBox, Segmented, row
from smallcmms.ui.widgets.boxes import ClockBox, DateBox

_MARK_KEYS = {
    Qt.Key.Key_O: Mark.OK,
    Qt.Key.Key_F: Mark.FIXED,
    Qt.Key.Key_B: Mark.BAD,
}
_INDENT = 29


class TimesRow(QWidget):
    """Box 1 of one technician: the day, four times and the break, as they are written."""

    def __init__(self, desk: Desk, form: Form, place: int) -> None:
        super().__init__()
        has_label = place == 0
        boxes = {
            "date": DateBox(_("Date") if has_label else "", desk.formats, desk.today),
            "left_shop": ClockBox(_("Left shop") if has_label else "", says=_("Left shop")),
            "arrived": ClockBox(_("Arrived") if has_label else "", says=_("Arrived")),
            "finished": ClockBox(_("Finished") if has_label else "", says=_("Finished")),
            "back": ClockBox(_("Back") if has_label else "", says=_("Back")),
            "break_minutes": LineBox(_("Break") if has_label else "", says=_("Break, minutes")),
        }
        self.boxes = {name: form.add(f"times.{place}.{name}", box) for name, box in boxes.items()}
        layout = row(gap=7)
        for name, box in self.boxes.items():
            box.editor.setProperty("size", "small")
            layout.addWidget(box, 2 if name == "break_minutes" else 3, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    def typed(self) -> TypedTimes:
        """Return the row as it was typed; a day alone says nothing."""
        return TypedTimes(**{name: box.typed.strip() for name, box in self.boxes.items()})

    def is_blank(self) -> bool:
        """Tell whether no time is typed."""
        return not any(box.typed.strip() for name, box in self.boxes.items() if name != "date")

    def show_typed(self, typed: TypedTimes) -> None:
        """Show a row again as it was typed."""
        for name, box in self.boxes.items():
            box.put_back(getattr(typed, name))


class MarkRow(QWidget):
    """A line of the checklist: its words, its reading, and OK, Fixed or Bad.

    The keys O, F and B mark the line from either box and go on to the next one.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, desk: Desk, form: Form, place: int, task: TaskLine) -> None:
        super().__init__()
        self.task = task
        self.marks = Segmented(
            [(Mark.OK.value, _("OK")), (Mark.FIXED.value, _("Fixed")), (Mark.BAD.value, _("Bad"))],
            is_small=True,
            says=task.text,
        )
        self.marks.chosen.connect(lambda _key: self.changed.emit())
        self.value: LineBox | None = None
        words = Label(task_words(desk, task), is_cut=True)
        layout = row(gap=9, margins=(theme.px(_INDENT), 0, 0, 0))
        layout.addWidget(words, 1)
        if task.unit or task.kind.value in ("number", "reading", "text"):
            self.value = form.add(f"marks.{place}", LineBox(says=task.text, size="small"))
            self.value.editor.setFixedWidth(theme.px(66))
            self.value.line.setAlignment(Qt.AlignmentFlag.AlignRight)
            if task.kind.value != "text":
                self.value.editor.installEventFilter(self)
            layout.addWidget(self.value)
            layout.addWidget(Label(task.unit, "second"))
        layout.addWidget(self.marks)
        for mark in Mark:
            self.marks.part(mark.value).installEventFilter(self)
        self.setLayout(layout)

    def enter(self) -> None:
        """Put the cursor where this line begins."""
        if self.value is not None:
            self.value.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.marks.part(self.marks.value or Mark.OK.value).setFocus(
                Qt.FocusReason.TabFocusReason
            )

    def typed(self) -> LineMark:
        """Return the mark and the reading as typed."""
        mark = Mark(self.marks.value) if self.marks.value else None
        return LineMark(mark, self.value.typed.strip() if self.value is not None else "")

    def show_typed(self, typed: LineMark) -> None:
        """Show a line again as it was typed."""
        self.marks.set_value(typed.mark.value if typed.mark else "")
        if self.value is not None:
            self.value.put_back(typed.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take O, F and B as marks."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            mark = _MARK_KEYS.get(Qt.Key(event.key()))
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
            )
            if mark is not None and plain:
                self.marks.choose(mark.value)
                self.done.emit()
                return True
        return super().eventFilter(watched, event)


class UsedRow(QWidget):
    """A planned part in box 3: how many were used."""

    def __init__(self, desk: Desk, form: Form, place: int, part: Planned) -> None:
        super().__init__()
        self.part, self._desk = part, desk
        self.quantity = form.add(
            f"used.{place}", LineBox(says=_("Used: {part}", part=part.name), size="small")
        )
        self.quantity.editor.setFixedWidth(theme.px(44))
        self.quantity.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.words, self.place = Label(part.name, is_cut=True), Label("", "second")
        layout = row(self.quantity, gap=9, margins=(theme.px(_INDENT), 0, 0, 0))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.place)
        self.setLayout(layout)
        self.say()

    def say(self) -> None:
        """Say where it lies, and what becomes of it."""
        part, quantity = self.part, self._desk.formats.quantity
        typed = self.quantity.typed.strip()
        self.words.set_tone("text2" if typed == "0" else "")
        if typed == "0":
            self.place.setText(_("goes back to stock"))
        elif typed.isdigit() and part.part_id is not None:
            left = part.on_hand - int(typed)
            self.place.setText(
                _(
                    "was {was} on {place}, now {now}",
                    was=quantity(part.on_hand),
                    place=part.location,
                    now=quantity(left),
                )
            )
            self.place.set_tone("red" if left < 0 else "")
        else:
            planned = quantity(part.quantity)
            self.place.setText(_("planned {n}, {place}", n=planned, place=part.location))


class OtherRow(QWidget):
    """A part in box 3 that was not planned: how many, and the words for it."""

    def __init__(self, form: Form, place: int) -> None:
        super().__init__()
        self.quantity = form.add(
            f"others.{place}.quantity", LineBox(says=_("How many"), size="small")
        )
        self.quantity.editor.setFixedWidth(theme.px(44))
        self.quantity.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.words = form.add(
            f"others.{place}.text",
            LineBox(hint=_("Other part, and where from"), size="small"),
        )
        self.found = Label("", "second")
        layout = row(self.quantity, gap=9, margins=(theme.px(_INDENT), 0, 0, 0))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.found)
        self.setLayout(layout)

    def is_blank(self) -> bool:
        """Tell whether nothing stands in it."""
        return not self.words.text

    def typed(self) -> OtherPart:
        """Return the row as it was typed; how many is 1 unless it says so."""
        return OtherPart(self.words.typed.strip(), self.quantity.typed.strip() or "1")

    def show_typed(self, typed: OtherPart) -> None:
        """Show a row again as it was typed."""
        self.quantity.put_back(typed.quantity)
        self.words.put_back(" ".join(filter(None, (typed.text, typed.location))))

    def say(self, found: FoundPart | None) -> None:
        """Say which part the words were found to mean."""
        if self.is_blank():
            self.found.setText("")
        elif found is None:
            self.found.setText(_("not in the parts list, kept as text"))
        else:
            self.found.setText(
                _("found: {number}, {place}", number=found.number, place=found.location)
            )


def task_words(desk: Desk, task: TaskLine) -> str:
    """Return a line of the checklist with its limit in words: Motor current, limit 9.8 A."""
    write: Callable[..., str] = desk.formats.quantity
    if task.high is not None and task.low is not None:
        return _(
            "{text}, {low} to {high} {unit}",
            text=task.text,
            low=write(task.low),
            high=write(task.high),
            unit=task.unit,
        )
    if task.high is not None:
        return _(
            "{text}, limit {high} {unit}", text=task.text, high=write(task.high), unit=task.unit
        )
    if task.low is not None:
        return _(
            "{text}, {low} {unit} or more", text=task.text, low=write(task.low), unit=task.unit
        )
    return task.text
