"""The parts a scheme is made of, as frozen values; reading their text is the work of `schemes`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from db.codes import FigureState
from desktop_app.domain.schemes.benefit_parts import Benefits


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the policy with where it stands.

    A figure to confirm may carry the obvious reading as its value, or none where no source
    gives one; nothing is paid, printed or demanded on it until it is confirmed.
    """

    value: int | None
    state: FigureState
    source: str = ""

    @property
    def open(self) -> bool:
        return self.state is FigureState.TO_CONFIRM


@dataclass(frozen=True, slots=True)
class Words:
    """The scheme's own words, as shown and printed.

    `upper` is who confirms that the money came in; without it the office itself does.
    """

    join: str  # 入会
    person: str  # 会员
    fee: str  # 会费
    apply: str  # 申领
    benefit: str  # 互助金
    plan: str  # 互助保障项目
    forms: Mapping[str, str]  # form id -> printed title
    upper: str = ""  # 省办
    system: str = "上报系统"  # 省系统: where applications are entered, if anywhere
    document: str = "计划书"  # 省办计划书: what the first day of cover stands on
    receipt: str = "票据"  # 会费票据

    @property
    def whom(self) -> str:
        """Who is asked where the office cannot mend a thing itself."""
        return self.upper or "上级工会"

    @property
    def arrived(self) -> str:
        """That the money came in, told of who says so: 省办确认到账."""
        return f"{self.upper}确认到账" if self.upper else "登记到账"


# Where a text belongs to no scheme, such as a unit that has no application yet.
NEUTRAL = Words("参加", "职工", "费用", "申请", "互助金", "保障项目", {})


@dataclass(frozen=True, slots=True)
class Participation:
    """How many of a unit's workers must join.

    Up to `all_join_limit` workers everyone does, the limit itself included where `including`.
    A women's plan is also counted among the `women` at work, or has no base of its own (`none`);
    the limit is held against the unit's size or the number of its women (`women_limit`).
    """

    min_share: Fraction
    all_join_limit: Figure
    including: bool
    source: str
    women_base: str = "women"  # women, none
    women_limit: str = "unit"  # unit, women


@dataclass(frozen=True, slots=True)
class FeeClass:
    """People with a fee of their own: all those of units of these kinds.

    Without any kind of unit the class has to be told person by person.
    """

    id: str
    label: str
    unit_kinds: tuple[str, ...]
    fee_fen: Figure


@dataclass(frozen=True, slots=True)
class Plan:
    """One kind of cover; `share_limits` by unit kind, `default` for kinds not named.

    A plan that comes `with_plan` another costs nothing of its own and is not taken alone.
    """

    id: str
    name: str
    short_name: str
    women_only: bool
    fee_fen: Figure
    share_limits: Mapping[str, Figure]
    with_plan: str | None = None
    benefits: Benefits | None = None
    fee_classes: tuple[FeeClass, ...] = ()

    def share_limit(self, unit_kind: str | None) -> Figure:
        return self.share_limits.get(unit_kind or "default", self.share_limits["default"])


@dataclass(frozen=True, slots=True)
class Drive:
    """One year's renewal drive; `list_due_on` is when staff lists are due."""

    year: int
    list_due_on: datetime.date | None
    closes_on: datetime.date | None
    source: str


@dataclass(frozen=True, slots=True)
class FundingChannel:
    """One account a contribution may be charged to (列支渠道); no `unit_kinds` means all."""

    id: str
    payer: str
    label: str
    unit_kinds: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FundingPart:
    """A fixed part of each person's contribution; none where unit and worker agree themselves."""

    payer: str
    fee_fen: Figure


@dataclass(frozen=True, slots=True)
class PayerWeight:
    payer: str
    weight: Figure


@dataclass(frozen=True, slots=True)
class JointPart:
    """A part that several payers bear together, each by its weight."""

    fee_fen: Figure
    payers: tuple[PayerWeight, ...]


@dataclass(frozen=True, slots=True)
class Funding:
    channels: tuple[FundingChannel, ...]
    parts: tuple[FundingPart, ...]
    default_payer: str
    joint: tuple[JointPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Payee:
    """The account contributions are paid to."""

    name: str
    account: str
    bank: str
    bank_no: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ProvinceColumn:
    """A column of the province's upload workbook; `field` is what stands in it."""

    title: str
    field: str  # number, name, identity, phone


@dataclass(frozen=True, slots=True)
class ProvinceProfile:
    """One entrance of the province's system and the workbook it takes."""

    id: str
    title: str
    site: str
    template: str
    columns: tuple[ProvinceColumn, ...]
    attachments: tuple[str, ...]  # paper ids, in upload order
    source: str
    fields: tuple[str, ...] = ()  # what is typed by hand, in the order of the screen


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of an enrolment.

    Args:
        id: stable id, also the form's id where the office prints it.
        label: as shown.
        who: who brings it: `unit`, `office` or `union`.
        archived: whether it goes into the paper file.
        seal: whether it comes back stamped.
        when: `always`, or `over-age` where only people above the age need it.
    """

    id: str
    label: str
    who: str
    archived: bool
    seal: bool
    when: str


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """A paper of a claim; no `plans` means every plan."""

    id: str
    label: str
    plans: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """One step of a claim's way.

    Args:
        key: stable id, stored with the claim.
        label: what the claim is called while it stands here.
        action: the text of the button 下一步.
        act: the act that moves it on; none at the end of the way.
        who: the role that may take it.
        other_person: who said the amount (or, without one, took the step before) may not.
        requires: what must be there, see `claim_ways.lacking`.
        optional: `claim.move-on` may pass over the act and the step after it.
        then: the step that follows where it is not the next in the file.
        returns_to: the step that the claim may be sent back to.
        refuses_to: the step where a refusal leads.
    """

    key: str
    label: str
    action: str
    act: str
    who: str = "clerk"
    other_person: bool = False
    requires: tuple[str, ...] = ()
    optional: bool = False
    then: str = ""
    returns_to: str = ""
    refuses_to: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """Who decides a claim, who pays it, and from which amount its papers must come on paper."""

    decides: str  # province, office, or insurance where the bill itself is settled
    paper_threshold_fen: Figure
    papers: tuple[ClaimPaper, ...]
    source: str
    pays: str = "province"  # province, office, hospital-bill
    steps: tuple[ClaimStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an enrolment.

    Args:
        key: stable id, stored with the case.
        label: on the step bar.
        state: what the case is called while it stands at this step.
        action: the text of the button 下一步.
        act: the act that moves the case on.
        who: the role that may take it.
        other_than: the act whose actor must be another person; empty where anyone may.
        requires: what must be there, see `enrolments.missing`.
        undo: whether who did the last thing at this step may take it back, see `enrolments.undo`.
    """

    key: str
    label: str
    state: str
    action: str
    act: str
    who: str
    other_than: str
    requires: tuple[str, ...]
    undo: bool = False

    @property
    def other_person(self) -> bool:
        return bool(self.other_than)
