"""What opens below the search box: rows in groups at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView

from smallcmms.services import search_previews
from smallcmms.services.search_previews import Preview
from smallcmms.texts import _
from smallcmms.ui import errors, theme
from smallcmms.ui.desk import Desk
from smallcmms.ui.doings import COMMAND
from smallcmms.ui.search_entries import Doing, Entry, Group, Hit
from smallcmms.ui.search_preview import SearchPreview
from smallcmms.ui.search_rows import LOOK, ROW, TITLE, EntriesModel, EntryDelegate
from smallcmms.ui.widgets.badges import KeyHint
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import block, column, line, row
from smallcmms.ui.widgets.popup import Popup

_WIDE, _LEAST, _TALL, _EDGE, _ABOVE_STATUS = 880, 120, 280, 12, 40
_REST_MS = 60
"""So long the keys rest before a record is read for its preview."""


class SearchPopup(Popup):
    """Rows and preview below a box, in which the keys stay.

    ``source`` finds records for a text, ``doings`` says what can be done about it; ``opened``
    tells kind and id of the record to open, ``printed`` the work order whose sheet is wanted,
    ``copied`` the number that is on the clipboard now.
    """

    opened = Signal(str, int)
    printed = Signal(int)
    copied = Signal(str)

    def __init__(
        self,
        desk: Desk,
        box: QLineEdit,
        source: Callable[[str], Sequence[Hit]],
        doings: Callable[[str], Sequence[Doing]],
    ) -> None:
        super().__init__(box)
        self._desk, self._box, self._source, self._doings = desk, box, source, doings
        self._told: Preview | None = None
        self.model = EntriesModel(desk, self)
        self.list = QListView()
        self.list.setAccessibleName(_("What was found"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(desk, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._open(index.data(LOOK)))
        self.list.selectionModel().currentChanged.connect(self._show_chosen)
        self.preview = SearchPreview()
        self.preview.linked.connect(self._go)
        self._lay_out()
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(errors.guarded(self, self._search))
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        box.textEdited.connect(self._look.start)
        box.installEventFilter(self)

    def _lay_out(self) -> None:
        middle = row(gap=0)
        middle.addWidget(self.list, 3)
        middle.addWidget(line(is_upright=True))
        middle.addWidget(self.preview, 2)
        whole = column(gap=0, margins=(1, 1, 1, 1))
        whole.addLayout(middle, 1)
        whole.addWidget(_foot())
        self.setLayout(whole)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Move in the rows, open one, or leave, with the keys of the box."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and self._lead_key(event):
            event.accept()  # the page behind has the same key
            return True
        if event.type() == QEvent.Type.KeyPress:
            act = self._lead_key(event)
            return act() if act else self._key_pressed(event.key())
        return False

    def _lead_key(self, event: QKeyEvent) -> Callable[[], bool] | None:
        """Return what a key does with the record that is told of."""
        if not self.isVisible() or self._told is None:
            return None
        if event.matches(QKeySequence.StandardKey.Print) and self._told.is_sheet:
            return self._print
        has_words = self._box.hasSelectedText()
        if event.matches(QKeySequence.StandardKey.Copy) and self._told.phone and not has_words:
            return self._copy
        return None

    def _print(self) -> bool:
        entry = self.chosen()
        self._leave()
        if isinstance(entry, Hit):
            self.printed.emit(entry.id)
        return True

    def _copy(self) -> bool:
        phone = self._told.phone if self._told else ""
        QApplication.clipboard().setText(phone)
        self.copied.emit(phone)
        return True

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
        wanted = max(self.height_wanted(), self._told_height())
        high = max(min(wanted, room), theme.px(_LEAST))
        wide = min(theme.px(_WIDE), window.width() - corner.x() - _EDGE)
        self.setGeometry(QRect(window.mapToGlobal(corner), QSize(wide, high)))

    def _open(self, entry: Entry | None) -> None:
        if entry is None or isinstance(entry, Group):
            return
        text = self._box.text().strip()
        self._leave()
        if isinstance(entry, Doing):
            errors.guarded(self, lambda: entry.do(text))()
        else:
            self.opened.emit(*entry.opens)

    def _go(self, kind: str, record_id: int) -> None:
        self._leave()
        self.opened.emit(kind, record_id)

    def _leave(self) -> None:
        self._box.clear()
        self.hide()

    def show_hits(self, text: str, hits: Sequence[Hit], doings: Sequence[Doing]) -> None:
        """Show what was found, with the first row chosen."""
        self.model.show_hits(text, hits, doings)
        self.move_choice(0)

    def move_choice(self, step: int) -> None:
        """Choose the row above (-1) or below (1), or the first (0)."""
        rows = [at for at, entry in enumerate(self.model.entries) if not isinstance(entry, Group)]
        if not rows:
            self._show_chosen()
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
        titles = sum(isinstance(entry, Group) for entry in self.model.entries)
        rows = len(self.model.entries) - titles
        return theme.px(TITLE) * (titles + 1) + theme.px(ROW) * rows + theme.px(8)

    def _told_height(self) -> int:
        """Return how tall the preview would like to be, with the foot below it."""
        is_hit = isinstance(self.chosen(), Hit)
        least = theme.px(_TALL) if is_hit else 0
        wide = self.preview.width() if self.isVisible() else theme.px(_WIDE) * 2 // 5
        return max(least, self.preview.heightForWidth(wide)) + theme.px(TITLE) + theme.px(8)

    def _show_chosen(self) -> None:
        """Tell of the chosen row; what is to be read of it comes when the keys rest."""
        entry = self.chosen()
        self._told = None
        self._rest.stop()
        if isinstance(entry, Doing):
            self.preview.show_doing(entry)
        elif isinstance(entry, Hit):
            self.preview.show_hit(entry)
            self._rest.start()
        else:
            self.preview.show_nothing()

    def _ask(self) -> None:
        """Read what is told of the chosen record, elsewhere; an older answer is not shown."""
        entry, desk = self.chosen(), self._desk
        if not isinstance(entry, Hit):
            return

        def show(found: Preview | None) -> None:
            if found is not None and self.chosen() is entry:
                self._told = found
                self.preview.show_preview(found, desk.formats, desk.today())
                self._stand()

        desk.background.run(self, lambda: search_previews.preview(desk.store, entry), show)


def _foot() -> QFrame:
    more = _("for something to do. A scanned code opens its record from any screen.")
    pieces = (
        *(Label(_("Start with"), "second"), KeyHint("#"), Label(_("for a number,"), "second")),
        *(KeyHint("@"), Label(_("for a customer,"), "second")),
        KeyHint(COMMAND),
    )
    layout = row(*pieces, gap=6, margins=(12, 5, 12, 5))
    layout.addWidget(Label(more, "second", is_cut=True), 1)
    return block(layout, "footer")
