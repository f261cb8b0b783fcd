"""E-mails that are odd, broken, enormous or hostile, read as text only (D9).

``python -m tests.trust.mail --messages 5000 --megabytes 50`` reads every kind at full size and as
many messages whose bytes were thrown about by dice, and looks at the time that the reading took of
the processor, at what was raised, and at every file, program and address that it touched.
"""

from __future__ import annotations

import argparse
import base64
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.messages import Message
from smallcmms.domain.typed import clean
from smallcmms.exchange import mail

SLOWEST = 5.0
_MB = 1024 * 1024
_HEAD = (
    b"From: Priya <priya@example.com>\r\nSubject: Pump\r\nDate: Mon, 13 Jul 2026 07:00:00 -0400\r\n"
)
_HTML = _HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n"
_TOUCHES = ("open", "socket.", "urllib.", "subprocess.", "os.system", "ftplib.", "http.", "import")
_watch: list[list[str]] = []


@dataclass
class Outcome:
    """What came of the messages."""

    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if not _watch or not event.startswith(_TOUCHES):
        return
    told = str(arguments[0]) if arguments else ""
    if "/encodings/" not in told and not told.startswith("encodings."):
        _watch[-1].append(f"{event} {arguments!r:.120}")


sys.addaudithook(_note)


def parts(count: int, inside: bytes = b"Content-Type: text/plain\r\n\r\nhi\r\n") -> bytes:
    """Return a message of many parts."""
    head = _HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    return head + (b"--x\r\n" + inside) * count + b"--x--\r\n"


