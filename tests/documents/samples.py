"""Invented forms for the documents tests; every identity number is of region 999999."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.documents.forms.archives import (
    ArchiveHandover,
    ArchivePaper,
    FileIndex,
    IndexedPaper,
)
from desktop_app.documents.forms.claims import ClaimApplication, ClaimReceipt, ReceivedPaper
from desktop_app.documents.forms.enrolments import (
    ApplicationForm,
    Confirmation,
    FundingLine,
    InvoiceParticulars,
    ListedMember,
    MemberList,
    Payee,
    PaymentNotice,
)
from desktop_app.documents.forms.lists import (
    CondolenceSheet,
    GrantedLine,
    HandedOver,
    PayoutSheet,
    PublicList,
    WorkHandover,
)
from desktop_app.documents.forms.notices import FeedbackSlip, RefusalNotice, SupplementNotice
from desktop_app.documents.forms.parts import Form, Marks, PlanLine, UnitParticulars
from desktop_app.documents.forms.people import CoverProof, ProvenCover
from desktop_app.documents.forms.requests import (
    AskedRefund,
    CorrectionRequest,
    RefundRequest,
    RenewalNotice,
)
from desktop_app.documents.forms.units import FieldSheet, OfficerChange, UnitRegistration
from desktop_app.documents.forms.worksheets import BenefitWorksheet, WorksheetLine

RARE_NAMES = ("李䶮", "㛃桂兰", "向𬭎", "覃堃", "向·扎西", "阿依古丽·买买提艾力·吐尔逊江")
MARKS = Marks(
    case_code="X-2026-0417",
    form_no="X-2026-0417-1",
    print_no=1,
    office="演示县总工会职工服务中心",
    scheme="演示县职工医疗互助保障",
    issued_on=date(2026, 12, 1),
    demo=True,
)
UNIT = UnitParticulars(
    name="清溪镇人民政府",
    code="11999999MB0A12345X",
    union_code="81999999MC0B67890Y",
    kind="机关",
    town="清溪镇",
    address="清溪镇演示路1号",
    contact="田国华",
    phone="13900000417",
)
LINES = (
    PlanLine("住院医疗互助保障", 86, 1, 5000, 430000),
    PlanLine("重大疾病互助保障", 86, 1, 3000, 258000),
    PlanLine("女职工特殊疾病互助保障", 41, 1, 2050, 84050),
)
TOTAL_FEN = 772050
COVERAGE = "自2027年1月1日0时起至2027年12月31日24时止"


def identity(number: int) -> str:
    return f"9999991985{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}X"


def people(count: int) -> tuple[ListedMember, ...]:
    names = (*RARE_NAMES, "张建国", "冉文斌", "黄玉平")
    return tuple(
        ListedMember(
            names[n % len(names)], "男女"[n % 2], identity(n), "住院、重疾、女职工", 10000 + n
        )
        for n in range(count)
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
        archive_no="2027-XF-0417",
        papers=(
            ArchivePaper("在职职工互助保障活动申请书", "原件", 1, 1, "X-2026-0417-2", "已盖章"),
            ArchivePaper("会员名单", "原件", 1, 4, "X-2026-0417-3", "已盖章"),
            ArchivePaper("互助保障活动确认书", "原件", 1, 1, "X-2026-0417-4", "已盖章"),
            ArchivePaper("湖北省社会保险缴纳证明(单位专用)", "复印件", 1, 2),
            ArchivePaper("社会团体会费统一票据", "原件", 1, 1, "00001234"),
        ),
        business_no="HB20261130-0417",
        people=86,
        total_fen=TOTAL_FEN,
        handed_by="田国华",
    )


def worksheet(**more: object) -> BenefitWorksheet:
    source = (
        "平湖市总工会职工医疗互助介绍:600元以上至5000元20%,5000元以上至10000元50%,10000元以上70%"
    )
    bands = "18,250.01元:4,400.00元×20%+5,000.00元×50%+8,250.01元×70%"
    form = BenefitWorksheet(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="总工会补助核算单",
        claim_no="SL-X-2026-00417",
        person="覃堃",
        identity="**************417X",
        plan="住院",
        event_on=date(2027, 3, 1),
        coverage=COVERAGE,
        facts="事件日期2027-03-01,计入待遇的个人负担18,250.01元,份数1",
        lines=(
            WorksheetLine("计算基数为计入待遇的个人负担18,250.01元。", source, "18,250.01元", "—"),
            WorksheetLine(f"分段计算:{bands},得9,155.007元。", source, bands, "9,155.007元"),
            WorksheetLine("本次应付9,155.01元。", source, "", "9,155.01元"),
        ),
        amount_fen=915501,
        estimate=False,
        version_no=3,
        figured_by="王丽",
    )
    return replace(form, **more)  # type: ignore[arg-type]


def claim_receipt(**more: object) -> ClaimReceipt:
    form = ClaimReceipt(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="申领资料收件回执",
        apply="申领",
        claim_no="SL-X-2026-00417",
        person="覃堃",
        identity="**************417X",
        plan="住院医疗",
        event_on=date(2027, 3, 1),
        received_by="王丽",
        papers=(
            ReceivedPaper("互助金申请书", "复印件已收", 2),
            ReceivedPaper("身份证复印件", "原件核对退回"),
            ReceivedPaper("银行卡复印件", ""),
            ReceivedPaper("医保统筹结算单", ""),
            ReceivedPaper("出院记录", "复印件已收", 3),
            ReceivedPaper("伤残鉴定", "", needed=False),
        ),
    )
    return replace(form, **more)  # type: ignore[arg-type]


def field_sheet(**more: object) -> FieldSheet:
    form = FieldSheet(marks=MARKS, unit=UNIT, year=2027, title="入会现场登记表")
    return replace(form, **more)  # type: ignore[arg-type]


CLAIM = {
    "marks": MARKS,
    "unit": UNIT,
    "year": 2027,
    "apply": "申领",
    "claim_no": "SL-X-2026-00417",
    "person": "覃堃",
    "identity": "**************417X",
    "plan": "住院医疗",
    "event_on": date(2027, 3, 1),
}


def supplement(**more: object) -> SupplementNotice:
    wanting = ("银行卡复印件(注明开户行)", "医保统筹结算单", "出院记录")
    form = SupplementNotice(**CLAIM, title="补正告知书", wanting=wanting)  # type: ignore[arg-type]
    return replace(form, **more)  # type: ignore[arg-type]


def refusal(**more: object) -> RefusalNotice:
    form = RefusalNotice(
        **CLAIM,  # type: ignore[arg-type]
        title="不符合条件告知书",
        rule="演示规定第三条:保障期生效以前已经确诊的疾病不在保障范围内",
        reason="出院记录写明2025年已经确诊,早于保障期",
        refused_on=date(2027, 3, 20),
    )
    return replace(form, **more)  # type: ignore[arg-type]


def feedback(**more: object) -> FeedbackSlip:
    form = FeedbackSlip(
        **CLAIM,  # type: ignore[arg-type]
        title="职工医疗互助反馈单",
        decided_fen=915501,
        decided_on=date(2027, 3, 20),
        paid_on=None,
        notice="请单位工会走访慰问,并将情况填入反馈单交回。",
    )
    return replace(form, **more)  # type: ignore[arg-type]


def cover_proof(**more: object) -> CoverProof:
    form = CoverProof(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="入会证明",
        person="向𬭎",
        sex="男",
        identity=identity(417),
        covers=(
            ProvenCover("住院医疗互助保障", 1, COVERAGE, "HB20261130-0417"),
            ProvenCover("重大疾病互助保障", 2, COVERAGE, "HB20261130-0417"),
        ),
    )
    return replace(form, **more)  # type: ignore[arg-type]


def registration(**more: object) -> UnitRegistration:
    form = UnitRegistration(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="单位注册信息表",
        at_work=107,
        women=48,
        office_phone="0000-1234567",
        account_name="清溪镇人民政府",
        account="000098765432",
        bank="演示银行清溪支行",
        bank_no="104521020015",
        invoice_title="清溪镇人民政府工会委员会",
        invoice_code="81999999MC0B67890Y",
    )
    return replace(form, **more)  # type: ignore[arg-type]


def officer_change(**more: object) -> OfficerChange:
    form = OfficerChange(
        marks=MARKS, unit=UNIT, year=2027, title="单位经办人变更表", office_phone="0000-1234567"
    )
    return replace(form, **more)  # type: ignore[arg-type]


def file_index(**more: object) -> FileIndex:
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
    return replace(form, **more)  # type: ignore[arg-type]


def refund_request(**more: object) -> RefundRequest:
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
    return replace(form, **more)  # type: ignore[arg-type]


def renewal_notice(**more: object) -> RenewalNotice:
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
    return replace(form, **more)  # type: ignore[arg-type]


def correction_request(**more: object) -> CorrectionRequest:
    form = CorrectionRequest(
        marks=MARKS,
        unit=UNIT,
        year=2027,
        title="会员信息更正申请",
        people=86,
        coverage=COVERAGE,
        business_no="HB20261130-0417",
    )
    return replace(form, **more)  # type: ignore[arg-type]


def claim_application(**more: object) -> ClaimApplication:
    form = ClaimApplication(
        **{**CLAIM, "identity": identity(417)},  # type: ignore[arg-type]
        title="互助金申领表",
        coverage=COVERAGE,
        claimed_fen=915501,
        phone="13900000417",
        document_no="演示2027-001",
        papers=(
            ReceivedPaper("互助金申请书", "复印件已收", 2),
            ReceivedPaper("身份证复印件", "原件核对退回"),
            ReceivedPaper("银行卡复印件(注明开户行)", ""),
            ReceivedPaper("医保统筹结算单", ""),
            ReceivedPaper("出院记录", "复印件已收", 3),
            ReceivedPaper("住院费用收据", ""),
        ),
    )
    return replace(form, **more)  # type: ignore[arg-type]


OFFICE = {"marks": MARKS, "unit": UnitParticulars("", ""), "year": 2027}


def public_list(**more: object) -> PublicList:
    form = PublicList(
        **OFFICE,  # type: ignore[arg-type]
        title="互助金公示表",
        period="2027年3月",
        lines=(
            GrantedLine("SL-X-2027-00417", "覃*", "", "清溪镇人民政府", "住院医疗", 915501),
            GrantedLine("SL-X-2027-00418", "向*𬭎", "", "演示县第一小学", "重大疾病", 1000000),
        ),
    )
    return replace(form, **more)  # type: ignore[arg-type]


def payout_sheet(**more: object) -> PayoutSheet:
    masked = "**************417X"
    form = PayoutSheet(
        **OFFICE,  # type: ignore[arg-type]
        title="互助金发放表",
        period="2027年3月",
        lines=(
            GrantedLine("SL-X-2027-00417", "覃堃", masked, UNIT.name, "住院医疗", 915501),
            GrantedLine("SL-X-2027-00418", "向𬭎", masked, UNIT.name, "重大疾病", 1000000),
        ),
    )
    return replace(form, **more)  # type: ignore[arg-type]


def condolence_sheet(**more: object) -> CondolenceSheet:
    form = CondolenceSheet(marks=MARKS, unit=UNIT, year=2027, title="慰问金发放表")
    return replace(form, **more)  # type: ignore[arg-type]


def work_handover(**more: object) -> WorkHandover:
    form = WorkHandover(
        **OFFICE,  # type: ignore[arg-type]
        title="工作交接单",
        handed_by="王丽",
        lines=(
            HandedOver("入会申请:待审核", "电子", "3件"),
            HandedOver("申领:待补资料", "电子", "1件"),
        ),
    )
    return replace(form, **more)  # type: ignore[arg-type]


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
