"""Invented forms of a claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.documents.forms.claims import ClaimApplication, ClaimReceipt, ReceivedPaper
from desktop_app.documents.forms.notices import FeedbackSlip, RefusalNotice, SupplementNotice
from desktop_app.documents.forms.worksheets import BenefitWorksheet, WorksheetLine
from desktop_app.documents.samples.particulars import COVERAGE, MARKS, UNIT, identity


def worksheet(**more: Any) -> BenefitWorksheet:
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
    return replace(form, **more)


def claim_receipt(**more: Any) -> ClaimReceipt:
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
    return replace(form, **more)


CLAIM: dict[str, Any] = {
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


def supplement(**more: Any) -> SupplementNotice:
    wanting = ("银行卡复印件(注明开户行)", "医保统筹结算单", "出院记录")
    form = SupplementNotice(**CLAIM, title="补正告知书", wanting=wanting)
    return replace(form, **more)


def refusal(**more: Any) -> RefusalNotice:
    form = RefusalNotice(
        **CLAIM,
        title="不符合条件告知书",
        rule="演示规定第三条:保障期生效以前已经确诊的疾病不在保障范围内",
        reason="出院记录写明2025年已经确诊,早于保障期",
        refused_on=date(2027, 3, 20),
    )
    return replace(form, **more)


def feedback(**more: Any) -> FeedbackSlip:
    form = FeedbackSlip(
        **CLAIM,
        title="职工医疗互助反馈单",
        decided_fen=915501,
        decided_on=date(2027, 3, 20),
        paid_on=None,
        notice="请单位工会走访慰问,并将情况填入反馈单交回。",
    )
    return replace(form, **more)


def claim_application(**more: Any) -> ClaimApplication:
    form = ClaimApplication(
        **{**CLAIM, "identity": identity(417)},
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
    return replace(form, **more)
