"""One reader for each part of a scheme file: a table in, a frozen part out."""

from __future__ import annotations

from collections.abc import Mapping

from db.codes import Channel, FigureState, Handling, Payer, Role, UnitKind
from desktop_app.domain.entry_fields import ENTRY_FIELDS
from desktop_app.domain.schemes.benefit_readers import read_benefits
from desktop_app.domain.schemes.claim_ways import (
    CLAIM_ACTS,
    CLAIM_REQUIREMENTS,
    EARLIER_WAY,
)
from desktop_app.domain.schemes.scheme_nodes import Node
from desktop_app.domain.schemes.scheme_parts import (
    ClaimPaper,
    ClaimRules,
    ClaimStep,
    FeeClass,
    Figure,
    Funding,
    FundingChannel,
    FundingPart,
    JointPart,
    Paper,
    Payee,
    PayerWeight,
    Plan,
    ProvinceColumn,
    ProvinceProfile,
    Step,
    Words,
)
from desktop_app.domain.schemes.scheme_remedies import to_choose

FORMS = (
    "payment-notice",
    "application",
    "member-list",
    "confirmation",
    "archive-list",
    "feedback",
    "worksheet",
    "field-sheet",
    "registration",
    "officer-change",
    "condolence-sheet",
    "file-index",
    "refund-request",
    "renewal-notice",
    "correction-request",
    "cover-proof",
    "claim-application",
    "supplement",
    "refusal",
    "claim-receipt",
    "public-list",
    "payout-sheet",
    "work-handover",
)
MOST_SHARES = 1000
MOST_WEIGHT = 1_000_000
PROVINCE_FIELDS = ("number", "name", "identity", "phone")
PAPER_BRINGERS = ("unit", "office", "union")
CLAIM_DECIDERS = ("province", "office", "insurance")
CLAIM_PAYERS = ("province", "office", "hospital-bill")
_NO_FEE = Figure(0, FigureState.CONFIRMED, "随所附项目一并参加,不另收")
ROLES = (Role.CLERK, Role.REVIEWER, Role.HEAD)
OWN_WORDS = ("upper", "system", "document", "receipt")  # of schemes with an office above


def read_words(node: Node) -> Words:
    forms = node.node("forms")
    words = Words(
        join=node.text("join"),
        person=node.text("person"),
        fee=node.text("fee"),
        apply=node.text("apply"),
        benefit=node.text("benefit"),
        plan=node.text("plan"),
        forms={key: forms.text(key) for key in FORMS if forms.has(key)},
        **{key: node.text(key) for key in OWN_WORDS if node.has(key)},
    )
    forms.finish()
    node.finish()
    return words


def read_notices(node: Node) -> Mapping[str, str]:
    notices = {key: node.text(key) for key in node.names()}
    node.finish()
    return notices


def _share_limits(node: Node) -> Mapping[str, Figure]:
    limits = {}
    for key in node.names():
        if key != "default" and key not in list(UnitKind):
            node.note(key, "不是单位类别", to_choose(("default", *UnitKind)))
        limits[key] = node.figure(key, most=MOST_SHARES)
    if "default" not in limits:
        node.note("default", "没有填写", "请写上没有列出的单位类别的限购份数。")
    return limits


def read_plan(node: Node) -> Plan:
    name = node.text("name", longest=100)
    with_plan = node.text("with_plan", "") or None
    plan_id = node.slug("id")
    plan = Plan(
        id=plan_id,
        name=name,
        short_name=node.text("short_name", "", longest=100) or name,
        women_only=node.one_of("holders", ("all", "women"), "all") == "women",
        fee_fen=_NO_FEE if with_plan else node.figure("fee_fen"),
        share_limits=_share_limits(node.node("share_limits")),
        with_plan=with_plan,
        benefits=(read_benefits(node.node("benefits"), plan_id) if node.has("benefits") else None),
        fee_classes=node.each("fee_classes", _fee_class),
    )
    if plan.fee_classes and with_plan:
        node.note("fee_classes", "不能写在随别的项目参加的项目里,那里不另收费")
    node.finish()
    return plan


def _fee_class(node: Node) -> FeeClass:
    found = FeeClass(
        id=node.slug("id"),
        label=node.text("label", longest=100),
        unit_kinds=node.some_of("unit_kinds", UnitKind),
        fee_fen=node.figure("fee_fen"),
    )
    node.finish()
    return found


def _channel(node: Node) -> FundingChannel:
    channel = FundingChannel(
        id=node.one_of("id", Channel),
        payer=node.one_of("payer", Payer),
        label=node.text("label"),
        unit_kinds=node.some_of("unit_kinds", UnitKind),
        note=node.text("note", ""),
    )
    node.finish()
    return channel


