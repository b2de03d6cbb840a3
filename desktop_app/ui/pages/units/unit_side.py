"""The unit page's right side: papers received, forms printed; one line each, one button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from db.codes import CaseState, Handling, PaperState
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.papers import FormLine, PaperLine
from desktop_app.ui.dialogs.case import THERE
from desktop_app.ui.pages.units.unit_lines import LinesCard
from desktop_app.ui.pages.units.unit_money import RECEIPT, may_pay
from desktop_app.ui.pasted import scans_in
from desktop_app.ui.widgets.drop_area import FileDrops
from desktop_app.ui.widgets.labels import button, label

# Papers that come in by an act of their own, not by attaching a scan.
PAPER_ACTS = {RECEIPT: "archive.receipt", "bank-slip": "payment.record"}


# Short names on the card; the whole title is its tool tip and what a screen reader says.
SHORT_TITLES = {
    "payment-notice": "缴费通知单",
    "application": "申请书",
    "confirmation": "确认书",
    "archive-list": "移交清单",
}


def short_title(form: FormLine, person: str) -> str:
    if form.key == "member-list":
        return f"{person}名单"
    return SHORT_TITLES.get(form.key, form.label)


class PapersCard(LinesCard):
    """材料: let a scan go on its line, or choose it; papers printed here stand under 文书."""

    attach = Signal(str, object)  # paper key, tuple[Source, ...]
    look_pressed = Signal(str)  # paper key
    choose = Signal(str)  # paper key
    act_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__("材料")
        self._acts: frozenset[str] = frozenset()  # that may be taken now

    def show_case(self, view: EnrolmentView) -> None:
        printed = {form.key for form in view.forms}
        closed = view.state in (CaseState.FINISHED, CaseState.VOID)
        lines = tuple(line for line in view.papers if line.key not in printed)
        receipt = frozenset({"archive.receipt"} if view.receipts.may_record else ())
        self._acts = receipt | frozenset({"payment.record"} if may_pay(view) else ())
        self.show_lines("材料", lines, closed=closed)

    def show_lines(self, title: str, lines: tuple[PaperLine, ...], *, closed: bool) -> None:
        self.set_title(title)
        grid = self.begin()
        for line in lines:
            act = None if closed else self._button(line)
            self.line(grid, line.state in THERE, (line.label, note_of(line)), act)
            if line.attachment_id is not None:
                self._look_at(grid, line)
            if not closed:
                self._take_on(grid, line.key)
        there = sum(line.state in THERE for line in lines)
        self.set_right(f"{there}/{len(lines)} 份")

    def _look_at(self, grid: QGridLayout, line: PaperLine) -> None:
        """Its note is pressed to see it."""
        row = grid.rowCount() - 1
        made = button(f"看({note_of(line)})", lambda: self.look_pressed.emit(line.key), kind="link")
        made.setAccessibleName(f"{line.label}:看附件")
        self.buttons[f"look:{line.key}"] = made
        item = grid.itemAtPosition(row, 2)
        if item is not None and (note := item.widget()) is not None:
            grid.replaceWidget(note, made)
            note.hide()
            note.deleteLater()

    def _take_on(self, grid: QGridLayout, key: str) -> None:
        """Every part of the line just added takes a file for its paper."""
        row = grid.rowCount() - 1
        for column in range(grid.columnCount()):
            item = grid.itemAtPosition(row, column)
            if item is not None and (part := item.widget()) is not None:
                drops = FileDrops(part, scans_in)
                drops.files_dropped.connect(partial(self.attach.emit, key))

    def _button(self, line: PaperLine) -> QPushButton | None:
        act_key = PAPER_ACTS.get(line.key)
        there = line.state in THERE
        if act_key is not None:
            if there or act_key not in self._acts:
                return None
            made = button("登记…", lambda: self.act_pressed.emit(act_key), kind="link")
        else:
            made = button(
                "换一份…" if there else "添加…", lambda: self.choose.emit(line.key), kind="link"
            )
        made.setAccessibleName(f"{line.label}:{made.text()}")
        self.buttons[line.key] = made
        return made


class FormsCard(LinesCard):
    """文书: every form of the case; its button issues it once, then shows the same bytes."""

    print_pressed = Signal(object)  # FormLine
    set_pressed = Signal()
    further_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("文书")
        self.set_button = button(
            "打印一套(Ctrl+P)…", self.set_pressed.emit, kind="link", name="打印一套单据"
        )
        self.head.addWidget(self.set_button)
        self.further_button = button(
            "其他文书(&J)…", self.further_pressed.emit, kind="link", name="其他文书"
        )
        self.head.addWidget(self.further_button)
        self.set_button.hide()

    def show_case(self, view: EnrolmentView) -> None:
        grid = self.begin()
        self.set_button.setVisible(any(form.may_print for form in view.forms))
        told: set[str] = set()  # several wait for the same thing: it is said once
        for form in view.forms:
            there = form.issued_id is not None or form.stamped
            short = short_title(form, view.words.person)
            by_unit = view.handling == Handling.BY_UNIT and form.key != "archive-list"
            name, note = self.line(grid, there, (short, note_of_form(form, by_unit)), None)
            name.setToolTip(form.label)
            name.setAccessibleName(form.label)
            note.setToolTip(form.why_not)
            note.setAccessibleDescription(form.why_not)
            if form.issued_id is not None or form.may_print:
                self._add_button(grid, form)
            why = f"{form.why_not}{form.remedy}"
            if form.remedy and form.issued_id is None and not by_unit and why not in told:
                told.add(why)
                grid.addWidget(label(why, "quiet", wrap=True), grid.rowCount(), 1, 1, 3)

    def show_none(self) -> None:
        """A unit without a case has forms of its own."""
        self.begin()
        self.set_button.hide()

    def _add_button(self, grid: QGridLayout, form: FormLine) -> None:
        made = button(
            "打开…" if form.issued_id else "打印…",
            lambda: self.print_pressed.emit(form),
            kind="link",
        )
        made.setToolTip("预览、打印、另存PDF")
        made.setAccessibleName(f"{form.label}:{made.text()}")
        self.buttons[form.key] = made
        grid.addWidget(made, grid.rowCount() - 1, 3)


def note_of(line: PaperLine) -> str:
    if line.state not in THERE:
        return "待补" if line.state == PaperState.MISSING else line.state_label
    return line.note or line.state_label


def note_of_form(form: FormLine, by_unit: bool = False) -> str:
    """`by_unit` says that the unit prints it itself."""
    if form.issued_id is None and by_unit:
        return "已盖章收回" if form.stamped else "由单位打印"
    if form.issued_id is None:
        if form.provisional:
            return f"暂用 {form.provisional}"
        return form.again or ("" if form.may_print else "还不能打印")
    state = "已盖章" if form.stamped else f"印{form.copies}份"
    return f"{form.number or ''} · {state}".removeprefix(" · ")
