"""Change the rules one place at a time in a copy of the tree; does a test notice?"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from build_scripts.dev_env import ROOT
from build_scripts.dev_system import say

if TYPE_CHECKING:
    from collections.abc import Iterator

TAKEN = ("desktop_app", "db", "resources", "tests", "build_scripts", "pyproject.toml")
SECONDS = 300
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A module's text with one place changed."""

    module: Path
    line: int
    what: str
    text: str


def mutants_of(module: Path, source: str) -> Iterator[Mutant]:
    """One mutant per comparison, connective, sign, whole number and truth value in the code."""
    places = len([node for node in ast.walk(ast.parse(source)) if _changeable(node)])
    for place in range(places):
        tree = ast.parse(source)
        node = [one for one in ast.walk(tree) if _changeable(one)][place]
        before = ast.unparse(node)
        _change(node)
        what = f"{before}  ->  {ast.unparse(node)}"
        yield Mutant(module, getattr(node, "lineno", 0), what, ast.unparse(tree))


def _changeable(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return type(node.ops[0]) in SWAPS
    if isinstance(node, (ast.BoolOp, ast.BinOp)):
        return type(node.op) in SWAPS and not _joins_text(node)
    return isinstance(node, ast.Constant) and type(node.value) in {int, bool}


def _joins_text(node: ast.AST) -> bool:
    parts = [node.left, node.right] if isinstance(node, ast.BinOp) else []
    return any(
        isinstance(part, ast.JoinedStr)
        or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in parts
    )


def _change(node: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPS[type(node.ops[0])]()  # type: ignore[call-overload]
    elif isinstance(node, (ast.BoolOp, ast.BinOp)):
        node.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else int(str(node.value)) + 1


def tests_of(module: Path) -> list[str]:
    """The module's own tests: the file of its name, else every test of its package."""
    parts = module.relative_to(ROOT).parts
    folder = Path("tests", *(parts[1:-1] if parts[0] == "desktop_app" else parts[:-1]))
    own = folder / f"test_{module.stem}.py"
    return [str(own if (ROOT / own).is_file() else folder)]


def _survives(mutant: Mutant, copies: SimpleQueue[Path]) -> bool:
    copy = copies.get()
    place = copy / mutant.module.relative_to(ROOT)
    place.write_text(mutant.text, encoding="utf-8")
    try:
        return _passes(copy, tests_of(mutant.module))
    finally:
        shutil.copyfile(mutant.module, place)
        copies.put(copy)


def _passes(copy: Path, tests: list[str]) -> bool:
    # One seed for all: a mutant that only a lucky example finds is not found.
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command += ["-m", "not integration and not soak", "--hypothesis-seed=0"]
    environment = {**os.environ, "PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            [*command, *tests], cwd=copy, env=environment, capture_output=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False  # an endless loop is noticed
    if done.returncode not in {0, 1, 2}:
        raise RuntimeError(done.stdout.decode(errors="replace")[-2000:])
    return done.returncode == 0


def _copies(folder: Path, count: int) -> SimpleQueue[Path]:
    queue: SimpleQueue[Path] = SimpleQueue()
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for number in range(count):
        copy = folder / str(number)
        copy.mkdir()
        for name in TAKEN:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=ignored)
            else:
                shutil.copyfile(ROOT / name, copy / name)
        queue.put(copy)
    return queue


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py mutants")
    parser.add_argument("module", nargs="?", help="e.g. domain/identity; without it all of domain")
    asked = parser.parse_args(arguments).module
    modules = sorted((ROOT / "desktop_app").glob(f"{asked}.py" if asked else "domain/[!_]*.py"))
    if not modules:
        parser.error(f"no module desktop_app/{asked}.py")
    mutants = [m for path in modules for m in mutants_of(path, path.read_text(encoding="utf-8"))]
    workers = min(os.cpu_count() or 1, 4)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = _copies(Path(folder), workers)
        for path in modules:
            if not _passes(Path(folder) / "0", tests_of(path)):
                say(f"The tests of {path.name} fail before anything is changed.")
                return 1
        with ThreadPoolExecutor(workers) as pool:
            survived = list(pool.map(lambda mutant: _survives(mutant, copies), mutants))
    left = [mutant for mutant, alive in zip(mutants, survived, strict=True) if alive]
    for mutant in left:
        print(f"{mutant.module.relative_to(ROOT)}:{mutant.line}: {mutant.what}")
    print(f"{len(mutants)} changes, {len(mutants) - len(left)} noticed, {len(left)} not")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
