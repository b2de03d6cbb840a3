"""The invented form of each kind, by the kind's key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from desktop_app.documents.forms.parts import Form, TitledForm, Words
from desktop_app.documents.samples import of_cases, of_claims, of_others

_SOME = 30  # people: more than one page, so that what stands across pages is seen
_MADE: Mapping[str, Callable[[], Form]] = {
    "payment-notice": of_cases.notice,
    "application": of_cases.application,
    "member-list": partial(of_cases.member_list, _SOME),
    "confirmation": of_cases.confirmation,
    "archive-list": of_cases.handover,
    "worksheet": of_claims.worksheet,
    "claim-receipt": of_claims.claim_receipt,
    "field-sheet": of_others.field_sheet,
    "registration": of_others.registration,
    "officer-change": of_others.officer_change,
    "file-index": of_cases.file_index,
    "refund-request": of_cases.refund_request,
    "renewal-notice": of_cases.renewal_notice,
    "correction-request": of_cases.correction_request,
    "cover-proof": of_others.cover_proof,
    "claim-application": of_claims.claim_application,
    "supplement": of_claims.supplement,
    "refusal": of_claims.refusal,
    "feedback": of_claims.feedback,
    "public-list": of_others.public_list,
    "payout-sheet": of_others.payout_sheet,
    "condolence-sheet": of_others.condolence_sheet,
    "work-handover": of_others.work_handover,
}


def sample_form(key: str, title: str = "", words: Words | None = None) -> Form:
    """An invented form of this kind, marked 演示; `title` and `words` of the office's scheme."""
    form = _MADE[key]()
    if words is not None:
        form = replace(form, marks=replace(form.marks, words=words))
    if title and isinstance(form, TitledForm):
        form = replace(form, title=title)
    return form
