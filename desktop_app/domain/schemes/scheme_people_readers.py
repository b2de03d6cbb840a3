"""Readers of the parts of a scheme file about people and units."""

from __future__ import annotations

from db.codes import UnitKind
from desktop_app.domain.schemes.scheme_nodes import Node
from desktop_app.domain.schemes.scheme_parts import Participation
from desktop_app.domain.schemes.scheme_people import Eligibility, MustJoin

MOST_AGE = 120
AGE_RULES = ("years", "statutory", "none")
EMPLOYMENT = ("regular", "contract", "temporary")
INSURANCE = ("employee", "resident")


def read_eligibility(node: Node) -> Eligibility:
    rule = node.kind_of("age_rule", AGE_RULES, "years")
    by_years = rule == "years"
    lowest = node.count("min_age", most=MOST_AGE) if by_years or node.has("min_age") else 0
    eligibility = Eligibility(
        age_rule=rule,
        min_age=lowest,
        max_age=node.count("max_age", least=lowest, most=MOST_AGE) if by_years else None,
        over_age_paper=node.text("over_age_paper", "") or None,
        employment=node.some_of("employment", EMPLOYMENT),
        temporary_over_months=(
            node.count("temporary_over_months", most=120)
            if node.has("temporary_over_months")
            else None
        ),
        insurance=node.some_of("insurance", INSURANCE),
        health_declaration=node.flag("health_declaration"),
        union_member=node.flag("union_member"),
        unit_kinds=node.some_of("unit_kinds", UnitKind),
        areas=_areas(node),
        text=node.text("text"),
        source=node.text("source"),
        must_join=_must_join(node.node("must_join")) if node.has("must_join") else None,
    )
    node.finish()
    return eligibility


def _areas(node: Node) -> tuple[str, ...]:
    areas = node.texts("areas")
    for area in areas:
        if not (area.isascii() and area.isdigit() and len(area) in (2, 4, 6)):
            node.note("areas", f"里的“{area}”不是2、4或6位行政区划代码")
    return areas


def _must_join(node: Node) -> MustJoin:
    rule = MustJoin(
        least_workers=node.figure("least_workers"),
        unit_kinds=node.some_of("unit_kinds", UnitKind),
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
        women_base=node.one_of("women_base", ("women", "none"), "women"),
        women_limit=node.one_of("women_limit", ("unit", "women"), "unit"),
    )
    if rule.all_join_limit.value is None:
        node.note("all_join_limit", "要写 value,没有界限人数就无法判断参加人数")
    node.finish()
    return rule
