"""The box on top: type anything, the row that drops down is the answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop_app.services.views.search import Hit
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import ROW_HEIGHT, RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

DEBOUNCE_MS = 120
LIMIT = 12
KINDS = {"member": "人", "unit": "单位", "enrolment": "申请", "claim": "申领", "form": "单据"}
COLUMNS: tuple[Column[Hit], ...] = (
    Column("是什么", lambda h: KINDS.get(h.kind, ""), width=56, tone=lambda _h: "quiet"),
    Column("名称", lambda h: h.title, width=170),
    Column("情况", lambda h: h.detail, width=620),
)


def phone_sentence(hit: Hit) -> str:
    """What to say on the phone about this answer."""
    return f"{hit.title}:{hit.detail}。" if hit.detail else f"{hit.title}。"


class SearchBox(QLineEdit):
    opened = Signal(object)  # Hit
    copied = Signal(str)

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setPlaceholderText(
            "找人、单位、业务号、申领编号:后四位、拼音首字母,或扫一下单子上的码      Ctrl+K"
        )
        self.setAccessibleName("查找人、单位、业务号、申领编号")
        self.setToolTip("也找:统一社会信用代码、联系人姓名和电话、缴费单位和账号、单据编号")
        self.setClearButtonEnabled(True)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._asked, self._open_first = "", False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DEBOUNCE_MS)
        self._wait.timeout.connect(self.ask)
        self.textEdited.connect(lambda _text: self._wait.start())
        self.answers = _Answers(self)
        self.answers.table.opened.connect(self._choose)

    def ask(self) -> None:
        self._wait.stop()
        self._tasks.drop(self._ticket)
        self._asked = self.text().strip()
        if not self._asked:
            self.answers.hide()
            return
        call = partial(self._services.search.find, self._asked, LIMIT)
        self._ticket = self._tasks.read(self, call, self._show)

    def copy_sentence(self) -> None:
        hit = self.answers.table.current_row()
        if hit is not None and self.answers.isVisible():
            QGuiApplication.clipboard().setText(phone_sentence(hit))
            self.copied.emit(phone_sentence(hit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.answers.isVisible():
            self.answers.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.answers.hide()
            self.selectAll()
        elif key == Qt.Key.Key_F4:
            self.copy_sentence()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """A scanner types faster than the box asks: open the answer when it is there."""
        hit = self.answers.table.current_row()
        if self.answers.isVisible() and hit and self._asked == self.text().strip():
            self._choose(hit)
        elif self.text().strip():
            self._open_first = True
            self.ask()

    def _show(self, hits: tuple[Hit, ...]) -> None:
        if self._open_first and len(hits) == 1:
            self._open_first = False
            self._choose(hits[0])
            return
        self._open_first = False
        self.answers.show_hits(self._asked, hits)

    def _choose(self, hit: Hit) -> None:
        self.answers.hide()
        self.clear()
        self.opened.emit(hit)


class _Answers(QFrame):
    """Drops down inside the window, so that the box keeps the keyboard."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box.window())
        self.setObjectName("answers")
        self._box = box
        self.table: RowsTable[Hit] = RowsTable(COLUMNS, name="查找结果", empty="", sortable=False)
        self.table.horizontalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.clicked.connect(self.table.open_at)
        self.foot = label("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(6), theme.px(6), theme.px(6), theme.px(6))
        layout.addWidget(self.table)
        layout.addWidget(self.foot)
        self.hide()
        box.installEventFilter(self)

    def show_hits(self, text: str, hits: tuple[Hit, ...]) -> None:
        # On the box's own page: what lies on the stack of pages is told to no screen reader.
        page = self._box.parentWidget() or self._box
        self.setParent(page)
        self.table.set_empty(f"查无“{text}”")
        self.table.set_rows(hits)
        if hits:
            self.table.selectRow(0)
        self.foot.setText(
            "↑↓ 选择  Enter 打开  F4 复制一句话  Esc 关闭"
            if hits
            else "换后四位、拼音首字母或单位试试"
        )
        rows = max(1, min(len(hits), 8))
        height = rows * theme.px(ROW_HEIGHT) + theme.px(64)
        self.move(self._box.mapTo(page, QPoint(0, self._box.height() + 3)))
        room = page.width() - self.x() - theme.px(22)
        self.resize(max(self._box.width(), room), height)
        self.show()
        self.raise_()

    def move_by(self, rows: int) -> None:
        at = self.table.currentIndex().row() + rows
        if 0 <= at < self.table.proxy.rowCount():
            self.table.selectRow(at)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        return False
