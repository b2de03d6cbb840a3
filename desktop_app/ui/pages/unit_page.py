"""One unit's whole work on one page: steps, people, papers, money, forms, history."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from db.codes import CaseState, UnitState
from desktop_app.services.done import Area
from desktop_app.services.views.enrolments import PaymentLine
from desktop_app.services.views.papers import FormLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.acts import ACTS, issue_form
from desktop_app.ui.dialogs.base import ActDialog, Words, opened
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.dialogs.enrolment_dialog import FollowDialog, NewEnrolmentDialog
from desktop_app.ui.dialogs.fields import ask_file
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.dialogs.payment_dialogs import return_payment
from desktop_app.ui.dialogs.preview_dialog import Form, PdfPreviewDialog
from desktop_app.ui.dialogs.quote_dialog import QuoteDialog
from desktop_app.ui.dialogs.step_dialogs import ConfirmDialog, return_unit
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.pages.unit_case import CaseCard
from desktop_app.ui.pages.unit_people import PeopleCard
from desktop_app.ui.pages.unit_reading import Shown, facts_text, read_unit
from desktop_app.ui.pages.unit_side import FormsCard, MoneyCard, PapersCard
from desktop_app.ui.pasted import Source
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.drop_area import ROSTERS, SCANS, FileDrops, paste_sources
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HEARS = {
    Area.UNITS, Area.MEMBERS, Area.ENROLMENTS, Area.PAYMENTS,
    Area.PRINTS, Area.SUBMISSIONS, Area.SCHEMES,
}  # fmt: skip


class UnitPage(QWidget):
    """Reads itself again whenever anything of it changed."""

    loaded = Signal()
    back = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, unit_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self.unit_id = services, tasks, unit_id
        self._ticket = 0
        self.shown: Shown | None = None
        self.banner = Banner()
        self.heading, self.facts = label("", "h1"), label("", "quiet", wrap=True)
        self.back_button = button("返回列表(&B)", self.back.emit, name="返回列表")
        self.edit_button = button("单位资料(F2)", self.edit_unit, name="单位资料")
        self.case_card = CaseCard()
        self.people = PeopleCard(services, tasks)
        self.papers, self.money, self.forms = PapersCard(), MoneyCard(), FormsCard()
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.facts, 1)
        head.addWidget(self.edit_button)
        head.addWidget(self.back_button)
        inside = QWidget()
        side = QVBoxLayout(inside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(8))
        for card in (self.papers, self.money, self.forms):
            side.addWidget(card)
        side.addStretch(1)
        self.side = QScrollArea()
        self.side.setWidget(inside)
        self.side.setWidgetResizable(True)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setAccessibleName("材料、缴费和文书")
        lower = QHBoxLayout()
        lower.setSpacing(theme.px(12))
        lower.addWidget(self.people, 7)
        lower.addWidget(self.side, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.case_card)
        layout.addLayout(lower, 1)

    def _connect(self) -> None:
        card = self.case_card
        card.next_pressed.connect(self.take_next)
        card.open_pressed.connect(self.open_account)
        card.return_unit_pressed.connect(self.send_unit_back)
        card.start_pressed.connect(self.start_enrolment)
        card.return_payment_pressed.connect(self.send_payment_back)
        self.people.roster_pressed.connect(self.choose_roster)
        self.people.follow_pressed.connect(self.follow)
        self.papers.attach.connect(self.attach_paper)
        self.papers.choose.connect(self.choose_paper)
        self.papers.act_pressed.connect(self.take)
        self.money.act_pressed.connect(self.take)
        self.money.return_pressed.connect(self.send_payment_back)
        self.money.steps_pressed.connect(self.show_steps)
        self.forms.print_pressed.connect(self.print_form)
        FileDrops(self).files_dropped.connect(lambda paths: self.read_roster(paths[0]))
        for keys, act in (
            ("Ctrl+Return", self.take_next),
            ("Ctrl+Enter", self.take_next),
            ("F2", self.edit_unit),
            ("F3", self.choose_roster),
            ("Ctrl+V", self.paste_roster),
            ("Alt+Left", self.back.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        call = partial(read_unit, self._services, self.unit_id)
        self._ticket = self._tasks.read(self, call, self._show, on_error=self.banner.show_failure)

    def take_next(self) -> ActDialog | None:
        if self.shown and self.shown.case and self.case_card.next_button.isEnabled():
            return self.take(self.shown.case.next_act)
        return None

    def take(self, act_key: str) -> ActDialog | None:
        """Open the dialog of an act on the newest case."""
        case, act = self._case(), ACTS.get(act_key)
        if case is None or act is None:
            return None
        dialog = act.open(case, self)
        if act.prints:
            dialog.saved.connect(self.preview_issued)
        return opened(dialog)

    def open_account(self) -> ActDialog | None:
        if self.shown is None:
            return None
        draft = self.shown.unit.draft
        lines = [draft.name, f"单位代码 {draft.employer_code or '未填'}"]
        lines.append(f"工会代码 {draft.union_code or '未填'}")
        lines += [f"{p.label}:{p.note or p.state_label}" for p in self.shown.unit.papers]
        words = Words("审核开户", "\n".join(lines), "开户")
        call = partial(self._services.units.open, self.unit_id)
        return opened(ConfirmDialog(self._tasks, words, call, self))

    def send_unit_back(self) -> ActDialog | None:
        if self.shown is None:
            return None
        name = self.shown.unit.draft.name
        return opened(return_unit(self._services, self._tasks, self.unit_id, name, self))

    def start_enrolment(self) -> ActDialog | None:
        if self.shown is None:
            return None
        return opened(NewEnrolmentDialog(self._services, self._tasks, self.shown.unit, self))

    def edit_unit(self) -> ActDialog | None:
        if self.shown is None:
            return None
        return opened(UnitDialog(self._services, self._tasks, self.shown.unit, self))

    def follow(self) -> ActDialog | None:
        view = self.shown.case if self.shown else None
        if view is None:
            return None
        known = (view.people, view.due_fen, view.business_no)
        return opened(FollowDialog(self._services, self._tasks, view.id, known, self))

    def send_payment_back(self, payment: PaymentLine) -> ActDialog | None:
        case = self._case()
        return opened(return_payment(case, payment, self)) if case else None

    def show_steps(self) -> QDialog | None:
        view = self.shown.case if self.shown else None
        if view is None or view.quote is None:
            return None
        return opened(QuoteDialog(view.unit_name, view.quote, self))

    def choose_roster(self) -> None:
        if self.people.roster_button.isEnabled() and self.people.roster_button.isVisible():
            path = ask_file(self, "读入名单", ROSTERS)
            if path is not None:
                self.read_roster(path)

    def paste_roster(self) -> None:
        """The clipboard's file, or the cells copied in a spreadsheet."""
        sources = paste_sources()
        if sources:
            self.read_roster(sources[0])
        else:
            self.banner.show_info(
                "剪贴板里没有文件或表格。",
                "请复制名单文件,或在表格里选中名单(连表头)复制,再回来粘贴。",
            )

    def read_roster(self, source: Source) -> ActDialog | None:
        """Plan a dropped roster; only a case that still gathers its list takes one."""
        view = self.shown.case if self.shown else None
        if view is None or view.state in (CaseState.FINISHED, CaseState.VOID):
            self.banner.show_warning(
                "还没有可以收名单的申请。", "请先开户并新建入会申请,再拖名单。"
            )
            return None
        if not self.people.roster_button.isEnabled():
            self.banner.show_warning(
                f"这份申请现在是“{view.step_label}”,不再收名单。", "如要改名单,请先退回。"
            )
            return None
        self.banner.clear()
        return opened(ImportPlanDialog(self._services, self._tasks, view.id, source, self))

    def choose_paper(self, key: str) -> None:
        path = ask_file(self, "添加材料", SCANS)
        if path is not None:
            self.attach_paper(key, path)

    def attach_paper(self, key: str, path: Path) -> None:
        """A paper of the case; where there is none yet, a certificate of the unit."""
        if self.shown is None:
            return
        self.banner.clear()
        if self.shown.case is None:
            call = partial(self._services.units.attach_paper, self.unit_id, key, path)
        else:
            call = partial(self._services.enrolments.attach_paper, self.shown.case.id, key, path)
        self._tasks.save(self, call, self._on_attached, on_error=self.banner.show_failure)

    def print_form(self, form: FormLine) -> QDialog | None:
        """Show what was issued; a form without a number is issued first."""
        if form.issued_id is None:
            return self.issue(form.key)
        shown = Form(
            form.issued_id, form.label, form.number or "", form.copies, may_renew=form.may_print
        )
        dialog = self._preview(shown)
        dialog.renew_wanted.connect(partial(self.issue, form.key))
        return dialog

    def issue(self, form_key: str) -> ActDialog | None:
        case = self._case()
        if case is None:
            return None
        dialog = issue_form(form_key, case, self)
        dialog.saved.connect(self.preview_issued)
        return opened(dialog)

    def preview_issued(self, issued_id: int) -> None:
        """A form has just been issued: show its pages at once."""
        dialog = self._preview(Form(issued_id, "打印预览", "", 0))
        once = Qt.ConnectionType.SingleShotConnection
        self.loaded.connect(partial(self._name_preview, dialog, issued_id), once)

    def _name_preview(self, dialog: PdfPreviewDialog, issued_id: int) -> None:
        """Name it as soon as its number is read: the title names the PDF and the print job."""
        forms = self.shown.case.forms if self.shown and self.shown.case else ()
        form = next((form for form in forms if form.issued_id == issued_id), None)
        if form is not None and isValid(dialog):
            dialog.setWindowTitle(f"{form.label} {form.number or ''}".strip())

    def _preview(self, form: Form) -> PdfPreviewDialog:
        return opened(PdfPreviewDialog(self._services, self._tasks, form, self))

    def _case(self) -> Case | None:
        if self.shown is None or self.shown.case is None:
            return None
        shown = self.shown
        return Case(self._services, self._tasks, shown.unit, self.shown.case, shown.today)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        draft = shown.unit.draft
        self.heading.setText(draft.name)
        self.facts.setText(facts_text(draft, shown.unit))
        if shown.case is None:
            self.case_card.show_waiting(shown.unit, may_review=shown.may_review)
            self.people.show_nothing("新建入会申请后,把名单拖到这一页。")
            ended = shown.unit.state == UnitState.ENDED
            self.papers.show_lines("单位证书", shown.unit.papers, closed=ended)
        else:
            self.case_card.show_case(shown.case, shown.year)
            self.people.show_case(shown.case)
            for card in (self.papers, self.money, self.forms):
                card.show_case(shown.case)
        for card in (self.money, self.forms):
            card.setVisible(shown.case is not None)
        self.edit_button.setEnabled(shown.unit.state != UnitState.ENDED)
        self.loaded.emit()

    def _on_attached(self, _value: object) -> None:
        self.banner.show_good("材料已存入。")

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()
