"""What goes back and forth, in the real window, by mouse and by keyboard alone."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.codes import CaseState
from desktop_app import bootstrap
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
    pytest.mark.parametrize("hands", [Clerk, KeyboardClerk], ids=["mouse", "keyboard"]),
]

OTHER_SEED = 77  # no unit of the sample county


def test_people_whom_the_reviewer_returns_are_put_right_and_handed_in_again(
    start_clerk: StartClerk, office: Path, hands: type[Clerk]
) -> None:
    name = "明山县阳光幼儿园(演示)"
    with open_ledger(office) as services:
        first, second = [
            one.name for one in services.rosters.list_people(case_of(services, name).id)
        ][1:3]
    clerk = start_clerk(office, hands)
    desk.sign_in(clerk, desk.REVIEWER)
    desk.find_unit(clerk, name)
    sent_back.mark(clerk, first, "姓名与身份证不符")
    clerk.see("1 人待退回")
    sent_back.mark(clerk, second, "证明里没有此人")
    clerk.see("2 人待退回")
    sent_back.return_marked(clerk, "return-two")
    desk.change_to(clerk, desk.CLERK)
    desk.find_unit(clerk, name)
    clerk.turn_to("退回 2")
    sent_back.put_right(clerk, first, f"{first}甲")
    clerk.see("退回 1")
    sent_back.send_again(clerk, second, "社保证明第2页有此人")
    clerk.see("退回的人都已处理")
    sent_back.submit(clerk)
    desk.change_to(clerk, desk.REVIEWER)
    desk.find_unit(clerk, name)
    sent_back.approve(clerk)
    assert clerk.close_window() == 0
    with open_ledger(office) as services:
        case = case_of(services, name)
        people = {one.name for one in services.rosters.list_people(case.id)}
        notes = [line.note for line in services.enrolments.history(case.id)]
        assert case.people == 32
        assert {f"{first}甲", second} <= people
        assert notes[-5:-2] == [
            "名单里有2人须补正", "改正后重报1人(第2行)",
            "原样重报1人:社保证明第2页有此人",
        ]  # fmt: skip


def test_a_failure_list_and_money_that_does_not_agree_are_worked_off(
    start_clerk: StartClerk, office: Path, hands: type[Clerk], tmp_path: Path
) -> None:
    name = "明山县中医医院(演示)"
    slips = slips_of(office, tmp_path)
    clerk = start_clerk(office, hands)
    desk.sign_in(clerk, desk.CLERK)
    desk.find_unit(clerk, name)
    folder = sent_back.export(clerk, tmp_path / "out")
    sent_back.enter_number(clerk, "HB-ZY-000777")
    people = uploaded(folder)[:3]
    failures = sent_back.failure_list(tmp_path / "失败人员名单.xlsx", people)
    sent_back.read_failures(clerk, failures, accepted=85)
    clerk.turn_to("退回 3")
    sent_back.put_right(clerk, people[0][0], f"{people[0][0]}甲")
    clerk.see("退回 2")
    sent_back.send_again(clerk, people[1][0], "系本单位在岗职工")
    clerk.see("退回 1")
    sent_back.send_again(clerk, people[2][0], "系本单位在岗职工")
    clerk.see("88 人在内")
    sent_back.pay(clerk, slips[0], "YS-1", "9500.00")
    sent_back.return_payment(clerk, "少110.00元")
    sent_back.pay(clerk, slips[1], "YS-2", personal=True)
    sent_back.return_payment(clerk, "个人账户")
    sent_back.pay(clerk, slips[2], "YS-3")
    clerk.see("下一步:登记省办到账")
    assert clerk.close_window() == 0
    with open_ledger(office) as services:
        case = case_of(services, name)
        assert [(one.amount_fen, one.state) for one in case.payments] == [
            (950_000, "returned"), (961_000, "returned"), (961_000, "agrees"),
        ]  # fmt: skip
        assert (case.people, case.paid_fen, case.business_no) == (88, 961_000, "HB-ZY-000777")
        answer = next(
            line for line in services.exchanges.view(case.id).lines if line.kind == "失败名单"
        )
        assert (answer.people, answer.unknown) == (88, 1)


def test_stamped_paper_comes_back_by_beep_and_in_a_stack_until_the_file_is_complete(
    start_clerk: StartClerk, office: Path, hands: type[Clerk], tmp_path: Path
) -> None:
    name = "明山县人民医院(演示)"
    clerk = start_clerk(office, hands)
    desk.sign_in(clerk, desk.CLERK)
    desk.find_unit(clerk, name)
    titles = (main_job.APPLICATION, main_job.MEMBER_LIST, main_job.CONFIRMATION)
    confirmation = paper_back.print_next(clerk, titles[2], tmp_path / "confirmation.pdf")
    others = [paper_back.open_form(clerk, title, tmp_path / f"{title}.pdf") for title in titles[:2]]
    stack, pages = paper_back.scan_stack(tmp_path, others)
    paper_back.bring_back(clerk, confirmation, stack, pages)
    desk.find_unit(clerk, name)
    paper_back.complete_file(clerk, tmp_path / "handover.pdf")
    assert clerk.close_window() == 0
    with open_ledger(office) as services:
        case = case_of(services, name)
        assert case.state == CaseState.FINISHED
        assert {form.label for form in case.forms if form.stamped} == set(titles)
        assert (tmp_path / "handover.pdf").read_bytes().startswith(b"%PDF")
        assert services.audits.verify_attachments().ok


def test_a_registration_goes_back_and_a_pasted_list_is_mended(
    start_clerk: StartClerk, office: Path, hands: type[Clerk], tmp_path: Path
) -> None:
    unit = unit_of(30, tmp_path / "sent", OTHER_SEED)
    clerk = start_clerk(office, hands)
    desk.sign_in(clerk, desk.CLERK)
    new_unit.register(clerk, unit)
    desk.change_to(clerk, desk.REVIEWER)
    new_unit.return_unit(clerk, f"{unit.name}分校", "证书上没有“分校”")
    desk.change_to(clerk, desk.CLERK)
    new_unit.rename_unit(clerk, f"{unit.name}分校", unit.name)
    desk.change_to(clerk, desk.REVIEWER)
    new_unit.open_unit(clerk, unit.name)
    desk.change_to(clerk, desk.CLERK)
    new_unit.start_case(clerk, unit)
    number = new_unit.paste_people(clerk, unit)
    new_unit.mend_parked(clerk, unit.workers[0].name, number)
    new_unit.undo_mending(clerk)
    new_unit.mend_parked(clerk, unit.workers[0].name, number)
    clerk.see("30 人在内")
    assert clerk.close_window() == 0
    with open_ledger(office) as services:
        case = case_of(services, unit.name)
        assert (case.people, case.parked, case.due_fen) == (30, 0, 202_500)
        listed = {one.name for one in services.rosters.list_people(case.id)}
        assert listed == {one.name for one in unit.workers}


def test_last_years_books_cover_a_claim_that_goes_to_its_decision(
    start_clerk: StartClerk, sample_office: Path, tmp_path: Path, hands: type[Clerk]
) -> None:
    office = tmp_path / "office"
    books = sample_office / "示例文件" / "上年度台账.xlsx"
    row = next(load_workbook(books)["人员"].iter_rows(min_row=3, values_only=True))
    unit, name, number = str(row[1]), str(row[2]), str(row[3])
    clerk = start_clerk(office, hands)
    main_job.set_up_office(clerk, figures=True)
    main_job.sign_in(clerk, main_job.HEAD)
    year_books.take_over_books(clerk, books, units=12)
    main_job.change_to(clerk, main_job.CLERK)
    year_books.register_claim(clerk, name, number, time.strftime("%Y-%m-%d"))
    reviewer = partial(main_job.change_to, clerk, main_job.REVIEWER)
    desk_again = partial(main_job.change_to, clerk, main_job.CLERK)
    year_books.carry_claim(clerk, name, reviewer, desk_again)
    year_books.ask(clerk, number[-4:], name)
    assert unit in year_books.open_number(clerk, "全县 应办")
    assert clerk.close_window() == 0
    login = main_job.REVIEWER[1]
    with bootstrap.sign_in(office, login, main_job.password(login)) as signed:
        [claim] = signed.services.claims.list_claims()
        found = signed.services.claims.get(claim.id)
        assert (found.claimed_fen, found.decided_fen, found.on_paper) == (320_050, 150_050, True)
        assert (found.step_label, found.next_act) == ("已告知", "")
