"""Filter chips: choices that lie open, with the number of rows behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QRect, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from smallcmms.ui import icons, paint, theme
from smallcmms.ui.theme import SEMIBOLD
from smallcmms.ui.widgets.button import Button

_FIRST, _OTHERS = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
_BY_KEY = Qt.FocusReason.TabFocusReason
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Chip(Button):
    def __init__(self, key: str, text: str, *, is_tick: bool) -> None:
        super().__init__(text, "chip")
        self.key, self.count, self._is_tick = key, "", is_tick
        self.setCheckable(True)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._wide() + theme.px(24), theme.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if self._is_tick and Qt.Key(event.key()) in _STEPS:
            event.ignore()  # the row of chips knows where to go
        else:
            super().keyPressEvent(event)

    def _tick_room(self) -> int:
        return theme.px(19) if self._is_tick and self.isChecked() else 0

    def _wide(self) -> int:
        count = paint.width(self.count, 12, SEMIBOLD) + theme.px(6) if self.count else 0
        return self._tick_room() + paint.width(self.words, 12) + count

    def _inside(self, painter: QPainter, x: int) -> None:
        tone = self._token()
        if self._tick_room():
            icons.draw(painter, "check", tone, x, (self.height() - theme.px(14)) / 2, 14)
        x += self._tick_room()
        place = QRect(x, 0, self.width() - x, self.height())
        paint.text(painter, place, self.words, tone=tone, size=12)
        place.setLeft(x + paint.width(self.words, 12) + theme.px(6))
        strong = tone if self.isChecked() else "text"
        paint.text(painter, place, self.count, tone=strong, size=12, weight=SEMIBOLD)


class Chips(QWidget):
    """Filter chips: one of them is on, or with ``is_many`` any of them.

    ``chosen`` tells the key of the one that was pressed; the choice is remembered under ``name``.
    Tab comes to the first of many, the arrow keys and first letters go to the others.
    """

    chosen = Signal(str)

    def __init__(
        self, items: Sequence[tuple[str, str]], *, is_many: bool = False, name: str = ""
    ) -> None:
        super().__init__()
        self._name = f"chips/{name}" if name else ""
        self._chips: dict[str, _Chip] = {}
        self._group = QButtonGroup(self)
        self._is_many = is_many
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self._group.buttonClicked.connect(self._tell)
        self.set_items(items)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer other chips; the choice stays where its key is offered again."""
        if [(key, chip.words) for key, chip in self._chips.items()] == list(items):
            return
        kept = str(QSettings().value(self._name, "")) if self._name else ""
        on = self.values or (kept,)
        for chip in self._chips.values():
            self._group.removeButton(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for key, text in items:
            self._add(_Chip(key, text, is_tick=self._is_many))
        if items and not self._is_many and not any(key in self._chips for key in on):
            on = (items[0][0],)
        self.set_value(*on)

    def _add(self, chip: _Chip) -> None:
        self._chips[chip.key] = chip
        if self._is_many:  # in a group, only one of them would ever take keys
            chip.clicked.connect(partial(self._tell, chip))
            chip.setFocusPolicy(_OTHERS if len(self._chips) > 1 else _FIRST)
        else:
            self._group.addButton(chip)
        self._row.insertWidget(self._row.count() - 1, chip)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many rows each chip would leave."""
        for key, chip in self._chips.items():
            chip.count = str(counts[key]) if key in counts else ""
            chip.setAccessibleName(f"{chip.words} {chip.count}".strip())
            chip.updateGeometry()
            chip.update()

    def set_shown(self, key: str, *, is_shown: bool) -> None:
        """Show a chip, or leave it out."""
        self._chips[key].setVisible(is_shown)
        if self._is_many:
            shown = [chip for chip in self._chips.values() if not chip.isHidden()]
            for at, chip in enumerate(shown):
                chip.setFocusPolicy(_OTHERS if at else _FIRST)

    @property
    def value(self) -> str:
        """Return the key of the chip that is on."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    @property
    def values(self) -> tuple[str, ...]:
        """Return the keys of all chips that are on."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def set_value(self, *keys: str) -> None:
        """Turn these chips on, without telling."""
        for key, chip in self._chips.items():
            if self._is_many or key in keys:
                chip.setChecked(key in keys)
                chip.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the next chip of many, or to the one that begins with a letter."""
        chips = [chip for chip in self._chips.values() if chip.isVisible()]
        at = next((at for at, chip in enumerate(chips) if chip.hasFocus()), -1)
        step, first = _STEPS.get(Qt.Key(event.key()), 0), event.text().lower().strip()
        after = chips[at + 1 :] + chips[: at + 1]
        if at < 0 or not self._is_many:
            super().keyPressEvent(event)
        elif step:
            chips[min(max(at + step, 0), len(chips) - 1)].setFocus(_BY_KEY)
        elif first and (found := [x for x in after if x.words.lower().startswith(first)]):
            found[0].setFocus(_BY_KEY)
        else:
            super().keyPressEvent(event)

    def _tell(self, chip: _Chip, _is_on: bool = True) -> None:  # noqa: FBT001, FBT002
        for each in self._chips.values():
            each.updateGeometry()
        if self._name:
            QSettings().setValue(self._name, chip.key)
        self.chosen.emit(chip.key)
