"""The start of SmallCMMS on a machine that has nothing: here with an empty list of packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """
import os, sys
print(sys.argv[1:], os.getcwd(), os.environ["SHOP"])
sys.exit(3)
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that was prepared once, with a program that says how it was called."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "smallcmms").mkdir()
    (folder / "smallcmms" / "__init__.py").touch()
    (folder / "smallcmms" / "__main__.py").write_text(PROGRAM)
    (folder / "requirements.lock").write_text("# nothing\n")
    shutil.copy(ROOT / "run.py", folder)
    first = run(folder, "setup")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("Preparing SmallCMMS.")
    return folder


def run(
    checkout: Path, *words: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, checkout / "run.py", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **environment},
    )


def test_a_prepared_folder_hands_words_place_and_environment_on(checkout: Path) -> None:
    run(checkout, "setup")
    said = run(checkout, "check", "a shop", cwd=checkout.parent, SHOP="Ridgeline")
    assert said.stdout == f"['check', 'a shop'] {checkout.parent} Ridgeline\n"
    assert said.returncode == 3


def test_another_list_of_packages_is_prepared_again(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("# another nothing\n")
    assert run(checkout, "setup").stdout.startswith("Preparing SmallCMMS.")
    assert run(checkout, "setup").stdout == ""


def test_without_the_right_to_install_it_says_the_line(checkout: Path) -> None:
    refused = run(checkout, "test", PATH="")
    assert refused.returncode == 1
    assert refused.stderr == (
        "This system lacks what SmallCMMS needs. Install it with\n"
        "  sudo apt-get install -y --no-install-recommends"
        " poppler-utils qpdf strace xauth xdotool xvfb\n"
    )


def test_a_package_that_is_not_as_locked_stops_it(checkout: Path) -> None:
    lock = checkout / "requirements.lock"
    before = lock.read_text()
    wheel = checkout / "nothing-1-py3-none-any.whl"
    wheel.write_bytes(b"not what was locked")
    lock.write_text(f"{wheel.as_uri()} --hash=sha256:{'0' * 64}\n")
    refused = run(checkout, "setup")
    assert refused.returncode == 1
    assert "SmallCMMS could not be prepared" in refused.stderr
    assert run(checkout, "setup").returncode == 1
    lock.write_text(before)
