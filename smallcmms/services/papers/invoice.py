"""What an invoice or a credit note says on paper."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.services.steps import invoice_papers, invoices, shops
from smallcmms.store.store import Store


def invoice(store: Store, invoice_id: int, *, text: str | None = None) -> papers.Invoice:
    """Return what an invoice says on paper, as it stands; a draft bears no number.

    ``text`` stands in for what the customer reads while it is being typed. An issued document is
    kept as it was printed (``services.invoices.document``); this is what its rows say.
    """
    with store.read() as session:
        today = shops.current(session).day(store.now())
        found = invoices.found(session, invoice_id)
        return invoice_papers.paper(session, found, today=today, text=text)
