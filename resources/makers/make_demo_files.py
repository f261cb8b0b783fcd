"""Make the papers and photos of the demo shop: a nameplate, a leak, a manual, a lock-out sheet."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "resources/demo/files"
FONT = ROOT / "resources/fonts/SmallCMMSInter-Bold.ttf"
PLATE = ("HALDEN", "HR-100  CIRCULATOR", "S/N  H18-44172", "120 V   60 Hz   1/6 HP", "2.0 A MAX")
STEPS = (
    "Tell Tom and the kitchen",
    "Breaker LP-B 14 off, lock and tag",
    "Close V-12 and V-13, lock",
    "Open drain D-3, wait for zero psi",
    "Try to start it, test dead",
)
CHAPTERS = ("Where it may stand", "Wiring", "Filling and bleeding", "Every year", "Spare parts")


def nameplate() -> Image.Image:
    """Return the plate of a pump."""
    picture = Image.new("RGB", (960, 640), (92, 98, 104))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle(
        (60, 60, 900, 580), 26, fill=(205, 208, 206), outline=(60, 60, 60), width=5
    )
    for x, y in ((95, 95), (865, 95), (95, 545), (865, 545)):
        draw.ellipse((x - 14, y - 14, x + 14, y + 14), fill=(120, 124, 126))
    for number, text in enumerate(PLATE):
        font = ImageFont.truetype(str(FONT), 68 if number == 0 else 44)
        draw.text((150, 120 + number * 84), text, font=font, fill=(28, 32, 36))
    return picture.filter(ImageFilter.GaussianBlur(1.1)).rotate(2, fillcolor=(92, 98, 104))


def leak() -> Image.Image:
    """Return a pump with water below it."""
    picture = Image.new("RGB", (960, 720), (146, 140, 130))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 470, 960, 720), fill=(112, 106, 98))
    draw.ellipse((210, 540, 760, 690), fill=(88, 104, 116))
    draw.ellipse((300, 570, 620, 650), fill=(120, 140, 152))
    draw.rectangle((0, 250, 960, 320), fill=(170, 92, 58))
    draw.rounded_rectangle((360, 190, 600, 430), 40, fill=(152, 44, 38))
    draw.ellipse((420, 240, 540, 370), fill=(60, 60, 64))
    for x in (446, 470, 498):
        draw.ellipse((x, 440, x + 12, 468), fill=(150, 178, 196))
    return picture.filter(ImageFilter.GaussianBlur(1.6))


def paper(path: Path, title: str, lines: tuple[str, ...], *, pages: int = 1) -> None:
    """Write a paper with a title and its lines."""
    canvas = Canvas(str(path), pagesize=letter, invariant=1)
    canvas.setTitle(title)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 24)
        canvas.drawString(60, 700, title if number == 1 else lines[(number - 2) % len(lines)])
        canvas.setFont("Helvetica", 14)
        for place, text in enumerate(lines if number == 1 else ()):
            canvas.drawString(60, 650 - place * 30, f"{place + 1}.  {text}")
        canvas.drawString(60, 40, f"{title}, page {number}")
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    nameplate().save(TARGET / "Nameplate.jpg", quality=72)
    leak().save(TARGET / "leak.jpg", quality=72)
    paper(TARGET / "HR-100 manual.pdf", "HR-100 manual", CHAPTERS, pages=6)
    paper(TARGET / "LOTO P-1.pdf", "Lock-out P-1", STEPS)
