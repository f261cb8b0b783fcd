"""What the boxes of one record share: checking, drafts from the first key, saving by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import _
from smallcmms.ui import errors
from smallcmms.ui.fields import Fields
from smallcmms.ui.widgets.box import Box

SAVED_AFTER_MS = 800
AnyBox = TypeVar("AnyBox", bound=Box)


class Form(Fields):
    """The boxes of one record by the names of its fields.

    With ``save`` it is the form of a record that is there: what was changed is saved 800 ms after
    the last key, or when a box is left; ``save`` gets the changed values only. With ``draft`` it
    is the form of something new: ``draft`` gets all texts at every key. ``edited`` tells either.
    """

    edited = Signal()

    def __init__(
        self,
        owner: QWidget,
        *,
        save: Callable[[dict[str, Any]], object] | None = None,
        draft: Callable[[dict[str, Any]], object] | None = None,
    ) -> None:
        super().__init__(owner)
        self._owner, self._save, self._draft = owner, save, draft
        self.boxes: dict[str, Box] = {}
        self._dirty: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=SAVED_AFTER_MS)
        self._timer.timeout.connect(errors.guarded(owner, self.keep))

    def add(self, name: str, box: AnyBox) -> AnyBox:
        """Take a box in under the name of its field, and return it."""
        self.boxes[name] = box
        box.changed.connect(lambda: self._changed(name))
        box.left.connect(errors.guarded(self._owner, self.keep))
        return box

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show the values of a record; a box with unsaved keys in it is left alone."""
        for name, value in values.items():
            if name in self.boxes and name not in self._dirty:
                self.boxes[name].set_value(value)

    def clear(self) -> None:
        """Empty every box and forget what was typed."""
        self._timer.stop()
        self._dirty.clear()
        for box in self.boxes.values():
            box.set_value(None)

    def put_back(self, typed: Mapping[str, Any]) -> None:
        """Show a draft again, as it was typed."""
        for name, text in typed.items():
            if name in self.boxes:
                self.boxes[name].put_back(text)

    def values(self) -> dict[str, Any]:
        """Return what every box says.

        Raises:
            RuleBroken: a box cannot be read; it names the box.
        """
        return {name: self.read(name) for name in self.boxes}

    def check(self) -> bool:
        """Show below each box what is wrong with it; return whether all is well."""
        wrong = [box for box in self.boxes.values() if not box.check()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def show_error(self, error: RuleBroken) -> bool:
        """Show an error below the box that it names; return whether there is such a box."""
        box = self.boxes.get(error.field)
        if box is None or not box.isVisibleTo(self._owner):
            return False
        box.show_error(_(error.message, **error.values))
        box.setFocus()
        return True

    def keep(self) -> None:
        """Save what was changed now, as far as it can be read; what is refused stays typed."""
        self._timer.stop()
        if self._save is None or not self._dirty:
            return
        ready = {name for name in self._dirty if self.boxes[name].check()}
        values = {name: self.boxes[name].value for name in sorted(ready)}
        self._dirty -= ready
        if values:
            try:
                self._save(values)
            except RuleBroken:
                self._dirty |= ready
                raise

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether a widget is in one of the boxes."""
        return widget is not None and any(
            box is widget or box.isAncestorOf(widget) for box in self.boxes.values()
        )

    @property
    def is_dirty(self) -> bool:
        """Tell whether something is typed and not saved."""
        return bool(self._dirty)

    def read(self, name: str) -> Any:
        """Return what one box says.

        Raises:
            RuleBroken: it cannot be read; it names the box.
        """
        try:
            return self.boxes[name].value
        except RuleBroken as error:
            raise RuleBroken(error.message, name, **error.values) from None

    def _changed(self, name: str) -> None:
        self._dirty.add(name)
        if self._save is not None:
            self._timer.start()
        if self._draft is not None:
            self._draft(self._texts())
        self.edited.emit()

    def _texts(self) -> dict[str, Any]:
        return {name: box.typed for name, box in self.boxes.items()}
