"""The real window does the whole main job: by mouse and dropped files, and by keyboard alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from db.codes import CaseState
from desktop_app import bootstrap
from desktop_app.services.samples.shapes import SampleUnit
from desktop_app.services.services import Services
from desktop_app.services.views.enrolments import EnrolmentView
from tests.window import main_job as do
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk
from tests.window.keyboard import KeyboardClerk
from tests.window.sizes import unit_of

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("window")]


@pytest.mark.parametrize(
    ("hands", "people"),
    [
        (Clerk, 30),
        pytest.param(KeyboardClerk, 1200, marks=pytest.mark.soak),
        pytest.param(Clerk, 1200, marks=pytest.mark.soak),
        pytest.param(KeyboardClerk, 30, marks=pytest.mark.soak),
    ],
    ids=["mouse-30", "keyboard-1200", "mouse-1200", "keyboard-30"],
)
def test_a_clerk_takes_a_unit_from_its_workbook_to_the_finished_file(
    start_clerk: StartClerk, tmp_path: Path, hands: type[Clerk], people: int
) -> None:
    office = tmp_path / "office"
    unit = unit_of(people, tmp_path / "sent")
    job = do.Job(start_clerk(office, hands), unit, tmp_path / "out")

    _open_the_office(job)
    _gather_the_application(job)
    _take_it_to_the_province(job)
    _bring_the_file_home(job)
    do.register_claim(job, unit.accepted[0])
    assert job.clerk.close_window() == 0

    login = do.REVIEWER[1]
    with bootstrap.sign_in(office, login, do.password(login)) as signed:
        case = _the_only_case(signed.services)
        _check_case(case, unit)
        _check_who_did_what(signed.services, case)
        _check_forms(signed.services, case, job)
        _check_claim(signed.services, unit)
        assert signed.services.audits.verify_chain().ok
        assert signed.services.audits.verify_attachments().ok
    _check_upload(job)


def _open_the_office(job: do.Job) -> None:
    do.set_up_office(job.clerk)
    do.sign_in(job.clerk, do.HEAD)
    do.confirm_figures(job.clerk)
    do.change_to(job.clerk, do.CLERK)
    do.check_roster(job)
    do.register_unit(job)
    do.change_to(job.clerk, do.REVIEWER)
    do.open_unit(job)


def _gather_the_application(job: do.Job) -> None:
    do.change_to(job.clerk, do.CLERK)
    do.start_enrolment(job)
    do.read_roster(job)
    do.attach_proof(job)
    do.submit(job)
    do.change_to(job.clerk, do.REVIEWER)
    do.approve(job)


def _take_it_to_the_province(job: do.Job) -> None:
    do.change_to(job.clerk, do.CLERK)
    do.find_unit(job)
    do.type_into_the_site(job)
    do.hand_over_to_province(job)
    for title in (do.NOTICE, do.APPLICATION, do.MEMBER_LIST):
        do.print_form(job, title)
    do.pay(job)
    do.change_to(job.clerk, do.REVIEWER)
    do.confirm_money(job)


def _bring_the_file_home(job: do.Job) -> None:
    do.change_to(job.clerk, do.CLERK)
    do.find_unit(job)
    do.print_confirmation(job)
    do.bring_back(job)
    do.record_receipt(job)
    do.finish(job)


def _the_only_case(services: Services) -> EnrolmentView:
    rows = services.enrolments.list_enrolments(services.schemes.current_year())
    assert len(rows) == 1
    return services.enrolments.get(rows[0].id)


def _check_case(case: EnrolmentView, unit: SampleUnit) -> None:
    assert unit.expected is not None
    assert unit.slip_facts is not None
    assert case.state == CaseState.FINISHED
    assert case.business_no == do.BUSINESS_NO
    assert (case.people, case.parked) == (unit.expected.accepted, unit.expected.rejected)
    assert case.due_fen == case.paid_fen == unit.slip_facts.amount_fen
    assert [(p.amount_fen, p.people) for p in case.payments] == [(case.due_fen, case.people)]
    assert case.payments[0].confirmed_on is not None
    assert case.effective_on is not None
    assert [step.state for step in case.steps] == ["done"] * len(case.steps)


def _check_who_did_what(services: Services, case: EnrolmentView) -> None:
    history = [(line.who, line.what) for line in services.enrolments.history(case.id)]
    assert (do.REVIEWER[0], "已审核") in history
    assert {who for who, _what in history} == {do.CLERK[0], do.REVIEWER[0]}


def _check_forms(services: Services, case: EnrolmentView, job: do.Job) -> None:
    issued = {form.label: form for form in case.forms if form.issued_id is not None}
    assert set(issued) == {do.NOTICE, *do.STAMPED}
    assert {label for label, form in issued.items() if form.stamped} == set(do.STAMPED)
    for label, form in issued.items():
        kept = (job.out / f"{label}.pdf").read_bytes()
        assert form.issued_id is not None
        assert kept == services.prints.read_pdf(form.issued_id)
    listed = _text(job.out / f"{do.MEMBER_LIST}.pdf")
    assert [p.name for p in job.unit.accepted if p.name not in listed] == []
    assert [p.identity for p in job.unit.accepted if p.identity not in listed] == []
    assert f"{case.due_fen / 100:,.2f}" in _text(job.out / f"{do.NOTICE}.pdf")


def _text(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def _check_claim(services: Services, unit: SampleUnit) -> None:
    [row] = services.claims.list_claims()
    assert (row.person, row.claimed_fen) == (unit.accepted[0].name, 320050)
    assert services.claims.get(row.id).on_paper  # from 3,000 yuan on


def _check_upload(job: do.Job) -> None:
    [folder] = [path for path in job.out.iterdir() if path.is_dir()]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["people"] == len(job.unit.accepted)
    sheet = load_workbook(folder / "名单1_住院医疗.xlsx").worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {p.identity for p in job.unit.accepted} <= cells
