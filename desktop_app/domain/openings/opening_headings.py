"""Headings of last year's books: a table of units, and what a roster says beside a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.domain.rosters.columns import place_heading
from desktop_app.domain.rosters.headings import SEARCHED_LINES, Heading
from desktop_app.domain.tables import Cell, Line
from desktop_app.domain.texts import heading

_COMMON = {
    "unit": ("单位", "单位名称", "工作单位", "参保单位", "所在单位", "参加单位", "单位全称"),
    "plans": (
        "项目", "参加项目", "互助项目", "参保项目", "互助保障项目", "保障项目", "入会项目", "险种",
        "参保险种", "参加险种",
    ),
    "shares": ("份数", "参保份数", "每人份数"),
    "fen": ("金额", "会费", "会费金额", "应缴金额", "缴费金额", "已缴金额", "实缴金额", "合计金额"),
    "first": (
        "保障起", "保障起期", "保障开始", "保障起始日", "保障起始日期", "起始日期", "生效日",
        "生效日期", "保障开始日期",
    ),
    "last": (
        "保障止", "保障止期", "保障截止", "保障终止日", "保障截止日期", "终止日期", "截止日期",
        "满期日", "到期日", "保障结束日期",
    ),
    "business_no": ("业务号", "业务编号", "省业务号", "申请编号", "业务流水号"),
}  # fmt: skip
_UNITS = {
    "employer_code": (
        "统一社会信用代码", "单位统一社会信用代码", "社会信用代码", "信用代码", "单位代码",
    ),
    "union_code": (
        "工会代码", "工会统一社会信用代码", "工会社会信用代码", "工会法人统一社会信用代码",
        "工会信用代码",
    ),
    "kind": ("单位性质", "单位类别", "单位类型", "性质", "类别", "类型"),
    "area": ("片区", "所属片区", "区域"),
    "town": ("乡镇", "街道", "乡镇街道", "所属乡镇", "所在乡镇"),
    "contact_name": ("联系人", "经办人", "单位经办人", "单位联系人", "工会经办人", "联系人姓名"),
    "contact_phone": (
        "电话", "联系电话", "手机", "手机号", "手机号码", "联系人电话", "经办人电话", "联系方式",
    ),
    "at_work": ("在职职工", "在职人数", "在职职工人数", "职工人数", "职工总数", "在职职工数"),
    "women": ("女职工", "女职工人数", "其中女职工", "女职工数"),
    "people": ("人数", "参加人数", "入会人数", "参保人数", "会员人数"),
    "payer_name": ("付款户名", "付款单位", "付款账户名称", "户名", "开户名称"),
    "payer_account": ("付款账号", "账号", "银行账号", "对公账号"),
    "payer_bank": ("开户行", "开户银行", "付款银行"),
    "payer_bank_no": ("行号", "开户行行号", "联行号"),
    "invoice_title": (
        "开票抬头", "发票抬头", "抬头", "票据抬头", "开票名称", "开票单位", "开票单位名称",
        "发票名称",
    ),
    "invoice_code": (
        "税号", "单位税号", "开票税号", "纳税人识别号", "纳税识别号", "纳税人税号", "税务登记号",
    ),
}  # fmt: skip
UNIT_NAMES: Mapping[str, str] = {
    "unit": "单位名称",
    "employer_code": "统一社会信用代码",
    "union_code": "工会代码",
    "kind": "单位性质",
    "area": "片区",
    "town": "乡镇",
    "contact_name": "联系人",
    "contact_phone": "电话",
    "at_work": "在职职工",
    "women": "女职工",
    "people": "人数",
    "plans": "项目",
    "shares": "份数",
    "fen": "金额(元)",
    "first": "保障起",
    "last": "保障止",
    "business_no": "业务号",
    "payer_name": "付款户名",
    "payer_account": "付款账号",
    "payer_bank": "开户行",
    "payer_bank_no": "行号",
    "invoice_title": "开票抬头",
    "invoice_code": "税号",
}
_FIELDS = {
    word: field for table in (_UNITS, _COMMON) for field, words in table.items() for word in words
}
_BESIDE = {word: field for field, words in _COMMON.items() for word in words}
_TELLING = (
    "plans",
    "employer_code",
    "union_code",
    "contact_name",
    "area",
    "town",
    "kind",
    "people",
)


def unit_heading(lines: Sequence[Line]) -> Heading | None:
    """Where a table of units begins; None for a roster and for any other sheet."""
    if place_heading(lines) is not None:
        return None
    for at, line in enumerate(lines[:SEARCHED_LINES]):
        columns = _columns(line.cells, _FIELDS)
        if "unit" in columns and any(field in columns for field in _TELLING):
            return Heading(at + 1, columns)
    return None


def beside_people(lines: Sequence[Line]) -> tuple[int, Mapping[str, int]] | None:
    """Below which line the people of a roster stand, and its further columns.

    A name or number without a known heading goes by its looks, as in a unit's own roster.
    """
    found = place_heading(lines)
    if found is None:
        return None
    columns: dict[str, int] = {}
    for line in lines[max(0, found.below - 2) : found.below]:
        columns |= _columns(line.cells, _BESIDE)
    return found.below, columns


def _columns(cells: Sequence[Cell], words: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        field = _field(cell, words)
        if field is not None:
            found.setdefault(field, index)
    return found


def _field(cell: Cell, words: Mapping[str, str]) -> str | None:
    if not isinstance(cell, str) or len(cell) > 40:
        return None
    text = heading(cell)
    return words.get(text) or words.get(text.split("(")[0].strip("*:"))
