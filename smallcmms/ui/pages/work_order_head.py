"""The head of a work order: number, level, state, the next thing to do, and the five facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from smallcmms.domain.visits import VisitStatus
from smallcmms.services.work_orders import Named, VisitLine, WorkOrderPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Desk,
    Label,
    LevelBadge,
    StatePill,
    block,
    column,
    row,
    states,
    theme,
)
from smallcmms.ui.widgets.fact import Fact, Facts
from smallcmms.ui.widgets.link_fact import LinkFact
from smallcmms.ui.work_order_words import due_words, visit_words

_SHARES = (200, 154, 168, 147, 90)
_NARROW, _LEAST = 720, 300


class _TopRow(QWidget):
    """What it is at the left, what can be done at the right, or below where there is no room."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._right = right
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(left, 1)
        self._box.addWidget(right)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return how narrow it may become: then it stands in two lines."""
        return QSize(theme.px(_LEAST), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Stand in one line or in two."""
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(_NARROW)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if way != self._box.direction():
            self._box.setDirection(way)
            self.updateGeometry()


class WorkOrderHead(QWidget):
    """Say which work order it is, how it stands and what comes next."""

    def __init__(self, desk: Desk, buttons: Sequence[Button], more: QMenu) -> None:
        super().__init__()
        self.desk = desk
        self._page: WorkOrderPage | None = None
        self.number = Label("", "bold", tone="text2")
        self.badge, self.pill = LevelBadge(3, has_word=True), StatePill(None)
        says = _("More to do with it")
        self.more = Button("", icon="ellipsis-vertical", says=says, on=self._open_menu)
        self.menu = more
        left = block(row(self.number, self.badge, self.pill, None, gap=8))
        right = block(row(*buttons, self.more, None, gap=8))
        self.title = Label("", "h1", wraps=True)
        self.wrong = Label("", tone="text2", wraps=True)
        self._make_facts()
        inside = column(_TopRow(left, right), gap=6, margins=(16, 12, 16, 0))
        inside.addWidget(self.title)
        inside.addWidget(self.wrong)
        self.setLayout(column(block(inside), self.facts, gap=0))

    def _make_facts(self) -> None:
        self.customer = LinkFact(_("Customer"), lambda: self._go("customers", "customer"))
        self.where = Fact(_("Where"))
        self.asset = LinkFact(_("Asset"), lambda: self._go("assets", "asset"))
        self.when, self.who = Fact(_("When"), is_whole=True), Fact(_("Who"))
        shown = (self.customer, self.where, self.asset, self.when, self.who)
        self.facts = Facts(shown, _SHARES)

    def show_page(self, page: WorkOrderPage) -> None:
        """Show a work order."""
        self._page = page
        self.number.setText(page.number)
        self.badge.set_level(int(page.level))
        self.pill.set_state(states.work_order(page.state.value))
        self.title.setText(page.title)
        wrong = "" if page.wrong.strip() == page.title.strip() else page.wrong
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self._say_facts(page)

    def _say_facts(self, page: WorkOrderPage) -> None:
        formats, today = self.desk.formats, self.desk.today()
        contact = page.contact
        reach = (contact.second, contact.text) if contact else ()
        self.customer.say(page.customer.text if page.customer else "", _list(*reach))
        self.where.say(page.site.text if page.site else "", page.site.second if page.site else "")
        self._say_asset(page)
        visit = _coming(page.visits)
        due, tone = due_words(page, formats, today)
        when = visit_words(visit, formats, today) if visit else _("Not planned")
        self.when.say(when, due, second_tone=tone)
        workers = visit.technicians if visit else ()
        trucks = dict.fromkeys(worker.truck for worker in workers)
        names, wanted = _list(*(worker.name for worker in workers)), page.wanted
        if wanted is not None and not workers:
            self.who.say(wanted.text, _("wanted by its PM schedule"))
        else:
            self.who.say(names, _list(*trucks))

    def _say_asset(self, page: WorkOrderPage) -> None:
        """Name the asset, or those that share the work order."""
        asset, shared = page.asset, page.assets
        if asset is not None:
            self.asset.say(asset.text, _list(asset.number, asset.second))
        elif shared:
            codes = _list(*(each.text.split(" ")[0] for each in shared))
            self.asset.say(codes, _list(*(each.number for each in shared)))
        else:
            self.asset.say("", "")

    def _open_menu(self) -> None:
        self.menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _go(self, place: str, name: str) -> None:
        named: Named | None = getattr(self._page, name)
        if named is None and name == "asset" and self._page is not None and self._page.assets:
            named = self._page.assets[0]
        if named is not None:
            self.desk.front.go(place, named.id)


def _coming(visits: Sequence[VisitLine]) -> VisitLine | None:
    """Return the visit that is planned next, or else the last one that was made."""
    planned = [visit for visit in visits if visit.status is VisitStatus.PLANNED]
    made = [visit for visit in visits if visit.status is VisitStatus.DONE]
    return planned[0] if planned else (made[-1] if made else None)


def _list(*parts: str) -> str:
    return ", ".join(filter(None, parts))
