"""The paper file: stamped papers coming back, the dues receipt, the checklist that ends a case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from db.codes import Handling, PaperState
from desktop_app.errors import UserError
from desktop_app.services.drafts import ReissueDraft
from desktop_app.services.views.papers import FormLine
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.case import Case, case_sentence, told
from desktop_app.ui.dialogs.fields import DayField, FileField, MoneyField, TextField
from desktop_app.ui.pasted import saving
from desktop_app.ui.widgets.labels import label


class ReceiveStampedDialog(ActDialog):
    """Tick each paper that came back with its seal; a scan may be dropped beside it."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, "登记盖章件收回", "登记收回", parent)
        self._receive, self._id = case.services.archives.receive_stamped, case.view.id
        self.add_note(case_sentence(case), "")
        self.ticks: dict[str, QCheckBox] = {}
        self.scans: dict[str, FileField] = {}
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        for row, line in enumerate(waiting_for_seal(case)):
            tick = QCheckBox(line.label)
            tick.setAccessibleName(f"{line.label}已盖章收回")
            scan = FileField("扫描件(可不附),拖到这里,或")
            scan.setAccessibleName(f"{line.label}扫描件")
            scan.changed.connect(partial(tick.setChecked, True))
            if line.issued_id is None and case.view.handling == Handling.ON_BEHALF:
                tick.setText(f"{line.label}(还没有打印)")
                tick.setEnabled(False)
                scan.setEnabled(False)
            grid.addWidget(tick, row, 0)
            grid.addWidget(scan, row, 1)
            self.ticks[line.key], self.scans[line.key] = tick, scan
        if not self.ticks:
            self.add_note("没有等着收回的盖章件。")
            self.main_button.setEnabled(False)

    def calls(self) -> Sequence[Call]:
        chosen = [key for key, tick in self.ticks.items() if tick.isChecked()]
        if not chosen:
            raise UserError("papers-missing", "还没有勾选收回了哪几份。", "请勾选后再登记。")
        return [
            saving(self.scans[key].source, partial(self._receive, self._id, key)) for key in chosen
        ]


def waiting_for_seal(case: Case) -> tuple[FormLine, ...]:
    """Forms that come back stamped and have not; a unit on its own printed them elsewhere."""
    sealed = {line.key for line in case.view.papers}
    return tuple(form for form in case.view.forms if form.key in sealed and not form.stamped)


class ReceiptDialog(ActDialog):
    """社会团体会费统一票据: recorded as the union issued it, never printed here."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, f"登记{case.view.words.receipt}", "登记", parent)
        self._record, self._id = case.services.archives.record_receipt, case.view.id
        self.add_note(case_sentence(case), "")
        self.number = TextField(hint="票据上的号码")
        self.issued_on = DayField(case.today)
        self.amount = MoneyField(case.view.receipts.fen)
        self.file = FileField("把票据的PDF或图片拖到这里(可不附),或")
        self.add_row("票据号码", self.number, "number")
        self.add_row("开票日期", self.issued_on, "issued_on")
        self.add_row("金额(元)", self.amount, "amount_fen")
        self.add_row("票据文件", self.file, "file")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        number = self.number.needed("number", "票据号码")
        fen = self.amount.needed("amount_fen", "金额")
        record = partial(self._record, self._id, number, self.issued_on.value(), fen)
        return [saving(self.file.source, record)]


class ReissueDialog(ActDialog):
    """红冲重开: the receipt in red and the new one, as their issuer gave them.

    Where all the money went back there is only the one in red.
    """

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        self.alone = case.view.receipts.none_left
        what = "红冲" if self.alone else "红冲重开"
        super().__init__(case.tasks, f"{what}{case.view.words.receipt}", "登记", parent)
        self._reissue, self._id = case.services.receipts.reissue, case.view.id
        self.add_note(case_sentence(case), "")
        self.add_note("原来的票据和红票都留在台账里;票据不在这里打印。")
        self.red_no = TextField(hint="红字票据上的号码")
        self.number = TextField(hint="重开的票据上的号码;钱已全部退还的空着")
        self.issued_on = DayField(case.today)
        self.amount = MoneyField(case.view.receipts.fen)
        self.reason = TextField(hint="为什么红冲,例如:抬头写错")
        self.file = FileField("把新票据的PDF或图片拖到这里(可不附),或")
        self.add_row("红票号码", self.red_no, "red_no")
        if self.alone:
            self.add_note("钱已全部退还,红冲以后不再开新票据。")
            self.add_row("红票日期", self.issued_on, "issued_on")
        else:
            self.add_row("新票号码", self.number, "number")
            self.add_row("新票日期", self.issued_on, "issued_on")
            self.add_row("新票金额(元)", self.amount, "amount_fen")
        self.add_row("原因", self.reason, "reason")
        if not self.alone:
            self.add_row("新票文件", self.file, "file")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        draft = ReissueDraft(
            self.red_no.needed("red_no", "红票号码"),
            self.number.value() or "",
            self.issued_on.value(),
            self.amount.needed("amount_fen", "新票金额"),
            self.reason.needed("reason", "原因"),
        )
        return [saving(self.file.source, partial(self._reissue, self._id, draft))]


class FinishDialog(ActDialog):
    """The checklist of the file: every paper is ticked by hand before the case ends."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(case.tasks, "核对档案并办结", "办结", parent)
        self._finish, self._id = case.services.archives.finish, case.view.id
        self.add_note(case_sentence(case), "")
        self.add_note("逐份核对,在手里的勾上;全部勾上才能办结。")
        self.ticks: list[QCheckBox] = []
        for line in case.view.papers:
            if line.state == PaperState.MISSING:
                continue  # what has to be there is told by `missing`
            if line.by_statement:
                self.body.addWidget(
                    label(f"{line.label}　{line.note},没有纸质件,不用核对", "quiet")
                )
                continue
            tick = QCheckBox(f"{line.label}　{line.note or line.state_label}")
            tick.setAccessibleName(f"{line.label}已核对")
            self.ticks.append(tick)
            self.body.addWidget(tick)
        for missing in case.view.missing:
            self.body.addWidget(label(told(missing), tone="late", wrap=True))

    def calls(self) -> Sequence[Call]:
        left = [tick.accessibleName() for tick in self.ticks if not tick.isChecked()]
        if left:
            names = "、".join(name.removesuffix("已核对") for name in left)
            raise UserError("papers-unchecked", f"还没有核对:{names}。", "核对后逐份勾上。")
        return [partial(self._finish, self._id)]
