"""The second step of bringing in a building: which classes of equipment are worth an asset."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain.buildings import Building, BuildingClass, BuildingPlan, chosen
from smallcmms.texts import _, _n
from smallcmms.ui.kit import (
    Button,
    Desk,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    Tick,
    block,
    column,
    line,
    row,
    scrolled,
)


class ImportClasses(QWidget):
    """Tick the classes whose pieces become assets; ``changed`` tells of another choice."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.building: Building | None = None
        self.ticks: dict[str, Tick] = {}
        self.form = Form(self)
        hint = _("Name or number; a new one is made")
        self.customer = self.form.add("customer", LineBox(_("Whose building it is"), hint=hint))
        self.facts = Label("", wraps=True)
        self.remarks = Label("", "second", wraps=True)
        self.jobs = Tick(_("Their work that comes again"), is_on=True)
        self.spares = Tick(_("Their spare parts"), is_on=True)
        left = Panel(PanelHeader("building-2", _("The building")))
        inside = column(
            self.facts, self.customer, self.jobs, self.spares, self.remarks, None, gap=10
        )
        inside.setContentsMargins(14, 10, 14, 12)
        left.add(scrolled(inside), 1)
        left.setFixedWidth(300)
        everything = Button(_("All"), "quiet", on=lambda: self._tick(is_all=True))
        nothing = Button(_("None"), "quiet", on=lambda: self._tick(is_all=False))
        title = _("Classes worth an asset")
        self.header = PanelHeader("boxes", title, "", everything, nothing)
        right = Panel(self.header)
        self.area = scrolled(QWidget())
        right.add(self.area, 1)
        layout = row(left, gap=12)
        layout.addWidget(right, 1)
        self.setLayout(layout)

    def show_building(self, building: Building, plan: BuildingPlan) -> None:
        """Show a building and what of it is most likely wanted."""
        self.building = building
        self.customer.set_value(plan.customer)
        floors = _n("{n} floor", "{n} floors", len(building.floors))
        spaces = _n("{n} space", "{n} spaces", len(building.spaces))
        pieces = _n("{n} piece", "{n} pieces", len(building.components))
        facts = (building.name, building.address, f"{floors}, {spaces}, {pieces}")
        for tick, found in ((self.jobs, building.jobs), (self.spares, building.spares)):
            tick.setVisible(bool(found))
        self.facts.setText("\n".join(filter(None, facts)))
        self.ticks = {}
        rows: list[QWidget] = []
        for each in sorted(building.classes, key=lambda told: (not told.count, told.name)):
            tick = self.ticks[each.name] = Tick(each.name, is_on=each.name in plan.classes)
            tick.setEnabled(bool(each.count))
            tick.toggled.connect(self._say)
            rows += [_class_row(tick, each), line()]
        old = self.area.takeWidget()
        self.area.setWidget(block(column(*rows, None, gap=0)))
        if old is not None:
            old.hide()
            old.deleteLater()
        self._say()

    def told(self) -> BuildingPlan:
        """Return what was chosen."""
        classes = tuple(name for name, tick in self.ticks.items() if tick.isChecked())
        return BuildingPlan(
            classes,
            self.customer.text,
            has_jobs=self.jobs.isChecked(),
            has_spares=self.spares.isChecked(),
        )

    def _tick(self, *, is_all: bool) -> None:
        for tick in self.ticks.values():
            tick.setChecked(is_all and tick.isEnabled())

    def _say(self) -> None:
        if self.building is None:
            return
        plan = self.told()
        pieces = len(chosen(self.building, plan.classes))
        classes = _("{n} of {all}", n=len(plan.classes), all=len(self.ticks))
        assets = _n("{n} asset", "{n} assets", pieces)
        self.header.count.setText(f"{classes} · {assets}")
        self.changed.emit()


def _class_row(tick: Tick, each: BuildingClass) -> QWidget:
    about = " · ".join(filter(None, (each.category, each.make, each.model)))
    right = _n("{n} piece", "{n} pieces", each.count) if each.count else _("none in the building")
    movable = "" if each.is_fixed else _("movable")
    layout = row(gap=12, margins=(14, 5, 14, 5))
    words = column(tick, gap=0)
    if about:
        words.addWidget(Label(about, "second", is_cut=True))
    layout.addLayout(words, 1)
    layout.addWidget(Label(" · ".join(filter(None, (movable, right))), "second"))
    return block(layout)
