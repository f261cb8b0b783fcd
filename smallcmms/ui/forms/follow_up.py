"""The form of a follow-up: what the customer said or what came of it, or until when it waits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from smallcmms import follow_up_words
from smallcmms.domain.contact_log import Way
from smallcmms.domain.follow_ups import EXPIRING
from smallcmms.services import follow_ups
from smallcmms.services.follow_ups import FollowUpRow
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Choice,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    line,
    row,
)


class FollowUpForm(Panel):
    """Say what came of a follow-up, or put it off; ``closed`` tells that it is settled or left."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: FollowUpRow | None = None
        self.form = Form(self)
        self.title, self.about = PanelHeader("phone", ""), Label("", "second", wraps=True)
        self.outcome = self.form.add("outcome", LineBox(_("What came of it")))
        self.how = self.form.add("how", Choice(_("How")))
        self.until = self.form.add(
            "until", DateBox(_("Or put it off until"), desk.formats, desk.today)
        )
        self.do = Button("", "primary", icon="check", key="Ctrl+Return", on=self.finish)
        self.put_off = Button(_("Put it off"), icon="clock", on=self.wait)
        back = Button(_("Back"), on=self.closed.emit)
        self.add(self.title)
        boxes = row(gap=10)
        boxes.addWidget(self.outcome, 1)
        for box in (self.how, self.until):
            box.setFixedWidth(180)
            boxes.addWidget(box)
        self.pad(self.about, boxes, row(self.do, self.put_off, back, None))
        self.add(line())
        self.hide()

    def begin(self, follow_up: FollowUpRow) -> None:
        """Ask what came of a follow-up."""
        self._row = follow_up
        formats = self._desk.formats
        is_call = follow_up.customer_id is not None and follow_up.rule not in EXPIRING
        self.title.title.setText(follow_up_words.sentence(follow_up, formats))
        self.about.setText(follow_up_words.more(follow_up, formats))
        self.do.say(_("Log call") if is_call else _("Done"))
        self.form.clear()
        self.how.set_items(_ways())
        self.how.set_value(Way.WE_CALLED if is_call else None)
        self.how.setVisible(follow_up.customer_id is not None)
        self.show()
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Write down what came of it."""
        if self._row is None:
            return
        said, how = self.outcome.text, self.how.value
        follow_ups.done(self._desk.store, self._row.id, outcome=said, how=how)
        self.closed.emit()
        self._desk.front.toast(_("Followed up"))

    def wait(self) -> None:
        """Put it off until the day that was typed."""
        until = self.until.value
        if self._row is None:
            return
        if until is None:
            self.until.show_error(_("Type a day."))
            self.until.setFocus()
            return
        said = self.outcome.text
        follow_ups.later(self._desk.store, self._row.id, until=until, reason=said)
        self.closed.emit()
        self._desk.front.toast(_("Put off until {day}", day=self._desk.formats.day(until)))


def _ways() -> list[tuple[object, str]]:
    return [
        (None, _("nobody was spoken with")),
        (Way.WE_CALLED, _("We called")),
        (Way.THEY_CALLED, _("They called")),
        (Way.E_MAIL, _("E-mail")),
        (Way.TEXT, _("Text")),
        (Way.VISIT, _("Visit")),
    ]
