"""档案: the finished files, the boxes they lie in, who has one and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.texts import file_name
from desktop_app.services.done import Area
from desktop_app.services.views.archives import ShelfLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.archive_shelf_acts import LendFileDialog, PlaceFilesDialog
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.table_dialog import TableDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

Found = tuple[tuple[ShelfLine, ...], date]


def loan_text(line: ShelfLine) -> str:
    loan = line.loan
    if loan is None:
        return "在库"
    of = f"({loan.borrower_of})" if loan.borrower_of else ""
    late = f"过期 {loan.overdue_days} 天:" if loan.overdue_days else ""
    return f"{late}{loan.due_on:%m-%d} 应还,{loan.borrower}{of}"


def loan_tone(line: ShelfLine) -> str:
    if line.loan is None:
        return ""
    return "late" if line.loan.overdue_days else "warn"


def _due(line: ShelfLine) -> str:
    return line.loan.due_on.isoformat() if line.loan else "9999"


COLUMNS: tuple[Column[ShelfLine], ...] = (
    Column("档案号", lambda f: f.number, None, 150),
    Column("单位", lambda f: f.unit, None, 240, wide=True),
    Column("办结", lambda f: f"{f.closed_on:%Y-%m-%d}" if f.closed_on else "", None, 100),
    Column("盒号", lambda f: f.box_no, None, 70),
    Column("柜位", lambda f: f.shelf, None, 110),
    Column("借阅", loan_text, _due, 260, loan_tone),
)


def read_files(services: Services) -> Found:
    return services.archive_shelves.list_files(), services.office.view().today


class ArchiveShelfDialog(TableDialog[ShelfLine]):
    """Enter lends the chosen file, or takes it back."""

    hears = frozenset({Area.ARCHIVE, Area.ENROLMENTS})

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        table: RowsTable[ShelfLine] = RowsTable(COLUMNS, name="档案", empty="还没有办结的档案。")
        super().__init__(tasks, "档案", "筛选档案号、单位、盒号、借阅人", table, parent)
        self._services = services
        self._lines: tuple[ShelfLine, ...] = ()
        self._today = date.min
        self.only_out, self.only_late = QCheckBox("只看借出的(&J)"), QCheckBox("只看过期的(&G)")
        self.place_button = button("盒号、柜位(&H)…", self.place, name="登记盒号、柜位")
        self.lend_button = button("借出(&L)…", self.lend, name="借出选中的一卷")
        self.back_button = button("归还(&R)", self.take_back, name="选中的一卷归还")
        self.list_button = button("移交清单(&Q)…", self.save_list, name="存档案移交清单")
        for box in (self.only_out, self.only_late):
            box.setAccessibleName(box.text().split("(")[0])
            box.toggled.connect(self._fill)
        self.table.opened.connect(self._open)
        acts = (self.place_button, self.lend_button, self.back_button, self.list_button)
        self.begin(acts, (self.only_out, self.only_late))

    def reading(self) -> Callable[[], Found]:
        return partial(read_files, self._services)

    def place(self) -> PlaceFilesDialog | None:
        lines = self.table.selected_rows()
        if not lines:
            return None
        dialog = PlaceFilesDialog(self._services, self._tasks, lines, self)
        dialog.saved.connect(lambda count: self.banner.show_good(f"已登记 {count} 卷的位置。"))
        return opened(dialog)

    def lend(self) -> LendFileDialog | None:
        line = self.table.current_row()
        if line is None or line.loan is not None:
            return None
        dialog = LendFileDialog(self._services, self._tasks, line, self._today, self)
        dialog.saved.connect(lambda _id: self.banner.show_good(f"已借出:{line.number}。"))
        return opened(dialog)

    def take_back(self) -> None:
        line = self.table.current_row()
        if line is None or line.loan is None:
            return
        self.banner.clear()
        self._tasks.save(
            self,
            partial(self._services.archive_shelves.take_back, line.number),
            lambda _id: self.banner.show_good(f"已归还:{line.number}。"),
            on_error=self.banner.show_failure,
        )

    def save_list(self) -> None:
        """Of the box of the chosen file; of its whole year where it lies in none."""
        line = self.table.current_row()
        if line is None:
            return
        of = f"{line.year}年度第{line.box_no}盒" if line.box_no else f"{line.year}年度"
        wanted = f"档案移交清单 {file_name(of)}.xlsx"
        export, box = self._services.archive_shelves.export_handover, line.box_no or None
        self.save_as(f"存{of}的移交清单", wanted, export, line.year, box)

    def _open(self, line: ShelfLine) -> None:
        if line.loan is None:
            self.lend()
        else:
            self.take_back()

    def show_found(self, found: Found) -> None:
        self._lines, self._today = found
        out = [line for line in self._lines if line.loan]
        late = sum(1 for line in out if line.loan and line.loan.overdue_days)
        boxed = sum(1 for line in self._lines if line.box_no)
        text = f"办结的档案共 {len(self._lines)} 卷,已装盒 {boxed} 卷,借出 {len(out)} 卷"
        self.sentence.setText(f"{text},其中过期 {late} 卷。" if late else f"{text}。")
        theme.set_tone(self.sentence, "late" if late else "")
        self._fill()

    def _fill(self, _on: Any = None) -> None:
        shown = [
            line
            for line in self._lines
            if not (self.only_out.isChecked() or self.only_late.isChecked())
            or (line.loan and (line.loan.overdue_days or not self.only_late.isChecked()))
        ]
        self.table.set_rows(tuple(shown))
        self.offer()

    def offer(self) -> None:
        line = self.table.current_row()
        self.place_button.setEnabled(line is not None)
        self.list_button.setEnabled(line is not None)
        box = line.box_no if line else ""
        self.list_button.setText(f"移交清单({box}号盒)(&Q)…" if box else "移交清单(全年)(&Q)…")
        self.lend_button.setEnabled(line is not None and line.loan is None)
        self.back_button.setEnabled(line is not None and line.loan is not None)