def _part(node: Node) -> FundingPart:
    part = FundingPart(payer=node.one_of("payer", Payer), fee_fen=node.figure("fee_fen"))
    node.finish()
    return part


def _joint(node: Node) -> JointPart:
    part = JointPart(
        fee_fen=node.figure("fee_fen"),
        payers=node.each("payers", _weight, least=2),
    )
    if not sum(payer.weight.value or 0 for payer in part.payers):
        node.note("payers", "的分担比例(weight)至少要有一个写大于零的 value")
    node.finish()
    return part


def _weight(node: Node) -> PayerWeight:
    weight = PayerWeight(
        payer=node.one_of("payer", Payer), weight=node.figure("weight", most=MOST_WEIGHT)
    )
    node.finish()
    return weight


def read_funding(node: Node) -> Funding:
    funding = Funding(
        channels=node.each("channels", _channel),
        parts=node.each("parts", _part),
        default_payer=node.one_of("default_payer", Payer, Payer.UNIT_AND_MEMBER),
        joint=node.each("joint", _joint),
    )
    node.finish()
    return funding


def read_payee(node: Node) -> Payee:
    payee = Payee(
        name=node.text("name"),
        account=node.text("account"),
        bank=node.text("bank"),
        bank_no=node.text("bank_no"),
        text=node.text("text"),
        source=node.text("source"),
    )
    node.finish()
    return payee


def _column(node: Node) -> ProvinceColumn:
    column = ProvinceColumn(node.text("title"), node.one_of("field", PROVINCE_FIELDS))
    node.finish()
    return column


def read_profile(node: Node) -> ProvinceProfile:
    profile = ProvinceProfile(
        id=node.slug("id"),
        title=node.text("title"),
        site=node.text("site"),
        template=node.text("template"),
        columns=node.each("columns", _column, least=1),
        attachments=node.texts("attachments"),
        source=node.text("source"),
        fields=node.some_of("fields", tuple(ENTRY_FIELDS)),
    )
    node.finish()
    return profile


def read_paper(node: Node) -> Paper:
    paper = Paper(
        id=node.slug("id"),
        label=node.text("label"),
        who=node.one_of("who", PAPER_BRINGERS),
        archived=node.flag("archived"),
        seal=node.flag("seal"),
        when=node.one_of("when", ("always", "over-age"), "always"),
    )
    node.finish()
    return paper


def _claim_paper(node: Node) -> ClaimPaper:
    paper = ClaimPaper(
        id=node.slug("id"),
        label=node.text("label"),
        plans=node.texts("plans"),
        required=node.flag("required", default=True),
    )
    node.finish()
    return paper


def _claim_step(node: Node) -> ClaimStep:
    step = ClaimStep(
        key=node.slug("key"),
        label=node.text("label"),
        action=node.text("action", ""),
        act=node.one_of("act", CLAIM_ACTS) if node.has("act") else "",
        who=node.one_of("who", ROLES, Role.CLERK),
        other_person=node.flag("other_person"),
        requires=node.some_of("requires", CLAIM_REQUIREMENTS),
        optional=node.flag("optional"),
        then=node.text("then", ""),
        returns_to=node.text("returns_to", ""),
        refuses_to=node.text("refuses_to", ""),
    )
    node.finish()
    return step


def _claim_steps(node: Node) -> tuple[ClaimStep, ...]:
    """The steps; a file in which none has an act is one of the first release."""
    steps = node.each("steps", _claim_step)
    return steps if any(step.act for step in steps) else EARLIER_WAY


def read_claims(node: Node) -> ClaimRules:
    rules = ClaimRules(
        decides=node.one_of("decides", CLAIM_DECIDERS),
        paper_threshold_fen=node.figure("paper_threshold_fen"),
        papers=node.each("papers", _claim_paper),
        source=node.text("source"),
        pays=node.one_of("pays", CLAIM_PAYERS) if node.has("pays") else "province",
        steps=_claim_steps(node),
    )
    node.finish()
    return rules


def _step(node: Node) -> Step:
    step = Step(
        key=node.slug("key"),
        label=node.text("label"),
        state=node.text("state"),
        action=node.text("action"),
        act=node.text("act"),
        who=node.one_of("who", ROLES),
        other_than=node.text("other_than", ""),
        requires=node.texts("requires"),
        undo=node.flag("undo"),
    )
    node.finish()
    return step


def read_steps(node: Node) -> Mapping[str, tuple[Step, ...]]:
    steps = {
        handling.value: node.each(handling.value, _step, least=1)
        for handling in Handling
        if node.has(handling.value)
    }
    node.finish()
    if not steps:
        node.note(Handling.ON_BEHALF, "没有填写;至少要有一种办理方式的步骤")
    return steps
