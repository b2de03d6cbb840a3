"""What can be added to a scheme: small tables to be filled in, each put where it belongs.

A block begins without any figure of its own: what needs one stands as to be confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.toml_edit import end_of_item, set_value, values_of

_OPEN = 'to_confirm = true\nsource = "依据待填"\n'
_SAID = 'text = "原文待填"\nsource = "依据待填"\n'


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that can be added.

    Args:
        part: of the scheme, as `scheme_terms.PARTS` names it.
        title: what it is called.
        table: its key path without places; inside a plan it begins with `plans.`.
        body: its lines of TOML below the header.
        many: there may be several; otherwise it is offered where there is none.
    """

    part: str
    title: str
    table: str
    body: str
    many: bool = True

    @property
    def of_plan(self) -> bool:
        return self.table.startswith("plans.")

    @property
    def text(self) -> str:
        header = f"[[{self.table}]]" if self.many else f"[{self.table}]"
        return f"{header}\n{self.body}"


def _part(title: str, kind: str, body: str) -> Block:
    lines = f'id = "{kind}"\nkind = "{kind}"\n{body}{_OPEN}'
    return Block("benefits", f"待遇:{title}", "plans.benefits.parts", lines)


_BENEFITS = "plans.benefits"
BLOCKS = (
    Block("eligibility", "应参加的单位", "eligibility.must_join",
          "least_workers = { to_confirm = true }\n" + _SAID, many=False),
    Block("participation", "参加比例", "participation",
          'min_share = "80/100"\nall_join_limit = { value = 100, to_confirm = true }\n'
          'including = true\nsource = "依据待填"\n', many=False),
    Block("plans", "一个项目", "plans",
          'id = "plan"\nname = "项目全称"\nshort_name = "项目"\nfee_fen = { to_confirm = true }\n\n'
          "[plans.share_limits]\ndefault = { value = 1, to_confirm = true }\n\n"
          "[plans.benefits]\n" + _OPEN),
    Block("coverage", "期内续保", "coverage.renewal",
          "working_days_before = { to_confirm = true }\n"
          "year_months = { value = 12, to_confirm = true }\n" + _SAID, many=False),
    Block("coverage", "年中新增", "coverage.additions",
          'allowed = "any-time"\nstarts = "next-month"\n' + _SAID, many=False),
    Block("coverage", "集中办理", "drives",
          'year = 2027\ncloses_on = 2026-12-31\nsource = "依据待填"\n'),
    Block("coverage", "办理窗口", "windows",
          'kinds = ["renewal", "new-people", "new-unit"]\nopens_at = 2026-11-01T08:00:00\n'
          "closes_at = 2026-12-31T17:00:00\n" + _SAID),
    Block("coverage", "停办", "closures",
          'kinds = ["new-unit"]\nfirst = 2027-01-01\nlast = 2027-12-31\n' + _SAID),
    Block("funding", "固定分担的一方", "funding.parts",
          'payer = "upper-union"\nfee_fen = { value = 0, to_confirm = true }\n'),
    Block("funding", "几方共同承担", "funding.joint",
          "fee_fen = { value = 0, to_confirm = true }\n\n[[funding.joint.payers]]\n"
          'payer = "city-union"\nweight = { value = 1, to_confirm = true }\n\n'
          '[[funding.joint.payers]]\npayer = "town-union"\n'
          "weight = { value = 1, to_confirm = true }\n"),
    Block("funding", "列支渠道", "funding.channels",
          'id = "donation"\npayer = "donation"\nlabel = "社会赞助"\n'),
    Block("funding", "收款账户", "payee",
          'name = "户名待填"\naccount = "账号待填"\nbank = "开户行待填"\nbank_no = "000000000000"\n'
          + _SAID, many=False),
    Block("papers", "一种材料", "papers", 'id = "paper"\nlabel = "材料名称"\nwho = "unit"\n'),
    Block("papers", "一种申领资料", "claims.papers", 'id = "claim-paper"\nlabel = "资料名称"\n'),
    Block("papers", "上报入口", "province.profiles",
          'id = "profile"\ntitle = "系统名称"\nsite = "https://"\ntemplate = "模板名称"\n'
          'source = "依据待填"\ncolumns = [{ title = "序号", field = "number" }]\n'),
    _part("按比例", "rate", 'share = "0/100"\n'),
    _part("分段按比例", "brackets", 'bands = [{ above_fen = 0, share = "0/100" }]\n'),
    _part("每天补贴", "daily", "day_fen = 0\nwaiting_days = 0\n"),
    _part("按轻重", "severity",
          'amounts = [{ key = "severe", label = "重度", fen = 0 },'
          ' { key = "light", label = "轻度", fen = 0 }]\n'),
    _part("按等级", "grade", 'amounts = [{ key = "1", label = "一档", fen = 0 }]\n'),
    _part("按伤残等级", "disability",
          'sum_fen = 0\ngrades = [{ key = "1", label = "一级", share = "100/100" }]\n'),
    _part("定额", "fixed", "fen = 0\n"),
    _part("分档定额", "steps", "steps = [{ from_fen = 0, fen = 0 }]\n"),
    Block("benefits", "起付线", f"{_BENEFITS}.deductible", 'per = "admission"\nfen = 0\n' + _OPEN,
          many=False),
    Block("benefits", "累计办法", f"{_BENEFITS}.accumulation", 'over = "period"\n' + _OPEN,
          many=False),
    Block("benefits", "等待期", f"{_BENEFITS}.waiting",
          'renewal = "exempt"\nbands = [{ from_day = 0, to_day = 30, share = "0/100" }]\n' + _OPEN,
          many=False),
    Block("benefits", "封顶", f"{_BENEFITS}.ceilings", 'per = "period"\nfen = 0\n' + _OPEN),
    Block("benefits", "最低补助", f"{_BENEFITS}.minimum", "fen = 0\n" + _OPEN, many=False),
    Block("benefits", "困难职工的标准", f"{_BENEFITS}.classes.hardship",
          'label = "困难职工"\ndeductible_fen = 0\n' + _OPEN, many=False),
    Block("benefits", "劳动模范的标准", f"{_BENEFITS}.classes.model-worker",
          'label = "劳动模范"\ndeductible_fen = 0\n' + _OPEN, many=False),
)  # fmt: skip


