"""Invented forms of a unit, a person, a month and the office."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop_app.documents.forms.lists import (
    CondolenceSheet,
    GrantedLine,
    HandedOver,
    PayoutSheet,
    PublicList,
    WorkHandover,
)
from desktop_app.documents.forms.parts import UnitParticulars
from desktop_app.documents.forms.people import CoverProof, ProvenCover
from desktop_app.documents.forms.units import FieldSheet, OfficerChange, UnitRegistration
from desktop_app.documents.samples.particulars import COVERAGE, MARKS, UNIT, identity


def field_sheet(**more: Any) -> FieldSheet:
    form = FieldSheet(marks=MARKS, unit=UNIT, year=2027, title="入会现场登记表")
    return replace(form, **more)


def registration(**more: Any) -> UnitRegistration:
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
    return replace(form, **more)


def officer_change(**more: Any) -> OfficerChange:
    form = OfficerChange(
        marks=MARKS, unit=UNIT, year=2027, title="单位经办人变更表", office_phone="0000-1234567"
    )
    return replace(form, **more)


def condolence_sheet(**more: Any) -> CondolenceSheet:
    form = CondolenceSheet(marks=MARKS, unit=UNIT, year=2027, title="慰问金发放表")
    return replace(form, **more)


def cover_proof(**more: Any) -> CoverProof:
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
    return replace(form, **more)


OFFICE: dict[str, Any] = {"marks": MARKS, "unit": UnitParticulars("", ""), "year": 2027}


def public_list(**more: Any) -> PublicList:
    form = PublicList(
        **OFFICE,
        title="互助金公示表",
        period="2027年3月",
        lines=(
            GrantedLine("SL-X-2027-00417", "覃*", "", "清溪镇人民政府", "住院医疗", 915501),
            GrantedLine("SL-X-2027-00418", "向*𬭎", "", "演示县第一小学", "重大疾病", 1000000),
        ),
    )
    return replace(form, **more)


def payout_sheet(**more: Any) -> PayoutSheet:
    masked = "**************417X"
    form = PayoutSheet(
        **OFFICE,
        title="互助金发放表",
        period="2027年3月",
        lines=(
            GrantedLine("SL-X-2027-00417", "覃堃", masked, UNIT.name, "住院医疗", 915501),
            GrantedLine("SL-X-2027-00418", "向𬭎", masked, UNIT.name, "重大疾病", 1000000),
        ),
    )
    return replace(form, **more)


def work_handover(**more: Any) -> WorkHandover:
    form = WorkHandover(
        **OFFICE,
        title="工作交接单",
        handed_by="王丽",
        lines=(
            HandedOver("入会申请:待审核", "电子", "3件"),
            HandedOver("申领:待补资料", "电子", "1件"),
        ),
    )
    return replace(form, **more)
