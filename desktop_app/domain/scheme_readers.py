"""One reader for each part of a scheme file: a table in, a frozen part out."""

from __future__ import annotations

from collections.abc import Mapping

from db.codes import Channel, Handling, Payer, Role, UnitKind
from desktop_app.domain.scheme_nodes import Node
from desktop_app.domain.scheme_parts import (
    ClaimPaper,
    ClaimRules,
    Coverage,
    Drive,
    Eligibility,
    Figure,
    Funding,
    FundingChannel,
    FundingPart,
    Paper,
    Participation,
    Payee,
    Plan,
    ProvinceColumn,
    ProvinceProfile,
    Step,
    Words,
)

COVERAGE_KINDS = ("from-plan-document", "fixed")
PROVINCE_FIELDS = ("number", "name", "identity", "phone")
PAPER_BRINGERS = ("unit", "office", "union")
ROLES = (Role.CLERK, Role.REVIEWER, Role.HEAD)


def read_words(node: Node) -> Words:
    forms = node.node("forms")
    words = Words(
        join=node.text("join"),
        person=node.text("person"),
        fee=node.text("fee"),
        apply=node.text("apply"),
        benefit=node.text("benefit"),
        plan=node.text("plan"),
        forms={key: forms.text(key) for key in forms.names()},
    )
    node.finish()
    return words


def read_eligibility(node: Node) -> Eligibility:
    lowest = node.count("min_age")
    rule = Eligibility(
        min_age=lowest,
        max_age=node.count("max_age", least=lowest),
        over_age_paper=node.text("over_age_paper", "") or None,
        text=node.text("text"),
        source=node.text("source"),
    )
    node.finish()
    return rule


def read_participation(node: Node) -> Participation:
    rule = Participation(
        min_share=node.share("min_share"),
        all_join_limit=node.figure("all_join_limit"),
        including=node.flag("including"),
        source=node.text("source"),
    )
    if rule.all_join_limit.value is None:
        node.fail("all_join_limit", "要写 value,没有界限人数就无法判断参加人数")
    node.finish()
    return rule


def _share_limits(node: Node) -> Mapping[str, Figure]:
    limits = {}
    for key in node.names():
        if key != "default" and key not in list(UnitKind):
            node.fail(key, "不是单位类别")
        limits[key] = node.figure(key)
    if "default" not in limits:
        node.fail("default", "没有填写")
    return limits


def read_plan(node: Node) -> Plan:
    name = node.text("name")
    plan = Plan(
        id=node.text("id"),
        name=name,
        short_name=node.text("short_name", "") or name,
        women_only=node.one_of("holders", ("all", "women"), "all") == "women",
        fee_fen=node.figure("fee_fen"),
        share_limits=_share_limits(node.node("share_limits")),
    )
    node.finish()
    return plan


def read_coverage(node: Node) -> Coverage:
    coverage = Coverage(
        kind=node.one_of("kind", COVERAGE_KINDS),
        months=node.count("months", least=1),
        text=node.text("text"),
        source=node.text("source"),
    )
    node.finish()
    return coverage


def read_drive(node: Node) -> Drive:
    drive = Drive(
        year=node.count("year", least=2000),
        list_due_on=node.day("list_due_on"),
        closes_on=node.day("closes_on"),
        source=node.text("source"),
    )
    node.finish()
    return drive


def _channel(node: Node) -> FundingChannel:
    kinds = node.texts("unit_kinds")
    if any(kind not in list(UnitKind) for kind in kinds):
        node.fail("unit_kinds", "里有不认识的单位类别")
    channel = FundingChannel(
        id=node.one_of("id", Channel),
        payer=node.one_of("payer", Payer),
        label=node.text("label"),
        unit_kinds=kinds,
        note=node.text("note", ""),
    )
    node.finish()
    return channel


def _part(node: Node) -> FundingPart:
    part = FundingPart(payer=node.one_of("payer", Payer), fee_fen=node.figure("fee_fen"))
    node.finish()
    return part


def read_funding(node: Node) -> Funding:
    funding = Funding(
        channels=tuple(_channel(channel) for channel in node.nodes("channels")),
        parts=tuple(_part(part) for part in node.nodes("parts")),
        default_payer=node.one_of("default_payer", Payer, Payer.UNIT_AND_MEMBER),
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
        id=node.text("id"),
        title=node.text("title"),
        site=node.text("site"),
        template=node.text("template"),
        columns=tuple(_column(column) for column in node.nodes("columns", least=1)),
        attachments=node.texts("attachments"),
        source=node.text("source"),
    )
    node.finish()
    return profile


def read_paper(node: Node) -> Paper:
    paper = Paper(
        id=node.text("id"),
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
        id=node.text("id"),
        label=node.text("label"),
        plans=node.texts("plans"),
        required=node.flag("required", default=True),
    )
    node.finish()
    return paper


def read_claims(node: Node) -> ClaimRules:
    rules = ClaimRules(
        decides=node.one_of("decides", ("province", "office")),
        paper_threshold_fen=node.figure("paper_threshold_fen"),
        papers=tuple(_claim_paper(paper) for paper in node.nodes("papers")),
        source=node.text("source"),
    )
    node.finish()
    return rules


def _step(node: Node) -> Step:
    step = Step(
        key=node.text("key"),
        label=node.text("label"),
        state=node.text("state"),
        action=node.text("action"),
        act=node.text("act"),
        who=node.one_of("who", ROLES),
        other_than=node.text("other_than", ""),
        requires=node.texts("requires"),
    )
    node.finish()
    return step


def read_steps(node: Node) -> Mapping[str, tuple[Step, ...]]:
    steps = {
        handling.value: tuple(_step(step) for step in node.nodes(handling.value, least=1))
        for handling in Handling
    }
    node.finish()
    return steps
