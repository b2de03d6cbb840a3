"""查询: the search of the box on top as a whole page, with a list to copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.services.views.search import Hit
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.search_box import DEBOUNCE_MS, KINDS, phone_sentence
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

LIMIT = 500
HINT = "姓名、拼音首字母、证件号后四位、单位、业务号、申领编号"
COLUMNS: tuple[Column[Hit], ...] = (
    Column("是什么", lambda h: KINDS.get(h.kind, ""), width=70, tone=lambda _h: "quiet"),
    Column("名称", lambda h: h.title, width=260),
    Column("情况", lambda h: h.detail, width=420),
)


class FindPage(QWidget):
    open_hit = Signal(object)  # Hit

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.banner = Banner()
        self.text = QLineEdit()
        self.text.setPlaceholderText(HINT)
        self.text.setAccessibleName("查询内容")
        self.table: RowsTable[Hit] = RowsTable(COLUMNS, name="查询结果", empty=f"请输入{HINT}。")
        self.card = Card("结果")
        self.card.add(self.table, 1)
        self.copy_button = button("复制一句话(F4)", self.copy_sentence, name="复制一句话")
        self.cells_button = button("复制全部为表格", self.table.copy_all)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DEBOUNCE_MS)
        self._lay_out()
        self._wait.timeout.connect(self.ask)
        self.text.textChanged.connect(lambda _text: self._wait.start())
        self.text.returnPressed.connect(self._enter)
        self.table.opened.connect(self.open_hit)
        QShortcut(QKeySequence("F4"), self, self.copy_sentence)
        self.setFocusProxy(self.text)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("查询", "h1"))
        head.addStretch(1)
        head.addWidget(self.copy_button)
        head.addWidget(self.cells_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.text)
        layout.addWidget(self.card, 1)

    def ask(self) -> None:
        self._wait.stop()
        self._tasks.drop(self._ticket)
        text = self.text.text().strip()
        if not text:
            self._show("", ())
            return
        call = partial(self._services.search.find, text, LIMIT)
        self._ticket = self._tasks.read(
            self, call, partial(self._show, text), on_error=self.banner.show_failure
        )

    def copy_sentence(self) -> None:
        hit = self.table.current_row()
        if hit is not None:
            QGuiApplication.clipboard().setText(phone_sentence(hit))
            self.banner.show_good("已复制一句话。", phone_sentence(hit))

    def _enter(self) -> None:
        hit = self.table.current_row()
        if self._wait.isActive() or hit is None:
            self.ask()
        else:
            self.open_hit.emit(hit)

    def _show(self, text: str, hits: tuple[Hit, ...]) -> None:
        self.banner.clear()
        self.table.set_empty(
            f"查无“{text}”。换后四位、拼音首字母或单位试试。" if text else f"请输入{HINT}。"
        )
        self.table.set_rows(hits)
        more = f",只列前 {LIMIT} 条" if len(hits) >= LIMIT else ""
        self.card.set_right(f"共 {len(hits)} 条{more}" if text else "")
