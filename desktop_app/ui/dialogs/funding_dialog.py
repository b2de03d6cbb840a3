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
from desktop_app.ui.dialogs.fields import MoneyField, TextField
from desktop_app.ui.dialogs.mending_dialogs import WHY_HINT
from desktop_app.ui.widgets.labels import label


class FundingDialog(ActDialog):
    """A field an account; beside each payer stands what is still to be told of its part."""

    TITLE, BUTTON = "填列支渠道", "保存"
    HINT = "不从某个渠道列支的,空着。填写后写入申请书;提交后要改,用“更正列支渠道”写明原因。"

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, self.TITLE, self.BUTTON, parent)
        self._services, self._id = case.services, case.view.id
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
        return [partial(self._services.drafting.set_funding, self._id, self.charges())]

    def charges(self) -> tuple[tuple[str, str, int], ...]:
        """What is typed: payer, account, fen; none where it does not add up."""
        for part in self._parts:
            text, tone = self._sum(part)
            if tone == "late":
                first = next(line.key for line in part.channels)
                raise UserError("funding", text, "请改到一分不差再保存。", _key(part.payer, first))
        return tuple(
            (payer, channel, fen)
            for (payer, channel), field in self.fields.items()
            if (fen := field.value(_key(payer, channel), field.accessibleName()))
        )

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
        self.hint.setText(self.HINT if parts else _NO_PARTS)
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


class CorrectFundingDialog(FundingDialog):
    """更正列支渠道: after the review, the payment, the end; what each payer bears stays."""

    TITLE, BUTTON = "更正列支渠道", "更正"
    HINT = (
        "各方应出的金额不变,只改从哪里列支;历史里留有原来的渠道。"
        "已打印的申请书上写着原来的渠道的,随之作废,须重新打印、盖章;已归档的不换,写在历史里。"
    )

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        self.reason = TextField(hint=WHY_HINT)
        super().__init__(case, parent)

    def calls(self) -> Sequence[Call]:
        charges = self.charges()
        told = {payer for payer, _channel, _fen in charges}
        for part in self._parts:
            before = next((line for line in part.channels if line.fen), None)
            if before is not None and part.payer not in told:
                raise UserError(
                    "funding",
                    f"{part.label}的列支渠道没有写明。",
                    "请写明改从哪个渠道列支。",
                    _key(part.payer, before.key),
                )
        why = self.reason.needed("reason", "原因")
        return [partial(self._services.mending.correct_funding, self._id, charges, why)]

    def _show(self, parts: tuple[PayerPart, ...]) -> None:
        super()._show(parts)
        self.add_row("原因", self.reason, "reason")


def _key(payer: str, channel: str) -> str:
    return f"{payer}:{channel}"


_NO_PARTS = "还没有算出金额:请先读入名单;费用待核对的,请负责人先确认。"
