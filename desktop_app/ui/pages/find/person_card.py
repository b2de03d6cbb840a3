"""One person whole: cover by plan, applications by year, claims, what waits, history."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget

from desktop_app.domain.dates import clock_text
from desktop_app.domain.owed_steps import Owed
from desktop_app.services.views.enrolments import HistoryLine
from desktop_app.services.views.persons import (
    PersonCase,
    PersonClaim,
    PersonCover,
    PersonView,
    PersonWaiting,
)
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, money_text

NOBODY = "选中左边的人,这里列出保障、申请、申领和历史。"
COVER_TONES = {"covered": "good", "later": "warn", "past": "quiet", "void": "quiet"}


def _amount(fen: int | None) -> str:
    return "" if fen is None else money_text(fen)


def _owed(owed: Owed | None) -> str:
    return f"{owed.step}({owed.by_label})" if owed else ""


def _cover_tone(cover: PersonCover) -> str:
    return COVER_TONES[cover.state]


def _case_tone(case: PersonCase) -> str:
    return "" if case.joining else "quiet"


COVER_COLUMNS: tuple[Column[PersonCover], ...] = (
    Column("项目", lambda c: c.plan, None, 96),
    Column("起", lambda c: f"{c.from_on:%Y-%m-%d}", lambda c: c.from_on, 100),
    Column("止(24时)", lambda c: f"{c.last_on:%Y-%m-%d}", lambda c: c.last_on, 100),
    Column(
        "状态",
        lambda c: c.state_label,
        None,
        64,
        _cover_tone,
        whole=lambda c: f"{c.state_label} {c.note}".strip(),
    ),
    Column("单位", lambda c: c.unit, None, 90, lambda _c: "quiet", wide=True),
)
CASE_COLUMNS: tuple[Column[PersonCase], ...] = (
    Column("年度", lambda c: str(c.year), lambda c: c.year, 54, _case_tone),
    Column("单位", lambda c: c.unit, None, 90, _case_tone, wide=True),
    Column(
        "名单", lambda c: c.listed, None, 78, _case_tone, whole=lambda c: f"{c.listed}:{c.plans}"
    ),
    Column("到哪一步", lambda c: c.step_label, None, 90, _case_tone),
    Column("缴费", lambda c: c.money_label, None, 90, _case_tone),
    Column("还差", lambda c: _owed(c.owed), None, 140, lambda _c: "warn"),
)
CLAIM_COLUMNS: tuple[Column[PersonClaim], ...] = (
    Column("编号", lambda c: c.number.rpartition("-")[2], lambda c: c.number, 56),
    Column("项目", lambda c: c.plan, None, 80),
    Column("事发日期", lambda c: f"{c.event_on:%Y-%m-%d}", lambda c: c.event_on, 100),
    Column(
        "申领(元)", lambda c: _amount(c.claimed_fen), lambda c: c.claimed_fen or 0, 84, right=True
    ),
    Column(
        "核定(元)", lambda c: _amount(c.decided_fen), lambda c: c.decided_fen or 0, 84, right=True
    ),
    Column("到哪一步", lambda c: c.step_label, None, 90),
    Column("还差", lambda c: _owed(c.owed), None, 90, lambda _c: "warn", wide=True),
)
WAITING_COLUMNS: tuple[Column[PersonWaiting], ...] = (
    Column("年度", lambda w: str(w.year), lambda w: w.year, 54),
    Column("单位", lambda w: w.unit, None, 110),
    Column("情况", lambda w: w.what, None, 76, lambda _w: "late"),
    Column("原因", lambda w: w.reason, None, 180, wide=True),
    Column("位置", lambda w: w.where, None, 90, lambda _w: "quiet"),
)
HISTORY_COLUMNS: tuple[Column[HistoryLine], ...] = (
    Column("时间", lambda h: clock_text(h.at), lambda h: h.at, 128),
    Column("办理人", lambda h: h.who, None, 64),
    Column("什么", lambda h: h.what, None, 190, wide=True),
    Column("说明", lambda h: h.note, None, 90),
)


def facts_of(view: PersonView) -> str:
    age = "" if view.age is None else f"{view.age}岁"
    parts = (view.identity, view.sex_label, age, view.state_label, view.unit or "没有所在单位")
    return " · ".join(part for part in parts if part)


class PersonCard(Card):
    """Says what is asked on the phone first, then lists what it stands on."""

    open_case = Signal(int, int)  # unit, case
    open_claim = Signal(int)
    register_pressed = Signal()
    copy_pressed = Signal()
    further_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("一个人")
        self.view: PersonView | None = None
        self.facts, self.sentence = label("", "quiet", wrap=True), label(NOBODY, wrap=True)
        self.covers: RowsTable[PersonCover] = RowsTable(
            COVER_COLUMNS, name="保障", empty="还没有保障。"
        )
        self.cases: RowsTable[PersonCase] = RowsTable(
            CASE_COLUMNS, name="各年申请", empty="没有一家单位报过这个人。"
        )
        self.claims: RowsTable[PersonClaim] = RowsTable(
            CLAIM_COLUMNS, name="申领", empty="没有申领。"
        )
        self.waiting: RowsTable[PersonWaiting] = RowsTable(
            WAITING_COLUMNS, name="退回和待补正", parent=self
        )
        self.history: RowsTable[HistoryLine] = RowsTable(
            HISTORY_COLUMNS, name="历史", empty="没有历史。"
        )
        self.case_button = button("打开申请(&O)", self.show_case, name="打开申请")
        self.claim_button = button("打开申领(&L)", self.show_claim, name="打开申领")
        self.register_button = button("登记申领(Ctrl+N)", self.register_pressed.emit)
        self.register_button.setAccessibleName("登记申领")
        self.copy_button = button("复制一句话(F4)", self.copy_pressed.emit, name="复制一句话")
        self.further_button = button("其他文书(&X)…", self.further_pressed.emit, name="其他文书")
        self._lay_out()
        self.covers.opened.connect(lambda cover: self._open(cover.enrolment_id))
        self.cases.opened.connect(lambda case: self._open(case.enrolment_id))
        self.waiting.opened.connect(self._open_of)
        self.claims.opened.connect(lambda claim: self.open_claim.emit(claim.id))
        self.show_nobody()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for table in (self.covers, self.cases, self.claims, self.history):
            self.tabs.addTab(table, "")
        self.add(self.facts)
        self.add(self.sentence)
        self.add(self.tabs, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for one in (
            self.case_button,
            self.claim_button,
            self.register_button,
            self.further_button,
            self.copy_button,
        ):
            row.addWidget(one)
        row.addStretch(1)
        self.body.addStretch()  # holds the top together while there are no tabs
        self.add(row)
        self.waiting.hide()

    def show_nobody(self, text: str = NOBODY) -> None:
        self.view = None
        self.set_title("一个人")
        self.set_right("")
        self.facts.setText("")
        self.sentence.setText(text)
        self.tabs.hide()
        self._enable(case=False, claim=False, register=False, copy=False)

    def show_person(self, view: PersonView) -> None:
        other = self.view is None or self.view.id != view.id
        self.view = view
        self.set_title(view.name)
        self.set_right("保障中" if view.covered else "现在没有保障")
        theme.set_tone(self.right, "good" if view.covered else "warn")
        self.facts.setText(facts_of(view))
        self.sentence.setText(view.sentence)
        self._show_tabs(view)
        if other:
            self.tabs.setCurrentIndex(0)
        known = any(cover.state != "void" for cover in view.covers)
        self._enable(
            case=view.case_id is not None, claim=bool(view.claims), register=known, copy=True
        )
        told = "" if known else "没有保障记录的,在申领页登记"
        self.register_button.setToolTip(told)

    def show_case(self) -> None:
        """Open the chosen year's case, else the one that is asked about."""
        chosen = self.cases.current_row() if self.tabs.currentWidget() is self.cases else None
        case_id = chosen.enrolment_id if chosen else self.view.case_id if self.view else None
        if case_id is not None:
            self._open(case_id)

    def show_claim(self) -> None:
        """Open the chosen claim, else the newest."""
        claim = self.claims.current_row()
        if claim is not None:
            self.open_claim.emit(claim.id)

    def _show_tabs(self, view: PersonView) -> None:
        self.covers.set_rows(view.covers)
        self.cases.set_rows(view.cases)
        self.claims.set_rows(view.claims)
        self.history.set_rows(view.history)
        self._show_waiting(view.waiting)
        for table, title in (
            (self.covers, f"保障 {len(view.covers)}"),
            (self.cases, f"申请 {len(view.cases)}"),
            (self.claims, f"申领 {len(view.claims)}"),
            (self.history, "历史"),
        ):
            self.tabs.setTabText(self.tabs.indexOf(table), title)
        self.tabs.show()

    def _show_waiting(self, rows: tuple[PersonWaiting, ...]) -> None:
        self.waiting.set_rows(rows)
        at, title = self.tabs.indexOf(self.waiting), f"退回、待补正 {len(rows)}"
        if not rows:
            self.tabs.removeTab(at)  # a hidden one breaks what a screen reader finds
            self.waiting.hide()
        elif at < 0:
            self.tabs.insertTab(self.tabs.indexOf(self.history), self.waiting, title)
        else:
            self.tabs.setTabText(at, title)

    def _open(self, case_id: int) -> None:
        units = {case.enrolment_id: case.unit_id for case in self.view.cases} if self.view else {}
        if case_id in units:
            self.open_case.emit(units[case_id], case_id)

    def _open_of(self, waits: PersonWaiting) -> None:
        self.open_case.emit(waits.unit_id, waits.enrolment_id)

    def _enable(self, *, case: bool, claim: bool, register: bool, copy: bool) -> None:
        self.case_button.setEnabled(case)
        self.claim_button.setEnabled(claim)
        self.register_button.setEnabled(register)
        self.copy_button.setEnabled(copy)
        self.further_button.setEnabled(copy)
