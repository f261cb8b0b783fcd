"""Messages that come to the call form: an e-mail as a file, or any message as pasted text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QObject, Signal

from smallcmms.domain import tag_messages
from smallcmms.domain.messages import KeptFile, Message
from smallcmms.domain.requests import Channel
from smallcmms.exchange import mail
from smallcmms.services import messages
from smallcmms.store.files import read_outside
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui.desk import Desk

ENDING = ".eml"


class Came(NamedTuple):
    """What a message says, what the shop knows of it, its files kept safe, the text if pasted."""

    message: Message
    known: messages.Incoming
    files: list[KeptFile]
    pasted: str = ""


class Incoming(QObject):
    """Read messages off the screen's thread; ``arrived`` tells what came."""

    arrived = Signal(object)

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk

    def take_file(self, path: Path) -> None:
        """Read an e-mail that lies in a file."""
        store, title = self._desk.store, _("Reading {name}", name=path.name)
        self._desk.background.run_long(
            self, title, lambda _job: _came(store, mail.read(_bytes(path))), self.arrived.emit
        )

    def take_text(self, text: str, channel: Channel) -> None:
        """Read a message that was pasted: with its head, or from a tag's second code."""
        whole = Message(text=text)
        if mail.is_message(text):
            whole, channel = mail.read(text.strip().encode()), Channel.E_MAIL
        came = _came(self._desk.store, whole, channel)
        self.arrived.emit(came._replace(pasted=text))


def is_message(text: str) -> bool:
    """Tell whether a pasted text is more than words: a whole e-mail, or what a tag's code says."""
    return mail.is_message(text) or tag_messages.read(text) is not None


def file_of(dropped: QMimeData) -> Path | None:
    """Return the e-mail on this machine that is dragged, if it is one."""
    paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == ENDING), None)


def told(message: Message) -> str:
    """Return what a person should know about what there was no room for, or nothing."""
    words = []
    if message.cut:
        words.append(_("The message goes on; it is among the files."))
    if message.left_out:
        words.append(_n("{n} part was not read.", "{n} parts were not read.", message.left_out))
    return " ".join(words)


def _bytes(path: Path) -> bytes:
    return read_outside(path, most=mail.BYTES)


def _came(store: Store, message: Message, channel: Channel = Channel.E_MAIL) -> Came:
    known = messages.know(store, message, channel=channel)
    return Came(message, known, messages.keep_files(store, message))
