"""Opens a unit's application: its kind, who handles it, plans and shares, how many are at work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db.codes import EnrolmentKind, Handling
from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError, explain
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.views.quotes import StartPreview
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.services.views.units import UnitView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.enrolment_preview import PreviewPanel, turnout_words
from desktop_app.ui.dialogs.fields import (
    ChoiceField,
    CopiedDayField,
    CountField,
    MoneyField,
    TextField,
)
from desktop_app.ui.dialogs.plan_grid import PlanGrid
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HANDLINGS = (
    (Handling.ON_BEHALF.value, "代单位办理(名单在这里,由本机构录入)"),
    (Handling.BY_UNIT.value, "单位自办(单位自己上报,这里只跟进)"),
)

KIND_WORDS = {
    EnrolmentKind.FIRST: "首次(新增单位)",
    EnrolmentKind.RENEWAL: "续保",
    EnrolmentKind.ADDITION: "新参加职工(中途增员)",
}
KINDS = tuple((kind.value, KIND_WORDS[kind]) for kind in EnrolmentKind)


class NewEnrolmentDialog(ActDialog):
    """Plans are read when it opens; a fee that nobody confirmed yet stands as 待核对.

    `held` are plans and shares that stand ticked, for people who are added to those who have them.
    """

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        unit: UnitView,
        parent: QWidget | None = None,
        *,
        held: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(tasks, f"新建申请 · {unit.draft.name}", "新建申请", parent)
        self._services, self._unit, self._held = services, unit, held
        self._ticket = 0
        self._told_kind: str | None = None  # as long as nobody chose, the ledger says
        self.grid = PlanGrid()
        self.plans = self.grid.plans
        self.kind = ChoiceField(KINDS)
        self.ends = CopiedDayField(hint="请照上一期确认书填写,如 2023-6-30")
        self.handling = ChoiceField(HANDLINGS)
        self.at_work = CountField(unit.draft.at_work, "在职职工人数")
        self.women = CountField(unit.draft.women, "其中女职工人数")
        self.joining = CountField(hint="估计人数,可以不填;名单读入后以名单为准")
        self.joining_women = CountField(hint="其中女职工,可以不填")
        self.preview = PreviewPanel()
        self._fill()
        self.grid.changed.connect(self._ask_preview)
        self.kind.activated.connect(self._on_kind)
        self.ends.editingFinished.connect(self._ask_preview)
        for field in self._counts():
            field.textChanged.connect(self._ask_preview)
        self.main_button.setEnabled(False)  # until the plans are there
        tasks.read(self, services.schemes.plan_choices, self._show_plans)

    def _fill(self) -> None:
        self.add_row("申请种类", self.kind, "kind")
        self.add_row("原保障最后一天", self.ends, "ends")
        self.form.setRowVisible(self.ends, False)
        self.add_row("办理方式", self.handling, "handling")
        self.add_row("在职职工", self.at_work, "at_work")
        self.add_row("其中女职工", self.women, "women")
        self.add_row("参加职工", self.joining, "joining")
        self.add_row("参加的女职工", self.joining_women, "joining_women")
        self.form.setRowVisible(self.joining_women, False)
        self.body.addLayout(self.form)
        self.participation = self.add_note("")
        self.body.addWidget(label("保障项目", "h2"))
        self.body.addWidget(self.grid)
        self.body.addWidget(self.preview)

    def calls(self) -> Sequence[Call]:
        chosen = self.grid.chosen()
        if not chosen:
            raise UserError("plans-missing", "还没有选保障项目。", "请至少勾选一项。", "plans")
        at_work = self.at_work.needed("at_work", "在职职工")
        women = self.women.value("women", "其中女职工")
        handling = self.handling.value()
        ends = self._told_ends()
        draft = EnrolmentDraft(handling, chosen, at_work, women, self._told_kind, ends)
        return [partial(self._services.enrolments.start, self._unit.id, draft)]

    def _counts(self) -> tuple[CountField, ...]:
        return (self.at_work, self.women, self.joining, self.joining_women)

    def _typed(self) -> tuple[int | None, ...]:
        """Workers, women, those who join, women who join; what is no number is told as such."""
        names = ("在职职工", "其中女职工", "参加职工", "参加的女职工")
        return tuple(
            field.value("", name) for field, name in zip(self._counts(), names, strict=True)
        )

    def _told_ends(self) -> date | None:
        """The day as typed; one that the ledger knows is its own affair."""
        renews = self.kind.value() == EnrolmentKind.RENEWAL
        typed = renews and self.ends.isEnabled() and self.form.isRowVisible(self.ends)
        return self.ends.value("ends", "原保障最后一天") if typed else None

    def _on_kind(self) -> None:
        self._told_kind = self.kind.value()
        self._ask_preview()

    def _ask_preview(self) -> None:
        """Ask what the application would be as it stands; only the newest answer is shown."""
        at_work = women = joining = of_women = None
        try:
            at_work, women, joining, of_women = self._typed()
        except UserError as error:
            self._say_turnout((error.message,), "warn")
        try:
            ends = self._told_ends()
        except UserError as error:
            self.preview.show_refusal(Missing(error.code, error.message, error.remedy))
            return
        draft = EnrolmentDraft(
            self.handling.value(), self.grid.chosen(), at_work or 0, women, self._told_kind, ends
        )
        call = partial(self._services.previews.start, self._unit.id, draft, (joining, of_women))
        self.tasks.drop(self._ticket)
        self._ticket = self.tasks.read(
            self, call, self._show_preview, on_error=self._show_no_preview
        )

    def _show_preview(self, preview: StartPreview) -> None:
        if self._told_kind is None:
            self.kind.setCurrentIndex(max(0, self.kind.findData(preview.kind)))
        self.form.setRowVisible(self.ends, preview.asks_ends)
        self.ends.setEnabled(not preview.ends_known)
        if preview.ends_known and preview.ends is not None:
            self.ends.set_day(preview.ends)
        self.preview.show_preview(preview)
        self._show_turnout(preview)

    def _show_no_preview(self, error: BaseException) -> None:
        shown = explain(error)
        if shown is None:
            raise error
        self.preview.show_refusal(Missing(shown.code, shown.message.rstrip("。"), shown.remedy))

    def _show_turnout(self, preview: StartPreview) -> None:
        """How many have to join; and how many are still wanted, once it is said who joins."""
        try:
            _at_work, _women, joining, of_women = self._typed()
        except UserError:
            return  # it is said what is no number
        asks_women = any(line.label == "女职工" for line in preview.turnout)
        self.form.setRowVisible(self.joining_women, asks_women)
        adds = preview.kind == EnrolmentKind.ADDITION
        told = {"在职": joining is not None, "女职工": of_women is not None}
        lines = [
            turnout_words(line, told=told[line.label] or (adds and line.joining > 0))
            for line in preview.turnout
        ]
        lacks = any(line.missing and told[line.label] for line in preview.turnout)
        self._say_turnout(lines, "warn" if lacks else "")

    def _say_turnout(self, lines: Sequence[str], tone: str = "") -> None:
        self.participation.setText("\n".join(lines))
        theme.set_tone(self.participation, tone)

    def _show_plans(self, choices: tuple[PlanChoice, ...]) -> None:
        self.grid.show_choices(choices, self._held)
        self.main_button.setEnabled(True)
        self._ask_preview()


class FollowDialog(ActDialog):
    """单位自办: what the unit reached in the province's system, typed from there."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        enrolment_id: int,
        known: tuple[int, int | None, str | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "登记单位自办情况", "登记", parent)
        people, due_fen, business_no = known
        self._follow, self._id = services.business_numbers.follow, enrolment_id
        self.people = CountField(people or None)
        self.amount = MoneyField(due_fen)
        self.number = TextField(business_no, "单位上报后得到的业务号")
        self.add_row("参加人数", self.people, "people")
        self.add_row("应缴金额", self.amount, "amount")
        self.add_row("业务号", self.number, "business_no")
        self.body.addLayout(self.form)
        self.add_note("照单位上报的申请填写;名单由单位自己录入。")

    def calls(self) -> Sequence[Call]:
        people = self.people.needed("people", "参加人数")
        due_fen = self.amount.needed("amount", "应缴金额")
        number = self.number.needed("business_no", "业务号")
        return [partial(self._follow, self._id, people, due_fen, number)]
