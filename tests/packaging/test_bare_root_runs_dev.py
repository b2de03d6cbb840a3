"""One command is enough on a machine that has python3 and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from build_scripts.dev_env import ROOT
from tests.packaging.bare_root import BareRoot, cannot_run_here

pytestmark = [
    pytest.mark.integration,
    pytest.mark.xdist_group("bare-root"),
    pytest.mark.timeout(900),
    pytest.mark.skipif(bool(cannot_run_here()), reason=cannot_run_here()),
]
DEV = "/srv/desk/build_scripts/dev.py"


@pytest.fixture(scope="module")
def bare(machine: BareRoot) -> BareRoot:
    machine.install("python3")
    source = machine.path / "srv/desk"
    _copy_source(source)
    return machine


def _copy_source(target: Path) -> None:
    """What is committed; without a repository (an unpacked release) what lies here."""
    if not (ROOT / ".git").exists():
        away = shutil.ignore_patterns(".*_cache", "__pycache__", ".venv", "build", "dist")
        shutil.copytree(ROOT, target, ignore=away)
        return
    target.mkdir(parents=True)
    archive = ["git", "-C", str(ROOT), "archive", "HEAD"]
    with subprocess.Popen(archive, stdout=subprocess.PIPE) as git:
        subprocess.run(["tar", "-x", "-C", str(target)], stdin=git.stdout, check=True)
    assert git.returncode == 0


def test_the_machine_is_bare(bare: BareRoot) -> None:
    assert bare.run("python3", "-c", "import ensurepip").returncode != 0
    assert bare.run("python3", "-m", "pip", "--version").returncode != 0
    assert not list(bare.path.glob("usr/lib/*/libGL.so*"))
    assert not list(bare.path.glob("usr/share/fonts/**/*.*"))


def test_without_root_the_command_for_the_missing_part_is_given(bare: BareRoot) -> None:
    user = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    start = (*user, "python3", DEV, "cli", "rules", "capitals", "0")
    done = bare.run(*start)
    assert done.returncode == 4
    assert "You may not write into /srv/desk" in done.stderr
    bare.must("chown", "65534:65534", "/srv/desk")
    done = bare.run(*start)
    assert done.returncode == 4
    assert "apt-get install -y --no-install-recommends python3." in done.stderr
    assert "-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_first_starts_at_once_do_not_disturb_each_other(bare: BareRoot) -> None:
    question = ("python3", DEV, "cli", "rules", "capitals", "0")
    processes = [bare.start(*question, folder="/tmp") for _ in range(2)]
    answers = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], answers
    assert all("人民币零元整" in out for out, _ in answers)
    assert sum("Installing the locked packages" in err for _, err in answers) == 1


def test_run_without_a_screen_makes_the_sample_county_and_lists_its_files(bare: BareRoot) -> None:
    done = bare.run("python3", DEV, "run", folder="/tmp")
    assert done.returncode == 0, done.stderr[-4000:]
    listed = [line for line in done.stderr.splitlines() if line.startswith("/tmp/demo-county-")]
    assert any(line.endswith(".pdf") for line in listed)
    assert any(line.endswith(".xlsx") for line in listed)
    assert all((bare.path / line.lstrip("/")).is_file() for line in listed)


def test_a_later_start_installs_nothing(bare: BareRoot) -> None:
    question = ("python3", DEV, "cli", "rules", "capitals", "0")
    first = bare.run(*question, folder="/tmp")
    assert first.returncode == 0, first.stderr[-4000:]
    done = bare.run(*question, folder="/tmp")
    assert done.returncode == 0, done.stderr[-4000:]
    assert "人民币零元整" in done.stdout
    assert "Installing" not in done.stderr


def test_windows_open_and_rules_hold_there(bare: BareRoot) -> None:
    """Some of both show that the libraries and fonts that were installed are all they need."""
    some = (
        "tests/test_paths.py",
        "tests/domain/test_identity.py",
        "tests/ui/test_main_window.py",
        "tests/ui/test_table.py",
    )
    assert all((ROOT / name).is_file() for name in some)
    done = bare.run("python3", DEV, "test", "-q", "-m", "not integration and not soak", *some)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_every_test_passes_there(bare: BareRoot) -> None:
    """`dev.py test` as a person would type it; it installs the tools that the tests start."""
    done = bare.run("python3", DEV, "test", "-q", folder="/")
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


@pytest.mark.soak
def test_checking_there_gives_the_same_answer_as_here(bare: BareRoot) -> None:
    done = bare.run("python3", DEV, "check", folder="/")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert Path(bare.path / "srv/desk/.venv/installed-lock.txt").is_file()
