"""Invented forms of a case: on its way and beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.documents.forms.archives import (
    ArchiveHandover,
    ArchivePaper,
    FileIndex,
    IndexedPaper,
)
from desktop_app.documents.forms.enrolments import (
    ApplicationForm,
    Confirmation,
    FundingLine,
    InvoiceParticulars,
    MemberList,
    Payee,
    PaymentNotice,
)
from desktop_app.documents.forms.parts import Marks, UnitParticulars
from desktop_app.documents.forms.requests import (
    AskedRefund,
    CorrectionRequest,
    RefundRequest,
    RenewalNotice,
)
from desktop_app.documents.samples.particulars import (
    COVERAGE,
    LINES,
    MARKS,
    TOTAL_FEN,
    UNIT,
    people,
)


def notice(marks: Marks = MARKS, unit: UnitParticulars = UNIT) -> PaymentNotice:
    return PaymentNotice(
        marks=marks,
        unit=unit,
        year=2027,
        lines=LINES,
        people=86,
        total_fen=TOTAL_FEN,
        payee=Payee(
            "演示互助会办事处(演示账户)", "000012345678", "演示银行演示支行", "104521020015"
        ),
        deadline=date(2026, 12, 31),
        coverage=COVERAGE,
        contact="王丽",
        phone="0000-1234567",
    )


def application() -> ApplicationForm:
    return ApplicationForm(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        kind="续保",
        at_work=107,
        women_at_work=48,
        people=86,
        women=41,
        lines=LINES,
        total_fen=TOTAL_FEN,
        funding=(
            FundingLine("职工个人", "个人缴纳", 172050),
            FundingLine("单位", "工会经费", 600000),
        ),
        invoice=InvoiceParticulars("清溪镇人民政府工会委员会", "81999999MC0B67890Y", "13900000417"),
        coverage=COVERAGE,
    )


def member_list(count: int = 25) -> MemberList:
    listed = people(count)
    return MemberList(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        people=listed,
        total_fen=sum(person.fee_fen for person in listed),
        plans="住院医疗、重大疾病、女职工特殊疾病",
        business_no="HB20261130-0417",
    )


def confirmation() -> Confirmation:
    return Confirmation(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        business_no="HB20261130-0417",
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        people=86,
        lines=LINES,
        total_fen=TOTAL_FEN,
        paid_on=date(2026, 12, 2),
        confirmed_on=date(2026, 12, 5),
    )


def handover() -> ArchiveHandover:
    return ArchiveHandover(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        archive_no="DA-X-2027-00417",
        papers=(
            ArchivePaper("在职职工互助保障活动申请书", "原件", 1, 1, "SQ-X-2027-00417", "已盖章"),
            ArchivePaper("会员名单", "原件", 1, 4, "MD-X-2027-00417", "已盖章"),
            ArchivePaper("互助保障活动确认书", "原件", 1, 1, "QR-X-2027-00417", "已盖章"),
            ArchivePaper("湖北省社会保险缴纳证明(单位专用)", "复印件", 1, 2),
            ArchivePaper("社会团体会费统一票据", "复印件", 1, 1, "00001234"),
        ),
        business_no="HB20261130-0417",
        people=86,
        total_fen=TOTAL_FEN,
        handed_by="田国华",
    )


def file_index(**more: Any) -> FileIndex:
    form = FileIndex(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="卷内目录",
        archive_no="DA-X-2027-00417",
        shelf="3号盒 2柜1层",
        papers=(
            IndexedPaper("在职职工互助保障活动申请书", "SQ-X-2027-00001", date(2026, 12, 3), 1),
            IndexedPaper("会员名单", "MD-X-2027-00001", date(2026, 12, 3), 4, "盖章件已收回"),
            IndexedPaper("湖北省社会保险缴纳证明(单位专用)", "", date(2026, 12, 1), 2),
        ),
        business_no="HB20261130-0417",
        people=86,
    )
    return replace(form, **more)


def refund_request(**more: Any) -> RefundRequest:
    form = RefundRequest(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="会费退费申请",
        refunds=(
            AskedRefund(UNIT.name, date(2026, 12, 2), "省办退回2人,不再参加", 20000),
            AskedRefund(UNIT.name, date(2026, 12, 2), "多缴1人", 10000),
        ),
        account_name=UNIT.name,
        account="000098765432",
        bank="演示银行清溪支行",
        business_no="HB20261130-0417",
    )
    return replace(form, **more)


def renewal_notice(**more: Any) -> RenewalNotice:
    form = RenewalNotice(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="续保通知",
        next_year=2028,
        last_day=date(2027, 12, 31),
        lines=LINES,
        people=86,
        list_due_on=date(2027, 11, 30),
        closes_on=None,
        papers=("湖北省社会保险缴纳证明(单位专用)", "银行回单"),
    )
    return replace(form, **more)


def correction_request(**more: Any) -> CorrectionRequest:
    form = CorrectionRequest(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="会员信息更正申请",
        people=86,
        coverage=COVERAGE,
        business_no="HB20261130-0417",
    )
    return replace(form, **more)
