"""The PM schedules of an asset, with the next date of each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from smallcmms import pm_words
from smallcmms.services import pm_past
from smallcmms.services.pm_pages import PmRow
from smallcmms.texts import _
from smallcmms.ui import pm_state_words
from smallcmms.ui.kit import Button, Cell, Desk, PanelHeader, column
from smallcmms.ui.lists.short_rows import ShortRows

_ROW = 46


class AssetUpkeep(QWidget):
    """Show what is done on an asset again and again; a new schedule is begun here too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._asset_id = desk, 0
        add = Button(_("Add"), "quiet", icon="plus", is_small=True, on=self._begin)
        self.header = PanelHeader("calendar-clock", _("PM schedules"), "", add)
        self.rows: ShortRows[PmRow] = ShortRows.of_cells(
            self._cell, row=_ROW, says=_("PM schedules")
        )
        self.rows.opened.connect(
            lambda place: desk.front.go("pm_schedules", self.rows.row_of(place).id)
        )
        self.setLayout(column(self.header, self.rows, gap=0))

    def show_asset(self, asset_id: int) -> None:
        """Show the schedules of an asset."""
        self._asset_id = asset_id
        found = pm_past.of_asset(self._desk.store, asset_id)
        self.rows.show_rows(found)
        self.header.count.setText(str(len(found)) if found else "")

    def _begin(self) -> None:
        self._desk.front.begin("pm_schedules", "pm_schedule", asset_id=self._asset_id)

    def _cell(self, each: PmRow) -> Cell:
        formats, today = self._desk.formats, self._desk.today()
        often = pm_words.how_often(each.rule, formats)
        second = _("{number}, {how_often}", number=each.number, how_often=often)
        words, tone = pm_state_words.state(each, today, formats)
        if not each.is_paused and not each.days_late and each.next_on is not None:
            is_far = each.next_on.year != today.year
            words = formats.day_year(each.next_on) if is_far else formats.day(each.next_on)
            tone = "text2"
        return Cell(first=each.name, second=second, right=words, right_tone=tone)
