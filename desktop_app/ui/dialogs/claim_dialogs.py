"""Claims: who is covered on the day, the amount asked for, what the province decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.views.claims import ClaimView, CoveredPerson
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.ui import theme
from desktop_app.ui.dialogs.asked import AskedDialog
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import (
    ChoiceField,
    CopiedDayField,
    DayField,
    MoneyField,
    TextField,
)
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.services.services import Services

PERSON_COLUMNS: tuple[Column[CoveredPerson], ...] = (
    Column("姓名", lambda p: p.name, None, 110),
    Column("身份证号", lambda p: p.identity, None, 180),
    Column("单位", lambda p: p.unit, None, 200),
    Column("当日保障", lambda p: "、".join(text for _key, text in p.plans) or "不在保障期内"),
)
TYPING_PAUSE_MS = 250
EVENT = "事发日期"
NOT_ASKED = "填好事发日期和要找的人,这里列出他当日的保障"
NOBODY = "查无此人时,在下面填姓名和身份证号也可登记"


class RegisterClaimDialog(AskedDialog):
    """The day it happened, last four digits or a name: the list shows who is covered."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        today: date,
        parent: QWidget | None = None,
        known: tuple[int, str] | None = None,
    ) -> None:
        """`known` is a person already found: number in the ledger and name."""
        super().__init__(tasks, "登记申领", "登记", parent)
        self.resize(theme.px(820), theme.px(560))
        self._claims, self._ticket, self._known = services.claims, 0, known
        self._choices: tuple[PlanChoice, ...] = ()
        self.event_on = CopiedDayField(hint=f"照病历或事故证明填写,如 {today.isoformat()}")
        self.person = TextField(hint="先填事发日期,再填姓名或身份证号后四位")
        self.people: RowsTable[CoveredPerson] = RowsTable(
            PERSON_COLUMNS, name="找到的人", empty=NOT_ASKED
        )
        self.people.setMinimumHeight(theme.px(120))
        self.name = TextField(hint="查无此人时填写")
        self.identity = TextField(hint="查无此人时填写")
        self.plan = ChoiceField(())
        self.amount = MoneyField()
        self.add_row(EVENT, self.event_on, "event_on")
        self.add_row("找人", self.person, "person")
        self.form.addRow(self.people)
        self.add_row("姓名", self.name, "person_name")
        self.add_row("身份证号", self.identity, "identity_no")
        self.add_row("互助项目", self.plan, "plan_key")
        self.add_row("申领金额(元)", self.amount, "claimed_fen")
        self.body.addLayout(self.form)
        self.add_question("claim-again", "again", "这是另一件事,仍然登记(&Y)")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.person.setText(known[1] if known else "")
        self._connect()
        tasks.read(self, services.schemes.plan_choices, self._keep_choices)

    def _connect(self) -> None:
        if self._known:  # Tab goes on to what is not known yet
            self.person.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.person.textChanged.connect(self._pause.start)
        self.event_on.textChanged.connect(self._pause.start)
        self.people.chosen.connect(self._on_person)
        self.plan.currentIndexChanged.connect(self.ask_anew)
        self.name.textChanged.connect(self.ask_anew)

    def look(self) -> None:
        self.tasks.drop(self._ticket)
        self.ask_anew()
        text, day = self.person.value(), self._day()
        asked = text is not None and day is not None
        self.people.set_empty(NOBODY if asked else NOT_ASKED)
        if text is None or day is None:
            self.people.set_rows(())
            return
        if self._known is not None and text == self._known[1]:
            call = partial(self._claims.cover_of, self._known[0], day)
        else:
            call = partial(self._claims.find_covered, text, day)
        self._ticket = self.tasks.read(self, call, self.people.set_rows, on_error=self.show_error)

    def _day(self) -> date | None:
        """The day as far as it can be read yet."""
        try:
            return self.event_on.value("event_on", EVENT)
        except UserError:
            return None

    def calls(self) -> Sequence[Call]:
        event_on = self.event_on.needed("event_on", EVENT)
        person = self.people.current_row()
        plan_key = self.plan.value()
        if not plan_key:
            raise UserError("plan-missing", "还没有选互助项目。", "请选择后再登记。", "plan_key")
        draft = ClaimDraft(
            plan_key=plan_key,
            event_on=event_on,
            member_id=person.member_id if person else None,
            person_name=person.name if person else self.name.needed("person_name", "姓名"),
            identity_no=None if person else self.identity.value(),
            claimed_fen=self.amount.value("claimed_fen", "申领金额"),
            again=self.sure.isChecked(),
        )
        return [partial(self._claims.register, draft)]

    def _keep_choices(self, choices: tuple[PlanChoice, ...]) -> None:
        self._choices = choices
        self._on_person(self.people.current_row())

    def _on_person(self, person: CoveredPerson | None) -> None:
        """A found person's own covers come first; without cover every plan may be noted."""
        self.ask_anew()
        chosen = self.plan.currentData()
        known = person.plans if person and person.plans else ()
        offered = known or tuple((choice.key, choice.label) for choice in self._choices)
        self.plan.clear()
        for key, text in offered:
            self.plan.addItem(text, key)
        self.plan.setCurrentIndex(max(0, self.plan.findData(chosen)))
        for field in (self.name, self.identity):
            field.setEnabled(person is None)


