"""The unit page's people: the list read page by page, the rows that wait, the case's history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from db.codes import Handling
from desktop_app.domain.dates import clock_text
from desktop_app.services.views.enrolments import EnrolmentView, HistoryLine
from desktop_app.services.views.offers import Offer
from desktop_app.services.views.rosters import PeopleFound, PersonLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.enrolment_preview import turnout_words
from desktop_app.ui.dialogs.fields import LineField
from desktop_app.ui.pages.units.unit_money import EARLY
from desktop_app.ui.pages.units.unit_parked import ParkedList
from desktop_app.ui.pages.units.unit_review import ReviewStrip
from desktop_app.ui.pages.units.unit_sent_back import SentBackList
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, money_text, short_identity

if TYPE_CHECKING:
    from desktop_app.services.services import Services

PAGE = 200
TYPING_PAUSE_MS = 150
MOST_NAMED = 1  # a second name would be cut off at large type
COUNTED = ("", "", "两", "三", "四", "五", "六", "七", "八", "九")


def short_plans(person: PersonLine) -> str:
    """One plan by name; more of them as their number, the names being the tool tip's."""
    plans = person.plans.split("、")
    if len(plans) <= MOST_NAMED:
        return person.plans
    return f"{COUNTED[len(plans)] if len(plans) < len(COUNTED) else len(plans)}项"


def _tone(person: PersonLine) -> str:
    """Who is not in the case is there to be read, and no more."""
    return "" if person.joining else "quiet"


def _note_tone(person: PersonLine) -> str:
    return "warn" if person.note and (person.joining or person.sent_back) else _tone(person)


def _age(person: PersonLine) -> str:
    return "" if person.age is None else str(person.age)


PERSON_COLUMNS: tuple[Column[PersonLine], ...] = (
    Column("序号", lambda p: str(p.line_no), lambda p: p.line_no, 56, _tone, right=True),
    Column("姓名", lambda p: p.name, None, 84, _tone),
    Column("证号", lambda p: short_identity(p.identity), lambda p: p.identity, 72, _tone),
    Column("性别", lambda p: p.sex_label, None, 54, _tone),
    Column("年龄", _age, lambda p: p.age or 0, 54, _tone, right=True),
    Column("项目", short_plans, None, 100, _tone, wide=True, whole=lambda p: p.plans),
    Column(
        "费用(元)",
        lambda p: money_text(p.contribution_fen),
        lambda p: p.contribution_fen or 0,
        84,
        _tone,
        right=True,
    ),
    Column("状态", lambda p: p.state_label, None, 96, _tone),
    Column("说明", lambda p: p.note, None, 76, _note_tone),
)
HISTORY_COLUMNS: tuple[Column[HistoryLine], ...] = (
    Column("时间", lambda h: clock_text(h.at), lambda h: h.at, 140),
    Column("办理人", lambda h: h.who, None, 90),
    Column("到", lambda h: h.what, None, 140),
    Column("说明", lambda h: h.note, None, 200),
)


def gathers_list(view: EnrolmentView) -> bool:
    """Whether the case still takes a roster."""
    return view.next_act == "enrolment.submit"


def _search_field() -> LineField:
    field = LineField()
    field.setPlaceholderText("在名单里找")
    field.setAccessibleName("在名单里找")
    field.setToolTip("姓名、拼音首字母、证件号或手机后几位、项目、状态  Ctrl+F")
    field.setFixedWidth(theme.px(150))
    return field


