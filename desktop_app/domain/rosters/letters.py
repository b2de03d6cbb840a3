"""What goes back to a unit about its roster: where, whose, what is wrong, how to mend it.

Nothing of the office's ledger stands in it beyond what the unit may know of itself.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.repairs import Repair
from desktop_app.domain.tables import Sheet
from desktop_app.domain.texts import clean

EXPLANATIONS = "更正说明"  # the sheet's name, followed by a number where the unit has one so called
HEADING = ("程度", "位置", "姓名", "问题", "怎么改")
SKIPPED = "工作表“{name}”是退回单位时附的说明,没有当作名单"
UNNAMED = "名单"  # the sheet of a file that has none, such as a text file
LEVELS = {Severity.ERROR: "须改正", Severity.WARNING: "请核对"}
SEARCHED = 20  # rows in which the heading of the explanations stands
_OWN_ROW = re.compile(r"^第\d+行 ")
_ELSEWHERE = "{name}已在其他单位参保,请与本人核对后从名单中删去"
_OTHER_NAME = "姓名与这个身份证号以前登记的不一致,请向本人核对后改正"
_LIKELY_ELSEWHERE = "{name}可能已在其他单位参保,请与本人核对身份证号"
_LIKELY_LISTED = "{name}可能已用另一个身份证号参保,请与本人核对"
_FORMER = "{name}的身份证号可能已经更正过,请照本人现在的身份证核对"
_TWICE = "与名单上的另一行是同一人,请与本人核对后删去多余的一行"
_WOMEN_ONLY = "这份申请只办女职工的项目,请从名单中删去"
_UNTOLD = "与经办机构的登记不一致,请与经办机构联系"
# What only the ledger knows, in the words that a unit may read: nothing about another unit but
# that there is one, nobody's name that the unit did not write itself.
_OF_LEDGER = {
    "duplicate-elsewhere": _ELSEWHERE,
    "name-differs": _OTHER_NAME,
    "women-only": _WOMEN_ONLY,
    "likely-elsewhere": _LIKELY_ELSEWHERE,
    "likely-listed": _LIKELY_LISTED,
    "identity-former": _FORMER,
    "duplicate-in-file": _TWICE,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the unit has to mend or to look at.

    Args:
        sheet: the sheet's name; None for a file without.
        column: the cell's column letter; None where the whole row is meant.
        wrong: it has to be mended; otherwise only looked at.
    """

    sheet: str | None
    row: int
    column: str | None
    name: str
    problem: str
    remedy: str
    wrong: bool

    @property
    def text(self) -> str:
        return f"{self.problem},{self.remedy}。" if self.remedy else f"{self.problem}。"

    @property
    def place(self) -> str:
        column = f" {self.column}列" if self.column else ""
        return f"{self.sheet or ''} 第{self.row}行{column}".strip()


@dataclass(frozen=True, slots=True)
class Letter:
    """The remarks on one file, what must be mended first, and what stands above them."""

    title: str
    notes: tuple[str, ...]
    dated: datetime.date
    remarks: tuple[Remark, ...]


def is_explanations(sheet: Sheet) -> bool:
    """Whether this program wrote the sheet to explain what is wrong in the others."""
    if sheet.name is None or not sheet.name.startswith(EXPLANATIONS):
        return False
    for line in sheet.lines[:SEARCHED]:
        words = tuple(clean(cell) if isinstance(cell, str) else "" for cell in line.cells)
        if words[: len(HEADING)] == HEADING:
            return True
    return False


def for_unit(finding: Finding, name: str) -> Finding:
    """What the ledger says against a row, without what it knows of others."""
    text = _OF_LEDGER.get(finding.code, _UNTOLD).format(name=name or "这个人")
    return replace(finding, message=text)


def remarks_on(
    findings: Iterable[Finding], names: Mapping[tuple[str | None, int], str]
) -> tuple[Remark, ...]:
    """What the unit has to know, in the order of the file; `names` says whose a row is."""
    return tuple(
        _remark(one, one.row, names.get((one.sheet, one.row), ""))
        for one in findings
        if one.row is not None and one.severity in LEVELS
    )


def remarks_of(put: Iterable[Repair]) -> tuple[Remark, ...]:
    """What the office put into cells of the list: the unit's own copy has to say the same."""
    return tuple(
        Remark(
            one.sheet,
            one.row,
            one.column,
            one.name,
            f"原来写的是“{one.before}”,经办机构已按“{one.after}”办理",
            f"请核对后把这一格改为“{one.after}”",
            wrong=True,
        )
        for one in put
    )


def notes_of(
    office: str, source: str, counts: tuple[int, int, int], dated: datetime.date
) -> tuple[str, ...]:
    """The lines above the remarks; `counts` are rows read, people taken, people to mend."""
    read, taken, refused = counts
    return (
        f"原文件:{source}　核对日期:{chinese_date(dated)}",
        f"读入{read}行,可用{taken}人,待更正{refused}人。",
        "1. 红底的格子须改正,黄底的请核对;鼠标停在格子上看原因,点下面的“位置”就到那一格。",
        "2. 直接在原来的表里改,不要改动表头和列的次序;身份证号、手机号、银行卡号按文本填写。",
        "3. 改好后把这个文件整份交回;批注、颜色和这一页说明不用删。",
        *((f"有疑问请联系:{office}",) if office else ()),
    )


def _remark(finding: Finding, row: int, name: str) -> Remark:
    said = _OWN_ROW.sub("", finding.message).rstrip("。")
    problem, mark, remedy = said.rpartition(",请")
    if not mark:
        problem, remedy = said, ""
    return Remark(
        finding.sheet,
        row,
        finding.column,
        name,
        problem,
        f"请{remedy}" if remedy else "",
        finding.severity is Severity.ERROR,
    )
