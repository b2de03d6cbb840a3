"""A unit of thirty and one of twelve hundred go back and forth from registration to the query."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from db.codes import CaseState
from desktop_app.services.samples.ledgers import ledger_bytes
from desktop_app.services.samples.shapes import SampleUnit
from desktop_app.services.samples.workshop import open_workshop
from desktop_app.services.services import Services
from tests.window import desk, main_job, new_unit, paper_back, sent_back, year_books
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk
from tests.window.keyboard import KeyboardClerk
from tests.window.office_ledger import case_of, open_ledger, slips_of, uploaded
from tests.window.sizes import unit_of

pytestmark = [
    pytest.mark.integration,
    pytest.mark.soak,
    pytest.mark.xdist_group("window"),
    pytest.mark.parametrize("people", [30, 1200]),
    pytest.mark.parametrize("hands", [Clerk, KeyboardClerk], ids=["mouse", "keyboard"]),
]

OTHER_SEED = 77  # no unit of the sample county
HOSPITAL, WOMEN = 60, 15  # yuan a head, as the sample county's figures are
NUMBER = "HB-ZY-000888"
MISSING = 100  # yuan that the first transfer lacks


def test_a_unit_of_either_size_goes_the_long_way(
    start_clerk: StartClerk, office: Path, tmp_path: Path, hands: type[Clerk], people: int
) -> None:
    unit = unit_of(people, tmp_path / "sent", OTHER_SEED)
    job = main_job.Job(start_clerk(office, hands), unit, tmp_path / "out")
    desk.sign_in(job.clerk, desk.CLERK)
    _open_the_unit(job)
    _gather_the_list(job)
    _review_it_twice(job)
    _take_in_the_failures(job)
    _agree_on_the_money(job, slips_of(office, tmp_path))
    _file_the_paper(job, tmp_path)
    claimant = unit.workers[people // 2]
    _carry_a_claim(job.clerk, claimant.name, claimant.identity)
    year_books.ask(job.clerk, claimant.identity[-4:], claimant.name)
    assert unit.name in year_books.open_number(job.clerk, "全县 应办")
    assert job.clerk.close_window() == 0
    with open_ledger(office) as services:
        _check_case(services, job)
        _check_claim(services, claimant.name)
        assert services.audits.verify_chain().ok
        assert services.audits.verify_attachments().ok


def test_last_years_books_of_a_unit_of_either_size_cover_a_claim(
    start_clerk: StartClerk, tmp_path: Path, hands: type[Clerk], people: int
) -> None:
    office = tmp_path / "office"
    shop = open_workshop(OTHER_SEED, date.today())
    unit = unit_of(people, tmp_path / "sent", OTHER_SEED)
    books = tmp_path / "上年度台账.xlsx"
    books.write_bytes(ledger_bytes([unit], shop))
    member = unit.workers[people // 2]
    clerk = start_clerk(office, hands)
    main_job.set_up_office(clerk, figures=True)
    main_job.sign_in(clerk, main_job.HEAD)
    year_books.take_over_books(clerk, books, units=1)
    main_job.change_to(clerk, main_job.CLERK)
    year_books.register_claim(clerk, member.name, member.identity, _today())
    year_books.ask(clerk, member.identity[-4:], member.name)
    assert year_books.open_number(clerk, "全县 应办") == [unit.name]
    assert clerk.close_window() == 0


def _open_the_unit(job: main_job.Job) -> None:
    clerk, unit = job.clerk, job.unit
    new_unit.register(clerk, unit)
    desk.change_to(clerk, desk.REVIEWER)
    new_unit.return_unit(clerk, f"{unit.name}分校", "证书上没有“分校”")
    desk.change_to(clerk, desk.CLERK)
    new_unit.rename_unit(clerk, f"{unit.name}分校", unit.name)
    desk.change_to(clerk, desk.REVIEWER)
    new_unit.open_unit(clerk, unit.name)


def _gather_the_list(job: main_job.Job) -> None:
    clerk, unit = job.clerk, job.unit
    desk.change_to(clerk, desk.CLERK)
    new_unit.start_case(clerk, unit)
    number = new_unit.paste_people(clerk, unit)
    new_unit.mend_parked(clerk, unit.workers[0].name, number)
    new_unit.undo_mending(clerk)
    new_unit.mend_parked(clerk, unit.workers[0].name, number)
    clerk.see(f"{len(unit.workers)} 人在内")
    main_job.attach_proof(job)
    sent_back.submit(clerk)


def _review_it_twice(job: main_job.Job) -> None:
    """Two people go back: one of the first page, one who is found by typing."""
    clerk, unit = job.clerk, job.unit
    first, far = unit.workers[1].name, unit.workers[-2].name
    desk.change_to(clerk, desk.REVIEWER)
    desk.find_unit(clerk, unit.name)
    sent_back.mark(clerk, first, "姓名与身份证不符")
    clerk.see("1 人待退回")
    sent_back.find_person(clerk, far)
    sent_back.mark(clerk, far, "证明里没有此人")
    clerk.see("已标记 2 人")
    sent_back.return_marked(clerk, "return-two")
    desk.change_to(clerk, desk.CLERK)
    desk.find_unit(clerk, unit.name)
    clerk.turn_to("退回 2")
    sent_back.put_right(clerk, first, f"{first}甲")
    clerk.see("退回 1")
    sent_back.send_again(clerk, far, "社保证明第2页有此人")
    clerk.see("退回的人都已处理")
    sent_back.submit(clerk)
    desk.change_to(clerk, desk.REVIEWER)
    desk.find_unit(clerk, unit.name)
    sent_back.approve(clerk)


def _take_in_the_failures(job: main_job.Job) -> None:
    clerk, total = job.clerk, len(job.unit.workers)
    desk.change_to(clerk, desk.CLERK)
    desk.find_unit(clerk, job.unit.name)
    folder = sent_back.export(clerk, job.out)
    sent_back.enter_number(clerk, NUMBER)
    people = uploaded(folder)[4:7]
    failures = sent_back.failure_list(job.out / "失败人员名单.xlsx", people)
    sent_back.read_failures(clerk, failures, accepted=total - 3)
    clerk.turn_to("退回 3")
    sent_back.put_right(clerk, people[0][0], f"{people[0][0]}甲")
    clerk.see("退回 2")
    sent_back.send_again(clerk, people[1][0], "系本单位在岗职工")
    clerk.see("退回 1")
    sent_back.send_again(clerk, people[2][0], "系本单位在岗职工")
    clerk.see(f"{total} 人在内")


def _agree_on_the_money(job: main_job.Job, slips: list[Path]) -> None:
    clerk, due = job.clerk, _due_yuan(job.unit)
    for title in (main_job.APPLICATION, main_job.MEMBER_LIST):
        main_job.print_form(job, title)
    sent_back.pay(clerk, slips[0], "YS-1", f"{due - MISSING}.00")
    sent_back.return_payment(clerk, f"少{MISSING}.00元")
    sent_back.pay(clerk, slips[1], "YS-2", personal=True)
    sent_back.return_payment(clerk, "个人账户")
    sent_back.pay(clerk, slips[2], "YS-3")
    clerk.see("下一步:登记省办到账")
    desk.change_to(clerk, desk.REVIEWER)
    main_job.confirm_money(job)


def _file_the_paper(job: main_job.Job, folder: Path) -> None:
    clerk = job.clerk
    desk.change_to(clerk, desk.CLERK)
    desk.find_unit(clerk, job.unit.name)
    main_job.print_confirmation(job)
    kept = [job.out / f"{title}.pdf" for title in main_job.STAMPED]
    stack, pages = paper_back.scan_stack(folder, kept[:2])
    paper_back.bring_back(clerk, kept[2], stack, pages)
    desk.find_unit(clerk, job.unit.name)
    paper_back.complete_file(clerk, folder / "handover.pdf")


def _carry_a_claim(clerk: Clerk, name: str, number: str) -> None:
    year_books.register_claim(clerk, name, number, _today())
    reviewer = partial(desk.change_to, clerk, desk.REVIEWER)
    year_books.carry_claim(clerk, name, reviewer, partial(desk.change_to, clerk, desk.CLERK))


def _check_case(services: Services, job: main_job.Job) -> None:
    case, unit = case_of(services, job.unit.name), job.unit
    due = _due_yuan(unit) * 100
    assert case.state == CaseState.FINISHED
    assert (case.people, case.parked, case.business_no) == (len(unit.workers), 0, NUMBER)
    assert [(one.amount_fen, one.state) for one in case.payments] == [
        (due - MISSING * 100, "returned"), (due, "returned"), (due, "agrees"),
    ]  # fmt: skip
    assert {form.label for form in case.forms if form.stamped} == set(main_job.STAMPED)


def _check_claim(services: Services, name: str) -> None:
    claim = next(one for one in services.claims.list_claims() if one.person == name)
    found = services.claims.get(claim.id)
    assert (found.claimed_fen, found.decided_fen) == (320_050, 150_050)
    assert (found.step_label, found.next_act) == ("已告知", "")


def _due_yuan(unit: SampleUnit) -> int:
    return HOSPITAL * len(unit.workers) + WOMEN * unit.women


def _today() -> str:
    return time.strftime("%Y-%m-%d")
