"""The frame of a dialog that is one table: a sentence on top, a filter, the acts below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.services.done import Area
from desktop_app.ui import theme
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label

T = TypeVar("T")
WORKBOOK = "表格文件 (*.xlsx)"


class TableDialog(QDialog, Generic[T]):
    """A subclass gives what is read, shows it, and says which acts the chosen row allows."""

    hears: ClassVar[frozenset[Area]]  # what makes it read anew

    def __init__(
        self,
        tasks: TaskRunner,
        title: str,
        hint: str,
        table: RowsTable[T],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._ticket = tasks, 0
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(theme.px(980), min(theme.px(600), 700))
        self.banner = Banner()
        self.sentence = label("正在读…", "h2", wrap=True)
        self.filter = QLineEdit(placeholderText=hint)
        self.filter.setAccessibleName(f"筛选{title}")
        self.table = table
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")

    def begin(self, acts: Sequence[QPushButton], beside: Sequence[QWidget] = ()) -> None:
        """Lay it out, with the acts below and what stands beside the filter, and read."""
        self._lay_out(acts, beside)
        self.filter.textChanged.connect(self.table.set_filter)
        self.table.chosen.connect(lambda _line: self.offer())
        self._tasks.changed.connect(self._on_changed)
        self.offer()
        self.reload()

    def _lay_out(self, acts: Sequence[QPushButton], beside: Sequence[QWidget]) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.filter, 1)
        for widget in beside:
            top.addWidget(widget)
        for one in acts:
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.banner)
        layout.addWidget(self.sentence)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def reading(self) -> Callable[[], Any]:
        """The call that reads what is shown."""
        raise NotImplementedError

    def show_found(self, found: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def offer(self) -> None:
        """Offer the acts that the chosen row allows."""
        raise NotImplementedError

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            self.reading(),
            self.show_found,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def save_as(self, title: str, wanted: str, export: Callable[..., str], *more: Any) -> None:
        """Ask for a workbook's place and write it there; `more` stands behind the place."""
        name, _kind = QFileDialog.getSaveFileName(self, title, wanted, WORKBOOK)
        if name:
            self._tasks.read(
                self,
                partial(export, Path(name), *more),
                lambda saved: self.banner.show_good(f"已存:{saved}"),
                on_error=self.banner.show_failure,
            )

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & self.hears:
            self.reload()
