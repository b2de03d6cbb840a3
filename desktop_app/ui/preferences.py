"""How the window looks on this machine: light or dark, normal or large type."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "window.json"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preferences:
    dark: bool = False
    large: bool = False


def load(file: Path) -> Preferences:
    """Read the file; one that is missing or unreadable means the usual look."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError):
        log.warning("the window's preferences cannot be read, using the usual look")
        return Preferences()
    if not isinstance(values, dict):
        return Preferences()
    return Preferences(dark=values.get("dark") is True, large=values.get("large") is True)


def save(file: Path, preferences: Preferences) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(asdict(preferences)), encoding="utf-8")
    part.replace(file)
