"""《需更正》of a roster: beside the file it came in; for pasted cells, where the user says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes
from desktop_app.services.views.rosters import SavedLetter
from desktop_app.ui.dialogs.fields import ask_target
from desktop_app.ui.dialogs.password_dialog import PasswordDialog
from desktop_app.ui.pasted import Source, with_file

if TYPE_CHECKING:
    from desktop_app.services.rosters.rosters import RosterService

LOCKED_NAME = "加密码另存需更正"
WRITING = "正在存《需更正》,请稍候。"
_SAID = (
    "打开存出的《需更正》要输入这个密码,改好交回后读入时也要。"
    "请用电话等另外告诉单位,不要和文件一起发。程序不保存这个密码。"
)


@dataclass(frozen=True, slots=True)
class OfCase:
    """Whose list it is and how its columns were read, where an application takes it."""

    enrolment_id: int
    columns: Mapping[str, str] | None
    changes: Changes = NO_CHANGES


class LetterPasswordDialog(PasswordDialog):
    """A password to be told to the unit: shown as it is typed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _SAID, parent)
        self.setWindowTitle(f"加密码另存《需更正》 · {name}")
        self.open_button.setText("另存")
        self.shown.setChecked(True)


def corrections_call(
    parent: QWidget,
    rosters: RosterService,
    source: Source,
    case: OfCase | None = None,
    password: str | None = None,
) -> Callable[[], SavedLetter] | None:
    """The call that writes the workbook; None where the user gave up choosing a place.

    Without `password` it is locked as the unit's file is.
    """
    target = None
    if not isinstance(source, Path):
        name = f"{source.name}_需更正.xlsx"
        target = ask_target(parent, "另存《需更正》", name, "Excel 工作簿 (*.xlsx)")
        if target is None:
            return None
    write = partial(
        rosters.save_corrections,
        target=target,
        enrolment_id=None if case is None else case.enrolment_id,
        columns=None if case is None else case.columns,
        password=password,
        changes=NO_CHANGES if case is None else case.changes,
    )
    return partial(with_file, source, write)
