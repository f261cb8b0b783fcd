from __future__ import annotations

from datetime import date

import pytest

from smallcmms.domain.follow_ups import is_time


@pytest.mark.parametrize(("today", "is_due"), [(13, "no"), (14, "yes"), (31, "yes")])
def test_what_expires_is_come_back_to_its_lead_days_before(today: int, is_due: str) -> None:
    found = is_time(date(2026, 7, 31), 17, date(2026, 7, today))
    assert found == (is_due == "yes")
