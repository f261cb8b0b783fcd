"""Papers and photos of a record: its list, a look at one of them, adding, opening, saving."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QStandardPaths, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.services import attachments
from smallcmms.services.attachments import AttachmentRow
from smallcmms.store.store import Changed
from smallcmms.texts import _, _n
from smallcmms.ui import errors
from smallcmms.ui.forms.file_card import FileCard
from smallcmms.ui.kit import Button, Cell, Desk, Label, PanelHeader, block, column, theme
from smallcmms.ui.lists.short_rows import ShortRows

_ROW, _EDGE, _SOON_MS = 30, 12, 20
_KILO, _MEGA = 1000, 1_000_000
_ICONS = MappingProxyType(
    {
        AttachmentKind.PHOTO: "image",
        AttachmentKind.MANUAL: "file-text",
        AttachmentKind.SDS: "droplets",
        AttachmentKind.LOCK_OUT: "shield-check",
        AttachmentKind.SCAN: "scan-line",
        AttachmentKind.RECEIPT: "receipt",
        AttachmentKind.OTHER: "paperclip",
    }
)


class FilesBlock(QWidget):
    """The papers and photos of one record; files dropped on it are added.

    ``shown`` tells how many there are.
    """

    shown = Signal(int)

    def __init__(self, desk: Desk, record: str, record_id: int = 0) -> None:
        super().__init__()
        self.desk, self._record, self._record_id = desk, record, record_id
        self._chosen_id = 0
        self.add_button = Button(_("Add"), "link", icon="plus", is_small=True, on=self.add)
        self.add_button.setAccessibleName(_("Add papers and photos"))
        title = _("Papers and photos")
        self.header = PanelHeader("paperclip", title, "", self.add_button)
        self.list = ShortRows[AttachmentRow].of_cells(self._cell, row=_ROW, says=title)
        self.list.opened.connect(self._toggle)
        self.card = FileCard(desk)
        self.card.closed.connect(self._close)
        self.card.grew.connect(lambda: QTimer.singleShot(_SOON_MS, self, self._bring_in))
        self.nothing = Label(_("Drop files here, or add them."), "second", wraps=True)
        inside = block(column(self.nothing, margins=(12, 8, 12, 8)))
        self._empty = inside
        self.setLayout(column(self.header, self.list, self.card, inside, gap=0))
        self.setAcceptDrops(True)
        desk.relay.changed.connect(self._follow)
        self.show_record(record_id)

    def show_record(self, record_id: int) -> None:
        """Show the files of another record of the same kind."""
        if record_id != self._record_id:
            self._chosen_id = 0
        self._record_id = record_id
        self._look()

    def add(self) -> None:
        """Ask for files and keep them with the record."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        title = _("Add papers and photos")
        self.take(self.desk.ask.open_files(self, title, "", Path(home)))

    def take(self, paths: Sequence[Path]) -> None:
        """Keep these files with the record: one step."""
        if not paths or not self._record_id:
            return
        store, record, record_id = self.desk.store, self._record, self._record_id
        self.desk.background.run(
            self,
            lambda: attachments.add_files(store, record, record_id, paths),
            self._tell_added,
            lambda error: errors.show(error, self),
        )

    def _tell_added(self, added: list[int]) -> None:
        if added:
            self.desk.front.toast(_n("Added {n} file", "Added {n} files", len(added)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files of this machine, and nothing else."""
        if self._record_id and _files_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Keep what was dropped."""
        paths = _files_of(event)
        event.acceptProposedAction()
        errors.guarded(self, lambda: self.take(paths))()

    def _follow(self, changed: Changed) -> None:
        if changed.touches("attachment"):
            self._look()

    def _look(self) -> None:
        found: list[AttachmentRow] = []
        if self._record_id:
            found = attachments.rows(self.desk.store, self._record, self._record_id)
        self.header.count.setText(str(len(found)) if found else "")
        self.list.show_rows(found)
        self._empty.setVisible(not found)
        chosen = next((each for each in found if each.id == self._chosen_id), None)
        self._chosen_id = chosen.id if chosen else 0
        self.card.show_file(chosen)
        self.shown.emit(len(found))

    def _toggle(self, place: int) -> None:
        row = self.list.row_of(place)
        self._chosen_id = 0 if row.id == self._chosen_id else row.id
        self.card.show_file(row if self._chosen_id else None)

    def _bring_in(self) -> None:
        """Bring the file that is looked at into sight, where the page scrolls."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and self.card.isVisible():
            around.ensureWidgetVisible(self.card, 0, theme.px(_EDGE))

    def _close(self) -> None:
        self._chosen_id = 0
        self.card.show_file(None)
        self.list.setFocus()

    def _cell(self, row: AttachmentRow) -> Cell:
        if not row.is_there:
            icon, words = "triangle-alert", _("missing")
            return Cell(first=row.name, icon=icon, icon_tone="red", right=words, right_tone="red")
        formats, today = self.desk.formats, self.desk.today()
        is_photo = row.kind is AttachmentKind.PHOTO
        day = formats.relative_day(formats.local(row.added_at).date(), today)
        right = day if is_photo else size_words(self.desk, row.size)
        return Cell(first=row.name, icon=_ICONS[row.kind], right=right)


def size_words(desk: Desk, size: int) -> str:
    """Return how large a file is, as people say it: 88 kB, 2.1 MB."""
    if size >= _MEGA:
        number = desk.formats.quantity(round(Decimal(size) / _MEGA, 1))
        return _("{number} MB", number=number)
    return _("{number} kB", number=desk.formats.quantity(Decimal(max(size // _KILO, 1))))


def _files_of(event: QDropEvent) -> list[Path]:
    """Return the files of this machine that are dropped; nothing where one is from elsewhere."""
    urls = event.mimeData().urls()
    if not urls or not all(url.isLocalFile() and not url.host() for url in urls):
        return []
    return [Path(url.toLocalFile()) for url in urls]
