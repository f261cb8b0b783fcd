"""The form of a meter: what is read, in which unit, and between which limits."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.meters import MeterKind
from smallcmms.services import meters
from smallcmms.services.meters import MeterRow
from smallcmms.texts import _
from smallcmms.ui import asset_words
from smallcmms.ui.kit import Choice, Desk, Form, LineBox, QuantityBox, column, row


class MeterForm(QWidget):
    """Fill in a new meter of an asset for ``make``, or edit one, saved when a box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._asset_id = self._meter_id = 0
        self.form = Form(self, save=self._save)
        add, formats = self.form.add, desk.formats
        self.first: QWidget = add(
            "name", LineBox(_("What is read"), hint=_("Motor current"), is_needed=True)
        )
        unit = add("unit", LineBox(_("Unit"), hint=_("A, psi, °F, h")))
        self.kind = add("kind", Choice(_("The meter"), asset_words.meter_kinds()))
        rolls = QuantityBox(_("Rolls over at"), formats, hint=_("99,999"))
        self.rolls_over_at = add("rolls_over_at", rolls)
        low = add("low", QuantityBox(_("Not below"), formats, is_signed=True))
        high = add("high", QuantityBox(_("Not above"), formats, is_signed=True))
        sensor = add("sensor", LineBox(_("Its sensor's name"), hint=_("As in the sensor's export")))
        self.kind.changed.connect(self._fit)
        pairs = (
            row(self.first, unit, gap=10),
            row(self.kind, self.rolls_over_at, gap=10),
            row(low, high, gap=10),
            row(sensor, gap=10),
        )
        self.setLayout(column(*pairs, None, gap=10))

    def begin(self, asset_id: int) -> None:
        """Fill in a new meter of an asset."""
        self._asset_id, self._meter_id = asset_id, 0
        self.form.clear()
        self.kind.set_value(MeterKind.GAUGE)
        self._fit()

    def show_meter(self, meter: MeterRow) -> None:
        """Edit a meter."""
        self.form.clear()
        self._asset_id, self._meter_id = meter.asset_id, meter.id
        self.form.fill({name: getattr(meter, name) for name in self.form.boxes})
        self._fit()

    def make(self) -> int:
        """Add the meter that was filled in; return its id."""
        return meters.add(self.desk.store, self._asset_id, **self.form.values())

    def _fit(self) -> None:
        self.rolls_over_at.setVisible(self.kind.value is MeterKind.CUMULATIVE)

    def _save(self, values: dict[str, Any]) -> None:
        if self._meter_id:
            meters.edit(self.desk.store, self._meter_id, **values)
