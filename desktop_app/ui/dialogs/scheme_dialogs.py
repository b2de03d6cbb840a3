"""Schemes: activating a draft, beginning one from a carried scheme."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import TextField
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.steady_bars import steady_bars

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.versions.scheme_views import Activation, Preset, VersionLine

ACTIVATE = (
    "启用以后,新办的申请和申领按这一版;已经在办的仍按原来那一版。"
    "这一版从此不能再改。没有改动的金额,以前确认过的仍然有效,其余要重新确认。"
)
PRESET = "样例来自公开文件,标着“待核对”的数要按本地文件确认。新建后先改,改好再启用。"


def days_text(line: VersionLine) -> str:
    """From when a version is in force, as a sentence."""
    first, last = line.effective_from, line.effective_until
    until = f",到{last:%Y-%m-%d}为止" if last else ""
    if first is None:
        return f"施行日期没有写:启用后就用于新办的申请{until}。"
    return f"从{first:%Y-%m-%d}起施行{until}。"


def lists_text(found: Activation) -> str:
    """What changes and what is still open, a line for each."""
    if found.against is None:
        lines = ["这是这个方案启用的第一版。"]
    elif not found.differences:
        lines = [f"与第{found.against.version_no}版没有不同。"]
    else:
        lines = [f"与第{found.against.version_no}版相比,有{len(found.differences)}处不同:"]
    lines += [f"  · {one.label}:{one.old} → {one.new}" for one in found.differences]
    lines += ["", f"还有{len(found.open)}项待核对:" if found.open else "没有待核对的项。"]
    lines += [f"  · {words}" for words in found.open]
    return "\n".join(lines)


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
        self.setMinimumWidth(theme.px(640))
        self.reason = TextField(hint="文件名称和文号,或启用的原因")
        self.add_note(line.title, "h2")
        self.add_note(days_text(line), "")
        self.lists = QPlainTextEdit("正在比较…")
        self.lists.setReadOnly(True)
        steady_bars(self.lists)
        self.lists.setTabChangesFocus(True)
        self.lists.setAccessibleName("待核对的项和不同之处")
        self.lists.setMinimumHeight(theme.px(200))
        self.body.addWidget(self.lists, 1)
        self.add_row("依据", self.reason, "reason")
        self.body.addLayout(self.form)
        self.add_note(ACTIVATE)
        tasks.read(
            self,
            partial(self._editing.before_activation, line.id),
            lambda found: self.lists.setPlainText(lists_text(found)),
            on_error=self.show_error,
        )

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
