"""The second half of the walk: the province's answers, claims, a person not found, a backup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.files import make_folder, write_atomically
from desktop_app.exchange.acknowledgements import Acknowledgement, write_acknowledgement
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.samples.answers import failure_list_bytes
from desktop_app.services.samples.shapes import County, SampleClaim, SampleUnit
from desktop_app.services.samples.walk import Staff, Trail

_REASONS = ("人员信息未通过核验(演示)", "该人员已由其他单位上报(演示)")
_DECIDED_FEN = 96_000  # what the invented province gives on the accident's claim


@dataclass(frozen=True, slots=True)
class Answers:
    """The files that came back, and what was made of them."""

    acknowledgement: Path
    failure_list: Path
    claims: tuple[int, ...]
    backup: str


def walk_on(staff: Staff, county: County, trail: Trail, out: Path) -> Answers:
    """Read the province's answers, take the county's claims as far as they go, back up."""
    make_folder(out)
    acknowledgement = _acknowledge(staff, trail, out)
    failure_list = _refuse_some(staff, county, trail, out)
    accident, hospital = county.claims
    claims = (_claim(staff, county, accident), _claim_of_stranger(staff, hospital))
    return Answers(acknowledgement, failure_list, claims, staff.head.backups.back_up().value)


def _acknowledge(staff: Staff, trail: Trail, out: Path) -> Path:
    """The province took the first finished unit's package whole."""
    case = trail.finished[0]
    exported = staff.clerk.submissions.exported(trail.exported[case])
    path = out / "回执(演示).json"
    write_acknowledgement(
        path,
        Acknowledgement(exported.package_sha256, staff.clerk.office.desk.now(), exported.people),
    )
    staff.clerk.submission_answers.acknowledge(case, path)
    return path


def _refuse_some(staff: Staff, county: County, trail: Trail, out: Path) -> Path:
    """The province's list names two people of a unit whose money waits for confirmation."""
    unit = _waiting_unit(county, trail)
    reasons = {
        person.identity: reason
        for person, reason in zip(unit.accepted[2::6], _REASONS, strict=False)
    }
    path = out / "失败人员名单(演示).xlsx"
    write_atomically(path, failure_list_bytes(unit.accepted, reasons))
    staff.clerk.submission_answers.read_failures(trail.enrolments[unit.name], path)
    return path


def _waiting_unit(county: County, trail: Trail) -> SampleUnit:
    return next(
        unit
        for unit in county.units
        if trail.enrolments[unit.name] in trail.exported
        and trail.enrolments[unit.name] not in trail.finished
    )


def _claim(staff: Staff, county: County, sample: SampleClaim) -> int:
    """A covered person's claim: papers, amount, another person's review, the province's word."""
    clerk, reviewer = staff.clerk.claims, staff.reviewer.claims
    person = clerk.find_covered(sample.person.identity, sample.event_on)[0]
    draft = ClaimDraft(sample.plan, sample.event_on, member_id=person.member_id)
    claim = clerk.register(draft).value
    for paper, picture in sample.papers.items():
        clerk.set_paper(claim, paper, "kept", picture)
    clerk.move_on(claim)
    clerk.type_amount(claim, sample.claimed_fen)
    reviewer.move_on(claim)
    clerk.move_on(claim)
    clerk.decide(claim, _DECIDED_FEN, county.on)
    return claim


def _claim_of_stranger(staff: Staff, sample: SampleClaim) -> int:
    """查无此人: the stay lies before the ledger's first cover, so the words given are kept."""
    clerk = staff.clerk.claims
    draft = ClaimDraft(
        sample.plan,
        sample.event_on,
        person_name=sample.person.name,
        identity_no=sample.person.identity,
        claimed_fen=sample.claimed_fen,
    )
    claim = clerk.register(draft).value
    for paper, picture in sample.papers.items():
        clerk.set_paper(claim, paper, "kept", picture)
    return claim
