"""One claim beside the list: its cover, its papers, what is missing, the next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from db.codes import PaperState
from desktop_app.domain.labels import label as code_label
from desktop_app.services.views.claims import ClaimView
from desktop_app.services.views.papers import PaperLine
from desktop_app.services.views.worksheets import WorksheetView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.case import told
from desktop_app.ui.dialogs.claim_worksheet import summary
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import FileDrops
from desktop_app.ui.widgets.labels import button, label, main_button, money_text

PAPER_TONES: dict[str, str] = {
    PaperState.MISSING: "warn",
    PaperState.KEPT: "good",
    PaperState.SEEN: "good",
}
PAPER_COLUMNS: tuple[Column[PaperLine], ...] = (
    Column("资料", lambda p: p.label, None, 220),
    Column("状态", lambda p: p.state_label, None, 110, lambda p: PAPER_TONES.get(p.state, "")),
    Column("说明", lambda p: p.note, None, 80, lambda _p: "quiet"),
)
DIGITS = {"1": PaperState.KEPT, "2": PaperState.SEEN, "3": PaperState.MISSING}
HINT = "逐行按数字:" + "　".join(f"{digit} {code_label(state)}" for digit, state in DIGITS.items())


class PapersTable(RowsTable[PaperLine]):
    """The checklist: 1, 2 or 3 sets the row's state and goes to the next row; Space turns it."""

    state_chosen = Signal(object, str)  # PaperLine, state

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current_row()
        state = DIGITS.get(event.text())
        if line is not None and event.text() == " ":
            states = list(DIGITS.values())
            at = states.index(PaperState(line.state)) if line.state in states else -1
            state = states[(at + 1) % len(states)]
        if line is not None and state is not None:
            self.state_chosen.emit(line, state.value)
            if event.text() in DIGITS:
                self.selectRow(min(self.currentIndex().row() + 1, self.proxy.rowCount() - 1))
        else:
            super().keyPressEvent(event)