class PeopleCard(Card):
    """名单, 待补正 and 历史 of one case, each read off the GUI thread."""

    roster_pressed = Signal()
    follow_pressed = Signal()

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__("名单")
        self._services, self._tasks = services, tasks
        self._case_id: int | None = None
        self._ticket, self._told, self._empty = 0, "", ""
        self._marked, self._may_review = 0, False
        self.people: RowsTable[PersonLine] = RowsTable(PERSON_COLUMNS, name="名单", empty="")
        self.parked = ParkedList(services, tasks)
        self.history: RowsTable[HistoryLine] = RowsTable(
            HISTORY_COLUMNS, name="历史", empty="还没有历史。"
        )
        self.sent_back = SentBackList(self)
        self.review = ReviewStrip(self.people)
        self.search = _search_field()
        self.roster_button = button("读入名单(F3)…", self.roster_pressed.emit, name="读入名单")
        self.follow_button = button("登记自办情况…", self.follow_pressed.emit)
        self.tabs = QTabWidget()
        self.turnout = label("", "quiet", wrap=True)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self.look)
        self.people.rows_model.wanted_more.connect(self._read_more)

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setCornerWidget(self._corner())
        self.tabs.addTab(self.people, "名单")
        self.tabs.addTab(self.parked, "待补正")
        self.tabs.addTab(self.history, "历史")
        self.sent_back.hide()
        self.turnout.hide()
        self.add(self.turnout)
        self.add(self.tabs, 1)
        self.add(self.review)
        self.tabs.currentChanged.connect(self._show_review)

    def _corner(self) -> QWidget:
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, theme.px(4))
        row.addWidget(self.search)
        row.addWidget(self.follow_button)
        row.addWidget(self.roster_button)
        return corner

    def turn_to_search(self) -> None:
        self.tabs.setCurrentWidget(self.people)
        self.search.setFocus()
        self.search.selectAll()

    def look(self) -> None:
        """Show the list from its first line, or whom of the whole list the text names."""
        self._pause.stop()
        self._tasks.drop(self._ticket)
        case_id, text = self._case_id, self.search.text().strip()
        if case_id is None:
            return
        rosters = self._services.rosters
        if text:
            call = partial(rosters.find_people, case_id, text, PAGE)
            self._ticket = self._tasks.read(self, call, partial(self._show_found, case_id, text))
        else:
            first = partial(rosters.list_people, case_id, 0, PAGE)
            self._ticket = self._tasks.read(self, first, partial(self._show_first, case_id))

    def show_nothing(self, text: str) -> None:
        self._case_id = None
        self.set_right("")
        self.turnout.hide()
        for table in (self.people, self.history):
            table.set_rows(())
        self.parked.show_rows(None, (), may_store=False)
        self._show_sent_back(None, ())
        self.people.set_empty(text)
        self.roster_button.setEnabled(False)
        self.follow_button.hide()

    def show_case(self, view: EnrolmentView) -> None:
        self._case_id = view.id
        by_unit = view.handling == Handling.BY_UNIT
        self.follow_button.setVisible(by_unit and view.next_act in EARLY)
        self.roster_button.setVisible(not by_unit)
        self.roster_button.setEnabled(gathers_list(view))
        self._empty = (
            f"单位自办:名单在{view.words.system}里,这里只登记人数、金额和业务号。"
            if by_unit
            else "还没有名单。把单位发来的花名册拖到这一页,或按 F3 选择文件。"
        )
        parts = [f"{view.people} 人在内"]
        parts += [f"{view.parked} 人待补"] if view.parked else []
        parts += [f"{view.marked} 人待退回"] if view.marked else []
        self._told = " · ".join(parts)
        self._show_turnout(view)
        self.tabs.setTabText(1, f"待补正 {view.parked}" if view.parked else "待补正")
        rosters, case_id = self._services.rosters, view.id
        self.look()
        parked = partial(self.parked.show_rows, case_id, may_store=gathers_list(view))
        self._tasks.read(self, partial(rosters.list_parked, case_id), parked)
        waiting = partial(self._services.sent_back.list_people, case_id)
        self._tasks.read(self, waiting, partial(self._show_sent_back, case_id))
        history = partial(self._services.enrolments.history, case_id)
        self._tasks.read(self, history, self.history.set_rows)

    def _show_turnout(self, view: EnrolmentView) -> None:
        """Who works there, who joins, how many have to, how many are wanted; women apart."""
        self.turnout.setText("\n".join(turnout_words(line) for line in view.turnout))
        self.turnout.setVisible(bool(view.turnout))
        theme.set_tone(self.turnout, "warn" if any(line.missing for line in view.turnout) else "")

    def show_review(self, marked: int, *, may_review: bool) -> None:
        """What the reviewer needs beside the list; none of it for anybody else."""
        self._marked, self._may_review = marked, may_review
        self._show_review()

    def _show_review(self) -> None:
        on_list = self.tabs.currentWidget() is self.people
        self.review.show_review(self._marked, may_review=self._may_review and on_list)

    def offer_addition(self, offer: Offer | None) -> None:
        """Where the list takes nobody any more, people are added by the button of the case."""
        if offer is not None and not self.roster_button.isEnabled():
            self.roster_button.hide()

    def turn_to_sent_back(self) -> None:
        """Lead to those who wait for a decision, where there are any."""
        if self.sent_back.count:
            self.tabs.setCurrentWidget(self.sent_back)
            self.sent_back.table.setFocus()

    def _show_sent_back(self, case_id: int | None, rows: tuple[PersonLine, ...]) -> None:
        if case_id != self._case_id:
            return
        self.sent_back.set_people(rows)
        at = self.tabs.indexOf(self.sent_back)
        if not rows:
            if at >= 0 and self.tabs.currentIndex() == at:
                self.tabs.setCurrentWidget(self.people)  # not the neighbour, which is the history
            self.tabs.removeTab(at)  # a hidden one breaks what a screen reader finds
            self.sent_back.hide()
        elif at < 0:
            self.tabs.addTab(self.sent_back, f"退回 {len(rows)}")
        else:
            self.tabs.setTabText(at, f"退回 {len(rows)}")

    def _show_first(self, case_id: int, rows: tuple[PersonLine, ...]) -> None:
        if case_id == self._case_id:
            self.set_right(self._told)
            self.people.set_empty(self._empty)
            self.people.set_rows(rows, more=len(rows) == PAGE)

    def _show_found(self, case_id: int, text: str, found: PeopleFound) -> None:
        if case_id != self._case_id:
            return
        more = f",列出前 {PAGE} 人" if found.total > len(found.people) else ""
        self.set_right(f"找到 {found.total} 人{more}")
        self.people.set_empty(f"名单里没有“{text}”。换姓名、拼音首字母或后四位试试。")
        self.people.set_rows(found.people)

    def _read_more(self) -> None:
        rows = self.people.rows_model.rows
        if self._case_id is None or not rows:
            return
        after = rows[-1].line_no
        call = partial(self._services.rosters.list_people, self._case_id, after, PAGE)
        self._tasks.read(self, call, partial(self._show_more, self._case_id, after))

    def _show_more(self, case_id: int, after: int, rows: tuple[PersonLine, ...]) -> None:
        shown = self.people.rows_model.rows
        if case_id == self._case_id and shown and shown[-1].line_no == after:
            self.people.add_rows(rows, more=len(rows) == PAGE)
