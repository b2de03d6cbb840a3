"""One run of a paper benchmark in a process of its own: the product, the limit, the check."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国红梅志海燕波辉鹏文斌宇浩凯"
FONT = Path(__file__).parents[2] / "resources" / "fonts" / "NotoSerifSC_400Regular.ttf"
LISTED = 118  # people of a unit of the drive, as Anyang's 178,000 of 1,500 units
DAY = date(2026, 12, 1)
TITLES = (
    "序号", "姓名", "身份证号", "性别", "手机号", "部门", "岗位", "学历", "籍贯", "工号",
    "入职年月", "备注",
)  # fmt: skip


def person(at: int) -> tuple[str, str, str]:
    name = FAMILY[at % len(FAMILY)] + GIVEN[at // 7 % len(GIVEN)] + GIVEN[at // 3 % len(GIVEN)]
    number = f"999999{1966 + at % 40}{at % 12 + 1:02d}{at % 28 + 1:02d}{at % 1000:03d}X"
    return name, number, "女" if at % 2 else "男"


def row(at: int) -> tuple[str, ...]:
    name, number, sex = person(at)
    return str(at + 1), name, sex, number, "住院医疗互助保障", "60.00"


def cells(at: int) -> tuple[str, ...]:
    name, number, sex = person(at)
    return (
        str(at + 1), name, number, sex, f"199{at:08d}", "办公室", "职工", "大专", "明山县",
        f"G{at:06d}", "2015.07", "",
    )  # fmt: skip


def member_list(first: int, count: int) -> Any:
    from desktop_app.documents.forms.enrolments import ListedMember, MemberList  # noqa: PLC0415 - not the limit's
    from desktop_app.documents.forms.parts import Marks, UnitParticulars  # noqa: PLC0415 - not the limit's

    marks = Marks("E0417", "MD-A-2027-00001", 1, "演示县总工会", "演示县职工医疗互助", DAY)
    listed = []
    for at in range(first, first + count):
        _no, name, sex, number, plans, _fee = row(at)
        listed.append(ListedMember(name, sex, number, plans, 6_000))
    unit = UnitParticulars(f"演示第{first}单位", "")
    return MemberList(
        marks=marks, unit=unit, year=2027, people=tuple(listed), total_fen=6_000 * count
    )


def drive_forms(count: int) -> Iterator[bytes]:
    from desktop_app.documents.forms.enrolments import (  # noqa: PLC0415 - not the limit's
        ApplicationForm,
        FundingLine,
        Payee,
        PaymentNotice,
    )
    from desktop_app.documents.forms.parts import PlanLine  # noqa: PLC0415 - not the limit's
    from desktop_app.documents.printing import render  # noqa: PLC0415 - not the limit's

    fen = 6_000 * LISTED
    lines = (PlanLine("住院医疗互助保障", LISTED, 1, 6_000, fen),)
    payee = Payee("演示县总工会", "0000123456789", "演示银行演示支行", "000000000000")
    for unit in range(count):
        listed = member_list(unit * LISTED, LISTED)
        common = {
            "marks": listed.marks, "unit": listed.unit, "year": 2027, "lines": lines,
            "people": LISTED, "total_fen": fen,
        }  # fmt: skip
        yield render(PaymentNotice(**common, payee=payee))
        yield render(
            ApplicationForm(
                **common, kind="首次", women=59, at_work=120, women_at_work=60,
                funding=(FundingLine("单位", "福利费", fen),),
            )
        )  # fmt: skip
        yield render(listed)


def roster_product(count: int, folder: Path) -> None:
    from desktop_app.documents.printing import render  # noqa: PLC0415 - not the limit's

    (folder / "list.pdf").write_bytes(render(member_list(0, count)))


def roster_limit(count: int, folder: Path) -> None:
    from tests.benchmarks.pdf_limit import Font, write  # noqa: PLC0415 - not the product's

    (folder / "limit.pdf").write_bytes(write(Font(FONT), [row(at) for at in range(count)]))


def forms_product(count: int, folder: Path) -> None:
    for at, data in enumerate(drive_forms(count)):
        (folder / f"form{at}.pdf").write_bytes(data)


def forms_limit(count: int, folder: Path) -> None:
    """Three files a unit: two of one page, and the list."""
    from tests.benchmarks.pdf_limit import ROWS, Font, write  # noqa: PLC0415 - not the product's

    font = Font(FONT)
    for unit in range(count):
        rows = [row(at) for at in range(unit * LISTED, (unit + 1) * LISTED)]
        for name, part in (("notice", rows[:ROWS]), ("application", rows[:ROWS]), ("list", rows)):
            (folder / f"limit{unit}{name}.pdf").write_bytes(write(font, part))


def export_product(count: int, folder: Path) -> None:
    from desktop_app.exchange.text_workbook import text_workbook  # noqa: PLC0415 - not the limit's

    made = text_workbook("名单", TITLES, map(cells, range(count)), [12.0] * len(TITLES))
    (folder / "list.xlsx").write_bytes(made)


def export_limit(count: int, folder: Path) -> None:
    """Cells as they come, in one string, packed as usual; nothing is escaped or numbered."""
    lines = [
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in cells(at))
        + "</row>"
        for at in range(count)
    ]  # fmt: skip
    sheet = f"<worksheet><sheetData>{''.join(lines)}</sheetData></worksheet>"
    with zipfile.ZipFile(folder / "limit.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        out.writestr("xl/worksheets/sheet1.xml", sheet)


def roster_check(count: int, folder: Path) -> dict[str, float]:
    return {**_pages(folder / "list.pdf", [row(0), row(count - 1)]), **_limit_pages(folder)}


def forms_check(count: int, folder: Path) -> dict[str, float]:
    last = folder / f"form{3 * count - 1}.pdf"
    found = _pages(last, [row((count - 1) * LISTED), row(count * LISTED - 1)])
    size = sum(path.stat().st_size for path in folder.glob("form*.pdf")) / 1024 / (3 * count)
    return {"pages_of_last": found["pages"], "kb_each": round(size, 1)}


def export_check(count: int, folder: Path) -> dict[str, float]:
    import python_calamine  # noqa: PLC0415 - the check's alone

    book = python_calamine.CalamineWorkbook.from_path(str(folder / "list.xlsx"))
    read = book.get_sheet_by_index(0).to_python()
    if len(read) != count + 1 or tuple(read[-1]) != cells(count - 1):
        raise RuntimeError("the workbook does not hold what was written")
    return {"rows": len(read), "mb": round((folder / "list.xlsx").stat().st_size / 2**20, 1)}


def _pages(path: Path, rows: list[tuple[str, ...]]) -> dict[str, float]:
    """The first and the last row stand on the first and the last page."""
    import pypdfium2  # noqa: PLC0415 - the check's alone

    document = pypdfium2.PdfDocument(path)
    for at, wanted in zip((0, len(document) - 1), rows, strict=True):
        text = document[at].get_textpage().get_text_range()
        if wanted[1] not in text or wanted[3] not in text:
            raise RuntimeError(f"{wanted[1]} does not stand on page {at + 1}")
    return {"pages": len(document), "mb": round(path.stat().st_size / 2**20, 1)}


def _limit_pages(folder: Path) -> dict[str, float]:
    import pypdfium2  # noqa: PLC0415 - the check's alone

    document = pypdfium2.PdfDocument(folder / "limit.pdf")
    if row(0)[3] not in document[0].get_textpage().get_text_range():
        raise RuntimeError("the limit's own list cannot be read")
    return {"limit_pages": len(document)}


Way = Callable[[int, Path], Any]
WAYS: dict[str, dict[str, Way]] = {
    "pdf-roster": {"product": roster_product, "limit": roster_limit, "check": roster_check},
    "pdf-forms": {"product": forms_product, "limit": forms_limit, "check": forms_check},
    "export-workbook": {"product": export_product, "limit": export_limit, "check": export_check},
}


if __name__ == "__main__":
    found = WAYS[sys.argv[1]][sys.argv[4]](int(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.write(json.dumps(found))
