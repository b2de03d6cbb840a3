"""试算: a draft run over past claims and settlements; who gets more, who less, what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.money import yuan
from desktop_app.domain.toml.toml_edit import values_of
from desktop_app.services.rehearsals.rehearsal_views import (
    Rehearsal,
    RehearsedClaim,
    RehearsedPeriod,
)
from desktop_app.services.views.offices import OfficeView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import DayField
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

SAVES_NOTHING = "试算只看结果,不保存、不改动任何申领。"


@dataclass(frozen=True, slots=True)
class Line:
    """A claim, or all settlements of a period."""

    what: str
    who: str
    plan: str
    now_fen: int | None
    draft_fen: int | None
    change_fen: int | None
    note: str


def signed(fen: int) -> str:
    return f"+{yuan(fen)}" if fen > 0 else yuan(fen)


def _amount(fen: int | None) -> str:
    return "算不出" if fen is None else yuan(fen)


def _change(line: Line) -> str:
    return "" if line.change_fen is None else signed(line.change_fen)


def _tone(line: Line) -> str:
    if not line.change_fen:
        return "quiet"
    return "good" if line.change_fen > 0 else "late"


COLUMNS: tuple[Column[Line], ...] = (
    Column("申领或结算", lambda r: r.what, width=180),
    Column("姓名或人数", lambda r: r.who, width=150),
    Column("项目", lambda r: r.plan, width=110),
    Column("现行(元)", lambda r: _amount(r.now_fen), lambda r: r.now_fen or 0, 110, right=True),
    Column("这一版(元)", lambda r: _amount(r.draft_fen), lambda r: r.draft_fen or 0, 110,
           right=True),
    Column("相差(元)", _change, lambda r: r.change_fen or 0, 110, _tone, right=True),
    Column("说明", lambda r: r.note, width=190, tone=lambda _r: "quiet", wide=True),
)  # fmt: skip


def sentence(found: Rehearsal) -> str:
    parts = [f"多得 {found.more}", f"少得 {found.less}", f"不变 {found.same}"]
    if found.unknown:
        parts.append(f"算不出 {found.unknown}")
    return f"{' · '.join(parts)};总共相差 {signed(found.budget_fen)} 元"


def lines_of(found: Rehearsal, plans: Mapping[str, str]) -> tuple[Line, ...]:
    """Largest changes first."""
    lines = [_claim_line(one, plans) for one in found.claims]
    lines += [_period_line(one, plans) for one in found.periods]
    return tuple(sorted(lines, key=lambda line: -abs(line.change_fen or 0)))


def _claim_line(one: RehearsedClaim, plans: Mapping[str, str]) -> Line:
    why = one.draft_why or one.now_why or _notes(one.note, estimate=one.estimate)
    plan = plans.get(one.plan_key, one.plan_key)
    what = f"{one.number} · {one.event_on:%Y-%m-%d}"
    return Line(what, one.person, plan, one.now_fen, one.draft_fen, one.change_fen, why)


def _period_line(one: RehearsedPeriod, plans: Mapping[str, str]) -> Line:
    plan = plans.get(one.plan_key, one.plan_key)
    what = f"结算 {one.from_on:%Y-%m-%d} 至 {one.until_on:%Y-%m-%d}"
    who = f"多 {one.more} 少 {one.less} 不变 {one.same}"
    change = None if one.why else one.draft_fen - one.now_fen
    why = one.why or _notes(one.note, estimate=bool(one.to_confirm))
    return Line(what, who, plan, one.now_fen, one.draft_fen, change, why)


def _notes(note: str, *, estimate: bool) -> str:
    return ";".join(text for text in ("估算:有数待核对" if estimate else "", note) if text)


class SchemeRehearsal(QWidget):
    """`text` gives the text as it stands in the editor, saved or not."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        text: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._text, self._asked = services, tasks, text, False
        self.banner, self.busy = Banner(), BusyStrip()
        self.result = label("", "h2", wrap=True)
        self.since, self.until = DayField(date(2024, 1, 1)), DayField(date(2024, 12, 31))
        self.since.setAccessibleName("从哪天起的申领")
        self.until.setAccessibleName("到哪天为止的申领")
        self.run_button = main_button("试算(&R)", self.run)
        self.table: RowsTable[Line] = RowsTable(COLUMNS, name="试算结果", empty=SAVES_NOTHING)
        self.copy_button = button("复制全部", self.table.copy_all)
        row = QHBoxLayout()
        for one in (label("按发生日期,从"), self.since, label("到"), self.until, self.run_button):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        for part in (self.banner, self.busy, self.result):
            column.addWidget(part)
        column.addWidget(self.table, 1)

    def begin(self, *, ready: bool) -> None:
        """The page is shown; a text with faults cannot be run."""
        self.run_button.setEnabled(ready)
        if not self._asked:
            self._asked = True
            self._tasks.read(self, self._services.office.view, self._set_days)

    def run(self) -> None:
        if not self.run_button.isEnabled():
            return
        text = self._text()
        self.banner.clear()
        self.result.setText("")
        self.busy.start("正在试算…", may_cancel=False)
        self.run_button.setEnabled(False)
        call = partial(
            self._services.rehearsals.rehearse, text, self.since.value(), self.until.value()
        )
        self._tasks.read(
            self,
            call,
            partial(self._show, text),
            on_error=self.banner.show_failure,
            on_ended=self._end,
        )

    def _set_days(self, office: OfficeView) -> None:
        """Last year and this one up to today."""
        self.since.set_day(date(office.today.year - 1, 1, 1))
        self.until.set_day(office.today)

    def _show(self, text: str, found: Rehearsal) -> None:
        plans = {plan["id"]: plan["short_name"] for plan in values_of(text)["plans"]}
        self.table.set_empty("这段日子里没有可以试算的申领或结算。")
        self.table.set_rows(lines_of(found, plans))
        self.result.setText(sentence(found))

    def _end(self) -> None:
        self.busy.end()
        self.run_button.setEnabled(True)
