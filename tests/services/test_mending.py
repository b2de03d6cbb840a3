"""What was entered wrongly is taken back with its reason; nothing that left the office is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.services import Services
from tests.services.desks import TODAY, Row, Staff, people
from tests.services.refusals import refused
from tests.services.walks import STAMPED, Walk, walked

WHY = "读错了花名册"
EFFECTIVE = date(2026, 12, 1)
Mend = Callable[[Services, int], object]
MENDS: dict[str, Mend] = {
    "remove": lambda s, case: s.mending.remove_people(case, (1,), WHY),
    "drop": lambda s, case: s.mending.drop_parked(case, 1, 1, WHY),
    "workers": lambda s, case: s.mending.set_workers(case, 12, 2, WHY),
    "send-back": lambda s, case: s.mending.send_back(case, WHY),
    "void": lambda s, case: s.mending.void(case, WHY),
}


def notes(staff: Staff, case: int) -> list[tuple[str, str]]:
    lines = staff.clerk.enrolments.history(case)
    mended = [line for line in lines if line.note and not line.note.startswith("存入名单")]
    return [(line.what, line.note) for line in mended]


def states(staff: Staff, case: int) -> dict[int, str]:
    return {line.line_no: line.state_label for line in staff.clerk.rosters.list_people(case)}


def broken(row: Row) -> Row:
    """The same person with a number that is too short."""
    return (row[0], row[1], row[2][:-1], row[3])


def parked(staff: Staff) -> Walk:
    """A case of ten people, two rows of whose list wait for their correction."""
    rows = people(12, women=2)
    walk = Walk(staff, rows=[*rows[:10], broken(rows[10]), broken(rows[11])]).start()
    walk.roster()
    assert len(staff.clerk.rosters.list_parked(walk.id)) == 2
    return walk


def test_people_read_by_mistake_are_taken_out_and_stay_readable(staff: Staff) -> None:
    walk = walked(staff, plans=(("hospital", 1), ("women", 1)))
    before = staff.clerk.enrolments.get(walk.id)
    assert (before.people, before.due_fen) == (10, 54_000)
    assert staff.clerk.mending.remove_people(walk.id, (1, 4, 4), f" {WHY} ").value == 2
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.people, view.due_fen, view.step_key) == (8, 42_000, "roster")
    assert [plan.people for plan in view.plans] == [8, 1]
    seen = states(staff, walk.id)
    assert len(seen) == 10
    assert [line for line, state in seen.items() if state == "已撤出"] == [1, 4]
    assert notes(staff, walk.id) == [("草稿", f"撤出2人:{WHY}")]
    changed = "SELECT count(*) FROM change_log WHERE table_name = 'enrollee'"
    assert staff.value(changed) == 3


def test_a_person_taken_out_comes_in_again_on_a_new_line(staff: Staff) -> None:
    walk = walked(staff)
    staff.clerk.mending.remove_people(walk.id, (2, 3), WHY)
    plan = staff.clerk.rosters.plan_view(walk.read(walk.rows[1:2]))
    assert (plan.known_people, plan.new_people, plan.due_fen) == (1, 0, 45_000)
    staff.clerk.rosters.carry_out(plan.batch_id)
    seen = states(staff, walk.id)
    assert (seen[2], seen[3], seen[11]) == ("已撤出", "已撤出", "在名单内")
    assert staff.clerk.enrolments.get(walk.id).people == 9
    (hit,) = staff.clerk.search.find(walk.rows[1][1])
    assert hit.detail.count("住院") == 1
    (gone,) = staff.clerk.search.find(walk.rows[2][1])
    assert gone.detail.startswith("无单位")


def test_a_person_taken_out_is_free_for_another_unit(staff: Staff) -> None:
    walk = walked(staff)
    other = Walk(staff, name="安平小学(演示)", rows=people(1), at_work=1, women=None).start()
    other.rows = walk.rows[4:5]
    assert staff.clerk.rosters.plan_view(other.read()).accepted == 0
    staff.clerk.mending.remove_people(walk.id, (5,), WHY)
    other.roster()
    assert staff.clerk.enrolments.get(other.id).people == 1


def test_who_was_taken_out_is_on_no_paper_and_in_no_upload(staff: Staff) -> None:
    walk = walked(staff)
    staff.clerk.mending.remove_people(walk.id, (1,), WHY)
    staff.clerk.mending.set_workers(walk.id, 9, 1, WHY)
    walk.submitted()
    walk.approved()
    exported = staff.clerk.submissions.export(walk.id, staff.papers).value
    assert staff.clerk.submissions.exported(exported).people == 9
    assert staff.value("SELECT count(*) FROM submission_record") == 9
    staff.clerk.prints.issue(walk.id, "member-list")
    content = str(staff.value("SELECT content FROM issued_form"))
    told = content.encode().decode("unicode_escape") if "\\u" in content else content
    assert walk.rows[0][2] not in told
    assert walk.rows[1][2] in told
    staff.reviewer.enrolments.set_effective(walk.id, EFFECTIVE, "演示1号")
    assert staff.value("SELECT count(*) FROM cover") == 9


def test_cover_elsewhere_of_one_taken_out_does_not_stop_the_others(staff: Staff) -> None:
    walk = walked(staff)
    staff.clerk.mending.remove_people(walk.id, (10,), WHY)
    other = Walk(staff, name="安平小学(演示)", rows=walk.rows[9:], at_work=1, women=None).start()
    for case, workers in ((other, None), (walk, 9)):
        if workers:
            staff.clerk.mending.set_workers(case.id, workers, 2, WHY)
        else:
            case.roster()
        case.submitted()
        case.approved()
        staff.reviewer.enrolments.set_effective(case.id, EFFECTIVE, "演示1号")
    assert staff.value("SELECT count(*) FROM cover") == 10


@pytest.mark.parametrize(
    ("lines", "code"),
    [((), "people-missing"), ((11,), "person-unknown"), ((0, 1), "person-unknown")],
)
def test_only_people_of_the_list_are_taken_out(
    staff: Staff, lines: tuple[int, ...], code: str
) -> None:
    walk = walked(staff)
    with refused(staff, code):
        staff.clerk.mending.remove_people(walk.id, lines, WHY)
    assert set(states(staff, walk.id).values()) == {"在名单内"}
    staff.clerk.mending.remove_people(walk.id, (1,), WHY)
    with refused(staff, "person-unknown"):
        staff.clerk.mending.remove_people(walk.id, (1,), WHY)


def test_a_row_that_waits_can_be_dropped_and_stays_in_the_books(staff: Staff) -> None:
    walk = parked(staff)
    first, second = staff.clerk.rosters.list_parked(walk.id)
    staff.clerk.mending.drop_parked(walk.id, first.batch_id, first.seq, WHY)
    assert staff.clerk.rosters.list_parked(walk.id) == (second,)
    assert staff.value("SELECT count(*) FROM import_row WHERE state_code = 'dropped'") == 1
    assert notes(staff, walk.id) == [("草稿", f"放弃待补正1行:{WHY}")]
    with refused(staff, "row-unknown"):
        staff.clerk.mending.drop_parked(walk.id, first.batch_id, first.seq, WHY)
    other = Walk(staff, name="安平小学(演示)").start()
    with refused(staff, "row-unknown"):
        staff.clerk.mending.drop_parked(other.id, second.batch_id, second.seq, WHY)


def test_the_workers_of_a_draft_are_corrected(staff: Staff) -> None:
    walk = walked(staff)
    staff.clerk.mending.set_workers(walk.id, 12, 3, WHY)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.at_work, view.women, view.people) == (12, 3, 10)
    assert notes(staff, walk.id) == [("草稿", f"在职人数由10人改为12人:{WHY}")]
    assert staff.value("SELECT at_work FROM unit WHERE id = :id", id=walk.unit_id) == 12
    staff.run("UPDATE unit SET at_work = 50 WHERE id = :id", id=walk.unit_id)
    staff.clerk.mending.set_workers(walk.id, 11, None, WHY)
    assert staff.clerk.enrolments.get(walk.id).women is None
    assert staff.value("SELECT at_work FROM unit WHERE id = :id", id=walk.unit_id) == 50
    for at_work, women, code in ((0, 0, "at-work"), (5, 6, "at-work"), (10**8, 1, "people")):
        with refused(staff, code):
            staff.clerk.mending.set_workers(walk.id, at_work, women, WHY)


@pytest.mark.both_databases
def test_an_approved_case_goes_back_and_comes_again(staff: Staff) -> None:
    walk = walked(staff, "number")
    for form in STAMPED[:2]:
        staff.clerk.prints.issue(walk.id, form)
    staff.clerk.archives.receive_stamped(walk.id, "application")
    staff.reviewer.enrolments.set_effective(walk.id, EFFECTIVE, "演示1号")
    number = staff.clerk.enrolments.get(walk.id).business_no
    staff.reviewer.mending.send_back(walk.id, WHY)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.state, view.step_key, view.effective_on) == ("returned", "roster", None)
    assert (view.business_no, view.people) == (number, 10)
    assert view.returned_for == f"{WHY}(业务号{number}仍保留)"
    assert [form.issued_id for form in view.forms] == [None] * 5
    assert {paper.state for paper in view.papers if paper.key in STAMPED} == {"missing"}
    assert notes(staff, walk.id) == [("草稿", f"审核后退回:{WHY}(业务号{number}仍保留)")]
    voided = "SELECT count(*) FROM issued_form WHERE state_code = 'void' AND note = :why"
    assert staff.value(voided, why=WHY) == 2
    ended = "SELECT count(*) FROM cover WHERE state_code = 'void' AND ended_for = :why"
    assert staff.value(ended, why=WHY) == 10
    approved = "SELECT count(*) FROM enrolment WHERE approved_by IS NULL AND approved_at IS NULL"
    assert staff.value(approved) == 1
    staff.clerk.mending.remove_people(walk.id, (10,), WHY)
    staff.clerk.mending.set_workers(walk.id, 9, 2, WHY)
    walk.rows = walk.rows[:9]
    for step in ("submitted", "approved", "number", "paid", "confirmed", "printed", "stamped"):
        getattr(walk, step)()
    assert walk.finished() == "DA-A-2027-00001"
    assert staff.value("SELECT count(*) FROM cover WHERE state_code = 'active'") == 9


def test_a_case_without_a_number_goes_back_without_a_word_of_one(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.reviewer.mending.send_back(walk.id, WHY)
    assert staff.clerk.enrolments.get(walk.id).returned_for == WHY
    with refused(staff, "not-approved"):
        staff.reviewer.mending.send_back(walk.id, WHY)


def test_a_case_of_the_unit_itself_goes_back_to_its_figures(staff: Staff) -> None:
    walk = Walk(staff, at_work=20, women=None, handling="by-unit").start()
    staff.clerk.business_numbers.follow(walk.id, 20, 100_000, "hb1")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    staff.reviewer.mending.send_back(walk.id, WHY)
    assert staff.clerk.enrolments.get(walk.id).due_fen == 100_000
    staff.clerk.mending.set_workers(walk.id, 19, None, WHY)
    staff.clerk.business_numbers.follow(walk.id, 19, 95_000, "hb1")
    staff.clerk.enrolments.submit(walk.id)
    assert walk.step == "review"


def test_a_void_case_frees_its_people_and_its_unit(staff: Staff) -> None:
    walk = walked(staff, "number")
    staff.clerk.prints.issue(walk.id, "application")
    staff.reviewer.enrolments.set_effective(walk.id, EFFECTIVE, "演示1号")
    number = staff.clerk.enrolments.get(walk.id).business_no or ""
    waiting = walk.id
    staff.reviewer.mending.void(waiting, WHY)
    view = staff.clerk.enrolments.get(waiting)
    assert (view.state, view.step_label, view.next_act) == ("void", "作废", "")
    assert set(states(staff, waiting).values()) == {"已撤出"}
    assert notes(staff, waiting)[-1][1] == f"作废:{WHY}"
    assert staff.value("SELECT count(*) FROM cover WHERE state_code = 'active'") == 0
    assert staff.value("SELECT count(*) FROM issued_form WHERE state_code = 'valid'") == 0
    assert staff.value("SELECT count(*) FROM business_number WHERE voided_at IS NULL") == 0
    other = Walk(staff, name="安平小学(演示)", rows=walk.rows[:1], at_work=1, women=None).start()
    other.roster()
    again = replace(walk).start()
    assert again.id != waiting
    kinds = "SELECT count(*) FROM enrolment WHERE kind_code = 'first' AND previous_id IS NULL"
    assert staff.value(kinds) == 3
    again.rows, again.at_work = walk.rows[1:], 9
    staff.clerk.mending.set_workers(again.id, 9, 1, WHY)
    again.roster()
    again.submitted()
    again.approved()
    staff.clerk.business_numbers.enter(again.id, number)
    staff.reviewer.enrolments.set_effective(again.id, EFFECTIVE, "演示2号")
    assert staff.value("SELECT count(*) FROM cover WHERE state_code = 'active'") == 9


def test_a_void_case_takes_nothing_more(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.reviewer.mending.void(walk.id, WHY)
    for mend in MENDS.values():
        with refused(staff, "case-closed"):
            mend(staff.reviewer, walk.id)
    with refused(staff, "case-void"):
        staff.reviewer.enrolments.set_effective(walk.id, EFFECTIVE, "演示1号")
    with refused(staff, "case-void"):
        staff.clerk.submissions.export(walk.id, staff.papers)
    with refused(staff, "case-void"):
        staff.clerk.archives.receive_stamped(walk.id, "application")
    with refused(staff, "case-void"):
        staff.clerk.archives.record_receipt(walk.id, "演示1", TODAY, walk.due_fen)
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.prints.issue(walk.id, "application")
    assert "作废" in caught.value.message


def test_a_list_that_waited_is_not_read_into_a_void_case(staff: Staff) -> None:
    walk = Walk(staff).start()
    batch = walk.read()
    staff.reviewer.mending.void(walk.id, WHY)
    with refused(staff, "case-closed"):
        staff.clerk.rosters.carry_out(batch)
    with refused(staff, "case-closed"):
        walk.read()


@pytest.mark.parametrize("name", MENDS)
@pytest.mark.parametrize(
    ("reason", "code"), [("  ", "reason-missing"), ("长" * 301, "reason-long")]
)
def test_every_mending_has_its_reason(staff: Staff, name: str, reason: str, code: str) -> None:
    walk = walked(staff)
    mending = staff.reviewer.mending
    with refused(staff, code):
        {
            "remove": lambda: mending.remove_people(walk.id, (1,), reason),
            "drop": lambda: mending.drop_parked(walk.id, 1, 1, reason),
            "workers": lambda: mending.set_workers(walk.id, 12, 2, reason),
            "send-back": lambda: mending.send_back(walk.id, reason),
            "void": lambda: mending.void(walk.id, reason),
        }[name]()


@pytest.mark.parametrize("until", ["submitted", "approved"])
def test_a_case_that_is_no_draft_keeps_its_people_and_workers(staff: Staff, until: str) -> None:
    walk = walked(staff, until)
    for name in ("remove", "workers"):
        with refused(staff, "not-a-draft"):
            MENDS[name](staff.reviewer, walk.id)


def test_a_clerk_neither_sends_back_nor_voids(staff: Staff) -> None:
    walk = walked(staff, "approved")
    for name in ("send-back", "void"):
        with refused(staff, "not-permitted"):
            MENDS[name](staff.clerk, walk.id)


@pytest.mark.parametrize("name", ["send-back", "void"])
def test_money_holds_a_case_until_it_is_returned(staff: Staff, name: str) -> None:
    walk = walked(staff, "number")
    payment = walk.pay(10_000, 2)
    with refused(staff, "payment-counted"):
        MENDS[name](staff.reviewer, walk.id)
    staff.clerk.payments.return_(payment, "金额不符")
    MENDS[name](staff.reviewer, walk.id)
    assert staff.clerk.enrolments.get(walk.id).state == {"void": "void"}.get(name, "returned")


@pytest.mark.parametrize("name", ["send-back", "void"])
def test_a_receipt_holds_a_case(staff: Staff, name: str) -> None:
    walk = walked(staff, "confirmed")
    staff.clerk.archives.record_receipt(walk.id, "演示1", TODAY, walk.due_fen)
    staff.clerk.refunds.ask(walk.id, walk.due_fen, TODAY, WHY)
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    with refused(staff, "receipt-recorded"):
        MENDS[name](staff.reviewer, walk.id)


@pytest.mark.parametrize("name", ["send-back", "void"])
def test_a_claim_on_its_cover_holds_a_case(staff: Staff, name: str) -> None:
    walk = walked(staff, "number")
    staff.reviewer.enrolments.set_effective(walk.id, EFFECTIVE, "演示1号")
    member = staff.clerk.rosters.list_people(walk.id)[0].member_id
    claim = ClaimDraft(plan_key="hospital", event_on=TODAY, member_id=member)
    staff.clerk.claims.register(claim)
    assert staff.value("SELECT count(*) FROM claim WHERE cover_id IS NOT NULL") == 1
    with refused(staff, "claim-exists"):
        MENDS[name](staff.reviewer, walk.id)


def test_each_mending_is_audited_and_the_chain_holds(staff: Staff) -> None:
    walk = parked(staff)
    row = staff.clerk.rosters.list_parked(walk.id)[0]
    staff.clerk.mending.drop_parked(walk.id, row.batch_id, row.seq, WHY)
    staff.clerk.mending.remove_people(walk.id, (1,), WHY)
    staff.clerk.mending.set_workers(walk.id, 9, 1, WHY)
    walk.submitted()
    walk.approved()
    staff.reviewer.mending.send_back(walk.id, WHY)
    staff.reviewer.mending.void(walk.id, WHY)
    lines = "SELECT count(*) FROM audit_line WHERE act LIKE 'mending.%' AND subject = :subject"
    assert staff.value(lines, subject=f"enrolment {walk.id}") == 5
