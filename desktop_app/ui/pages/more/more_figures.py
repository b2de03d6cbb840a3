"""方案金额确认: figures the scheme leaves open, each confirmed with the document it stands in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from db.codes import FigureState
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.done import Area
from desktop_app.services.views.schemes import FigureLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.figure_fields import (
    DOCUMENT_HINT,
    is_money,
    plain_text,
    typed_value,
)
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import label, main_button
from desktop_app.ui.widgets.version_field import VersionField

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.versions.scheme_views import VersionChoice

TONES = {FigureState.TO_CONFIRM.value: "late", FigureState.DEMO.value: "warn"}


def value_text(line: FigureLine) -> str:
    if line.value is None:
        return "待核对"
    return f"{yuan(line.value)} 元" if is_money(line) else str(line.value)


COLUMNS: tuple[Column[FigureLine], ...] = (
    Column("项目", lambda f: f.label, width=300),
    Column("数值", value_text, lambda f: f.value or 0, 120, right=True),
    Column("状态", lambda f: f.state_label, width=100, tone=lambda f: TONES.get(f.state, "good")),
    Column("依据", lambda f: f.document_no),
)


class FiguresCard(Card):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("方案金额确认", "没有确认的金额,不收、不付、不打印", parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.banner, self.version = Banner(), VersionField()
        self.table: RowsTable[FigureLine] = RowsTable(
            COLUMNS, name="方案里的数值", empty="没有要确认的数值。"
        )
        self.value, self.document = QLineEdit(), QLineEdit()
        self.value_label = label("数值(&N)")
        self.confirm_button = main_button("确认(&Y)", self.confirm)
        self.add(self.banner)
        self.add(self.table, 1)
        self.add(self._form())
        self.table.chosen.connect(self._fill)
        self.document.returnPressed.connect(self.confirm)
        self.value.returnPressed.connect(self.document.setFocus)
        self.head.insertWidget(1, self.version)
        self.version.activated.connect(lambda _at: self._read())
        tasks.changed.connect(self._on_changed)
        self._fill(None)
        self.reload()

    def _form(self) -> QHBoxLayout:
        document_label = label("依据文件(&D)")
        self.value_label.setBuddy(self.value)
        document_label.setBuddy(self.document)
        self.value.setAccessibleName("数值")
        self.value.setMaximumWidth(theme.px(140))
        self.document.setAccessibleName("依据文件的名称和文号")
        self.document.setPlaceholderText(DOCUMENT_HINT)
        row = QHBoxLayout()
        for one in (self.value_label, self.value, document_label):
            row.addWidget(one)
        row.addWidget(self.document, 1)
        row.addWidget(self.confirm_button)
        return row

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        call = self._services.schemes.list_confirmable
        self._ticket = self._tasks.read(
            self, call, self._offer, on_error=unread(self.banner.show_failure, self.table)
        )

    def _offer(self, versions: tuple[VersionChoice, ...]) -> None:
        self.version.offer(versions)
        self._read()

    def _read(self) -> None:
        self._tasks.drop(self._ticket)
        call = partial(self._services.schemes.list_figures, self.version.version_id())
        self._ticket = self._tasks.read(
            self, call, self._show, on_error=unread(self.banner.show_failure, self.table)
        )

    def confirm(self) -> None:
        line = self.table.current_row()
        if line is None or not self.confirm_button.isEnabled():
            return
        try:
            value = typed_value(line, self.value.text())
        except UserError as error:
            self.banner.show_error(error)
            self.value.setFocus()
            return
        document = self.document.text().strip()
        if not document:
            self.banner.show_warning("请填依据文件。", "金额以哪份文件为准,就填哪份的名称和文号。")
            self.document.setFocus()
            return
        self.confirm_button.setEnabled(False)
        self._tasks.save(
            self,
            partial(
                self._services.schemes.confirm_figure,
                line.path,
                value,
                document,
                self.version.version_id(),
            ),
            lambda _none: self.banner.show_good(f"已确认:{line.label}。"),
            on_error=self.banner.show_failure,
            on_ended=lambda: self.confirm_button.setEnabled(True),
        )

    def _show(self, lines: tuple[FigureLine, ...]) -> None:
        self.table.set_rows(lines)
        self._fill(self.table.current_row())

    def _fill(self, line: FigureLine | None) -> None:
        for one in (self.value, self.document, self.confirm_button):
            one.setEnabled(line is not None)
        if line is None:
            return
        self.value_label.setText("金额(元)(&N)" if is_money(line) else "数值(&N)")
        self.value.setText(plain_text(line))
        self.document.setText("" if line.state == FigureState.TO_CONFIRM else line.document_no)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.SCHEMES in areas:
            self.reload()
