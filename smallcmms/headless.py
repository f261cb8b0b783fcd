"""Pictures of the story's pages, where there is no display to show them on."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSettings

from smallcmms import app
from smallcmms.services import lookups
from smallcmms.services.samples import story
from smallcmms.texts import _
from smallcmms.ui import pictures, theme
from smallcmms.ui.pictures import Pictures
from smallcmms.ui.theme import Mode

PAGES = (
    ("02-requests", "requests", "request", "R-1037"),
    ("03-work-orders", "work_orders", "work_order", "WO-2310"),
    ("05-assets", "assets", "asset", "A-0133"),
    ("08-invoices", "invoices", "invoice", "INV-1187"),
    ("09-customers", "customers", "customer", "C-014"),
)
"""The name of the picture, the page, and the record on it."""


def take_pictures(path: Path) -> int:
    """Take pictures of a file in which the story was played, beside it, and say where they lie."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory() as settings:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, settings)
        application = app.begin()
        theme.begin(application, Mode.LIGHT)
        program = app.Program(application, path=path, now=partial(story.july, 14, 10, 33))
        program.window.show()
        pictures.wait_until(lambda: program.shop is not None)
        taken = Pictures(program.window, program.background, path.parent)
        for mode in (Mode.LIGHT, Mode.DARK):
            theme.use(mode, theme.percent())
            for name, page, record, number in PAGES:
                program.window.go(page, lookups.of(program.shop.desk.store, record, number))
                taken.take(name)
            program.window.go("settings")
            taken.take("11b-settings")
        program.window.close()
    said = _("Its papers and pictures lie in {folder}.", folder=path.parent)
    sys.stdout.write(f"{said}\n")
    return 0
