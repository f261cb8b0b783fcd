"""Start SmallCMMS from a checkout, or test it, on a machine that has nothing but Python and pip.

python3 run.py           starts SmallCMMS (Windows: py run.py)
python3 run.py test      runs its tests; more words go to pytest
python3 run.py setup     only prepares this folder
python3 run.py WORDS     hands the words to the program: python3 run.py check shop.smallcmms
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = HERE / "requirements.lock"
STAMP = VENV / "smallcmms-stamp"
MEMORY = Path("/dev/shm")  # noqa: S108, a disk in memory, which Linux mounts
ROOM = 4 * 1024**3
WINDOW = {  # what Qt loads on Linux, and the Debian package that brings it
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
DISPLAY = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TESTS = {
    "libzbar.so.0": "libzbar0",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "strace": "strace",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "Xvfb": "xvfb",
}


def is_there(name: str) -> bool:
    """Tell whether a library can be loaded, or a program can be called."""
    if ".so." not in name:
        return shutil.which(name) is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing(word: str) -> list[str]:
    """Return the Debian packages that this machine lacks for what was asked."""
    if not sys.platform.startswith("linux"):
        return []
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    wanted = dict(WINDOW)
    wanted.update(DISPLAY if has_display or word in ("setup", "test") else {})
    wanted.update(TESTS if word == "test" else {})
    packages = [package for name, package in wanted.items() if not is_there(name)]
    has_pip = importlib.util.find_spec("ensurepip") or importlib.util.find_spec("pip")
    return packages if has_pip else [*packages, "python3-pip"]


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages as root, or else stop with the line that does it."""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            f"This system lacks what SmallCMMS needs. Install it with\n  sudo {' '.join(line)}"
        )
    print("Installing", *packages, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run([*line, "-qq"], check=True, env=quiet, stdout=subprocess.DEVNULL)


def install_python_packages() -> None:
    """Make the environment and put exactly the locked packages into it, once."""
    stamp = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == stamp:
        return
    print("Preparing SmallCMMS. This happens once and takes about a minute.", flush=True)
    settings = VENV / "pyvenv.cfg"
    fits = settings.is_file() and f"= {platform.python_version()}\n" in settings.read_text()
    make = [sys.executable, "-m", "venv", str(VENV), *([] if fits else ["--clear"])]
    pip = [str(PYTHON), "-m", "pip"]
    if not importlib.util.find_spec("ensurepip"):  # Debian: pip, but none for an environment
        make.append("--without-pip")
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    quietly = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
    subprocess.run(make, check=True)
    subprocess.run([*pip, "install", *quietly, "--require-hashes", "-r", str(LOCK)], check=True)
    STAMP.write_text(stamp)


def scratch() -> dict[str, str]:
    """Return where tests put their files: into memory, for every save waits for a disk."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return {}
    return {"TMPDIR": str(MEMORY)}


def run(words: list[str]) -> int:
    """Prepare what is missing, then do what was asked and return its exit code."""
    if not (3, 11) <= sys.version_info < (3, 15):
        sys.exit("SmallCMMS needs Python 3.11, 3.12, 3.13 or 3.14.")
    word = words[0] if words else ""
    packages = missing(word)
    if packages:
        install_system_packages(packages)
    try:
        install_python_packages()
    except (OSError, subprocess.CalledProcessError) as failure:
        sys.exit(f"SmallCMMS could not be prepared: {failure}")
    if word == "setup":
        return 0
    module = ["pytest", *words[1:]] if word == "test" else ["smallcmms", *words]
    command = [str(PYTHON), "-m", *module]
    paths = [str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    if word == "test":
        os.chdir(HERE)
        environment.update(scratch())
    if os.name == "posix":
        os.execve(command[0], command, environment)  # keys and signals go to the program itself
    return subprocess.call(command, env=environment)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
