"""The main job walked on the sample county: every act by the person who would do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.services.drafts import EnrolmentDraft, PaymentDraft, UnitDraft
from desktop_app.services.samples.shapes import County, SampleUnit
from desktop_app.services.services import Services

Step = Callable[[int, int], None]

# How far each unit's case is walked; the others go all the way. Two cannot be submitted at all:
# one stays below the share that must join, one lacks its insurance proof.
STOPS = {
    "清溪镇": "payment",
    "公路": "notice",
    "中医": "approve",
    "幼儿园": "submit",
    "人民医院": "confirmation",
}


@dataclass(frozen=True, slots=True)
class Staff:
    """Three people, because two different ones must stand behind every yuan."""

    clerk: Services
    reviewer: Services
    head: Services


@dataclass
class Trail:
    """What the walk made; ids by unit name, files by what they are."""

    enrolments: dict[str, int] = field(default_factory=dict)
    finished: list[int] = field(default_factory=list)
    exported: dict[int, int] = field(default_factory=dict)
    stuck: dict[str, str] = field(default_factory=dict)  # unit -> the sentence that refused it
    units: dict[str, int] = field(default_factory=dict)


def walk(staff: Staff, county: County, out: Path, step: Step | None = None) -> Trail:
    """Register every unit and take each case as far as it goes."""
    trail = Trail()
    for path, fee in county.fees_fen.items():
        staff.head.schemes.confirm_figure(f"plans.{path}.fee_fen", fee, "演示用会费标准")
    staff.head.schemes.confirm_figure("participation.all_join_limit", 100, "演示用口径")
    for number, unit in enumerate(county.units, start=1):
        trail.units[unit.name] = _register(staff, unit)
        _walk_unit(staff, county, unit, trail, out)
        if step is not None:
            step(number, len(county.units))
    return trail


def _register(staff: Staff, unit: SampleUnit) -> int:
    draft = UnitDraft(
        name=unit.name,
        kind=unit.kind,
        employer_code=unit.employer_code,
        union_code=unit.union_code,
        town=unit.town,
        area=unit.area,
        at_work=unit.at_work,
        women=unit.women,
        contact_name=unit.contact_name,
        contact_phone=unit.phone,
        payer_name=unit.payer_name,
        payer_account=unit.payer_account,
        payer_bank=unit.payer_bank,
    )
    unit_id = staff.clerk.units.register(draft).value
    staff.clerk.units.attach_paper(unit_id, "code-certificate", unit.certificate)
    staff.clerk.units.attach_paper(unit_id, "union-certificate", unit.union_certificate)
    staff.reviewer.units.open(unit_id)
    return unit_id


def _walk_unit(staff: Staff, county: County, unit: SampleUnit, trail: Trail, out: Path) -> None:
    clerk = staff.clerk
    plans = tuple((plan, unit.shares) for plan in unit.plans)
    draft = EnrolmentDraft(unit.handling, plans, unit.at_work, unit.women)
    enrolment_id = clerk.enrolments.start(trail.units[unit.name], draft).value
    trail.enrolments[unit.name] = enrolment_id
    if unit.handling == "by-unit":
        _follow(staff, county, unit, enrolment_id)
        return
    if unit.roster is not None:
        batch = clerk.rosters.plan_file(enrolment_id, unit.roster).value
        clerk.rosters.carry_out(batch)
    if unit.proof is not None:
        clerk.enrolments.attach_paper(enrolment_id, "insurance-proof", unit.proof)
    if unit.over_age_proof is not None:
        clerk.enrolments.attach_paper(enrolment_id, "over-age-proof", unit.over_age_proof)
    try:
        clerk.enrolments.submit(enrolment_id)
    except UserError as refused:  # the sample county holds cases that wait for the unit
        trail.stuck[unit.name] = refused.message
        return
    stop = next((at for name, at in STOPS.items() if name in unit.name), "finish")
    _after_submit(staff, county, unit, (enrolment_id, stop), trail, out)


def _after_submit(
    staff: Staff,
    county: County,
    unit: SampleUnit,
    case: tuple[int, str],
    trail: Trail,
    out: Path,
) -> None:
    enrolment_id, stop = case
    if stop == "submit":
        return
    shown = staff.reviewer.differences.of_case(enrolment_id)
    staff.reviewer.enrolments.approve(enrolment_id, shown.digest if shown else None)
    if stop == "approve":
        return
    clerk = staff.clerk
    trail.exported[enrolment_id] = clerk.submissions.export(enrolment_id, out).value
    clerk.business_numbers.enter(enrolment_id, f"HB{county.on:%Y%m%d}-{enrolment_id:04d}")
    for form in ("payment-notice", "application", "member-list"):
        _print(clerk, enrolment_id, form)
    if stop == "notice":
        return
    _pay(clerk, unit, enrolment_id)
    if stop == "payment":
        return
    staff.reviewer.enrolments.set_effective(
        enrolment_id, county.on, f"演示计划书{enrolment_id:04d}号"
    )
    staff.reviewer.payments.confirm(enrolment_id, county.on)
    if stop == "confirmation":
        return
    _print(clerk, enrolment_id, "confirmation")
    _bring_back(clerk, county, enrolment_id, out)
    _print(clerk, enrolment_id, "archive-list")
    clerk.archives.finish(enrolment_id)
    trail.finished.append(enrolment_id)


def _print(services: Services, enrolment_id: int, form: str) -> None:
    issued = services.prints.issue(enrolment_id, form).value
    services.prints.record_copy(issued, "first", "演示打印机")


def _pay(clerk: Services, unit: SampleUnit, enrolment_id: int) -> None:
    """Record what the slip says; where the unit sent none, its office has it on the desk."""
    case = clerk.enrolments.get(enrolment_id)
    slip = unit.slip_facts
    clerk.payments.record(
        enrolment_id,
        PaymentDraft(
            amount_fen=slip.amount_fen if slip else case.due_fen or 0,
            people=slip.people if slip else case.people,
            paid_on=slip.paid_on if slip else clerk.office.view().today,
            payer_name=unit.payer_name,
            payer_account=unit.payer_account,
            slip=unit.slip,
            slip_no=slip.number if slip else None,
        ),
    )


def _bring_back(clerk: Services, county: County, enrolment_id: int, out: Path) -> None:
    """The stamped copies come back as scans; the receipt's number is recorded."""
    scans = out / "盖章件扫描"
    scans.mkdir(exist_ok=True)
    for form in clerk.enrolments.get(enrolment_id).forms:
        if form.key in ("application", "member-list", "confirmation") and form.issued_id:
            scan = scans / f"{form.number}.pdf"
            clerk.prints.save_pdf(form.issued_id, scan)
            clerk.archives.receive_stamped(enrolment_id, form.key, scan)
    due = clerk.enrolments.get(enrolment_id).due_fen or 0
    clerk.archives.record_receipt(enrolment_id, f"演示{enrolment_id:08d}", county.on, due)


def _follow(staff: Staff, county: County, unit: SampleUnit, enrolment_id: int) -> None:
    """单位自办: the office only follows people, amount and number, and reviews."""
    fee = sum(county.fees_fen[plan] for plan in unit.plans if plan != "women") * unit.joining
    number = f"HB{county.on:%Y%m%d}-{enrolment_id:04d}"
    staff.clerk.business_numbers.follow(enrolment_id, unit.joining, fee, number)
    staff.clerk.enrolments.submit(enrolment_id)
    staff.reviewer.enrolments.approve(enrolment_id)
