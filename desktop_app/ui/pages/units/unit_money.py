"""The unit page's money: what is due by plan, what came in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton

from db.codes import CaseState, Handling, PaymentState
from desktop_app.domain.money import yuan
from desktop_app.services.views.enrolments import EnrolmentView, PaymentLine, RefundLine
from desktop_app.services.views.receipts import ReceiptLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.payment_dialogs import COUNTED
from desktop_app.ui.pages.units.unit_lines import LinesCard, Mark
from desktop_app.ui.widgets.labels import button, label, whole_amount

RECEIPT = "dues-receipt"
EARLY = ("enrolment.submit", "enrolment.approve")  # nothing is due before the review


class MoneyCard(LinesCard):
    """缴费: what is due by plan, what came in."""

    act_pressed = Signal(str)
    look_pressed = Signal(str)  # paper key
    return_pressed = Signal(object)  # PaymentLine
    part_pressed = Signal(object)  # PaymentLine: what of it pays for this case goes out
    steps_pressed = Signal()  # 计算过程
    plans_pressed = Signal()  # 改项目和份数
    funding_pressed = Signal()  # 列支渠道
    cancel_refund_pressed = Signal()  # 撤回退费

    def __init__(self) -> None:
        super().__init__("缴费")
        self.steps_button = button("计算过程…", self.steps_pressed.emit, kind="link")
        self.head.insertWidget(1, self.steps_button)

    def show_case(self, view: EnrolmentView) -> None:
        grid = self.begin()
        if from_books(view):
            self._show_books(grid, view)
            return
        self.set_right(due_words(view))
        theme.set_tone(self.right, "warn" if view.quote and view.quote.estimate else "")
        self.steps_button.setVisible(view.quote is not None)
        self._plans(grid, view)
        self._parts(grid, view)
        self._funding(grid, view)
        for payment in view.payments:
            self._payment(grid, payment)
        self._refunds(grid, view)
        self._receipts(grid, view)
        if is_free(view):
            self.line(grid, True, ("不用缴款", "由工会承担"), None)
        elif view.short:
            gap = whole_amount((view.due_fen or 0) - view.paid_fen)
            self._to_pay(grid, view, (f"还差 {gap}", "退费后不够应缴" if view.refunds else ""))
        elif not any(line.state in COUNTED for line in view.payments):
            self._to_pay(grid, view, ("还没有缴费", "审核后登记"))

    def _to_pay(self, grid: QGridLayout, view: EnrolmentView, texts: tuple[str, str]) -> None:
        """What has still to come in, with the way to record it, or else why there is none."""
        if not may_pay(view):
            self.line(grid, False, texts, None)
            return
        record = button("登记缴费…", lambda: self.act_pressed.emit("payment.record"), kind="link")
        self.buttons["payment.record"] = record
        self.line(grid, False, (texts[0], ""), None)
        end = Qt.AlignmentFlag.AlignRight
        grid.addWidget(record, grid.rowCount() - 1, 2, 1, 2, end)  # beside notes wider than it

    def _show_books(self, grid: QGridLayout, view: EnrolmentView) -> None:
        """Last year's amount as the books had it; nothing of it is asked for here."""
        fen = view.due_fen
        self.set_right("台账没有写金额" if fen is None else f"台账金额 {yuan(fen)} 元")
        theme.set_tone(self.right, "")
        self.steps_button.hide()
        for plan in view.plans:
            texts = (plan.label, f"{plan.people} 人 × {plan.shares} 份")
            self.line(grid, True, texts, None)
        self.line(grid, True, ("由上年台账导入", "不再登记缴费"), None)

    def _plans(self, grid: QGridLayout, view: EnrolmentView) -> None:
        """What each plan costs; with the way to others, as long as the case is a draft."""
        for plan in view.plans:
            fee = "待核对" if plan.fee_fen is None else f"{yuan(plan.fee_fen)}×{plan.shares}"
            own = view.handling == Handling.BY_UNIT  # whose amount is not worked out here
            note, row = f"{plan.shares} 份" if own else f"{plan.people} 人 × {fee}", grid.rowCount()
            changes = is_draft(view) and "plans" not in self.buttons
            grid.addWidget(label(plan.label, "quiet", wrap=True), row, 1)
            grid.addWidget(label(note, "quiet"), row, 2, 1, 1 if changes else 2)
            if changes:
                made = self._link("改项目…", self.plans_pressed, "改项目和份数", "Ctrl+M")
                self.buttons["plans"] = made
                grid.addWidget(made, row, 3)

    def _funding(self, grid: QGridLayout, view: EnrolmentView) -> None:
        """What the money is charged to; the way to say so, where the office keeps the roster."""
        told = view.charged
        if is_draft(view) and view.handling == Handling.ON_BEHALF and not is_free(view):
            text = "改…" if told else "填写…"
            change = self._link(text, self.funding_pressed, "填列支渠道", "Ctrl+L")
            self.buttons["funding"] = change
            note = f"{len(told)} 个渠道" if told else "未写明"
            self.line(grid, bool(told), ("列支渠道", note), change)
        elif told:
            self.line(grid, True, ("列支渠道", f"{len(told)} 个渠道"), None)
        for one in told:
            grid.addWidget(label(one.label, "quiet"), grid.rowCount(), 1)
            grid.addWidget(label(f"{yuan(one.fen)} 元", "quiet"), grid.rowCount() - 1, 2, 1, 2)

    def _link(self, text: str, pressed: SignalInstance, name: str, keys: str) -> QPushButton:
        made = button(text, pressed.emit, kind="link", name=name)
        made.setToolTip(f"{name}  {keys}")
        return made

    def _parts(self, grid: QGridLayout, view: EnrolmentView) -> None:
        """Who bears what, where more than one does."""
        for part in view.quote.parts if view.quote and len(view.quote.parts) > 1 else ():
            note = f"{yuan(part.fen)} 元{'' if part.demanded else ' · 不由单位缴'}"
            grid.addWidget(label(part.label, "quiet"), grid.rowCount(), 1)
            grid.addWidget(label(note, "quiet"), grid.rowCount() - 1, 2, 1, 2)

    def _refunds(self, grid: QGridLayout, view: EnrolmentView) -> None:
        """What came in too much, what of it was asked back, what is back."""
        if view.overpaid_fen:
            ask = button("退费…", lambda: self.act_pressed.emit("refund.ask"), kind="link")
            self.buttons["refund.ask"] = ask
            self.line(grid, False, (f"多缴 {whole_amount(view.overpaid_fen)}", "还没有退费"), ask)
        for line in view.refunds:
            texts = (f"退费 {whole_amount(line.fen)}", refund_note(line))
            act = None
            if line.arrived_on is None and "refund.arrive" not in self.buttons:
                act = button("到账…", lambda: self.act_pressed.emit("refund.arrive"), kind="link")
                act.setAccessibleName("登记退费到账")
                self.buttons["refund.arrive"] = act
            name, _note = self.line(grid, line.arrived_on is not None, texts, act)
            name.setToolTip(f"退给{line.payer_name}:{line.reason}")
            name.setAccessibleDescription(name.toolTip())
            if act is not None:
                cancel = button("撤回…", self.cancel_refund_pressed.emit, kind="link")
                cancel.setAccessibleName("撤回退费申请")
                self.buttons["refund.cancel"] = cancel
                grid.addWidget(cancel, grid.rowCount(), 3)

    def _receipts(self, grid: QGridLayout, view: EnrolmentView) -> None:
        """The receipts given for the money, by number; the one wanted, the one to be flushed."""
        found, word = view.receipts, view.words.receipt
        for line in found.lines:
            self._receipt(grid, line, view)
        if found.may_record:
            made = button("登记…", lambda: self.act_pressed.emit("archive.receipt"), kind="link")
            made.setAccessibleName(f"{word}:登记")
            self.buttons["archive.receipt"] = made
            self.line(grid, False, (word, "还没有登记"), made)

    def _receipt(self, grid: QGridLayout, line: ReceiptLine, view: EnrolmentView) -> None:
        """Over all columns; one that counts no longer has no mark: nothing is lacking."""
        head = f"{view.words.receipt} {line.number}"
        told = f"{line.issued_on:%m-%d} 开 · {line.standing}".removesuffix(" · ")
        tone = "" if line.counts else "quiet"
        text = label(f"{head} · {whole_amount(line.fen)}\n{told}", tone, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row, at = QHBoxLayout(), grid.rowCount()
        row.addWidget(text, 1)
        if line.has_file:
            look = button("看附件", partial(self.look_pressed.emit, RECEIPT), kind="link")
            look.setAccessibleName(f"{head}:看附件")
            self.buttons[f"look:{line.number}"] = look
            row.addWidget(look)
        if line.counts:
            grid.addWidget(Mark(True), at, 0, Qt.AlignmentFlag.AlignTop)
        if line.counts and view.receipts.may_reissue:
            row.addWidget(self._reissue(head, none_left=view.receipts.none_left))
        grid.addLayout(row, at, 1, 1, 3)

    def _reissue(self, head: str, *, none_left: bool) -> QPushButton:
        name = "红冲" if none_left else "红冲重开"
        made = button(f"{name}…", lambda: self.act_pressed.emit("receipt.reissue"), kind="link")
        made.setAccessibleName(f"{head}:{name}")
        self.buttons["receipt.reissue"] = made
        return made

    def _payment(self, grid: QGridLayout, payment: PaymentLine) -> None:
        agrees = payment.state == PaymentState.AGREES
        when = f"{payment.paid_on:%m-%d}"
        account = "个人账户" if payment.payer_is_person else "对公"
        told = f"到账 {payment.confirmed_on:%m-%d}" if payment.confirmed_on else payment.state_label
        act = None
        if payment.state == PaymentState.DIFFERS:
            act = button("退回…", lambda: self.return_pressed.emit(payment), kind="link")
            self.buttons[f"return:{payment.id}"] = act
        texts = (f"回单 {whole_amount(payment.amount_fen)}", f"{account} {when} · {told}")
        self.line(grid, agrees, texts, act)
        if payment.whole_text:
            whole, row = label(f"{payment.whole_text}。", "quiet", wrap=True), grid.rowCount()
            grid.addWidget(whole, row, 1, 1, 2)
            if payment.state in COUNTED and payment.confirmed_on is None:
                out = button("退出认款…", lambda: self.part_pressed.emit(payment), kind="link")
                out.setToolTip("这一份认错了:退出以后,钱在“余款”里等着转给别的申请")
                self.buttons[f"part:{payment.id}"] = out
                grid.addWidget(out, row, 3)
        if payment.payer_differs and payment.state in COUNTED:
            differs = label(f"{payment.payer_differs}。", tone="late", wrap=True)
            grid.addWidget(differs, grid.rowCount(), 1, 1, 3)


def refund_note(line: RefundLine) -> str:
    if line.arrived_on is not None:
        return f"已退到 {line.arrived_on:%m-%d}"
    return f"{line.asked_on:%m-%d} 申请 · 未到账"


def is_draft(view: EnrolmentView) -> bool:
    """Whether plans, shares and accounts may still be changed."""
    return view.next_act == EARLY[0]


def may_pay(view: EnrolmentView) -> bool:
    """Whether a slip may be recorded now: something is due, and nothing of it is paid and kept."""
    waits = view.due_fen is not None and view.state == CaseState.OPEN and not is_free(view)
    paid = any(line.state in COUNTED for line in view.payments)
    anew = bool(view.short) and all(line.arrived_on for line in view.refunds)
    return waits and (not paid or anew) and view.next_act not in EARLY


def from_books(view: EnrolmentView) -> bool:
    """Whether the case came finished from last year's books, and was never worked on here."""
    worked = bool(view.quote or view.payments or view.submitted_by)
    return view.state == CaseState.FINISHED and view.handling == Handling.ON_BEHALF and not worked


def is_free(view: EnrolmentView) -> bool:
    """Whether people are listed and the unit has nothing to transfer for them."""
    return view.due_fen == 0 and view.people > 0


def due_words(view: EnrolmentView) -> str:
    """What the unit transfers; an estimate is marked, a part of a whole told with it."""
    if view.due_fen is None:
        guess = view.quote.total_fen if view.quote is not None else None
        return "应缴 待核对" if not guess else f"估算 {yuan(guess)} 元(待核对)"
    if is_free(view):
        return "不用缴款"
    whole = view.total_fen not in (None, view.due_fen)
    return f"应缴 {yuan(view.due_fen)} 元" + (
        f"(合计 {yuan(view.total_fen or 0)})" if whole else ""
    )
