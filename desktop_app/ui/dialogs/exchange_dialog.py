"""上报往来 of one case: the upload folder, what came back of it, the number the system gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.services.views.submissions import ExchangeLine, ExchangeView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.exchange_lines import (
    LINE_COLUMNS,
    SENT,
    answer_text,
    sent_text,
    sums,
)
from desktop_app.ui.dialogs.exchange_sending import SendingPart, export_into
from desktop_app.ui.dialogs.fields import CountField, MoneyField, TextField, ask_file, ask_folder
from desktop_app.ui.dialogs.password_dialog import ask_password
from desktop_app.ui.folders import show_folder
from desktop_app.ui.pasted import copied, paths_in
from desktop_app.ui.table import RowsTable
from desktop_app.ui.widgets.drop_area import WORKBOOKS, FileDrops
from desktop_app.ui.widgets.steady_bars import steady_bars

ENTER = "enrolment.enter-number"
RECEIPT_END = ".json"  # 回执; a failure list is a workbook
ANSWERS = f"失败名单和回执 ({WORKBOOKS} *{RECEIPT_END});;所有文件 (*)"
WIDTH, HEIGHT = 760, 570
TABLE_HEIGHT, DETAIL_LEAST = 106, 56
FRAME = 60  # what the screen needs around it


class ExchangeDialog(ActDialog):
    """The blue button keeps the number: a first one at its step, a corrected one at any later."""

    strip_wanted = Signal(object)  # by which entrance: its id, or None

    def __init__(self, case: Case, parent: QWidget | None) -> None:
        view = case.view
        self._enters = view.next_act == ENTER
        title = "登记业务号" if self._enters else "更正业务号"
        super().__init__(case.tasks, f"上报往来 · {view.unit_name}", title, parent)
        self.setMinimumWidth(theme.px(WIDTH))
        self.cancel_button.setText("关闭(Esc)")
        self.cancel_button.setAccessibleName("关闭")
        self._services, self._id, self._system = case.services, view.id, view.words.system
        self._known, self._ticket = view.business_no or "", 0
        self._answers: tuple[Path, ...] = ()
        self.sending = SendingPart()
        self.table: RowsTable[ExchangeLine] = RowsTable(
            LINE_COLUMNS, name="上报和回复", empty="还没有上报过。"
        )
        self.detail = QPlainTextEdit()
        steady_bars(self.detail)
        self.number = TextField(self._known, f"{self._system}给出的业务号")
        self.reason = TextField(hint="为什么要改,例如:抄错一位")
        self.people = CountField(view.system_people, "没看就空着")
        self.fen = MoneyField(view.system_fen)
        self.fen.setPlaceholderText("没看就空着")
        self._shown = view.system_people, view.system_fen
        self._fill(sends=view.may_send)
        self._connect()
        self._offer_number()
        self._read(self._show)

    def _fill(self, *, sends: bool) -> None:
        self.detail.setReadOnly(True)
        self.detail.setAcceptDrops(False)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName("这一次的文件或结果")
        self.table.setFixedHeight(theme.px(TABLE_HEIGHT))
        self.detail.setMinimumHeight(theme.px(DETAIL_LEAST))  # a refusal on top takes of its room
        self.detail.setPlaceholderText("导出以后,这里列出各项目的名单、人数和金额")
        if self._enters:
            self.add_note(
                f"先导出上报文件夹,在{self._system}里导入;不能导入的,用“对照录入”逐项复制。"
                "提交以后把业务号填在下面。",
                "",
            )
        for part in (self.sending, self.table, self.detail):
            self.body.addWidget(part)
            part.setVisible(sends)
        if self._enters or self._known:
            self.add_row("业务号", self.number, "business_no")
            self.add_row("更正原因", self.reason, "reason")
            self.add_row(f"{self._system}人数", self.people, "system_people")
            self.add_row(f"{self._system}金额", self.fen, "system_fen")
        self.body.addLayout(self.form)
        if sends:  # the usual size of a dialog is two thirds of the screen at most
            room = self.screen().availableGeometry().height() - FRAME
            self.resize(theme.px(WIDTH), min(theme.px(HEIGHT), room))
        first = self.number if self._enters or not sends else self.table
        first.setFocus()

    def _connect(self) -> None:
        sending = self.sending
        sending.export_button.clicked.connect(self.export)
        sending.change_button.clicked.connect(self.change_folder)
        sending.strip_button.clicked.connect(self.start_strip)
        sending.answer_button.clicked.connect(self._choose_answer)
        sending.open_button.clicked.connect(lambda: self.open_folder(self.table.current_row()))
        self.table.chosen.connect(self._show_line)
        self.table.opened.connect(self.open_folder)
        for field in (self.number, self.people, self.fen):
            field.textChanged.connect(self._offer_number)
        if not sending.isHidden():
            FileDrops(self, paths_in).files_dropped.connect(self.read_answers)
            QShortcut(QKeySequence("F8"), self, self.start_strip)

    def calls(self) -> Sequence[Call]:
        number = self.number.needed("business_no", "业务号")
        numbers, seen = self._services.business_numbers, self._seen()
        if self._enters:
            return [partial(numbers.enter, self._id, number, *seen)]
        calls: list[Call] = []
        if number != self._known:
            why = self.reason.needed("reason", "更正原因")
            calls.append(partial(numbers.correct, self._id, number, why))
        if seen != self._shown:
            calls.append(partial(numbers.record_system, self._id, *seen))
        return calls

    def _seen(self) -> tuple[int | None, int | None]:
        people = self.people.value("system_people", f"{self._system}人数")
        return people, self.fen.value("system_fen", f"{self._system}金额")

    def export(self) -> None:
        """At once into the remembered folder; the first time it is asked for."""
        folder = self.sending.folder or ask_folder(self, "上报文件夹放在哪里")
        if folder is not None:
            self.export_to(folder)

    def change_folder(self) -> None:
        """Another place from now on, for what is exported next."""
        folder = ask_folder(self, "上报文件夹放在哪里")
        if folder is not None:
            self.sending.use_folder(folder)

    def export_to(self, folder: Path) -> None:
        export, entrance = self._services.submissions.export, self.sending.chosen
        call = partial(export_into, export, self._id, folder, entrance)
        self.act(lambda: [call], partial(self._on_exported, folder))

    def start_strip(self) -> None:
        """The strip is of its own; this dialog would stand in the desk's way."""
        if not self.busy:
            self.strip_wanted.emit(self.sending.chosen)
            self.reject()

    def read_answers(self, paths: tuple[Path, ...]) -> None:
        """失败名单 and 回执, one after another up to the first that is refused."""
        answers = self._services.submission_answers
        calls = [
            partial(
                answers.acknowledge if one.suffix.lower() == RECEIPT_END else answers.read_failures,
                self._id,
                one,
            )
            for one in paths
        ]
        self._answers = paths
        self.act(lambda: calls, self._on_answered)

    def show_error(self, error: BaseException) -> None:
        again = partial(self.read_answers, self._answers)
        ask_password(self, self._services, self.tasks, self._answers, error, again)
        super().show_error(error)

    def open_folder(self, line: ExchangeLine | None) -> None:
        if line is not None and line.folder:
            folder = Path(line.folder)
            show_folder(self.tasks, self, folder, partial(self._on_opened, folder))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A file copied in the file manager is an answer."""
        pasted = event.matches(QKeySequence.StandardKey.Paste) and not self.sending.isHidden()
        if pasted and (found := paths_in(copied())):
            self.read_answers(found)
        else:
            super().keyPressEvent(event)

    def _choose_answer(self) -> None:
        path = ask_file(self, f"{self._system}的失败名单或回执", ANSWERS)
        if path is not None:
            self.read_answers((path,))

    def _offer_number(self) -> None:
        """Correcting is offered once another number, or what the system shows, stands there."""
        changed = bool(self._known) and self.number.text().strip() != self._known
        looked = self._known and (self.people.text().strip() or self.fen.text().strip())
        self.main_button.setVisible(self._enters or changed or bool(looked))
        if not self._enters:
            self.main_button.setText("更正业务号" if changed else f"登记{self._system}的数")
        if self._enters or self._known:
            self.form.setRowVisible(self.reason, changed and not self._enters)

    def _read(self, then: Callable[[ExchangeView], None]) -> None:
        call = partial(self._services.exchanges.view, self._id)
        self.tasks.read(self, call, then, on_error=self.show_error)

    def _show(self, view: ExchangeView) -> None:
        self.sending.offer(view.profiles)
        self.table.set_rows(view.lines)

    def _turn_to(self, view: ExchangeView, sent: bool, id_: int) -> ExchangeLine | None:
        """Show everything, and of it the line that was just added."""
        self._show(view)
        for at, line in enumerate(view.lines):
            if line.id == id_ and (line.kind == SENT) is sent:
                self.table.selectRow(at)
                return line
        return None

    def _on_exported(self, folder: Path, submission_id: int) -> None:
        self.sending.use_folder(folder)
        self._read(partial(self._show_exported, submission_id))

    def _show_exported(self, submission_id: int, view: ExchangeView) -> None:
        line = self._turn_to(view, True, submission_id)
        if line is not None:
            self.banner.show_good(f"已导出 {line.name}:{sums(line)}。")
            self.open_folder(line)
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, folder: Path, opened: bool) -> None:
        if not opened:
            self.banner.show_warning(
                f"{self.banner.text}文件夹没有打开。", f"请在文件管理器里打开:{folder}"
            )

    def _on_answered(self, answer_id: int) -> None:
        self._read(partial(self._show_answered, answer_id))

    def _show_answered(self, answer_id: int, view: ExchangeView) -> None:
        line = self._turn_to(view, False, answer_id)
        if line is None:
            return
        said = f"已读入《{line.name}》:{line.detail}。"
        if line.unknown:
            self.banner.show_warning(said, "对不上的人不在这次上报里,请核对是谁,再处理退回的人。")
        else:
            self.banner.show_good(said, "退回的人在名单的“退回”里逐人处理。")

    def _show_line(self, line: ExchangeLine | None) -> None:
        self.tasks.drop(self._ticket)
        self.sending.open_button.setEnabled(line is not None and bool(line.folder))
        self.detail.setPlainText(sent_text(line) if line is not None and line.folder else "")
        if line is not None and line.kind != SENT:
            call = partial(self._services.submission_answers.get, line.id)
            self._ticket = self.tasks.read(
                self,
                call,
                lambda result: self.detail.setPlainText(answer_text(result, self._system)),
                on_error=self.show_error,
            )
