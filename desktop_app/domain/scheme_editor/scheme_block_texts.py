"""The blocks of a scheme as small TOML texts; no figure stands in them that no document gave.

An empty word is what people still have to fill: the readers refuse it, and the form shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.scheme_editor.scheme_options import KINDS
from desktop_app.domain.scheme_editor.scheme_terms import choices_of


@dataclass(frozen=True, slots=True)
class Block:
    """A table that a scheme may have.

    Args:
        owner: pattern of the table it belongs to, such as plans[].benefits; empty: the scheme.
        key: its key there; a `?` at the end is a name to be found.
        item: whether it is one of a list.
        label: as the menu says it.
        text: its TOML.
        kinds: the kinds of owner that have it; none named: all.
        needs: a key that the owner must have before.
    """

    owner: str
    key: str
    item: bool
    label: str
    text: str
    kinds: tuple[str, ...] = ()
    needs: str = ""

    @property
    def path(self) -> str:
        """The pattern of its key path."""
        return f"{self.owner}.{self.key}" if self.owner else self.key

    def fits(self, table: Mapping[str, Any]) -> bool:
        """Whether the owner is of a kind that has it."""
        if self.kinds and table.get("kind") not in self.kinds:
            return False
        return not self.needs or self.needs in table


_BENEFITS, _PARTS = "plans[].benefits", "plans[].benefits.parts[]"
_OPEN = 'to_confirm = true\nsource = ""\n'
_TEXTS = 'text = ""\nsource = ""\n'
_FEE = "fee_fen = { to_confirm = true }\n"
_STEP = """
key = "step-1"
label = ""
state = ""
action = ""
act = "enrolment.submit"
who = "clerk"
requires = []
"""
_PLAN = f"""
id = "plan-1"
name = ""
{_FEE}
[share_limits]
default = {{ to_confirm = true }}
"""
_PROFILE = """
id = "province-1"
title = ""
site = ""
template = ""
attachments = []
source = ""
columns = [
  { title = "序号", field = "number" },
  { title = "姓名", field = "name" },
  { title = "身份证号", field = "identity" },
  { title = "手机号", field = "phone" },
]
"""
_JOINT = f"""
{_FEE}
payers = [
  {{ payer = "city-union", weight = {{ to_confirm = true }} }},
  {{ payer = "town-union", weight = {{ to_confirm = true }} }},
]
"""
_RENEWAL = f"""
working_days_before = {{ to_confirm = true }}
year_months = {{ to_confirm = true }}
{_TEXTS}
"""
_EVENTS = """
move = { effect = "to-confirm" }
retirement = { effect = "to-confirm" }
death = { effect = "to-confirm" }
"""

BLOCKS: tuple[Block, ...] = (
    Block(
        "",
        "participation",
        False,
        "参加比例",
        'min_share = ""\nall_join_limit = { to_confirm = true }\nsource = ""\n',
    ),
    Block(
        "eligibility",
        "must_join",
        False,
        "必须参加的单位",
        f"least_workers = {{ to_confirm = true }}\n{_TEXTS}",
    ),
    Block("", "plans", True, "项目", _PLAN),
    Block(
        "plans[]",
        "fee_classes",
        True,
        "另有标准的一类人员",
        f'id = "fee-class-1"\nlabel = ""\n{_FEE}',
        needs="fee_fen",
    ),
    Block("plans[]", "benefits", False, "待遇", _OPEN),
    *(
        Block(
            _BENEFITS,
            "parts",
            True,
            f"给付标准:{choices_of('parts.kind')[kind]}",
            f'id = "{kind}"\nkind = "{kind}"\n{_OPEN}',
        )
        for kind in KINDS["plans[].benefits.parts[].kind"]
    ),
    Block(_PARTS, "bands", True, "分段", 'above_fen = 0\nshare = ""\n', ("brackets",)),
    Block(_PARTS, "steps", True, "一档", 'from_fen = 0\nfen = ""\n', ("steps",)),
    Block(
        _PARTS,
        "amounts",
        True,
        "一级金额",
        'key = "grade-1"\nlabel = "新的一级"\nfen = ""\n',
        ("severity", "grade"),
    ),
    Block(
        _PARTS,
        "grades",
        True,
        "一个等级",
        'key = "grade-1"\nlabel = "新的一级"\nshare = ""\n',
        ("disability",),
        "sum_fen",
    ),
    Block(_BENEFITS, "accumulation", False, "累计", f'over = "case"\n{_OPEN}'),
    Block(_BENEFITS, "deductible", False, "起付线", _OPEN),
    Block(_BENEFITS, "waiting", False, "等待期", _OPEN),
    Block("plans[].benefits.waiting", "bands", True, "等待期的一段", 'from_day = 0\nshare = ""\n'),
    Block(_BENEFITS, "ceilings", True, "封顶", f'per = "period"\n{_OPEN}'),
    Block(_BENEFITS, "minimum", False, "最低支付", f'fen = ""\n{_OPEN}'),
    # One class has one key in all plans: what a claim says of a person counts in each of them.
    *(
        Block(
            _BENEFITS, f"classes.{key}", False, f"人员类别:{label}", f'label = "{label}"\n{_OPEN}'
        )
        for key, label in (("hardship", "困难职工"), ("model-worker", "劳动模范"))
    ),
    Block(_BENEFITS, "classes.?", False, "人员类别:另一类", f'label = ""\n{_OPEN}'),
    Block("plans[].benefits.classes.?", "bands", True, "这类人员的一段比例", 'share = ""\n'),
    Block(_BENEFITS, "stacking", True, "与其他项目的关系", f'mode = "net-of"\nplans = []\n{_OPEN}'),
    Block("coverage", "renewal", False, "续保", _RENEWAL, ("fixed",)),
    Block(
        "coverage",
        "additions",
        False,
        "年中新增",
        'allowed = "windows"\nstarts = "period"\ntext = ""\n',
    ),
    Block("coverage", "events", False, "调动、退休、身故的处理", _EVENTS),
    Block("", "drives", True, "集中办理的年度", 'year = ""\nsource = ""\n'),
    Block("", "windows", True, "办理窗口", f"kinds = []\n{_TEXTS}"),
    Block(
        "",
        "closures",
        True,
        "停办时间",
        f'kinds = []\nfirst = ""\nlast = ""\n{_TEXTS}',
    ),
    Block("funding", "parts", True, "一方的定额", f'payer = "unit-and-member"\n{_FEE}'),
    Block("funding", "joint", True, "几方共同承担的定额", _JOINT),
    Block(
        "funding.joint[]",
        "payers",
        True,
        "承担的一方",
        'payer = "unit"\nweight = { to_confirm = true }\n',
    ),
    Block("funding", "channels", True, "列支渠道", 'id = "member"\npayer = "unit"\nlabel = ""\n'),
    Block(
        "",
        "payee",
        False,
        "收款账户",
        f'name = ""\naccount = ""\nbank = ""\nbank_no = ""\n{_TEXTS}',
    ),
    Block("", "papers", True, "参加时的材料", 'id = "paper-1"\nlabel = ""\nwho = "unit"\n'),
    Block("claims", "papers", True, "申领时的材料", 'id = "paper-1"\nlabel = ""\n'),
    Block("", "province.profiles", True, "上报系统的入口", _PROFILE),
    Block("province.profiles[]", "columns", True, "上传表的一列", 'title = ""\nfield = "number"\n'),
    Block("", "steps.on-behalf", True, "参加的步骤:代单位办理", _STEP),
    Block("", "steps.by-unit", True, "参加的步骤:单位自办", _STEP),
    Block(
        "claims",
        "steps",
        True,
        "申领的步骤",
        'key = "step-1"\nlabel = ""\naction = "办下一步"\nact = "claim.move-on"\nwho = "clerk"\n',
    ),
    Block("", "notices", False, "提示语", 'paid = ""\n'),
)
