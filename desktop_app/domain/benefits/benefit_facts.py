"""The facts of one event that a benefit is figured from, read from plain values and checked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.errors import UserError

LABELS = {
    "event_on": "事件日期",
    "effective_on": "保障生效日",
    "ends_on": "保障止日的次日",
    "covered_since": "连续保障起始日",
    "plan_ended_on": "项目终止日",
    "total_fen": "医疗总费用",
    "fund_paid_fen": "医保基金支付",
    "own_fen": "个人负担",
    "eligible_own_fen": "计入待遇的个人负担",
    "admission_no": "本期第几次住院",
    "days": "天数",
    "severity": "轻重程度",
    "grade": "等级",
    "shares": "份数",
    "person_class": "人员类别",
    "before": "本期此前累计",
    "paid_by_plans": "其他项目已付",
    "paid_with_event": "其他项目为本次已付",
    "paid_in_life": "其他项目历年已付",
    "lifetime_fen": "历年累计已付",
}


_MOST = 10**12  # what any number of a fact can be
_MOST_FEN = 10**10  # what one event can cost: a hundred million yuan
_MOST_TIMES = {"days": 36_600, "admission_no": 1_000, "shares": 1_000}
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Before:
    """What the period has already counted and paid under the plan."""

    eligible_own_fen: int = 0
    deductible_fen: int = 0
    benefit_fen: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """One event; what is not known is None. `ends_on` is exclusive: the day after the last.

    What other plans paid is told for the period (`paid_by_plans`), and where a rule counts
    otherwise for this event and for the person's life.
    """

    event_on: datetime.date | None = None
    effective_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    covered_since: datetime.date | None = None
    plan_ended_on: datetime.date | None = None
    total_fen: int | None = None
    fund_paid_fen: int | None = None
    own_fen: int | None = None
    eligible_own_fen: int | None = None
    admission_no: int | None = None
    days: int | None = None
    severity: str | None = None
    grade: str | None = None
    shares: int | None = None
    person_class: str | None = None
    before: Before | None = None
    paid_by_plans: Mapping[str, int] = field(default_factory=dict)
    lifetime_fen: int | None = None
    paid_with_event: Mapping[str, int] | None = None
    paid_in_life: Mapping[str, int] | None = None

    def paid_by_others(self, per: str) -> Mapping[str, int]:
        """What other plans paid per `case`, `period` or `lifetime`.

        A span that is not told goes by `paid_by_plans`, as all of them once did.
        """
        told = {"case": self.paid_with_event, "lifetime": self.paid_in_life}.get(per)
        return self.paid_by_plans if told is None else told

    def need(self, name: str) -> Any:
        """The fact of this name.

        Raises:
            UserError: `fact-missing`, naming it.
        """
        value = getattr(self, name)
        if value is None:
            raise UserError(
                "fact-missing",
                f"缺少“{LABELS[name]}”,不能计算。",
                "请补上后再算。",
                name,
            )
        return value


def wrong_fact(name: str, what: str) -> UserError:
    return UserError("fact-invalid", f"“{LABELS.get(name, name)}”{what}。", "请核对后再算。", name)


def facts_from(values: Mapping[str, Any]) -> Facts:
    """Read facts from a JSON object, as somebody types them.

    Raises:
        UserError: `fact-invalid` for a name that no rule knows, a value that is none, sums that
            contradict each other and sizes that no event has.
    """
    facts = kept_facts(values)
    _check_sizes(facts)
    _check_sums(facts)
    return facts


def kept_facts(values: Mapping[str, Any]) -> Facts:
    """Read facts that a worksheet was once figured from: what was taken then is taken again.

    Raises:
        UserError: `fact-invalid` for a name that no rule knows or a value that is none.
    """
    read: dict[str, Any] = {}
    for name, value in values.items():
        if name not in _READERS:
            raise wrong_fact(name, "不是认识的事实,请检查拼写")
        if value is not None:
            read[name] = _READERS[name](name, value)
    return Facts(**read)


def facts_as_json(facts: Facts) -> dict[str, Any]:
    """The facts that are known, as `facts_from` reads them again."""
    found: dict[str, Any] = {}
    for name in _READERS:
        value = getattr(facts, name)
        if isinstance(value, Before):
            value = {key: getattr(value, key) for key in Before.__slots__}
        elif isinstance(value, Mapping):
            value = dict(value) if value or name != "paid_by_plans" else None
        elif isinstance(value, datetime.date):
            value = value.isoformat()
        if value is not None:
            found[name] = value
    return found


def _check_sizes(facts: Facts) -> None:
    for name in ("total_fen", "fund_paid_fen", "own_fen", "eligible_own_fen"):
        if (getattr(facts, name) or 0) > _MOST_FEN:
            raise wrong_fact(name, "超过1亿元,大得不合情理")
    for name, most in _MOST_TIMES.items():
        if (getattr(facts, name) or 0) > most:
            raise wrong_fact(name, f"超过{most},大得不合情理")


def _check_sums(facts: Facts) -> None:
    own, eligible = facts.own_fen, facts.eligible_own_fen or 0
    if own is not None and eligible > own:
        raise wrong_fact("eligible_own_fen", "大于个人负担")
    if facts.total_fen is None:
        return
    if max(own or 0, eligible) > facts.total_fen:
        raise wrong_fact("total_fen", "小于个人负担")
    if (facts.fund_paid_fen or 0) > facts.total_fen:
        raise wrong_fact("fund_paid_fen", "大于医疗总费用")
    borne = eligible if own is None else own
    if (facts.fund_paid_fen or 0) + borne > facts.total_fen:
        name = "eligible_own_fen" if own is None else "own_fen"
        raise wrong_fact(name, "与医保基金支付相加大于医疗总费用")


def _whole(name: str, value: Any, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= _MOST:
        raise wrong_fact(name, f"应是不小于{least}、不大于{_MOST}的整数")
    return value


def _positive(name: str, value: Any) -> int:
    return _whole(name, value, 1)


def _day(name: str, value: Any) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong_fact(name, "应是日期,如 2026-12-01") from None
    if day.year not in _YEARS:
        raise wrong_fact(name, f"应在{_YEARS[0]}年到{_YEARS[-1]}年之间")
    return day


def _word(name: str, value: Any) -> str:
    if type(value) is int:
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise wrong_fact(name, "应是文字")
    return value.strip()


def _sums(name: str, value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise wrong_fact(name, '应是一组金额,如 {"inpatient": 100}')
    return {str(key): _whole(name, fen) for key, fen in value.items()}


def _before(name: str, value: Any) -> Before:
    sums = _sums(name, value)
    for key in sums:
        if key not in Before.__slots__:
            raise wrong_fact(name, f"里的“{key}”不是认识的项")
    return Before(**sums)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "event_on": _day,
    "effective_on": _day,
    "ends_on": _day,
    "covered_since": _day,
    "plan_ended_on": _day,
    "total_fen": _whole,
    "fund_paid_fen": _whole,
    "own_fen": _whole,
    "eligible_own_fen": _whole,
    "admission_no": _positive,
    "days": _whole,
    "severity": _word,
    "grade": _word,
    "shares": _positive,
    "person_class": _word,
    "before": _before,
    "paid_by_plans": _sums,
    "lifetime_fen": _whole,
    "paid_with_event": _sums,
    "paid_in_life": _sums,
}
