"""Write the tables of a new file as the first revision; only while no version is out."""

from __future__ import annotations

from pathlib import Path

from smallcmms.store import schema

TARGET = Path(__file__).parents[2] / "smallcmms/store/migrations/versions/0001_first.sql"

if __name__ == "__main__":
    TARGET.write_text("\n\n".join(schema.tables()) + "\n", "utf-8")
