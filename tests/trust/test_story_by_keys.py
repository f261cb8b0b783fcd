from __future__ import annotations

from pathlib import Path

from smallcmms.services.samples import story
from tests.trust import story_by_keys


def test_the_story_comes_out_by_keys_in_a_real_window(tmp_path: Path) -> None:
    shown = story_by_keys.play(tmp_path)
    assert (shown["number"], shown["total"]) == ("INV-1187", str(story.TOTAL))
