"""审核 row by row: people marked, returned with their reasons, put right and handed in again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.services.drafts import PersonDraft
from desktop_app.services.views.rosters import PersonLine
from tests.services.desks import Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

BLURRED, GONE = "身份证复印件看不清", "已离职"


@pytest.fixture
def walk(staff: Staff) -> Walk:
    return walked(staff, "submitted")


@pytest.fixture
def returned(staff: Staff, walk: Walk) -> Walk:
    """Lines 1 and 4 are returned, each with a reason of its own."""
    staff.reviewer.reviews.mark(walk.id, (1,), BLURRED)
    staff.reviewer.reviews.mark(walk.id, (4,), GONE)
    staff.reviewer.enrolments.return_(walk.id, "")
    return walk


def line(staff: Staff, walk: Walk, number: int) -> PersonLine:
    people = staff.clerk.rosters.list_people(walk.id)
    return next(one for one in people if one.line_no == number)


def marked(staff: Staff, walk: Walk) -> dict[int, str]:
    people = staff.clerk.rosters.list_people(walk.id)
    return {one.line_no: one.note for one in people if one.marked}


def notes(staff: Staff, walk: Walk) -> list[str]:
    return [one.note for one in staff.clerk.enrolments.history(walk.id)]


def test_marks_are_kept_until_the_case_is_returned(staff: Staff, walk: Walk) -> None:
    assert staff.reviewer.reviews.mark(walk.id, (1, 4), BLURRED).value == 2
    staff.reviewer.reviews.mark(walk.id, (4,), GONE)  # said better
    assert marked(staff, walk) == {1: f"待退回:{BLURRED}", 4: f"待退回:{GONE}"}
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.marked, view.people, view.step_key) == (2, 10, "review")


def test_nothing_is_approved_over_a_mark(staff: Staff, walk: Walk) -> None:
    staff.reviewer.reviews.mark(walk.id, (1, 4), BLURRED)
    with refused(staff, "marks-open"):
        staff.reviewer.enrolments.approve(walk.id)
    assert staff.reviewer.reviews.unmark(walk.id, (1, 4, 5)).value == 2
    assert marked(staff, walk) == {}
    with refused(staff, "mark-unknown"):
        staff.reviewer.reviews.unmark(walk.id, (1,))
    staff.reviewer.enrolments.approve(walk.id)


def test_who_may_not_approve_marks_nobody(staff: Staff, walk: Walk) -> None:
    with refused(staff, "not-permitted"):
        staff.clerk.reviews.mark(walk.id, (1,), BLURRED)
    own = Walk(staff, name="安平小学(演示)", rows=people(10, start=20, women=2)).start()
    own.roster()
    own.proof()
    with refused(staff, "wrong-step"):
        staff.reviewer.reviews.mark(own.id, (1,), BLURRED)
    staff.reviewer.enrolments.submit(own.id)
    with refused(staff, "same-person"):
        staff.reviewer.reviews.mark(own.id, (1,), BLURRED)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("lines", "reason", "code"),
    [
        ((1, 99), GONE, "person-unknown"),
        ((), GONE, "person-unknown"),
        ((1,), " ", "reason-missing"),
    ],
)
def test_a_mark_names_people_of_the_list_and_a_reason(
    staff: Staff, walk: Walk, lines: tuple[int, ...], reason: str, code: str
) -> None:
    with refused(staff, code):
        staff.reviewer.reviews.mark(walk.id, lines, reason)


def test_returned_people_leave_the_list_and_wait_with_their_reasons(
    staff: Staff, returned: Walk
) -> None:
    view = staff.clerk.enrolments.get(returned.id)
    assert (view.people, view.due_fen, view.marked, view.state) == (8, 40_000, 0, "returned")
    assert view.returned_for == "名单里有2人须补正,原因见“退回”"
    back = staff.clerk.sent_back.list_people(returned.id)
    assert [(one.line_no, one.state_label, one.note) for one in back] == [
        (1, "审核退回", BLURRED), (4, "审核退回", GONE),
    ]  # fmt: skip
    assert view.missing[0].message == "审核退回的2人还没有处理"
    assert notes(staff, returned)[-1] == "名单里有2人须补正"
    with refused(staff, "sent-back"):
        staff.clerk.enrolments.submit(returned.id)


def test_a_reason_for_the_whole_stands_beside_those_of_the_people(staff: Staff, walk: Walk) -> None:
    staff.reviewer.reviews.mark(walk.id, (2,), GONE)
    staff.reviewer.enrolments.return_(walk.id, "缺一页")
    assert staff.clerk.enrolments.get(walk.id).returned_for == "缺一页"
    assert notes(staff, walk)[-1] == "缺一页(退回1人)"


@pytest.mark.both_databases
def test_what_is_put_right_is_handed_in_again_and_the_history_is_whole(
    staff: Staff, returned: Walk
) -> None:
    clerk, (_no, name, identity, phone) = staff.clerk, returned.rows[0]
    clerk.sent_back.correct(returned.id, 1, PersonDraft(f"{name}甲", identity, phone))
    clerk.sent_back.withdraw(returned.id, (4,), "确已离职")
    assert clerk.enrolments.get(returned.id).returned_for == "退回的人都已处理"
    clerk.mending.set_workers(returned.id, 9, 2, "一人离职")
    clerk.enrolments.submit(returned.id)
    first = line(staff, returned, 1)
    assert (first.name, first.joining, first.note) == (f"{name}甲", True, f"曾退回:{BLURRED}")
    assert (line(staff, returned, 4).joining, line(staff, returned, 4).note) == (False, GONE)
    staff.reviewer.enrolments.approve(returned.id)
    assert line(staff, returned, 1).note == ""
    assert clerk.enrolments.get(returned.id).people == 9
    assert notes(staff, returned)[-6:] == [
        "名单里有2人须补正", "改正后重报1人(第1行)", "退回的1人不再参加:确已离职",
        "在职人数由10人改为9人:一人离职", "", "",
    ]  # fmt: skip
    assert staff.head.audits.verify_chain().ok


def test_a_second_return_tells_the_new_reason(staff: Staff, returned: Walk) -> None:
    staff.clerk.sent_back.resend(returned.id, (1, 4), "都没有错")
    staff.clerk.enrolments.submit(returned.id)
    assert line(staff, returned, 4).note == f"曾退回:{GONE}"
    staff.reviewer.reviews.mark(returned.id, (4,), "请附离职证明")
    staff.reviewer.enrolments.return_(returned.id, "")
    assert [one.note for one in staff.clerk.sent_back.list_people(returned.id)] == ["请附离职证明"]


def test_the_return_is_undone_with_its_marks(staff: Staff, walk: Walk) -> None:
    staff.reviewer.reviews.mark(walk.id, (1, 4), BLURRED)
    before = staff.clerk.enrolments.get(walk.id), staff.clerk.rosters.list_people(walk.id)
    staff.reviewer.enrolments.return_(walk.id, "")
    assert staff.reviewer.undo.undo(walk.id).value == "退回"
    assert (
        staff.clerk.enrolments.get(walk.id), staff.clerk.rosters.list_people(walk.id),
    ) == before  # fmt: skip


def test_who_comes_in_with_a_new_list_stands_on_it_once(staff: Staff, returned: Walk) -> None:
    staff.clerk.rosters.carry_out(returned.read(returned.rows[:1]))
    assert [one.line_no for one in staff.clerk.sent_back.list_people(returned.id)] == [4]
    assert staff.clerk.enrolments.get(returned.id).people == 9
    staff.clerk.undo.undo(returned.id)
    assert [one.line_no for one in staff.clerk.sent_back.list_people(returned.id)] == [1, 4]


def test_who_joined_elsewhere_in_the_meantime_is_not_put_back(staff: Staff, returned: Walk) -> None:
    other = Walk(staff, name="安平小学(演示)", rows=returned.rows[:1], at_work=1, women=None)
    other.start().roster()
    with refused(staff, "duplicate-elsewhere"):
        staff.clerk.sent_back.resend(returned.id, (1,), "没有错")
    with refused(staff, "duplicate-elsewhere"):
        staff.reviewer.undo.undo(returned.id)
    staff.clerk.sent_back.withdraw(returned.id, (1,), "到别家参加")


def test_the_person_s_page_says_where_and_why(staff: Staff, returned: Walk) -> None:
    member = line(staff, returned, 4).member_id
    [waiting] = staff.clerk.persons.get(member).waiting
    assert (waiting.what, waiting.reason) == ("审核退回", GONE)


def test_found_again_a_mark_is_as_it_was(staff: Staff, walk: Walk) -> None:
    staff.reviewer.reviews.mark(walk.id, (3,), GONE)
    [found] = staff.clerk.rosters.find_people(walk.id, walk.rows[2][1]).people
    assert found == replace(line(staff, walk, 3), marked=True, note=f"待退回:{GONE}")


def test_the_board_and_the_calls_say_who_still_waits_and_when_nobody_does(
    staff: Staff, returned: Walk
) -> None:
    def told() -> tuple[str, list[str]]:
        (row,) = staff.clerk.board.board().rows
        return row.note, [one.owes for one in staff.clerk.chase.list_rows()]

    assert told() == ("名单里有2人须补正", ["审核退回,名单里有2人须补正"])
    staff.clerk.sent_back.withdraw(returned.id, (4,), "确已离职")
    assert told() == ("名单里有1人须补正", ["审核退回,名单里有1人须补正"])
    staff.clerk.sent_back.withdraw(returned.id, (1,), "确已离职")
    assert told() == ("退回的人都已处理", ["审核退回,退回的人都已处理"])
