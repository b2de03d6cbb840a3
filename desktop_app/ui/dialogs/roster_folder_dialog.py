"""读入一批名单: a folder of units' lists, one after another, each to the unit it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.done import Area, Done
from desktop_app.services.rosters.folder_imports import import_file
from desktop_app.services.views.roster_folders import FileState, FolderLine
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.batch_base import BatchDialog
from desktop_app.ui.dialogs.password_dialog import PasswordDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.rosters.roster_folders import RosterFolder
    from desktop_app.services.services import Services

STATES = {FileState.STORED: "已存入", FileState.AGAIN: "以前已存入", FileState.REFUSED: "没有读入"}
TONES = {FileState.STORED: "good", FileState.AGAIN: "quiet", FileState.REFUSED: "late"}
MOST_NAMED = 20  # units that wait for their list
CHANGED = frozenset({Area.ENROLMENTS, Area.MEMBERS})


@dataclass(slots=True)
class FolderRow:
    """A file, and what became of it."""

    path: Path
    file: str
    line: FolderLine | None = None

    @property
    def state(self) -> str:
        if self.locked:
            return "有打开密码"
        return STATES[self.line.state] if self.line else "待读入"

    @property
    def tone(self) -> str:
        return TONES[self.line.state] if self.line else ""

    def count(self, name: str) -> int | None:
        """A count of the rows; none before the file is read, and none of a refused one."""
        if self.line is None or self.line.state is FileState.REFUSED:
            return None
        return int(getattr(self.line.counts, name))

    @property
    def locked(self) -> bool:
        return self.line is not None and self.line.locked

    @property
    def note(self) -> str:
        line = self.line
        return f"{line.message}{line.remedy}{line.counts.drift}" if line else ""


def _counted(title: str, name: str) -> Column[FolderRow]:
    def text(row: FolderRow) -> str:
        count = row.count(name)
        return "" if count is None else f"{count:,}"

    return Column(title, text, lambda row: row.count(name) or 0, 66, right=True)


COLUMNS: tuple[Column[FolderRow], ...] = (
    Column("文件", lambda r: r.file, None, 230),
    Column("单位", lambda r: r.line.unit_name if r.line else "", None, 190),
    Column("", lambda r: r.state, None, 110, lambda r: r.tone),
    _counted("读入", "rows_read"),
    _counted("可用", "accepted"),
    _counted("待补", "rejected"),
    _counted("跳过", "skipped"),
    Column("说明", lambda r: r.note, None, 260, lambda r: r.tone, wide=True),
)


def store_file(
    services: Services, folder: RosterFolder, path: Path, passwords: Sequence[str]
) -> Done[FolderLine]:
    """One file, off the GUI thread; the pages hear of all of them at the end."""
    return Done(import_file(services, folder, path, passwords), frozenset())


class RosterFolderDialog(BatchDialog):
    """Each file is stored before the next: a pause, a stop or a cut loses and doubles nothing."""

    def __init__(
        self, services: Services, tasks: TaskRunner, path: Path, parent: QWidget | None = None
    ) -> None:
        title = f"读入一批名单 · {path.name}"
        super().__init__(services, tasks, title, "正在看文件夹里有哪些名单…", parent)
        self._folder: RosterFolder | None = None
        self._left: list[int] = []  # the places of the rows that this run still stores
        self._passwords: list[str] = []
        self.busy.cancel_button.setText("暂停")
        self.busy.cancel_button.setAccessibleName("暂停读入")
        self.missing = label("", "quiet", wrap=True)
        self.said = label("", wrap=True)  # of the current row, whole
        self.table: RowsTable[FolderRow] = RowsTable(COLUMNS, name="名单文件", sortable=False)
        self.table.opened.connect(self._on_opened)
        self.table.chosen.connect(self._say)
        self.work_turned.connect(self._show_work)
        self.password_button = button("输入密码(&M)…", self.ask_password, name="输入密码")
        self.password_button.setToolTip("有打开密码的名单;输入的密码也拿来试其他有密码的名单")
        self.password_button.hide()
        self.store_button = main_button("全部存入", self.store)
        self.store_button.setEnabled(False)
        self._lay_out(self.busy, self.table, self.said, self.missing, self._foot())
        tasks.read(
            self, partial(services.roster_folders.open, path), self._show, on_error=self._failed
        )

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(self.password_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.store_button)
        return foot

    @property
    def rows(self) -> tuple[FolderRow, ...]:
        return self.table.rows_model.rows

    def store(self) -> None:
        """Store the files that wait, in their order; also after a pause."""
        self._run([at for at, row in enumerate(self.rows) if row.line is None])

    def ask_password(self) -> None:
        """Ask for what opens the chosen file, or the first that is locked, and go on with it."""
        locked = [row for row in self.rows if row.locked]
        if not locked or self._working:
            return
        current = self.table.current_row()
        row = current if current is not None and current.locked else locked[0]
        dialog = PasswordDialog(row.path.name, row.note, self)
        dialog.given.connect(partial(self._unlock, row.path))
        opened(dialog)

    def _say(self, row: FolderRow | None) -> None:
        """The note of the current row, which its column may cut off."""
        self.said.setText(f"{row.file}:{row.note}" if row is not None and row.note else "")

    def _on_opened(self, row: FolderRow) -> None:
        if row.locked:
            self.ask_password()

    def _unlock(self, path: Path, password: str) -> None:
        """The files that are locked are stored anew; it may open others of them too."""
        self._passwords.insert(0, password)
        call = partial(self._services.locked_files.unlock, path, password)
        self._tasks.read(self, call, lambda _none: self._store_locked(), on_error=self._on_fault)

    def _store_locked(self) -> None:
        locked = [at for at, row in enumerate(self.rows) if row.locked]
        for at in locked:
            self.rows[at].line = None
        self._run(locked)

    def _run(self, places: list[int]) -> None:
        self._left, self._stopping = places, False
        self.banner.clear()
        self._next()

    def _next(self) -> None:
        if self._folder is None or self._stopping or not self._left:
            self._end()
            return
        at = self._left[0]
        given = (self.rows[at].path, tuple(self._passwords))
        call = partial(store_file, self._services, self._folder, *given)
        self._work_on(at, call, self._on_stored, self._on_fault)

    def _on_stored(self, line: FolderLine) -> None:
        self.rows[self._left.pop(0)].line = line
        self._next()

    def _on_fault(self, error: BaseException) -> None:
        """The store itself: no other unit would fare better."""
        self._end()
        self.banner.show_failure(error)

    def _end(self) -> None:
        self.table.viewport().update()
        self._say(self.table.current_row())
        self._tasks.changed.emit(CHANGED)
        self._show_counts()
        if self._folder is not None and all(row.line for row in self.rows):
            self._tasks.read(
                self,
                partial(self._services.roster_folders.without_list, self._folder),
                self._show_missing,
            )

    def _show_work(self, working: bool) -> None:
        if working:
            if self.busy.isHidden():
                self.busy.start("正在读入…")
            self.busy.step(sum(row.line is not None for row in self.rows), len(self.rows))
        self._show_counts()

    def _show(self, folder: RosterFolder) -> None:
        self._folder = folder
        rows = (FolderRow(one, one.relative_to(folder.path).as_posix()) for one in folder.files)
        self.table.set_rows(tuple(rows))
        self._show_counts()
        self.store_button.setFocus()

    def _show_counts(self) -> None:
        lines = [row.line for row in self.rows if row.line is not None]
        left = len(self.rows) - len(lines)
        self.store_button.setEnabled(bool(left) and not self._working)
        self.password_button.setVisible(any(line.locked for line in lines) and not self._working)
        self.store_button.setText(f"继续存入 {left} 份" if lines and left else "全部存入")
        if not lines:
            self.sentence.setText(f"有 {len(self.rows)} 份名单。合格的人存入,有错的行待补正。")
            return
        states = [line.state for line in lines]
        counted = (
            f"{STATES[one]} {states.count(one)} 份" for one in FileState if states.count(one)
        )
        people = sum(line.stored for line in lines)
        more = f";还有 {left} 份" if left else ""
        self.sentence.setText(f"{','.join(counted)},新增 {people:,} 人{more}。")

    def _show_missing(self, units: tuple[str, ...]) -> None:
        more = f"等 {len(units)} 家" if len(units) > MOST_NAMED else ""
        names = "、".join(units[:MOST_NAMED])
        self.missing.setText(f"还没有名单的单位:{names}{more}" if units else "")

    def _failed(self, error: BaseException) -> None:
        self.sentence.setText("没有读成文件夹。")
        self.banner.show_failure(error)
