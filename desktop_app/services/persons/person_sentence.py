"""One sentence for the phone: plans with from and to, the missing step and who owes it."""

from __future__ import annotations

from desktop_app.services.views.persons import PersonCase, PersonClaim, PersonCover

TOLD = ("covered", "later")


def sentence_of(
    name: str,
    covers: tuple[PersonCover, ...],
    cases: tuple[PersonCase, ...],
    claims: tuple[PersonClaim, ...],
) -> str:
    parts = [*_covers(covers), *_cases(cases), *_claims(claims)]
    return f"{name}:{';'.join(parts)}。"


def _covers(covers: tuple[PersonCover, ...]) -> list[str]:
    """Plans of one period are told together."""
    told: dict[tuple[str, str], list[str]] = {}
    for cover in covers:
        if cover.state in TOLD:
            told.setdefault((cover.unit, cover.period), []).append(cover.plan)
    if told:
        return [f"{unit},{'、'.join(plans)},{period}" for (unit, period), plans in told.items()]
    past = [cover for cover in covers if cover.state == "past"]
    return [f"现在没有保障,上一期{past[0].plan}{past[0].period}" if past else "没有保障"]


def _cases(cases: tuple[PersonCase, ...]) -> list[str]:
    return [
        f"{case.year}年度{case.unit}{case.step_label},{case.money_label},{case.owed.told}"
        for case in cases
        if case.joining and case.owed is not None
    ]


def _claims(claims: tuple[PersonClaim, ...]) -> list[str]:
    return [
        f"申领{claim.number}{claim.step_label},{claim.owed.told}"
        for claim in claims
        if claim.owed is not None
    ]
