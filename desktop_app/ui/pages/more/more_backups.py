"""备份与恢复: what was saved when, whether it opens, one more now."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop_app.domain.dates import clock_text
from desktop_app.services.done import Area
from desktop_app.services.views.offices import BackupLine
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services


def made_text(line: BackupLine) -> str:
    return clock_text(line.made_at)


COLUMNS: tuple[Column[BackupLine], ...] = (
    Column("时间", made_text, lambda b: b.made_at, 150),
    Column("人数", lambda b: f"{b.people:,}", lambda b: b.people, 80, right=True),
    Column("大小", lambda b: f"{b.size / 1_000_000:.1f} MB", lambda b: b.size, 90, right=True),
    Column("校验", lambda b: "已校验" if b.verified else "没有通过", width=90,
           tone=lambda b: "good" if b.verified else "late"),
    Column("位置", lambda b: b.path, width=420),
)  # fmt: skip
RESTORE = (
    "要恢复:按右上角的姓名退出登录,在登录页按“从备份恢复…”,选备份,输入备份当时的用户和密码。"
    "恢复会用备份换掉现在的全部数据;先逐项校验,不通过就不动现在的数据。"
)


class BackupsCard(Card):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("备份与恢复", parent=parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.banner, self.busy = Banner(), BusyStrip()
        self.table: RowsTable[BackupLine] = RowsTable(
            COLUMNS, name="备份", empty="还没有备份。请按“立即备份”。"
        )
        self.now = main_button("立即备份(&B)", self.back_up)
        self.elsewhere = button("备份到U盘…", self.choose_folder)
        self.verify_button = button("校验所选(&V)", self.verify)
        row = QHBoxLayout()
        for one in (self.now, self.elsewhere, self.verify_button):
            row.addWidget(one)
        row.addStretch(1)
        for part in (row, self.banner, self.busy):
            self.add(part)
        self.add(self.table, 1)
        self.add(label(RESTORE, "quiet", wrap=True))
        self.table.chosen.connect(lambda line: self.verify_button.setEnabled(line is not None))
        self.verify_button.setEnabled(False)
        tasks.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            self._services.backups.list_backups,
            self.table.set_rows,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def back_up(self, folder: Path | None = None) -> None:
        self._begin("正在备份并校验…")
        self._tasks.save(
            self,
            partial(self._services.backups.back_up, folder),
            lambda path: self.banner.show_good(f"已备份并校验:{path}"),
            on_error=self.banner.show_failure,
            on_ended=self._end,
        )

    def choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹")
        if name:
            self.back_up(Path(name))

    def verify(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self._begin("正在校验…")
            self._tasks.read(
                self,
                partial(self._services.backups.verify, line.path),
                self._say_verified,
                on_error=self.banner.show_failure,
                on_ended=self._end,
            )

    def _say_verified(self, good: bool) -> None:
        if good:
            self.banner.show_good("这份备份完好,可以用来恢复。")
        else:
            self.banner.show_warning("这份备份没有通过校验,不能用来恢复。", "请立即再备份一次。")

    def _begin(self, text: str) -> None:
        self.banner.clear()
        self.busy.start(text, may_cancel=False)
        self.now.setEnabled(False)

    def _end(self) -> None:
        self.busy.end()
        self.now.setEnabled(True)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.BACKUPS in areas:
            self.reload()
