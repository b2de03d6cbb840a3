"""`rules`: single questions to the rules, without an office."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from db.codes import PostCategory
from desktop_app.cli import rules_benefit, rules_days, rules_money, words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.desks import today
from desktop_app.cli.parser import Group
from desktop_app.cli.schemes import named_scheme, scheme_ids
from desktop_app.domain.identity import check_identity
from desktop_app.domain.labels import label
from desktop_app.domain.money import capitals
from desktop_app.domain.participation import Judged, hangs_on_open_border, judge, judge_women
from desktop_app.domain.retirement import retirement
from desktop_app.domain.uscc import check_uscc


def add_to(commands: Group) -> None:
    group = commands.group("rules", "单个规则的问答:不用机构数据")
    identity = group.add("identity", _identity, "身份证件号码")
    identity.add_argument("number", nargs="+", metavar="NUMBER")
    uscc = group.add("uscc", _uscc, "统一社会信用代码")
    uscc.add_argument("code", nargs="+", metavar="CODE")
    retire = group.add("retirement", _retirement, "法定退休年龄")
    retire.add_argument("--born", type=words.day, required=True, metavar="YYYY-MM-DD")
    retire.add_argument("--post", choices=[post.value for post in PostCategory], required=True)
    money = group.add("capitals", _capitals, "金额大写")
    money.add_argument("fen", type=words.count, metavar="FEN")
    _add_participation(group)
    rules_days.add_to(group)
    rules_money.add_to(group)
    rules_benefit.add_to(group)


def _add_participation(group: Group) -> None:
    parser = group.add("participation", _participation, "参加人数够不够")
    parser.add_argument("--scheme", choices=scheme_ids(), required=True, metavar="ID")
    parser.add_argument("--at-work", type=words.count, required=True, metavar="N")
    parser.add_argument("--joining", type=words.count, required=True, metavar="M")
    parser.add_argument("--women", type=words.count, metavar="W")
    parser.add_argument("--women-joining", type=words.count, metavar="V")


def _identity(options: Namespace) -> Answer:
    found = [check_identity(number, today()) for number in options.number]
    lines = []
    for typed, one in zip(options.number, found, strict=True):
        sex = label(one.sex) if one.sex else ""
        lines.append(
            f"{typed}  {'可用' if one.valid else '有误'}  {sex}  {one.born or ''}".rstrip()
        )
        lines += [f"  {problem.message}" for problem in one.problems]
    return Answer(
        [
            {
                "number": one.number,
                "kind": one.kind,
                "valid": one.valid,
                "problems": one.problems,
                "born": one.born,
                "sex": one.sex,
            }
            for one in found
        ],
        tuple(lines),
    )


def _uscc(options: Namespace) -> Answer:
    found = [check_uscc(code) for code in options.code]
    lines = []
    for one in found:
        lines.append(f"{one.code}  {'可用' if one.valid else '有误'}")
        lines += [f"  {problem.message}" for problem in one.problems]
    return Answer(found, tuple(lines))


def _retirement(options: Namespace) -> Answer:
    if options.born.year < 1900 or options.born > today():
        raise UsageError("出生日期不在1900年至今天之间。", "请核对 --born。")
    found = retirement(options.born, PostCategory(options.post))
    return Answer(
        {
            "age": {"years": found.years, "months": found.months},
            "retires": found.month_text,
        },
        (f"{found.years}岁{found.months}个月,{found.month_text}退休",),
    )


def _capitals(options: Namespace) -> Answer:
    try:
        text = capitals(options.fen)
    except ValueError:
        raise UsageError("金额过大,大写只到万亿元以下。", "请核对金额。") from None
    return Answer({"text": text}, (text,))


def _participation(options: Namespace) -> Answer:
    rule = named_scheme(options.scheme).participation
    women, joining = options.women, options.women_joining
    if (women is None) != (joining is None):
        raise UsageError("--women 和 --women-joining 要一起写。", "请补上另一个。")
    if options.joining > options.at_work or (women or 0) > options.at_work:
        raise UsageError("参加人数或女职工人数多于在职人数。", "请核对人数。")
    if women is not None and joining > women:
        raise UsageError("参加的女职工多于女职工人数。", "请核对人数。")
    judged = judge(options.at_work, options.joining, rule)
    document: dict[str, Any] = {
        "ok": judged.ok,
        "needed": judged.needed,
        "missing": judged.missing,
        "to_confirm": [],
    }
    if hangs_on_open_border(options.at_work, rule):
        document["to_confirm"] = ["participation.all_join_limit"]
    lines = [_participation_line("", judged)]
    if women is not None:
        of_women = judge_women(options.at_work, women, joining, rule)
        document["ok"] = judged.ok and of_women.ok
        document["missing"] = max(judged.missing, of_women.missing)
        document["women"] = of_women
        lines.append(_participation_line("女职工", of_women))
    return Answer(document, tuple(lines))


def _participation_line(who: str, judged: Judged) -> str:
    if not judged.needed:
        return f"{who}没有最少人数的要求"
    answer = "已够" if judged.ok else f"还差{judged.missing}人"
    return f"{who}应不少于{judged.needed}人,{answer}"
