"""列支渠道: what each payer's part is charged to, added up while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.domain.funding_channels import differs
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.views.funding import PayerPart
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.fields import MoneyField
from desktop_app.ui.widgets.labels import label


class FundingDialog(ActDialog):
    """A field an account; beside each payer stands what is still to be told of its part."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, "填列支渠道", "保存", parent)
        self._set, self._id = case.services.drafting.set_funding, case.view.id
        self._parts: tuple[PayerPart, ...] = ()
        self.fields: dict[tuple[str, str], MoneyField] = {}
        self.sums: dict[str, QLabel] = {}
        self.add_note(case_sentence(case), "")
        self.body.addLayout(self.form)
        self.hint = self.add_note("正在读…")
        self.main_button.setEnabled(False)  # until the parts are there
        call = partial(case.services.drafting.funding, case.view.id)
        self.tasks.read(self, call, self._show, on_error=self.show_error)

    def calls(self) -> Sequence[Call]:
        for part in self._parts:
            text, tone = self._sum(part)
            if tone == "late":
                first = next(line.key for line in part.channels)
                raise UserError("funding", text, "请改到一分不差再保存。", _key(part.payer, first))
        charges = tuple(
            (payer, channel, fen)
            for (payer, channel), field in self.fields.items()
            if (fen := field.value(_key(payer, channel), field.accessibleName()))
        )
        return [partial(self._set, self._id, charges)]

    def _show(self, parts: tuple[PayerPart, ...]) -> None:
        self._parts = parts
        for part in parts:
            self.form.addRow(label(f"{part.label} {yuan(part.fen)} 元", "h2"))
            for line in part.channels:
                field = MoneyField(line.fen or None)
                field.setToolTip(line.note)
                field.setAccessibleDescription(line.note)
                field.textChanged.connect(partial(self._add_up, part))
                self.fields[part.payer, line.key] = field
                self.add_row(line.label, field, _key(part.payer, line.key))
                if line.note:
                    self.form.addRow("", label(line.note, "quiet", wrap=True))
            self.sums[part.payer] = label("", wrap=True)
            self.form.addRow(self.sums[part.payer])
            self._add_up(part)
        self.hint.setText(_hint(parts))
        self.main_button.setEnabled(bool(self.fields))
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.show()  # only what is shown takes the cursor
            first.setFocus()
        self.adjustSize()

    def _add_up(self, part: PayerPart, _typed: str = "") -> None:
        text, tone = self._sum(part)
        self.sums[part.payer].setText(text)
        theme.set_tone(self.sums[part.payer], tone)

    def _sum(self, part: PayerPart) -> tuple[str, str]:
        """What the accounts of a payer come to, in words, and its tone."""
        if not part.channels:
            return f"方案没有给{part.label}列出渠道,不用填。", "quiet"
        told = []
        for line in part.channels:
            field = self.fields[part.payer, line.key]
            try:
                told.append(field.value("", line.label) or 0)
            except UserError as error:
                return error.message, "late"
        if not any(told):
            return f"{part.label}的列支渠道未写明。", "warn"
        if sum(told) != part.fen:
            return differs(part.payer, part.fen, sum(told)), "late"
        return f"合计 {yuan(part.fen)} 元,一分不差。", "good"


def _key(payer: str, channel: str) -> str:
    return f"{payer}:{channel}"


def _hint(parts: tuple[PayerPart, ...]) -> str:
    if not parts:
        return "还没有算出金额:请先读入名单;费用待核对的,请负责人先确认。"
    return "不从某个渠道列支的,空着。填写后写入申请书,审核后不再改。"
