"""Buttons: icon, words, and the key that does the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from smallcmms.ui import errors, icons, paint, theme, tips
from smallcmms.ui.theme import REGULAR, SEMIBOLD
from smallcmms.ui.widgets import button_ground

_TOKENS = {
    "primary": "accentText",
    "danger": "red",
    "quiet": "accent",
    "link": "accent",
    "toast": "tooltipText",
}
_BOLD = ("primary", "quiet", "link", "toast")
_GAP = 7


def native(keys: str) -> str:
    """Return keys as this platform writes them."""
    written = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.NativeText
    )
    parted = written[:-1].replace("+", " ") + written[-1:]  # the last may be the plus itself
    return parted.replace("Return", "Enter")


class Button(QPushButton):
    """A button of a kind: "" plain, primary (one in a pane), quiet, link, danger, icon.

    ``key`` is drawn as a hint; the key itself belongs to an action. An icon-only button is given
    ``says``, its accessible name and tooltip.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "",
        *,
        icon: str = "",
        key: str = "",
        is_small: bool = False,
        says: str = "",
        on: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._action: QAction | None = None
        self._has_own_words = False
        self._icon, self._key = icon, native(key) if key else ""
        self._kind, self._is_small = kind, is_small
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(says or text)
        tips.tell(self, says)
        self.say(text)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on is not None:
            self.clicked.connect(errors.guarded(self, on))

    @classmethod
    def of(
        cls, action: QAction, kind: str = "", *, is_small: bool = False, text: str = ""
    ) -> Button:
        """Return a button that does an action, named and greyed like it."""
        command = action.data()
        has_key = kind != "quiet" and not is_small and not action.shortcut().isEmpty()
        key = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        made = cls(
            text or action.text(),
            kind,
            icon=command.icon,
            key=key if has_key else "",
            is_small=is_small,
        )
        made.setEnabled(action.isEnabled())
        made._action, made._has_own_words = action, bool(text)
        action.changed.connect(made._follow)
        made.clicked.connect(action.trigger)
        return made

    def _follow(self) -> None:
        """Be greyed and named like the action."""
        action = self._action
        if action is None:
            return
        self.setEnabled(action.isEnabled())
        if not self._has_own_words and self.words != action.text():
            self.say(action.text())

    @property
    def words(self) -> str:
        """Return what stands on it."""
        return self.text().replace("&&", "&")

    def say(self, text: str) -> None:
        """Put other words on it."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text or self.accessibleName())
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Give it the fill of a primary button, or take it away."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    @property
    def kind(self) -> str:
        """Return its kind."""
        return self._kind

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802
        """Take a click on the words of a link, and anywhere on other buttons."""
        return self.kind != "link" or position.x() <= self._wide() + theme.px(_GAP)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of icon, words and key."""
        is_small = self._is_small
        height = theme.px(26 if is_small or self.kind in ("quiet", "link", "icon") else 32)
        if self.kind == "link":
            height = theme.px(20)
        if not self.words:
            side = theme.px(26 if is_small else 32)
            return QSize(side, side)
        edge = {"link": 2, "quiet": 8}.get(self.kind, 9 if is_small else 12)
        return QSize(self._wide() + 2 * edge + 2, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same: words on a button are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the ground, then icon, words and key."""
        painter = QPainter(self)
        button_ground.draw(painter, self, self.kind, is_small=self._is_small)
        is_link = self.kind == "link"
        left = 0 if is_link else max(2, (self.width() - self._wide()) // 2)
        self._inside(painter, left)

    def _inside(self, painter: QPainter, x: int) -> None:
        tone, size = self._token(), self._letters()[0]
        side = theme.px(self._icon_size())
        if self._icon:
            icons.draw(painter, self._icon, tone, x, (self.height() - side) / 2, self._icon_size())
            x += side + theme.px(_GAP)
        place = QRect(x, 0, self.width() - x, self.height())
        paint.text(painter, place, self.words, tone=tone, size=size, weight=self._letters()[1])
        if self._key:
            place.setLeft(x + paint.width(self.words, *self._letters()) + theme.px(_GAP))
            faint = tone if self.kind == "primary" else "text2"
            paint.text(painter, place, self._key, tone=faint, size=11)

    def _token(self) -> str:
        if not self.isEnabled():
            return "text3"
        if self.kind == "chip":
            return "accentText" if self.isChecked() else "text2"
        return _TOKENS.get(self.kind, "text")

    def _icon_size(self) -> int:
        if self.kind == "icon":
            return 18
        return 14 if self._is_small else 16

    def _letters(self) -> tuple[int, int]:
        is_small = self._is_small or self.kind == "chip"
        return 12 if is_small else 13, SEMIBOLD if self.kind in _BOLD else REGULAR

    def _wide(self) -> int:
        parts = [paint.width(self.words, *self._letters())] if self.words else []
        if self._icon:
            parts.append(theme.px(self._icon_size()))
        if self._key:
            parts.append(paint.width(self._key, 11))
        return sum(parts) + theme.px(_GAP) * (len(parts) - 1)