def blocks_for(part: str, values: Mapping[str, Any]) -> tuple[tuple[Block, int | None, str], ...]:
    """What the part may still be given: the block, for which plan (from 1), and what it is called.

    Blocks inside a plan are offered for each plan, with its name.
    """
    offered: list[tuple[Block, int | None, str]] = []
    plans = values.get("plans", [])
    for block in (one for one in BLOCKS if one.part == part):
        if not block.of_plan:
            if block.many or _absent(block.table, values):
                offered.append((block, None, block.title))
            continue
        for place, plan in enumerate(plans, start=1):
            inside = block.table.removeprefix("plans.")
            if "benefits" in plan and (block.many or _absent(inside, plan)):
                name = plan.get("short_name", plan["id"])
                offered.append((block, place, f"{name} · {block.title}"))
    return tuple(sorted(offered, key=lambda one: one[1] or 0))


def add_block(text: str, block: Block, plan: int | None = None) -> str:
    """The text with the block at the end of its plan, or at its own end; ids are told apart."""
    lines = f"{block.text.rstrip()}\n"
    if plan is None:
        added = f"{text.rstrip()}\n\n{lines}"
    else:
        at = end_of_item(text, f"plans[{plan}]")
        after = text[at:].lstrip("\n")
        added = f"{text[:at].rstrip()}\n\n{lines}" + (f"\n{after}" if after else "")
    return _told_apart(added, block, plan)


def _told_apart(text: str, block: Block, plan: int | None) -> str:
    """A free id for the last item of a list whose items have one."""
    if not block.many:
        return text
    here: Any = values_of(text)
    path = block.table
    if plan is not None:
        here, path = here["plans"][plan - 1], block.table.removeprefix("plans.")
    for key in path.split("."):
        here = here[key]
    last = here[-1]
    if "id" not in last:
        return text
    taken = {one.get("id") for one in here[:-1]}
    if last.get("id") not in taken:
        return text
    free = next(
        name for at in range(2, len(here) + 2) if (name := f"{last['id']}-{at}") not in taken
    )
    above = f"plans[{plan}]." if plan is not None else ""
    return set_value(text, f"{above}{path}[{len(here)}].id", free)


def _absent(table: str, values: Mapping[str, Any]) -> bool:
    here: Any = values
    for key in table.split("."):
        if key not in here:
            return True
        here = here[key]
    return False
