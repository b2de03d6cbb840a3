"""Statements compiled once for all engines of a run: it has thousands, the program only two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

import db.models  # noqa: F401 - every table
from db.base import Base

ROOM = 5_000


class Compiled(LRUCache[Any, Any]):
    """Keeps what SQLAlchemy compiled by the kind of dialect instead of the one engine's own."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_by_kind(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_by_kind(key), value)


def compiling_once(create: Callable[..., Engine]) -> Callable[..., Engine]:
    """`create`, but all engines share what they compile."""
    for mapper in Base.registry.mappers:
        mapper._compiled_cache = Compiled(ROOM)
    compiled = Compiled(ROOM)

    def creating(*args: Any, **options: Any) -> Engine:
        engine = create(*args, **options)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    return creating


def _by_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return type(dialect), *rest
