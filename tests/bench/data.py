"""Shop files of any size to measure on, the same for the same seed: ``data.py FOLDER N [SEED]``."""

from __future__ import annotations

import hashlib
import shutil
import sys
from datetime import datetime
from pathlib import Path

from smallcmms.reports import invoice as invoice_paper
from smallcmms.reports import work_order as sheet_paper
from smallcmms.services.samples import bulk
from smallcmms.store import opening, schema
from smallcmms.store.store import Store


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.moment = bulk.STANDS

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = moment


def shop(folder: Path, count: int, *, seed: int = 1) -> Path:
    """Return a shop file of so many work orders; one that was made before is used again."""
    laid_out = hashlib.sha256("".join(schema.statements()).encode()).hexdigest()[:8]
    path = folder / f"bench-{count}-{seed}-{laid_out}.smallcmms"
    if not path.exists():
        part = folder / f"part-{count}.smallcmms"
        part.unlink(missing_ok=True)
        clock = Clock()
        store = opening.create(part, now=clock)
        bulk.fill(
            store, clock.set, count, seed=seed,
            render_sheet=sheet_paper.render,
            render_invoice=lambda paper: invoice_paper.render(paper).pdf,
        )  # fmt: skip
        store.close()
        shutil.rmtree(path.with_suffix(".files"), ignore_errors=True)
        part.with_suffix(".files").rename(path.with_suffix(".files"))
        part.rename(path)
    return path


def reopened(path: Path) -> Store:
    """Return a shop file, open on the Tuesday on which it stands."""
    return opening.open_shop(path, now=Clock())


if __name__ == "__main__":
    where, number, *seeds = sys.argv[1:]
    print(shop(Path(where), int(number), seed=int(seeds[0]) if seeds else 1))  # noqa: T201
