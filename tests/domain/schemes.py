"""The carried schemes, read once."""

from __future__ import annotations

import functools
from pathlib import Path

import resources
from desktop_app.domain.schemes.schemes import Scheme, scheme_from

FOLDER = Path(resources.__file__).parent / "schemes"


@functools.cache
def scheme_named(name: str) -> Scheme:
    file = FOLDER / f"{name}.toml"
    return scheme_from(file.read_text(encoding="utf-8"), file.name)
