"""Messages: an e-mail, a text or what a customer's phone sent after reading a tag, as a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain import phone as phones
from smallcmms.domain import tag_messages
from smallcmms.domain.attachments import shown_name
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.messages import KeptFile, Message
from smallcmms.domain.requests import Channel
from smallcmms.models import Asset, Contact, Customer, Site
from smallcmms.services import scans
from smallcmms.services.steps.lines import Line, Lines
from smallcmms.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a message says of a request: who, by which way, when (UTC), about what, in whose words.

    ``caller`` and ``address`` are as the message has them; ``asset_id`` comes from a tag's code.
    """

    channel: Channel
    words: str
    caller: str
    address: str
    received_at: datetime | None
    customer_id: int | None
    contact_id: int | None
    site_id: int | None
    location_id: int | None
    asset_id: int | None


def know(store: Store, message: Message, *, channel: Channel = Channel.E_MAIL) -> Incoming:
    """Return what the shop knows of a message: its sender by address or phone, its asset by tag.

    A moment that is still to come, by the sender's clock, counts as now.
    """
    tag = tag_messages.read(f"{message.subject}\n{message.text}")
    asset_id = _tagged(store, tag.code) if tag else None
    with store.read() as session:
        line = _sender(session, message.address)
        asset = session.get(Asset, asset_id) if asset_id else None
        site = session.get_one(Site, asset.site_id) if asset else None
        if site is not None and line.customer_id != site.customer_id:
            line = Line(site.customer_id) if line.customer_id is None else line
    return Incoming(
        channel=Channel.TAG_SCAN if asset is not None else channel,
        words=message.words,
        caller=message.name,
        address=message.address,
        received_at=min(message.sent_at, store.now()) if message.sent_at else None,
        customer_id=line.customer_id,
        contact_id=line.contact_id,
        site_id=site.id if site and line.customer_id == site.customer_id else None,
        location_id=asset.location_id if asset else None,
        asset_id=asset_id,
    )


def keep_files(store: Store, message: Message) -> list[KeptFile]:
    """Keep the files of a message safe until a request names them."""
    found = []
    for number, file in enumerate(message.files, start=1):
        try:
            name = shown_name(file.name)
        except RuleBroken:
            name = f"file-{number}"
        found.append(KeptFile(name, store.files.put(file.content), len(file.content)))
    return found


def _tagged(store: Store, code: str) -> int | None:
    try:
        found = scans.read(store, code)
    except (RuleBroken, NotFound):
        return None
    return found.id if found.kind == "asset" else None


def _sender(session: Session, address: str) -> Line:
    if "@" not in address:
        return Lines(session).whose(address) if phones.digits(address) else Line()
    query = (
        select(Contact.customer_id, Contact.id)
        .join(Customer, Customer.id == Contact.customer_id)
        .where(
            func.lower(Contact.email) == address.strip().lower(),
            Contact.archived_on.is_(None),
            Customer.archived_on.is_(None),
        )
    )
    found = [Line(*row) for row in session.execute(query)]
    customers = {line.customer_id for line in found}
    if len(customers) != 1:
        return Line()
    return found[0] if len(found) == 1 else Line(customers.pop())
