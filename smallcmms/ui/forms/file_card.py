"""One paper or photo: what it looks like, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import pictures
from smallcmms.exchange.pictures import Small
from smallcmms.services import attachments
from smallcmms.services.attachments import AttachmentRow
from smallcmms.texts import _
from smallcmms.ui import outside
from smallcmms.ui.kit import (
    Button,
    Choice,
    Desk,
    Form,
    Label,
    LineBox,
    block,
    column,
    row,
    theme,
)
from smallcmms.ui.question import Question

_MOST = 236


def kinds() -> list[tuple[object, str]]:
    """Return what a file can be."""
    return [
        (AttachmentKind.PHOTO, _("Photo")),
        (AttachmentKind.MANUAL, _("Manual")),
        (AttachmentKind.SDS, _("Safety data sheet")),
        (AttachmentKind.LOCK_OUT, _("Lock-out")),
        (AttachmentKind.SCAN, _("Scan")),
        (AttachmentKind.RECEIPT, _("Receipt")),
        (AttachmentKind.OTHER, _("Other")),
    ]


class FileCard(QWidget):
    """Show one file below its list.

    ``closed`` tells that the person is done with it, ``grew`` that it takes more room.
    """

    closed = Signal()
    grew = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.file: AttachmentRow | None = None
        self._question = Question[Small | RuleBroken](desk.background, self)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = Label("", "second", wraps=True)
        self.form = Form(self, save=self._save)
        self.name = self.form.add("name", LineBox(_("Name"), size="small", is_needed=True))
        self.kind = self.form.add("kind", Choice(_("What it is"), kinds(), size="small"))
        self.open = Button(_("Open"), icon="file-text", is_small=True, on=self.open_copy)
        self.save = Button(_("Save as"), icon="download", is_small=True, on=self.save_copy)
        away = Button(_("Archive"), "quiet", is_small=True, on=self.archive)
        close = Button("", "icon", icon="x", says=_("Close"), is_small=True, on=self.closed.emit)
        boxes = column(self.name, self.kind, gap=6)
        verbs = row(self.open, self.save, None, away, close, gap=6)
        inside = column(verbs, self.words, self.picture, boxes, gap=8, margins=(12, 10, 12, 10))
        self.setLayout(column(block(inside, "well"), margins=(10, 8, 10, 8)))
        self.hide()

    def show_file(self, file: AttachmentRow | None) -> None:
        """Show a file, or none."""
        is_same = file is not None and self.file is not None and file.hash == self.file.hash
        if self.file is not None and (file is None or file.id != self.file.id):
            self.form.keep()
        self.file = file
        self.setVisible(file is not None)
        if file is None:
            self._question.drop()
            return
        self.form.fill({"name": file.name, "kind": file.kind})
        opens = file.is_there and attachments.opens(self.desk.store, file.id)
        self.open.setVisible(opens)
        self.save.setVisible(file.is_there)
        if not is_same:
            self._look(file)
            self.grew.emit()

    def _look(self, file: AttachmentRow) -> None:
        self.picture.hide()
        self.words.hide()
        if not file.is_there:
            self._tell(_("This file is missing from the shop's files. A backup may have it."))
            return
        if not attachments.is_picture(self.desk.store, file.id):
            return
        store, ratio = self.desk.store, self.devicePixelRatio()
        most = round(theme.px(_MOST) * ratio)

        def work() -> Small | RuleBroken:
            try:
                return pictures.small(attachments.content(store, file.id), most=most)
            except RuleBroken as error:
                return error

        self._question.ask(work, self._show)

    def _show(self, seen: Small | RuleBroken) -> None:
        if isinstance(seen, RuleBroken):
            self._tell(_(seen.message, **seen.values))
            return
        kind = QImage.Format.Format_RGB888
        image = QImage(seen.points, seen.width, seen.height, 3 * seen.width, kind)
        pixmap = QPixmap.fromImage(image.copy())
        pixmap.setDevicePixelRatio(self.devicePixelRatio())
        self.picture.setPixmap(pixmap)
        self.picture.setAccessibleName(self.file.name if self.file else "")
        self.picture.show()
        self.grew.emit()

    def _tell(self, words: str) -> None:
        self.words.setText(words)
        self.words.show()

    def _save(self, values: dict[str, object]) -> None:
        if self.file is None:
            return
        store, file_id = self.desk.store, self.file.id
        if "name" in values:
            attachments.rename(store, file_id, name=str(values["name"]))
        if isinstance(kind := values.get("kind"), AttachmentKind):
            attachments.set_kind(store, file_id, kind=kind)

    def open_copy(self) -> None:
        """Let the system open a copy."""
        if self.file is not None:
            outside.open_copy(self.desk, self.file.id)

    def save_copy(self) -> None:
        """Ask where a copy goes, and write it there without the place it was taken at."""
        if self.file is None:
            return
        store, file_id = self.desk.store, self.file.id
        where = QStandardPaths.StandardLocation.DownloadLocation
        folder = Path(QStandardPaths.writableLocation(where))
        proposal = folder / attachments.copy_name(store, file_id)
        target = self.desk.ask.save_file(self, _("Save a copy"), "", proposal)
        if target is not None:
            attachments.save_copy(store, file_id, target, clean=pictures.without_traces)
            self.desk.front.toast(_("Saved {name}", name=target.name), has_undo=False)

    def archive(self) -> None:
        """Put the file away."""
        if self.file is not None:
            name = self.file.name
            attachments.archive(self.desk.store, self.file.id)
            self.desk.front.toast(_("Archived {name}", name=name))
