"""确认到账: applications whose money the statements show, one after another, each on its day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.money import yuan
from desktop_app.errors import FileError, UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.views.arrivals import ArrivingLine
from desktop_app.ui.dialogs.batch_base import BatchDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

CHANGED = frozenset({Area.PAYMENTS, Area.ENROLMENTS})
WAITS, DONE, REFUSED = "待确认", "已确认", "不能确认"
_TONES = {WAITS: "", DONE: "good", REFUSED: "late"}


@dataclass(slots=True)
class Arrival:
    """One application and what became of it in this dialog."""

    line: ArrivingLine
    state: str

    @property
    def note(self) -> str:
        return f"{self.line.refusal}{self.line.remedy}" or self.line.differs


COLUMNS: tuple[Column[Arrival], ...] = (
    Column("单位", lambda a: a.line.unit_name, None, 230),
    Column("付款户名", lambda a: "、".join(a.line.payers), None, 190),
    Column("人数", lambda a: f"{a.line.people:,}", lambda a: a.line.people, 60, right=True),
    Column("金额", lambda a: yuan(a.line.fen), lambda a: a.line.fen, 110, right=True),
    Column("到账日期", lambda a: a.line.on.isoformat(), None, 100),
    Column("", lambda a: a.state, None, 76, lambda a: _TONES[a.state]),
    Column("说明", lambda a: a.note, None, 200, lambda _a: "late", wide=True),
)


def confirm_line(services: Services, line: ArrivingLine) -> Done[None]:
    """One application, off the GUI thread; the pages hear of all of them at the end."""
    services.payments.confirm(line.enrolment_id, line.on)
    return Done(None, frozenset())


def _arrival(line: ArrivingLine) -> Arrival:
    return Arrival(line, REFUSED if line.refusal else WAITS)


class ArrivalsDialog(BatchDialog):
    """Each is confirmed by an act of its own: a stop leaves those before it confirmed."""

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        title, sentence = "按流水确认到账", "正在看哪些申请等确认到账…"
        super().__init__(services, tasks, title, sentence, parent)
        self._at = 0
        self.table: RowsTable[Arrival] = RowsTable(
            COLUMNS, name="等确认到账的申请", empty="正在读取…", sortable=False
        )
        self.whole = label("", tone="late", wrap=True)  # why the chosen one is refused
        self.confirm_button = main_button("确认到账", self.confirm)
        self.confirm_button.setEnabled(False)
        self._lay_out(self.busy, self.table, self.whole, self._foot())
        self.table.chosen.connect(self._tell)
        self.work_turned.connect(self._show_work)
        call = services.matching.list_arriving
        tasks.read(self, call, self._show, on_error=unread(self._failed, self.table))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(label("到账日期照银行流水;请由另一位同事核对后确认。", "quiet"))
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.confirm_button)
        return foot

    @property
    def rows(self) -> tuple[Arrival, ...]:
        return self.table.rows_model.rows

    def confirm(self) -> None:
        """Confirm all that wait, in their order."""
        self._at, self._stopping = 0, False
        self.banner.clear()
        self._next()

    def _next(self) -> None:
        waiting = (at for at in range(self._at, len(self.rows)) if self.rows[at].state == WAITS)
        self._at = next(waiting, len(self.rows))
        if self._stopping or self._at == len(self.rows):
            self._end()
            return
        line = self.rows[self._at].line
        call = partial(confirm_line, self._services, line)
        self._work_on(self._at, call, self._on_confirmed, self._on_refused)

    def _on_confirmed(self, _value: object) -> None:
        self.rows[self._at].state = DONE
        self._at += 1
        self._next()

    def _on_refused(self, error: BaseException) -> None:
        """A rule stops one application; the store itself stops them all."""
        if isinstance(error, UserError) and not isinstance(error, FileError):
            row = self.rows[self._at]
            row.line = replace(row.line, refusal=error.message, remedy=error.remedy)
            row.state = REFUSED
            self._at += 1
            self._next()
            return
        self._end()
        self.banner.show_failure(error)

    def _end(self) -> None:
        self.table.viewport().update()
        self._tell(self.table.current_row())
        self._show_counts()
        done = [row.line for row in self.rows if row.state == DONE]
        if done:
            self._tasks.changed.emit(CHANGED)
            fen = yuan(sum(line.fen for line in done))
            self.banner.show_good(f"已确认到账 {len(done)} 份,合计 {fen} 元。")

    def _show_work(self, working: bool) -> None:
        if working:
            if self.busy.isHidden():
                self.busy.start("正在确认到账…")
            self.busy.step(self._at, len(self.rows))
        self._show_counts()

    def _show(self, lines: tuple[ArrivingLine, ...]) -> None:
        """What is to be looked at stands on top."""
        self.table.set_empty("没有按流水缴齐、等确认到账的申请。")
        looked_at = sorted(lines, key=lambda one: not (one.refusal or one.differs))
        self.table.set_rows(tuple(map(_arrival, looked_at)))
        self._show_counts()
        if self.confirm_button.isEnabled():
            self.confirm_button.setFocus()

    def _show_counts(self) -> None:
        waiting = [row.line for row in self.rows if row.state == WAITS]
        refused = sum(row.state == REFUSED for row in self.rows)
        differs = sum(bool(line.differs) for line in waiting)
        more = f";其中 {differs} 份的付款人与单位资料不同,请先核对" if differs else ""
        more += f";{refused} 份现在不能确认,原因在表里" if refused else ""
        fen = f",合计 {yuan(sum(line.fen for line in waiting))} 元" if waiting else ""
        self.sentence.setText(f"等确认到账的申请 {len(waiting)} 份{fen}{more}。")
        self.confirm_button.setEnabled(bool(waiting) and not self._working)
        self.confirm_button.setText(f"确认到账 {len(waiting)} 份" if waiting else "确认到账")

    def _tell(self, row: Arrival | None) -> None:
        self.whole.setText(row.note if row is not None else "")
        self.whole.setVisible(bool(self.whole.text()))

    def _failed(self, error: BaseException) -> None:
        self.sentence.setText("没有看成哪些申请等确认到账。")
        self.banner.show_failure(error)
