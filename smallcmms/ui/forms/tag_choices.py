"""Which tags are printed on which labels: the boxes beside the preview of a label sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.tag_messages import SecondCode
from smallcmms.services import label_sheets, tag_printing
from smallcmms.services.tag_printing import Habits
from smallcmms.texts import _
from smallcmms.ui.forms.tag_kinds import TagKind, Which
from smallcmms.ui.kit import Choice, Desk, Form, Label, LineBox, QuantityBox, column, row

TENTH = Decimal("0.1")
FARTHEST = Decimal(20)


class TagChoices(QWidget):
    """Whose tags, which label sheet, where it begins, and the nudge; ``changed`` at each key."""

    changed = Signal()

    def __init__(self, desk: Desk, kind: TagKind) -> None:
        super().__init__()
        self.desk, self._kind = desk, kind
        self.asset_ids: Sequence[int] = ()
        self._which: Mapping[str, Which] = {}
        self._sheets: dict[str, LabelSheet] = {}
        self._shown_sheet, self._shown_whose = "", "given"
        self.form = Form(self)
        add, formats = self.form.add, desk.formats
        self.whose = add("whose", Choice(_("Tags of")))
        self.sheet = add("label_sheet", Choice(_("Label sheet")))
        self.start = add("start_at", LineBox(_("Start at label"), read=whole, is_needed=True))
        self.length = add("length_mm", QuantityBox(_("Length, mm"), formats))
        self.right = add("nudge_x_mm", QuantityBox(_("Move right, mm"), formats, is_signed=True))
        self.down = add("nudge_y_mm", QuantityBox(_("Move down, mm"), formats, is_signed=True))
        self.second = add("second", Choice(_("Second code, for customers"), _seconds()))
        self.hint = Label("", "second", wraps=True)
        self.full = Label(_("Print at 100 % (actual size), never “fit to page”."), wraps=True)
        self.form.edited.connect(self._tell)
        nudge = row(self.right, self.down, gap=10)
        pieces = (self.whose, self.sheet, self.start, self.length, nudge, self.second)
        self.setLayout(
            column(*pieces, self.full, self.hint, None, gap=10, margins=(16, 12, 16, 12))
        )
        if not kind.has_second:
            self.second.hide()

    def show_assets(self, asset_ids: Sequence[int]) -> None:
        """Offer the tags of these assets, of the place and the site of one, and of those left."""
        self._offer(asset_ids)
        self._sheets = label_sheets.every(self.desk.store)
        self.sheet.set_items([(key, _name(sheet)) for key, sheet in self._sheets.items()])
        self.show_habits(tag_printing.habits(self.desk.store))
        self.second.set_value(tag_printing.habits(self.desk.store).second)
        self.start.setFocus()
        self.start.line.selectAll()

    def show_habits(self, told: Habits) -> None:
        """Show how tags were printed on a sheet the last time."""
        self._shown_sheet = told.sheet
        self.sheet.set_value(told.sheet)
        self.start.set_value(told.start_at)
        self.right.set_value(told.nudge_x_mm)
        self.down.set_value(told.nudge_y_mm)
        sheet = self._sheets[told.sheet]
        usual = Decimal(str(sheet.height)) if sheet.is_tape else None
        self.length.set_value(told.length_mm or usual)
        self.start.setVisible(not sheet.is_roll)
        self.length.setVisible(sheet.is_tape)

    def habits(self) -> Habits:
        """Return what is chosen.

        Raises:
            RuleBroken: a box cannot be read; it names the box.
        """
        told = self.form.values()
        return Habits(
            sheet=told["label_sheet"],
            start_at=told["start_at"],
            nudge_x_mm=_tenths(told["nudge_x_mm"], "nudge_x_mm"),
            nudge_y_mm=_tenths(told["nudge_y_mm"], "nudge_y_mm"),
            length_mm=told["length_mm"] if self.labels_chosen.is_tape else None,
            second=told["second"] if self._kind.has_second else SecondCode.NONE,
        )

    @property
    def labels_chosen(self) -> LabelSheet:
        """Return the label sheet as it is sold."""
        return self._sheets[self.sheet.value]

    def _tell(self) -> None:
        """Follow a choice first: another sheet has habits of its own, others have other tags."""
        if self.sheet.value != self._shown_sheet:
            self.show_habits(tag_printing.habits(self.desk.store, self.sheet.value))
        if self.whose.value != self._shown_whose:
            self._find(self.whose.value)
        else:
            self.changed.emit()

    def _find(self, whose: str) -> None:
        """Find the assets in the background: there may be very many."""
        self._shown_whose = whose

        def show(found: Sequence[int]) -> None:
            if self._shown_whose == whose:
                self.asset_ids = found
                self.changed.emit()

        self.desk.background.run(self, self._which[whose], show)

    def _offer(self, asset_ids: Sequence[int]) -> None:
        offer = self._kind.offer(self.desk.store, asset_ids)
        self._which = offer.which
        self.whose.set_items(offer.items)
        self.whose.set_value("given")
        self.asset_ids, self._shown_whose = list(asset_ids), "given"


def whole(text: str) -> int:
    """Read a whole number.

    Raises:
        RuleBroken: it is none.
    """
    if not (text.isascii() and text.isdecimal()):
        raise RuleBroken("Write a number, for example 4.")
    return int(text)


def _tenths(typed: Decimal | None, field: str) -> Decimal:
    length = (typed or Decimal(0)).quantize(TENTH)
    if abs(length) > FARTHEST:
        raise RuleBroken("At most {most} mm.", field, most=FARTHEST)
    return length


def _name(sheet: LabelSheet) -> str:
    return f"{sheet.name} ({sheet.also})" if sheet.also else sheet.name


def _seconds() -> list[tuple[object, str]]:
    return [
        (SecondCode.NONE, _("none")),
        (SecondCode.EMAIL, _("opens an e-mail to you")),
        (SecondCode.TEXT, _("opens a text message to you")),
    ]
