"""Change the rules one place at a time with mutmut, in a copy of the tree; does a test notice?"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from build_scripts.dev_env import ROOT
from build_scripts.dev_system import say

TAKEN = ("desktop_app", "db", "resources", "tests", "build_scripts", "pyproject.toml")
WANTED = 90  # per cent of all changes that a test has to notice
# A test file that a change keeps from loading ends pytest as an interrupt would.
NOTICED = frozenset(
    {"killed", "timeout", "segfault", "caught by type check", "check was interrupted by user"}
)
_RESULT = re.compile(r"\s*(?P<name>desktop_app\.\S+): (?P<state>.+)")
_MUTANT = re.compile(r"(?P<module>[\w.]+)\.[^.]+__mutmut_\d+")
_CHANGE = re.compile(r"[-+](?![-+]{2} )")


@dataclass(frozen=True)
class Result:
    """One change: mutmut's name of it and what became of it."""

    name: str
    state: str

    @property
    def module(self) -> str:
        found = _MUTANT.fullmatch(self.name)
        return found["module"] if found else self.name

    @property
    def noticed(self) -> bool:
        return self.state in NOTICED


def settings(modules: list[str]) -> str:
    """What mutmut reads: which modules, by the tests of the rules, the same examples each time."""
    tests = [name for name in ("tests/domain",) if (ROOT / name).is_dir()]
    return "\n".join(
        (
            "",
            "[tool.mutmut]",
            'source_paths = ["desktop_app"]',
            f"only_mutate = {modules}",
            'also_copy = ["db", "resources", "build_scripts"]',
            f"pytest_add_cli_args_test_selection = {tests}",
            'pytest_add_cli_args = ["-m", "not integration and not soak", "--hypothesis-seed=0",'
            ' "--assert=plain", "--tb=no"]',
            "use_git_change_detection = false",
            "track_dependencies = false",
            "",
        )
    )


def laid_out(folder: Path, modules: list[str]) -> None:
    """A fresh copy of the tree; mutmut puts its changes into a folder of its own below."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings(modules))


def mutmut(folder: Path, *words: str) -> str:
    """Run a command of mutmut in the copy and give what it prints.

    Raises:
        RuntimeError: mutmut itself failed, e.g. because a test fails before anything is changed.
    """
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "NO_COLOR": "1",
        "HYPOTHESIS_PROFILE": "mutants",  # tests/domain/conftest.py: few examples, nothing kept
    }
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *words],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr)[-2000:])
    return done.stdout


def results(folder: Path) -> list[Result]:
    lines = mutmut(folder, "results", "--all", "true").splitlines()
    found = (_RESULT.fullmatch(line) for line in lines)
    return [Result(one["name"], one["state"].strip()) for one in found if one]


def told(folder: Path, survivor: Result) -> str:
    """Where a change stands that no test noticed, and what it changed."""
    diff = mutmut(folder, "show", survivor.name).splitlines()
    changed = [line.strip() for line in diff if _CHANGE.match(line)]
    path = f"{survivor.module.replace('.', '/')}.py"
    return f"{path}: {survivor.name.rpartition('.')[2]} ({survivor.state}) {'  '.join(changed)}"


def score(found: list[Result]) -> str:
    noticed = sum(one.noticed for one in found)
    share = 100 * noticed / len(found) if found else 100
    return f"{len(found)} changes, {noticed} noticed, {len(found) - noticed} not: {share:.1f} %"


def modules_of(asked: str | None) -> list[str]:
    """Modules with something to change: those that hold a function."""
    pattern = f"{asked}.py" if asked else "domain/**/[!_]*.py"
    paths = sorted((ROOT / "desktop_app").glob(pattern))
    return [path.relative_to(ROOT).as_posix() for path in paths if _has_function(path)]


def _has_function(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py mutants")
    parser.add_argument("module", nargs="?", help="e.g. domain/identity; without it all of domain")
    asked = parser.parse_args(arguments).module
    if sys.platform == "win32":
        parser.error("mutmut forks, so this runs on Linux only")
    modules = modules_of(asked)
    if not modules:
        parser.error(f"no module desktop_app/{asked}.py with a function")
    folder = ROOT / "build" / "mutants"
    laid_out(folder, modules)
    try:
        mutmut(folder, "run", "--max-children", str(min(os.cpu_count() or 1, 4)))
        found = results(folder)
    except RuntimeError as error:
        say(str(error))
        return 1
    for survivor in found:
        if not survivor.noticed:
            print(told(folder, survivor))
    for module in sorted({one.module for one in found}):
        print(f"{module}: {score([one for one in found if one.module == module])}")
    print(f"together: {score(found)}")
    return 0 if 100 * sum(one.noticed for one in found) >= WANTED * len(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
