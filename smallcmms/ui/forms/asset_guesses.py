"""Which asset a caller means: the likeliest at the site, what is known of it, or another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from smallcmms.services import assets
from smallcmms.services.advice import Advice
from smallcmms.services.intake import Guess, Standing
from smallcmms.texts import _
from smallcmms.ui.kit import Desk, FindBox, Found, Label, Option, Options, block, column, row

NOBODY_KNOWS = "not_sure"
_NEW = "new"
_ROWS = 4


class AssetGuesses(QWidget):
    """Offer the guesses; ``picked`` tells the asset that somebody picked, or nothing."""

    picked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.site_id: int | None = None
        self.is_picked = False
        self.asset_id: int | None = None
        self.new_name = ""
        self._guesses: dict[int, Guess] = {}
        self.options = Options([Option(at, "") for at in range(_ROWS)], says=_("Asset"))
        self.options.chosen.connect(self._choose)
        self.options.installEventFilter(self)
        self.other = FindBox(
            "",
            self._look,
            hint=_("Name, number or make"),
            says=_("Find another asset"),
            new=lambda text: _("New asset “{text}”, to audit later", text=text),
        )
        self.other.taken.connect(self._take)
        self.other.wants_new.connect(self._make_new)
        self.other.cleared.connect(lambda: self._make_new(""))
        self.standing = Label("", "second", is_cut=True)
        head = row(Label(_("Asset"), "label"), gap=4)
        head.addWidget(self.standing, 1)
        well = block(column(self.options, margins=(1, 1, 1, 1)), "well")
        self.setLayout(column(head, well, self.other, gap=4))
        self.clear()

    def clear(self) -> None:
        """Know of no asset."""
        self.is_picked, self.asset_id, self.site_id = False, None, None
        self.name_new("")
        self.show_guesses((), None, None)

    def pick(self, asset_id: int | None, *, is_picked: bool = True) -> None:
        """Take an asset as picked by somebody, without telling."""
        self.asset_id, self.is_picked = asset_id, is_picked

    def name_new(self, name: str) -> None:
        """Take an asset that nobody took in yet as picked, without telling; blank for none."""
        self.new_name = name
        if name:
            self.asset_id, self.is_picked = None, True
            self.other.show_taken(_NEW, _("{name}, new", name=name))
        else:
            self.other.set_value(None)

    def show_advice(self, told: Advice) -> None:
        """Show what the words of the caller lead to."""
        self.show_guesses(told.guesses, told.asset_id, told.standing)

    def show_guesses(
        self, guesses: Sequence[Guess], asset_id: int | None, standing: Standing | None
    ) -> None:
        """Offer these assets, the likeliest first."""
        self.asset_id = asset_id
        self._guesses = {guess.asset_id: guess for guess in guesses}
        unknown = Option(NOBODY_KNOWS, _("Not sure, or type to find another"))
        self.options.set_options([*(_option(guess) for guess in guesses), unknown])
        is_unsure = asset_id is None and self.is_picked
        self.options.set_value(NOBODY_KNOWS if is_unsure else asset_id)
        self.other.setVisible(is_unsure)
        self.standing.set_tone("" if standing else "text3")
        self.standing.setText(self._told(standing))

    @property
    def location_id(self) -> int | None:
        """Return where the asset stands."""
        guess = self._guesses.get(self.asset_id or 0)
        return guess.location_id if guess else None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Begin to find another asset when letters are typed on a row."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if not (is_plain and event.text().strip().isalnum()):
            return False
        self._choose(NOBODY_KNOWS)
        self.other.line.insert(event.text())
        self.other.line.textEdited.emit(self.other.line.text())
        return True

    def _choose(self, key: object) -> None:
        self.is_picked = True
        self.name_new("")
        self.asset_id = None if key == NOBODY_KNOWS else int(str(key))
        self.options.set_value(key)
        self.other.setVisible(key == NOBODY_KNOWS)
        if key == NOBODY_KNOWS:
            self.other.set_value(None)
            self.other.setFocus()
        self.picked.emit(self.asset_id)

    def _look(self, text: str) -> Sequence[Found]:
        ids = assets.find(self._desk.store, text=text)
        found = assets.rows(self._desk.store, ids[:100]).values()
        return [
            Found(each.id, each.label, f"{each.number} · {each.place or each.site}")
            for each in found
            if self.site_id in (None, each.site_id)
        ]

    def _make_new(self, name: str) -> None:
        if name or self.new_name:
            self.name_new(name)
            self.picked.emit(None)

    def _take(self, asset_id: int) -> None:
        self.new_name = ""
        self.asset_id, self.is_picked = asset_id, True
        self.other.hide()
        self.picked.emit(asset_id)

    def _told(self, standing: Standing | None) -> str:
        if standing is None:
            return _("· best guesses at this site") if self._guesses else ""
        formats, until = self._desk.formats, standing.warranty_until
        warranty = _("no warranty")
        if until is not None:
            warranty = _("under warranty until {day}", day=formats.day_year(until))
        work = ", ".join(standing.open_numbers)
        is_open = _("open: {numbers}", numbers=work) if work else _("no open work")
        return f"· {warranty} · {is_open}"


def _option(guess: Guess) -> Option:
    is_open = _("{number} open", number=guess.open_number) if guess.open_number else ""
    first, then = guess.short_code, f"{guess.name} {guess.number}"
    if not first:
        first, then = guess.name, guess.number
    return Option(guess.asset_id, first, then, right=is_open, tone="violet")
