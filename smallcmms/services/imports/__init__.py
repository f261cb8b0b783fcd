"""Lists from other programs: guessed, looked through, and brought in whole or not at all."""

from smallcmms.domain.imports import fields
from smallcmms.services.imports.guessing import guess, guess_building, spoken
from smallcmms.services.imports.running import batches, preview, preview_building, run
from smallcmms.services.imports.told import BatchRow, Change, Done, Preview, PreviewRow, Said

__all__ = [
    "BatchRow",
    "Change",
    "Done",
    "Preview",
    "PreviewRow",
    "Said",
    "batches",
    "fields",
    "guess",
    "guess_building",
    "preview",
    "preview_building",
    "run",
    "spoken",
]
