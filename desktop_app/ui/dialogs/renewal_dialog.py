"""按上年名单续保: last year's plans and people, leavers ticked off, joiners by a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from db.codes import Handling
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.participation import needed
from desktop_app.domain.schemes.scheme_parts import Participation
from desktop_app.errors import UserError
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.views.renewals import RenewalPerson, RenewalPlan
from desktop_app.services.views.units import UnitView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.enrolment_preview import PreviewPanel
from desktop_app.ui.dialogs.fields import CountField, FileField
from desktop_app.ui.rows_model import ROW_ROLE, Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.drop_area import ROSTERS
from desktop_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

GOES_ON, LEAVES, UNABLE = "续保", "离开", "不能续保"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TONES = {GOES_ON: "", LEAVES: "warn", UNABLE: "late"}


class RenewalDialog(ActDialog):
    """Nothing is stored until 续保; `joiners` is the file of new people, where one was given."""

    def __init__(
        self, services: Services, tasks: TaskRunner, unit: UnitView, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, f"按上年名单续保 · {unit.draft.name}", "续保", parent)
        self.resize(theme.px(900), theme.px(640))
        self._services, self._unit = services, unit
        self._plan: RenewalPlan | None = None
        self._rule: Participation | None = None
        self._leaving: set[int] = set()
        self._ticket = 0
        self.ticks: dict[str, tuple[QCheckBox, int]] = {}
        self.sentence = label("正在读上年名单…", "h2", wrap=True)
        self.detail = label("", "quiet", wrap=True)
        self.at_work = CountField(unit.draft.at_work, "在职职工人数")
        self.women = CountField(unit.draft.women, "其中女职工人数")
        self.joiners = FileField("有新来的人,把他们的花名册拖到这里,或", ROSTERS)
        self.preview = PreviewPanel()
        self.search = QLineEdit(placeholderText="在名单里找")
        self.search.setAccessibleName("在名单里找")
        self.table: RowsTable[RenewalPerson] = RowsTable(
            self._columns(), name="上年名单", empty="", sortable=True
        )
        self._fill()
        self.search.textChanged.connect(self.table.set_filter)
        self.table.doubleClicked.connect(lambda index: self._toggle(index.data(ROW_ROLE)))
        self.table.installEventFilter(self)
        self.at_work.textChanged.connect(self._count)
        self.main_button.setEnabled(False)  # until the list is there
        tasks.read(self, services.schemes.participation, self._keep_rule)
        call = partial(services.renewals.plan, unit.id)
        tasks.read(self, call, self._show, on_error=self._refuse)

    def _columns(self) -> tuple[Column[RenewalPerson], ...]:
        return (
            Column("去留", self.fate, None, 84, lambda p: TONES[self.fate(p)]),
            Column("姓名", lambda p: p.name, None, 110),
            Column("身份证号", lambda p: p.identity, None, 180),
            Column("性别", lambda p: p.sex_label, None, 50),
            Column("年龄", lambda p: "" if p.age is None else str(p.age), lambda p: p.age or 0, 56,
                   right=True),
            Column("说明", lambda p: p.refusal or p.note, None, 260,
                   lambda p: "late" if p.refusal else "warn", wide=True),
        )  # fmt: skip

    def _fill(self) -> None:
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.detail)
        self.plans = QHBoxLayout()
        self.plans.addWidget(label("项目(照上年)"))
        self.plans.addStretch(1)
        self.body.addLayout(self.plans)
        self.add_row("在职职工", self.at_work, "at_work")
        self.add_row("其中女职工", self.women, "women")
        self.add_row("新来的人", self.joiners)
        self.body.addLayout(self.form)
        self.body.addWidget(self.preview)
        self.body.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.add_note(
            "空格或双击:把选中的人改为“离开”或改回。新来的人在续保后读入,存入前还会再看一遍。"
        )

    def fate(self, person: RenewalPerson) -> str:
        if person.refusal:
            return UNABLE
        return LEAVES if person.member_id in self._leaving else GOES_ON

    def calls(self) -> Sequence[Call]:
        plans = self.chosen()
        if not plans:
            raise UserError("plans-missing", "还没有选项目。", "请至少勾选一项。")
        at_work = self.at_work.needed("at_work", "在职职工")
        women = self.women.value("women", "其中女职工")
        draft = EnrolmentDraft(Handling.ON_BEHALF.value, plans, at_work, women)
        leavers = tuple(sorted(self._leaving))
        return [partial(self._services.renewals.start, self._unit.id, draft, leavers)]

    def chosen(self) -> tuple[tuple[str, int], ...]:
        return tuple(
            (key, shares) for key, (tick, shares) in self.ticks.items() if tick.isChecked()
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Over the list, space turns people to leaving and back; Enter is the blue button."""
        if watched is not self.table or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            for person in self.table.selected_rows():
                self._toggle(person)
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            self.accept()
            return True
        return super().eventFilter(watched, event)

    def _toggle(self, person: RenewalPerson) -> None:
        if person.refusal:
            return
        self._leaving ^= {person.member_id}
        self.table.viewport().update()
        self._count()

    def _show(self, plan: RenewalPlan) -> None:
        self._plan = plan
        for key, name, shares in plan.plans:
            tick = QCheckBox(f"{name} {shares}份")
            tick.setAccessibleName(name)
            tick.setChecked(True)
            tick.toggled.connect(self._ask_preview)
            self.ticks[key] = (tick, shares)
            self.plans.insertWidget(self.plans.count() - 1, tick)
        unable = [person for person in plan.people if person.refusal]
        able = [person for person in plan.people if not person.refusal]
        self.table.set_rows((*unable, *able))
        self._count()
        self._ask_preview()
        self.main_button.setEnabled(bool(able))
        self.table.setFocus()

    def _refuse(self, error: BaseException) -> None:
        self.sentence.setText("没有可以照着续保的名单。")
        self.show_error(error)

    def _keep_rule(self, rule: Participation | None) -> None:
        self._rule = rule
        self._count()

    def _count(self) -> None:
        """How many go on, leave, cannot; and whether that is enough of those at work."""
        plan = self._plan
        if plan is None:
            return
        staying = plan.able - len(self._leaving)
        unable = len(plan.people) - plan.able
        self.sentence.setText(
            f"{plan.from_year} 年度名单 {len(plan.people)} 人:续保 {staying} 人　"
            f"离开 {len(self._leaving)} 人　不能续保 {unable} 人"
        )
        parts = [f"年龄按 {chinese_date(plan.on)} 计算"]
        if plan.contact:
            parts.append(f"联系人 {plan.contact}")
        if plan.gone_plans:
            parts.append(f"上年的{'、'.join(plan.gone_plans)}今年没有,未带入")
        parts += self._enough(staying)
        self.detail.setText(";".join(parts))

    def _enough(self, staying: int) -> list[str]:
        try:
            at_work = self.at_work.value("at_work", "在职职工")
        except UserError:
            return []
        if not at_work or self._rule is None:
            return []
        least = needed(at_work, self._rule)
        rest = "已够" if staying >= least else f"还差{least - staying}人,可读入新来的人"
        return [f"在职{at_work}人,应不少于{least}人:{rest}"]

    def _ask_preview(self) -> None:
        draft = EnrolmentDraft(Handling.ON_BEHALF.value, self.chosen(), 0)
        call = partial(self._services.previews.start, self._unit.id, draft)
        self.tasks.drop(self._ticket)
        self._ticket = self.tasks.read(
            self, call, self.preview.show_preview, on_error=self.show_error
        )
