"""What the invented forms say of office, unit and people; identity numbers of region 999999."""

from __future__ import annotations

from datetime import date

from desktop_app.documents.forms.enrolments import ListedMember
from desktop_app.documents.forms.parts import Marks, PlanLine, UnitParticulars

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
