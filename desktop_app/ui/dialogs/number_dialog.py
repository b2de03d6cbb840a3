"""Into the province's system: the upload folder, its failure list, the number it gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.money import yuan
from desktop_app.services.views.submissions import AnswerResult, ExportedFolder
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.fields import TextField, ask_file, ask_folder
from desktop_app.ui.widgets.drop_area import ROSTERS
from desktop_app.ui.widgets.labels import button, label


class EnterNumberDialog(ActDialog):
    def __init__(self, case: Case, parent: QWidget | None) -> None:
        self._system = case.view.words.system
        super().__init__(case.tasks, f"录入{self._system}", "登记业务号", parent)
        self.setMinimumWidth(620)
        self._services, self._id = case.services, case.view.id
        self.add_note(
            f"先导出上报文件夹,在{self._system}里逐项导入;导入完成后把业务号填在这里。", ""
        )
        buttons = QHBoxLayout()
        self.export_button = button(
            "导出上报文件夹(&E)…", self._choose_folder, name="导出上报文件夹"
        )
        self.failures_button = button(
            "读入失败名单(&F)…", self._choose_failures, name="读入失败名单"
        )
        buttons.addWidget(self.export_button)
        buttons.addWidget(self.failures_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.exported = label(wrap=True)
        if case.view.folder:
            self.exported.setText(f"上次导出:{case.view.folder}")
        self.answer = label(wrap=True)
        for told in (self.exported, self.answer):
            told.setVisible(bool(told.text()))
            self.body.addWidget(told)
        self.number = TextField(case.view.business_no, f"{self._system}给出的业务号")
        self.add_row("业务号", self.number, "business_no")
        self.body.addLayout(self.form)
        self.number.setFocus()

    def calls(self) -> Sequence[Call]:
        number = self.number.needed("business_no", "业务号")
        return [partial(self._services.business_numbers.enter, self._id, number)]

    def _choose_folder(self) -> None:
        folder = ask_folder(self, "上报文件夹放在哪里")
        if folder is not None:
            self.export_to(folder)

    def export_to(self, folder: Path) -> None:
        call = partial(self._services.submissions.export, self._id, folder)
        self.act(lambda: [call], self._on_exported)

    def _on_exported(self, submission_id: int) -> None:
        call = partial(self._services.submissions.exported, submission_id)
        self.tasks.read(self, call, self._show_exported, on_error=self.show_error)

    def _show_exported(self, made: ExportedFolder) -> None:
        due = "" if made.due_fen is None else f",{yuan(made.due_fen)} 元"
        files = "\n".join(f"　{name}" for name in made.files)
        self.exported.setText(
            f"已导出 {made.number}:{made.people} 人{due},共 {len(made.files)} 个文件\n"
            f"{made.folder}\n{files}"
        )
        self.exported.show()

    def _choose_failures(self) -> None:
        path = ask_file(self, f"{self._system}的失败名单", ROSTERS)
        if path is not None:
            self.read_failures(path)

    def read_failures(self, path: Path) -> None:
        call = partial(self._services.submission_answers.read_failures, self._id, path)
        self.act(lambda: [call], self._on_failures)

    def _on_failures(self, answer_id: int) -> None:
        call = partial(self._services.submission_answers.get, answer_id)
        self.tasks.read(self, call, self._show_answer, on_error=self.show_error)

    def _show_answer(self, result: AnswerResult) -> None:
        self.answer.setText(answer_text(result, self._system))
        self.answer.show()


def answer_text(result: AnswerResult, system: str) -> str:
    lines = [f"{system}收下 {result.accepted} 人,退回 {result.failed} 人"]
    if result.unknown:
        lines[0] += f",另有 {result.unknown} 行对不上本单位名单"
    lines += [f"　{name}:{reason}" for name, reason in result.lines[:8]]
    if len(result.lines) > 8:
        lines.append(f"　…共 {len(result.lines)} 行,全部在历史里")
    return "\n".join(lines)