class ClaimCard(Card):
    state_chosen = Signal(object, str)  # PaperLine, state
    scan_dropped = Signal(object)  # Path
    scan_pressed = Signal()
    look_pressed = Signal()
    amount_pressed = Signal()
    facts_pressed = Signal()
    sheet_pressed = Signal()
    back_pressed = Signal()
    refuse_pressed = Signal()
    number_pressed = Signal()
    receipt_pressed = Signal()
    further_pressed = Signal()
    void_pressed = Signal()
    next_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("申领")
        self.facts = label("", wrap=True)
        self.notice = label("申领金额达到规定数额,资料须交纸质件。", tone="warn", wrap=True)
        self.owed = label("", tone="warn", wrap=True)
        self.hint = label(HINT, "quiet", wrap=True)
        self.papers = PapersTable(PAPER_COLUMNS, name="申领资料", empty="", sortable=False)
        self.lacks = label("", tone="warn", wrap=True)
        self.attach_button = button("附扫描件(&A)…", self.scan_pressed.emit, name="附扫描件")
        self.look_button = button("看扫描件", self.look_pressed.emit, kind="link")
        self.amount_button = button("申领金额(&M)…", self.amount_pressed.emit, name="申领金额")
        self.facts_button = button("核算(&F)…", self.facts_pressed.emit, name="核算")
        self.sheet_button = button("核算单(&W)…", self.sheet_pressed.emit, name="核算单")
        self.back_button = button("退回(&B)…", self.back_pressed.emit, name="退回")
        self.refuse_button = button("不予办理(&J)…", self.refuse_pressed.emit, name="不予办理")
        self.receipt_button = button("收件回执(&H)…", self.receipt_pressed.emit, name="收件回执")
        self.further_button = button("其他文书(&X)…", self.further_pressed.emit, name="其他文书")
        self.number_button = button("业务号(&U)…", self.number_pressed.emit, name="业务号")
        self.void_button = button("作废(&Z)…", self.void_pressed.emit, name="作废")
        self.next_button = main_button("下一步", self.next_pressed.emit)
        self.sheet = label("", wrap=True)
        self._lay_out()
        self.papers.state_chosen.connect(self.state_chosen)
        drops = FileDrops(self.papers)
        drops.files_dropped.connect(lambda paths: self.scan_dropped.emit(paths[0]))
        self.show_none()

    def _lay_out(self) -> None:
        figured = QHBoxLayout()
        figured.addWidget(self.sheet, 1)
        figured.addWidget(self.facts_button)
        figured.addWidget(self.sheet_button)
        self.add(self.facts)
        self.add(figured)
        told = QHBoxLayout()
        told.addWidget(self.hint, 1)
        told.addWidget(self.look_button)
        self.add(self.owed)
        self.add(self.notice)
        self.add(told)
        self.add(self.papers, 1)
        self.add(self.lacks)
        self.add(_row(self.attach_button, self.amount_button, self.receipt_button))
        self.add(_row(self.number_button, self.back_button, self.refuse_button))
        self.add(_row(self.void_button, self.further_button, last=self.next_button))

    def show_none(self) -> None:
        self.set_title("申领")
        self.set_right("")
        self.facts.setText("选一笔申领,这里显示资料和下一步。")
        self._show_sheet(None)
        for made in (self.back_button, self.refuse_button, self.number_button, self.void_button):
            made.hide()
        self.owed.hide()
        self.notice.hide()
        self.hint.hide()
        self.look_button.hide()
        self.lacks.hide()
        self.papers.set_rows(())
        self._enable(open_=False)
        self.next_button.setText("下一步")

    def show_claim(self, claim: ClaimView) -> None:
        self.set_title(f"{claim.person} · {claim.plan}")
        self.set_right(claim.step_label)
        self.facts.setText(facts_text(claim))
        self.owed.setText(f"{claim.owed}。")
        self.owed.setVisible(bool(claim.owed))
        self.notice.setVisible(claim.on_paper)
        self.hint.show()
        self.look_button.show()
        self.papers.set_rows(claim.papers)
        self.lacks.setText("\n".join(told(one) for one in claim.missing))
        self.lacks.setVisible(bool(claim.missing))
        self._show_sheet(claim.worksheet)
        self._enable(open_=bool(claim.next_act))
        self.receipt_button.setEnabled(not claim.voided)
        self.further_button.setEnabled(not claim.voided)
        self.facts_button.setEnabled(bool(claim.next_act) and claim.may_figure)
        self.back_button.setVisible(bool(claim.returns_to))
        self.back_button.setToolTip(f"退回到“{claim.returns_to}”")
        self.refuse_button.setVisible(claim.may_refuse)
        self.number_button.setVisible(claim.may_number)
        self.void_button.setVisible(claim.may_void)
        done = "已作废" if claim.voided else "已办结"
        self.next_button.setText(f"下一步:{claim.next_label}" if claim.next_act else done)
        self.next_button.setAccessibleName(self.next_button.text())
        self.next_button.setEnabled(bool(claim.next_act) and not claim.missing)
        self.next_button.setToolTip("Ctrl+Enter")

    def _show_sheet(self, sheet: WorksheetView | None) -> None:
        text, tone = summary(sheet) if sheet else ("还没有核算", "quiet")
        self.sheet.setText(text)
        theme.set_tone(self.sheet, tone)
        self.sheet_button.setEnabled(sheet is not None)

    def _enable(self, *, open_: bool) -> None:
        for made in (
            self.attach_button,
            self.amount_button,
            self.facts_button,
            self.receipt_button,
            self.further_button,
            self.next_button,
        ):
            made.setEnabled(open_)


def _row(*parts: QPushButton, last: QPushButton | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    if last is not None:
        row.addWidget(last)
    return row


def facts_text(claim: ClaimView) -> str:
    asked = "未填" if claim.claimed_fen is None else f"{money_text(claim.claimed_fen)} 元"
    lines = [
        f"{claim.number} · {claim.identity} · {claim.unit or '不在名册里的人'}",
        f"事发 {claim.event_on:%Y-%m-%d} · {claim.cover}",
        f"{'医院已减免' if claim.pays == 'hospital-bill' else '申领'} {asked}",
    ]
    if claim.business_no:
        lines[0] += f" · 业务号 {claim.business_no}"
    if claim.voided:
        lines.append(f"已作废:{claim.voided}")
    if claim.refusal:
        lines.append(f"不予办理({claim.decided_on:%Y-%m-%d}):{claim.refusal}")
    elif claim.decided_fen is not None and claim.decided_on is not None:
        who = "省办核定" if claim.decides == "province" else "核定"
        lines[-1] += f" · {who} {money_text(claim.decided_fen)} 元({claim.decided_on:%Y-%m-%d})"
    if claim.paid_on is not None:
        paid = "到账" if claim.pays == "province" else "支付"
        lines.append(f"{paid} {claim.paid_on:%Y-%m-%d}")
    return "\n".join(lines)
