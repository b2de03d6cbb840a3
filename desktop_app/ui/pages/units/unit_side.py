"""The unit page's right side: papers received, money, forms printed; one line each, one button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from db.codes import CaseState, Handling, PaperState, PaymentState
from desktop_app.domain.money import yuan
from desktop_app.services.views.enrolments import EnrolmentView, PaymentLine
from desktop_app.services.views.papers import FormLine, PaperLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.case import THERE
from desktop_app.ui.dialogs.payment_dialogs import COUNTED
from desktop_app.ui.pages.units.lines_card import LinesCard
from desktop_app.ui.pasted import scans_in
from desktop_app.ui.widgets.drop_area import FileDrops
from desktop_app.ui.widgets.labels import button, label

EARLY = ("enrolment.submit", "enrolment.approve")  # nothing is due before the review
# Papers that come in by an act of their own, not by attaching a scan.
PAPER_ACTS = {"dues-receipt": "archive.receipt", "bank-slip": "payment.record"}


# Short names on the card; the whole title is its tool tip and what a screen reader says.
SHORT_TITLES = {
    "payment-notice": "缴费通知单",
    "application": "申请书",
    "confirmation": "确认书",
    "archive-list": "移交清单",
}


def short_title(form: FormLine, person: str) -> str:
    if form.key == "member-list":
        return f"{person}名单"
    return SHORT_TITLES.get(form.key, form.label)


class PapersCard(LinesCard):
    """材料: let a scan go on its line, or choose it; papers printed here stand under 文书."""

    attach = Signal(str, object)  # paper key, tuple[Source, ...]
    look_pressed = Signal(str)  # paper key
    choose = Signal(str)  # paper key
    act_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__("材料")
        self._acts = False

    def show_case(self, view: EnrolmentView) -> None:
        printed = {form.key for form in view.forms}
        closed = view.state in (CaseState.FINISHED, CaseState.VOID)
        lines = tuple(line for line in view.papers if line.key not in printed)
        self._acts = view.next_act not in EARLY
        self.show_lines("材料", lines, closed=closed)

    def show_lines(self, title: str, lines: tuple[PaperLine, ...], *, closed: bool) -> None:
        self.set_title(title)
        grid = self.begin()
        for line in lines:
            act = None if closed else self._button(line)
            self.line(grid, line.state in THERE, (line.label, note_of(line)), act)
            if line.attachment_id is not None:
                self._look_at(grid, line)
            if not closed:
                self._take_on(grid, line.key)
        there = sum(line.state in THERE for line in lines)
        self.set_right(f"{there}/{len(lines)} 份")

    def _look_at(self, grid: QGridLayout, line: PaperLine) -> None:
        """Its note is pressed to see it."""
        row = grid.rowCount() - 1
        made = button(f"看({note_of(line)})", lambda: self.look_pressed.emit(line.key), kind="link")
        made.setAccessibleName(f"{line.label}:看附件")
        self.buttons[f"look:{line.key}"] = made
        item = grid.itemAtPosition(row, 2)
        if item is not None and (note := item.widget()) is not None:
            grid.replaceWidget(note, made)
            note.hide()
            note.deleteLater()

    def _take_on(self, grid: QGridLayout, key: str) -> None:
        """Every part of the line just added takes a file for its paper."""
        row = grid.rowCount() - 1
        for column in range(grid.columnCount()):
            item = grid.itemAtPosition(row, column)
            if item is not None and (part := item.widget()) is not None:
                drops = FileDrops(part, scans_in)
                drops.files_dropped.connect(partial(self.attach.emit, key))

    def _button(self, line: PaperLine) -> QPushButton | None:
        act_key = PAPER_ACTS.get(line.key)
        there = line.state in THERE
        if act_key is not None:
            if there or not self._acts:
                return None
            made = button("登记…", lambda: self.act_pressed.emit(act_key), kind="link")
        else:
            made = button(
                "换一份…" if there else "添加…", lambda: self.choose.emit(line.key), kind="link"
            )
        made.setAccessibleName(f"{line.label}:{made.text()}")
        self.buttons[line.key] = made
        return made


class MoneyCard(LinesCard):
    """缴费: what is due by plan, what came in."""

    act_pressed = Signal(str)
    return_pressed = Signal(object)  # PaymentLine
    steps_pressed = Signal()  # 计算过程

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
        for plan in view.plans:
            fee = "待核对" if plan.fee_fen is None else f"{yuan(plan.fee_fen)}×{plan.shares}"
            note = f"{plan.people} 人 × {fee}"
            grid.addWidget(label(plan.label, "quiet", wrap=True), grid.rowCount(), 1)
            grid.addWidget(label(note, "quiet"), grid.rowCount() - 1, 2, 1, 2)
        self._parts(grid, view)
        for payment in view.payments:
            self._payment(grid, payment)
        if is_free(view):
            self.line(grid, True, ("不用缴款", "由工会承担"), None)
            return
        if not any(line.state in COUNTED for line in view.payments):
            record = button(
                "登记缴费…", lambda: self.act_pressed.emit("payment.record"), kind="link"
            )
            if may_pay(view):
                self.buttons["payment.record"] = record
                self.line(grid, False, ("还没有缴费", ""), record)
            else:
                self.line(grid, False, ("还没有缴费", "审核后登记"), None)

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

    def _parts(self, grid: QGridLayout, view: EnrolmentView) -> None:
        """Who bears what, where more than one does."""
        for part in view.quote.parts if view.quote and len(view.quote.parts) > 1 else ():
            note = f"{yuan(part.fen)} 元{'' if part.demanded else ' · 不由单位缴'}"
            grid.addWidget(label(part.label, "quiet"), grid.rowCount(), 1)
            grid.addWidget(label(note, "quiet"), grid.rowCount() - 1, 2, 1, 2)

    def _payment(self, grid: QGridLayout, payment: PaymentLine) -> None:
        agrees = payment.state == PaymentState.AGREES
        when = f"{payment.paid_on:%m-%d}"
        account = "个人账户" if payment.payer_is_person else "对公"
        told = f"到账 {payment.confirmed_on:%m-%d}" if payment.confirmed_on else payment.state_label
        act = None
        if payment.state == PaymentState.DIFFERS:
            act = button("退回…", lambda: self.return_pressed.emit(payment), kind="link")
            self.buttons[f"return:{payment.id}"] = act
        texts = (f"回单 {yuan(payment.amount_fen)} 元", f"{account} {when} · {told}")
        self.line(grid, agrees, texts, act)


def may_pay(view: EnrolmentView) -> bool:
    """Whether a slip may be recorded now: something is due, and nothing has been paid for it."""
    waits = view.due_fen is not None and view.state == CaseState.OPEN and not is_free(view)
    paid = any(line.state in COUNTED for line in view.payments)
    return waits and not paid and view.next_act not in EARLY


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


class FormsCard(LinesCard):
    """文书: every form of the case; its button issues it once, then shows the same bytes."""

    print_pressed = Signal(object)  # FormLine
    set_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("文书")
        self.set_button = button(
            "打印一套(Ctrl+P)…", self.set_pressed.emit, kind="link", name="打印一套单据"
        )
        self.head.addWidget(self.set_button)
        self.set_button.hide()

    def show_case(self, view: EnrolmentView) -> None:
        grid = self.begin()
        self.set_button.setVisible(any(form.may_print for form in view.forms))
        for form in view.forms:
            there = form.issued_id is not None
            short = short_title(form, view.words.person)
            name, note = self.line(grid, there, (short, note_of_form(form)), None)
            name.setToolTip(form.label)
            name.setAccessibleName(form.label)
            note.setToolTip(form.why_not)
            note.setAccessibleDescription(form.why_not)
            if form.issued_id is not None or form.may_print:
                self._add_button(grid, form)

    def _add_button(self, grid: QGridLayout, form: FormLine) -> None:
        made = button(
            "打开…" if form.issued_id else "打印…",
            lambda: self.print_pressed.emit(form),
            kind="link",
        )
        made.setToolTip("预览、打印、另存PDF")
        made.setAccessibleName(f"{form.label}:{made.text()}")
        self.buttons[form.key] = made
        grid.addWidget(made, grid.rowCount() - 1, 3)


def note_of(line: PaperLine) -> str:
    if line.state not in THERE:
        return "待补" if line.state == PaperState.MISSING else line.state_label
    return line.note or line.state_label


def note_of_form(form: FormLine) -> str:
    if form.issued_id is None:
        return "" if form.may_print else "还不能打印"
    state = "已盖章" if form.stamped else f"印{form.copies}份"
    return f"{form.number or ''} · {state}".removeprefix(" · ")
