from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.levels import Level
from smallcmms.domain.sheets import Result
from smallcmms.domain.visits import VisitStatus
from smallcmms.domain.work_orders import GUARDS, HoldReason, NotOnSheet, WorkOrderStatus
from smallcmms.models import Event
from smallcmms.services import invoices, sheets, visits, work_orders
from smallcmms.services.sheets import Then
from smallcmms.services.work_order_page import WorkOrderPage
from smallcmms.store.dump import lines as dump
from smallcmms.store.opening import open_shop
from tests import jobs
from tests.build import Story, july
from tests.conftest import Clock
from tests.jobs import ENTRY, draw, entry

REASONS = st.sampled_from(["", "They said so"])
ANSWERS = st.sets(st.sampled_from(NotOnSheet)).map(frozenset)


class Life(RuleBasedStateMachine):
    """A person does anything at all with one work order; nobody stops them but the rules."""

    def __init__(self, path: Path, story: Story) -> None:
        super().__init__()
        self.story, self.clock = story, Clock()
        self.store = open_shop(path, now=self.clock)
        self.job = jobs.scheduled(self.store, self.clock, story)
        self.clock.moment = july(13, 8, 5)

    def teardown(self) -> None:
        self.store.close()

    def page(self) -> WorkOrderPage:
        return work_orders.get(self.store, self.job)

    def attempt(self, act: Callable[[], object], *, has_barrier: bool = False) -> None:
        """Do it, take it back and do it again; what is refused leaves no trace."""
        self.clock.advance(minutes=1)
        before = list(dump(self.store))
        try:
            act()
        except RuleBroken:
            assert list(dump(self.store)) == before
            return
        after = list(dump(self.store))
        if after != before and not has_barrier:
            self.store.undo()
            assert list(dump(self.store)) == before
            self.store.redo()
            assert list(dump(self.store)) == after

    @rule()
    def approve(self) -> None:
        self.attempt(lambda: work_orders.approve(self.store, self.job))

    @rule(day=st.integers(13, 16), reason=REASONS)
    def schedule(self, day: int, reason: str) -> None:
        begins = july(day, 8, 0)
        self.attempt(
            lambda: work_orders.schedule(
                self.store,
                self.job,
                technician_ids=[self.story.technician_id],
                planned_from=begins,
                planned_to=begins + timedelta(hours=1),
                override_reason=reason,
            )
        )

    @rule()
    def unschedule(self) -> None:
        self.attempt(lambda: work_orders.unschedule(self.store, self.job))

    @rule(is_locked_out=st.booleans(), answers=ANSWERS)
    def begin(self, *, is_locked_out: bool, answers: frozenset[NotOnSheet]) -> None:
        self.attempt(
            lambda: work_orders.begin(
                self.store, self.job, is_locked_out=is_locked_out, not_on_sheet=answers
            )
        )

    @rule(reason=st.sampled_from(HoldReason))
    def hold(self, reason: HoldReason) -> None:
        self.attempt(lambda: work_orders.hold(self.store, self.job, reason=reason))

    @rule()
    def resume(self) -> None:
        self.attempt(lambda: work_orders.resume(self.store, self.job))

    @rule(reason=REASONS)
    def cancel(self, reason: str) -> None:
        self.attempt(lambda: work_orders.cancel(self.store, self.job, reason=reason))

    @rule(days=st.integers(-1, 1), answers=ANSWERS)
    def complete(self, days: int, answers: frozenset[NotOnSheet]) -> None:
        done_on = self.clock.moment.date() + timedelta(days=days)
        self.attempt(
            lambda: work_orders.complete(
                self.store, self.job, done_on=done_on, not_on_sheet=answers
            )
        )

    @rule(is_waived=st.booleans())
    def close(self, *, is_waived: bool) -> None:
        self.attempt(lambda: work_orders.close(self.store, self.job, is_waived=is_waived))

    @rule(reason=REASONS)
    def reopen(self, reason: str) -> None:
        self.attempt(lambda: work_orders.reopen(self.store, self.job, reason=reason))

    @rule(level=st.sampled_from(Level))
    def set_level(self, level: Level) -> None:
        self.attempt(
            lambda: work_orders.set_level(self.store, self.job, level=level, reason="Worse")
        )

    @rule()
    def print_copy(self) -> None:
        self.attempt(lambda: sheets.print_copy(self.store, self.job, render=draw))

    @rule(is_lost=st.booleans())
    def take_back(self, *, is_lost: bool) -> None:
        take = sheets.declare_lost if is_lost else sheets.did_not_print
        self.attempt(lambda: take(self.store, self.job))

    @rule(
        result=st.sampled_from([None, *Result]),
        is_blank=st.booleans(),
        is_nobody_there=st.booleans(),
        is_not_happy=st.booleans(),
        then=st.sampled_from(Then),
        answers=ANSWERS,
    )
    def enter(
        self,
        result: Result | None,
        then: Then,
        answers: frozenset[NotOnSheet],
        *,
        is_blank: bool,
        **ticks: bool,
    ) -> None:
        blank = {"times": (), "used": (), "others": (), "marks": ()} if is_blank else {}
        said = entry(result=result, not_on_sheet=answers, **ticks, **blank)
        self.clock.moment = max(self.clock.moment, july(14, 10, 31))
        self.attempt(lambda: sheets.enter(self.store, self.job, said, then=then))

    @rule(then=st.sampled_from(Then))
    def enter_a_good_sheet(self, then: Then) -> None:
        self.clock.moment = max(self.clock.moment, july(14, 10, 31))
        self.attempt(lambda: sheets.enter(self.store, self.job, ENTRY, then=then))

    @rule(is_no_show=st.booleans())
    def end_visit(self, *, is_no_show: bool) -> None:
        end = visits.no_show if is_no_show else visits.cancel
        planned = [v.id for v in self.page().visits if v.status is VisitStatus.PLANNED]
        if planned:
            self.attempt(lambda: end(self.store, planned[0]))

    @rule(minutes=st.integers(-10, 90))
    def add_time(self, minutes: int) -> None:
        self.attempt(
            lambda: work_orders.add_time(
                self.store,
                self.job,
                technician_id=self.story.technician_id,
                worked_on=date(2026, 7, 13),
                minutes=minutes,
            )
        )

    @rule()
    def issue(self) -> None:
        self.attempt(self._draft_and_issue, has_barrier=True)

    def _draft_and_issue(self) -> None:
        page = self.page()
        if page.status is WorkOrderStatus.CLOSED and page.invoice is None:
            drafted = invoices.draft(self.store, self.job)
            invoices.issue(self.store, drafted, render=lambda _paper: b"%PDF")

    @invariant()
    def every_step_was_a_step_of_the_table(self) -> None:
        with self.store.read() as session:
            query = select(Event.was, Event.now).where(
                Event.record == "work_order", Event.record_id == self.job
            )
            told = session.execute(query.order_by(Event.id)).all()
        steps = [
            (WorkOrderStatus(was), WorkOrderStatus(now))
            for was, now in told
            if was in set(WorkOrderStatus)
        ]
        assert set(steps) <= set(GUARDS)
        for (_, now), (was, _) in pairwise(steps):
            assert now is was
        assert steps[-1][1] is self.page().status

    @invariant()
    def the_state_tells_the_truth(self) -> None:
        page = self.page()
        planned = [visit for visit in page.visits if visit.status is VisitStatus.PLANNED]
        has_work = bool(page.labour or any(line.quantity for line in page.used))
        is_over = page.status in {WorkOrderStatus.CLOSED, WorkOrderStatus.CANCELLED}
        assert (page.closed_at is not None) is is_over
        assert (page.hold_reason is not None) is (page.status is WorkOrderStatus.ON_HOLD)
        if page.status in {WorkOrderStatus.APPROVED, WorkOrderStatus.CANCELLED}:
            assert not planned
        if page.status is WorkOrderStatus.SCHEDULED:
            assert planned
        if page.status in {WorkOrderStatus.COMPLETED, WorkOrderStatus.CLOSED}:
            assert page.done_on is not None or NotOnSheet.DONE_ON in page.not_on_sheet
        if page.status in {WorkOrderStatus.APPROVED, WorkOrderStatus.CANCELLED}:
            assert not has_work
        assert work_orders.rows(self.store, [self.job])[self.job].state is page.state


def test_no_forbidden_state_is_reached_and_every_step_can_be_taken_back(
    tmp_path: Path, filled: tuple[Path, Story]
) -> None:
    lives = iter(range(10_000))

    def live() -> Life:
        path = tmp_path / f"{next(lives)}.smallcmms"
        shutil.copy(filled[0], path)
        return Life(path, filled[1])

    run_state_machine_as_test(
        live,  # type: ignore[arg-type]  # anything that makes a machine will do
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
