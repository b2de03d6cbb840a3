"""退回: whom the upper office sent back, each with the reason and the three ways on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.views.rosters import PersonLine
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.widgets.labels import button, label, short_identity

MARK_ALL = "可按住 Ctrl 或 Shift 选多人;回车改正当前这一人。"


COLUMNS: tuple[Column[PersonLine], ...] = (
    Column("序号", lambda p: str(p.line_no), lambda p: p.line_no, 56, right=True),
    Column("姓名", lambda p: p.name, None, 90),
    Column("证号", lambda p: short_identity(p.identity), lambda p: p.identity, 76),
    Column("项目", lambda p: p.plans, None, 150),
    Column("退回原因", lambda p: p.note, None, 320, lambda _p: "late"),
)


class SentBackList(QWidget):
    """The people and, below, what can be done with those that are chosen."""

    correct_pressed = Signal(object)  # PersonLine
    resend_pressed = Signal(object)  # tuple[PersonLine, ...]
    withdraw_pressed = Signal(object)  # tuple[PersonLine, ...]

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = 0
        self.table: RowsTable[PersonLine] = RowsTable(COLUMNS, name="退回", empty="没有退回的人。")
        self.correct_button = button("改正重报(&G)…", self._correct, name="改正重报")
        self.resend_button = button("原样重报(&Y)…", self._resend, name="原样重报")
        self.withdraw_button = button("不再参加(&W)…", self._withdraw, name="不再参加")
        below = QHBoxLayout()
        below.addWidget(label(MARK_ALL, "quiet", wrap=True), 1)
        for one in (self.correct_button, self.resend_button, self.withdraw_button):
            below.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        self.table.opened.connect(self.correct_pressed)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)

    def set_people(self, rows: tuple[PersonLine, ...]) -> None:
        self.count = len(rows)
        self.table.set_rows(rows)
        self._on_selected()

    def _on_selected(self) -> None:
        chosen = len(self.table.selected_rows())
        self.correct_button.setEnabled(chosen == 1)  # a slip of the pen is one person's
        self.resend_button.setEnabled(chosen > 0)
        self.withdraw_button.setEnabled(chosen > 0)

    def _correct(self) -> None:
        self.correct_pressed.emit(self.table.selected_rows()[0])

    def _resend(self) -> None:
        self.resend_pressed.emit(self.table.selected_rows())

    def _withdraw(self) -> None:
        self.withdraw_pressed.emit(self.table.selected_rows())
