from __future__ import annotations

from contextlib import suppress
from itertools import product

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.messages import Message, MessageFile
from smallcmms.domain.typed import clean
from smallcmms.services import assets, attachments, callers, messages, missed_calls, requests
from smallcmms.services.calls import Brings, NewCustomer
from smallcmms.services.steps.stubs import NewAsset
from smallcmms.store.store import Store
from tests.build import Story
from tests.conftest import Clock

TEXTS = (
    *("<b>x</b>", "'; DROP TABLE request; --", "{number} {0} %s", "\0NUL\x1b[31m", "a\ud800b"),
    *("\u202egnp.exe", "\ufeffBOM", "e\u0301\u0301\u0301", "\U0001f6b0 water", "x" * 70_000),
    *("=cmd|'/c calc'!A1", "../../etc/passwd", "CON", "line\r\nline", "\t", "  ", "", "-0", "NaN"),
    *("SC7KQ2:A0133:0", "From: a\nTo: b\n\nc", "(937) 555-0199", "٣٤٥٦٧٨٩", "\u00a0", "￿"),
)
"""Texts that break programs, or look as if they were something else."""


def same(text: str) -> str:
    """Return what of a text can be kept, whatever ends its lines."""
    return clean(text).text


def test_any_text_of_a_call_survives_or_is_refused_in_words(store: Store, story: Story) -> None:
    refused = 0
    for text in TEXTS:
        try:
            request_id = requests.log(
                store, words=text, caller=text, phone=text, site_id=story.site_id,
                brings=Brings(asset=NewAsset(name=text)), note=text,
            )  # fmt: skip
        except RuleBroken:
            refused += 1
            continue
        page = requests.get(store, request_id)
        told = {same(each) for each in (page.row.words, page.caller, page.phone, page.note)}
        assert told == {same(text)}
        assert page.asset_id is not None
        assert same(assets.get(store, page.asset_id).row.name) == same(text.strip())
    assert refused == sum(not clean(text).text.strip() for text in TEXTS)


def test_any_text_of_a_new_customer_survives_or_is_refused(store: Store, story: Story) -> None:
    assert story
    for text in TEXTS:
        new = NewCustomer(name=f"N {text}", phone=text, email=text, address=text)
        request_id = requests.log(store, words="x", new_customer=new)
        page = requests.get(store, request_id)
        assert same(page.caller) == same(f"N {text}".strip())
        assert page.customer_id is not None
        assert same(callers.one(store, page.customer_id).phone) == same(text)


def test_any_text_of_a_missed_call_survives_or_is_refused(
    store: Store, clock: Clock, story: Story
) -> None:
    assert story
    for text in TEXTS:
        clock.advance(seconds=1)
        known = missed_calls.get(
            store, missed_calls.log(store, phone="9375550190", name=text, note=text)
        )
        assert {same(known.name), same(known.note)} == {same(text.strip())}
        clock.advance(seconds=1)
        with suppress(RuleBroken):
            missed_calls.log(store, phone=text)


def test_any_text_of_a_message_survives_with_its_files(store: Store, story: Story) -> None:
    assert story
    for text, name in product(TEXTS[:8], TEXTS):
        file = MessageFile(name, "x/y", b"content")
        message = Message(text=f"w{text}", name=text, address=name, files=(file,))
        known = messages.know(store, message)
        brings = Brings(files=messages.keep_files(store, message))
        request_id = requests.log(store, words=known.words, caller=known.caller, brings=brings)
        assert same(requests.get(store, request_id).row.words) == same(f"w{text}")
        assert len(attachments.rows(store, "request", request_id)) == 1
