"""Names under which copies leave, and what a file is by its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcmms.domain import attachments
from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import RuleBroken

DEVICES = ("CON", "nul", "COM1", "lpt9", "aux.txt", "CON .jpg", "PRN.tar.gz", "CONIN$")
JPEG, PDF = b"\xff\xd8\xff\xe0", b"%PDF-1.7\n"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Nameplate.jpg", "Nameplate.jpg"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("a:b", "a_b"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("report.", "report"),
        (" .bashrc", "bashrc"),
        ("--help", "help"),
        ("\u202egpj.exe", "gpj.exe"),
        ("tab\tand\0nul", "tabandnul"),
        ("...", "file"),
        ("", "file"),
        ("Łukasz Müller.jpg", "Łukasz Müller.jpg"),
    ],
)
def test_a_copy_leaves_under_a_name_that_is_harmless_everywhere(name: str, safe: str) -> None:
    assert attachments.safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "fits", "safe"),
    [
        ("photo.exe", ".jpg", "photo.exe.jpg"),
        ("photo.JPEG", ".jpg", "photo.JPEG"),
        ("invoice.pdf.desktop", ".pdf", "invoice.pdf.desktop.pdf"),
        ("notes.md", ".txt", "notes.md"),
        ("scan", ".pdf", "scan.pdf"),
        ("con.jpg", ".jpg", "_con.jpg"),
    ],
)
def test_the_ending_says_what_the_content_is(name: str, fits: str, safe: str) -> None:
    assert attachments.safe_name(name, fits) == safe


@given(st.text(max_size=400) | st.sampled_from(DEVICES), st.sampled_from(["", ".jpg", ".txt"]))
def test_no_name_leads_out_of_its_folder(name: str, fits: str) -> None:
    safe = attachments.safe_name(name, fits)
    assert safe
    assert not set(safe) & set('<>:"/\\|?*\0\n')
    assert len(safe.encode()) <= 180
    assert safe not in {".", ".."}
    assert safe[0] not in "-~. "
    assert safe[-1] not in ". "
    stem = safe.split(".")[0].strip().upper()
    assert stem not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "CONIN$"}
    assert attachments.safe_name(safe, fits) == safe


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        (JPEG, "photo.exe", ".jpg"),
        (PDF, "x", ".pdf"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", ".webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.HEIC", ".heic"),
        (b"Pump serial H18\n", "notes.txt", ".txt"),
        (b"MZ\x90\0", "photo.jpg", ""),
        (b"MZ", "readme.txt", ""),
        (b"#!/bin/sh\n", "readme.txt", ""),
        (b"[Desktop Entry]\nExec=x", "readme.txt", ""),
        (b"\x7fELF", "manual.pdf", ""),
        (b"<svg onload='x'/>", "plan.svg", ""),
        (b"<html>", "page.html", ""),
        (b"PK\x03\x04", "sheet.xlsx", ""),
        (b"[InternetShortcut]\nURL=file://x", "link.url", ""),
        (b"L\0\0\0\x01\x14\x02\0", "manual.pdf.lnk", ""),
        (b"", "empty.txt", ".txt"),
    ],
)
def test_the_first_bytes_say_what_a_file_is_and_not_its_name(
    head: bytes, name: str, found: str
) -> None:
    assert attachments.ending(head, name) == found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("HR-100 manual.pdf", AttachmentKind.MANUAL),
        ("LOTO P-1.pdf", AttachmentKind.LOCK_OUT),
        ("SDS_refrigerant.pdf", AttachmentKind.SDS),
        ("Receipt Home Depot.jpg", AttachmentKind.RECEIPT),
        ("scan0001.pdf", AttachmentKind.SCAN),
        ("Nameplate.jpg", AttachmentKind.OTHER),
    ],
)
def test_what_a_file_is_is_guessed_from_its_name(name: str, kind: AttachmentKind) -> None:
    assert attachments.guess(name, b"") is kind


def test_a_picture_of_no_telling_name_is_a_photo() -> None:
    assert attachments.guess("leak.jpg", JPEG) is AttachmentKind.PHOTO


@pytest.mark.parametrize(
    ("path", "shown"),
    [("C:\\Users\\d\\leak.jpg", "leak.jpg"), ("/tmp/a\nb.jpg", "a b.jpg"), ("a.pdf ", "a.pdf")],  # noqa: S108
)
def test_a_record_shows_the_last_part_of_a_path(path: str, shown: str) -> None:
    assert attachments.shown_name(path) == shown


@pytest.mark.parametrize("path", ["", "  ", "..", "/tmp/", "\0"])  # noqa: S108
def test_a_file_without_a_name_is_refused(path: str) -> None:
    with pytest.raises(RuleBroken, match="needs a name"):
        attachments.shown_name(path)
