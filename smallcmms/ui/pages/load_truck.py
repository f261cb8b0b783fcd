"""The page that loads a truck: what to fetch in the shop, what is aboard, what it should carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from smallcmms.domain.errors import RuleBroken
from smallcmms.reports import load_list as report
from smallcmms.services import load_lists, technicians
from smallcmms.services.load_lists import LoadDay, LoadLine
from smallcmms.services.papers.load_list import load_list
from smallcmms.services.restock import RestockLine
from smallcmms.texts import _, _n, later
from smallcmms.ui import part_words
from smallcmms.ui.kit import (
    Button,
    Cell,
    Chips,
    Column,
    Group,
    Label,
    Panel,
    RowsModel,
    RowsView,
    Tick,
    action,
    block,
    column,
    row,
)
from smallcmms.ui.pages.page import Page

_ROW, _MANY, _WHERE, _JOBS = 40, 84, 220, 190
Line = LoadLine | RestockLine


class LoadTruckPage(Page):
    """Show what a technician loads for a day; print the list, and put it on the truck."""

    title = later("Load a truck")
    icon = "truck"
    keys = (
        ("↑ ↓", later("next part")),
        ("Ctrl+P", later("print the list")),
        ("Ctrl+Enter", later("it is loaded")),
    )
    tables = (
        *("part", "stock_move", "planned_part", "visit", "visit_technician", "work_order"),
        *("part_par", "reservation", "technician", "stock_location"),
    )

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self.day: LoadDay | None = None
        self._found: dict[int, Line] = {}
        self.who = Chips(self._people(), name="load_truck/who")
        self.when = Chips(_days(), name="load_truck/when")
        for chips in (self.who, self.when):
            chips.chosen.connect(self.refresh)
        back = Button(_("Parts"), "quiet", icon="arrow-left", on=self._to_parts)
        top = row(back, 6, self.who, 18, self.when, None)
        self.panel = self._make_panel()
        page = column(top, gap=10, margins=(18, 14, 18, 12))
        page.addWidget(self.panel, 1)
        self.setLayout(page)
        yield

    def _make_panel(self) -> Panel:
        self.name, self.facts = Label("", "h1"), Label("", "second", wraps=True)
        buttons = [self.button("print_list"), self.button("load", "primary")]
        head = column(row(self.name, None, *buttons, gap=10), self.facts, gap=3)
        head.setContentsMargins(16, 12, 16, 10)
        columns = [
            Column(_("How many"), self._many, _MANY, is_right=True),
            Column(_("Part"), _what),
            Column(_("Where"), self._where, _WHERE),
            Column(_("For"), _for, _JOBS),
        ]
        self.model = RowsModel[Line](columns, self._fetch, self)
        self.list = RowsView(self.model, row=_ROW, says=_("Load list"))
        self.fill = Tick(_("Bring up to what the truck should carry"), is_on=True)
        self.fill.toggled.connect(self._show_lines)
        panel = Panel(block(head, "header"))
        panel.add(self.list, 1)
        self.foot = block(row(self.fill, None, margins=(16, 8, 16, 8)), "footer")
        panel.add(self.foot)
        return panel

    def refresh(self) -> None:
        """Look again who has a truck, and what is loaded on the day."""
        self.who.set_items(self._people())
        if not self.who.value:
            self.facts.setText(_("No technician has a truck. Settings, People and trucks."))
            self._enable()
            return
        store, technician_id, on = self.desk.store, int(self.who.value), self._on()
        self.ask(
            lambda: load_lists.load_list(store, technician_id=technician_id, on=on), self._show
        )

    def _people(self) -> list[tuple[str, str]]:
        people = [each for each in technicians.rows(self.desk.store) if each.truck_id is not None]
        people.sort(key=lambda each: each.truck)
        return [(str(each.id), f"{each.truck}, {each.name}") for each in people]

    def begin(self, what: str, **facts: object) -> None:
        """Show the truck of a technician, on a day."""
        if what == "load" and "technician_id" in facts:
            self.who.set_value(str(facts["technician_id"]))
            if isinstance(on := facts.get("on"), date):
                self._show_day(on)
            self.refresh()

    def _show_day(self, on: date) -> None:
        today = self.desk.today()
        ahead = str((on - today).days)
        if ahead in dict(_days()):
            self.when.set_items(_days())
            self.when.set_value(ahead)
            return
        key = on.isoformat()
        self.when.set_items([*_days(), (key, self.desk.formats.relative_day(on, today))])
        self.when.set_value(key)

    @action(later("Print the list"), shortcut="Ctrl+P", icon="printer")
    def print_list(self) -> None:
        """Print what to load, what is to be fetched in bold."""
        pdf = self._drawn()
        if self.desk.printing.print(self, pdf, _("Load list")):
            self.toast(_("Printed the load list"), has_undo=False)

    @action(later("Save the list as PDF"), icon="download")
    def save_list(self) -> None:
        """Write the list into a file."""
        saved = self.desk.printing.save(self, self._drawn(), Path(_("Load list") + ".pdf"))
        if saved is not None:
            self.toast(_("Saved {name}", name=saved.name), has_undo=False)

    @action(later("It is loaded"), icon="truck")
    def load(self) -> None:
        """Move what was fetched from the shop to the truck: one step."""
        day = self._day()
        moved = load_lists.load(
            self.desk.store,
            technician_id=day.technician_id,
            on=day.on,
            is_restocked=self.fill.isChecked(),
        )
        words = _n("{n} part on {truck}", "{n} parts on {truck}", moved, truck=day.truck)
        self.toast(words)

    def _to_parts(self) -> None:
        self.go("parts")

    def _on(self) -> date:
        key = self.when.value
        if key in dict(_days()):
            return self.desk.today() + timedelta(days=int(key))
        return date.fromisoformat(key)

    def _day(self) -> LoadDay:
        if self.day is None:
            raise RuleBroken("Say who loads.", "technician_id")
        return self.day

    def _drawn(self) -> bytes:
        day = self._day()
        return report.render(load_list(self.desk.store, day.technician_id, day.on)).pdf

    def _show(self, day: LoadDay) -> None:
        self.day = day
        self.name.setText(f"{day.truck}, {day.technician}")
        self.facts.setText(" · ".join(self._said(day)))
        self.foot.setVisible(bool(day.restock))
        self._show_lines()

    def _said(self, day: LoadDay) -> list[str]:
        formats = self.desk.formats
        said = [formats.relative_day(day.on, self.desk.today())]
        said.append(_n("{n} stop", "{n} stops", len(day.stops)))
        if day.minutes:
            said.append(_("{hours} planned", hours=formats.hours(day.minutes)))
        if not day.lines and not day.restock:
            said.append(_("nothing to load"))
        return said

    def _show_lines(self) -> None:
        day = self.day
        if day is None:
            return
        fill = day.restock if self.fill.isChecked() else ()
        wanted = [line for line in day.lines if line.fetch]
        missing = [line for line in day.lines if line.short and not line.fetch]
        aboard = [line for line in day.lines if not line.fetch and not line.short]
        self._found = {}
        groups = [
            self._group(_("Fetch in {place}", place=day.shelf), wanted, "warehouse"),
            self._group(_("Missing"), missing, "triangle-alert"),
            self._group(_("To carry always"), fill, "package"),
            self._group(_("On the truck already"), aboard, "truck"),
        ]
        self.model.set_groups(groups)
        self._enable()

    def _group(self, title: str, lines: Sequence[Line], icon: str) -> Group:
        first = len(self._found) + 1
        ids = range(first, first + len(lines))
        self._found |= dict(zip(ids, lines, strict=True))
        return Group(title, ids, icon)

    def _enable(self) -> None:
        day = self.day
        is_any = day is not None and any(line.fetch for line in day.lines)
        is_filled = day is not None and self.fill.isChecked() and any(x.take for x in day.restock)
        self.commands["load"].setEnabled(is_any or is_filled)
        for name in ("print_list", "save_list"):
            self.commands[name].setEnabled(day is not None)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Line]:
        return {each: self._found[each] for each in ids if each in self._found}

    def _many(self, line: Line) -> Cell:
        quantity = self.desk.formats.quantity
        if isinstance(line, RestockLine):
            words = part_words.count(line.take, self.desk.formats)
            return Cell(right=words, is_right_bold=bool(line.take))
        many = line.fetch or line.quantity
        return Cell(right=quantity(many), is_right_bold=bool(line.fetch))

    def _where(self, line: Line) -> Cell:
        quantity = self.desk.formats.quantity
        shelf = f"{self._day().shelf} {line.bin}".strip()
        if isinstance(line, RestockLine):
            told = {"n": quantity(line.on_truck), "par": quantity(line.par)}
            second = _("{n} of {par} there", **told)
            if line.short:
                second = _("{there}, {n} short", there=second, n=quantity(line.short))
            return Cell(first=shelf, second=second, is_plain=True)
        if line.fetch:
            is_last = line.in_shop == line.fetch
            words = _("{where}, last one", where=shelf) if is_last and line.fetch == 1 else shelf
            return Cell(first=words, is_bold=True, second=self._lacks(line))
        if line.short:
            return Cell(first=self._lacks(line), tone="red")
        return Cell(first=_("on {truck}", truck=self._day().truck), tone="text2")

    def _lacks(self, line: LoadLine) -> str:
        quantity = self.desk.formats.quantity
        said = [_("{n} short", n=quantity(line.short))] if line.short else []
        if line.on_truck and line.fetch:
            said.append(_("{n} on the truck", n=quantity(line.on_truck)))
        said += [
            _("{n} on {place}", n=quantity(at.quantity), place=at.name) for at in line.elsewhere
        ]
        if line.short and line.on_order:
            said.append(_("{n} on order", n=quantity(line.on_order)))
        return ", ".join(said)


def _days() -> list[tuple[str, str]]:
    return [("0", _("Today")), ("1", _("Tomorrow"))]


def _what(line: Line) -> Cell:
    is_fetched = isinstance(line, LoadLine) and bool(line.fetch)
    return Cell(first=line.name, then=line.number, is_bold=is_fetched)


def _for(line: Line) -> Cell:
    return Cell(first=", ".join(line.jobs) if isinstance(line, LoadLine) else "", tone="text2")
