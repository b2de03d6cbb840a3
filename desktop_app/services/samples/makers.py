"""Makes one unit of the sample county: its payroll, and the files it sends to the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from db.codes import Sex
from desktop_app.services.samples.layouts import RosterLayout
from desktop_app.services.samples.lines import RosterLine, line_of, spoil_lines, too_young
from desktop_app.services.samples.people import invent_payroll, invent_person
from desktop_app.services.samples.pictures import (
    Account,
    draw_certificate,
    draw_paper,
    draw_proof,
    draw_slip,
)
from desktop_app.services.samples.proofs import insured, proof_page, proof_pdf
from desktop_app.services.samples.shapes import Expected, Person, SampleSlip, SampleUnit
from desktop_app.services.samples.units import CERTIFICATES, UnitSketch, fee_of, handling_of
from desktop_app.services.samples.workbooks import workbook_bytes
from desktop_app.services.samples.workshop import Workshop

_BANK = "演示银行明山支行"


@dataclass(frozen=True, slots=True)
class _Register:
    """What the unit is registered under."""

    employer_code: str
    union_code: str
    payer: Account


def make_unit(
    folder: Path, shop: Workshop, sketch: UnitSketch, given: dict[Sex, list[str]]
) -> SampleUnit:
    folder.mkdir(parents=True, exist_ok=True)
    register = _register(shop, sketch)
    workers = _payroll(shop, sketch, given)
    roster, accepted, expected = _roster(folder, shop, sketch, workers)
    slip, slip_facts = _slip(folder, shop, sketch, register, accepted)
    contact = workers[-1]
    return SampleUnit(
        name=sketch.name,
        employer_code=register.employer_code,
        union_code=register.union_code,
        kind=sketch.kind,
        town=sketch.town,
        area=sketch.area,
        at_work=sketch.at_work,
        women=sketch.women,
        contact_name=contact.name,
        phone=contact.phone,
        payer_name=register.payer.name,
        payer_account=register.payer.number,
        payer_bank=register.payer.bank,
        handling=handling_of(sketch),
        plans=sketch.plans,
        shares=1,
        joining=sketch.joining,
        workers=workers,
        accepted=accepted,
        folder=folder,
        roster=roster,
        proof=_proof(folder, shop, sketch, register, workers),
        over_age_proof=_over_age_proof(folder, shop, sketch, workers),
        certificate=_certificate(folder, sketch, register.employer_code),
        union_certificate=_union_certificate(folder, sketch, register.union_code),
        slip=slip,
        slip_facts=slip_facts,
        expected=expected,
    )


def _register(shop: Workshop, sketch: UnitSketch) -> _Register:
    return _Register(
        shop.numbers.credit_code(sketch.department),
        shop.numbers.credit_code("81"),
        Account(sketch.payer or sketch.name, shop.numbers.account(sketch.payer), _BANK),
    )


def _payroll(shop: Workshop, sketch: UnitSketch, given: dict[Sex, list[str]]) -> tuple[Person, ...]:
    elders = [invent_person(shop, Sex.MALE, age) for age in sketch.over_age]
    men = sketch.at_work - sketch.women - len(elders)
    joining = sketch.joining - len(elders)
    return (*elders, *invent_payroll(shop, men, sketch.women, given, joining))


def _roster(
    folder: Path, shop: Workshop, sketch: UnitSketch, workers: tuple[Person, ...]
) -> tuple[Path | None, tuple[Person, ...], Expected | None]:
    joiners = workers[: sketch.joining]
    style = sketch.style
    if style is None:
        return None, joiners, None
    lines = [line_of(person) for person in joiners]
    for line in lines[: len(sketch.over_age)]:
        line.codes.add("age-above")
    spoil_lines(lines, sketch.faults, shop.rng)
    if sketch.too_young:
        lines.insert(len(lines) // 2, too_young(shop))
    path = folder / style.file
    layout = RosterLayout(style, sketch.name, shop.on, sheet_names=path.suffix != ".csv")
    path.write_bytes(workbook_bytes(path.suffix, layout.pages(lines)))
    return path, _accepted(lines), layout.account.total()


def _accepted(lines: list[RosterLine]) -> tuple[Person, ...]:
    return tuple(line.person for line in lines if not line.rejected)


def _slip(
    folder: Path,
    shop: Workshop,
    sketch: UnitSketch,
    register: _Register,
    accepted: tuple[Person, ...],
) -> tuple[Path | None, SampleSlip | None]:
    payee = shop.scheme.payee
    if sketch.slip_short_of is None or payee is None:
        return None, None
    men = fee_of(plan for plan in sketch.plans if plan != "women")
    women = fee_of(sketch.plans)
    due = sum(women if person.sex is Sex.FEMALE else men for person in accepted)
    paid_on = shop.on - timedelta(days=2)
    facts = SampleSlip(
        number=f"YS{paid_on:%Y%m%d}{register.employer_code[-6:]}",
        paid_on=paid_on,
        amount_fen=due - men * sketch.slip_short_of,
        people=len(accepted) - sketch.slip_short_of,
    )
    return _write(
        folder / "银行回单.png", draw_slip(facts, register.payer, payee, sketch.name)
    ), facts


def _proof(
    folder: Path,
    shop: Workshop,
    sketch: UnitSketch,
    register: _Register,
    workers: tuple[Person, ...],
) -> Path | None:
    if not sketch.proof:
        return None
    if sketch.proof == ".pdf":
        data = proof_pdf(sketch.name, insured(workers), shop.on)
    elif sketch.proof == ".xlsx":
        page = proof_page(sketch.name, insured(workers), shop.on)
        data = workbook_bytes(sketch.proof, [page])
    else:
        data = draw_proof(sketch.name, register.employer_code, workers, shop.on)
    return _write(folder / f"社会保险缴纳证明{sketch.proof}", data)


def _over_age_proof(
    folder: Path, shop: Workshop, sketch: UnitSketch, workers: tuple[Person, ...]
) -> Path | None:
    if not sketch.over_age:
        return None
    elders = workers[: len(sketch.over_age)]
    pairs = [(person.name, person.identity) for person in elders]
    pairs += [("说明", "以上人员仍在我单位依法在职"), ("日期", f"{shop.on:%Y-%m-%d}")]
    return _write(folder / "超龄证明.png", draw_paper("超龄证明", pairs))


def _certificate(folder: Path, sketch: UnitSketch, code: str) -> Path:
    title, kind = CERTIFICATES[sketch.department]
    pairs = [("名称", sketch.name), ("类型", kind), ("住所", f"明山县{sketch.town}")]
    return _write(folder / f"{title}.png", draw_certificate(title, code, pairs))


def _union_certificate(folder: Path, sketch: UnitSketch, code: str) -> Path:
    title = "工会法人资格证书"
    name = sketch.name.replace("(演示)", "工会委员会(演示)")
    pairs = [("名称", name), ("类型", "基层工会"), ("住所", f"明山县{sketch.town}")]
    return _write(folder / f"{title}.png", draw_certificate(title, code, pairs))


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
