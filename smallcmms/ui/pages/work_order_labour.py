"""The working time of a work order: planned, then entered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.typed_dates import read_minutes
from smallcmms.domain.work_orders import NotOnSheet
from smallcmms.services import technicians, work_orders
from smallcmms.services.work_orders import LabourLine, WorkOrderPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Cell,
    Choice,
    Column,
    DateBox,
    Desk,
    Form,
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
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.work_order_words import class_words

_ROW, _DAY, _MINUTES = 30, 104, 70


class _TimeBar(QWidget):
    """Time that is booked by hand: who, when, how long, on what."""

    def __init__(self, desk: Desk, owner: Labour) -> None:
        super().__init__()
        self.desk, self._owner = desk, owner
        self.form = Form(self)
        add = self.form.add
        self.who = add("technician", Choice(says=_("Technician"), size="small"))
        self.day = add("worked_on", DateBox("", desk.formats, desk.today, size="small"))
        self.minutes = add(
            "minutes",
            LineBox(
                size="small", hint=_("1:30"), says=_("How long"), read=read_minutes, is_needed=True
            ),
        )
        self.kind = add("labour_class", Choice("", class_words(), size="small", says=_("On what")))
        self.day.editor.setAccessibleName(_("Day"))
        self.minutes.editor.setFixedWidth(theme.px(_MINUTES))
        self.do = Button(_("Add"), is_small=True, on=self.put)
        back = Button("", "icon", icon="x", says=_("Back"), is_small=True, on=self.hide)
        self.minutes.line.returnPressed.connect(self.do.click)
        boxes = row(self.who, self.day, self.minutes, self.kind, gap=6)
        self.lock_out = Tick(_("The lock-out steps are not on the sheet"))
        line = row(boxes, self.do, back, gap=6)
        self.setLayout(column(line, self.lock_out, gap=4, margins=(12, 4, 12, 6)))
        self.hide()

    def begin(self, page: WorkOrderPage) -> None:
        """Begin with who goes, today."""
        self.form.clear()
        rows = technicians.rows(self.desk.store)
        self.who.set_items([(each.id, each.name) for each in rows])
        going = [worker.id for visit in page.visits for worker in visit.technicians]
        if going:
            self.who.set_value(going[-1])
        self.day.set_value(self.desk.today())
        self.kind.set_items(class_words())
        self.lock_out.setChecked(False)
        self.lock_out.hide()
        self.show()
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self) -> None:
        """Book the time."""
        if not self.form.check():
            return
        try:
            work_orders.add_time(
                self.desk.store,
                self._owner.work_order_id,
                technician_id=self.who.value,
                worked_on=self.day.value or self.desk.today(),
                minutes=self.minutes.value,
                labour_class=self.kind.value,
                not_on_sheet={NotOnSheet.LOCK_OUT} if self.lock_out.isChecked() else (),
            )
        except RuleBroken as refused:
            if refused.field == "lock_out":
                self.lock_out.show()
            raise
        self.hide()


class Labour(QWidget):
    """The working time of a work order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.work_order_id = desk, 0
        self._page: WorkOrderPage | None = None
        self._is_open = False
        self._line: LabourLine | None = None
        self.add_button = Button(_("Add time"), "quiet", icon="plus", on=self.begin)
        self.header = PanelHeader("timer", _("Labor"), "", self.add_button)
        columns = [Column("", self._who), Column("", self._day, _DAY), Column("", self._long, 80)]
        self.list = ShortRows[LabourLine](columns, row=_ROW, says=_("Labor"))
        self.list.opened.connect(self._open)
        self.nothing = Label("", "second", is_cut=True)
        note = row(Icon("file-pen", "text2", 14), gap=8, margins=(12, 7, 12, 7))
        note.addWidget(self.nothing, 1)
        self.note = block(note)
        self.bar = _TimeBar(desk, self)
        self._make_off()
        self.setLayout(column(self.header, self.list, self.note, self.off, self.bar, gap=0))

    def _make_off(self) -> None:
        self.off_words = Label("", "second", is_cut=True)
        take = Button(_("Take it off"), is_small=True, on=self._remove)
        back = Button("", "icon", icon="x", says=_("Back"), is_small=True, on=self._leave)
        layout = row(gap=6, margins=(12, 4, 12, 6))
        layout.addWidget(self.off_words, 1)
        layout.addWidget(take)
        layout.addWidget(back)
        self.off = block(layout)
        self.off.hide()

    def show_page(self, page: WorkOrderPage, *, is_open: bool) -> None:
        """Show the time that is booked, or where it will come from."""
        if page.id != self.work_order_id:
            self.bar.hide()
            self._leave()
        self.work_order_id, self._page, self._is_open = page.id, page, is_open
        self.list.show_rows(page.labour)
        minutes = sum(line.minutes for line in page.labour)
        formats = self.desk.formats
        if minutes:
            self.header.count.setText(_("{hours} booked", hours=formats.hours(minutes)))
        elif page.planned_minutes:
            hours = formats.hours(page.planned_minutes)
            self.header.count.setText(_("{hours} planned", hours=hours))
        else:
            self.header.count.setText("")
        self.nothing.setText(_whence(page))
        self.note.setVisible(not page.labour)
        self.add_button.setVisible(is_open)

    def begin(self) -> None:
        """Open the bar for more time."""
        if self._page is not None:
            self._leave()
            self.bar.begin(self._page)

    def _open(self, place: int) -> None:
        if not self._is_open:
            return
        self._line = self.list.row_of(place)
        hours = self.desk.formats.hours(self._line.minutes)
        self.off_words.setText(f"{self._line.technician}, {hours}")
        self.bar.hide()
        self.off.show()

    def _remove(self) -> None:
        if self._line is not None:
            work_orders.remove_time(self.desk.store, self._line.id)
            self._leave()
            self.desk.front.toast(_("Time taken off"))

    def _leave(self) -> None:
        self._line = None
        self.off.hide()

    def _who(self, line: LabourLine) -> Cell:
        return Cell(first=line.technician, then=dict(class_words())[line.labour_class])

    def _day(self, line: LabourLine) -> Cell:
        formats, today = self.desk.formats, self.desk.today()
        return Cell(first=formats.relative_day(line.worked_on, today), tone="text2")

    def _long(self, line: LabourLine) -> Cell:
        return Cell(right=self.desk.formats.hours(line.minutes), is_right_bold=True)


def _whence(page: WorkOrderPage) -> str:
    names = [worker.name.split()[0] for visit in page.visits[-1:] for worker in visit.technicians]
    if names:
        return _("Comes in with {name}’s sheet. Nothing entered yet.", name=names[0])
    return _("Nothing entered yet.")
