"""The first start: look at the sample county, or set up one's own office, page by page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.codes import Role
from desktop_app.domain.passwords import LEAST_LENGTH
from desktop_app.ui import theme
from desktop_app.ui.doors import Doors
from desktop_app.ui.pages.first_start_people import PersonFields, named_field
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button, make_main

if TYPE_CHECKING:
    from desktop_app.services.drafts import StartDraft
    from desktop_app.ui.pages.first_start_steps import StartSteps

WELCOME = "这台电脑上还没有机构的数据。先看演示,或者现在就建立。"
ROLES = (Role.CLERK, Role.REVIEWER, Role.HEAD)
LOGINS = ("jingban", "fuhe", "fuze")


class FirstStartPage(QWidget):
    """`opened` carries the folder of the office to sign in to."""

    opened = Signal(object)
    restore_wanted = Signal()

    def __init__(
        self,
        folder: Path,
        sample: Path,
        doors: Doors,
        tasks: TaskRunner,
        *,
        sample_exists: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._folder, self._sample, self._doors, self._tasks = folder, sample, doors, tasks
        self._sample_exists, self._ticket = sample_exists, 0
        self.banner, self.busy = Banner(), BusyStrip()
        self.name, self.county = (
            named_field("机构名称", "如:明山县总工会"),
            named_field("县(市、区)", "如:明山县"),
        )
        self.people = tuple(
            PersonFields(role, login) for role, login in zip(ROLES, LOGINS, strict=True)
        )
        text = "打开演示县" if sample_exists else "看一看演示县"
        self.sample_button = main_button(text, self.open_sample)
        self.next_button = button("下一步:选方案", self.go_on)
        self.steps: StartSteps | None = None  # scheme and figures, after the office itself
        self.restore = button("从备份恢复…", self.restore_wanted.emit, kind="link")
        self.busy.cancelled.connect(lambda: self._tasks.cancel(self._ticket))
        self._lay_out()
        for field in self._fields():
            field.textChanged.connect(self._show_default)
            field.returnPressed.connect(self.go_on)

    def _fields(self) -> tuple[QLineEdit, ...]:
        people = (field for person in self.people for field in person.fields())
        return (self.name, self.county, *people)

    def is_begun(self) -> bool:
        """Whether anything was typed into the form of one's own office."""
        return bool(
            self.name.text()
            or self.county.text()
            or any(person.is_filled() or person.is_renamed() for person in self.people)
        )

    def _show_default(self) -> None:
        """The blue button is what one is about: the sample, or the office being typed in."""
        begun = self.is_begun()
        make_main(self.next_button, begun)
        make_main(self.sample_button, not begun)

    def _lay_out(self) -> None:
        self.front = QWidget()
        front = QVBoxLayout(self.front)
        front.setContentsMargins(0, 0, 0, 0)
        front.addLayout(self._ways())
        front.addLayout(self._back_row())
        inside = QWidget()
        inside.setMaximumWidth(theme.px(980))
        column = self._column = QVBoxLayout(inside)
        self.told = label(WELCOME, "quiet")
        column.addWidget(label("职工互助保障经办", "h1"))
        column.addWidget(self.told)
        column.addWidget(self.banner)
        column.addWidget(self.busy)
        column.addWidget(self.front)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(inside, 20, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)

    def _ways(self) -> QHBoxLayout:
        sample = Card("看一看演示县")
        sample.add(
            label(
                "12 家单位、约 900 人,全是编的,标着“演示”。可以随便点,弄乱了也不要紧。", wrap=True
            )
        )
        sample.add(label("第一次要几十秒准备。", "quiet"))
        sample.body.addStretch(1)
        sample.add(self.sample_button)
        own = Card("建立本机构", "数据加密存在这台电脑上")
        own.add(self._form())
        own.add(
            label(
                f"密码至少 {LEAST_LENGTH} 位。忘了密码数据就打不开,请各自记好。",
                "quiet",
                wrap=True,
            )
        )
        own.body.addStretch(1)
        own.add(self.next_button)
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        row.addWidget(sample, 2)
        row.addWidget(own, 5)
        return row

    def _back_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label("换了电脑,或者数据丢了?", "quiet"))
        row.addWidget(self.restore)
        row.addStretch(1)
        return row

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for row, (text, field) in enumerate(
            (("机构名称(&N)", self.name), ("县、市、区(&C)", self.county))
        ):
            named = label(text)
            named.setBuddy(field)
            grid.addWidget(named, row, 0)
            grid.addWidget(field, row, 1, 1, 4)
        for at, head in enumerate(("", "姓名", "登录名", "密码", "再输一次")):
            grid.addWidget(label(head, "quiet"), 2, at)
        for row, person in enumerate(self.people, start=3):
            for at, widget in enumerate(person.widgets()):
                grid.addWidget(widget, row, at)
        return grid

    def open_sample(self) -> None:
        if self._sample_exists:
            self.opened.emit(self._sample)
            return
        self._begin("正在准备演示县…", may_cancel=True)
        self._ticket = self._tasks.read(
            self,
            partial(self._doors.make_sample, self._sample),
            lambda _none: self.opened.emit(self._sample),
            on_error=self.banner.show_failure,
            on_step=self.busy.step,
            on_ended=self._end,
        )

    def go_on(self) -> None:
        """From the office and its people to the scheme it goes by."""
        if not self.next_button.isEnabled():  # Enter, while the sample is being made
            return
        wrong = self.problem()
        if wrong:
            self.banner.show_warning(wrong)
            return
        self.banner.clear()
        if self.steps is None:
            self._make_steps()
        self._show_steps(True)

    def _make_steps(self) -> None:
        # what the sign-in page does not need is loaded when it is asked for
        from desktop_app.ui.pages.first_start_steps import StartSteps  # noqa: PLC0415

        self.steps = steps = StartSteps(self.banner)
        steps.hide()
        steps.back.connect(partial(self._show_steps, False))
        steps.told.connect(self.told.setText)
        steps.done.connect(self._create)
        self._column.addWidget(steps, 1)
        self._ticket = self._tasks.read(
            self, self._doors.fresh_start, steps.show_view, on_error=self.banner.show_failure
        )

    def _show_steps(self, shown: bool) -> None:
        if self.steps is not None:
            self.front.setVisible(not shown)
            self.steps.setVisible(shown)
            if shown:
                self.steps.go_to(0)
            else:
                self.told.setText(WELCOME)
                self.name.setFocus()

    def _create(self, start: StartDraft) -> None:
        users = tuple(p.values() for p in self.people if p.is_filled())
        self._begin("正在建立加密的数据…", may_cancel=False)
        office = (self.name.text().strip(), self.county.text().strip())
        self._tasks.read(
            self,
            partial(_create, self._doors, self._folder, office, users, start),
            lambda _none: self.opened.emit(self._folder),
            on_error=self._refuse,
            on_ended=self._end,
        )

    def _refuse(self, error: BaseException) -> None:
        if self.steps is not None:
            self.steps.show_refusal(error)

    def problem(self) -> str:
        """What is still wrong with the form; empty where nothing is."""
        if not self.name.text().strip() or not self.county.text().strip():
            return "请填机构名称和所在的县(市、区)。"
        filled = [p for p in self.people if p.is_filled()]
        if len(filled) < 2:
            return "至少要两个人:一人提交,另一人审核。"
        if self.people[ROLES.index(Role.HEAD)] not in filled:
            return "要有一位负责人:方案和各项费用由负责人确认。"
        if len({p.login.text().strip() for p in filled}) < len(filled):
            return "登录名不能相同。"
        return next((text for text in (p.problem() for p in filled) if text), "")

    def _begin(self, text: str, *, may_cancel: bool) -> None:
        self.banner.clear()
        self.busy.start(text, may_cancel=may_cancel)
        self._let(False)

    def _end(self) -> None:
        self.busy.end()
        self._let(True)

    def _let(self, enabled: bool) -> None:
        self.front.setEnabled(enabled)
        self.sample_button.setEnabled(enabled)
        self.next_button.setEnabled(enabled)
        if self.steps is not None:
            self.steps.setEnabled(enabled)


def _create(
    doors: Doors,
    folder: Path,
    office: tuple[str, str],
    users: tuple[tuple[str, str, str, str], ...],
    start: StartDraft,
) -> None:
    doors.create_office(folder, office, tuple(doors.new_user(*user) for user in users), start)
