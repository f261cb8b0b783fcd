"""Boxes for money, prices, quantities, days and clock times, read the strict way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from smallcmms.domain import typed, typed_dates
from smallcmms.domain.money import Currency
from smallcmms.formats import Formats
from smallcmms.ui.widgets.box import LineBox


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
    """A quantity or a reading."""

    def __init__(self, label: str, formats: Formats, **look: Any) -> None:
        def read(text: str) -> Decimal:
            return typed.read_quantity(text, locale=formats.locale)

        super().__init__(label, read=read, write=formats.quantity, **look)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)


class DateBox(LineBox):
    """A day, typed in any usual way; ``today`` is asked when the box is read."""

    def __init__(
        self, label: str, formats: Formats, today: Callable[[], date], **look: Any
    ) -> None:
        def read(text: str) -> date:
            return typed_dates.read_date(text, today=today(), locale=formats.locale)

        super().__init__(label, read=read, write=formats.day_year, **look)
