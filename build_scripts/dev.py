"""The one tool to run, test, check and package the program; `dev.py help` lists what it does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts import dev_env, dev_system
from build_scripts.dev_env import ROOT
from build_scripts.dev_system import SetupError, say

if TYPE_CHECKING:
    from collections.abc import Callable

USAGE = """\
python3 build_scripts/dev.py COMMAND

  run                    the window on the sample county; without a screen, make it, list its files
  run -- ARGS            the window as you say, e.g. run -- --office DIR
  cli ARGS...            python -m desktop_app ARGS, in the folder you are in
  test [PYTEST ARGS]     all tests but the long ones; installs what they start (Debian, root);
                         with your own -m nothing is installed: -m "not integration and not soak"
  check                  format, lint, types, layers
  shots [DIR]            a picture of every page, dialog and printed form
  bench [NAME...] [--scale F] [--json]
  soak [NAME]            the long tests
  mutants [MODULE]       change the rules one by one and see whether a test notices
  package                the one-folder program in dist/ and, on Debian, the .deb
"""
SAMPLE = ROOT / "build" / "sample-county"
TEST_TIERS = ("screen", "paper", "office", "faults", "server", "bare-root", "package")


def run(args: list[str]) -> int:
    arguments = args[1:] if args[:1] == ["--"] else args
    python = _environment()
    if arguments:
        return _python(python, "-m", "desktop_app", *arguments)
    if not _has_screen():
        folder = Path(tempfile.mkdtemp(prefix="demo-county-")) / "county"
        say(f"No screen here: the sample county is made in {folder}")
        code = _python(python, "-m", "desktop_app", "--json", "demo", str(folder))
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            say(str(file))
        return code
    code = 0 if SAMPLE.is_dir() else _make_sample(python)
    return code or _python(python, "-m", "desktop_app", "--office", str(SAMPLE / "office"))


def _make_sample(python: Path) -> int:
    """Make the sample county beside its place and move it there whole."""
    say(f"The sample county is made in {SAMPLE}")
    with tempfile.TemporaryDirectory(prefix="sample-", dir=SAMPLE.parent) as folder:
        made = Path(folder) / SAMPLE.name
        code = _python(python, "-m", "desktop_app", "demo", str(made))
        if code == 0:
            made.rename(SAMPLE)
    return code


def cli(args: list[str]) -> int:
    return _python(_environment(), "-m", "desktop_app", *args)


def test(args: list[str]) -> int:
    python = _environment()
    arguments = list(args)
    if "-m" not in arguments:
        dev_system.install_tools(*TEST_TIERS)
        arguments = ["-m", "not soak", *arguments]
    if not any(argument == "-n" or (ROOT / argument.split("::")[0]).exists() for argument in args):
        arguments = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup", *arguments]
    return _pytest(python, arguments)


def soak(args: list[str]) -> int:
    python = _environment()
    dev_system.install_tools(*TEST_TIERS)
    return _pytest(python, ["-m", "soak", "--timeout", "0", *(["-k", args[0]] if args else [])])


def check(args: list[str]) -> int:
    if args:
        return _wrong_usage()
    python = _environment()
    steps = {
        "format": ("-m", "ruff", "format", "--check", "."),
        "lint": ("-m", "ruff", "check", "."),
        "types": ("-m", "mypy"),
        "layers": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    }
    failed = [name for name, words in steps.items() if _python(python, *words, folder=ROOT)]
    say(f"Failed: {', '.join(failed)}" if failed else "All in order: " + ", ".join(steps))
    return 1 if failed else 0


def shots(args: list[str]) -> int:
    folder = Path(args[0] if args else "shots").resolve()
    python = _environment()
    dev_system.install_tools("paper")
    return _python(
        python, "-m", "tests.shots", str(folder), folder=ROOT, QT_QPA_PLATFORM="offscreen"
    )


def bench(args: list[str]) -> int:
    return _python(_environment(), "-m", "tests.benchmarks", *args, folder=ROOT)


def mutants(args: list[str]) -> int:
    return _python(_environment(), "-m", "build_scripts.mutants", *args, folder=ROOT)


def package(args: list[str]) -> int:
    if args:
        return _wrong_usage()
    python = _environment()
    if dev_system.is_debian():
        dev_system.install_tools("package")
    return _python(python, "-m", "build_scripts.package", folder=ROOT)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command
    for command in (run, cli, test, check, shots, bench, soak, mutants, package)
}


def _environment() -> Path:
    python = dev_env.ensure()
    for qt_home in dev_env.VENV.glob("lib/python3*/site-packages/PySide6/Qt"):
        dev_system.ensure_qt_libraries(qt_home)
    return python


def _has_screen() -> bool:
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _pytest(python: Path, args: list[str]) -> int:
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return _python(python, "-m", "pytest", *args, folder=ROOT, QT_QPA_PLATFORM=platform)


def _python(python: Path, *args: str, folder: Path | None = None, **environment: str) -> int:
    done = subprocess.run(
        [str(python), *args], cwd=folder, env={**os.environ, **environment}, check=False
    )
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def _wrong_usage() -> int:
    say(USAGE)
    return 2


def main(args: list[str]) -> int:
    if args and args[0] in {"help", "-h", "--help"}:
        print(USAGE)
        return 0
    if not args or args[0] not in COMMANDS:
        return _wrong_usage()
    try:
        return COMMANDS[args[0]](args[1:])
    except SetupError as error:
        say(str(error))
        return 4
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
