"""Change the rules one place at a time with mutmut, in a copy of the tree; does a test notice?"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from build_scripts.dev_env import ROOT
from build_scripts.dev_system import say
from build_scripts.mutant_results import CHANGED, NOTICED, TIMEOUT, judged_in, names, read_judged

TAKEN = ("desktop_app", "db", "resources", "tests", "build_scripts", "pyproject.toml")
TESTS = "tests/domain"
WANTED = 90  # per cent of all changes that a test has to notice
OURS = Path(__file__).parents[1]  # where the judge lies, whatever tree it judges
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
        return self.state in (NOTICED, TIMEOUT)


def settings(modules: list[str]) -> str:
    """What mutmut reads: which modules it changes, and what lies beside them."""
    return "\n".join(
        (
            "",
            "[tool.mutmut]",
            'source_paths = ["desktop_app"]',
            f"only_mutate = {modules}",
            'also_copy = ["db", "resources", "build_scripts"]',
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


def judged(folder: Path, parts: int) -> list[Result]:
    """Learn which tests pass through which rule, then judge every change in `parts` processes.

    Raises:
        RuntimeError: a test fails before anything is changed.
    """
    changed = folder / CHANGED
    listed = folder / "names.txt"
    listed.write_text("\n".join(names(folder)), "utf-8")
    _finished(_pytest(changed, "stats", JUDGE_PART=""))
    shares = [
        _pytest(changed, "desktop_app.none", JUDGE_PART=f"{part}/{parts}", JUDGE_NAMES=str(listed))
        for part in range(parts)
    ]
    found: dict[str, str] = {}
    for part, running in enumerate(shares):
        _finished(running)
        found |= read_judged(changed / judged_in(part))
    return [Result(name, found[name]) for name in names(folder)]


def _pytest(folder: Path, change: str, **asked: str) -> subprocess.Popen[str]:
    """The tests of the rules with the judge, the same examples each time."""
    environment = {
        "MUTANT_UNDER_TEST": change,
        "HYPOTHESIS_PROFILE": "mutants",  # tests/domain/conftest.py: few examples, nothing kept
        "QT_QPA_PLATFORM": "offscreen",
    }
    words = [
        "pytest", TESTS, "-q", "-x", "-p", "build_scripts.mutant_judge", "-p", "no:xdist",
        "-p", "no:cacheprovider", "-o", "timeout=0", "-m", "not integration and not soak",
        "--hypothesis-seed=0", "--assert=plain", "--tb=short",
    ]  # fmt: skip
    return _python(folder, *words, **environment, **asked)


def _python(folder: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Python in a folder of the copy, whose modules come before those of this tree."""
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(OURS), **environment}, text=True,
        encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def _finished(running: subprocess.Popen[str], given: str = "") -> str:
    said, _ = running.communicate(given)
    if running.returncode:
        raise RuntimeError(said[-2000:])
    return said


def told(folder: Path, survivors: list[Result]) -> list[str]:
    """Where each change stands that no test noticed, and what it changed."""
    if not survivors:
        return []
    asked = "\n".join(one.name for one in survivors)
    shown = _finished(_python(folder, "build_scripts.mutant_changes", "show"), asked)
    diffs: dict[str, str] = json.loads(shown)
    return [_line(one, diffs[one.name]) for one in survivors]


def _line(survivor: Result, diff: str) -> str:
    changed = [line.strip() for line in diff.splitlines() if _CHANGE.match(line)]
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
        _finished(_python(folder, "build_scripts.mutant_changes", "write"))
        found = judged(folder, min(os.cpu_count() or 1, 4))
        survivors = told(folder, [one for one in found if not one.noticed])
    except RuntimeError as error:
        say(str(error))
        return 1
    for line in survivors:
        print(line)
    for module in sorted({one.module for one in found}):
        print(f"{module}: {score([one for one in found if one.module == module])}")
    print(f"together: {score(found)}")
    return 0 if 100 * sum(one.noticed for one in found) >= WANTED * len(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
