"""`rules contribution`: whether an application comes in time, its months, what it comes to."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from datetime import datetime

from db.codes import UnitKind
from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.parser import Group
from desktop_app.cli.rules_days import calendar_of
from desktop_app.cli.schemes import named_scheme, scheme_ids
from desktop_app.domain.figures import figure_label
from desktop_app.domain.money import yuan
from desktop_app.domain.quotes import Application, Quote, quote
from desktop_app.domain.schemes.fee_classes import Crowd
from desktop_app.domain.schemes.schemes import Scheme

_MOST_PEOPLE = 10_000_000
_MOST_SHARES = 1000
_YEARS = range(2000, 2200)
_CLASS = re.compile(r"([a-z0-9-]+)=(\d{1,8})(?:,(\d{1,8}))?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}", re.ASCII)


def add_to(group: Group) -> None:
    parser = group.add("contribution", _contribution, "费用合计与分担")
    parser.add_argument("--scheme", choices=scheme_ids(), required=True, metavar="ID")
    parser.add_argument("--people", type=words.positive, required=True, metavar="N")
    parser.add_argument("--plan", action="append", metavar="PLAN", help="可重复;不写为全部项目")
    parser.add_argument("--shares", type=words.positive, default=1, metavar="S")
    parser.add_argument("--women", type=words.count, metavar="W")
    parser.add_argument("--ends", type=words.day, metavar="DATE", help="原保障的最后一天")
    parser.add_argument("--new-unit", action="store_true", help="首次参加的单位")
    parser.add_argument("--unit-kind", choices=[kind.value for kind in UnitKind], metavar="KIND")
    parser.add_argument(
        "--class", action="append", type=_class, default=[], dest="classes",
        metavar="ID=N[,W]", help="有另外标准的一类人员,其中女职工W人;可重复",
    )  # fmt: skip
    parser.add_argument("--at", type=_moment, metavar='"YYYY-MM-DD HH:MM"', help="办理的时刻")


def _contribution(options: Namespace) -> Answer:
    scheme = named_scheme(options.scheme)
    known = [plan.id for plan in scheme.plans]
    plans = tuple(dict.fromkeys(options.plan or known))
    if not set(plans) <= set(known):
        raise UsageError(f"方案没有这个项目,可用的有:{'、'.join(known)}。", "请核对 --plan。")
    if (options.women or 0) > options.people or options.people > _MOST_PEOPLE:
        raise UsageError("人数不对。", "请核对 --people 和 --women。")
    if options.shares > _MOST_SHARES:
        raise UsageError("份数过多。", "请核对 --shares。")
    _check_days(options)
    asked = Application(
        people=options.people,
        plans=plans,
        women=options.women,
        shares=options.shares,
        ends=options.ends,
        new_unit=options.new_unit,
        at=options.at,
        unit_kind=options.unit_kind,
        classes=tuple(options.classes),
    )
    calendar, notes = calendar_of(options)
    return _answer(scheme, quote(scheme, asked, calendar), notes)


def _check_days(options: Namespace) -> None:
    if options.new_unit and options.ends is not None:
        raise UsageError("首次参加的单位没有原保障。", "--new-unit 和 --ends 只写一个。")
    for name, day in (("--ends", options.ends), ("--at", options.at)):
        if day is not None and day.year not in _YEARS:
            raise UsageError(f"年份应在{_YEARS[0]}到{_YEARS[-1]}之间。", f"请核对 {name}。")


def _answer(scheme: Scheme, found: Quote, notes: tuple[str, ...]) -> Answer:
    cover = found.coverage
    document = {
        "ok": found.ok,
        "problems": found.problems,
        "to_confirm": found.to_confirm,
        "months": found.months,
        "coverage": None if cover is None else {"first": cover.first, "last": cover.last},
        "total_fen": found.total_fen,
        "parts": found.parts,
    }
    lines = [problem.message for problem in found.problems]
    lines += [step.text for step in found.steps]
    if found.total_fen is not None and found.to_confirm:
        lines.append(f"以上为估算(合计{yuan(found.total_fen)}元),核对前不得据此收款。")
    lines += [f"{figure_label(scheme, key)} 待核对" for key in found.to_confirm]
    return Answer(document, tuple(lines), notes=notes)


def _class(text: str) -> Crowd:
    found = _CLASS.fullmatch(text)
    if found is None:
        raise ArgumentTypeError(f"“{text}”写法不对,请写成 contract=12 或 contract=12,5 这样。")
    return Crowd(int(found[2]), int(found[3] or 0), found[1])


def _moment(text: str) -> datetime:
    if _MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise ArgumentTypeError(f'“{text}”不是时刻,请写成"2026-12-01 09:00"这样。')
