"""用印登记: the journal of uses of a seal, and the form that adds a line to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.services.done import Area
from desktop_app.services.drafts import SealDraft
from desktop_app.services.views.seals import SealLine
from desktop_app.ui.dialogs.base import ActDialog, Call, Words, opened
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.fields import CountField, DayField, TextField
from desktop_app.ui.dialogs.table_dialog import TableDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

Found = tuple[tuple[SealLine, ...], tuple[str, ...], date]
COLUMNS: tuple[Column[SealLine], ...] = (
    Column("日期", lambda s: f"{s.used_on:%Y-%m-%d}", None, 100),
    Column("印章", lambda s: s.seal, None, 150),
    Column("单据", lambda s: s.prints_text, None, 270, wide=True),
    Column("单位", lambda s: "、".join(s.units), None, 180),
    Column("每张份数", lambda s: str(s.copies), None, 80),
    Column("申请人", lambda s: s.asked_by, None, 80),
    Column("保管人", lambda s: s.kept_by, None, 80),
    Column("作废", lambda s: s.void_for, None, 110, lambda s: "late" if s.void_for else ""),
)


def read_uses(services: Services) -> Found:
    """The journal, the numbers of the batch printed last here, and the day."""
    batch = services.print_runs.last()
    numbers = services.seals.numbers_of_batch(batch.id) if batch else ()
    return services.seals.list_uses(), numbers, services.office.view().today


class SealUseDialog(ActDialog):
    """Seal, who asked and who keeps it stand as they were the last time."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        found: Found,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "登记用印", "登记", parent)
        self._record = services.seals.record
        lines, batch, today = found
        last = next((line for line in lines if not line.void_for), None)
        self.numbers = TextField(hint="单据编号或业务号,可填几个,用空格隔开")
        self.batch_button = button(
            f"填入最近一批打印的 {len(batch)} 张(&P)",
            lambda: self.numbers.setText(" ".join(batch)),
            name="填入最近一批打印的单据",
        )
        self.seal = TextField(last.seal if last else "", "例如:县总工会公章")
        self.copies = CountField(last.copies if last else None, "每张盖几份", "份")
        self.used_on = DayField(today)
        self.asked_by = TextField(last.asked_by if last else "", "谁来盖章")
        self.kept_by = TextField(last.kept_by if last else "", "谁保管印章")
        self.add_note("填业务号,就是这份申请现在有效的全部单据。", "")
        self.add_row("单据", self.numbers, "numbers")
        if batch:
            self.add_row("", self.batch_button, "batch")
        self.add_row("印章", self.seal, "seal")
        self.add_row("每张份数", self.copies, "copies")
        self.add_row("用印日期", self.used_on, "used_on")
        self.add_row("申请人", self.asked_by, "asked_by")
        self.add_row("保管人", self.kept_by, "kept_by")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        draft = SealDraft(
            tuple(re.split(r"[\s,,、;;]+", self.numbers.needed("numbers", "单据"))),
            self.seal.needed("seal", "印章"),
            self.copies.value("copies", "每张份数") or 0,
            self.used_on.value(),
            self.asked_by.needed("asked_by", "申请人"),
            self.kept_by.needed("kept_by", "保管人"),
        )
        return [partial(self._record, draft)]


class SealJournalDialog(TableDialog[SealLine]):
    """Every use of a seal, the newest first; a wrong line is void and stays."""

    hears = frozenset({Area.PRINTS})

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        table: RowsTable[SealLine] = RowsTable(COLUMNS, name="用印登记", empty="还没有用印登记。")
        super().__init__(tasks, "用印登记", "筛选日期、印章、编号、单位、姓名", table, parent)
        self._services = services
        self._found: Found | None = None
        self.record_button = button("登记用印(&N)…", self.record, name="登记用印")
        self.void_button = button("作废(&V)…", self.void, name="作废选中的一条")
        self.save_button = button("存成表格(&S)…", self.save, name="存成表格")
        self.begin((self.record_button, self.void_button, self.save_button))

    def reading(self) -> Callable[[], Found]:
        return partial(read_uses, self._services)

    def record(self) -> SealUseDialog | None:
        if self._found is None:
            return None
        dialog = SealUseDialog(self._services, self._tasks, self._found, self)
        dialog.saved.connect(lambda _id: self.banner.show_good("已登记用印。"))
        return opened(dialog)

    def void(self) -> ReasonDialog | None:
        line = self.table.current_row()
        if line is None or line.void_for:
            return None
        text = f"{line.used_on:%Y-%m-%d} {line.seal}\n{line.prints_text}\n作废后仍留在登记里。"
        call = partial(self._services.seals.void, line.id)
        dialog = ReasonDialog(self._tasks, Words("作废用印登记", text, "作废"), call, self)
        dialog.reason.setPlaceholderText("例如:登记重了")
        dialog.saved.connect(lambda _none: self.banner.show_good("已作废。"))
        return opened(dialog)

    def save(self) -> None:
        self.save_as("存成表格", "用印登记.xlsx", self._services.seals.export)

    def show_found(self, found: Found) -> None:
        self._found = found
        lines = found[0]
        void = sum(1 for line in lines if line.void_for)
        text = f"共登记用印 {len(lines)} 次"
        self.sentence.setText(f"{text},其中作废 {void} 次。" if void else f"{text}。")
        self.table.set_rows(lines)
        self.offer()

    def offer(self) -> None:
        line = self.table.current_row()
        self.record_button.setEnabled(self._found is not None)
        self.void_button.setEnabled(line is not None and not line.void_for)
