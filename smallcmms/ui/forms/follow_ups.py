"""What the program looks after by itself: what expires, and what sensors write into a folder."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms import sensor_words
from smallcmms.domain.errors import RuleBroken
from smallcmms.exchange import tables
from smallcmms.services import follow_ups, sensor_folder
from smallcmms.texts import _
from smallcmms.ui.kit import Button, Desk, Form, Label, QuantityBox, column, row


class FollowUpsForm(QWidget):
    """Set how early something is come back to, and choose the folder of the sensors."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.form = Form(self, save=self._save)
        words = _("Days before a certificate or a warranty ends")
        self.lead = self.form.add("lead_days", QuantityBox(words, desk.formats))
        self.lead.setFixedWidth(320)
        self.folder, self.told = Label("", wraps=True), Label("", "second", wraps=True)
        self.choose = Button(_("Choose the folder"), on=self.ask_for_folder)
        self.look_now = Button(_("Look now"), on=self.look)
        self.forget = Button(_("Look no more"), "quiet", on=self.look_no_more)
        hint = _(
            "Each new file in it is read once, every few minutes while the program is open. "
            "The files stay as they are. Give each meter its sensor's name first."
        )
        self.setLayout(
            column(
                Label(_("What expires"), "bold"), self.lead, 12,
                Label(_("Readings of sensors"), "bold"), Label(hint, "second", wraps=True),
                self.folder, row(self.choose, self.look_now, self.forget, None), self.told, None,
                gap=8, margins=(16, 12, 16, 12),
            )
        )  # fmt: skip

    def refresh(self) -> None:
        """Show what is chosen."""
        store = self._desk.store
        self.form.fill({"lead_days": Decimal(follow_ups.lead_days(store))})
        folder = sensor_folder.chosen(store)
        self.folder.setText(folder or _("No folder is chosen."))
        for button in (self.look_now, self.forget):
            button.setVisible(bool(folder))

    def ask_for_folder(self) -> None:
        """Ask for the folder, and look into it."""
        folder = self._desk.ask.folder(self, _("The folder of the sensors"), Path.home())
        if folder is not None:
            sensor_folder.choose(self._desk.store, str(folder))
            self.refresh()
            self.look()

    def look_no_more(self) -> None:
        """Look into no folder any more."""
        sensor_folder.choose(self._desk.store, "")
        self.told.setText("")
        self.refresh()

    def look(self) -> None:
        """Look into the folder now."""
        store, folder = self._desk.store, Path(sensor_folder.chosen(self._desk.store))

        def work(_job: object) -> list[str]:
            told = sensor_folder.look(store, folder, read=tables.read)
            return [sensor_words.line(each) for each in told]

        self._desk.background.run_long(
            self, _("Reading {name}", name=folder.name), work, self._tell
        )

    def _tell(self, lines: list[str]) -> None:
        self.told.setText("\n".join(lines) or _("Nothing new."))

    def _save(self, values: dict[str, Any]) -> None:
        days: Decimal | None = values["lead_days"]
        if days is None or days != days.to_integral_value():
            raise RuleBroken("Type 0 to {most} days.", "lead_days", most=366)
        follow_ups.set_lead_days(self._desk.store, int(days))
