from __future__ import annotations

import subprocess
import sys


def test_of_two_starts_at_once_exactly_one_opens_the_file() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.trust.double_starts", "--rounds", "100"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.stdout == "100 of 100 double starts opened the file exactly once\n", run.stderr
