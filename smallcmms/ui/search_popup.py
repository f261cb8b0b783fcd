"""What opens below the search box: rows in groups at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView

from smallcmms.texts import _
from smallcmms.ui import errors, states, theme
from smallcmms.ui.doings import COMMAND
from smallcmms.ui.search_entries import Doing, Entry, Hit
from smallcmms.ui.search_rows import LOOK, ROW, TITLE, EntriesModel, EntryDelegate
from smallcmms.ui.widgets.badges import KeyHint, LevelBadge, StatePill
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import block, column, line, row
from smallcmms.ui.widgets.popup import Popup

_WIDE, _LEAST, _EDGE, _ABOVE_STATUS = 848, 120, 12, 40


class SearchPopup(Popup):
    """Rows and preview below a box, in which the keys stay.

    ``source`` finds records for a text, ``doings`` says what can be done about it; ``opened``
    tells kind and id of the record to open.
    """

    opened = Signal(str, int)

    def __init__(
        self,
        box: QLineEdit,
        source: Callable[[str], Sequence[Hit]],
        doings: Callable[[str], Sequence[Doing]],
    ) -> None:
        super().__init__(box)
        self._box, self._source, self._doings = box, source, doings
        self.model = EntriesModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._open(index.data(LOOK)))
        self.list.selectionModel().currentChanged.connect(self._preview)
        self._make_preview()
        hints = _("Start with # for a number, @ for a customer, > for something to do.")
        foot = block(row(Label(hints, "second"), None, margins=(12, 5, 12, 5)), "footer")
        middle = row(gap=0)
        middle.addWidget(self.list, 3)
        middle.addWidget(line(is_upright=True))
        middle.addWidget(self.preview, 2)
        whole = column(gap=0, margins=(1, 1, 1, 1))
        whole.addLayout(middle, 1)
        whole.addWidget(foot)
        self.setLayout(whole)
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(errors.guarded(self, self._search))
        box.textEdited.connect(self._look.start)
        box.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Move in the rows, open one, or leave, with the keys of the box."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(event.key())
        return False

    def _key_pressed(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape and self._box.text():
            self._leave()
        elif not self.isVisible():
            return False
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.move_choice(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.chosen())
        else:
            return False
        return True

    def _search(self) -> None:
        text = self._box.text().strip()
        if not text:
            self.hide()
            return
        hits = () if text.startswith(COMMAND) else self._source(text)
        self.show_hits(text, hits, self._doings(text))
        self._stand()
        self.show()

    def _stand(self) -> None:
        box, window = self._box, self._box.window()
        corner = box.mapTo(window, QPoint(0, box.height() + 1))
        room = window.height() - corner.y() - _ABOVE_STATUS
        high = max(min(self.height_wanted(), room), theme.px(_LEAST))
        wide = min(theme.px(_WIDE), window.width() - corner.x() - _EDGE)
        self.setGeometry(QRect(window.mapToGlobal(corner), QSize(wide, high)))

    def _open(self, entry: Entry | None) -> None:
        if entry is None or isinstance(entry, str):
            return
        text = self._box.text().strip()
        self._leave()
        if isinstance(entry, Doing):
            errors.guarded(self, lambda: entry.do(text))()
        else:
            self.opened.emit(*entry.opens)

    def _leave(self) -> None:
        self._box.clear()
        self.hide()

    def show_hits(self, text: str, hits: Sequence[Hit], doings: Sequence[Doing]) -> None:
        """Show what was found, with the first row chosen."""
        self.model.show_hits(text, hits, doings)
        self.move_choice(0)

    def move_choice(self, step: int) -> None:
        """Choose the row above (-1) or below (1), or the first (0)."""
        rows = [at for at, entry in enumerate(self.model.entries) if not isinstance(entry, str)]
        if not rows:
            return
        now = self.list.currentIndex().row()
        at = rows[(rows.index(now) + step) % len(rows)] if step and now in rows else rows[0]
        self.list.setCurrentIndex(self.model.index(at))

    def chosen(self) -> Entry | None:
        """Return the chosen row."""
        index = self.list.currentIndex()
        return self.model.entries[index.row()] if index.isValid() else None

    def height_wanted(self) -> int:
        """Return how tall it would like to be."""
        titles = sum(isinstance(entry, str) for entry in self.model.entries)
        rows = len(self.model.entries) - titles
        return theme.px(TITLE) * (titles + 1) + theme.px(ROW) * rows + theme.px(8)

    def _make_preview(self) -> None:
        self.badge, self.pill = LevelBadge(), StatePill()
        self.number = Label("", tone="text2")
        self.title = Label("", "h2", wraps=True)
        self.second = Label("", tone="text2", wraps=True)
        head = row(self.badge, self.pill, None, self.number)
        keys = row(KeyHint(_("Enter")), Label(_("open"), "second"), None, gap=6)
        self.preview = block(
            column(head, self.title, self.second, None, keys, margins=(16, 14, 16, 12))
        )

    def _preview(self) -> None:
        entry = self.chosen()
        is_hit = entry is not None and not isinstance(entry, (str, Doing))
        for part in (self.badge, self.pill, self.number, self.second):
            part.setVisible(is_hit)
        if isinstance(entry, Doing):
            self.title.setText(entry.text)
        elif is_hit:
            self._show(entry)  # type: ignore[arg-type]

    def _show(self, hit: Hit) -> None:
        self.badge.setVisible(bool(hit.level))
        if hit.level:
            self.badge.set_level(hit.level)
        self.pill.set_state(states.of(hit.kind, hit.state))
        self.number.setText(hit.number)
        self.title.setText(hit.title or hit.number)
        self.second.setText(hit.second)
