"""Whom the province sends back: out of people, money, cover and paper until somebody decides."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from desktop_app.services.drafts import PersonDraft
from tests.domain.rosters import number
from tests.services.desks import Staff, people
from tests.services.refusals import refused
from tests.services.test_submissions import failed, failures
from tests.services.walks import Walk, walked

BOTH = (("hospital", 1), ("women", 1))


@pytest.fixture
def out(staff: Staff) -> Path:
    folder = staff.papers / "上报"
    folder.mkdir()
    return folder


def sent(staff: Staff, out: Path, lines: tuple[int, ...] = (1, 3), until: str = "approved") -> Walk:
    """A case of ten people, exported, of whom the province refuses those of `lines`."""
    walk = walked(staff, until, plans=BOTH)
    staff.clerk.submissions.export(walk.id, out)
    path = failures(staff, [failed(walk.rows[line - 1], "重复参保") for line in lines])
    staff.clerk.submission_answers.read_failures(walk.id, path)
    return walk


def lines(staff: Staff, walk: Walk) -> dict[int, tuple[str, str]]:
    return {
        one.line_no: (one.state_label, one.note) for one in staff.clerk.rosters.list_people(walk.id)
    }


def covered(staff: Staff, walk: Walk) -> int:
    query = "SELECT count(*) FROM cover WHERE enrolment_id = :id AND state_code = 'active'"
    return int(str(staff.value(query, id=walk.id)))


def test_who_is_sent_back_leaves_people_and_money_and_is_named_with_the_reason(
    staff: Staff, out: Path
) -> None:
    walk = walked(staff, "approved", plans=BOTH)
    before = staff.clerk.enrolments.get(walk.id)
    assert (before.people, before.due_fen) == (10, 54_000)
    staff.clerk.submissions.export(walk.id, out)
    path = failures(staff, [failed(walk.rows[2], "重复参保")])
    staff.clerk.submission_answers.read_failures(walk.id, path)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.people, view.due_fen) == (9, 49_000)
    assert view.quote is not None
    assert lines(staff, walk)[3] == ("上级退回", "重复参保")
    assert lines(staff, walk)[4] == ("在名单内", "")
    assert [one.code for one in view.missing][:1] == ["sent-back"]
    assert staff.clerk.enrolments.history(walk.id)[-1].note == "上报后退回1人"


def test_who_waits_is_listed_and_the_whole_number_is_given_for_putting_right(
    staff: Staff, out: Path
) -> None:
    walk = sent(staff, out)
    waiting = staff.clerk.sent_back.list_people(walk.id)
    assert [(one.line_no, one.note, one.sent_back, one.joining) for one in waiting] == [
        (1, "重复参保", True, False),
        (3, "重复参保", True, False),
    ]
    _no, name, identity, *_ = walk.rows[2]
    found = staff.clerk.sent_back.get(walk.id, 3)
    assert (found.name, found.identity) == (name, identity)
    with refused(staff, "person-unknown"):
        staff.clerk.sent_back.get(walk.id, 2)
    staff.clerk.sent_back.withdraw(walk.id, (1, 3), "不再参加")
    assert staff.clerk.sent_back.list_people(walk.id) == ()


def test_nobody_goes_on_before_each_is_decided(staff: Staff, out: Path) -> None:
    walk = sent(staff, out)
    with refused(staff, "sent-back"):
        walk.number()
    assert staff.clerk.sent_back.withdraw(walk.id, (1, 3), "已在原单位参加").value == 2
    walk.number()
    assert staff.clerk.enrolments.get(walk.id).people == 8
    assert lines(staff, walk)[1] == ("已撤出", "重复参保")


def test_who_was_sent_back_gets_no_cover_and_stands_on_no_form(staff: Staff, out: Path) -> None:
    walk = sent(staff, out)
    staff.clerk.sent_back.withdraw(walk.id, (1, 3), "不再参加")
    walk.number()
    due = staff.clerk.enrolments.get(walk.id).due_fen
    assert due is not None
    walk.pay(due, 8)
    walk.confirmed()
    assert covered(staff, walk) == 9  # eight in one plan, one of them in the plan for women, too
    staff.clerk.prints.issue(walk.id, "member-list")
    content = staff.value("SELECT content FROM issued_form WHERE form_key = 'member-list'")
    listed = str(content if isinstance(content, dict) else json.loads(str(content)))
    assert walk.rows[1][1] in listed
    assert walk.rows[0][1] not in listed


def test_a_late_answer_ends_the_cover_and_voids_what_was_printed(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, out)
    for step in ("number", "paid", "confirmed", "printed"):
        getattr(walk, step)()
    assert covered(staff, walk) == 10
    path = failures(staff, [failed(walk.rows[0])])
    staff.clerk.submission_answers.read_failures(walk.id, path)
    assert covered(staff, walk) == 9
    valid = "SELECT count(*) FROM issued_form WHERE state_code = 'valid'"
    assert staff.value(valid) == 0
    with refused(staff, "cover-open"):
        staff.clerk.sent_back.resend(walk.id, (1,), "省里说是误退")
    staff.clerk.sent_back.withdraw(walk.id, (1,), "不再参加")


def test_a_mistyped_number_is_put_right_and_sent_alone(staff: Staff, out: Path) -> None:
    walk = sent(staff, out)
    _no, name, wrong, phone = walk.rows[2]
    right = number("19850706", 91)
    staff.clerk.sent_back.correct(walk.id, 3, PersonDraft(name, right, phone))
    staff.clerk.sent_back.withdraw(walk.id, (1,), "不再参加")
    assert staff.clerk.enrolments.get(walk.id).people == 9
    assert staff.value("SELECT number FROM member_identity") == wrong
    exported = staff.clerk.submissions.exported(staff.clerk.submissions.export(walk.id, out).value)
    assert exported.people == 1
    assert exported.files[0] == "名单1_住院医疗.xlsx"
    book = openpyxl.load_workbook(Path(exported.folder) / exported.files[0])
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[1:3] for row in rows[-1:]] == [(name, right)]
    (hit,) = staff.clerk.search.find(right[-4:])
    assert name in hit.title


def test_when_all_are_taken_nothing_is_left_to_send(staff: Staff, out: Path) -> None:
    walk = sent(staff, out)
    staff.clerk.sent_back.withdraw(walk.id, (1, 3), "不再参加")
    before = sorted(out.iterdir())
    with refused(staff, "all-taken"):
        staff.clerk.submissions.export(walk.id, out)
    assert sorted(out.iterdir()) == before


def test_who_was_sent_back_by_mistake_is_sent_again_as_he_is(staff: Staff, out: Path) -> None:
    walk = sent(staff, out)
    assert staff.clerk.sent_back.resend(walk.id, (1, 3), "省里说是误退").value == 2
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.people, view.due_fen) == (10, 54_000)
    exported = staff.clerk.submissions.exported(staff.clerk.submissions.export(walk.id, out).value)
    assert exported.people == 2


def test_an_answer_is_read_once(staff: Staff, out: Path) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, out)
    path = failures(staff, [failed(walk.rows[0])])
    staff.clerk.submission_answers.read_failures(walk.id, path)
    staff.clerk.sent_back.resend(walk.id, (1,), "误退")
    with refused(staff, "answer-read"):
        staff.clerk.submission_answers.read_failures(walk.id, path)
    other = failures(staff, [failed(walk.rows[1])])
    staff.clerk.submission_answers.read_failures(walk.id, other)
    states = "SELECT count(*) FROM submission_record WHERE state_code = 'refused'"
    assert staff.value(states) == 2


def test_only_a_slip_is_put_right_not_another_person_put_in(staff: Staff, out: Path) -> None:
    walk = sent(staff, out)
    _no, name, identity, _phone = walk.rows[0]
    stranger = people(1, start=90)[0]
    known = walk.rows[5]
    for draft, code in (
        (PersonDraft(stranger[1], stranger[2]), "person-other"),
        (PersonDraft(name, known[2]), "identity-taken"),
        (PersonDraft(name, identity[:-1]), "identity-length"),
        (PersonDraft("", identity), "name-missing"),
        (PersonDraft(name, number("20150506")), "age-below"),
    ):
        with refused(staff, code):
            staff.clerk.sent_back.correct(walk.id, 1, draft)


@pytest.mark.both_databases
def test_a_woman_whose_number_says_a_man_cannot_stay_in_a_plan_for_women(
    staff: Staff, out: Path
) -> None:
    walk = walked(staff, "approved", plans=BOTH)
    line = next(
        one.line_no for one in staff.clerk.rosters.list_people(walk.id) if "、" in one.plans
    )
    staff.clerk.submissions.export(walk.id, out)
    row = walk.rows[line - 1]
    staff.clerk.submission_answers.read_failures(walk.id, failures(staff, [failed(row)]))
    man = number("19850706", 91)
    woman = number("19850706", 92)
    with refused(staff, "women-only"):
        staff.clerk.sent_back.correct(walk.id, line, PersonDraft(row[1], man))
    staff.clerk.sent_back.correct(walk.id, line, PersonDraft(row[1], woman))


@pytest.mark.both_databases
def test_who_was_not_sent_back_is_not_decided_on(staff: Staff, out: Path) -> None:
    walk = sent(staff, out)
    with refused(staff, "person-unknown"):
        staff.clerk.sent_back.withdraw(walk.id, (2,), "x")
    with refused(staff, "person-unknown"):
        staff.clerk.sent_back.withdraw(walk.id, (), "x")
    with refused(staff, "reason-missing"):
        staff.clerk.sent_back.withdraw(walk.id, (1,), " ")
