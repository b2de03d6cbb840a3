"""整理: the repairs of a file's cells by kind, taken or declined all at once or one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.rosters.repairs import (
    KIND_NAMES,
    LAST_ROSTER,
    ONE_BY_ONE,
    CellKey,
    Changes,
    Repair,
)
from desktop_app.services.views.rosters import ImportPlan
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.widgets.labels import button, label, main_button

TITLE = "整理"
HOW = "上面选一种,可以全部接受或都不接受;下面按空格改一行。不接受的照原样,姓名和身份证号待补正。"
EACH = "这一种要一个一个核对:看过后在这一行按空格接受。"
LAST_YEAR = "表格弄丢了号码的后几位;上年名单里同名、前15位相同的号码在旁边,核对后按空格接受。"
_SAMPLES = 3


class _Kind(NamedTuple):
    """One kind in the upper table."""

    key: str
    found: int
    taken: int
    samples: str


class _Line(NamedTuple):
    """One cell in the lower table."""

    repair: Repair
    taken: bool


KIND_COLUMNS: tuple[Column[_Kind], ...] = (
    Column("整理", lambda one: KIND_NAMES[one.key], None, 180),
    Column("有", lambda one: f"{one.found} 处", lambda one: one.found, 80),
    Column("接受", lambda one: f"{one.taken} 处", lambda one: one.taken, 80),
    Column("例如", lambda one: one.samples, None, 360, lambda _one: "quiet"),
)


def _place(line: _Line) -> str:
    one = line.repair
    return " ".join(filter(None, (one.sheet, f"第{one.row}行", f"{one.column}列")))


def _word(line: _Line) -> str:
    return "接受" if line.taken else "不接受"


LINE_COLUMNS: tuple[Column[_Line], ...] = (
    Column("位置", _place, lambda one: (one.repair.sheet or "", one.repair.row), 150),
    Column("姓名", lambda one: one.repair.name, None, 90),
    Column("原样", lambda one: f"“{one.repair.before}”", None, 190),
    Column("改为", lambda one: f"“{one.repair.after}”", None, 190),
    Column("", _word, None, 70, lambda one: "good" if one.taken else "warn"),
)


class RepairsDialog(QDialog):
    """Emits `changed` with the file's changes where an answer is another one now."""

    changed = Signal(object)  # Changes

    def __init__(self, plan: ImportPlan, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{TITLE} · {plan.file_name}")
        self.plan, self._began = plan, changes
        self._kinds: dict[str, bool] = dict(changes.kinds)
        self._answers: dict[CellKey, bool] = dict(changes.answers)
        self.kinds: RowsTable[_Kind] = RowsTable(KIND_COLUMNS, name="整理的种类", sortable=False)
        self.lines: RowsTable[_Line] = RowsTable(LINE_COLUMNS, name="要整理的格", sortable=False)
        self.note = label("", "quiet", wrap=True)
        self.take_button = button("全部接受(&A)", self.take_all, name="全部接受")
        self.leave_button = button("都不接受(&N)", self.leave_all, name="都不接受")
        self.one_button = button("接受/不接受这一行(空格)", self._press_current, name="改这一行")
        self.ok_button = main_button("按这样重新预览", self.accept)
        self._lay_out()
        self.kinds.chosen.connect(self._show_lines)
        self.lines.mark_pressed.connect(self.turn)
        self.lines.opened.connect(self.turn)
        self._tell()
        over = parent.window().size() if parent is not None else self.screen().availableSize()
        self.resize(min(theme.px(860), over.width()), min(theme.px(560), over.height()))
        self.kinds.setFocus()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.addWidget(self.note, 1)
        for one in (self.take_button, self.leave_button, self.one_button):
            one.setAutoDefault(False)
            middle.addWidget(one)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("取消(Esc)", self.reject, name="取消"))
        foot.addWidget(self.ok_button)
        layout = QVBoxLayout(self)
        layout.addWidget(label(HOW, "quiet", wrap=True))
        layout.addWidget(self.kinds, 2)
        layout.addLayout(middle)
        layout.addWidget(self.lines, 3)
        layout.addLayout(foot)

    @property
    def changes(self) -> Changes:
        return replace(self._began, kinds=dict(self._kinds), answers=dict(self._answers))

    def take_all(self) -> None:
        self._answer_kind(taken=True)

    def leave_all(self) -> None:
        self._answer_kind(taken=False)

    def turn(self, line: _Line) -> None:
        """The other answer for one cell."""
        self._answers[line.repair.key] = not line.taken
        self._tell()

    def accept(self) -> None:
        super().accept()
        if self.changes != self._began:
            self.changed.emit(self.changes)

    def _press_current(self) -> None:
        line = self.lines.current_row()
        if line is not None:
            self.turn(line)

    def _answer_kind(self, *, taken: bool) -> None:
        kind = self.kinds.current_row()
        if kind is None or (taken and kind.key in ONE_BY_ONE):
            return
        for one in self._of(kind.key):
            self._answers.pop(one.key, None)
        self._kinds[kind.key] = taken
        self._tell()

    def _of(self, kind: str) -> Sequence[Repair]:
        return [one for one in self.plan.repairs if one.kind == kind]

    def _tell(self) -> None:
        self.kinds.set_rows(_kinds(self.plan, self.changes))
        self._show_lines(self.kinds.current_row())

    def _show_lines(self, kind: _Kind | None) -> None:
        key = kind.key if kind is not None else ""
        changes = self.changes
        self.lines.set_rows([_Line(one, changes.takes(one.key, key)) for one in self._of(key)])
        each = key in ONE_BY_ONE
        self.take_button.setEnabled(kind is not None and not each)
        self.leave_button.setEnabled(kind is not None)
        self.one_button.setEnabled(kind is not None)
        listed = len(self._of(key))
        more = kind is not None and kind.found > listed
        text = f"下面是前{listed}处,其余的随“全部接受”“都不接受”。" if more else ""
        self.note.setText(LAST_YEAR if key == LAST_ROSTER else EACH if each else text)


def repairs_text(counts: Mapping[str, tuple[int, int]]) -> str:
    """The repairs in one line: 空格、不可见字符 12处 · 手机号成了小数 3处(未接受)."""
    parts = []
    for kind, (found, taken) in counts.items():
        left = "" if taken == found else "(未接受)" if not taken else f"(接受{taken})"
        parts.append(f"{KIND_NAMES[kind]} {found}处{left}")
    return " · ".join(parts)


def _kinds(plan: ImportPlan, changes: Changes) -> list[_Kind]:
    rows = []
    for key, (found, _taken) in plan.repair_counts.items():
        mine = [one for one in plan.repairs if one.kind == key]
        listed = sum(changes.takes(one.key, key) for one in mine)
        rest = found - len(mine) if changes.takes((None, 0, ""), key) else 0
        samples = "、".join(f"{one.before}→{one.after}" for one in mine[:_SAMPLES])
        rows.append(_Kind(key, found, listed + rest, samples))
    return rows
