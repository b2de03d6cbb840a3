"""单位自办 in the real window: the blue button leads such a case from its draft to 办结."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.codes import CaseState
from desktop_app import bootstrap
from tests.window import main_job as do
from tests.window.conftest import StartClerk
from tests.window.sizes import unit_of

pytestmark = [
    pytest.mark.integration,
    pytest.mark.soak,
    pytest.mark.xdist_group("window"),
]

PEOPLE, FEN = 30, 300_000
OWN = "单位自办(单位自己上报,这里只跟进)"


def test_a_unit_on_its_own_is_followed_to_the_finished_file(
    start_clerk: StartClerk, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    job = do.Job(start_clerk(office), unit_of(PEOPLE, tmp_path / "sent"), tmp_path / "out")
    _open_the_office(job)
    _gather(job)
    _pay(job)
    _arrive(job)
    _bring_home(job)
    assert job.clerk.close_window() == 0

    login = do.REVIEWER[1]
    with bootstrap.sign_in(office, login, do.password(login)) as signed:
        services = signed.services
        [row] = services.enrolments.list_enrolments(services.schemes.current_year())
        case = services.enrolments.get(row.id)
        assert (case.state, case.people, case.due_fen) == (CaseState.FINISHED, PEOPLE, FEN)
        assert (case.paid_fen, case.business_no) == (FEN, do.BUSINESS_NO)
        assert [step.state for step in case.steps] == ["done"] * len(case.steps)
        assert services.audits.verify_chain().ok


def _open_the_office(job: do.Job) -> None:
    do.set_up_office(job.clerk)
    do.sign_in(job.clerk, do.CLERK)
    do.register_unit(job)
    do.change_to(job.clerk, do.REVIEWER)
    do.open_unit(job)


def _gather(job: do.Job) -> None:
    """The draft by the clerk, its review by another, back to the clerk."""
    do.change_to(job.clerk, do.CLERK)
    _begin(job)
    _follow(job)
    do.submit(job)
    do.change_to(job.clerk, do.REVIEWER)
    do.find_unit(job)
    job.clerk.press("下一步:审核通过")
    job.clerk.see(f"提交人:{do.CLERK[0]}")
    job.clerk.key("Return")
    do.change_to(job.clerk, do.CLERK)
    do.find_unit(job)


def _begin(job: do.Job) -> None:
    clerk = job.clerk
    do.find_unit(job)
    clerk.press("新建申请")
    clerk.choose("办理方式", OWN)
    clerk.tick("住院医疗")
    clerk.shot("by-unit-new")
    clerk.press("新建申请")
    clerk.see("下一步:登记自办情况")


def _follow(job: do.Job) -> None:
    clerk = job.clerk
    clerk.press("下一步:登记自办情况")
    clerk.fill("参加人数", str(PEOPLE))
    clerk.fill("应缴金额", f"{FEN // 100}")
    clerk.fill("业务号", do.BUSINESS_NO)
    clerk.shot("by-unit-follow")
    clerk.press("登记")
    clerk.see("下一步:提交审核")


def _pay(job: do.Job) -> None:
    clerk = job.clerk
    clerk.press("下一步:登记缴费")
    clerk.see("金额和人数与名单一致")
    clerk.shot("by-unit-payment")
    clerk.press("登记")
    clerk.see("下一步:登记省办到账")


def _arrive(job: do.Job) -> None:
    clerk = job.clerk
    clerk.press("下一步:登记省办到账")
    clerk.fill("保障生效日", "2027-01-01")
    clerk.fill("计划书编号", "演示计划书1号")
    clerk.shot("by-unit-arrived")
    clerk.press("登记到账")
    clerk.see("下一步:登记材料收回")


def _bring_home(job: do.Job) -> None:
    clerk = job.clerk
    clerk.press("下一步:登记材料收回")
    for box in [w for w in clerk.front() if w.role == "check box" and "已盖章收回" in w.name]:
        clerk.tick(box.name)
    clerk.press("登记收回")
    assert job.unit.proof is not None
    clerk.press("下一步:添加材料")
    clerk.choose_file("添加材料", job.unit.proof)
    clerk.see("下一步:登记票据")
    do.record_receipt(job)
    clerk.shot("by-unit-file")
    do.finish(job)
