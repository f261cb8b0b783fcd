"""Tags of a real shop, each cut out of its sheet and read by two readers at three finenesses.

``python -m tests.trust.tags --tags 1000`` prints the tags of so many assets on Avery 5160 from
label 4 and counts what zxing-cpp and zbar read of each at 203, 300 and 600 dots an inch.
``--blot`` covers a corner of each code, as the control: then hardly one may be read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from smallcmms.domain.papers import TagSheet
from smallcmms.domain.places import Rect
from smallcmms.domain.tag_messages import SecondCode
from smallcmms.reports import tags as report
from smallcmms.reports.tag_layout import lay_out
from smallcmms.services import assets, label_sheets
from smallcmms.services.papers import tags
from smallcmms.services.samples import story
from smallcmms.services.tag_printing import Habits
from smallcmms.store.opening import create
from smallcmms.store.store import Store
from tests.reports import readers

FINENESSES = (203, 300, 600)
READERS: dict[str, Callable[[Image.Image], list[str]]] = {
    "zxing-cpp": readers.by_zxing,
    "zbar": readers.by_zbar,
}
START = 4
KINDS = ("Sump pump", "Hot-water circulator", "Rooftop unit, gym", "Backflow preventer", "Boiler")


@dataclass
class Outcome:
    """What was read of the tags: how many of them by each reader at each fineness."""

    tags: int = 0
    read: dict[tuple[str, int], int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def is_whole(self) -> bool:
        """Return whether every reader read every tag at every fineness."""
        return bool(self.tags) and all(count == self.tags for count in self.read.values())

    def __str__(self) -> str:
        """Return the counts in lines."""
        told = [f"{name} at {dpi} dpi: {count} of {self.tags}"
                for (name, dpi), count in sorted(self.read.items())]  # fmt: skip
        return "\n".join([*told, f"the PDF: {self.size:,} bytes", *self.missed[:3]])


def set_up(path: Path, count: int) -> tuple[Store, list[int]]:
    """Return a shop with so many assets in many places."""
    store = create(path, now=story.Clock())
    story.set_up(store)
    start = story.before(store)
    made = [
        assets.add(
            store,
            site_id=start.site_id,
            name=f"{KINDS[number % len(KINDS)]} {number}",
            short_code=f"X-{number}",
            place=f"Building {number % 7} › Floor {number % 11}",
        )
        for number in range(count)
    ]
    return store, made


def paper(store: Store, asset_ids: list[int], key: str, second: SecondCode) -> TagSheet:
    """Return the sheet of tags, from label 4 where there are so many."""
    labels = label_sheets.get(store, key)
    start = min(START, labels.count)
    return tags.tags(store, asset_ids, told=Habits(sheet=key, start_at=start, second=second))


def cut(sheet: TagSheet, pdf: bytes, dpi: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield the number of each tag and the picture of its label alone."""
    form = sheet.labels
    document = pypdfium2.PdfDocument(pdf)
    for at in range(len(document)):
        page = document[at].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        for place in range(form.count):
            number = at * form.count + place - sheet.start_at + 1
            if 0 <= number < len(sheet.tags):
                label = Rect(*form.corner(place), form.width, form.height)
                yield number, readers.crop(page, label, dpi)
    document.close()


def blotted(label: Image.Image, sheet: TagSheet, dpi: int) -> Image.Image:
    """Return a label whose code lost a third of its width."""
    code = lay_out(sheet.labels).code
    gone = Rect(code.x, code.y, code.width / 3, code.height)
    label.paste(255, readers.crop_box(gone, dpi))
    return label


def run(
    path: Path,
    *,
    count: int,
    key: str = label_sheets.USUAL,
    second: SecondCode = SecondCode.NONE,
    is_blotted: bool = False,
) -> Outcome:
    """Print the tags of so many assets and read each of them."""
    store, made = set_up(path, count)
    try:
        sheet = paper(store, made, key, second)
    finally:
        store.close()
    pdf = report.render(sheet).pdf
    outcome = Outcome(tags=len(sheet.tags), size=len(pdf))
    outcome.read = {(name, dpi): 0 for name in READERS for dpi in FINENESSES}
    for dpi in FINENESSES:
        for number, label in cut(sheet, pdf, dpi):
            tag = sheet.tags[number]
            seen = blotted(label, sheet, dpi) if is_blotted else label
            for name, read in READERS.items():
                is_read = set(read(seen)) == {tag.code, *filter(None, (tag.link,))}
                outcome.read[name, dpi] += is_read
                if not is_read:
                    outcome.missed.append(f"{name} at {dpi} dpi: {tag.number}")
    return outcome


def main() -> int:
    """Read the tags, and return 1 where one was not read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tags", type=int, default=1000)
    parser.add_argument("--sheet", default=label_sheets.USUAL)
    parser.add_argument("--second-code", type=SecondCode, default=SecondCode.NONE)
    parser.add_argument("--blot", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(
            Path(folder) / "shop.smallcmms",
            count=options.tags,
            key=options.sheet,
            second=options.second_code,
            is_blotted=options.blot,
        )
    sys.stdout.write(f"{outcome}\n")
    return int(not outcome.is_whole)


if __name__ == "__main__":
    sys.exit(main())
