"""《需更正》of a roster: beside the file it came in; for pasted cells, where the user says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.ui.dialogs.fields import ask_target
from desktop_app.ui.pasted import Source, with_file

if TYPE_CHECKING:
    from desktop_app.services.rosters.rosters import RosterService


def corrections_call(
    parent: QWidget, rosters: RosterService, source: Source
) -> Callable[[], str] | None:
    """The call that writes the workbook; None where the user gave up choosing a place."""
    if isinstance(source, Path):
        return partial(rosters.save_corrections, source)
    name = f"{source.name}_需更正.xlsx"
    target = ask_target(parent, "另存《需更正》", name, "Excel 工作簿 (*.xlsx)")
    if target is None:
        return None
    return partial(with_file, source, partial(rosters.save_corrections, target=target))