class TypeAmountDialog(ActDialog):
    """申领金额 as the applicant asks; from the threshold on the papers are wanted on paper."""

    def __init__(
        self, services: Services, tasks: TaskRunner, claim: ClaimView, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, f"申领金额 · {claim.person}", "保存", parent)
        self._type, self._id = services.claims.type_amount, claim.id
        self.amount = MoneyField(claim.claimed_fen)
        self.add_row("申领金额(元)", self.amount, "fen")
        self.body.addLayout(self.form)
        self.add_note(
            "这是申领的金额,不是核定的金额"
            + (";核定由省办作出。" if claim.decides == "province" else "。")
        )

    def calls(self) -> Sequence[Call]:
        return [partial(self._type, self._id, self.amount.needed("fen", "申领金额"))]


class DecideDialog(AskedDialog):
    """省办核定金额: what the province decided, and when."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        claim: ClaimView,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, f"省办核定 · {claim.person}", "登记核定", parent)
        self._decide, self._id = services.claims.decide, claim.id
        claimed = "" if claim.claimed_fen is None else f" · 申领 {yuan(claim.claimed_fen)} 元"
        self.add_note(f"{claim.number} · {claim.plan}{claimed}", "")
        self.amount = MoneyField(claim.decided_fen)
        self.on = DayField(claim.decided_on or today)
        self.add_row("核定金额(元)", self.amount, "amount")
        self.add_row("核定日期", self.on, "on")
        self.body.addLayout(self.form)
        self.add_question("above-asked", "above", "照省办通知核对过,确实多于申领(&Y)")
        self.amount.textChanged.connect(self.ask_anew)

    def calls(self) -> Sequence[Call]:
        fen, above = self.amount.needed("amount", "核定金额"), self.sure.isChecked()
        return [partial(self._decide, self._id, fen, self.on.value(), above)]


class BusinessNumberDialog(ActDialog):
    """业务号, under which the one who decides has the claim."""

    def __init__(
        self, services: Services, tasks: TaskRunner, claim: ClaimView, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, f"业务号 · {claim.person}", "登记", parent)
        self._enter, self._id = services.claim_mending.enter_number, claim.id
        self.add_note(f"{claim.number} · {claim.plan}", "")
        self.number = TextField(claim.business_no or None, "照系统显示的业务号填写")
        self.add_row("业务号", self.number, "business_no")
        self.body.addLayout(self.form)

    def calls(self) -> Sequence[Call]:
        return [partial(self._enter, self._id, self.number.needed("business_no", "业务号"))]
