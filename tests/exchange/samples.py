"""An invented upload; identity numbers are of region 999999."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_app.exchange.province import Attachment, PlanSheet, ProvinceUpload, UploadPerson

PEOPLE = (
    UploadPerson("李䶮", "999999198501010014", "013900000001"),
    UploadPerson("向·扎西", "99999919850101003X", "13900000002"),
    UploadPerson("=1+1&<b>", "999999198501010057", ""),
    UploadPerson("覃𬭎", "000000000000000001", "00123"),
)


def upload() -> ProvinceUpload:
    return ProvinceUpload(
        case_code="X-2026-0417",
        unit_name="清溪镇人民政府",
        unit_code="11999999MB0A12345X",
        scheme="演示县职工医疗互助保障",
        year=2027,
        people=4,
        total_fen=26100,
        created_at=datetime(2026, 12, 1, 1, 2, 3, tzinfo=UTC),
        plans=(
            PlanSheet("hospital", "住院医疗", 1, PEOPLE, 20000),
            PlanSheet("women", "女职工/特殊疾病", 1, PEOPLE[:2], 6100),
        ),
        attachments=(
            Attachment("社会保险缴纳证明", ".pdf", b"%PDF-1.7 proof"),
            Attachment("超龄证明", ".JPG", b"\xff\xd8 picture"),
        ),
        demo=True,
    )
