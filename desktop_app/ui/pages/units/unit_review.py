"""审核 beside the list: people marked with a reason, to be returned with the case."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.views.rosters import PersonLine
from desktop_app.ui.table import RowsTable
from desktop_app.ui.widgets.labels import button, label

HINT = "审核:有问题的人按空格标记并写明原因,可先选多人;都看完再退回或通过。"


class ReviewStrip(QWidget):
    """There only while the signed-in user may review the case."""

    mark_pressed = Signal(object)  # tuple[PersonLine, ...]
    unmark_pressed = Signal(object)

    def __init__(self, table: RowsTable[PersonLine]) -> None:
        super().__init__()
        self._table = table
        self.text = label(HINT, "quiet", wrap=True)
        self.mark_button = button("标记退回(空格)…", self.mark, name="标记退回")
        self.unmark_button = button("去掉标记(&T)", self._unmark, name="去掉标记")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.unmark_button)
        row.addWidget(self.mark_button)
        self.hide()
        table.mark_pressed.connect(lambda _row: self.mark())
        table.selectionModel().selectionChanged.connect(self._set_ready)

    def show_review(self, marked: int, *, may_review: bool) -> None:
        """How many are marked so far; without the right to review there is no strip."""
        count = f"已标记 {marked} 人,审核时一并退回。" if marked else ""
        self.text.setText(count or HINT)
        self.setVisible(may_review)
        self._set_ready()

    def mark(self) -> None:
        people = tuple(one for one in self._table.selected_rows() if one.joining)
        if people and not self.isHidden():
            self.mark_pressed.emit(people)

    def _unmark(self) -> None:
        self.unmark_pressed.emit(tuple(one for one in self._table.selected_rows() if one.marked))

    def _set_ready(self) -> None:
        chosen = self._table.selected_rows()
        self.mark_button.setEnabled(any(one.joining for one in chosen))
        self.unmark_button.setEnabled(any(one.marked for one in chosen))
