"""What a printed form says otherwise than the ledger would now; only what the paper shows counts.

Both sides are a form's value as the print register keeps it. A place that was empty on paper is
filled since, not wrong: the number of the province, the days of a cover that only its plan
document tells. Who to call is not compared either: a new phone number takes no seal off a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

MOST = 3  # places named of a form; the others are counted
Value = Mapping[str, Any]
_DATED = re.compile(r"自[0-9]{4}年")  # a cover by its days; before these are known by a rule
_NAMES = {"unit.name": "单位名称", "unit.code": "统一社会信用代码"}
_MONEY = {"lines": "项目和金额", "total_fen": "金额合计", "people": "人数"}
_CASE = {**_MONEY, "coverage": "保障期", "business_no": "业务号", "funding": "资金来源和列支"}
# By kind of form: the places compared, as the carried layouts print them.
PLACES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "payment-notice": {"unit.name": "单位名称", **_CASE, "due_fen": "应缴金额",
                       "payee": "收款账户"},
    "application": {**_NAMES, "unit.union_code": "工会组织代码", "unit.kind": "单位性质",
                    "unit.town": "所在乡镇", "kind": "申请类别", "at_work": "在职职工人数",
                    "women_at_work": "在职女职工人数", "women": "女职工人数", **_CASE,
                    "invoice.title": "开票抬头", "invoice.code": "开票税号"},
    "member-list": {**_NAMES, "total_fen": "金额合计", "business_no": "业务号"},
    "confirmation": {**_NAMES, **_MONEY, "business_no": "业务号", "first_day": "保障期首日",
                     "last_day": "保障期末日", "confirmed_on": "到账确认日期"},
})  # fmt: skip
_ROW = {
    "name": "姓名",
    "sex": "性别",
    "identity": "身份证号",
    "plans": "互助项目",
    "fee_fen": "金额",
}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def differences(form_key: str, printed: Value, now: Value) -> tuple[str, ...]:
    """The places at which the paper is wrong, each in words, e.g. 第12行姓名.

    Args:
        form_key: one of `PLACES`.
        printed: what the print says.
        now: what it would say.
    """
    found = list(_rows(printed, now)) if form_key == "member-list" else []
    for place, label in PLACES[form_key].items():
        before, after = _told(form_key, place, printed), _told(form_key, place, now)
        if before in _EMPTY or before == after:
            continue
        if place == "coverage" and not _DATED.match(str(before)):
            continue
        found.append(label)
    return tuple(found)


def in_words(found: Sequence[str]) -> str:
    """第12行姓名、第14行身份证号、人数等5处."""
    named = "、".join(found[:MOST])
    return f"{named}等{len(found)}处" if len(found) > MOST else named


def _told(form_key: str, place: str, value: Value) -> Any:
    """What the paper says there: a notice tells who bears how much, never the accounts."""
    found = _at(value, place)
    if form_key != "payment-notice" or place != "funding" or not found:
        return found
    borne: dict[str, int] = {}
    for part in found:
        borne[part["payer"]] = borne.get(part["payer"], 0) + part["fen"]
    return borne


def _at(value: Value, place: str) -> Any:
    found: Any = value
    for part in place.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _rows(printed: Value, now: Value) -> Iterator[str]:
    """By the numbers of the paper: who it names otherwise, who left it, how many are not on it."""
    before, after = printed["people"], list(now["people"])
    same = {_key(one): one for one in after}
    left = [(no, one) for no, one in enumerate(before, 1) if _key(one) not in same]
    known = {_key(one) for one in before}
    new = [one for one in after if _key(one) not in known]
    for no, one in enumerate(before, 1):
        if _key(one) in same:
            yield from _cells(no, one, same[_key(one)])
    for no, one in left:
        twin = next((other for other in new if other["name"] == one["name"]), None)
        if twin is None:
            yield f"第{no}行的人已不在名单上"
        else:
            new.remove(twin)
            yield from _cells(no, one, twin)
    if new:
        yield f"少列{len(new)}人"


def _key(row: Value) -> tuple[str, str]:
    """The number, or the name of who has none."""
    return (str(row["identity"]), "" if row["identity"] else str(row["name"]))


def _cells(no: int, before: Value, after: Value) -> Iterator[str]:
    for field, label in _ROW.items():
        if before[field] not in _EMPTY and before[field] != after[field]:
            yield f"第{no}行{label}"
