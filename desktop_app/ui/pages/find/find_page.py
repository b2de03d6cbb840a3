"""查询: the search of the box on top as a whole page; the person found stands beside the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.services.done import Area
from desktop_app.services.views.offices import OfficeView
from desktop_app.services.views.persons import PersonView
from desktop_app.services.views.search import Hit
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.claim_dialogs import RegisterClaimDialog
from desktop_app.ui.dialogs.further_forms import FurtherForms
from desktop_app.ui.pages.find.person_card import PersonCard
from desktop_app.ui.rows_model import Column
from desktop_app.ui.search_box import DEBOUNCE_MS, KINDS, phone_sentence
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.services.services import Services

LIMIT = 500
HINT = "姓名、拼音首字母、证件号后四位、单位、联系人、信用代码、业务号、申领编号、单据编号"
COLUMNS: tuple[Column[Hit], ...] = (
    Column("是什么", lambda h: KINDS.get(h.kind, ""), width=54, tone=lambda _h: "quiet"),
    Column("名称", lambda h: h.title, width=170),
    Column("情况", lambda h: h.detail, width=200, wide=True),
)
NOT_A_PERSON = "按 Enter 打开它。"
HEARS = {Area.MEMBERS, Area.ENROLMENTS, Area.PAYMENTS, Area.CLAIMS, Area.SUBMISSIONS}


class FindPage(QWidget):
    open_hit = Signal(object)  # Hit
    open_case = Signal(int, int)  # unit, case
    open_claim = Signal(int)

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket = self._person_ticket = 0
        self._today: date | None = None
        self.banner = Banner()
        self.text = QLineEdit()
        self.text.setPlaceholderText(HINT)
        self.text.setAccessibleName("查询内容")
        self.table: RowsTable[Hit] = RowsTable(COLUMNS, name="查询结果", empty=f"请输入{HINT}。")
        self.card, self.person = Card("结果"), PersonCard()
        at = self.person.further_button
        self.forms = FurtherForms(services, tasks, self, self.banner, at)
        self.card.add(self.table, 1)
        self.cells_button = button("复制全部为表格", self.table.copy_all)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DEBOUNCE_MS)
        self._lay_out()
        self._connect()
        self.first_field = self.text
        tasks.read(self, services.office.view, self._keep_today)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("查询", "h1"))
        head.addWidget(self.text, 1)
        head.addWidget(self.cells_button)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.card, 4)
        row.addWidget(self.person, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addLayout(row, 1)

    def _connect(self) -> None:
        self._wait.timeout.connect(self.ask)
        self.text.textChanged.connect(lambda _text: self._wait.start())
        self.text.returnPressed.connect(self._enter)
        self.table.reached_from(self.text)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._on_chosen)
        self.person.open_case.connect(self.open_case)
        self.person.open_claim.connect(self.open_claim)
        self.person.register_pressed.connect(self.register_claim)
        self.person.copy_pressed.connect(self.copy_sentence)
        self.person.further_pressed.connect(self.ask_forms)
        for keys, act in (("F4", self.copy_sentence), ("Ctrl+N", self.register_claim)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tasks.changed.connect(self._on_changed)

    def ask(self) -> None:
        self._wait.stop()
        self._tasks.drop(self._ticket)
        text = self.text.text().strip()
        if not text:
            self._show("", ())
            return
        call = partial(self._services.search.find, text, LIMIT)
        self._ticket = self._tasks.read(
            self, call, partial(self._show, text), on_error=self.banner.show_failure
        )

    def show_person(self, hit: Hit) -> None:
        """Show the person that the box on top found, and nobody else."""
        with QSignalBlocker(self.text):
            self.text.clear()
        self._wait.stop()
        self._tasks.drop(self._ticket)
        self._show(hit.title, (hit,))

    def copy_sentence(self) -> None:
        """What to say on the phone: the person's own sentence once it is there."""
        hit = self.table.current_row()
        if hit is not None:
            view = self._shown_of(hit)
            text = view.sentence if view else phone_sentence(hit)
            QGuiApplication.clipboard().setText(text)
            self.banner.show_good("已复制一句话。", text)

    def register_claim(self) -> ActDialog | None:
        """A claim of the person who is shown; whom no plan ever covered has none to make."""
        view = self.person.view
        if view is None or self._today is None or not self.person.register_button.isEnabled():
            return None
        known = (view.id, view.name)
        dialog = RegisterClaimDialog(self._services, self._tasks, self._today, self, known)
        dialog.saved.connect(self.open_claim.emit)
        return opened(dialog)

    def ask_forms(self) -> None:
        if self.person.view is not None:
            self.forms.ask((("person", self.person.view.id),))

    def _enter(self) -> None:
        hit = self.table.current_row()
        if self._wait.isActive() or hit is None:
            self.ask()
        else:
            self._open(hit)

    def _open(self, hit: Hit) -> None:
        """A person's hit opens the case one asks about; without one there is the card."""
        view = self._shown_of(hit)
        if hit.kind != "member":
            self.open_hit.emit(hit)
        elif view is not None and view.unit_id is not None and view.case_id is not None:
            self.open_case.emit(view.unit_id, view.case_id)
        elif view is not None:
            self.banner.show_info(f"{view.name}没有申请可以打开。")

    def _shown_of(self, hit: Hit) -> PersonView | None:
        view = self.person.view
        return view if view is not None and hit.kind == "member" and view.id == hit.id else None

    def _show(self, text: str, hits: tuple[Hit, ...]) -> None:
        self.banner.clear()
        self.table.set_empty(
            f"查无“{text}”。换后四位、拼音首字母或单位试试。" if text else f"请输入{HINT}。"
        )
        self.table.set_rows(hits)
        if hits:
            self.table.selectRow(0)  # another question begins at its first answer
        more = f",只列前 {LIMIT} 条" if len(hits) >= LIMIT else ""
        self.card.set_right(f"共 {len(hits)} 条{more}" if text else "")

    def _on_chosen(self, hit: Hit | None) -> None:
        self._tasks.drop(self._person_ticket)
        if hit is None:
            self.person.show_nobody()
        elif hit.kind != "member":
            self.person.show_nobody(f"{phone_sentence(hit)}{NOT_A_PERSON}")
        elif self._shown_of(hit) is None:
            self._read_person(hit.id)

    def _read_person(self, member_id: int) -> None:
        call = partial(self._services.persons.get, member_id)
        self._person_ticket = self._tasks.read(
            self, call, self.person.show_person, on_error=self.banner.show_failure
        )

    def _keep_today(self, office: OfficeView) -> None:
        self._today = office.today

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS and self.person.view is not None:
            self._read_person(self.person.view.id)
