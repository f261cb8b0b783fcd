"""One work order on one scroll: head, what is asked, checklist, parts, labour, notes, history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from smallcmms.domain.copies import Audience
from smallcmms.services import timeline, work_orders
from smallcmms.services.work_orders import CopyLine, Verb, WorkOrderPage
from smallcmms.store.store import Store
from smallcmms.texts import _
from smallcmms.ui.forms.board import BoardForm
from smallcmms.ui.forms.reason import Act, Question, ReasonForm
from smallcmms.ui.kit import (
    Button,
    Desk,
    Panel,
    Strip,
    block,
    column,
    line,
    scrolled,
)
from smallcmms.ui.pages.work_order_head import WorkOrderHead
from smallcmms.ui.pages.work_order_labour import Labour
from smallcmms.ui.pages.work_order_notes import FoundAndDid, TruckNote
from smallcmms.ui.pages.work_order_parts import Parts
from smallcmms.ui.pages.work_order_past import Beside
from smallcmms.ui.pages.work_order_tasks import Checklist
from smallcmms.ui.widgets.two_columns import TwoColumns

_NARROW, _LEAST = 296, 740


class WorkOrderDetails(Panel):
    """Show a work order, and ask below its head what a verb needs to know."""

    def __init__(
        self, desk: Desk, buttons: Sequence[Button], more: QMenu, print_again: Button
    ) -> None:
        super().__init__()
        self.desk = desk
        self.page: WorkOrderPage | None = None
        self._next = [button for button in buttons if button.kind == "primary"]
        self.head = WorkOrderHead(desk, buttons, more)
        self.reason, self.board = ReasonForm(), BoardForm(desk)
        self.stale = Strip("amber", "", "", print_again, icon="printer")
        self.strips = block(column(self.stale, margins=(16, 0, 16, 12)))
        for piece in (self.head, self.strips, line(), self.reason, self.board):
            self.add(piece)
        self.tasks, self.parts, self.labour = Checklist(desk), Parts(desk), Labour(desk)
        self.note, self.found, self.beside = TruckNote(desk), FoundAndDid(desk), Beside(desk)
        wide = _stacked(
            *(self.found, self.tasks, line(), self.parts, line(), self.labour, line(), self.note)
        )
        self.area = scrolled(TwoColumns(wide, self.beside, width=_NARROW, least=_LEAST))
        self.add(self.area, 1)
        for form in (self.reason, self.board):
            form.closed.connect(self.leave_forms)
        self.board.planned.connect(self.leave_forms)

    @classmethod
    def rehearse(cls, store: Store, work_order_id: int) -> Iterator[None]:
        """Ask what showing a work order asks."""
        work_orders.get(store, work_order_id)
        yield
        timeline.of(store, "work_order", work_order_id)

    def show_work_order(self, work_order_id: int) -> WorkOrderPage:
        """Show a work order; return what is shown."""
        store = self.desk.store
        page = work_orders.get(store, work_order_id)
        if self.page is None or self.page.id != page.id:
            self.leave_forms()
            self.area.verticalScrollBar().setValue(0)
        self.page = page
        is_open = Verb.EDIT in page.verbs
        self.head.show_page(page)
        self._say_stale(page)
        self.tasks.show_page(page, is_open=is_open)
        self.parts.show_page(page, is_open=is_open)
        self.labour.show_page(page, is_open=is_open)
        self.note.show_page(page, is_open=is_open)
        self.found.show_page(page)
        self.beside.show_page(page, timeline.of(store, "work_order", page.id))
        return page

    def ask(self, question: Question, act: Act) -> None:
        """Ask something below the head; the filled button is the question's meanwhile."""
        self.leave_forms()
        self._fill_next(is_filled=False)
        self.reason.ask(question, act)

    def plan(self, *, is_moved: bool) -> None:
        """Open the board's form for another visit, or to move the one that is planned."""
        if self.page is None:
            return
        self.leave_forms()
        self._fill_next(is_filled=False)
        planned = [visit for visit in self.page.visits if visit.status == "planned"]
        self.board.begin(self.page, planned[0] if planned and is_moved else None)

    def leave_forms(self) -> None:
        """Close what is open below the head."""
        self.reason.hide()
        self.board.hide()
        self._fill_next(is_filled=True)

    @property
    def has_open_form(self) -> bool:
        """Tell whether something is asked below the head."""
        return not (self.reason.isHidden() and self.board.isHidden())

    def _fill_next(self, *, is_filled: bool) -> None:
        for button in self._next:
            button.set_kind("primary" if is_filled else "")

    def _say_stale(self, page: WorkOrderPage) -> None:
        stale = [copy for copy in page.copies if _is_stale(copy)]
        self.strips.setVisible(bool(stale))
        if stale:
            words = _(
                "Copy {copy} on the truck is older than what stands here.", copy=stale[0].copy
            )
            self.stale.say(words, _("Print it again, and take the old one back."))


def _is_stale(copy: CopyLine) -> bool:
    return copy.is_stale and copy.audience is Audience.TECHNICIAN


def _stacked(*pieces: QWidget) -> QWidget:
    return block(column(*pieces, None, gap=0))
