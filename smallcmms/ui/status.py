"""The row below the pages: the page's keys, long work, how safe everything is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from smallcmms.texts import _
from smallcmms.ui import theme
from smallcmms.ui.background import Job
from smallcmms.ui.widgets.badges import KeyHint
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.label import Icon, Label
from smallcmms.ui.widgets.panel import block, row

_HEIGHT = 27


class StatusRow(QFrame):
    """Keys at the left; progress, what is saved and the last backup at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._keys = QWidget()
        self._keys_row = QHBoxLayout(self._keys)
        self._keys_row.setContentsMargins(0, 0, 0, 0)
        self._keys_row.setSpacing(14)
        self._job: Job | None = None
        self.saved, self.backup = Label("", "second"), Label("", "second")
        self.checked = Label("", "second")
        self._backup_icon = Icon("hard-drive", "text2", 14)
        self._saved_part = block(row(Icon("check", "text2", 14), self.saved, gap=4))
        self._backup_part = block(row(self._backup_icon, self.backup, gap=4))
        self._checked_part = block(row(Icon("calendar-clock", "text2", 14), self.checked, gap=4))
        self._make_progress()
        layout = row(self._keys, None, self.progress, gap=14, margins=(12, 0, 12, 0))
        layout.addWidget(self._checked_part)
        layout.addWidget(self._saved_part)
        layout.addWidget(self._backup_part)
        self.setLayout(layout)
        self.note("")
        self.tell_checked("")
        self.tell_backup("")
        theme.signals.changed.connect(self._fit)
        self._fit()

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show the keys of a page: each with what it does, as message ids."""
        while item := self._keys_row.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, does in keys:
            self._keys_row.addWidget(block(row(KeyHint(key), Label(_(does), "second"), gap=5)))

    def note(self, words: str) -> None:
        """Say how safe what was typed is."""
        self.saved.setText(words)
        self._saved_part.setVisible(bool(words))

    def tell_checked(self, words: str) -> None:
        """Say what the last check of the PM schedules found."""
        self.checked.setText(words)
        self._checked_part.setVisible(bool(words))

    def tell_backup(self, words: str, *, is_worry: bool = False) -> None:
        """Say how old the last backup is; a worry is amber."""
        self.backup.setText(words)
        self.backup.set_tone("amber" if is_worry else "")
        name, tone = ("triangle-alert", "amber") if is_worry else ("hard-drive", "text2")
        self._backup_icon.show_icon(name, tone)
        self._backup_part.setVisible(bool(words))

    def show_job(self, job: Job) -> None:
        """Show a long work with its progress and Stop."""
        self._job = job
        self.job_title.setText(job.title)
        self.bar.setRange(0, 0)
        job.moved.connect(self._moved)
        self.progress.show()

    def end_job(self, job: Job) -> None:
        """Show it no more."""
        if job is self._job:
            self._job = None
            self.progress.hide()

    def _make_progress(self) -> None:
        self.job_title = Label("", "second")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.stop = Button(_("Stop"), "quiet", is_small=True, on=self._stop)
        self.progress = block(row(self.job_title, self.bar, self.stop, gap=8))
        self.progress.hide()

    def _moved(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT))