def attached(size: int) -> bytes:
    """Return a message with a large picture."""
    encoded = base64.encodebytes(random.Random(1).randbytes(size * 3 // 4)).replace(b"\n", b"\r\n")
    picture = b"Content-Type: image/jpeg; name=p.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return parts(1).removesuffix(b"--x--\r\n") + b"--x\r\n" + picture + encoded + b"\r\n--x--\r\n"


def odd() -> Iterator[tuple[str, bytes]]:
    """Yield messages that are small and strange."""
    yield "nothing", b""
    yield "no head", b"hello"
    yield "no words", _HEAD + b"\r\n"
    yield "nul", _HEAD + b"\r\nno\0heat\0\r\n"
    yield "latin", _HEAD + b"Content-Type: text/plain; charset=us-ascii\r\n\r\nG\xfcnther\r\n"
    for charset in ("x-unknown", "zlib", "idna", "punycode", "utf-7", "unicode_escape", "utf-16"):
        head = f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode()
        yield charset, _HEAD + head + b"+ZeVnLIqe- \\ud800 \xff\xfe"
    for encoding in (b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"rot13"):
        head = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: " + encoding
        yield encoding.decode(), _HEAD + head + b"\r\n\r\n=\xff=ZZ !!!not it!!! begin 666 x\r\n"
    for header in (
        b"From: =?utf-8?b?!!!?= <x>",
        b"From: =?nope?q?abc?= <\xff>",
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999",
        b"Date: Mon, 13 Jul 0001 00:00:00 +2359",
        b"Subject: =?utf-8?q?" + b"=FF" * 500 + b"?=",
        b"Content-Type: multipart/mixed",
        b"Content-Type: multipart/alternative; boundary=",
        b"Content-Type: text/plain; charset*0*=x'y'%FF; charset*1=z",
        b"Content-Type: message/rfc822",
        b"Content-Type: message/external-body; access-type=URL; URL=http://example.com/",
        b"Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd",
        b"Content-Disposition: attachment; filename*1*=x'%FF",
        b"Content-Type: " + b";" * 5000,
        b"Content-Type: text/html\r\nContent-Base: file:///etc/",
    ):
        yield header[:40].decode("latin-1"), header + b"\r\n\r\nhello\r\n"
    yield (
        "html",
        _HTML + b"<p>No <b>heat</b><img src='file:///etc/passwd'><script src=//x></script>",
    )
    yield "signed", parts(2, b"Content-Type: application/pkcs7-signature\r\n\r\nx\r\n")


def large(size: int) -> Iterator[tuple[str, bytes]]:
    """Yield messages that would keep a careless reader busy; ``size`` is in bytes."""
    many = max(size // (5 * 1024), 100)
    yield "10,000 parts", parts(many)
    yield "parts without words", parts(many, b"\r\n")
    yield "10,000 files", parts(many, b"Content-Type: image/png; name=a.png\r\n\r\nx\r\n")
    nested = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i)
        for i in range(many)
    )
    yield "parts in parts", b"".join(nested) + b"\r\nhi"
    yield "messages in messages", b"Content-Type: message/rfc822\r\n\r\n" * many + b"hi"
    yield "one picture", attached(size)
    yield "one line", _HEAD + b"\r\n" + b"x" * size
    yield "empty lines", _HEAD + b"\r\n" + b"\n" * size
    yield "carriage returns", _HEAD + b"\r\n" + b"\r" * size
    yield "one header", b"Subject: " + b"x " * (size // 2) + b"\r\n\r\nx"
    yield "encoded words", b"Subject: " + b"=?utf-8?q?x?= " * (size // 14) + b"\r\n\r\nx"
    yield "senders", b"From: " + b"(<" * (size // 2) + b"\r\n\r\nx"
    yield "headers", b"X: y\r\n" * (size // 6) + b"\r\nx"
    yield (
        "quoted",
        _HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n" * (size // 3),
    )
    yield "boundaries", parts(size // 5, b"")
    for tag in (b"<", b"<a ", b"<!--", b"<a b='", b"&", b"<script>", b"</", b"<![CDATA["):
        yield f"html of {tag.decode()}", _HTML + tag * (size // len(tag))


def thrown(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield messages with bytes changed, cut out and doubled by dice."""
    dice = random.Random(seed)
    whole = [data for _name, data in odd()] + [attached(4000), parts(5)]
    for number in range(count):
        data = bytearray(dice.choice(whole))
        for _each in range(dice.randrange(1, 9)):
            at = dice.randrange(len(data) + 1)
            data[at : at + dice.randrange(9)] = dice.randbytes(dice.randrange(9))
        yield f"thrown {number}", bytes(data)


def judge(name: str, data: bytes, outcome: Outcome) -> Message | None:
    """Read a message and note whatever is not as promised."""
    touched: list[str] = []
    _watch.append(touched)
    since = time.process_time()
    found = None
    try:
        found = mail.read(data)
        outcome.read += 1
    except RuleBroken:
        outcome.refused += 1
    except Exception as error:  # noqa: BLE001, whatever it raises is a fault
        outcome.faults.append(f"{name}: {error!r:.200}")
    finally:
        _watch.pop()
    took = time.process_time() - since
    outcome.slowest = max(outcome.slowest, took)
    if took > SLOWEST:
        outcome.faults.append(f"{name}: took {took:.1f} s")
    outcome.faults.extend(f"{name}: touched {each}" for each in touched)
    if found is not None and clean(found.words).notice:
        outcome.faults.append(f"{name}: signs that cannot be kept")
    return found


def run(*, messages: int, size: int, seed: int = 1) -> Outcome:
    """Read everything."""
    outcome = Outcome()
    for source in (odd(), large(size), thrown(messages, seed)):
        for name, data in source:
            judge(name, data, outcome)
    return outcome


def main() -> int:
    """Read as many messages as asked for, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcome = run(messages=options.messages, size=options.megabytes * _MB, seed=options.seed)
    for fault in outcome.faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(
        f"{outcome.read} read, {outcome.refused} refused, the slowest took "
        f"{outcome.slowest:.2f} s, {len(outcome.faults)} faults\n"
    )
    return bool(outcome.faults)


if __name__ == "__main__":
    sys.exit(main())
