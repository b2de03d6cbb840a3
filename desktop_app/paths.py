"""Where things lie: the carried resources, the office folder of this user, its settings file."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import resources

PROGRAM = "mutual-aid-desk"
SETTINGS_NAME = "settings.toml"
LOGS_NAME = "logs"


def resource_path(*parts: str) -> Path:
    """The path of a carried file: the same from the source tree, a wheel and the frozen program."""
    return Path(resources.__file__).resolve().parent.joinpath(*parts)


def default_office(environment: Mapping[str, str] = os.environ) -> Path:
    """The office folder that the window opens when none is named."""
    return _user_data(environment) / PROGRAM / "office"


def settings_file(office: Path) -> Path:
    return office / SETTINGS_NAME


def logs_folder(office: Path) -> Path:
    return office / LOGS_NAME


def _user_data(environment: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = environment.get("XDG_DATA_HOME", "")
    # A relative XDG_DATA_HOME is to be ignored (XDG Base Directory Specification).
    return Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"
