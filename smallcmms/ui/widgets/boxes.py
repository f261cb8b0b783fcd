"""Boxes for money, prices, quantities, days and clock times, read the strict way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from smallcmms.domain import typed, typed_dates
from smallcmms.domain.money import Currency
from smallcmms.formats import Formats
from smallcmms.ui.widgets.box import LineBox

_QUARTER, _DAY = 15, 24 * 60


class MoneyBox(LineBox):
    """An amount of money; its value is Decimal, or nothing."""

    def __init__(self, label: str, formats: Formats, **look: Any) -> None:
        currency = Currency(formats.currency)

        def read(text: str) -> Decimal:
            return typed.read_money(text, locale=formats.locale, currency=currency)

        super().__init__(label, read=read, write=formats.amount, **look)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)


class PriceBox(LineBox):
    """A unit price or cost with up to four decimals."""

    def __init__(self, label: str, formats: Formats, **look: Any) -> None:
        currency = Currency(formats.currency)

        def read(text: str) -> Decimal:
            return typed.read_price(text, locale=formats.locale, currency=currency)

        super().__init__(label, read=read, write=formats.price, **look)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)


class QuantityBox(LineBox):
    """A quantity or a reading; one that ``is_signed`` may be below zero."""

    def __init__(
        self, label: str, formats: Formats, *, is_signed: bool = False, **look: Any
    ) -> None:
        def read(text: str) -> Decimal:
            return typed.read_quantity(text, locale=formats.locale, is_signed=is_signed)

        super().__init__(label, read=read, write=formats.quantity, **look)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)


class ClockBox(LineBox):
    """A clock time as the sheet says it: 8, 805, 8.05, 8:05p; ``+`` adds a quarter of an hour.

    Its value is a Clock, or nothing.
    """

    def __init__(self, label: str, **look: Any) -> None:
        super().__init__(label, read=typed_dates.read_clock, **look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Add a quarter of an hour at +."""
        is_plus = isinstance(event, QKeyEvent) and event.text() == "+"
        if is_plus and event.type() == QEvent.Type.KeyPress:
            self._add(_QUARTER)
            return True
        return super().eventFilter(watched, event)

    def _add(self, minutes: int) -> None:
        if not self.check() or self.value is None:
            return
        total = (self.value.minutes + minutes) % _DAY
        self.line.setText(f"{total // 60}:{total % 60:02}")
        self.changed.emit()


class DateBox(LineBox):
    """A day, typed in any usual way; ``today`` is asked when the box is read."""

    def __init__(
        self, label: str, formats: Formats, today: Callable[[], date], **look: Any
    ) -> None:
        def read(text: str) -> date:
            return typed_dates.read_date(text, today=today(), locale=formats.locale)

        super().__init__(label, read=read, write=formats.day_year, **look)
