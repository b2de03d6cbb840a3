"""What was chosen last on this machine: printer, copies; in one small file of the user's."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import TypeVar

FILE_NAME = "last-choices.json"
T = TypeVar("T", str, int)
log = logging.getLogger(__name__)


class Remembered:
    """Small values by name. Losing them costs a choice made once more, so nothing here fails."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._values: dict[str, object] = {}
        self._lock = threading.Lock()

    def keep_in(self, file: Path) -> None:
        """Read the file and write to it from now on; one that cannot be read is taken as empty."""
        with self._lock:
            self._file, self._values = file, _read(file)

    def get(self, name: str, usual: T) -> T:
        """Return what was chosen last; the usual where nothing was, or a value of another kind."""
        value = self._values.get(name)
        return value if type(value) is type(usual) else usual

    def put(self, **values: str | int) -> None:
        """Remember these; not on the window's thread, for it writes the file."""
        with self._lock:
            if all(self._values.get(name) == value for name, value in values.items()):
                return
            self._values.update(values)
            if self._file is not None:
                _write(self._file, self._values)


def _read(file: Path) -> dict[str, object]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        log.warning("what was chosen last cannot be read and is forgotten")
        return {}
    return values if isinstance(values, dict) else {}


def _write(file: Path, values: dict[str, object]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        part.replace(file)
    except OSError:
        log.warning("what was chosen last cannot be kept")


remembered = Remembered()
