"""The story's call and what stands on the page of requests, for the tests of that page."""

from __future__ import annotations

from smallcmms.services import requests, triage
from smallcmms.store.store import Store
from smallcmms.ui.pages.request_pane import RequestPane
from tests.build import Story, july
from tests.ui.hands import CONTROL, KEY, Hands

WORDS = "Sump pump alarm is on, water is high"
WATER, PEOPLE = "water_or_gas_escaping", "several_affected"


def begin(hands: Hands, words: str = WORDS) -> None:
    """Take Priya's call, with her words."""
    hands.key(KEY.Key_L, held=CONTROL)
    hands.type("priya")
    hands.key(KEY.Key_Return)
    hands.type(words)


def only(store: Store) -> requests.RequestPage:
    """Return the one request that waits."""
    [request_id] = requests.find(store)
    return requests.get(store, request_id)


def order_on_the_pump(store: Store, story: Story) -> int:
    """Put a work order on the sump pump, for Marco at 1:00 PM."""
    request_id = requests.log(
        store, words="The pump hums", customer_id=story.customer_id, site_id=story.site_id,
        asset_id=story.asset_id,
    )  # fmt: skip
    return triage.make_work_order(
        store, request_id, technician_ids=[story.technician_id],
        planned_from=july(13, 13, 0), planned_to=july(13, 15, 0),
    )  # fmt: skip


def log(store: Store, story: Story, words: str = WORDS, **more: object) -> int:
    """Log a call about the sump pump."""
    told: dict[str, object] = {
        "caller": "Priya Natarajan",
        "phone": "(937) 555-0117",
        "customer_id": story.customer_id,
        "contact_id": story.contact_id,
        "site_id": story.site_id,
        "location_id": story.location_id,
        "asset_id": story.asset_id,
        "facts": [WATER],
    }
    return requests.log(store, words=words, **(told | more))  # type: ignore[arg-type]


def is_ready(pane: RequestPane, request_id: int) -> bool:
    """Tell whether a request and who can go are on the screen."""
    return pane.page is not None and pane.page.row.id == request_id and not pane._question.is_open


def offered(hands: Hands) -> list[str]:
    """Return who can go, as it is offered."""
    options = hands.page.pane.visit.options
    return [row.text() for row in options._rows[: options._offered]]


def listed(hands: Hands, column: int) -> list[str]:
    """Return what a column of the queue says."""
    model = hands.page.queue.model
    return [str(model.index(at, column).data()) for at in range(model.rowCount())]
