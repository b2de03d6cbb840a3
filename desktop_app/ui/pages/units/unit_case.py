"""The unit page's top card: step bar, the one button, and what is missing beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.codes import CaseState, PaymentState, UnitState
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.offers import UnitOffers
from desktop_app.services.views.undo import UndoOffer
from desktop_app.services.views.units import UnitView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.acts import ACTS
from desktop_app.ui.dialogs.case import told
from desktop_app.ui.dialogs.exchange_dialog import ENTER
from desktop_app.ui.pages.units.undo_strip import UndoStrip
from desktop_app.ui.pages.units.unit_exchange import offers_exchange
from desktop_app.ui.pages.units.unit_leads import form_anew, lead_of
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button, make_main
from desktop_app.ui.widgets.leading_label import LeadingLabel
from desktop_app.ui.widgets.step_bar import StepBar

PERSONAL = "这笔钱来自个人账户,须由单位对公账户缴纳,请退回单位重缴。"
REVIEWER_ONLY = "须由审核人办理"
SENT_BACK = "sent-back"  # decided on in the list of people
SHOWN = 4  # sentences beside the button; the rest stands in its tool tip
WAITS = {
    UnitState.REGISTERED: "这家单位刚登记,核对证书和信用代码后开户,才能新建申请。",
    UnitState.RETURNED: "登记已退回单位补正,补好后可再次审核开户。",
    UnitState.ENDED: "这家单位已经终止,不再办理。",
    UnitState.VOID: "这家单位随导入的旧账一起撤回了。",
    UnitState.OPEN: "今年还没有申请。",
}


class CaseCard(Card):
    """Shows a case of a unit, the newest unless another is asked for, or the way to open one."""

    next_pressed = Signal()
    open_pressed = Signal()  # 审核开户
    return_unit_pressed = Signal()
    start_pressed = Signal()  # 新建申请
    renew_pressed = Signal()  # 按上年名单续保
    exchange_pressed = Signal()  # 上报往来
    strip_pressed = Signal()  # 对照录入
    return_payment_pressed = Signal(object)
    correct_pressed = Signal()  # 更正
    take_back_pressed = Signal()  # 取回提交
    sent_back_pressed = Signal()  # the sentence on those whom an answer refused

    def __init__(self) -> None:
        super().__init__("申请")
        self.bar = StepBar()
        self.state = label("", wrap=True)
        self.lacks = QGridLayout()
        self.lacks.setSpacing(theme.px(4))
        self.next_button = main_button("下一步", self.next_pressed.emit)
        self.next_button.setAutoDefault(False)
        self.open_button = main_button("审核开户", self.open_pressed.emit)
        self.return_unit_button = button("退回登记", self.return_unit_pressed.emit)
        self.start_button = main_button("新建申请", self.start_pressed.emit)
        self.renew_button = button("按上年名单续保", self.renew_pressed.emit)
        self.repay_button = button("退回单位重缴", self._return_payment)
        self.take_back_button = button(
            "取回提交(&K)…", self.take_back_pressed.emit, name="取回提交"
        )
        self.correct_button = button(
            "更正(F7)…", self.correct_pressed.emit, kind="link", name="更正"
        )
        self.head.insertWidget(1, self.correct_button)
        self.undo = UndoStrip()
        self.strip_button = button("对照录入(F8)", self.strip_pressed.emit, name="对照录入")
        self.exchange_button = button("上报往来(&U)…", self.exchange_pressed.emit, name="上报往来")
        self._differs: object = None
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        texts = QWidget()
        texts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        left = QVBoxLayout(texts)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(1))  # the line of 撤销 is higher than a sentence
        top = QHBoxLayout()
        top.addWidget(self.state, 1)
        top.addWidget(self.undo)
        left.addLayout(top)
        left.addLayout(self.lacks)
        row.addWidget(texts, 1)
        for part in (
            self.strip_button,
            self.exchange_button,
            self.repay_button,
            self.return_unit_button,
            self.open_button,
            self.start_button,
            self.renew_button,
            self.take_back_button,
            self.next_button,
        ):
            part.hide()
            row.addWidget(part)
        self.add(self.bar)
        self.add(row)

    def show_waiting(self, unit: UnitView, *, may_review: bool) -> None:
        """No case to show: say what the unit waits for."""
        state = UnitState(unit.state)
        self.set_title("申请")
        self.set_right("")
        self.bar.hide()
        if unit.returned_for:
            self._say(f"登记已退回:{unit.returned_for}。补好后可再次审核开户。", "late")
        else:
            self._say(WAITS[state])
        self._clear_lacks()
        waits = state in (UnitState.REGISTERED, UnitState.RETURNED)
        self.open_button.setVisible(waits)
        self.return_unit_button.setVisible(state is UnitState.REGISTERED)
        for one in (self.open_button, self.return_unit_button):
            one.setEnabled(may_review)
            one.setToolTip("" if may_review else REVIEWER_ONLY)
            one.setAccessibleDescription(one.toolTip())
        if waits and not may_review:
            self.lacks.addWidget(label(REVIEWER_ONLY, tone="warn", wrap=True), 0, 0)
        self._offer(UnitOffers(start=state is UnitState.OPEN), closed=True)
        for one in (self.next_button, self.repay_button, self.strip_button, self.exchange_button):
            one.hide()

    def show_case(self, view: EnrolmentView, offers: UnitOffers) -> None:
        number = f" · 业务号 {view.business_no}" if view.business_no else ""
        self.set_title(f"{view.year} 年度{view.words.join} · {view.handling_label}{number}")
        self.set_right(" + ".join(f"{plan.label} {plan.shares} 份" for plan in view.plans))
        self.bar.set_steps(view.steps)
        self.bar.show()
        self.open_button.hide()
        self.return_unit_button.hide()
        self.strip_button.setVisible(view.may_send and view.next_act == ENTER)
        self.exchange_button.setVisible(offers_exchange(view))
        way = "上报往来" if view.may_send else "更正业务号"
        self.exchange_button.setText(f"{way}(&U)…")
        self.exchange_button.setAccessibleName(way)
        self._show_next(view)
        self._show_state(view)
        self._offer(offers, closed=view.state in (CaseState.FINISHED, CaseState.VOID))

    def show_undo(self, offer: UndoOffer | None) -> None:
        """What the signed-in user may take back of what he did; None where there is no case."""
        self.correct_button.setVisible(offer is not None)
        self.undo.show_offer(offer)
        self.take_back_button.setVisible(offer is not None and offer.take_back)

    def hide_beginnings(self) -> None:
        """An earlier case than the newest: nothing is begun from it."""
        self.start_button.hide()
        self.renew_button.hide()

    def _offer(self, offers: UnitOffers, *, closed: bool) -> None:
        """What may be begun now; what may not, once it could be asked for, says why.

        By last year's list is the usual way then; beginning anew stands beside it.
        """
        adds = offers.addition if closed else None
        self.start_button.setVisible(offers.start or (adds is not None and adds.possible))
        self.start_button.setText("增加人员" if adds is not None else "新建申请")
        self.start_button.setAccessibleName(self.start_button.text())
        renews = offers.renewal is not None and offers.renewal.possible
        self.renew_button.setVisible(renews)
        make_main(self.renew_button, renews and closed)  # else 下一步 is the blue one
        make_main(self.start_button, closed and not renews)
        for name, one in (("增加人员", adds), ("按上年名单续保", offers.renewal)):
            if one is not None and not one.possible:
                text = f"现在不能{name}:{one.why}{one.remedy}"
                self.lacks.addWidget(
                    label(text, "quiet", wrap=True), self.lacks.rowCount(), 0, 1, 2
                )

    def _show_next(self, view: EnrolmentView) -> None:
        self._clear_lacks()
        act, lead = ACTS.get(view.next_act), lead_of(view)
        self.next_button.setVisible(bool(view.next_act))
        blocked = act.blocked_by(view.missing) if act else view.missing
        self.next_button.setText(f"下一步:{lead.label if lead else view.next_label}")
        self.next_button.setAccessibleName(self.next_button.text())
        self.next_button.setEnabled(lead is not None)
        texts = [told(one) for one in blocked]
        leads = {told(one) for one in blocked if one.code == SENT_BACK}
        self.next_button.setToolTip("\n".join([*texts, *["Ctrl+Enter"] * (lead is not None)]))
        if len(texts) > SHOWN:
            texts[SHOWN - 1 :] = [f"…还有 {len(texts) - SHOWN + 1} 项"]
        for at, text in enumerate(texts):
            made = LeadingLabel(text) if text in leads else label(text, tone="warn", wrap=True)
            if isinstance(made, LeadingLabel):
                made.clicked.connect(self.sent_back_pressed)
            self.lacks.addWidget(made, at // 2, at % 2)

    def _show_state(self, view: EnrolmentView) -> None:
        differs = [line for line in view.payments if line.state == PaymentState.DIFFERS]
        self._differs = differs[-1] if differs else None
        self.repay_button.setVisible(bool(differs))
        if differs:
            self._say(view.difference or PERSONAL, "late")
        elif view.returned_for and view.state == CaseState.RETURNED:
            self._say(f"已退回:{view.returned_for}", "late")
        elif anew := form_anew(view):
            self._say(f"{anew.again}:{anew.label}({anew.again_for})", "warn")
        elif view.system_differs:
            self._say(view.system_differs, "late")
        elif view.to_confirm:
            self._say(f"待核对:{'、'.join(view.to_confirm)}(在“更多”里确认)", "warn")
        else:
            self._say(standing(view))

    def _say(self, text: str, tone: str = "") -> None:
        self.state.setText(text)
        theme.set_tone(self.state, tone)

    def press_blue(self) -> None:
        """Press the blue button of the page: the next step, 审核开户, a renewal, a new case."""
        blues = (self.next_button, self.open_button, self.renew_button, self.start_button)
        for one in blues:
            if one.isVisibleTo(self) and one.isEnabled() and one.isDefault():
                one.click()
                return

    def _return_payment(self) -> None:
        if self._differs is not None:
            self.return_payment_pressed.emit(self._differs)

    def _clear_lacks(self) -> None:
        while (item := self.lacks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def standing(view: EnrolmentView) -> str:
    """Where a case stands, with its cover once that is known."""
    text = f"现在:{view.step_label}"
    if view.submitted_by:
        text += f" · {view.submitted_by} 提交"
    if view.effective_on and view.last_on:
        text += f" · 保障期 {day(view.effective_on)}0时 至 {day(view.last_on)}24时"
    return text


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
