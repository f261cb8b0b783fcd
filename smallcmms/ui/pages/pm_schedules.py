"""The page of PM schedules: work that comes again, by which rule, and when it is due next."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from smallcmms import pm_words
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.pm_facts import CaughtUp
from smallcmms.services import assets, pm, pm_schedules
from smallcmms.services.pm import Checked
from smallcmms.services.pm_pages import PmPage
from smallcmms.services.pm_schedules import Chip
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.forms.pm_schedule import NewPmForm
from smallcmms.ui.forms.reason import Question
from smallcmms.ui.kit import (
    Button,
    Chips,
    EmptyState,
    Label,
    ListAndDetails,
    Panel,
    action,
    column,
    row,
)
from smallcmms.ui.pages.page import Page
from smallcmms.ui.pages.pm_details import PmDetails
from smallcmms.ui.pages.pm_list import DRAFT_ID, Listed, PmList, look_up
from smallcmms.ui.pm_check import check, clock_words

_MORE = ("skip_next", "pause", "resume", "end_schedule")


class PmSchedulesPage(Page):
    """List the schedules, change one, see its next dates, make what is due."""

    title, icon = later("PM schedules"), "calendar-clock"
    keys = (
        ("↑ ↓", later("next")),
        ("F6", later("list ↔ details")),
        ("F2", later("edit")),
        ("Ctrl+Enter", later("make work order now")),
        ("Ctrl+Z", later("undo")),
    )
    tables = (
        *("pm_schedule", "pm_schedule_asset", "pm_cover", "pm_occurrence", "work_order", "visit"),
        *("visit_technician", "meter", "reading", "asset", "job_template", "template_part"),
        *("technician", "customer", "site", "shop", "part"),
    )

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._pm_schedule_id = self._wanted = 0
        chips = [
            (Chip.ALL.value, _("All")), (Chip.SOON.value, _("Due in 14 days")),
            (Chip.LATE.value, _("Late")), (Chip.PAUSED.value, _("Paused")),
        ]  # fmt: skip
        self.chips = Chips(chips, name="pm_schedules")
        self.list = PmList(self.desk)
        self.filter_box = self.list.filter.line
        self.list.rows.chosen.connect(self._choose)
        self.right = QStackedWidget()
        self.right.addWidget(Panel())
        self.checked = Label("", "second", is_cut=True)
        self.checked.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = row(self.chips, gap=10)
        top.addWidget(self.checked, 1)
        for name, kind in (("check_now", ""), ("new", "primary")):
            top.addWidget(self.button(name, kind))
        split = ListAndDetails("pm_schedules", self.list, self.right, widths=(540, 656))
        page = column(top, gap=10, margins=(18, 14, 18, 12))
        page.addWidget(split, 1)
        self.setLayout(page)
        yield
        yield from self._make_right()
        self.chips.chosen.connect(self._look)
        self.filter_box.textChanged.connect(lambda _text: self._look())
        self.list.model.sorted.connect(self._sort)

    def _make_right(self) -> Iterator[None]:
        self._make_now = self.button("make_now")
        buttons = [self.button("copy"), self._make_now, self.more_button(*_MORE)]
        self.details = PmDetails(self.desk, buttons, self.turn)
        yield
        self.right.addWidget(self.details)
        yield
        self.new_form = NewPmForm(self.desk)
        self.new_form.drafting.kept.connect(lambda: self.desk.front.note(_("Draft kept")))
        self.pane = FormPane(self.new_form)
        self.pane.closed.connect(self._leave_pane)
        fact = _("No PM schedules here")
        hint = _("What is done again and again makes its work orders by itself.")
        button = self.button("new", text=_("New PM schedule"))
        self.empty = Panel(EmptyState("calendar-clock", fact, hint, button))
        yield
        for piece in (self.pane, self.empty):
            self.right.addWidget(piece)

    def refresh(self) -> None:
        """Look the list and what is shown up again."""
        self._look()
        if self._pm_schedule_id:
            self._reload()

    def shown(self) -> None:
        """Catch up, also with a check that was made meanwhile."""
        super().shown()
        self._say_checked(pm.checked(self.desk.store))

    def go_to(self, record_id: int) -> None:
        """Show a schedule, whatever the list was narrowed to."""
        self._wanted = record_id
        self.chips.set_value(Chip.ALL.value)
        self.list.filter.set_value("")
        self._show(record_id)
        self._look()

    def current_id(self) -> int:
        """Return the schedule that is shown."""
        return self._pm_schedule_id

    def begin(self, what: str, **facts: object) -> None:
        """Begin a schedule over an asset, or with words of the search."""
        if what == "pm_schedule":
            asset_id = facts.get("asset_id")
            words = facts.get("words")
            name = words if isinstance(words, str) else ""
            self._begin_new(asset_id if isinstance(asset_id, int) else None, name)

    def about(self) -> dict[str, object]:
        """Return where the open schedule's work is done."""
        page = self.details.page if self._pm_schedule_id else None
        return {} if page is None else {"site_id": page.site_id}

    def primary(self, focus: QWidget | None) -> Button | None:
        """Return what Ctrl Enter presses: the form's button, or Make work order now."""
        is_asked = focus is not None and self.details.asking.isAncestorOf(focus)
        if is_asked or self.right.currentWidget() is not self.details:
            return super().primary(focus)
        return self._make_now if self._make_now.isEnabled() else None

    def leave(self) -> bool:
        """Leave the form, which keeps its draft, or what is asked."""
        if self.right.currentWidget() is self.pane:
            self.pane.close_form()
        elif self.details.asking.isVisible():
            self.details.asking.closed.emit()
            self.list.rows.setFocus()
        else:
            return super().leave()
        return True

    @action(later("New PM schedule"), shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Begin a schedule."""
        self._begin_new(None, "")

    @action(later("Edit"), shortcut="F2", icon="file-pen")
    def edit(self) -> None:
        """Go to the boxes of the schedule."""
        self.details.first_box().setFocus()

    @action(later("Check now"), icon="refresh-cw")
    def check_now(self) -> None:
        """Make the work orders of everything that is due."""
        self.keep()
        store = self.desk.store
        title = _("Checking PM schedules")
        self.desk.background.run_long(
            self, title, lambda job: check(store, step=job.step), self._tell_found
        )

    @action(later("Make work order now"), icon="clipboard-list")
    def make_now(self) -> None:
        """Make the work order of the next date, however far ahead it is."""
        self.keep()
        number = pm.make_now(self.desk.store, self._pm_schedule_id)
        self.toast(_("{number} made", number=number))

    @action(later("Copy"), icon="copy")
    def copy(self) -> None:
        """Begin another schedule like this one; it is paused until it is turned on."""
        self.keep()
        made = pm_schedules.copy(self.desk.store, self._pm_schedule_id)
        self.go_to(made)
        self.toast(_("{number} is a copy; turn it on when it is right.", number=self._number()))

    @action(later("Skip the next date"), icon="ban", has_line=True)
    def skip_next(self) -> None:
        """Leave the next date out, with a reason."""
        page = self.details.page
        waits = [each for each in page.dates if each.occurrence_id is not None] if page else []
        if not waits:
            raise RuleBroken("Its work order is made. Cancel that.")
        occurrence_id, on = waits[0].occurrence_id or 0, waits[0].due_on
        day = self.desk.formats.day_year(on) if on else _("by its meter")
        question = Question(
            title=_("Skip {day}", day=day), do=_("Skip it"), field="reason", icon="ban"
        )
        self.details.asking.ask(question, lambda why, _key: self._skip(occurrence_id, why))

    @action(later("Pause"), icon="hourglass")
    def pause(self) -> None:
        """Let the schedule rest, and say why."""
        question = Question(
            title=_("Pause {number}", number=self._number()),
            why=_("Nothing comes due until it is turned on again."),
            do=_("Pause"),
            field="reason",
            is_needed=False,
        )
        self.details.asking.ask(question, lambda why, _key: self._pause(why))

    @action(later("Turn on again"), icon="check")
    def resume(self) -> None:
        """Let the schedule go on."""
        pm_schedules.resume(self.desk.store, self._pm_schedule_id)
        self.toast(_("{number} goes on", number=self._number()))

    @action(later("End it"), icon="trash-2")
    def end_schedule(self) -> None:
        """End the schedule; what was done by it stays."""
        number = self._number()
        pm_schedules.end(self.desk.store, self._pm_schedule_id)
        self.toast(_("{number} has ended", number=number))

    def turn(self) -> None:
        """Pause the schedule, or let it go on."""
        page = self.details.page
        if page is None:
            return
        self.details.switch.setChecked(not page.is_paused)
        if page.is_paused:
            self.resume()
        else:
            self.pause()

    def _pause(self, why: str) -> None:
        pm_schedules.pause(self.desk.store, self._pm_schedule_id, reason=why)
        self.toast(_("{number} is paused", number=self._number()))

    def _skip(self, occurrence_id: int, why: str) -> None:
        pm.skip(self.desk.store, occurrence_id, reason=why)
        self.toast(_("Skipped: {reason}", reason=why))

    def _tell_found(self, found: CaughtUp | RuleBroken) -> None:
        if isinstance(found, RuleBroken):
            self._ask_about_the_clock(found)
            return
        words = pm_words.caught_up(found)
        self.toast(words, has_undo=bool(found.due))
        clock = self.desk.formats.time(self.desk.store.now())
        self.checked.setText(_("Checked at {time}: {found}", time=clock, found=words))

    def _ask_about_the_clock(self, error: RuleBroken) -> None:
        question = Question(
            title=_("Is the date right?"),
            why=clock_words(error, self.desk.formats),
            do=_("The date is right, check"),
        )
        self.right.setCurrentWidget(self.details)
        self.details.asking.ask(question, lambda _why, _key: self._check_surely())

    def _check_surely(self) -> None:
        self._tell_found(pm.generate(self.desk.store, is_sure=True))

    def _say_checked(self, last: Checked) -> None:
        if last.on is None:
            self.checked.setText(_("Not checked yet"))
            return
        formats, today = self.desk.formats, self.desk.today()
        made = _n("{n} work order made", "{n} work orders made", last.made)
        if last.at is not None and last.on == today:
            when = formats.time(last.at)
            self.checked.setText(_("Checked at {time}: {found}", time=when, found=made))
        else:
            day = formats.relative_day(last.on, today)
            self.checked.setText(_("Checked {day}: {found}", day=day, found=made))

    def _number(self) -> str:
        return self.details.page.number if self.details.page else ""

    def _sort(self, key: str, _is_falling: bool) -> None:  # noqa: FBT001
        self.list.sort = key
        self._look()

    def _look(self) -> None:
        store, text = self.desk.store, self.list.filter.text
        chip, sort = Chip(self.chips.value), self.list.sort
        self.ask(lambda: look_up(store, text, chip, sort), self._answer)

    def _answer(self, listed: Listed) -> None:
        counts = listed.counts
        names = ("all", "soon", "late", "paused")
        self.chips.set_counts({name: getattr(counts, name) for name in names})
        self.list.show_listed(listed)
        wanted, self._wanted = self._wanted, 0
        if not self.list.rows.settle(wanted):
            self._show(0)

    def _choose(self, chosen_id: int) -> None:
        if chosen_id == DRAFT_ID:
            self._begin_new(None, "")
        elif chosen_id and chosen_id != self._pm_schedule_id:
            self._show(chosen_id)

    def _show(self, pm_schedule_id: int) -> None:
        if pm_schedule_id != self._pm_schedule_id:
            self.keep()
        self._pm_schedule_id = pm_schedule_id
        self._reload()
        is_there = bool(self._pm_schedule_id)
        self.right.setCurrentWidget(self.details if is_there else self.empty)

    def _reload(self) -> None:
        page: PmPage | None = None
        if self._pm_schedule_id:
            try:
                page = self.details.show_schedule(self._pm_schedule_id)
            except NotFound:
                self._pm_schedule_id = 0
                self.right.setCurrentWidget(self.empty)
        self._enable(page)

    def _enable(self, page: PmPage | None) -> None:
        is_on = page is not None and not page.is_paused
        for name in ("copy", "edit", "end_schedule"):
            self.commands[name].setEnabled(page is not None)
        for name in ("make_now", "skip_next", "pause"):
            self.commands[name].setEnabled(is_on)
        self.commands["resume"].setEnabled(page is not None and page.is_paused)

    def _begin_new(self, asset_id: int | None, name: str) -> None:
        label = assets.get(self.desk.store, asset_id).row.label if asset_id else ""
        self.new_form.begin(asset_id, label, name)
        self.right.setCurrentWidget(self.pane)
        hint = _("Esc leaves; what is typed is kept as a draft.")
        title, words = _("New PM schedule"), _("Begin the schedule")
        self.pane.show_new(self.new_form, title, words, self._make, hint)

    def _make(self) -> None:
        made = self.new_form.make()
        self.right.setCurrentWidget(self.details)
        self.go_to(made)
        self.toast(_("{number} begun", number=self._number()))
        self.list.rows.setFocus()

    def _leave_pane(self) -> None:
        self.new_form.drafting.flush()
        self._show(self._pm_schedule_id)
        self._look()
        self.list.rows.setFocus()
