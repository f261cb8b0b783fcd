from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust import power_cuts
from tests.trust.power_cuts import Recording


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return power_cuts.record(tmp_path_factory.mktemp("recorded"))


def test_a_power_cut_loses_nothing_that_was_saved(recording: Recording) -> None:
    found = {seed: power_cuts.judge(recording, seed) for seed in range(60)}
    assert {seed: what for seed, what in found.items() if what} == {}


def test_the_disk_is_asked_to_keep_each_work_before_it_is_told_as_saved(
    recording: Recording,
) -> None:
    last_sync = [event[0] for event in recording.events if event[0] in ("ack", "sync_folder")]
    acks = [place for place, kind in enumerate(last_sync) if kind == "ack"]
    assert len(acks) == 40
    assert all(last_sync[place - 1] == "sync_folder" for place in acks)


def test_without_syncs_power_cuts_do_harm(tmp_path: Path) -> None:
    """The control: a way of judging that finds nothing here would find nothing anywhere."""
    unsafe = power_cuts.record(tmp_path, is_safe=False)
    bad = sum(bool(power_cuts.judge(unsafe, seed)) for seed in range(40))
    assert bad >= 20
