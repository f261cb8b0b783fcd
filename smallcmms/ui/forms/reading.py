"""A new reading: what the meter shows, on which day, and what happened to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from smallcmms.domain.meters import Limit, ReadingKind
from smallcmms.services import meters
from smallcmms.services.meters import MeterRow
from smallcmms.texts import _
from smallcmms.ui import asset_words, errors
from smallcmms.ui.kit import Button, Choice, DateBox, Desk, Form, Panel, QuantityBox, column, row


class LogReading(Panel):
    """Log a reading; ``logged`` tells in words what was kept, and whether it is beyond a limit."""

    logged = Signal(str, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._meter: MeterRow | None = None
        self.form = Form(self)
        add = self.form.add
        value = QuantityBox(_("Reading"), desk.formats, is_needed=True, is_signed=True)
        self.value = add("value", value)
        self.read_on = add("read_on", DateBox(_("On"), desk.formats, desk.today, is_needed=True))
        self.kind = add("kind", Choice(_("What happened")))
        self.button = Button(_("Log reading"), "primary", on=self.log)
        back = Button(_("Back"), on=self.hide)
        boxes = row(gap=10)
        for box in (self.value, self.read_on, self.kind):
            boxes.addWidget(box, 1)
        acts = row(self.button, back, None)
        self.body.addLayout(column(boxes, acts, gap=8, margins=(12, 8, 12, 10)))
        for box in (self.value, self.read_on):
            box.line.returnPressed.connect(errors.guarded(self, self.log))
        self.value.line.installEventFilter(self)

    def begin(self, meter: MeterRow) -> None:
        """Ask for a reading of a meter, of today unless told otherwise."""
        self._meter = meter
        self.form.clear()
        self.value.label.setText(", ".join(filter(None, (meter.name, meter.unit))))
        self.kind.set_items(asset_words.reading_kinds(meter.kind))
        self.kind.set_value(ReadingKind.NORMAL)
        self.read_on.set_value(self.desk.today())
        self.show()
        self.value.setFocus()

    def log(self) -> None:
        """Keep the reading that was typed."""
        if self._meter is None or not self.form.check():
            return
        kept = meters.log(self.desk.store, self._meter.id, **self.form.values())
        formats, unit = self.desk.formats, self._meter.unit
        value = f"{formats.quantity(self.value.value)} {unit}".strip()
        self.hide()
        if kept.limit is None or kept.bound is None:
            self.logged.emit(_("Logged {value}", value=value), False)  # noqa: FBT003
            return
        bound = f"{formats.quantity(kept.bound)} {unit}".strip()
        words = (
            _("Logged {value}: above the limit of {bound}.", value=value, bound=bound)
            if kept.limit is Limit.HIGH
            else _("Logged {value}: below the limit of {bound}.", value=value, bound=bound)
        )
        self.logged.emit(words, True)  # noqa: FBT003

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Leave with Esc."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
