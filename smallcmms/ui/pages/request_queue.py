"""The queue: requests to triage, worst first, and the calls that are half typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from smallcmms.domain.levels import Level
from smallcmms.domain.requests import Channel, RequestStatus
from smallcmms.services import drafts, requests
from smallcmms.services.drafts import DraftRow
from smallcmms.services.requests import ANSWERED_TODAY, DECLINED, WAITING, RequestRow
from smallcmms.texts import _
from smallcmms.ui.forms.call import DRAFT
from smallcmms.ui.kit import (
    TWO_LINES,
    Button,
    Cell,
    Chips,
    Column,
    Desk,
    EmptyState,
    Panel,
    PanelHeader,
    RowsModel,
    RowsView,
    states,
    theme,
)
from smallcmms.ui.pages import request_words
from smallcmms.ui.question import Question

DRAFTS_FROM = 2_000_000_000
"""Ids from here on stand in the list for calls that are half typed."""
_MINUTE_MS = 20_000
_WHY, _CAME, _GAP = 2, 4, 8
_NARROW, _MODEST, _SLIM = 640, 540, 480
_FEWEST, _MOST, _ANY = 2, 6, 16777215


class _Told:
    def __init__(self, desk: Desk, which: str) -> None:
        self.which = which
        self.ids = list(requests.find(desk.store, which=which))
        self.counts = requests.counts(desk.store)
        self.drafts = drafts.rows(desk.store, DRAFT)


class RequestQueue(Panel):
    """List the requests behind a chip.

    ``chosen`` tells a request, or 0; ``draft_chosen`` the subject of a draft; ``draft_opened`` that
    somebody goes on with it.
    """

    chosen = Signal(int)
    draft_chosen = Signal(str)
    draft_opened = Signal(str)
    refreshed = Signal()

    def __init__(self, desk: Desk, log_call: Button) -> None:
        super().__init__()
        self._desk = desk
        self.hidden_draft = ""
        self._drafts: dict[int, DraftRow] = {}
        self._wanted = 0
        self._question = Question[_Told](desk.background, self)
        chips = [(WAITING, _("Waiting")), (ANSWERED_TODAY, _("Answered today"))]
        self.chips = Chips([*chips, (DECLINED, _("Declined"))])
        self.chips.chosen.connect(self.refresh)
        self.header = PanelHeader("inbox", _("To triage"), "", self.chips, is_big=True)
        self.add(self.header)
        self.model = RowsModel[RequestRow](self._columns(), self._rows, self)
        self.list = RowsView(self.model, row=TWO_LINES, says=_("Requests to triage"), gap=_GAP)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.empty = EmptyState(
            "inbox", _("No calls to triage"), _("New calls land here, worst first"), log_call
        )
        self.stack = QStackedWidget()
        for piece in (self.list, self.empty):
            self.stack.addWidget(piece)
        self.add(self.stack)
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(self.list.viewport().update)
        self._clock.start()
        theme.signals.changed.connect(self.fit)

    @property
    def chosen_id(self) -> int:
        """Return the request that somebody stands on, 0 where that is none."""
        found = self.list.chosen_id
        return 0 if found in self._drafts else found

    @property
    def which(self) -> str:
        """Return the chip that is on."""
        return self.chips.value

    def refresh(self, *_told: object) -> None:
        """Look everything up again, in the background."""
        which = self.chips.value
        self._question.ask(lambda: _Told(self._desk, which), self._show)

    def want(self, request_id: int) -> None:
        """Stand on a waiting request as soon as it is in the list."""
        self.chips.set_value(WAITING)
        self._wanted = request_id
        self.refresh()

    def stand_on_first(self) -> None:
        """Stand on the worst request."""
        ids = [row_id for row_id in self.model_ids() if row_id not in self._drafts]
        if not ids or not self.list.choose(ids[0]):
            self.list.choose_first()

    def model_ids(self) -> list[int]:
        """Return the ids in the list, as they stand."""
        count = self.model.rowCount()
        return [self.model.id_at(self.model.index(at, 0)) for at in range(count)]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out what there is no room for: why, then when it came in."""
        super().resizeEvent(event)
        is_slim = self.width() < theme.px(_SLIM)
        self.list.setColumnHidden(_WHY, self.width() < theme.px(_NARROW))
        self.list.setColumnHidden(_CAME, is_slim)
        self.header.title.setVisible(not is_slim)
        self.header.count.setVisible(self.width() >= theme.px(_MODEST))

    def fit(self) -> None:
        """Be as high as the rows, within reason."""
        self.stack.setMinimumHeight(theme.px(TWO_LINES))
        self.stack.setMaximumHeight(_ANY)
        if not self.model.rowCount():
            return
        shown = min(max(self.model.rowCount(), _FEWEST), self._room())
        self.stack.setFixedHeight(theme.px(TWO_LINES) * shown + theme.px(28) + 2)

    def _room(self) -> int:
        around = self.parentWidget()
        high = around.height() if around is not None else 0
        rows = (high - theme.px(460)) // theme.px(TWO_LINES)
        return min(max(rows, _FEWEST), _MOST)

    def _columns(self) -> list[Column]:
        formats, store = self._desk.formats, self._desk.store
        return [
            Column(_("Level"), self._level, 72),
            Column(_("Problem"), request_words.problem),
            Column(_("Why this level"), self._why, 188),
            Column(_("Answer by"), self._answer, 126),
            Column(_("Came in"), lambda row: request_words.came(row, formats, store.now()), 122),
        ]

    def _level(self, row: RequestRow) -> Cell:
        return Cell() if row.id in self._drafts else Cell(level=row.level)

    def _answer(self, row: RequestRow) -> Cell:
        if row.id in self._drafts:
            return Cell(pill=states.request("draft"))
        return request_words.answer(row, self._desk.formats, self._desk.store.now())

    def _why(self, row: RequestRow) -> Cell:
        if row.id in self._drafts:
            return Cell()
        return request_words.why(row, self._desk.formats, self._desk.store.now())

    def _rows(self, ids: Sequence[int]) -> dict[int, RequestRow]:
        found = requests.rows(self._desk.store, [each for each in ids if each < DRAFTS_FROM])
        for row_id in self._drafts.keys() & set(ids):
            found[row_id] = _as_row(row_id, self._drafts[row_id])
        return found

    def _show(self, told: _Told) -> None:
        half_typed = [each for each in told.drafts if each.subject != self.hidden_draft]
        is_waiting = told.which == WAITING
        self._drafts = {
            DRAFTS_FROM + at: each for at, each in enumerate(half_typed if is_waiting else ())
        }
        self.model.set_ids([*self._drafts, *told.ids])
        counts = told.counts
        self.chips.set_counts(
            {
                WAITING: counts.waiting,
                ANSWERED_TODAY: counts.answered_today,
                DECLINED: counts.declined,
            }
        )
        self.header.count.setText(_("{n}, worst first", n=counts.waiting))
        self.stack.setCurrentWidget(self.list if self.model.rowCount() else self.empty)
        self.fit()
        self._settle()
        self.refreshed.emit()

    def _settle(self) -> None:
        wanted, self._wanted = self._wanted, 0
        if wanted and self.list.choose(wanted):
            return
        if not self.list.chosen_id:
            self.stand_on_first()

    def _choose(self, row_id: int) -> None:
        if row_id in self._drafts:
            self.draft_chosen.emit(self._drafts[row_id].subject)
        else:
            self.chosen.emit(row_id)

    def _open(self, row_id: int) -> None:
        if row_id in self._drafts:
            self.draft_opened.emit(self._drafts[row_id].subject)


def _as_row(row_id: int, draft: DraftRow) -> RequestRow:
    typed = draft.content
    return RequestRow(
        id=row_id,
        number="",
        level=Level.LOW,
        words=typed["words"] or _("Nothing written yet"),
        customer=typed["who"] or typed["name"],
        place="",
        level_reason="",
        override_reason="",
        answer_by=draft.kept_at,
        received_at=draft.kept_at,
        channel=Channel(typed["channel"]),
        status=RequestStatus.NEW,
    )
