"""The register of printed forms: all that differs from one kind to the other, a row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from desktop_app.documents.forms import (
    archives,
    claims,
    enrolments,
    lists,
    notices,
    people,
    requests,
    units,
    worksheets,
)
from desktop_app.documents.forms.parts import Form
from desktop_app.documents.sheet import Content


class FormOf(Enum):
    """Whose form it is, and so where in the window it is printed."""

    CASE = "case"
    CLAIM = "claim"
    UNIT = "unit"
    PERSON = "person"
    MONTH = "month"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class FormKind:
    """One kind of form.

    Args:
        key: what the ledger, the schemes and the commands call it.
        code: the two letters in its QR code.
        series: the letters its numbers begin with.
        name: what it is called where the scheme has no title of its own for it, the scheme's
            words in braces.
        value: the class of what it says.
        fill: makes the texts and lists of such a value.
        layout: its file in resources/forms, without ending.
        further: printed where it is wanted, not on the way that each case or claim goes.
        within: fields of the value that tell of what it is, beside whose it is.
        of_day: it says how things stand on its day, so that of another day is another form.
    """

    key: str
    code: str
    series: str
    of: FormOf
    name: str
    value: type[Form]
    fill: Callable[[Any], Content]
    layout: str
    further: bool = False
    within: tuple[str, ...] = ()
    of_day: bool = False


WORKSHEET, RECEIPT = "worksheet", "claim-receipt"
# fmt: off
KINDS = (
    FormKind("payment-notice", "PN", "TZ", FormOf.CASE, "缴费通知单",
             enrolments.PaymentNotice, enrolments.notice, "payment_notice"),
    FormKind("application", "AF", "SQ", FormOf.CASE, "互助保障活动申请书",
             enrolments.ApplicationForm, enrolments.application, "application_form"),
    FormKind("member-list", "ML", "MD", FormOf.CASE, "会员名单",
             enrolments.MemberList, enrolments.member_list, "member_list"),
    FormKind("confirmation", "CF", "QR", FormOf.CASE, "互助保障活动确认书",
             enrolments.Confirmation, enrolments.confirmation, "confirmation"),
    FormKind("archive-list", "AH", "YJ", FormOf.CASE, "档案移交清单",
             archives.ArchiveHandover, archives.handover, "archive_handover"),
    FormKind(WORKSHEET, "BW", "HS", FormOf.CLAIM, "核算单",
             worksheets.BenefitWorksheet, worksheets.worksheet, "benefit_worksheet"),
    FormKind(RECEIPT, "CR", "HZ", FormOf.CLAIM, "收件回执",
             claims.ClaimReceipt, claims.receipt, "claim_receipt"),
    FormKind("field-sheet", "FS", "XC", FormOf.UNIT, "{join}现场登记表",
             units.FieldSheet, units.field_sheet, "field_sheet", further=True),
    FormKind("registration", "UR", "ZC", FormOf.UNIT, "单位注册信息表",
             units.UnitRegistration, units.registration, "unit_registration", further=True),
    FormKind("officer-change", "OC", "BG", FormOf.UNIT, "单位经办人变更表",
             units.OfficerChange, units.officer_change, "officer_change", further=True),
    FormKind("file-index", "FI", "JN", FormOf.CASE, "卷内目录",
             archives.FileIndex, archives.file_index, "file_index", further=True),
    FormKind("refund-request", "RR", "TF", FormOf.CASE, "{fee}退费申请",
             requests.RefundRequest, requests.refund_request, "refund_request", further=True),
    FormKind("renewal-notice", "NR", "XB", FormOf.CASE, "续保通知",
             requests.RenewalNotice, requests.renewal_notice, "renewal_notice", further=True),
    FormKind("correction-request", "CQ", "GZ", FormOf.CASE, "{person}信息更正申请",
             requests.CorrectionRequest, requests.correction_request, "correction_request",
             further=True),
    FormKind("cover-proof", "CP", "ZM", FormOf.PERSON, "{join}证明",
             people.CoverProof, people.cover_proof, "cover_proof", further=True,
             within=("identity", "person"), of_day=True),
    FormKind("claim-application", "CA", "LQ", FormOf.CLAIM, "{benefit}{apply}表",
             claims.ClaimApplication, claims.claim_application, "claim_application",
             further=True),
    FormKind("supplement", "SN", "BZ", FormOf.CLAIM, "补正告知书",
             notices.SupplementNotice, notices.supplement, "supplement_notice", further=True),
    FormKind("refusal", "RN", "BF", FormOf.CLAIM, "不符合条件告知书",
             notices.RefusalNotice, notices.refusal, "refusal_notice", further=True),
    FormKind("feedback", "FB", "FK", FormOf.CLAIM, "反馈单",
             notices.FeedbackSlip, notices.feedback, "feedback_slip", further=True),
    FormKind("public-list", "PL", "GS", FormOf.MONTH, "{benefit}公示表",
             lists.PublicList, lists.public_list, "public_list", further=True,
             within=("period",)),
    FormKind("payout-sheet", "PS", "FF", FormOf.MONTH, "{benefit}发放表",
             lists.PayoutSheet, lists.payout_sheet, "payout_sheet", further=True,
             within=("period",)),
    FormKind("condolence-sheet", "CS", "WW", FormOf.UNIT, "慰问金发放表",
             lists.CondolenceSheet, lists.condolence_sheet, "condolence_sheet", further=True),
    FormKind("work-handover", "WH", "JJ", FormOf.OFFICE, "工作交接单",
             lists.WorkHandover, lists.work_handover, "work_handover", further=True,
             within=("handed_by",), of_day=True),
)
# fmt: on
BY_KEY = {kind.key: kind for kind in KINDS}
BY_CODE = {kind.code: kind for kind in KINDS}
_BY_VALUE = {kind.value: kind for kind in KINDS}


def kind_of(form: Form) -> FormKind:
    return _BY_VALUE[type(form)]


def keys_of(of: FormOf, *, further: bool = False) -> tuple[str, ...]:
    """The keys of the forms of a case, a claim and so on, in their order."""
    return tuple(kind.key for kind in KINDS if kind.of is of and kind.further is further)
