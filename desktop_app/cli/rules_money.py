"""`rules contribution`: whether an application comes in time, its months, what it comes to."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from datetime import datetime

from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.parser import Group
from desktop_app.cli.rules_days import calendar_of
from desktop_app.cli.schemes import named_scheme, scheme_ids
from desktop_app.domain.figures import figure_label
from desktop_app.domain.money import yuan
from desktop_app.domain.quotes import Application, Quote, quote
from desktop_app.domain.schemes import Scheme

_MOST_PEOPLE = 10_000_000
_MOST_SHARES = 1000
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}", re.ASCII)


def add_to(group: Group) -> None:
    parser = group.add("contribution", _contribution, "费用合计与分担")
    parser.add_argument("--scheme", choices=scheme_ids(), required=True, metavar="ID")
    parser.add_argument("--people", type=words.count, required=True, metavar="N")
    parser.add_argument("--plan", action="append", metavar="PLAN", help="可重复;不写为全部项目")
    parser.add_argument("--shares", type=words.positive, default=1, metavar="S")
    parser.add_argument("--women", type=words.count, metavar="W")
    parser.add_argument("--ends", type=words.day, metavar="DATE", help="原保障的最后一天")
    parser.add_argument("--new-unit", action="store_true", help="首次参加的单位")
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
    asked = Application(
        people=options.people,
        plans=plans,
        women=options.women,
        shares=options.shares,
        ends=options.ends,
        new_unit=options.new_unit,
        at=options.at,
    )
    calendar, notes = calendar_of(options)
    return _answer(scheme, quote(scheme, asked, calendar), notes)


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


def _moment(text: str) -> datetime:
    if _MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise ArgumentTypeError(f'“{text}”不是时刻,请写成"2026-12-01 09:00"这样。')
