"""申领: claims and their papers; digits set a paper's state, Ctrl+Enter takes the next step."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.codes import PaperState
from desktop_app.domain.schemes.claim_ways import FIGURE, TYPE_AMOUNT
from desktop_app.services.done import Area
from desktop_app.services.views.claims import ClaimRow, ClaimView
from desktop_app.services.views.offices import OfficeView
from desktop_app.services.views.papers import PaperLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.claim_dialogs import RegisterClaimDialog
from desktop_app.ui.dialogs.claim_worksheet import WorksheetDialog
from desktop_app.ui.dialogs.fields import ask_file
from desktop_app.ui.dialogs.further_forms import FurtherForms
from desktop_app.ui.dialogs.scan_dialog import ScanDialog
from desktop_app.ui.kept_scans import KeptScansView
from desktop_app.ui.pages.claims.claim_acts import (
    ENTER_NUMBER,
    REFUSE,
    SEND_BACK,
    VOID,
    ClaimDialogs,
)
from desktop_app.ui.pages.claims.claims_card import ClaimCard
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.drop_area import SCANS
from desktop_app.ui.widgets.labels import label, main_button, money_text, styled

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.services.services import Services

# The number's last part is what people say; whole it stands beside the list.
ROW_COLUMNS: tuple[Column[ClaimRow], ...] = (
    Column("编号", lambda c: c.number.rpartition("-")[2], lambda c: c.number, 60),
    Column("姓名", lambda c: c.person, None, 80),
    Column("单位", lambda c: c.unit, None, 90, wide=True),
    Column("项目", lambda c: c.plan, None, 84),
    Column("事发日期", lambda c: f"{c.event_on:%Y-%m-%d}", lambda c: c.event_on, 108),
    Column(
        "申领(元)", lambda c: _amount(c.claimed_fen), lambda c: c.claimed_fen or 0, 92, right=True
    ),
    Column(
        "到哪一步", lambda c: c.step_label, None, 96, lambda c: "warn" if c.papers_missing else ""
    ),
)


def _amount(fen: int | None) -> str:
    return "" if fen is None else money_text(fen)


class ClaimsPage(QWidget):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._today: date | None = None
        self._list_ticket = self._claim_ticket = 0
        self._claim_id: int | None = None
        self.claim: ClaimView | None = None
        self.banner = Banner()
        self.heading, self.count = label("申领", "h1"), label("", "quiet")
        self.register_button = main_button("登记申领(Ctrl+N)", self.register)
        self.register_button.setAccessibleName("登记申领")
        self.register_button.setEnabled(False)  # until today is known
        self.search = QLineEdit(placeholderText="在列表里找:姓名、单位、编号…")
        self.search.setAccessibleName("在申领列表里找")
        self.table: RowsTable[ClaimRow] = RowsTable(
            ROW_COLUMNS, name="申领", empty="还没有申领。按 Ctrl+N 登记第一笔。"
        )
        self.detail = ClaimCard()
        self._dialogs = ClaimDialogs(services, tasks, self)
        at = self.detail.further_button
        self.forms = FurtherForms(services, tasks, self, self.banner, at)
        self._lay_out()
        self._connect()
        tasks.read(self, services.office.view, self._keep_today)
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.count, 1)
        head.addWidget(self.register_button)
        listing = styled(QFrame(), "card")
        inside = QVBoxLayout(listing)
        inside.addWidget(self.search)
        inside.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(listing, 3)
        row.addWidget(self.detail, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addLayout(row, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.table.chosen.connect(self._on_chosen)
        detail = self.detail
        self.table.reached_from(self.search)
        self.first_field = self.search
        self.table.opened.connect(lambda _row: detail.papers.setFocus())
        detail.state_chosen.connect(self.set_paper)
        detail.scan_dropped.connect(self.attach)
        detail.scan_pressed.connect(self._choose_scan)
        detail.look_pressed.connect(self.look_at_scans)
        detail.amount_pressed.connect(self.type_amount)
        detail.facts_pressed.connect(partial(self.take, FIGURE))
        detail.sheet_pressed.connect(self.show_worksheet)
        detail.back_pressed.connect(partial(self.take, SEND_BACK))
        detail.refuse_pressed.connect(partial(self.take, REFUSE))
        detail.number_pressed.connect(partial(self.take, ENTER_NUMBER))
        detail.void_pressed.connect(partial(self.take, VOID))
        detail.receipt_pressed.connect(self.print_receipt)
        detail.further_pressed.connect(self.ask_forms)
        detail.next_pressed.connect(self.take_next)
        for keys, act in (("Ctrl+N", self.register), ("Ctrl+Return", self.take_next)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        self._tasks.drop(self._list_ticket)
        self._list_ticket = self._tasks.read(
            self,
            self._services.claims.list_claims,
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def open_claim(self, claim_id: int) -> None:
        """Show one claim, beside the list."""
        self._claim_id = claim_id
        self._select(claim_id)
        self._tasks.drop(self._claim_ticket)
        call = partial(self._services.claims.get, claim_id)
        self._claim_ticket = self._tasks.read(
            self, call, self._show_claim, on_error=self.banner.show_failure
        )

    def open_with_papers(self, claim_id: int) -> None:
        """Show one claim, the keys at its papers: they are what one has in hand."""
        self.open_claim(claim_id)
        self.detail.papers.setFocus()

    def register(self) -> ActDialog | None:
        if self._today is None:
            return None
        dialog = RegisterClaimDialog(self._services, self._tasks, self._today, self)
        dialog.saved.connect(self._on_registered)
        return opened(dialog)

    def take_next(self) -> ActDialog | None:
        if self.claim is None or not self.detail.next_button.isEnabled():
            return None
        return self.take(self.claim.next_act)

    def take(self, act_key: str) -> ActDialog | None:
        """Open the dialog of an act on the claim that is shown."""
        claim = self.claim
        return None if claim is None else self._dialogs.open(act_key, claim, self._today)

    def type_amount(self) -> ActDialog | None:
        return self.take(TYPE_AMOUNT)

    def show_worksheet(self) -> WorksheetDialog | None:
        if self.claim is None or self.claim.worksheet is None:
            return None
        dialog = WorksheetDialog(self.claim, self.claim.worksheet, self)
        dialog.print_wanted.connect(self.print_worksheet)
        return opened(dialog)

    def look_at_scans(self) -> ScanDialog | None:
        """The papers that were attached, and its forms that came back with a code."""
        if self.claim is None:
            return None
        listing = partial(self._services.claims.list_scans, self.claim.id)
        view = KeptScansView(self._services, self._tasks, listing)
        return opened(ScanDialog(f"{self.claim.person} · {self.claim.number}", view, self))

    def print_worksheet(self) -> None:
        """Fix the worksheet under its number, then show its pages."""
        if self.claim is not None:
            call = partial(self._services.claim_prints.issue_worksheet, self.claim.id)
            self._tasks.save(self, call, self.forms.show_issued, on_error=self.banner.show_failure)

    def print_receipt(self) -> None:
        """Fix the receipt for the papers under its number, then show its page."""
        if self.claim is not None:
            call = partial(self._services.claim_prints.issue_receipt, self.claim.id)
            self._tasks.save(self, call, self.forms.show_issued, on_error=self.banner.show_failure)

    def ask_forms(self) -> None:
        if self.claim is not None:
            self.forms.ask((("claim", self.claim.id),))

    def set_paper(self, line: PaperLine, state: str, file: Path | None = None) -> None:
        if self.claim is not None:
            self.banner.clear()
            call = partial(self._services.claims.set_paper, self.claim.id, line.key, state, file)
            self._tasks.save(self, call, _nothing, on_error=self.banner.show_failure)

    def attach(self, path: Path) -> None:
        """A scan is a copy kept."""
        line = self.detail.papers.current_row()
        if line is not None:
            self.set_paper(line, PaperState.KEPT.value, path)

    def _choose_scan(self) -> None:
        path = ask_file(self, "附扫描件", SCANS)
        if path is not None:
            self.attach(path)

    def _keep_today(self, office: OfficeView) -> None:
        self._today = office.today
        self.register_button.setEnabled(True)

    def _show(self, rows: tuple[ClaimRow, ...]) -> None:
        self.table.set_rows(rows)
        self._show_count()
        self._select(self._claim_id)

    def _select(self, claim_id: int | None) -> None:
        """Mark the row of the claim that is shown, also where a search hid it."""
        rows = self.table.rows_model.rows
        at = next((i for i, row in enumerate(rows) if row.id == claim_id), None)
        if at is not None:
            source = self.table.rows_model.index(at, 0)
            self.table.selectRow(self.table.proxy.mapFromSource(source).row())

    def _show_count(self) -> None:
        shown = self.table.shown_rows()
        missing = sum(1 for row in shown if row.papers_missing)
        late = f" · {missing} 笔资料待补" if missing else ""
        self.count.setText(f"　{len(shown)} 笔{late}")

    def _on_search(self, text: str) -> None:
        self.table.set_filter(text)
        self._show_count()

    def _on_chosen(self, row: ClaimRow | None) -> None:
        if row is not None and (self.claim is None or row.id != self.claim.id):
            self.open_claim(row.id)
        elif row is None and not self.table.rows_model.rows:
            self._show_none()

    def _on_registered(self, claim_id: int) -> None:
        self._claim_id = claim_id
        self.open_with_papers(claim_id)

    def _show_none(self) -> None:
        self.claim = None
        self.detail.show_none()

    def _show_claim(self, claim: ClaimView) -> None:
        if claim.id == self._claim_id:
            self.claim = claim
            self.detail.show_claim(claim)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.CLAIMS in areas:
            self.reload()
            if self._claim_id is not None:
                self.open_claim(self._claim_id)


def _nothing(_value: object) -> None:
    return
