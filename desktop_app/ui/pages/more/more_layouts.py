"""单据版式: a layout taken out as a file, the office's own laid over it, or dropped again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop_app.services.done import Area, Done
from desktop_app.services.views.forms import LayoutLine
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.layout_dialog import LayoutDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

LAYOUTS = "版式文件 (*.toml)"
COLUMNS: tuple[Column[LayoutLine], ...] = (
    Column("单据", lambda line: line.label, None, 260, wide=True),
    Column(
        "版式",
        lambda line: "本机构的" if line.own else "原来的",
        None,
        120,
        lambda line: "good" if line.own else "quiet",
    ),
)
HINT = (
    "单据的文字和版式是建议稿,请本机构核对。要改:选一种按“编辑…”,边改边看印出来的样子;"
    "也可以取出来用记事本改,存好后换上。不合格的不换,写明在第几行。已经开出的单据不变。"
)


class LayoutsCard(Card):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("单据版式", parent=parent)
        self._services, self._layouts = services, services.layouts
        self._tasks, self._ticket = tasks, 0
        self.banner = Banner()
        self.table: RowsTable[LayoutLine] = RowsTable(COLUMNS, name="单据版式", empty="正在读取…")
        self.edit_button = main_button("编辑(&E)…", self.edit)
        self.save_button = button("取出版式(&T)…", self._choose_target, name="取出版式")
        self.keep_button = button("换成自己的(&H)…", self._choose_file, name="换成自己的版式")
        self.drop_button = button("恢复原来的(&Y)", self.drop, name="恢复原来的版式")
        row = QHBoxLayout()
        for one in (self.edit_button, self.save_button, self.keep_button, self.drop_button):
            row.addWidget(one)
        row.addStretch(1)
        self.add(label(HINT, "quiet", wrap=True))
        for part in (row, self.banner):
            self.add(part)
        self.add(self.table, 1)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _line: self.edit())
        self._on_chosen(None)
        tasks.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            self._layouts.list_layouts,
            self.table.set_rows,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def edit(self) -> LayoutDialog | None:
        """Open the chosen form's layout beside the page it prints."""
        line = self.table.current_row()
        if line is None:
            return None
        dialog = LayoutDialog(self._services, self._tasks, line, self)
        dialog.saved.connect(partial(self._on_edited, line.label))
        return opened(dialog)

    def _on_edited(self, name: str, own: bool) -> None:
        now = "换成本机构的版式,从下一次开出起用" if own else "恢复原来的版式"
        self.banner.show_good(f"“{name}”已{now}。")

    def save_to(self, target: Path) -> None:
        line = self.table.current_row()
        if line is not None:
            call = partial(self._layouts.save, line.key, target)
            self._tasks.read(
                self,
                call,
                lambda path: self.banner.show_good(f"已存为 {path}"),
                on_error=self.banner.show_failure,
            )

    def keep(self, file: Path) -> None:
        line = self.table.current_row()
        if line is not None:
            told = f"“{line.label}”已换成本机构的版式,从下一次开出起用。"
            self._save(partial(self._layouts.keep, line.key, file), told)

    def drop(self) -> None:
        line = self.table.current_row()
        if line is not None:
            told = f"“{line.label}”已恢复原来的版式。"
            self._save(partial(self._layouts.drop, line.key), told)

    def _save(self, call: partial[Done[None]], told: str) -> None:
        self._tasks.save(
            self,
            call,
            lambda _value: self.banner.show_good(told),
            on_error=self.banner.show_failure,
        )

    def _choose_target(self) -> None:
        line = self.table.current_row()
        if line is not None:
            suggested = f"{line.label}.toml"
            name, _kind = QFileDialog.getSaveFileName(self, "取出版式", suggested, LAYOUTS)
            if name:
                self.save_to(Path(name))

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "换成自己的版式", "", LAYOUTS)
        if name:
            self.keep(Path(name))

    def _on_chosen(self, line: LayoutLine | None) -> None:
        for made in (self.edit_button, self.save_button, self.keep_button):
            made.setEnabled(line is not None)
        self.drop_button.setEnabled(line is not None and line.own)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.OFFICE in areas:
            self.reload()
