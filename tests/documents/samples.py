"""Invented forms for the documents tests: those that the program shows layouts with."""

from __future__ import annotations

from desktop_app.documents.forms.parts import Form
from desktop_app.documents.samples.of_cases import (
    application,
    confirmation,
    correction_request,
    file_index,
    handover,
    member_list,
    notice,
    refund_request,
    renewal_notice,
)
from desktop_app.documents.samples.of_claims import (
    claim_application,
    claim_receipt,
    feedback,
    refusal,
    supplement,
    worksheet,
)
from desktop_app.documents.samples.of_others import (
    condolence_sheet,
    cover_proof,
    field_sheet,
    officer_change,
    payout_sheet,
    public_list,
    registration,
    work_handover,
)
from desktop_app.documents.samples.particulars import (
    COVERAGE,
    LINES,
    MARKS,
    RARE_NAMES,
    TOTAL_FEN,
    UNIT,
    identity,
    people,
)

__all__ = [
    "COVERAGE",
    "LINES",
    "MARKS",
    "RARE_NAMES",
    "TOTAL_FEN",
    "UNIT",
    "application",
    "claim_application",
    "claim_receipt",
    "condolence_sheet",
    "confirmation",
    "correction_request",
    "cover_proof",
    "every_form",
    "feedback",
    "field_sheet",
    "file_index",
    "handover",
    "identity",
    "member_list",
    "notice",
    "officer_change",
    "payout_sheet",
    "people",
    "public_list",
    "refund_request",
    "refusal",
    "registration",
    "renewal_notice",
    "supplement",
    "work_handover",
    "worksheet",
]


def every_form() -> tuple[Form, ...]:
    return (
        notice(),
        application(),
        member_list(),
        confirmation(),
        handover(),
        worksheet(),
        claim_receipt(),
        field_sheet(),
        registration(),
        officer_change(),
        file_index(),
        refund_request(),
        renewal_notice(),
        correction_request(),
        cover_proof(),
        claim_application(),
        supplement(),
        refusal(),
        feedback(),
        public_list(),
        payout_sheet(),
        condolence_sheet(),
        work_handover(),
    )
