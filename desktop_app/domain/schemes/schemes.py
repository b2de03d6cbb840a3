"""A scheme read from its file's text; a faulty file is answered once with all its faults."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.domain.schemes.scheme_checks import CHECKS
from desktop_app.domain.schemes.scheme_cover_readers import (
    read_closure,
    read_coverage,
    read_drive,
    read_window,
)
from desktop_app.domain.schemes.scheme_faults import Fault, SchemeError
from desktop_app.domain.schemes.scheme_model import REQUIREMENTS, Scheme
from desktop_app.domain.schemes.scheme_nodes import Book, Node
from desktop_app.domain.schemes.scheme_parts import ProvinceProfile
from desktop_app.domain.schemes.scheme_people_readers import read_eligibility, read_participation
from desktop_app.domain.schemes.scheme_readers import (
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
from desktop_app.domain.schemes.scheme_syntax import read_toml

__all__ = ("REQUIREMENTS", "Scheme", "SchemeError", "scheme_from")


def scheme_from(text: str, name: str | None = None) -> Scheme:
    """Read a scheme file's text.

    Args:
        text: the TOML text.
        name: the file's name, for the message.

    Raises:
        SchemeError: `scheme-invalid`, with every fault's key path, line and remedy.
    """
    values, lines = read_toml(text, name)
    book = Book(name, lines)
    root = Node(values, "", book)
    parts = _read_parts(root)
    _refuse(book.faults.told(), name)
    scheme = Scheme(**parts)
    for check in CHECKS:
        root.collect(functools.partial(check, scheme, root))
    _refuse(book.faults.told(), name)
    return scheme


def _refuse(faults: Sequence[Fault], name: str | None) -> None:
    if faults:
        raise SchemeError(faults, name)


def _read_parts(root: Node) -> dict[str, Any]:
    """Read all parts, so that a file with several faults is answered once with all of them."""
    readers: dict[str, Callable[[], object]] = {
        "id": lambda: root.slug("id"),
        "title": lambda: root.text("title", longest=100),
        "region": lambda: root.text("region"),
        "version": lambda: root.count("version", least=1, most=10**6),
        "effective_from": lambda: root.day("effective_from"),
        "effective_until": lambda: root.day("effective_until"),
        "source": lambda: root.text("source"),
        "words": lambda: read_words(root.node("words")),
        "eligibility": lambda: read_eligibility(root.node("eligibility")),
        "participation": lambda: (
            read_participation(root.node("participation")) if root.has("participation") else None
        ),
        "plans": lambda: root.each("plans", read_plan, least=1),
        "coverage": lambda: read_coverage(root.node("coverage")),
        "drives": lambda: root.each("drives", read_drive),
        "windows": lambda: root.each("windows", read_window),
        "closures": lambda: root.each("closures", read_closure),
        "funding": lambda: read_funding(root.node("funding")),
        "payee": lambda: read_payee(root.node("payee")) if root.has("payee") else None,
        "province": lambda: _profiles(root),
        "papers": lambda: root.each("papers", read_paper),
        "claims": lambda: read_claims(root.node("claims")),
        "steps": lambda: read_steps(root.node("steps")),
        "notices": lambda: read_notices(root.node("notices")) if root.has("notices") else {},
    }
    parts = {key: root.collect(read) for key, read in readers.items()}
    root.finish()
    return parts


def _profiles(root: Node) -> tuple[ProvinceProfile, ...]:
    if not root.has("province"):
        return ()
    node = root.node("province")
    profiles = node.each("profiles", read_profile, least=1)
    node.finish()
    return profiles
