"""A batch that was not printed to its end, and the last good form of one that jammed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.services.views.print_batches import RunView
from desktop_app.ui import theme
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services


NONE_GOOD = "0"
GO_ON, END = "从它后面接着打(&R)", "记下,剩下的不打(&R)"


class LeftStrip(QWidget):
    """Offers this desk's last batch where it was cut or stopped; hidden where there is none."""

    wanted = Signal(object)  # the RunView
    unsure = Signal(object)  # the RunView that is given up, one form of which may have come out

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._run: RunView | None = None
        self.sentence = label("", wrap=True)
        self.go_on_button = button("接着打(&J)", self._go_on, name="接着打上一批")
        self.drop_button = button("不打了", self._drop, name="上一批不打了")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.go_on_button)
        row.addWidget(self.drop_button)
        self.hide()
        tasks.read(self, services.print_runs.last, self._show)

    def _show(self, run: RunView | None) -> None:
        if run is None or run.ended:
            return
        self._run = run
        begun = f"{run.begun_at.astimezone():%m-%d %H:%M}"
        printed = run.last_printed
        as_far = f",打到 {printed.number}" if printed else ""
        counts = f"共 {len(run.lines)} 张{as_far},还有 {run.left} 张。"
        self.sentence.setText(f"{begun} {run.begun_by}的一批没有打完:{counts}")
        self.show()

    def _go_on(self) -> None:
        self.hide()
        self.wanted.emit(self._run)

    def _drop(self) -> None:
        assert self._run is not None  # shown with one only
        if self._run.unsure is not None:
            self.hide()
            self.unsure.emit(self._run)
            return
        end = partial(self._services.print_runs.end, self._run.id)
        self._tasks.save(self, end, lambda _done: self.hide())


class LastGood(QWidget):
    """The number on the last good form; what lies behind it is printed anew.

    That none is good is typed, too: an empty field must not print everything once more.
    """

    wanted = Signal(str)  # the number; empty where none is good
    unnamed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number = QLineEdit()
        self.number.setAccessibleName("最后一张好的编号")
        self.number.setPlaceholderText("一张都没有填 0")
        self.number.setFixedWidth(theme.px(170))
        self.number.returnPressed.connect(self._go_on)
        self.button = button(GO_ON, self._go_on, name="从最后一张好的后面接着打")
        self.button.setToolTip("卡纸、缺墨、中断以后用:在表里选最后一张好的,或者照它右上角的编号填")
        named = label("卡纸了?最后一张好的是")
        named.setBuddy(self.number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (named, self.number, self.button):
            row.addWidget(widget)
        row.addStretch(1)
        self.hide()

    def end_then(self, end: bool) -> None:
        """The rest is given up once the last good one is named; else it is printed."""
        self.button.setText(END if end else GO_ON)
        self.button.setAccessibleName(
            "记下最后一张好的,剩下的不打" if end else "从最后一张好的后面接着打"
        )

    def _go_on(self) -> None:
        typed = self.number.text().strip()
        if typed:
            self.wanted.emit("" if typed == NONE_GOOD else typed)
        else:
            self.unnamed.emit()
