"""The fields that an asset has by its class, as many boxes as the class has fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smallcmms.ui import errors
from smallcmms.ui.kit import LineBox


class ClassFields(QWidget):
    """Edit the values of a class's fields; each is saved when its box is left."""

    def __init__(self, save: Callable[[dict[str, str]], object]) -> None:
        super().__init__()
        self._save = errors.guarded(self, self._keep)
        self._keep_values = save
        self.boxes: dict[str, LineBox] = {}
        self._values: dict[str, str] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def show_fields(self, names: Sequence[str], values: Mapping[str, str]) -> None:
        """Show these fields with what the asset says to them."""
        if list(self.boxes) != list(names):
            self._make(names)
        self._values = dict(values)
        for name, box in self.boxes.items():
            if not box.line.hasFocus():
                box.set_value(values.get(name, ""))
        self.setVisible(bool(names))

    def _make(self, names: Sequence[str]) -> None:
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {name: LineBox(name) for name in names}
        for box in self.boxes.values():
            self._layout.addWidget(box)
            box.left.connect(self._save)

    def _keep(self) -> None:
        told = self._values | {name: box.value for name, box in self.boxes.items()}
        kept = {name: text for name, text in told.items() if text}
        if kept != self._values:
            self._values = kept
            self._keep_values(kept)
