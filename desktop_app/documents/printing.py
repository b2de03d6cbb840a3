"""The room's door: one frozen form in, the bytes of its PDF out."""

from __future__ import annotations

from desktop_app.documents.contents import sheet_of, watermark
from desktop_app.documents.forms import (
    ApplicationForm,
    ArchiveHandover,
    BenefitWorksheet,
    ClaimReceipt,
    Confirmation,
    Form,
    MemberList,
    PaymentNotice,
)
from desktop_app.documents.layout import lay_out
from desktop_app.documents.template import carried_template

TEMPLATES: dict[type, str] = {
    PaymentNotice: "payment_notice",
    ApplicationForm: "application_form",
    MemberList: "member_list",
    Confirmation: "confirmation",
    ArchiveHandover: "archive_handover",
    BenefitWorksheet: "benefit_worksheet",
    ClaimReceipt: "claim_receipt",
}


def render(form: Form) -> bytes:
    """The same form gives the same bytes, in any process.

    Raises:
        UserError: a character no carried font draws, or a text too long for its place.
    """
    template = carried_template(TEMPLATES[type(form)])
    return lay_out(template, sheet_of(form), form.marks.issued_on, watermark(form))
