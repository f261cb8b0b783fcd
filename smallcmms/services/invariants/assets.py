"""Assets that must agree with where they stand, what they are part of, and what they showed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.services.invariants.rules import broken

_READINGS = """(SELECT r.*, m.kind AS meter_kind, m.rolls_over_at, a.number,
    LAG(r.value) OVER (PARTITION BY r.meter_id ORDER BY r.read_on, r.id) AS before
    FROM reading r JOIN meter m ON m.id = r.meter_id JOIN asset a ON a.id = m.asset_id)"""
_RULES = (
    (
        "{it}: it stands in a place of another site.",
        """SELECT a.number FROM asset a JOIN location l ON l.id = a.location_id
        WHERE l.site_id <> a.site_id""",
    ),
    (
        "{it}: it is a part of an asset at another site.",
        """SELECT a.number FROM asset a JOIN asset p ON p.id = a.parent_id
        WHERE p.site_id <> a.site_id""",
    ),
    (
        "{it}: it is a part of itself.",
        """WITH RECURSIVE above (id, parent_id) AS (
            SELECT id, parent_id FROM asset WHERE parent_id IS NOT NULL
            UNION SELECT above.id, asset.parent_id FROM above
            JOIN asset ON asset.id = above.parent_id WHERE asset.parent_id IS NOT NULL)
        SELECT DISTINCT a.number FROM above JOIN asset a ON a.id = above.id
        WHERE above.parent_id = above.id""",
    ),
    (
        "{it}: a warranty ends before it starts.",
        """SELECT a.number FROM warranty w JOIN asset a ON a.id = w.asset_id
        WHERE w.ends_on < w.starts_on""",
    ),
    (
        "{it}: the limits of a meter leave no room between them.",
        """SELECT a.number FROM meter m JOIN asset a ON a.id = m.asset_id
        WHERE m.low > m.high""",
    ),
    (
        "{it}: a meter that counts up counted down.",
        f"""SELECT DISTINCT number FROM {_READINGS} WHERE meter_kind = 'cumulative'
        AND kind = 'normal' AND value < before""",  # noqa: S608
    ),
    (
        "{it}: a meter shows more than it can.",
        f"""SELECT DISTINCT number FROM {_READINGS} WHERE meter_kind = 'cumulative'
        AND (value < 0 OR value >= rolls_over_at)""",  # noqa: S608
    ),
)
"""What is wrong, and the question that finds the assets that it is wrong with."""


def problems(session: Session) -> Iterator[RuleBroken]:
    """Yield the assets that do not agree."""
    yield from broken(session, _RULES)
