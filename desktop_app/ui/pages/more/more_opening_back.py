"""撤回导入: the newest 期初建账 told in a line, and taken back while nothing was built on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.dates import clock_text
from desktop_app.services.done import Area
from desktop_app.services.views.openings import StoredBooks
from desktop_app.ui.dialogs.base import ActDialog, Words, opened
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

WHAT = "这次导入的单位、名单和保障全部撤回,历史里留有记录;改好的文件可以重新导入。"
HEARS = {Area.UNITS, Area.ENROLMENTS, Area.CLAIMS}


class BooksBack(QWidget):
    """Hidden while no books are there; grey, with the reason, where they stay."""

    taken_back = Signal(str)  # what was taken back, in words
    failed = Signal(object)  # an error of reading

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.books: StoredBooks | None = None
        self.text = label("", "quiet", wrap=True)
        self.button = button("撤回上次导入(Ctrl+Z)…", self.ask, name="撤回上次导入")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()
        tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        call = self._services.opening_undo.newest
        self._ticket = self._tasks.read(self, call, self._show, on_error=self.failed.emit)

    def ask(self) -> ActDialog | None:
        """Ask for the reason; nothing where there is nothing to take back."""
        books = self.books
        if books is None or not books.may:
            return None
        text = f"{told(books)}\n{WHAT}"
        call = partial(self._services.opening_undo.take_back, books.operation)
        words = Words("撤回上次导入", text, "撤回")
        dialog = ReasonDialog(self._tasks, words, call, self.window())
        dialog.reason.setPlaceholderText("例如:拿错了年度的台账")
        dialog.saved.connect(self._on_saved)
        return opened(dialog)

    def _show(self, books: StoredBooks | None) -> None:
        self.books = books
        self.setVisible(books is not None)
        if books is not None:
            self.text.setText(told(books) + ("" if books.may else f"。{books.why_not}"))
            self.button.setEnabled(books.may)
            self.button.setToolTip(books.why_not)

    def _on_saved(self, back: dict[str, int]) -> None:
        text = f"已撤回:单位 {back['units']:,} 家,名单 {back['cases']:,} 份"
        self.taken_back.emit(f"{text},人员 {back['people']:,} 人。")

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS and not self.isHidden():
            self.reload()


def told(books: StoredBooks) -> str:
    return (
        f"上次导入:{clock_text(books.at)} {books.who},{books.year} 年度,"
        f"单位 {books.units:,} 家,人员 {books.people:,} 人"
    )
