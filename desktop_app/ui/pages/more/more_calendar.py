"""工作日历: a year's days off and make-up days, entered with the notice they stand in."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from desktop_app.domain.calendar_years import YearDraft, doubts, working_days
from desktop_app.domain.dates import CHINA
from desktop_app.services.done import Area
from desktop_app.services.offices.calendar_views import YearLine, YearState, YearView
from desktop_app.ui import theme
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button
from desktop_app.ui.widgets.steady_bars import steady_bars
from desktop_app.ui.widgets.year_calendar import YearCalendar, said

if TYPE_CHECKING:
    from desktop_app.services.services import Services

FILTERS = "工作日历 (*.toml);;所有文件 (*)"
KEYS = "点一下或按空格:平日 ↔ 休,周末 ↔ 班;方向键移动。"
MISSING = "{}年未录入,请对照国务院办公厅通知;现在只列出了固定节日"


class CalendarCard(Card):
    """What was turned and not yet saved is kept by year until it is saved."""

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("工作日历", parent=parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._drafts: dict[int, YearDraft] = {}
        self.shown: YearView | None = None
        self._wanted: int | None = None
        self._replacing: YearDraft | None = None  # refused once as emptying its year
        self.banner, self.year = Banner(), QComboBox()
        self.before = button("上一年(&P)", partial(self._step, -1))
        self.after = button("下一年(&X)", partial(self._step, 1))
        self.calendar, self.source = YearCalendar(), QLineEdit()
        self.state, self.day = label("", "quiet", wrap=True), label("")
        self.save_button = main_button("保存(&S)", self.save)
        self.undo_button = button("放弃改动", self.undo)
        self.load_button = button("从文件读入…", self.choose_file)
        self.store_button = button("存为文件…", self.choose_target)
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        self.year.setAccessibleName("年份")
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.source.setAccessibleName("依据的通知")
        self.source.setPlaceholderText("国务院办公厅通知的名称和文号")
        self.source.setMaxLength(400)
        for at, one in enumerate((self.before, self.year, self.after)):
            self.head.insertWidget(at + 1, one)
        source_label = label("依据(&D)")
        source_label.setBuddy(self.source)
        row = QHBoxLayout()
        row.addWidget(source_label)
        row.addWidget(self.source, 1)
        for one in (self.save_button, self.undo_button, self.load_button, self.store_button):
            row.addWidget(one)
        foot = QHBoxLayout()
        foot.addWidget(self.day, 1)
        foot.addWidget(label(KEYS, "quiet"))
        self.room = QScrollArea()
        steady_bars(self.room)
        self.room.setWidgetResizable(True)
        self.room.setWidget(self.calendar)
        self.calendar.setAutoFillBackground(False)
        self.body.setSpacing(theme.px(6))
        self.add(self.banner)
        self.add(self.state)
        self.add(self.room, 1)
        self.add(foot)
        self.add(row)

    def _connect(self) -> None:
        self.calendar.turned.connect(lambda _day: self._on_edited())
        self.calendar.moved.connect(self._say_day)
        self.source.textEdited.connect(lambda _text: self._on_edited())
        self.source.returnPressed.connect(self.save)
        self.year.activated.connect(lambda at: self.show_year(self.year.itemData(at)))
        self._tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        call = self._services.calendars.list_years
        self._tasks.read(self, call, self._show_years, on_error=self.banner.show_failure)

    def show_year(self, year: int) -> None:
        self._wanted = year
        self._tasks.drop(self._ticket)
        call = partial(self._services.calendars.get_year, year)
        self._ticket = self._tasks.read(self, call, self._show, on_error=self.banner.show_failure)

    def save(self) -> None:
        draft = self._draft()
        if draft is None or not self.save_button.isEnabled():
            return
        if not draft.source:
            self.banner.show_warning("请填依据。", "放假安排以哪份通知为准,就填哪份的名称和文号。")
            self.source.setFocus()
            return
        self.banner.clear()
        self.save_button.setEnabled(False)
        replace, self._replacing = self._replacing == draft, None
        self._tasks.save(
            self,
            partial(self._services.calendars.set_year, draft, replace=replace),
            lambda _id: self._on_saved(draft),
            on_error=self._refuse,
        )

    def undo(self) -> None:
        if self.shown is not None:
            self._drafts.pop(self.shown.line.year, None)
            self.banner.clear()
            self._show(self.shown)

    def choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "读入工作日历", "", FILTERS)
        if name:
            self.load(Path(name))

    def load(self, file: Path) -> None:
        """Put the shown year out of a file into the months; it is saved by 保存."""
        if self.shown is not None:
            call = partial(self._services.calendars.read_file, file, self.shown.line.year)
            self._tasks.read(self, call, self._loaded, on_error=self.banner.show_failure)

    def choose_target(self) -> None:
        if self.shown is not None:
            name = f"工作日历{self.shown.line.year}.toml"
            chosen, _kind = QFileDialog.getSaveFileName(self, "存为文件", name, FILTERS)
            if chosen:
                self.store(Path(chosen))

    def store(self, target: Path) -> None:
        if self.shown is not None:
            self._tasks.read(
                self,
                partial(self._services.calendars.save_file, self.shown.line.year, target),
                lambda path: self.banner.show_good(f"已存:{path}", "可以发给别的经办机构读入。"),
                on_error=self.banner.show_failure,
            )

    def _show_years(self, years: tuple[YearLine, ...]) -> None:
        self.year.clear()
        for one in years:
            self.year.addItem(f"{one.year}年 {one.state_label}", one.year)
        self.show_year(self._wanted or _first_to_see(years))

    def _show(self, view: YearView) -> None:
        self.shown = view
        year = view.line.year
        self.year.setCurrentIndex(self.year.findData(year))
        draft = self._drafts.get(year) or _draft_of(view)
        self.calendar.show_year(year, draft.days, self.calendar.cursor_day)
        self.calendar.setAccessibleName(f"{year}年工作日历")
        self.source.setText(draft.source)
        self._say()

    def _loaded(self, draft: YearDraft) -> None:
        if self.shown is not None and self.shown.line.year == draft.year:
            self._drafts[draft.year] = draft
            self._show(self.shown)
            self.banner.show_info("已从文件读入,还没有保存。", "请对照通知看一遍,再按保存。")

    def _on_edited(self) -> None:
        draft = self._draft()
        if draft is not None:
            self._drafts[draft.year] = draft
            self._say()

    def _on_saved(self, draft: YearDraft) -> None:
        if self._drafts.get(draft.year) == draft:
            del self._drafts[draft.year]
        self.banner.show_good(f"已保存{draft.year}年的放假安排。", "已经算好的结果不变。")

    def _refuse(self, error: BaseException) -> None:
        """What would empty a year is saved by pressing 保存 once more, unless it was changed."""
        self._say()
        if getattr(error, "code", "") == "calendar-replaces":
            self._replacing = self._draft()
        self.banner.show_failure(error)

    def _draft(self) -> YearDraft | None:
        if self.shown is None:
            return None
        days = self.calendar.days
        return YearDraft(
            self.shown.line.year, tuple(days.off), tuple(days.worked), self.source.text()
        )

    def _say(self) -> None:
        """State, count and doubts of what stands in the months now."""
        draft, view = self._draft(), self.shown
        if draft is None or view is None:
            return
        changed = draft.year in self._drafts
        missing = view.line.state == YearState.MISSING
        self.set_right(f"{working_days(draft.year, draft.days)} 个工作日")
        words = [_about(view)]
        words += ["有改动,还没有保存"] if changed else []
        words += [f"请核对:{one}" for one in (doubts(draft) if changed or not missing else ())]
        self.state.setText(";".join(words) + "。")
        theme.set_tone(self.state, "warn" if missing or len(words) > 1 else "")
        self.save_button.setEnabled(changed or missing)
        self.undo_button.setEnabled(changed)
        self.store_button.setEnabled(not missing and not changed)
        at = self.year.currentIndex()
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at < self.year.count() - 1)
        self._say_day(self.calendar.cursor_day)

    def _say_day(self, day: date) -> None:
        self.day.setText(said(day, self.calendar.days))
        middle: QPoint = self.calendar.rect_of(day).center()
        self.room.ensureVisible(middle.x(), middle.y())

    def _step(self, step: int) -> None:
        at = self.year.currentIndex() + step
        if 0 <= at < self.year.count():
            self.banner.clear()
            self.show_year(self.year.itemData(at))

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.CALENDAR in areas:
            self.reload()


def _first_to_see(years: tuple[YearLine, ...]) -> int:
    """The first missing year, which waits to be entered; else the last one but the next."""
    missing = [one.year for one in years if one.state == YearState.MISSING]
    return missing[0] if missing else years[-1].year


def _draft_of(view: YearView) -> YearDraft:
    return YearDraft(view.line.year, view.off, view.worked, view.line.source)


def _about(view: YearView) -> str:
    line = view.line
    if line.state == YearState.MISSING:
        return MISSING.format(line.year)
    words = line.state_label
    if line.set_at is not None:
        words += f"({line.set_by},{line.set_at.astimezone(CHINA):%Y-%m-%d}"
        words += f",共{len(view.history)}次)" if len(view.history) > 1 else ")"
    if view.against_carried:
        listed = "、".join(view.against_carried[:3])
        more = f"等{len(view.against_carried)}处" if len(view.against_carried) > 3 else ""
        words += f",与程序自带的不同:{listed}{more}"
    return words
