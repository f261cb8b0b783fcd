"""The call form: a request written down while the caller talks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from smallcmms.domain.requests import Channel
from smallcmms.domain.stopwatch import Stopwatch
from smallcmms.services import advice, assets, calls, drafts, missed_calls, requests
from smallcmms.services.advice import Advice, Call
from smallcmms.services.calls import Brings, Particulars
from smallcmms.services.drafts import DraftRow
from smallcmms.services.intake import Duplicate
from smallcmms.services.steps.stubs import NewAsset
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui import when
from smallcmms.ui.drafting import Drafting
from smallcmms.ui.forms.call_boxes import CallBoxes
from smallcmms.ui.forms.channels import LATER
from smallcmms.ui.forms.incoming import Came, Incoming, is_message, told
from smallcmms.ui.kit import Desk
from smallcmms.ui.question import Question

DRAFT = "call"
_LOOKS_AFTER_MS = 120
_PASTED = 12
"""So many letters at once were not typed."""


def interrupted(store: Store) -> DraftRow | None:
    """Return the call that was being typed when the program ended, if there was one."""
    kept = drafts.rows(store, DRAFT)
    return kept[0] if kept and not kept[0].content.get("is_left") else None


class CallForm(CallBoxes):
    """Log a call.

    ``logged`` tells the request that was made and whether its work order is to be made at once;
    ``drafts_changed`` that a draft came, went, or is being typed in no more.
    """

    logged = Signal(int, bool)
    drafts_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.subject, self.missed_call_id = "", 0
        self._watch = Stopwatch()
        self.started_at: datetime | None = None
        self._length = 0
        self._unlike: list[int] = []
        self._same: Duplicate | None = None
        self._drafting = Drafting(desk.store, desk.background, DRAFT, self)
        self._drafting.kept.connect(self._say_kept)
        self._question = Question[Advice](desk.background, self)
        self.incoming = Incoming(desk, self)
        self.incoming.arrived.connect(self._arrive)
        self._soon = QTimer(self, singleShot=True, interval=_LOOKS_AFTER_MS)
        self._soon.timeout.connect(self._look)
        self._listen()
        self.clear()

    def _listen(self) -> None:
        self.channel.chosen.connect(self.edited)
        self.caller.edited.connect(self.edited)
        self.caller.moved.connect(self._move)
        self.caller.settled.connect(self.words.setFocus)
        self.words.left.connect(self._catch_up)
        self.problems.chosen.connect(self.edited)
        self.assets.picked.connect(self.edited)
        self.how_bad.edited.connect(self.edited)
        self.files.edited.connect(self.edited)
        self.words.changed.connect(self._see_message)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._watch_focus)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been typed."""
        return self.started_at is None

    def clear(self) -> None:
        """Show an empty form for the next call."""
        self._question.drop()
        self._soon.stop()
        self.subject, self.missed_call_id = uuid4().hex, 0
        self._watch = Stopwatch()
        self.started_at = None
        self._unlike, self._length = [], 0
        self.clear_boxes()
        self._show_started()
        self._show_duplicate(None)

    def begin(self, **facts: Any) -> None:
        """Begin a call with the cursor in "Who is calling"; a call that is half typed is kept."""
        self.leave()
        if missed_call_id := facts.get("missed_call_id"):
            facts |= self._take_missed(missed_call_id)
        if customer_id := facts.get("customer_id"):
            self.caller.take(customer_id, facts.get("contact_id"))
            self.caller.go_to(facts.get("site_id"), facts.get("location_id"))
        self.assets.site_id = self.caller.site_id
        if asset_id := facts.get("asset_id"):
            self.assets.pick(asset_id)
        self.words.set_value(facts.get("words"))
        if any(facts.values()):
            self.edited()
            self._look_now()
        if missed_call_id:
            self.words.setFocus()
            return
        self.caller.who.setFocus()
        self.caller.who.line.selectAll()

    def _take_missed(self, missed_call_id: int) -> dict[str, Any]:
        """Show who rang, as well as is known; the call that is logged returns the missed one."""
        missed = missed_calls.get(self._desk.store, missed_call_id)
        self.missed_call_id = missed_call_id
        if missed.customer_id is None:
            self.caller.show_stranger(", ".join(filter(None, (missed.name, missed.phone))))
        known = {"customer_id": missed.customer_id, "contact_id": missed.contact_id}
        return {**known, "words": missed.note}

    def take_file(self, path: Path) -> None:
        """Read an e-mail that lies in a file."""
        self.incoming.take_file(path)

    def _see_message(self) -> None:
        """Read what was pasted, where it is more than words; a key is less than a message."""
        text, grown = self.words.text, len(self.words.text) - self._length
        self._length = len(text)
        if grown >= _PASTED and is_message(text):
            self.incoming.take_text(text, Channel(self.channel.value))

    def _arrive(self, came: Came) -> None:
        """Show a message as a call of its own; a call that is half typed is kept."""
        known = came.known
        if self.words.text != came.pasted:
            self.leave()
        self.words.set_value(known.words)
        self.channel.choose(known.channel.value)
        self.came_in.set_value(known.received_at)
        self.files.offer(came.files)
        self.chain()
        self.caller.show_sender(known)
        self.assets.site_id = self.caller.site_id
        self.assets.pick(known.asset_id, is_picked=known.asset_id is not None)
        self.edited()
        self._look_now()
        self.words.setFocus()
        if words := told(came.message):
            self._desk.front.tell(words)

    def leave(self) -> bool:
        """Keep what is typed as a draft and empty the form; return whether there was anything."""
        if self.is_empty:
            return False
        if self._is_blank():
            self._drafting.drop(self.subject)
        else:
            self._drafting.keep(self.subject, {**self._content(), "is_left": True})
            self._drafting.flush()
        self.clear()
        self.drafts_changed.emit()
        return True

    def keep(self) -> None:
        """Keep what is typed now, and stay; nothing is asked once the window has gone."""
        self._soon.stop()
        self._drafting.flush()

    def go_on(self, subject: str) -> None:
        """Go on with a draft."""
        self.leave()
        content = drafts.get(self._desk.store, DRAFT, subject)
        if content is not None:
            self._put_back(subject, content)
            self.words.setFocus()

    def throw_away(self, subject: str) -> None:
        """Forget a draft."""
        self._drafting.drop(subject)
        self.drafts_changed.emit()

    def wake(self) -> bool:
        """Show the call that was being typed when the program ended; return whether one was."""
        kept = interrupted(self._desk.store) if self.is_empty else None
        if kept is not None:
            self._put_back(kept.subject, kept.content)
        return kept is not None

    def refresh(self) -> None:
        """Look again: the shop's lists or its work changed."""
        count = missed_calls.count(self._desk.store)
        self.missed.say(_n("{n} missed call", "{n} missed calls", count) if count else "")
        self._show_started()
        self.offer_people(self._desk)
        if self.how_bad.refresh():
            self.chain()
        if not self.is_empty:
            self._look()

    def make_work_order(self) -> None:
        """Log the call, and go on to its work order."""
        self._log(is_made=True)

    def save_for_triage(self) -> None:
        """Log the call; who goes is decided later."""
        self._log(is_made=False)

    def press_add(self) -> None:
        """Log the call and add it to the work order that does the same."""
        if self._same is not None:
            self._log(is_made=False, same_as=self._same.work_order_id)

    def press_different(self) -> None:
        """Say that the call is not about the work order that looks the same."""
        if self._same is not None:
            self._unlike.append(self._same.work_order_id)
            self.edited()
            self._look_now()
            self.make.setFocus()

    def _log(self, *, is_made: bool, same_as: int | None = None) -> None:
        self._catch_up()
        self._drafting.flush()
        request_id = requests.log(
            self._desk.store,
            words=self.words.text or self.problem_words,
            channel=Channel(self.channel.value),
            received_at=self._received(),
            facts=self.how_bad.facts,
            problem_codes=self.problems.values,
            level=self.how_bad.override,
            override_reason=self.how_bad.reason.text,
            new_customer=self.caller.new_customer(),
            same_as=same_as,
            brings=self._brings(),
            draft=self.subject,
            **self._particulars(),
        )
        self.clear()
        self.logged.emit(request_id, is_made)

    def _particulars(self) -> Particulars:
        told = self.caller.particulars()
        told["intake_seconds"] = self._spent()
        if self.channel.value == Channel.INSPECTION and self.found_by.value:
            told["caller"], told["contact_id"] = self.found_by.value, None
            told["phone"] = ""
        asset_id = told["asset_id"] = self.assets.asset_id
        if asset_id is not None and told.get("site_id") is None:
            asset = assets.rows(self._desk.store, [asset_id])[asset_id]
            told["customer_id"] = told.get("customer_id") or asset.customer_id
            told["site_id"], told["location_id"] = asset.site_id, asset.location_id
        return told

    @property
    def came_in_at(self) -> datetime | None:
        """Return when it came in: as somebody typed, or when it began to be written down."""
        if Channel(self.channel.value) not in LATER or not self.came_in.check():
            return self.started_at
        return self.came_in.value or self.started_at

    def _received(self) -> datetime | None:
        if Channel(self.channel.value) in LATER:
            return self.form.read("received_at") or self.started_at
        return self.started_at

    def _brings(self) -> Brings:
        name = self.assets.new_name
        return Brings(
            asset=NewAsset(name=name) if name else None,
            files=self.files.kept,
            missed_call_id=self.missed_call_id or None,
        )

    def _spent(self) -> int:
        return self._watch.seconds(self._desk.store.now())

    def _watch_focus(self, _before: object, now: QWidget | None) -> None:
        """Count the intake's seconds only while the cursor is in the form."""
        if self.is_empty:
            return
        if now is not None and self.isAncestorOf(now):
            self._watch.touch(self._desk.store.now())
        else:
            self._watch.pause(self._desk.store.now())

    def _content(self) -> dict[str, Any]:
        return {
            **self.typed(),
            "different": self._unlike,
            "started_at": self.started_at.isoformat() if self.started_at else "",
            "seconds": self._spent(),
            "missed_call_id": self.missed_call_id,
        }

    def _is_blank(self) -> bool:
        told = self._content()
        typed = ("who", "words", "problems", "facts", "level", "name", "phone", "address", "files")
        return not any(told[name] for name in typed)

    def _put_back(self, subject: str, content: dict[str, Any]) -> None:
        self.clear()
        self.subject, self._watch = subject, Stopwatch(content["seconds"])
        self.missed_call_id = content.get("missed_call_id", 0)
        self.started_at = datetime.fromisoformat(content["started_at"])
        self._unlike = list(content["different"])
        self.show_typed(content)
        self._show_started()
        self._look_now()
        self.drafts_changed.emit()

    def edited(self, *_told: object) -> None:
        """Keep the draft, and ask what the call is about."""
        if self.is_empty:
            self.started_at = self._desk.store.now()
            self._show_started()
        self._watch.touch(self._desk.store.now())
        self._drafting.keep(self.subject, self._content())
        self._soon.start()

    def _show_started(self) -> None:
        self.missed.setVisible(self.is_empty and bool(self.missed.words))
        if self.started_at is not None:
            moment = self._desk.formats.moment(self.started_at, self._desk.today())
            number = calls.coming_number(self._desk.store)
            self.started.setText(_("{number}, started {time}", number=number, time=moment))

    def _say_kept(self) -> None:
        time = self._desk.formats.time(self._desk.store.now())
        self._desk.front.note(_("Draft kept {time}", time=time))

    def _move(self) -> None:
        self.assets.site_id = self.caller.site_id
        self.assets.pick(None, is_picked=False)
        self.edited()
        self._look_now()

    def _call(self) -> Call:
        return Call(
            words=f"{self.words.text} {self.problem_words}",
            site_id=self.caller.site_id,
            asset_id=self.assets.asset_id,
            is_picked=self.assets.is_picked,
            facts=self.how_bad.facts,
            level=self.how_bad.override,
            received_at=self.came_in_at,
            different=tuple(self._unlike),
        )

    def _look(self) -> None:
        self._soon.stop()
        store, call = self._desk.store, self._call()
        self._question.ask(lambda: advice.on(store, call), self._show)

    def _look_now(self) -> None:
        self._soon.stop()
        self._question.drop()
        self._show(advice.on(self._desk.store, self._call()))

    def _catch_up(self) -> None:
        """Have every answer on the screen before the person goes by it."""
        if self._soon.isActive() or self._question.is_open:
            self._look_now()

    def _show(self, told: Advice) -> None:
        self.assets.show_advice(told)
        self.offer_problems(told.problem_codes)
        self.caller.follow(self.assets.location_id)
        self.how_bad.show_suggested(told.suggested)
        self._show_duplicate(told.duplicate)

    def _show_duplicate(self, same: Duplicate | None) -> None:
        self._same = same
        self.strip.setVisible(same is not None)
        self.make.set_kind("" if same is not None else "primary")
        if same is not None:
            self.strip.say(_("Same as {number}?", number=same.number), self._visit(same))

    def _visit(self, same: Duplicate) -> str:
        if same.visit_from is None:
            return same.title
        begins = when.begins(self._desk.formats, same.visit_from, self._desk.store.now())
        return ", ".join(filter(None, (same.technician.split(" ")[0], begins)))
