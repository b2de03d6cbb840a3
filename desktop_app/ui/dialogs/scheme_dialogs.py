"""Schemes: activating a draft, beginning one from a carried scheme."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import TextField
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.scheme_views import Preset, VersionLine
    from desktop_app.services.services import Services

ACTIVATE = (
    "启用以后,新办的申请和申领按这一版;已经在办的仍按原来那一版。"
    "这一版从此不能再改。没有改动的金额,以前确认过的仍然有效,其余要重新确认。"
)
PRESET = "样例来自公开文件,标着“待核对”的数要按本地文件确认。新建后先改,改好再启用。"


class ActivateDialog(ActDialog):
    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        line: VersionLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "启用方案", "启用", parent)
        self._editing, self._line = services.scheme_editing, line
        self.reason = TextField(hint="文件名称和文号,或启用的原因")
        self.add_note(line.title, "h2")
        self.add_row("依据", self.reason, "reason")
        self.body.addLayout(self.form)
        self.add_note(ACTIVATE)

    def calls(self) -> Sequence[Call]:
        reason = self.reason.needed("reason", "依据")
        return [partial(self._editing.activate, self._line.id, reason)]


class PresetDialog(ActDialog):
    """`saved` carries the new draft's id."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        presets: tuple[Preset, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "由样例新建方案", "新建草稿", parent)
        self._editing = services.scheme_editing
        self.preset = QComboBox()
        for preset in presets:
            self.preset.addItem(f"{preset.region} · {preset.title}", preset.key)
        self.add_row("样例", self.preset, "preset")
        self.body.addLayout(self.form)
        self.add_note(PRESET)

    def calls(self) -> Sequence[Call]:
        return [partial(self._editing.new_draft_of_preset, self.preset.currentData())]
