"""`rules benefit`: what a plan pays for an event whose facts stand in a JSON file."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.parser import Group
from desktop_app.cli.schemes import named_scheme, scheme_ids
from desktop_app.domain.benefit_cases import work_out
from desktop_app.domain.benefit_facts import facts_from, wrong_fact
from desktop_app.domain.benefits import BenefitResult
from desktop_app.domain.money import yuan
from desktop_app.errors import FileError, UserError

_MOST_BYTES = 1_000_000


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
    found = work_out(scheme, options.plan, facts_from(_read(options.facts)))
    if found.fen is None:
        raise _unknown(found.to_confirm)
    document = {
        "benefit_fen": found.fen,
        "to_confirm": found.to_confirm,
        "steps": found.steps,
    }
    return Answer(document, _lines(found, found.fen))


def _lines(found: BenefitResult, fen: int) -> tuple[str, ...]:
    texts = [step.text for step in found.steps]
    texts += [f"{key} 待核对" for key in found.to_confirm]
    mark = "(估算)" if found.to_confirm else ""
    return (*texts, f"{yuan(fen)}元{mark}")


def _unknown(keys: tuple[str, ...]) -> UserError:
    return UserError(
        "to-confirm",
        "这个项目的待遇标准待核对,不能计算。",
        "请由负责人按文件核对方案中的待遇标准。",
        "、".join(keys),
    )


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise wrong_fact(name, "写了两次")
        values[name] = value
    return values


def _read(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise FileError("facts-invalid", "事实文件过大。", "请核对文件。", str(file))
        text = file.read_bytes().decode("utf-8-sig")
        values = json.loads(text, object_pairs_hook=_each_once)
    except OSError:
        raise FileError(
            "file-missing", "找不到或不能读取这个文件。", "请核对路径。", str(file)
        ) from None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise FileError(
            "facts-invalid", "事实文件不是一个JSON对象。", '请写成 {"days": 5} 这样。', str(file)
        )
    return values
