from __future__ import annotations

from datetime import UTC, datetime

from smallcmms.domain import tag_messages
from smallcmms.domain.messages import Message, MessageFile
from smallcmms.domain.requests import Channel
from smallcmms.services import assets, attachments, contacts, customers, messages, requests
from smallcmms.services.calls import Brings
from smallcmms.services.steps.stubs import NewAsset
from smallcmms.store import dump
from smallcmms.store.store import Store
from tests.build import Story, july
from tests.conftest import Clock

PRIYA = "Priya@HarborView.example"


def test_the_sender_is_known_by_the_address(store: Store, story: Story) -> None:
    contacts.edit_contact(store, story.contact_id, email="priya@harborview.example")
    found = messages.know(store, Message(text="Water is high", name="P", address=PRIYA))
    assert (found.customer_id, found.contact_id) == (story.customer_id, story.contact_id)
    assert (found.channel, found.caller, found.words) == (Channel.E_MAIL, "P", "Water is high")


def test_the_sender_of_a_text_is_known_by_the_phone(store: Store, story: Story) -> None:
    text = Message(text="Water is high", address="+1 937 555 0117")
    found = messages.know(store, text, channel=Channel.TEXT)
    assert (found.channel, found.contact_id) == (Channel.TEXT, story.contact_id)


def test_an_address_that_two_customers_share_is_nobody_s(store: Store, story: Story) -> None:
    other = customers.add(store, name="Oakmont")
    for each in (story.customer_id, other):
        contacts.add_contact(store, each, name="X", email=PRIYA)
    assert messages.know(store, Message(text="x", address=PRIYA)).customer_id is None


def test_a_tag_message_brings_its_asset_and_its_place(store: Store, story: Story) -> None:
    code = assets.get(store, story.asset_id).code
    text = tag_messages.text(code) + "It hums loudly"
    found = messages.know(store, Message(text=text, address="nobody@example.com"))
    assert (found.channel, found.asset_id) == (Channel.TAG_SCAN, story.asset_id)
    assert (found.customer_id, found.site_id) == (story.customer_id, story.site_id)
    assert found.location_id == story.location_id


def test_a_code_of_another_shop_is_no_more_than_words(store: Store, story: Story) -> None:
    assert story
    found = messages.know(store, Message(text="Trouble with SCXXXX:A1:A: hums"))
    assert (found.channel, found.asset_id) == (Channel.E_MAIL, None)


def test_a_message_from_tomorrow_came_now(store: Store, clock: Clock) -> None:
    later = datetime(2099, 1, 1, tzinfo=UTC)
    assert messages.know(store, Message(text="x", sent_at=later)).received_at == clock()
    earlier = july(13, 6, 55)
    assert messages.know(store, Message(text="x", sent_at=earlier)).received_at == earlier


def test_a_call_takes_in_files_and_an_unknown_asset_in_one_step(store: Store, story: Story) -> None:
    before = list(dump.lines(store))
    kept = messages.keep_files(
        store,
        Message(
            text="x",
            files=(
                MessageFile("../../IMG_1.jpg", "image/jpeg", b"\xff\xd8\xff"),
                MessageFile("..", "x/y", b"1"),
            ),
        ),
    )
    assert [each.name for each in kept] == ["IMG_1.jpg", "file-2"]
    request_id = requests.log(
        store, words="It hums", customer_id=story.customer_id, site_id=story.site_id,
        location_id=story.location_id, brings=Brings(asset=NewAsset(name="Boiler 2"), files=kept),
    )  # fmt: skip
    page = requests.get(store, request_id)
    assert page.asset == "Boiler 2"
    assert page.asset_id is not None
    stub = assets.get(store, page.asset_id)
    assert (stub.row.site_id, stub.row.location_id) == (story.site_id, story.location_id)
    assert [row.name for row in attachments.rows(store, "request", request_id)] == [
        "IMG_1.jpg",
        "file-2",
    ]
    store.undo()
    assert list(dump.lines(store)) == before
