"""The job of the story, back from the truck with its sheet filled in by hand."""

from __future__ import annotations

import pytest

from smallcmms.store.store import Store
from tests import jobs
from tests.build import Story
from tests.conftest import Clock


@pytest.fixture
def job(store: Store, clock: Clock, story: Story) -> int:
    """Return WO-2310 on Tuesday at 10:31, its sheet back on the desk."""
    return jobs.out_since_yesterday(store, clock, story)
