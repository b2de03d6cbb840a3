"""审核开户: a registration beside its certificates, opened with Enter or returned with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.domain.invoices import invoice_of
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.views.units import UnitView
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.dialogs.fields import TextField
from desktop_app.ui.kept_scans import KeptScansView
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class UnitReviewDialog(ActDialog):
    def __init__(
        self, services: Services, tasks: TaskRunner, unit: UnitView, parent: QWidget | None
    ) -> None:
        super().__init__(tasks, "审核开户", "开户", parent)
        self._units, self._unit = services.units, unit
        self.add_note("照证书核对后开户;不符的写明原因退回。")
        for title, text in facts_of(unit):
            self._add_fact(title, text)
        self.reason = TextField(hint="退回时填写:缺什么、改哪里")
        self.add_row("退回原因", self.reason, "reason")
        self.body.addLayout(self.form)
        self.return_button = button("退回(&R)", self._send_back, name="退回")
        self.foot.insertWidget(0, self.return_button)
        self.scans: KeptScansView | None = None
        if any(paper.attachment_id for paper in unit.papers):
            listing = partial(services.scans.of_unit, unit.id)
            self.scans = KeptScansView(services, tasks, listing)
            self.lay_beside(self.scans)
        self.main_button.setFocus()

    def calls(self) -> Sequence[Call]:
        return [partial(self._units.open, self._unit.id)]

    def _add_fact(self, title: str, text: str) -> None:
        told = label(text, wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told.setAccessibleName(f"{title} {text}")
        self.form.addRow(label(title, "quiet"), told)

    def _send_back(self) -> None:
        self.act(self._return_calls, self.finish)

    def _return_calls(self) -> Sequence[Call]:
        reason = self.reason.needed("reason", "退回原因")
        return [partial(self._units.return_, self._unit.id, reason)]


def facts_of(unit: UnitView) -> tuple[tuple[str, str], ...]:
    """What was registered, line by line, in the order of the certificates."""
    draft = unit.draft
    known = (
        ("单位名称", draft.name),
        ("单位类型", unit.kind_label),
        ("统一社会信用代码", draft.employer_code or "未填"),
        ("工会统一社会信用代码", draft.union_code or "未填"),
        ("在职职工", _people(draft)),
        ("乡镇、片区", _joined(draft.town, draft.area)),
        ("联系人", _joined(draft.contact_name, draft.contact_phone)),
        ("付款单位", _joined(draft.payer_name, draft.payer_account)),
        ("开票", _invoice(draft)),
        ("证书", "、".join(f"{p.label}:{p.note or p.state_label}" for p in unit.papers)),
    )
    return tuple((title, text) for title, text in known if text)


def _invoice(draft: UnitDraft) -> str:
    codes = (draft.invoice_code, draft.employer_code, draft.union_code)
    return invoice_of(draft.name, draft.invoice_title, *codes).text


def _people(draft: UnitDraft) -> str:
    if draft.at_work is None:
        return "未填"
    return f"{draft.at_work} 人" + ("" if draft.women is None else f"(女 {draft.women})")


def _joined(*texts: str | None) -> str:
    return " ".join(text for text in texts if text)
