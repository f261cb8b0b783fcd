"""What was brought in from other programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped

from smallcmms.models.base import Base, Key, table


class ImportBatch(Base):
    """One file that was brought in: when, its name, and what became of its rows."""

    __tablename__ = "import_batch"
    __table_args__ = table()

    id: Mapped[Key]
    kind: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
