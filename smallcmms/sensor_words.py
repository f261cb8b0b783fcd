"""What a look into the sensors' folder says to a person, in one line for each file."""

from __future__ import annotations

from smallcmms.services.sensor_folder import FileTold
from smallcmms.texts import _, _n


def line(told: FileTold) -> str:
    """Return what came of a file."""
    said = []
    if told.new or not told.why:
        said.append(_n("{n} new reading", "{n} new readings", told.new))
    if told.refused:
        said.append(_n("{n} row refused", "{n} rows refused", told.refused))
    if told.why is not None:
        why = _(told.why.message, **told.why.values)
        said.append(_("row {row}: {why}", row=told.row, why=why) if told.row else why)
    return f"{told.name}: {', '.join(said)}"
