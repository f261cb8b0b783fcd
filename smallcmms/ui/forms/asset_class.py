"""The form of an asset class: what its assets have in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.typed import read_whole
from smallcmms.services import asset_classes, choices
from smallcmms.services.asset_classes import ClassRow
from smallcmms.texts import _, listed
from smallcmms.ui import errors
from smallcmms.ui.kit import (
    Button,
    Desk,
    Form,
    Label,
    LineBox,
    TextBox,
    column,
    row,
)
from smallcmms.ui.widgets.wrapping import WrappedChips


class AssetClassForm(QWidget):
    """Edit a class, saved when a box is left, or fill in a new one for ``make``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.record_id = desk, 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("name", LineBox(_("Name"), hint=_("Circulator"), is_needed=True))
        life = LineBox(_("Expected life, years"), read=read_whole)
        add("expected_life_years", life)
        hazards = add("hazards", TextBox(_("Hazards; they print on every work order"), rows=2))
        fields = add("custom_fields", TextBox(_("Fields of its own, one a line"), rows=4))
        for box in (hazards, fields):
            box.text_edit.setMaximumHeight(box.text_edit.minimumHeight())
        self.problems = WrappedChips(_problems(desk))
        self.problems.chosen.connect(errors.guarded(self, self._save_problems))
        note = Label(_("Nothing ticked: every problem fits."), "second")
        self.archive = Button(_("Archive this class"), icon="package", on=self._archive)
        self.setLayout(
            column(
                row(self.first, life, gap=10),
                hazards,
                Label(_("Problems that it can have"), "label"),
                self.problems,
                note,
                fields,
                row(self.archive, None),
                None,
                gap=10,
            )
        )

    def show_record(self, found: ClassRow) -> None:
        """Edit a class."""
        if self.record_id != found.id:
            self.form.clear()
        self.record_id = found.id
        self.problems.set_value(*found.problem_codes)
        self.archive.setVisible(True)
        self.archive.say(
            _("Bring this class back") if found.archived_on else _("Archive this class")
        )
        self.form.fill(
            {
                "name": found.name,
                "expected_life_years": found.expected_life_years,
                "hazards": found.hazards,
                "custom_fields": "\n".join(found.custom_fields),
            }
        )

    def begin(self) -> None:
        """Fill in a new class."""
        self.record_id = 0
        self.form.clear()
        self.problems.set_value()
        self.archive.hide()

    def make(self) -> int:
        """Add the class that was filled in."""
        told = _kept(self.form.values()) | {"problem_codes": self.problems.values}
        return asset_classes.add(self.desk.store, **told)

    def _save(self, values: dict[str, Any]) -> None:
        if self.record_id:
            asset_classes.edit(self.desk.store, self.record_id, **_kept(values))

    def _save_problems(self) -> None:
        if self.record_id:
            asset_classes.edit(self.desk.store, self.record_id, problem_codes=self.problems.values)

    def _archive(self) -> None:
        found = asset_classes.get(self.desk.store, self.record_id)
        if found.archived_on is None:
            asset_classes.archive(self.desk.store, self.record_id)
            self.desk.front.toast(_("Archived {name}", name=found.name))
        else:
            asset_classes.bring_back(self.desk.store, self.record_id)


def _problems(desk: Desk) -> list[tuple[str, str]]:
    return [(each.code, listed(each.text)) for each in choices.rows(desk.store, "problem")]


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    told = dict(values)
    if "custom_fields" in told:
        lines = told["custom_fields"].splitlines()
        told["custom_fields"] = [line.strip() for line in lines if line.strip()]
    return told
