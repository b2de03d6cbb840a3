"""A scheme read from its file's text; a faulty file is answered once with all its faults."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from desktop_app.domain.scheme_checks import CHECKS
from desktop_app.domain.scheme_cover_readers import (
    read_closure,
    read_coverage,
    read_drive,
    read_window,
)
from desktop_app.domain.scheme_faults import Fault, SchemeError
from desktop_app.domain.scheme_lines import key_lines
from desktop_app.domain.scheme_model import REQUIREMENTS, Scheme
from desktop_app.domain.scheme_nodes import Book, Node
from desktop_app.domain.scheme_parts import ProvinceProfile
from desktop_app.domain.scheme_people_readers import read_eligibility, read_participation
from desktop_app.domain.scheme_readers import (
    read_claims,
    read_funding,
    read_notices,
    read_paper,
    read_payee,
    read_plan,
    read_profile,
    read_steps,
    read_words,
)

__all__ = ("REQUIREMENTS", "Scheme", "SchemeError", "scheme_from")

_AT_LINE = re.compile(r"at line (\d+)")
_Part = TypeVar("_Part")


def scheme_from(text: str, name: str | None = None) -> Scheme:
    """Read a scheme file's text.

    Args:
        text: the TOML text.
        name: the file's name, for the message.

    Raises:
        SchemeError: `scheme-invalid`, with every fault's key path, line and remedy.
    """
    values = _values(text, name)
    root = Node(values, "", Book(name, key_lines(text)))
    scheme = Scheme(**_read_parts(root))
    faults: list[Fault] = []
    for check in CHECKS:
        _collect(functools.partial(check, scheme, root), faults)
    if faults:
        raise root.error(faults)
    return scheme


def _values(text: str, name: str | None) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        fault = Fault("", line, f"不是正确的 TOML({error})", "请按行号改正后再试。")
        raise SchemeError((fault,), name) from error


def _read_parts(root: Node) -> dict[str, Any]:
    """Read all parts, so that a file with several faults is answered once with all of them."""
    readers: dict[str, Callable[[], object]] = {
        "id": lambda: root.text("id"),
        "title": lambda: root.text("title"),
        "region": lambda: root.text("region"),
        "version": lambda: root.count("version", least=1),
        "effective_from": lambda: root.day("effective_from"),
        "effective_until": lambda: root.day("effective_until"),
        "source": lambda: root.text("source"),
        "words": lambda: read_words(root.node("words")),
        "eligibility": lambda: read_eligibility(root.node("eligibility")),
        "participation": lambda: (
            read_participation(root.node("participation")) if root.has("participation") else None
        ),
        "plans": lambda: tuple(read_plan(plan) for plan in root.nodes("plans", least=1)),
        "coverage": lambda: read_coverage(root.node("coverage")),
        "drives": lambda: tuple(read_drive(drive) for drive in root.nodes("drives")),
        "windows": lambda: tuple(read_window(window) for window in root.nodes("windows")),
        "closures": lambda: tuple(read_closure(closure) for closure in root.nodes("closures")),
        "funding": lambda: read_funding(root.node("funding")),
        "payee": lambda: read_payee(root.node("payee")) if root.has("payee") else None,
        "province": lambda: _profiles(root),
        "papers": lambda: tuple(read_paper(paper) for paper in root.nodes("papers")),
        "claims": lambda: read_claims(root.node("claims")),
        "steps": lambda: read_steps(root.node("steps")),
        "notices": lambda: read_notices(root.node("notices")) if root.has("notices") else {},
    }
    faults: list[Fault] = []
    parts = {key: _collect(read, faults) for key, read in readers.items()}
    _collect(root.finish, faults)
    if faults:
        raise root.error(faults)
    return parts


def _collect(read: Callable[[], _Part], faults: list[Fault]) -> _Part | None:
    try:
        return read()
    except SchemeError as error:
        faults.extend(error.faults)
        return None


def _profiles(root: Node) -> tuple[ProvinceProfile, ...]:
    if not root.has("province"):
        return ()
    node = root.node("province")
    profiles = tuple(read_profile(profile) for profile in node.nodes("profiles", least=1))
    node.finish()
    return profiles
