"""The jobs that the tests of the services begin with."""

from __future__ import annotations

import pytest

from smallcmms.domain.levels import Level
from smallcmms.services import work_orders
from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story
from tests.conftest import Clock


@pytest.fixture
def job(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310, put on Marco's board for Monday at 8:00."""
    return jobs.scheduled(store, clock, story)


@pytest.fixture
def by_hand(store: Store, story: Story) -> int:
    """Return a draft that somebody wrote by hand."""
    return work_orders.add(
        store,
        title="Bath fan rattles",
        wrong="It rattles",
        level=Level.LOW,
        customer_id=story.customer_id,
        site_id=story.site_id,
    )
