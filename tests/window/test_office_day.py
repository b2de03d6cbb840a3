"""What goes back and forth, in the real window, by mouse and by keyboard alone."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.codes import CaseState
from desktop_app import bootstrap
from desktop_app.sample_office import SAMPLE_USERS
from desktop_app.services.services import Services
from desktop_app.services.views.enrolments import EnrolmentView
from tests.window import main_job
from tests.window import office_day as do
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk
from tests.window.keyboard import KeyboardClerk
from tests.window.sizes import unit_of

pytestmark = [
    pytest.mark.integration,
    pytest.mark.soak,
    pytest.mark.xdist_group("window"),
    pytest.mark.parametrize("hands", [Clerk, KeyboardClerk], ids=["mouse", "keyboard"]),
]

OTHER_SEED = 77  # no unit of the sample county
SENT = Path("示例文件") / "单位报送"


def test_people_whom_the_reviewer_returns_are_put_right_and_handed_in_again(
    start_clerk: StartClerk, office: Path, hands: type[Clerk]
) -> None:
    name = "明山县阳光幼儿园(演示)"
    with _ledger(office) as services:
        first, second = [
            one.name for one in services.rosters.list_people(_case(services, name).id)
        ][1:3]
    clerk = start_clerk(office, hands)
    do.sign_in(clerk, do.REVIEWER)
    do.find_unit(clerk, name)
    do.mark(clerk, first, "姓名与身份证不符")
    clerk.see("1 人待退回")
    do.mark(clerk, second, "证明里没有此人")
    clerk.see("2 人待退回")
    do.return_marked(clerk, "return-two")
    do.change_to(clerk, do.CLERK)
    do.find_unit(clerk, name)
    clerk.turn_to("退回 2")
    do.put_right(clerk, first, f"{first}甲")
    clerk.see("退回 1")
    do.send_again(clerk, second, "社保证明第2页有此人")
    clerk.see("名单里有2人须补正,都已处理")
    do.submit(clerk)
    do.change_to(clerk, do.REVIEWER)
    do.find_unit(clerk, name)
    do.approve(clerk)
    assert clerk.close_window() == 0
    with _ledger(office) as services:
        case = _case(services, name)
        people = {one.name for one in services.rosters.list_people(case.id)}
        notes = [line.note for line in services.enrolments.history(case.id)]
        assert case.people == 32
        assert {f"{first}甲", second} <= people
        assert notes[-5:-2] == [
            "名单里有2人须补正,原因见“退回”", "改正后重报1人(第2行)",
            "原样重报1人:社保证明第2页有此人",
        ]  # fmt: skip


def test_a_failure_list_and_money_that_does_not_agree_are_worked_off(
    start_clerk: StartClerk, office: Path, hands: type[Clerk], tmp_path: Path
) -> None:
    name = "明山县中医医院(演示)"
    slips = _slips(office, tmp_path)
    clerk = start_clerk(office, hands)
    do.sign_in(clerk, do.CLERK)
    do.find_unit(clerk, name)
    folder = do.export(clerk, tmp_path / "out")
    do.enter_number(clerk, "HB-ZY-000777")
    people = _uploaded(folder)[:3]
    do.read_failures(clerk, do.failure_list(tmp_path / "失败人员名单.xlsx", people))
    clerk.turn_to("退回 3")
    do.put_right(clerk, people[0][0], f"{people[0][0]}甲")
    clerk.see("退回 2")
    do.send_again(clerk, people[1][0], "系本单位在岗职工")
    clerk.see("退回 1")
    do.send_again(clerk, people[2][0], "系本单位在岗职工")
    clerk.see("88 人在内")
    do.pay(clerk, slips[0], "YS-1", "9500.00")
    do.return_payment(clerk, "少110.00元")
    do.pay(clerk, slips[1], "YS-2", personal=True)
    do.return_payment(clerk, "个人账户")
    do.pay(clerk, slips[2], "YS-3")
    clerk.see("下一步:登记省办到账")
    assert clerk.close_window() == 0
    with _ledger(office) as services:
        case = _case(services, name)
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
    do.sign_in(clerk, do.CLERK)
    do.find_unit(clerk, name)
    titles = (main_job.APPLICATION, main_job.MEMBER_LIST, main_job.CONFIRMATION)
    confirmation = do.print_next(clerk, titles[2], tmp_path / "confirmation.pdf")
    others = [do.open_form(clerk, title, tmp_path / f"{title}.pdf") for title in titles[:2]]
    do.bring_back(clerk, confirmation, do.scan_stack(tmp_path, others))
    do.find_unit(clerk, name)
    do.complete_file(clerk, tmp_path / "handover.pdf")
    assert clerk.close_window() == 0
    with _ledger(office) as services:
        case = _case(services, name)
        assert case.state == CaseState.FINISHED
        assert {form.label for form in case.forms if form.stamped} == set(titles)
        assert (tmp_path / "handover.pdf").read_bytes().startswith(b"%PDF")
        assert services.audits.verify_attachments().ok


def test_a_registration_goes_back_and_a_pasted_list_is_mended(
    start_clerk: StartClerk, office: Path, hands: type[Clerk], tmp_path: Path
) -> None:
    unit = unit_of(30, tmp_path / "sent", OTHER_SEED)
    clerk = start_clerk(office, hands)
    do.sign_in(clerk, do.CLERK)
    do.register(clerk, unit)
    do.change_to(clerk, do.REVIEWER)
    do.return_unit(clerk, f"{unit.name}分校", "证书上没有“分校”")
    do.change_to(clerk, do.CLERK)
    do.rename_unit(clerk, f"{unit.name}分校", unit.name)
    do.change_to(clerk, do.REVIEWER)
    do.open_unit(clerk, unit.name)
    do.change_to(clerk, do.CLERK)
    do.start_case(clerk, unit)
    number = do.paste_people(clerk, unit)
    do.mend_parked(clerk, unit.workers[0].name, number)
    do.undo_mending(clerk)
    do.mend_parked(clerk, unit.workers[0].name, number)
    clerk.see("30 人在内")
    assert clerk.close_window() == 0
    with _ledger(office) as services:
        case = _case(services, unit.name)
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
    do.take_over_books(clerk, books)
    main_job.change_to(clerk, main_job.CLERK)
    do.register_claim(clerk, name, number, time.strftime("%Y-%m-%d"))
    do.take_papers(clerk)
    do.move_claim(clerk, "资料已收齐", "复核须由另一位同事办理")
    main_job.change_to(clerk, main_job.REVIEWER)
    do.find_claim(clerk, name)
    do.move_claim(clerk, "复核", "下一步:已上报省办")
    main_job.change_to(clerk, main_job.CLERK)
    do.find_claim(clerk, name)
    do.move_claim(clerk, "已上报省办", "下一步:登记省办决定")
    do.decide_claim(clerk, "1500.50")
    do.move_claim(clerk, "登记到账日", "下一步:已告知本人")
    do.move_claim(clerk, "已告知本人", "已办结")
    do.ask(clerk, number[-4:], name)
    assert unit in do.open_number(clerk, "全县 应办")
    assert clerk.close_window() == 0
    login = main_job.REVIEWER[1]
    with bootstrap.sign_in(office, login, main_job.password(login)) as signed:
        [claim] = signed.services.claims.list_claims()
        found = signed.services.claims.get(claim.id)
        assert (found.claimed_fen, found.decided_fen, found.on_paper) == (320_050, 150_050, True)
        assert (found.step_label, found.next_act) == ("已告知", "")


@contextmanager
def _ledger(office: Path) -> Iterator[Services]:
    login, _name, _role, password = SAMPLE_USERS[0]
    with bootstrap.sign_in(office, login, password) as signed:
        yield signed.services


def _case(services: Services, unit: str) -> EnrolmentView:
    rows = services.enrolments.list_enrolments(services.schemes.current_year())
    return services.enrolments.get(next(row.id for row in rows if row.unit_name == unit))


def _uploaded(folder: Path) -> list[tuple[str, str]]:
    """Name and number of the first plan's people, as they went up."""
    rows = load_workbook(folder / "名单1_住院医疗.xlsx").worksheets[0].iter_rows(min_row=2)
    return [(str(row[1].value), str(row[2].value)) for row in rows]


def _slips(office: Path, folder: Path) -> list[Path]:
    """Three pictures of which none was a slip before."""
    pictures = sorted((office / SENT / "11 明山县中医医院").glob("*.png"))[:3]
    slips = [folder / f"回单{at}.png" for at, _path in enumerate(pictures, start=1)]
    for picture, slip in zip(pictures, slips, strict=True):
        shutil.copy(picture, slip)
    return slips
