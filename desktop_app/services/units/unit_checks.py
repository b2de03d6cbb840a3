"""What cannot be a unit is refused; doubts about its codes were shown beside the field already."""

from __future__ import annotations

from db.codes import UnitKind
from desktop_app.domain.invoices import tax_number
from desktop_app.domain.uscc import check_uscc
from desktop_app.errors import UserError
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.sane import check_line

_LINES = {
    "name": "单位名称",
    "town": "乡镇",
    "area": "片区",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "payer_name": "付款户名",
    "payer_account": "付款账号",
    "payer_bank": "开户行",
    "payer_bank_no": "行号",
    "invoice_title": "开票抬头",
}


def check_unit(draft: UnitDraft) -> None:
    for field, what in _LINES.items():
        check_line(getattr(draft, field), what, field)
    if not draft.name.strip():
        raise UserError("name-missing", "没有填单位名称。", "请填写单位全称。", "name")
    if draft.kind not in set(UnitKind):
        raise UserError("kind-unknown", "没有选单位性质。", "请选择一种。", "kind")
    _check_codes(draft)
    if draft.at_work is not None and draft.women is not None and draft.women > draft.at_work:
        raise UserError(
            "women-too-many",
            f"女职工{draft.women}人多于在职职工{draft.at_work}人。",
            "请核对两个人数。",
            "women",
        )


def _check_codes(draft: UnitDraft) -> None:
    for field, code in (("employer_code", draft.employer_code), ("union_code", draft.union_code)):
        if not code:
            continue
        checked = check_uscc(code)
        if not checked.valid:
            raise UserError("uscc", checked.problems[0].message, "请对照证书改正。", field)
    wrong = tax_number(draft.invoice_code)[1] if draft.invoice_code else ""
    if wrong:
        raise UserError("tax-number", f"{wrong}。", "没有另外的税号可以空着。", "invoice_code")
