from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from smallcmms.domain import tag_messages
from smallcmms.domain.requests import Channel
from smallcmms.services import (
    assets,
    attachments,
    callers,
    contacts,
    drafts,
    requests,
    technicians,
)
from smallcmms.store.store import Store
from smallcmms.ui.background import Background
from smallcmms.ui.pages.requests import RequestsPage
from tests.build import Story, july
from tests.conftest import Clock
from tests.ui.at_requests import begin, only
from tests.ui.hands import CONTROL, KEY, Hands

MAIL = (
    "From: Priya <priya@harborview.example>\nTo: us@ridgeline.example\nSubject: Sump pump\n"
    "Date: Mon, 13 Jul 2026 06:55:00 -0400\n"
)
PICTURE = (
    "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
    "The alarm is on.\n--x\nContent-Type: image/jpeg; name=IMG_1.jpg\n"
    "Content-Transfer-Encoding: base64\n\n/9j/AAAA\n--x\nContent-Type: image/png; name=logo.png\n"
    "Content-Transfer-Encoding: base64\n\niVBORw==\n--x--\n"
)


@pytest.fixture
def hands(qtbot: QtBot, store: Store, story: Story, background: Background) -> Iterator[Hands]:
    assert story
    made = Hands(qtbot, store, background, RequestsPage)
    yield made
    made.close()


def drop(hands: Hands, path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    hands.page.call.dropEvent(event)
    hands.until(lambda: hands.page.call.words.text)


def test_a_voicemail_came_in_when_it_was_left(hands: Hands, store: Store) -> None:
    begin(hands, "No heat")
    call = hands.page.call
    call.channel.choose(Channel.VOICEMAIL.value)
    assert call.came_in.isVisible()
    call.came_in.setFocus()
    hands.type("Jul 12 9:40p")
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.row.channel, page.row.received_at) == (Channel.VOICEMAIL, july(12, 21, 40))


def test_what_is_still_to_come_cannot_have_come_in(hands: Hands, store: Store) -> None:
    begin(hands, "No heat")
    call = hands.page.call
    call.channel.choose(Channel.TEXT.value)
    call.came_in.setFocus()
    hands.type("11:00p")
    hands.key(KEY.Key_S, held=CONTROL)
    assert call.came_in.error.text() == "That is still to come."
    assert requests.find(store) == []


def test_the_other_ways_are_chosen_by_their_first_letter(hands: Hands) -> None:
    call = hands.page.call
    call.channel._shown().part(Channel.PHONE.value).setFocus()
    hands.type("v")
    assert call.channel.value == Channel.VOICEMAIL
    hands.type("w")
    assert call.channel.value == Channel.WALK_IN


def test_a_technician_found_it_at_a_customer_s(hands: Hands, store: Store, story: Story) -> None:
    begin(hands, "Belt is worn")
    call = hands.page.call
    call.channel.choose(Channel.INSPECTION.value)
    assert call.caller.who.label.text() == "Customer"
    assert call.found_by.isVisible()
    technicians.add(store, name="Ann Lee")
    hands.until(lambda: call.found_by.combo.count() == 2)
    call.found_by.set_value("Marco Reyes")
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.row.channel, page.caller) == (Channel.INSPECTION, "Marco Reyes")
    assert (page.customer_id, page.contact_id) == (story.customer_id, None)


def test_an_e_mail_is_dropped_and_its_files_are_offered(
    hands: Hands, store: Store, story: Story, tmp_path: Path
) -> None:
    contacts.edit_contact(store, story.contact_id, email="priya@harborview.example")
    path = tmp_path / "message.eml"
    path.write_text(MAIL + PICTURE)
    drop(hands, path)
    call = hands.page.call
    assert call.caller.who.text == "Priya Natarajan, Harbor View Apartments"
    assert call.assets.asset_id == story.asset_id
    assert [tick.text() for tick in call.files.ticks] == ["IMG_1.jpg · 1 kB", "logo.png · 1 kB"]
    call.files.ticks[1].click()
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.row.channel, page.row.received_at) == (Channel.E_MAIL, july(13, 6, 55))
    assert page.row.words == "Sump pump\nThe alarm is on."
    [kept] = attachments.rows(store, "request", page.row.id)
    assert kept.name == "IMG_1.jpg"
    hands.window.undo()
    assert requests.find(store) == []


def test_an_e_mail_from_a_stranger_becomes_a_customer_with_an_address(
    hands: Hands, store: Store
) -> None:
    hands.page.call.words.text_edit.insertPlainText(
        "From: Helen Brandt <helen@elm.example>\nSubject: Heat\n\nNo heat at all"
    )
    call = hands.page.call
    assert call.words.text == "Heat\nNo heat at all"
    assert call.caller.who.text == "Helen Brandt, helen@elm.example"
    call.caller._begin_new(call.caller.who.text)
    assert hands.focus == "Street"
    hands.type("12 Elm St")
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.row.channel, page.caller, page.address) == (
        Channel.E_MAIL,
        "Helen Brandt",
        "12 Elm St",
    )
    [found] = callers.callers(store, "helen@elm")
    assert found.customer_id == page.customer_id


def test_what_a_tag_sends_brings_its_asset(hands: Hands, store: Store, story: Story) -> None:
    code = assets.get(store, story.asset_id).code
    begin(hands, "")
    hands.page.call.words.text_edit.insertPlainText(tag_messages.text(code) + "It hums")
    hands.until(lambda: hands.page.call.channel.value == Channel.TAG_SCAN)
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.row.channel, page.asset_id) == (Channel.TAG_SCAN, story.asset_id)
    assert (page.customer_id, page.site_id) == (story.customer_id, story.site_id)


def test_an_asset_that_nobody_took_in_is_made_with_the_call(
    hands: Hands, store: Store, story: Story
) -> None:
    begin(hands, "It leaks")
    hands.page.call.go_to_asset()
    hands.type("Boiler 2")
    hands.key(KEY.Key_Return)
    assert hands.page.call.assets.other.text == "Boiler 2, new"
    hands.key(KEY.Key_S, held=CONTROL)
    page = only(store)
    assert (page.asset, page.site_id) == ("Boiler 2", story.site_id)
    hands.window.undo()
    assert requests.find(store) == []
    assert [row.name for row in assets.at_site(store, story.site_id)] == ["Sump pump"]


def test_a_message_and_a_new_asset_survive_in_the_draft(
    hands: Hands, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "message.eml"
    path.write_text(MAIL + PICTURE)
    drop(hands, path)
    call = hands.page.call
    call.assets.name_new("Boiler 2")
    call.files.ticks[1].click()
    hands.page.keep()
    subject = call.subject
    assert drafts.get(store, "call", subject) is not None
    call.leave()
    assert call.files.ticks == []
    call.go_on(subject)
    assert (call.channel.value, call.assets.new_name) == (Channel.E_MAIL, "Boiler 2")
    assert [file.name for file in call.files.kept] == ["IMG_1.jpg"]
    assert call.came_in.value == july(13, 6, 55)


def test_the_seconds_stop_while_the_form_is_not_in_use(
    hands: Hands, store: Store, clock: Clock
) -> None:
    begin(hands, "No heat")
    clock.advance(seconds=20)
    hands.page.call.words.text_edit.clearFocus()
    clock.advance(minutes=30)
    hands.page.call.words.setFocus()
    clock.advance(seconds=5)
    hands.key(KEY.Key_S, held=CONTROL)
    assert only(store).intake_seconds == 25
