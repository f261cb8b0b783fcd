"""The checklist of a work order: ticks, readings, and a line to add."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smallcmms.domain.sheets import Mark
from smallcmms.domain.tasks import is_filled
from smallcmms.services import work_orders
from smallcmms.services.work_orders import TaskLine, WorkOrderPage
from smallcmms.texts import _
from smallcmms.ui import errors
from smallcmms.ui.kit import (
    Button,
    Desk,
    Icon,
    Label,
    LineBox,
    PanelHeader,
    Tick,
    block,
    column,
    row,
    theme,
)
from smallcmms.ui.work_order_words import mark_word, task_words

_VALUE = 76
_TONES = {Mark.FIXED: "green", Mark.BAD: "red"}


class _TaskRow(QWidget):
    """One line: a tick, what is to be done, and the box of its reading."""

    def __init__(self, desk: Desk, task: TaskLine, remove: Callable[[int], object]) -> None:
        super().__init__()
        self.desk, self.task = desk, task
        self.tick = Tick("")
        self.lock = Icon("lock-keyhole", "red", 14)
        self.words, self.mark = Label("", is_cut=True), Label("", "label")
        self.value = LineBox(size="row", hint=task.unit or "…", says=_("Reading"))
        self.value.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value.line.setFixedWidth(theme.px(_VALUE))
        self.tick.clicked.connect(errors.guarded(self, self._tick))
        self.value.line.editingFinished.connect(errors.guarded(self, self._write))
        layout = row(self.tick, self.lock, gap=7)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.mark)
        layout.addWidget(self.value)
        self.setLayout(layout)
        off = QAction(_("Take this line off"), self)
        off.setShortcut(QKeySequence("Del"))
        off.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        off.triggered.connect(errors.guarded(self, lambda: remove(self.task.id)))
        self.addAction(off)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_task(self, task: TaskLine, *, is_open: bool) -> None:
        """Show a line as it stands; what is being typed stays."""
        self.task = task
        words = task_words(task, self.desk.formats)
        self.words.setText(words)
        self.tick.setChecked(is_filled(task.kind, task.mark, task.value) or task.mark is not None)
        self.tick.setAccessibleName(words)
        self.tick.setEnabled(is_open)
        self.lock.setVisible(task.is_hazard)
        self.mark.setText(mark_word(task.mark))
        self.mark.set_tone(_TONES.get(task.mark, "") if task.mark else "")
        self.value.setVisible(task.kind.wants_value)
        self.value.editor.setEnabled(is_open)
        self.value.editor.setAccessibleName(_("Reading of {line}", line=words))
        if not self.value.line.hasFocus():
            self.value.set_value(task.value)
        for act in self.actions():
            act.setEnabled(is_open)

    def _tick(self) -> None:
        mark = Mark.OK if self.tick.isChecked() else None
        work_orders.mark_task(self.desk.store, self.task.id, mark=mark, value=self.value.text)

    def _write(self) -> None:
        if self.value.text != self.task.value:
            mark = self.task.mark or (Mark.OK if self.value.text else None)
            store, value = self.desk.store, self.value.text
            work_orders.mark_task(store, self.task.id, mark=mark, value=value)


class Checklist(QWidget):
    """The lines of a checklist in their order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._work_order_id = desk, 0
        self.rows: list[_TaskRow] = []
        self._headings: list[Label] = []
        self.add_button = Button(_("Add line"), "quiet", icon="plus", on=self.begin)
        self.header = PanelHeader("square-check", _("Checklist"), "", self.add_button)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(12, 3, 12, 5)
        self._lines.setSpacing(0)
        self.box = LineBox(hint=_("What is to be done, then Enter"), size="small")
        self.box.line.returnPressed.connect(errors.guarded(self, self._add))
        back = Button("", "icon", icon="x", says=_("Back"), is_small=True, on=self.leave)
        inside = row(gap=6, margins=(12, 2, 12, 8))
        inside.addWidget(self.box, 1)
        inside.addWidget(back)
        self.bar = block(inside)
        self.bar.hide()
        self.lines = block(self._lines)
        self.setLayout(column(self.header, self.lines, self.bar, gap=0))

    def show_page(self, page: WorkOrderPage, *, is_open: bool) -> None:
        """Show the checklist of a work order."""
        if page.id != self._work_order_id:
            self.leave()
        self._work_order_id = page.id
        self._fit(page.tasks)
        for each, task in zip(self.rows, page.tasks, strict=True):
            each.show_task(task, is_open=is_open)
        done = sum(is_filled(task.kind, task.mark, task.value) for task in page.tasks)
        has_any = bool(page.tasks)
        count = _("{done} of {n}", done=done, n=len(page.tasks)) if has_any else _("No lines")
        self.header.count.setText(count)
        self.lines.setVisible(has_any)
        self.add_button.setVisible(is_open)

    def begin(self) -> None:
        """Open the box for another line."""
        self.bar.show()
        self.box.line.setFocus()

    def leave(self) -> None:
        """Close the box."""
        self.box.set_value("")
        self.bar.hide()

    def _fit(self, tasks: tuple[TaskLine, ...]) -> None:
        """Keep the rows that stay, so that the focus stays with them."""
        if [each.task.id for each in self.rows] == [task.id for task in tasks]:
            return
        for each in self.rows:
            self._lines.removeWidget(each)
            each.hide()
            each.deleteLater()
        for heading in self._headings:
            heading.hide()
            heading.deleteLater()
        self.rows, self._headings, before = [], [], ""
        for task in tasks:
            if task.section != before:
                before = task.section
                self._headings.append(Label(before, "label"))
                self._lines.addWidget(self._headings[-1])
            self.rows.append(_TaskRow(self.desk, task, self._remove))
            self._lines.addWidget(self.rows[-1])

    def _add(self) -> None:
        work_orders.add_task(self.desk.store, self._work_order_id, text=self.box.text)
        self.box.set_value("")

    def _remove(self, task_id: int) -> None:
        work_orders.remove_task(self.desk.store, task_id)
        self.desk.front.toast(_("Line taken off"))
