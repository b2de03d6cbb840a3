"""Two claims of the sample county with the pictures that the scheme's checklist names."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.scheme_parts import ClaimPaper
from desktop_app.services.samples.pictures import draw_paper
from desktop_app.services.samples.shapes import Person, SampleClaim, SampleUnit
from desktop_app.services.samples.workshop import Workshop

_PAPERS_WITH_AMOUNT = ("claim-form", "settlement", "hospital-receipt")
_HOSPITAL = "明山县人民医院(演示)"


def make_claims(
    folder: Path, shop: Workshop, units: tuple[SampleUnit, ...]
) -> tuple[SampleClaim, ...]:
    """A fall on the first day of cover, below the amount that needs paper, and a stay above it."""
    autumn = date(shop.on.year, 10, 18)
    return (
        _make_claim(folder, shop, units[1], ("accident", shop.on, 128_650)),
        _make_claim(folder, shop, units[3], ("hospital", autumn, 431_275)),
    )


def _make_claim(
    folder: Path, shop: Workshop, unit: SampleUnit, event: tuple[str, date, int]
) -> SampleClaim:
    plan, event_on, claimed_fen = event
    person = unit.accepted[4]
    own = folder / f"{unit.name.removesuffix('(演示)')} {person.name}"
    own.mkdir(parents=True, exist_ok=True)
    papers = {}
    for paper in shop.scheme.claims.papers:
        if paper.required and (not paper.plans or plan in paper.plans):
            path = own / f"{paper.label.split('(')[0]}.png"
            path.write_bytes(draw_paper(paper.label, _pairs(paper, unit, person, event)))
            papers[paper.id] = path
    return SampleClaim(unit.name, person, plan, event_on, _HOSPITAL, claimed_fen, papers)


def _pairs(
    paper: ClaimPaper, unit: SampleUnit, person: Person, event: tuple[str, date, int]
) -> list[tuple[str, str]]:
    plan, event_on, claimed_fen = event
    pairs = [("姓名", person.name), ("身份证号", person.identity), ("单位", unit.name)]
    if paper.id == "identity-copy":
        return pairs[:2]
    if paper.id == "bank-card-copy":
        return [*pairs[:2], ("银行卡号", person.card), ("开户行", "演示银行明山支行")]
    if plan == "hospital":
        pairs += [
            ("医院", _HOSPITAL),
            ("入院日期", f"{event_on:%Y-%m-%d}"),
            ("出院日期", f"{event_on + timedelta(days=9):%Y-%m-%d}"),
        ]
    else:
        pairs += [("就诊医院", _HOSPITAL), ("发生日期", f"{event_on:%Y-%m-%d}")]
        pairs.append(("经过", "上班途中路滑摔倒,右腕扭伤"))
    if paper.id in _PAPERS_WITH_AMOUNT:
        pairs.append(("个人负担", f"{yuan(claimed_fen)}元"))
    return pairs
