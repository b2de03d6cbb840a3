"""Places in the values of the carried schemes, for the tests that change their texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import resources
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.schemes import scheme_from

SCHEMES = sorted(Path(resources.__file__).parent.joinpath("schemes").glob("*.toml"))
TEXTS = {file.stem: file.read_text("utf-8") for file in SCHEMES}


def items(values: Any, path: str = "") -> list[str]:
    """Every item of every list of tables."""
    found: list[str] = []
    if isinstance(values, dict):
        for key, value in values.items():
            found += items(value, f"{path}.{key}" if path else key)
    elif isinstance(values, list) and all(isinstance(item, dict) for item in values):
        for at, item in enumerate(values, start=1):
            found += [f"{path}[{at}]", *items(item, f"{path}[{at}]")]
    return found


def faults_of(text: str) -> list[tuple[str, str]]:
    """Where a scheme's text is wrong, and how."""
    try:
        scheme_from(text)
    except SchemeError as error:
        return [(fault.key, fault.message) for fault in error.faults]
    return []
