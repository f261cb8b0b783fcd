"""The page of parts: what lies where, what is free, what is to be ordered, and every move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from smallcmms.domain.errors import NotFound
from smallcmms.domain.stock import MoveKind
from smallcmms.services import parts
from smallcmms.services.parts import LocationRow, PartPage
from smallcmms.store.store import Store
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.forms.part import NewPartForm, PartForm
from smallcmms.ui.forms.stock_move import StockMoveForm
from smallcmms.ui.forms.tag_kinds import SHELVES
from smallcmms.ui.forms.tags import PrintTags
from smallcmms.ui.kit import (
    Button,
    EmptyState,
    Panel,
    action,
    block,
    column,
    row,
    scrolled,
    theme,
)
from smallcmms.ui.pages.page import Page
from smallcmms.ui.pages.part_cells import PartCells
from smallcmms.ui.pages.part_details import PartDetails
from smallcmms.ui.pages.part_moves import PartMoves
from smallcmms.ui.pages.parts_list import Looked, PartChips, PartsList, look_up
from smallcmms.ui.pages.to_order import ToOrder

_SIDE, _FORM = 336, 420
_MORE = (
    "edit",
    "receive",
    "move_part",
    "adjust",
    "scrap",
    "history",
    "archive",
    "bring_in",
    "orders",
)


class PartsPage(Page):
    """List the parts; show one, move it, and order what is low."""

    title = later("Parts")
    icon = "package"
    keys = (
        ("↑ ↓", later("next part")),
        ("+ −", later("change count here")),
        ("F2", later("edit the cell")),
        ("Ctrl+N", later("new part")),
    )
    tables = (
        *("part", "stock_move", "stock_location", "reservation", "supplier", "part_par"),
        *("purchase_order", "purchase_order_line", "part_fit", "work_order"),
    )

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._part_id = self._wanted = 0
        self._order, self._is_falling = "name", False
        self.places: list[LocationRow] = parts.locations(self.desk.store)
        self.chips = PartChips(self.places)
        self.chips.chosen.connect(self._look)
        self.list = PartsList(self.desk, self.places)
        self.filter_box = self.list.filter.line
        self.list.filter.line.textChanged.connect(self._look)
        self.list.model.sorted.connect(self._sort)
        self.list.cells.chosen.connect(self._choose)
        self.list.cells.opened.connect(lambda _id: self.commands["edit"].trigger())
        self.cells = PartCells(self.desk, self.list)
        self.right = QStackedWidget()
        head = ("load_truck", "count_stock")
        buttons = [self.button(name) for name in head]
        top = row(self.chips, None, *buttons, self.button("new", "primary"))
        middle = row(gap=12)
        middle.addWidget(self.list, 1)
        middle.addWidget(self.right)
        main = column(top, gap=10, margins=(18, 14, 18, 12))
        main.addLayout(middle, 1)
        self.whole = QStackedWidget()
        self.whole.addWidget(block(main))
        self.setLayout(row(self.whole))
        yield
        self._make_side()
        yield
        yield from self._make_forms()
        self.tags = PrintTags(self.desk, SHELVES)
        self.tags.closed.connect(self._leave)
        self.whole.addWidget(block(row(self.tags, margins=(18, 14, 18, 12))))
        theme.follow(self, self._fit)
        self._fit()

    def _make_side(self) -> None:
        tag = self.button("shelf_tag", is_small=True, text=_("Shelf tag"))
        self.details = PartDetails(self.desk, [tag, self.more_button(*_MORE, is_small=True)])
        self.details.wants_move.connect(lambda at: self._begin_move(MoveKind.TRANSFER, at))
        self.details.wants_moves.connect(self.commands["history"].trigger)
        make = self.button("make_orders", "primary")
        orders = self.button("orders", text=_("Orders"))
        printer = Button("", icon="printer", says=_("Make orders and print them"))
        printer.clicked.connect(self.commands["print_orders"].trigger)
        self.to_order = ToOrder(self.desk, [make, orders, printer])
        for name in ("make_orders", "print_orders"):
            self.to_order.counted.connect(self.commands[name].setEnabled)
        self.to_order.counted.connect(printer.setEnabled)
        self.to_order.setMinimumHeight(theme.px(220))
        both = column(self.details, gap=12)
        both.addWidget(self.to_order, 1)
        self.side = scrolled(both)
        self.right.addWidget(self.side)

    def _make_forms(self) -> Iterator[None]:
        self.new_form, self.form = NewPartForm(self.desk), PartForm(self.desk)
        self.move_form = StockMoveForm(self.desk)
        self.pane = FormPane(self.new_form, self.form, self.move_form)
        self.pane.closed.connect(self._leave)
        yield
        self.right.addWidget(self.pane)
        yield
        self.moves = PartMoves(self.desk)
        self.moves.closed.connect(self._leave)
        fact, hint = _("No parts yet"), _("What you keep, what it costs, where it lies.")
        self.empty = Panel(EmptyState("package", fact, hint, self.button("new")))
        for piece in (self.moves, self.empty):
            self.right.addWidget(piece)

    def _fit(self) -> None:
        is_form = self.right.currentWidget() in (self.pane, self.moves)
        self.right.setFixedWidth(theme.px(_FORM if is_form else _SIDE))

    def _show_right(self, piece: QWidget) -> None:
        self.right.setCurrentWidget(piece)
        self._fit()

    @classmethod
    def waiting(cls, store: Store) -> tuple[int, bool]:
        """Return how many parts are low."""
        return parts.counts(store).low, False

    def refresh(self) -> None:
        """Look the list, the part that is shown and the suggestions up again."""
        self._look()
        if self._part_id:
            self._show_part()

    def go_to(self, record_id: int) -> None:
        """Show a part, whatever the list was narrowed to."""
        self._wanted = record_id
        self.chips.set_value("all")
        self.list.filter.set_value("")
        self._part_id = record_id
        self._leave()
        self._look()

    def current_id(self) -> int:
        """Return the part that is shown."""
        return self._part_id

    def begin(self, what: str, **facts: object) -> None:
        """Begin a new part, or show what a chip leaves."""
        if what == "part":
            self.new()
        elif what == "list":
            self.chips.set_value(str(facts["chip"]))
            self._look()

    def leave(self) -> bool:
        """Close the form, the moves or the tags, or clear the filter."""
        if self.whole.currentIndex():
            self.tags.close_form()
        elif self.right.currentWidget() is self.pane:
            self.pane.close_form()
        elif self.right.currentWidget() is self.moves:
            self._leave()
        else:
            return super().leave()
        return True

    @action(later("New part"), shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Begin a part."""
        self.new_form.begin()
        self._show_right(self.pane)
        self.pane.show_new(self.new_form, _("New part"), _("Add part"), self._make)

    @action(later("Edit"), icon="file-pen")
    def edit(self) -> None:
        """Edit all that is known of the part."""
        self._with_page(self._edit)

    @action(later("Edit the cell"), shortcut="F2", icon="file-pen")
    def edit_cell(self) -> None:
        """Edit the cell of the list that the person stands in."""
        self.cells.edit()

    @action(later("Receive"), icon="package-check", has_line=True)
    def receive(self) -> None:
        """Put parts that came in on a shelf."""
        self._begin_move(MoveKind.RECEIPT)

    @action(later("Move to another place"), shortcut="Ctrl+M", icon="arrow-right")
    def move_part(self) -> None:
        """Take some to another place."""
        self._begin_move(MoveKind.TRANSFER)

    @action(later("Count it"), icon="clipboard-list")
    def count(self) -> None:
        """Write down how many there are in one place."""
        self._begin_move(MoveKind.COUNT)

    @action(later("Correct the quantity"), icon="file-pen")
    def adjust(self) -> None:
        """Correct what lies in a place, and say why."""
        self._begin_move(MoveKind.ADJUSTMENT)

    @action(later("Scrap some"), icon="trash-2")
    def scrap(self) -> None:
        """Throw some away, and say why."""
        self._begin_move(MoveKind.SCRAP)

    @action(later("All moves"), icon="history", has_line=True)
    def history(self) -> None:
        """Show every move of the part."""
        self._with_page(self.moves.show_part)
        self._show_right(self.moves)

    @action(later("Archive this part"), icon="package", has_line=True)
    def archive(self) -> None:
        """Keep the part no longer."""
        page = self.details.page
        if page is not None:
            parts.archive(self.desk.store, page.row.id)
            self.toast(_("Archived {name}", name=page.row.name))

    @action(later("Print shelf tag"), shortcut="Ctrl+T", icon="printer")
    def shelf_tag(self) -> None:
        """Print the tag of the part's shelf."""
        if self._part_id:
            self.tags.show_tags([self._part_id])
            self.whole.setCurrentIndex(1)

    @action(later("Load a truck"), icon="truck")
    def load_truck(self) -> None:
        """Show what a truck is to fetch and to carry."""
        self.desk.front.go("load_truck")

    @action(later("Count stock"), icon="clipboard-list")
    def count_stock(self) -> None:
        """Count what lies in a place."""
        self.desk.front.go("stock_counts")

    @action(later("Purchase orders"), icon="shopping-cart")
    def orders(self) -> None:
        """Show the orders that were made."""
        self.desk.front.go("purchase_orders")

    @action(later("Bring in a list of parts"), icon="upload")
    def bring_in(self) -> None:
        """Bring in parts from a file."""
        self.desk.front.begin("imports", "import", kind="parts")

    @action(later("Make orders"))
    def make_orders(self) -> None:
        """Draft an order at each supplier for what is ticked."""
        made = self.to_order.make_orders()
        self.toast(_n("Made {n} order", "Made {n} orders", len(made)))
        self.go("purchase_orders", made[0])

    @action(later("Make orders and print them"), icon="printer")
    def print_orders(self) -> None:
        """Draft an order at each supplier, and print them."""
        for order_id in self.to_order.make_orders():
            self.to_order.print_order(self, order_id)

    def _look(self) -> None:
        """Look the list, the counts and the suggestions up in the background."""
        wanted = {"text": self.list.filter.text, "chip": self.chips.value}
        order = {"sort": self._order, "is_descending": self._is_falling}
        self.ask(partial(look_up, self.desk.store, **wanted, **order), self._show)

    def _show(self, looked: Looked) -> None:
        self._show_places(looked.places)
        self.list.model.set_ids(looked.ids, looked.rows)
        counts = looked.counts
        self.chips.show_counts(counts)
        self.list.say_worth(counts.value)
        self.to_order.show_suggestions(looked.to_order)
        if self._wanted:
            self.list.cells.choose(self._wanted)
            self._wanted = 0
        elif not self.list.cells.chosen_id:
            self.list.cells.choose_first()
        now, then = (self.empty, self.side) if counts.all else (self.side, self.empty)
        if self.right.currentWidget() is now:
            self._show_right(then)

    def _show_places(self, places: list[LocationRow]) -> None:
        if places != self.places:
            self.places = places
            self.chips.show_places(places)
            self.list.show_places(places)
            self.form.pars.show_places(places)
            self._show_part()

    def _sort(self, order: str, is_falling: bool) -> None:  # noqa: FBT001, a slot
        self._order, self._is_falling = order, is_falling
        self._look()

    def _choose(self, part_id: int) -> None:
        if part_id and part_id != self._part_id:
            self._part_id = part_id
            self._show_part()

    def _show_part(self) -> None:
        """Look the part up in the background, and show it where it is still the one."""
        self._with_page(self._say_part)

    def _with_page(self, act: Callable[[PartPage], object]) -> None:
        store, part_id = self.desk.store, self._part_id

        def look() -> PartPage | None:
            try:
                return parts.get(store, part_id)
            except NotFound:  # undo took it back
                return None

        def show(page: PartPage | None) -> None:
            if page is None and part_id == self._part_id:
                self._part_id = 0
            elif page is not None and part_id == self._part_id:
                act(page)

        if part_id:
            self.desk.background.run(self, look, show)

    def _say_part(self, page: PartPage) -> None:
        self.details.show_part(page, self.places)
        if self.right.currentWidget() is self.pane and self.pane.holds(self.form):
            self.form.show_part(page)
        elif self.right.currentWidget() is self.moves:
            self.moves.show_part(page)

    def _edit(self, page: PartPage) -> None:
        self.form.show_part(page)
        self._show_right(self.pane)
        self.pane.show_edit(self.form, page.row.name)

    def _begin_move(self, kind: MoveKind, location_id: int = 0) -> None:
        def begin(page: PartPage) -> None:
            self.move_form.begin(page, kind, location_id=location_id)
            self._show_right(self.pane)
            self.pane.show_new(self.move_form, page.row.name, _("Write it down"), self._move)

        self._with_page(begin)

    def _move(self) -> None:
        self.move_form.make()
        page = self.move_form.page
        if page is not None:
            self.toast(_("Moved {name}", name=page.row.name))
        self.pane.close_form()

    def _make(self) -> None:
        self._wanted = self._part_id = self.new_form.make()
        self.pane.close_form()
        self.refresh()

    def _leave(self) -> None:
        self.whole.setCurrentIndex(0)
        self._show_right(self.side)
        self._show_part()
        self.list.cells.setFocus()
