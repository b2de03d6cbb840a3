"""What a case exchanges with the system above, at any step after approval."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.test_submissions import failed, failures
from tests.services.walks import walked

BOTH = (("hospital", 1), ("women", 1))


def out_folder(staff: Staff) -> Path:
    folder = staff.papers / "上报"
    folder.mkdir()
    return folder


def test_what_was_sent_and_answered_is_listed_with_the_newest_first(staff: Staff) -> None:
    walk = walked(staff, "approved", plans=BOTH)
    assert staff.clerk.exchanges.view(walk.id).lines == ()
    staff.clerk.submissions.export(walk.id, out_folder(staff), "cwmia")
    path = failures(staff, [failed(walk.rows[0], "重复参保")])
    staff.clerk.submission_answers.read_failures(walk.id, path)
    view = staff.clerk.exchanges.view(walk.id)
    assert view.may_send
    assert [one.id for one in view.profiles] == ["hzbz", "cwmia"]
    assert {one.kind for one in view.lines} == {"导出", "失败名单"}
    sent = next(one for one in view.lines if one.kind == "导出")
    assert Path(sent.folder).is_dir()
    assert (sent.people, sent.due_fen) == (10, 54_000)
    assert [(one.name, one.people) for one in sent.sheets] == [
        ("名单1_住院医疗.xlsx", 10),
        ("名单2_女职工特殊疾病.xlsx", 2),
    ]
    assert sum(one.due_fen for one in sent.sheets) == sent.due_fen
    [answered] = (one for one in view.lines if one.kind == "失败名单")
    assert staff.clerk.submission_answers.get(answered.id).failed == 1
    assert staff.clerk.enrolments.get(walk.id).may_send
    assert "收下 9 人,退回 1 人" in {one.detail for one in view.lines}
    assert staff.value("SELECT profile FROM submission") == "cwmia"


def test_an_entrance_that_the_scheme_does_not_know_is_refused(staff: Staff) -> None:
    walk = walked(staff, "approved", plans=BOTH)
    with refused(staff, "profile-unknown"):
        staff.clerk.submissions.export(walk.id, out_folder(staff), "nowhere")


def test_what_is_typed_by_hand_comes_in_the_order_of_the_scheme(staff: Staff) -> None:
    walk = walked(staff, "approved", plans=BOTH)
    own, first, *_rest = staff.clerk.exchanges.entry(walk.id)
    assert own.fields[0].label == "单位名称"
    assert {one.label: one.value for one in own.fields}["参保人数"] == "10"
    assert [one.label for one in first.fields[:3]] == ["参保人姓名", "身份证号", "手机号"]
    assert first.fields[1].value == walk.rows[0][2]
    assert first.fields[1].whose.startswith("第 1 人")


@pytest.mark.both_databases
def test_before_approval_there_is_nothing_to_type(staff: Staff) -> None:
    walk = walked(staff, "submitted", plans=BOTH)
    with refused(staff, "not-approved"):
        staff.clerk.exchanges.entry(walk.id)
    assert not staff.clerk.exchanges.view(walk.id).may_send
    assert not staff.clerk.enrolments.get(walk.id).may_send


def test_a_wrong_number_is_corrected_with_a_reason_at_a_later_step(staff: Staff) -> None:
    walk = walked(staff, "approved", plans=BOTH)
    with refused(staff, "business-number-none"):
        staff.clerk.business_numbers.correct(walk.id, "HB-9", "抄错")
    walk.number()
    before = staff.clerk.enrolments.get(walk.id)
    with refused(staff, "reason-missing"):
        staff.clerk.business_numbers.correct(walk.id, "HB-9", " ")
    with refused(staff, "business-number"):
        staff.clerk.business_numbers.correct(walk.id, before.business_no or "", "抄错")
    staff.clerk.business_numbers.correct(walk.id, "hb-9", "抄错")
    after = staff.clerk.enrolments.get(walk.id)
    assert (after.business_no, after.step_key) == ("HB-9", before.step_key)
    assert staff.clerk.enrolments.history(walk.id)[-1].note.endswith("改为HB-9:抄错")
