"""What a change is called and what it touched."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

BARRIER = "Issued; make a credit note"


@dataclass(frozen=True)
class Label:
    """The name of a change: a message id and its values, which the face translates."""

    message: str
    values: dict[str, object] = field(default_factory=dict)
    is_barrier: bool = False

    def __str__(self) -> str:
        """Return the name in English, for logs and tests."""
        return self.message.format(**self.values)


@dataclass(frozen=True)
class Changed:
    """What one committed change, undo or redo touched: the row ids by table.

    ``notice`` is a message id where what was typed was not kept to the letter.
    """

    label: Label
    rows: dict[str, frozenset[int]]
    way: str = "change"
    notice: str = ""

    def touches(self, *tables: str) -> bool:
        """Tell whether a row of one of the tables changed."""
        return any(table in self.rows for table in tables)


@dataclass(frozen=True)
class About:
    """The record that a change is about."""

    record: str = ""
    record_id: int | None = None


def about(session: Session, record: str, record_id: int, /, **values: object) -> None:
    """Say which record the change under way is about, and fill its label's values.

    The record named last counts; values of earlier calls stay unless they are given again.
    """
    session.info["about"] = About(record, record_id)
    session.info.setdefault("values", {}).update(values)
