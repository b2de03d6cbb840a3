"""Two versions of schemes side by side: only what differs, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.scheme_editor.scheme_differences import Difference
from desktop_app.services.versions.scheme_views import VersionLine
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label
from desktop_app.ui.widgets.steady_bars import steady_bars

if TYPE_CHECKING:
    from desktop_app.services.services import Services

LONG = 18  # characters that a cell has room for
COLUMNS: tuple[Column[Difference], ...] = (
    Column("部分", lambda d: d.part, width=96),
    Column("哪一项", lambda d: d.label.removeprefix(f"{d.part} · "), width=300),
    Column("左边一版", lambda d: d.old, width=330, tone=lambda _d: "quiet"),
    Column("右边一版", lambda d: d.new, wide=True),
)


class SchemeCompare(QWidget):
    back = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editing, self._tasks, self._ticket = services.scheme_editing, tasks, 0
        self.banner, self.count = Banner(), label("", "quiet")
        self.first, self.second = QComboBox(), QComboBox()
        self.first.setAccessibleName("左边一版")
        self.second.setAccessibleName("右边一版")
        self.table: RowsTable[Difference] = RowsTable(COLUMNS, name="不同之处", empty="")
        self.old, self.new = (_whole_text(name) for name in ("左边一版的全文", "右边一版的全文"))
        row = QHBoxLayout()
        row.addWidget(self.first, 1)
        row.addWidget(label("与"))
        row.addWidget(self.second, 1)
        row.addWidget(self.count)
        row.addWidget(button("复制全部", self.table.copy_all))
        row.addWidget(button("返回(&B)", self.back.emit))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(row)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        for one in (self.old, self.new):
            below.addWidget(one)
        layout.addLayout(below)
        self.table.chosen.connect(self._show_whole)
        for box in (self.first, self.second):
            box.currentIndexChanged.connect(lambda _at: self.compare())

    def show_versions(self, lines: Sequence[VersionLine], chosen: Sequence[int]) -> None:
        """Offer the versions; the older of the chosen two stands at the left."""
        in_force = [line.id for line in lines if line.in_force]
        pair = sorted({*chosen[:2]}) if len(chosen) > 1 else [*in_force, *chosen]
        for box, wanted in ((self.first, pair[:1]), (self.second, pair[-1:])):
            with QSignalBlocker(box):
                box.clear()
                for line in lines:
                    version = f"第{line.version_no}版({line.state_label})"
                    box.addItem(f"{version} {line.name}", line.id)
                box.setCurrentIndex(max(0, box.findData(wanted[0]) if wanted else 0))
        self.compare()

    def compare(self) -> None:
        self.banner.clear()
        self._tasks.drop(self._ticket)
        versions = (self.first.currentData(), self.second.currentData())
        if None not in versions:
            self._ticket = self._tasks.read(
                self,
                partial(self._editing.compare, *versions),
                self._show,
                on_error=self.banner.show_failure,
            )

    def _show(self, found: tuple[Difference, ...]) -> None:
        self.table.set_empty("这两版没有不同。")
        self.table.set_rows(found)
        self.count.setText(f"{len(found)} 处不同")
        cut = any(len(text) > LONG for one in found for text in (one.old, one.new))
        for box in (self.old, self.new):
            box.setVisible(cut)

    def _show_whole(self, chosen: Difference | None) -> None:
        """What the cells have no room for, a line for each value."""
        texts = (chosen.old, chosen.new) if chosen else ("", "")
        for box, text in zip((self.old, self.new), texts, strict=True):
            box.setPlainText(text.replace(";", "\n"))


def _whole_text(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    steady_bars(made)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.setFixedHeight(theme.px(118))
    made.hide()
    return made
