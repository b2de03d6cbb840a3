"""`rules benefit`: what a plan pays for an event whose facts stand in a JSON file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.facts import read_facts
from desktop_app.cli.parser import Group
from desktop_app.cli.schemes import clause_names, named_scheme, scheme_ids
from desktop_app.domain.benefits.benefit_cases import work_out
from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.benefits.benefits import BenefitResult
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError


def add_to(group: Group) -> None:
    parser = group.add("benefit", _benefit, "按事实计算待遇,逐步说明")
    parser.add_argument("--scheme", choices=scheme_ids(), required=True, metavar="ID")
    parser.add_argument("--plan", required=True, metavar="PLAN")
    parser.add_argument("--facts", type=words.path, required=True, metavar="FILE.json")


def _benefit(options: Namespace) -> Answer:
    scheme = named_scheme(options.scheme)
    known = [plan.id for plan in scheme.plans]
    if options.plan not in known:
        raise UsageError(f"方案没有这个项目,可用的有:{'、'.join(known)}。", "请核对 --plan。")
    found = work_out(scheme, options.plan, facts_from(read_facts(options.facts)))
    if found.fen is None:
        raise _unknown(found.to_confirm)
    document = {
        "benefit_fen": found.fen,
        "to_confirm": found.to_confirm,
        "steps": found.steps,
    }
    return Answer(document, _lines(found, found.fen, clause_names(scheme)))


def _lines(found: BenefitResult, fen: int, names: Mapping[str, str]) -> tuple[str, ...]:
    texts = [step.text for step in found.steps]
    texts += [f"{names.get(key, key)} 待核对" for key in found.to_confirm]
    mark = "(估算)" if found.to_confirm else ""
    return (*texts, f"{yuan(fen)}元{mark}")


def _unknown(keys: tuple[str, ...]) -> UserError:
    return UserError(
        "to-confirm",
        "这个项目的待遇标准待核对,不能计算。",
        "请由负责人按文件核对方案中的待遇标准。",
        "、".join(keys),
    )
