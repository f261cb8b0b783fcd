"""QR codes as a printer likes them: rows of black rectangles, no pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qrcode import constants
from qrcode.main import QRCode
from qrcode.util import QRData

MODULES = 25
VERSION = 2
MASK = 2
LONGEST = 20
CAPITALS: Final = 2
CAPITAL_SET = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_BLACK = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code of any length: how many modules wide, and its black runs as `rows` has them."""

    modules: int
    runs: tuple[tuple[int, int, int], ...]


def link(text: str) -> Symbol:
    """Return the code of a link, as small as its letters allow, at level M with the one mask.

    Level M stands 15 % of damage: this code is for a phone at a clean label, not for the truck.
    """
    symbol = QRCode(error_correction=constants.ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    symbol.add_data(text)
    symbol.make(fit=True)
    matrix = symbol.get_matrix()
    runs = tuple(run for row, dark in enumerate(matrix) for run in _runs(row, dark))
    return Symbol(len(matrix), runs)


def rows(code: str) -> tuple[tuple[int, int, int], ...]:
    """Return the black runs of a code as (column, row, length), in modules of 25 by 25.

    The code is version 2, level H, in the compact capital set: up to 20 characters. The mask is
    always the same one; the search for the best takes ten times longer and reads no better.

    Raises:
        ValueError: The code is longer than the symbol, or has signs outside the capital set.
    """
    if len(code) > LONGEST or not CAPITAL_SET.issuperset(code):
        raise ValueError(code)
    symbol = QRCode(
        version=VERSION, error_correction=constants.ERROR_CORRECT_H, border=0, mask_pattern=MASK
    )
    symbol.add_data(QRData(code, mode=CAPITALS))
    symbol.make(fit=False)
    return tuple(run for row, dark in enumerate(symbol.get_matrix()) for run in _runs(row, dark))


def _runs(row: int, dark: list[bool]) -> list[tuple[int, int, int]]:
    blacks = _BLACK.finditer(bytes(dark))
    return [(black.start(), row, black.end() - black.start()) for black in blacks]
