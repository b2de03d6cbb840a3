"""Registers a unit or mends its particulars; codes are checked while they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from db.codes import UnitKind
from desktop_app.domain.invoices import tax_number
from desktop_app.domain.issues import has_error
from desktop_app.domain.labels import label as code_label
from desktop_app.domain.uscc import check_uscc
from desktop_app.errors import UserError
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.units.unit_twins import ASKED, KnownUnitError
from desktop_app.services.views.papers import PaperLine
from desktop_app.services.views.units import UNIT_PAPERS, UnitView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, Call, form_layout
from desktop_app.ui.dialogs.fields import (
    ChoiceField,
    CountField,
    EditableChoice,
    FileField,
    TextField,
)
from desktop_app.ui.dialogs.known_units import KnownUnits
from desktop_app.ui.pasted import scans_in, with_file, with_files
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.drop_area import FileDrops
from desktop_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

DROP_HERE = "拖到这里、粘贴,或"
KINDS = tuple((kind.value, code_label(kind)) for kind in UnitKind)


class UnitDialog(ActDialog):
    """With a `unit`, its particulars are mended; without one, a new unit is registered."""

    open_wanted = Signal(int)  # a unit that is there already

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        unit: UnitView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        new = unit is None
        super().__init__(
            tasks, "登记新单位" if new else "单位资料", "登记" if new else "保存", parent
        )
        self.setMinimumWidth(theme.px(900))
        self._units, self._unit = services.units, unit
        draft = unit.draft if unit else UnitDraft("", "")
        self._again = False
        self.known = KnownUnits()
        self.known.open_pressed.connect(self._open_known)
        self.known.again_pressed.connect(self._add_all_the_same)
        self.foot.insertWidget(0, self.known)
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(24))
        self.body.addLayout(sides)
        sides.addLayout(self.form, 1)
        self._add_particulars(draft)
        self.form = form_layout()
        sides.addLayout(self.form, 1)
        self._add_contacts(draft)
        self.papers: dict[str, FileField] = {}
        self._add_papers(unit.papers if unit else ())
        FileDrops(self, scans_in).files_dropped.connect(self.take_scans)
        tasks.read(self, services.units.list_areas, self.area.offer)

    def _add_particulars(self, draft: UnitDraft) -> None:
        self.name = TextField(draft.name, "营业执照或法人证书上的全称")
        self.kind = ChoiceField(KINDS, draft.kind, unset="请选择")
        self.employer_code = TextField(draft.employer_code, "18位,单位的")
        self.employer_note = label(wrap=True)
        self.union_code = TextField(draft.union_code, "18位,81开头,工会的")
        self.union_note = label(wrap=True)
        self.town = TextField(draft.town)
        self.area = EditableChoice(draft.area)
        self.at_work = CountField(draft.at_work, "在职职工人数")
        self.women = CountField(draft.women, "其中女职工人数")
        self.add_row("单位名称", self.name, "name")
        self.add_row("单位类型", self.kind, "kind")
        self.add_row("统一社会信用代码", self.employer_code, "employer_code")
        self.form.addRow("", self.employer_note)
        self.add_row("工会统一社会信用代码", self.union_code, "union_code")
        self.form.addRow("", self.union_note)
        self.add_row("在职职工", self.at_work, "at_work")
        self.add_row("其中女职工", self.women, "women")
        self.add_row("乡镇(街道)", self.town, "town")
        self.add_row("片区", self.area, "area")
        for field, note in (
            (self.employer_code, self.employer_note),
            (self.union_code, self.union_note),
        ):
            note.hide()
            field.textChanged.connect(partial(_show_code, note))
            _show_code(note, field.text())

    def _add_contacts(self, draft: UnitDraft) -> None:
        self.contact_name = TextField(draft.contact_name)
        self.contact_phone = TextField(draft.contact_phone)
        self.payer_name = TextField(draft.payer_name, "与单位名称不同时填写")
        self.payer_account = TextField(draft.payer_account)
        self.payer_bank = TextField(draft.payer_bank)
        self.payer_bank_no = TextField(draft.payer_bank_no, "12位")
        self.invoice_title = TextField(draft.invoice_title, "不填就是单位名称")
        self.invoice_code = TextField(draft.invoice_code, "不填就用统一社会信用代码")
        self.add_row("联系人", self.contact_name, "contact_name")
        self.add_row("联系电话", self.contact_phone, "contact_phone")
        self.add_row("付款单位", self.payer_name, "payer_name")
        self.add_row("付款账号", self.payer_account, "payer_account")
        self.add_row("开户行", self.payer_bank, "payer_bank")
        self.add_row("开户行行号", self.payer_bank_no, "payer_bank_no")
        self.add_row("开票抬头", self.invoice_title, "invoice_title")
        self.add_row("税号", self.invoice_code, "invoice_code")

    def _add_papers(self, lines: tuple[PaperLine, ...]) -> None:
        """A field each; a scan let go anywhere on the dialog fills the next empty one."""
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(24))
        self.body.addLayout(sides)
        held = {line.key: line.note or line.state_label for line in lines}
        for key, title in UNIT_PAPERS.items():
            there = held.get(key)
            prompt = f"{there} · 拖来换,或" if there else DROP_HERE
            self.papers[key] = FileField(prompt)
            self.form = form_layout()
            sides.addLayout(self.form, 1)
            self.add_row(title, self.papers[key], f"paper:{key}")

    def draft(self) -> UnitDraft:
        self._require()
        return UnitDraft(
            name=self.name.needed("name", "单位名称"),
            kind=self.kind.value(),
            employer_code=_code(self.employer_code, "employer_code", "统一社会信用代码"),
            union_code=_code(self.union_code, "union_code", "工会统一社会信用代码"),
            town=self.town.value(),
            area=self.area.value(),
            at_work=self.at_work.value("at_work", "在职职工"),
            women=self.women.value("women", "其中女职工"),
            contact_name=self.contact_name.value(),
            contact_phone=self.contact_phone.value(),
            payer_name=self.payer_name.value(),
            payer_account=self.payer_account.value(),
            payer_bank=self.payer_bank.value(),
            payer_bank_no=self.payer_bank_no.value(),
            invoice_title=self.invoice_title.value(),
            invoice_code=_tax_number(self.invoice_code),
        )

    def show_error(self, error: BaseException) -> None:
        super().show_error(error)
        if self._unit is None and isinstance(error, KnownUnitError):
            self.known.offer(error.units, again=error.code == ASKED)

    def accept(self) -> None:
        self.known.clear()
        super().accept()

    def _open_known(self, unit_id: int) -> None:
        self.reject()
        self.open_wanted.emit(unit_id)

    def _add_all_the_same(self) -> None:
        """Only what was just asked about is answered by it."""
        self._again = True
        self.accept()
        self._again = False

    def _require(self) -> None:
        """Say all that is missing at once; the cursor goes to the first of it."""
        asked = (("name", "单位名称", self.name.value()), ("kind", "单位类型", self.kind.value()))
        lacking = [(key, title) for key, title, value in asked if not value]
        if lacking:
            titles = "、".join(f"“{title}”" for _key, title in lacking)
            raise UserError(
                "field-missing", f"{titles}还没有填。", "请照证书填写后再登记。", lacking[0][0]
            )

    def calls(self) -> Sequence[Call]:
        draft = self.draft()
        if draft.women is not None and draft.at_work is not None and draft.women > draft.at_work:
            raise UserError(
                "women-too-many",
                f"女职工 {draft.women} 人多于在职职工 {draft.at_work} 人。",
                "请核对两个人数。",
                "women",
            )
        given = tuple((key, one.source) for key, one in self.papers.items() if one.source)
        if self._unit is None:
            register = partial(self._units.register, draft)
            if self._again:
                register = partial(register, again=True)
            return [partial(with_files, given, register) if given else register]
        unit_id = self._unit.id
        attached = [
            partial(with_file, source, partial(self._units.attach_paper, unit_id, key))
            for key, source in given
        ]
        changed = draft != self._unit.draft
        return ([partial(self._units.edit, unit_id, draft)] if changed else []) + attached


def _code(field: TextField, key: str, title: str) -> str | None:
    """The code as typed, in its plain form; a wrong one is refused before anything is saved."""
    text = field.value()
    if text is None:
        return None
    check = check_uscc(text)
    if not check.valid:
        raise UserError(
            "code-wrong",
            f"{title}不对:{check.problems[0].message}",
            "请照证书核对后改正;没有的可以先空着。",
            key,
        )
    return check.code


def _tax_number(field: TextField) -> str | None:
    text = field.value()
    if text is None:
        return None
    number, wrong = tax_number(text)
    if wrong:
        raise UserError("tax-number", f"{wrong}。", "没有另外的税号可以空着。", "invoice_code")
    return number


def _show_code(note: QLabel, text: str) -> None:
    """What is wrong with a code under its field, while it is typed; quiet when nothing is."""
    problems = check_uscc(text).problems if text.strip() else ()
    note.setVisible(bool(problems))
    note.setText(problems[0].message if problems else "")
    theme.set_tone(note, "late" if has_error(problems) else "warn")
