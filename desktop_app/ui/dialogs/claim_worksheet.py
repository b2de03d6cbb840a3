"""核算: the facts a plan asks for, and the worksheet that the rules make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.benefits.benefit_needs import FactField
from desktop_app.domain.benefits.worksheet_words import facts_text, input_text, output_text
from desktop_app.domain.money import yuan
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.services.views.claims import ClaimView
from desktop_app.services.views.worksheets import WorksheetView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import ChoiceField, CountField, MoneyField
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

Field = MoneyField | CountField | ChoiceField
LEDGER_KNOWS = "保障起止、份数、第几次住院和本期此前已付的,由台账自动带入。"
NOTHING_ASKED = "这个项目的待遇标准待核对,没有要填的数;核算后会列出待核对的条款。"

STEP_COLUMNS: tuple[Column[RuleStep], ...] = (
    Column("说明", lambda s: s.text, width=400, wide=True),
    Column("依据", lambda s: s.clause, width=230),
    Column("所据数值", input_text, width=200),
    Column("结果", output_text, width=110, right=True),
)


class FactsDialog(ActDialog):
    """Amounts in yuan, days, and choices; what is needed is marked."""

    def __init__(
        self, services: Services, tasks: TaskRunner, claim: ClaimView, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, f"核算 · {claim.person}", "核算", parent)
        self._figure, self._claim = services.claims.figure, claim
        self.inputs: dict[str, Field] = {}
        self.add_note(f"{claim.number} · {claim.plan} · 事发 {claim.event_on:%Y-%m-%d}", "")
        for one in claim.fields:
            self.inputs[one.name] = made = _field(one, claim.facts)
            self.add_row(_title(one), made, one.name)
        self.body.addLayout(self.form)
        marked = "带 * 的必须填写。" if any(one.needed for one in claim.fields) else ""
        self.add_note(f"{marked}{LEDGER_KNOWS}" if claim.fields else NOTHING_ASKED)

    def calls(self) -> Sequence[Call]:
        kept = {key: value for key, value in self._claim.facts.items() if key not in self.inputs}
        typed = {one.name: self._typed(one) for one in self._claim.fields}
        said = {key: value for key, value in typed.items() if value is not None}
        return [partial(self._figure, self._claim.id, kept | said)]

    def _typed(self, one: FactField) -> int | str | None:
        made = self.inputs[one.name]
        if isinstance(made, ChoiceField):
            return made.value() or None
        if one.needed:
            return made.needed(one.name, one.label)
        return made.value(one.name, one.label)


def _title(one: FactField) -> str:
    unit = {"money": "(元)", "days": "(天)"}.get(one.kind, "")
    return f"{one.label}{unit}{' *' if one.needed else ''}"


def _field(one: FactField, facts: Mapping[str, Any]) -> Field:
    known = facts.get(one.name)
    if one.kind == "money":
        return MoneyField(known)
    if one.kind == "days":
        return CountField(known, "天", "天")
    blank = () if one.needed else (("", "未填"),)
    by_label = {text: key for key, text in one.choices}
    return ChoiceField((*blank, *one.choices), by_label.get(str(known), known))


def summary(sheet: WorksheetView) -> tuple[str, str]:
    """(sentence, tone) of what a worksheet came to."""
    if sheet.fen is None:
        return "待遇标准待核对,算不出金额", "late"
    amount = f"{yuan(sheet.fen)} 元"
    if sheet.open_labels:
        return f"估算 {amount} · 待核对", "late"
    if sheet.stale:
        return f"估算 {amount} · 条款已确认,请重新核算", "warn"
    return (f"估算 {amount}", "warn") if sheet.estimate else (f"核算 {amount}", "good")


class WorksheetDialog(QDialog):
    """Rule by rule; an estimate says plainly what it waits for. Ctrl+P issues the form."""

    print_wanted = Signal()

    def __init__(self, claim: ClaimView, sheet: WorksheetView, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"核算单 · {claim.person} · {claim.plan}")
        self.setModal(True)
        self.resize(theme.px(1000), theme.px(600))
        text, tone = summary(sheet)
        self.heading = label(text, "h2", tone=tone, wrap=True)
        waits = "、".join(sheet.open_labels)
        self.waits = label(f"待核对:{waits}。确认前不作为给付依据。", tone="late", wrap=True)
        self.waits.setVisible(bool(waits))
        self.facts = label(
            f"方案第{sheet.version_no}版 · {facts_text(sheet.facts)}", "quiet", wrap=True
        )
        self.steps: RowsTable[RuleStep] = RowsTable(
            STEP_COLUMNS, name="核算步骤", empty="", sortable=False
        )
        self.whole = label("", wrap=True)
        self.steps.chosen.connect(self._show_whole)
        self.steps.set_rows(sheet.steps)
        self.copy_button = button("复制全部", self.steps.copy_all)
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")
        self.print_button = main_button("打印核算单(&P)…", self.print_)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(10))
        for part in (self.heading, self.waits, self.facts):
            layout.addWidget(part)
        layout.addWidget(self.steps, 1)
        layout.addWidget(self.whole)
        layout.addLayout(foot)

    def _show_whole(self, step: RuleStep | None) -> None:
        """The chosen step without anything cut off."""
        parts = (step.text, f"依据:{step.clause}", input_text(step)) if step else ()
        self.whole.setText("\n".join(part for part in parts if part))

    def print_(self) -> None:
        self.reject()
        self.print_wanted.emit()
