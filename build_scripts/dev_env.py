"""A fitting Python, the .venv and the locked packages; safe when two of these run at once."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from build_scripts.dev_system import SetupError, install_packages, is_debian, one_at_a_time, say

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
OLDEST, BEYOND = (3, 11), (3, 14)
WINDOWS = os.name == "nt"
NO_PYTHON = (
    "No Python from 3.11 to 3.13 was found: install one of them"
    " (Debian: apt-get install python3 python3-venv; Windows: the installer of Python 3.13)"
    " and run this again."
)


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def ensure() -> Path:
    """Make or complete .venv and return its Python; a second call does nothing."""
    stamp = VENV / "installed-lock.txt"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if _stamped(stamp, wanted):
        return venv_python()
    try:
        (ROOT / "build").mkdir(exist_ok=True)
    except PermissionError:
        raise SetupError(f"You may not write into {ROOT}: copy it to a folder of yours.") from None
    with one_at_a_time(ROOT / "build" / "dev.lock"):
        if _stamped(stamp, wanted):  # the other one did it while this one waited
            return venv_python()
        _make_venv()
        say("Installing the locked packages ...")
        pip = [
            str(venv_python()),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
        ]
        # The lock is complete, so nothing is left to resolve: older pips look up extras such as
        # coverage[toml] afresh and refuse the newer release they find.
        pip += ["--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
        _call([*pip, "-r", str(LOCK)])
        _put_project_on_path()
        stamp.write_text(wanted, encoding="ascii")
    return venv_python()


def find_python() -> str:
    """The path of a Python that fits; one sentence where there is none."""
    for command in _candidates():
        found = _probe(command)
        if found:
            return found
    raise SetupError(NO_PYTHON)


def _candidates() -> Iterator[list[str]]:
    yield [getattr(sys, "_base_executable", sys.executable)]
    for minor in range(BEYOND[1] - 1, OLDEST[1] - 1, -1):
        if WINDOWS:
            yield ["py", f"-3.{minor}"]
        yield [f"python3.{minor}"]
    yield ["python3"]
    yield ["python"]


def _probe(command: list[str]) -> str | None:
    if not shutil.which(command[0]):
        return None
    code = "import sys; print(sys.version_info[0], sys.version_info[1], sys.executable)"
    done = subprocess.run(
        [*command, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    words = done.stdout.strip().split(" ", 2)
    if done.returncode or len(words) != 3:
        return None
    fits = OLDEST <= (int(words[0]), int(words[1])) < BEYOND
    return words[2] if fits else None


def _stamped(stamp: Path, wanted: str) -> bool:
    return (
        stamp.is_file()
        and stamp.read_text(encoding="ascii") == wanted
        and _probe([str(venv_python())]) is not None
    )


def _make_venv() -> None:
    if _probe([str(venv_python())]) and _has_pip(venv_python()):
        return
    python = find_python()
    say(f"Making .venv with {python} ...")
    if not _can_make_venv(python):
        _install_venv_module(python)
    _call([python, "-m", "venv", "--clear", str(VENV)])


def _has_pip(python: Path) -> bool:
    done = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    return done.returncode == 0


def _can_make_venv(python: str) -> bool:
    """Debian splits ensurepip off: without it a venv has no pip."""
    done = subprocess.run(
        [python, "-c", "import venv, ensurepip"], capture_output=True, check=False
    )
    return done.returncode == 0


def _install_venv_module(python: str) -> None:
    if not is_debian():
        raise SetupError(f"{python} cannot make a venv: install its venv and ensurepip modules.")
    code = "import sys; print('python%d.%d-venv' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    install_packages([done.stdout.strip()], "making a Python environment")


def _put_project_on_path() -> None:
    """Let `python -m desktop_app` work from every folder; the path is relative, so plain ASCII."""
    code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    done = subprocess.run(
        [str(venv_python()), "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    packages = Path(done.stdout.strip())
    (packages / "mutual_aid_desk.pth").write_text(
        os.path.relpath(ROOT, packages) + "\n", encoding="ascii"
    )


def _call(command: list[str]) -> None:
    """Run with its output on standard error, so that standard output stays the command's own."""
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    if done.returncode:
        raise SetupError(f"This failed with {done.returncode}: {' '.join(command)}")
