"""Where files of the archive lie, and to whom one is lent: two small forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.services.drafts import LoanDraft
from desktop_app.services.views.archives import ShelfLine
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import DayField, TextField
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class PlaceFilesDialog(ActDialog):
    """Begins with the box and the shelf of the first of them; blank takes them out."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        lines: Sequence[ShelfLine],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "登记盒号、柜位", "登记", parent)
        self._place = services.archive_shelves.place
        self._numbers = tuple(line.number for line in lines)
        first = lines[0]
        self.add_note(
            f"{first.number} {first.unit}" if len(lines) == 1 else f"选中的 {len(lines)} 卷", ""
        )
        self.box = TextField(first.box_no, "例如 12;不填就是还没有装盒")
        self.shelf = TextField(first.shelf, "例如 三排二层")
        self.add_row("盒号", self.box, "box_no")
        self.add_row("柜位", self.shelf, "shelf")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        box, shelf = self.box.value() or "", self.shelf.value() or ""
        return [partial(self._place, self._numbers, box, shelf)]


class LendFileDialog(ActDialog):
    """借阅登记 of one file; the day it is due is the clerk's to set."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        line: ShelfLine,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "借阅登记", "借出", parent)
        self._lend, self._number = services.archive_shelves.lend, line.number
        self.add_note(f"{line.number} {line.unit}", "")
        self.borrower, self.of = TextField(hint="姓名"), TextField(hint="单位或部门,可不填")
        self.purpose = TextField(hint="例如:审计抽查")
        self.due_on = DayField(today)
        self.add_row("借阅人", self.borrower, "borrower")
        self.add_row("借阅人单位", self.of, "borrower_of")
        self.add_row("用途", self.purpose, "purpose")
        self.add_row("应还日期", self.due_on, "due_on")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        draft = LoanDraft(
            self.borrower.needed("borrower", "借阅人"),
            self.purpose.needed("purpose", "用途"),
            self.due_on.value(),
            self.of.value() or "",
        )
        return [partial(self._lend, self._number, draft)]
