"""Boxes to type in: the label above, the box, and below it what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import _
from smallcmms.ui import icons, theme
from smallcmms.ui.widgets.label import Label, restyle


class Box(QWidget):
    """A labelled box: ``changed`` at each key, ``left`` when the focus goes elsewhere.

    ``value`` reads what stands in it and raises RuleBroken; ``check`` shows that below the box.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, label: str, editor: QWidget, *, says: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.label = Label(label, "label")
        self.label.setBuddy(editor)
        self.error = Label("", "error", wraps=True)
        self.error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for piece in (self.label, editor, self.error):
            layout.addWidget(piece)
        self.label.setVisible(bool(label))  # before it had its place, it would be a window
        fixed = QSizePolicy.Policy.Fixed
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, fixed)
        if editor.sizePolicy().verticalPolicy() == fixed:
            layout.addStretch(1)  # boxes side by side stay level when one has an error
        self.setFocusProxy(editor)
        editor.setAccessibleName(says or label)
        editor.installEventFilter(self)

    @property
    def value(self) -> Any:
        """Return what was typed, read; raises RuleBroken with a repair."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value, without telling that it changed."""
        raise NotImplementedError

    @property
    def typed(self) -> Any:
        """Return what stands in it as it was typed, readable or not, for a draft."""
        return self.value

    def put_back(self, typed: Any) -> None:
        """Show again what ``typed`` returned."""
        self.set_value(typed)

    def check(self) -> bool:
        """Read the box and show below it what is wrong; return whether all is well."""
        try:
            self.value  # noqa: B018
        except RuleBroken as error:
            self.show_error(_(error.message, **error.values))
            return False
        self.show_error("")
        return True

    def show_error(self, words: str) -> None:
        """Show words below the box, or none; a screen reader hears them as its description."""
        if words == self.error.text():
            return
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
        self.editor.setProperty("bad", "true" if words else "")
        restyle(self.editor)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Check the box when it is left."""
        is_out = event.type() == QEvent.Type.FocusOut and self.editor.isEnabled()
        if is_out and self._is_left(event):
            self._leave()
        return False

    def _is_left(self, event: QEvent) -> bool:
        reason = getattr(event, "reason", None)
        kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        return reason is None or reason() not in kept

    def _leave(self) -> None:
        if self.check():
            self._tidy()
        self.left.emit()

    def _tidy(self) -> None:
        """Write what was read as it is usually written."""


class LineBox(Box):
    """One line of text; ``read`` makes a value of it, ``write`` text of a value.

    The value is the plain text unless ``read`` is given. ``is_needed`` refuses an empty box.
    """

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        icon: str = "",
        size: str = "",
        is_needed: bool = False,
        says: str = "",
        read: Callable[[str], Any] | None = None,
        write: Callable[[Any], str] | None = None,
    ) -> None:
        self.line = QLineEdit()
        super().__init__(label, self.line, says=says or hint)
        self.line.setPlaceholderText(hint)
        self.line.setProperty("fit", size)
        self.line.setAcceptDrops(False)  # a file is the window's; here it would be its path
        self._read, self._write, self._is_needed = read, write or str, is_needed
        if icon:
            self._icon = self.line.addAction(
                icons.icon(icon, "text2"), QLineEdit.ActionPosition.LeadingPosition
            )
            theme.follow(self, lambda: self._icon.setIcon(icons.icon(icon, "text2")))
        self.line.textEdited.connect(self._typed)

    @property
    def text(self) -> str:
        """Return what stands in the box."""
        return self.line.text().strip()

    @property
    def value(self) -> Any:
        """Return the value; an empty box gives nothing, or "" where the value is text."""
        if not self.text:
            if self._is_needed:
                raise RuleBroken("Write something here.")
            return None if self._read else ""
        return self._read(self.text) if self._read else self.text

    @property
    def typed(self) -> str:
        """Return the text as it was typed."""
        return self.line.text()

    def put_back(self, typed: Any) -> None:
        """Show a text as it was typed."""
        self.line.setText(typed or "")

    def set_value(self, value: Any) -> None:
        """Show a value, unless it stands there already and the cursor is in it."""
        written = "" if value is None else self._write(value)
        if written != self.line.text():
            self.line.setText(written)
            self.line.setCursorPosition(0)
        self.show_error("")

    def _typed(self) -> None:
        self.show_error("")
        self.changed.emit()

    def _tidy(self) -> None:
        if self._read and self.text:
            self.line.setText(self._write(self.value))


class _Lines(QPlainTextEdit):
    """A text that asks for the lines it needs at least, and takes the room that is left."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the least size."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class TextBox(Box):
    """Several lines of text."""

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        rows: int = 2,
        is_needed: bool = False,
        says: str = "",
    ) -> None:
        self.text_edit = _Lines()
        super().__init__(label, self.text_edit, says=says or hint)
        self._rows, self._is_needed, self._is_quiet = rows, is_needed, False
        self.text_edit.setPlaceholderText(hint)
        self.text_edit.setTabChangesFocus(True)
        self.text_edit.setAcceptDrops(False)
        self.text_edit.textChanged.connect(self._typed)
        theme.signals.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """Return what stands in the box."""
        return self.text_edit.toPlainText().strip()

    @property
    def value(self) -> str:
        """Return the text."""
        if self._is_needed and not self.text:
            raise RuleBroken("Write something here.")
        return self.text

    @property
    def typed(self) -> str:
        """Return the text as it was typed."""
        return self.text_edit.toPlainText()

    def set_value(self, value: Any) -> None:
        """Show a text, without telling."""
        written = value or ""
        if written != self.text_edit.toPlainText():
            self._is_quiet = True
            self.text_edit.setPlainText(written)
            self._is_quiet = False
        self.show_error("")

    def _fit(self) -> None:
        self.text_edit.setMinimumHeight(theme.metrics().lineSpacing() * self._rows + theme.px(18))

    def _typed(self) -> None:
        if not self._is_quiet:
            self.show_error("")
            self.changed.emit()
