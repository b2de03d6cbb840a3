"""People who come in under another number than the ledger has of them."""

from __future__ import annotations

import pytest

from desktop_app.domain.identity import identity_18
from desktop_app.domain.issues import Finding, Severity
from desktop_app.services.views.rosters import ImportPlan
from tests.services.desks import Row, Staff, people
from tests.services.refusals import refused
from tests.services.test_letters import book_of, letter_of, words_of
from tests.services.test_rosters import parked
from tests.services.walks import Walk, walked

UNIT, BOOK = "第二家(演示)", "花名册.xlsx"
FIRST, SECOND, *_OTHERS = people(10, women=2)  # of the unit that comes first


def other_number(row: Row, sequence: int = 901) -> Row:
    """The same name and birth date with another number."""
    no, name, number, phone = row
    return no, name, identity_18(f"{number[:14]}{sequence:03d}"), phone


def planned(staff: Staff, walk: Walk, *rows: Row) -> ImportPlan:
    return staff.clerk.rosters.plan_view(walk.read([*rows]))


def codes(plan: ImportPlan) -> list[tuple[int | None, str]]:
    return [(one.row, one.code) for one in plan.findings]


def only(plan: ImportPlan) -> Finding:
    (finding,) = plan.findings
    return finding


@pytest.fixture
def first(staff: Staff) -> Walk:
    return walked(staff)


@pytest.fixture
def second(staff: Staff, first: Walk) -> Walk:
    return Walk(staff, UNIT, rows=people(10, start=50)).start()


def corrected(staff: Staff, row: Row, old: str) -> None:
    """The ledger's person had that number once."""
    staff.run(
        "INSERT INTO member_identity (member_id, kind_code, number, until_on, reason)"
        " SELECT id, 'resident', :old, '2026-11-01', 'corrected' FROM member"
        " WHERE identity_no = :now",
        old=old, now=row[2],
    )  # fmt: skip


# Likely the same person


def test_a_namesake_of_one_birthday_in_another_unit_is_pointed_out_and_stored(
    staff: Staff, first: Walk, second: Walk
) -> None:
    batch = second.read([other_number(FIRST), *second.rows[:2]])
    plan = staff.clerk.rosters.plan_view(batch)
    assert only(plan) == Finding(
        None, 2, "C", "likely-elsewhere", Severity.WARNING,
        f"{FIRST[1]}与“{first.name}”2027年度名单上的一人同名同生日,"
        f"身份证号不同({'*' * 14}{FIRST[2][-4:]}),可能是同一人更正过号码,请与本人核对",
        "identity",
    )  # fmt: skip
    assert (plan.accepted, plan.rejected, plan.new_people) == (3, 0, 3)
    assert staff.clerk.rosters.carry_out(batch).value == 3
    assert staff.value("SELECT count(*) FROM member WHERE name = :name", name=FIRST[1]) == 2


def test_who_shares_only_the_name_or_only_the_birthday_is_nobodys_namesake(
    staff: Staff, second: Walk
) -> None:
    no, name, number, phone = FIRST
    day_later = identity_18(f"{number[:12]}07{number[14:17]}")
    rows = [(no, name, day_later, phone), other_number((no, f"{name}甲", number, phone))]
    assert codes(planned(staff, second, *rows)) == []


@pytest.mark.parametrize(
    "gone",
    [
        "UPDATE enrolment SET state_code = 'void' WHERE unit_id = :unit",
        "UPDATE enrolment SET year = 2026 WHERE unit_id = :unit",
        "UPDATE enrollee SET state_code = 'withdrawn' WHERE :unit > 0",
    ],
)
def test_who_takes_no_part_in_the_period_is_held_against_nobody(
    staff: Staff, first: Walk, second: Walk, gone: str
) -> None:
    staff.run(gone, unit=first.unit_id)
    assert codes(planned(staff, second, other_number(FIRST))) == []


def test_of_the_own_units_people_it_is_said_that_they_are_on_a_list(
    staff: Staff, first: Walk
) -> None:
    plan = planned(staff, first, FIRST, SECOND, other_number(SECOND))
    assert codes(plan) == [(4, "person-likely-same")]
    finding = only(planned(staff, first, FIRST, other_number(SECOND)))
    assert finding.code == "likely-listed"
    assert "与本单位2027年度名单上的一人同名同生日" in finding.message


def test_known_people_are_asked_about_like_new_ones(
    staff: Staff, first: Walk, second: Walk
) -> None:
    staff.clerk.rosters.carry_out(second.read([other_number(FIRST)]))
    staff.run("UPDATE enrolment SET year = 2026 WHERE id = :id", id=second.id)
    third = Walk(staff, "第三家(演示)").start()
    plan = planned(staff, third, other_number(FIRST))
    assert codes(plan) == [(2, "likely-elsewhere")]
    assert plan.known_people == 1


def test_the_rows_looked_through_say_it_until_the_number_is_typed_anew(
    staff: Staff, second: Walk
) -> None:
    path = book_of(staff, [other_number(FIRST), *second.rows[:1]])
    table = staff.clerk.rosters.rows_of(second.id, path)
    assert [(one.column, one.code) for one in table.findings(0)] == [("C", "likely-elsewhere")]
    table.put(0, "identity", second.rows[2][2])
    assert not table.findings(0)


def test_who_signs_the_difference_reads_it_too(staff: Staff, first: Walk, second: Walk) -> None:
    told = f"与“{first.name}”名单上的一人同名同生日,可能是同一人,请核对"
    batch = second.read([other_number(FIRST), *second.rows[:2]])
    view = staff.clerk.differences.of_plan(batch)
    assert [(one.name, one.kind, one.note) for one in view.lines if one.likely] == [
        (FIRST[1], "new", told)
    ]
    staff.clerk.rosters.carry_out(batch)
    of_case = staff.reviewer.differences.of_case(second.id)
    assert of_case is not None
    assert [one.note for one in of_case.lines if one.likely] == [told]
    assert of_case.text == "上年没有名单:新增3人"


def test_of_a_namesake_elsewhere_a_unit_reads_only_that_there_may_be_one(
    staff: Staff, first: Walk, second: Walk
) -> None:
    rows = [other_number(FIRST), *second.rows[:1]]
    told = words_of(letter_of(staff, second, book_of(staff, rows, BOOK)).path)
    assert f"{FIRST[1]}可能已在其他单位参保" in told
    assert "可用2人,待更正0人" in told
    for untold in (first.name, FIRST[2], FIRST[2][-4:], "年度", "同名同生日"):
        assert untold not in told


# Numbers that were corrected


OLD = other_number(FIRST)  # the first one's number as it was


@pytest.mark.both_databases
def test_who_comes_in_by_a_former_number_is_the_person_who_had_it(
    staff: Staff, first: Walk
) -> None:
    corrected(staff, FIRST, OLD[2])
    staff.run("UPDATE enrolment SET state_code = 'finished'")
    staff.head.schemes.set_year(2028)
    walk = Walk(staff, unit_id=first.unit_id).start()
    batch = walk.read([OLD, SECOND])
    plan = staff.clerk.rosters.plan_view(batch)
    assert only(plan).message == (
        f"{FIRST[1]}的身份证号台账已更正为{'*' * 14}{FIRST[2][-4:]},按更正后的号码存入,请核对"
    )
    assert (only(plan).code, plan.known_people) == ("identity-former", 2)
    view = staff.clerk.differences.of_plan(batch)
    assert {one.label: one.people for one in view.counts if one.people} == {
        "续保": 1,
        "证件更正": 1,
        "退出": 8,
    }
    assert staff.clerk.rosters.carry_out(batch).value == 2
    assert staff.value("SELECT count(*) FROM member") == 10
    assert staff.value("SELECT count(*) FROM member WHERE identity_no = :old", old=OLD[2]) == 0


@pytest.mark.both_databases
def test_a_file_of_a_folder_is_judged_alike(staff: Staff, first: Walk, second: Walk) -> None:
    corrected(staff, FIRST, OLD[2])
    staff.run("UPDATE enrollee SET state_code = 'withdrawn' WHERE line_no = 1")
    path = staff.roster([OLD, other_number(SECOND, 903)])
    stored, *_counts = staff.clerk.rosters.import_list(second.id, path).value
    assert stored == 2
    assert staff.value("SELECT count(*) FROM member") == 11
    batch = staff.value("SELECT max(id) FROM import_batch")
    found = staff.clerk.rosters.plan_view(int(str(batch))).findings
    assert [one.code for one in found] == ["identity-former", "likely-elsewhere"]


def test_by_his_former_number_too_he_is_found_in_another_unit(
    staff: Staff, first: Walk, second: Walk
) -> None:
    corrected(staff, FIRST, OLD[2])
    plan = planned(staff, second, OLD)
    assert codes(plan) == [(2, "duplicate-elsewhere")]
    told = words_of(letter_of(staff, second, book_of(staff, [OLD], BOOK)).path)
    assert f"{FIRST[1]}已在其他单位参保" in told
    assert "待更正1人" in told
    assert first.name not in told


def test_former_and_present_number_in_one_list_are_one_person(staff: Staff, first: Walk) -> None:
    corrected(staff, FIRST, OLD[2])
    older = other_number(FIRST, 903)
    corrected(staff, FIRST, older[2])
    batch = first.read([OLD, SECOND, FIRST, older])
    plan = staff.clerk.rosters.plan_view(batch)
    refusals = [one for one in plan.findings if one.severity is Severity.ERROR]
    assert [(one.row, one.code) for one in refusals] == [
        (2, "duplicate-in-file"), (5, "duplicate-in-file"),
    ]  # fmt: skip
    assert "与第4行是同一人" in refusals[0].message
    told = words_of(letter_of(staff, first, book_of(staff, [OLD, FIRST])).path)
    assert "与名单上的另一行是同一人" in told
    assert staff.clerk.rosters.carry_out(batch).value == 0


def test_two_former_numbers_of_one_person_make_one_line(staff: Staff, second: Walk) -> None:
    corrected(staff, FIRST, OLD[2])
    older = other_number(FIRST, 903)
    corrected(staff, FIRST, older[2])
    staff.run("UPDATE enrolment SET state_code = 'void' WHERE id != :id", id=second.id)
    batch = second.read([OLD, older])
    assert staff.clerk.rosters.carry_out(batch).value == 1
    assert [reason[:9] for _name, reason in parked(staff, second)] == ["与第2行是同一人,"]


def test_with_another_birth_date_somebody_has_to_say_who_it_is(
    staff: Staff, first: Walk, second: Walk
) -> None:
    no, name, number, phone = FIRST
    old = identity_18(f"{number[:12]}16{number[14:17]}")
    corrected(staff, FIRST, old)
    batch = second.read([(no, name, old, phone)])
    finding = only(staff.clerk.rosters.plan_view(batch))
    assert (finding.code, finding.severity) == ("identity-former", Severity.WARNING)
    assert f"台账已更正为{number},出生日期不同" in finding.message
    told = words_of(letter_of(staff, second, book_of(staff, [(no, name, old, phone)])).path)
    assert f"{name}的身份证号可能已经更正过" in told
    assert number not in told
    assert staff.clerk.rosters.carry_out(batch).value == 1
    assert staff.value("SELECT count(*) FROM member WHERE name = :name", name=name) == 2


def test_under_another_name_a_former_number_is_somebody_elses(staff: Staff, second: Walk) -> None:
    corrected(staff, FIRST, OLD[2])
    plan = planned(staff, second, (OLD[0], "覃世芳", *OLD[2:]))
    assert codes(plan) == []
    assert plan.new_people == 1


def test_a_plan_is_stale_when_a_number_was_corrected_meanwhile(staff: Staff, second: Walk) -> None:
    batch = second.read([OLD])
    corrected(staff, FIRST, OLD[2])
    with refused(staff, "plan-stale") as caught:
        staff.clerk.rosters.carry_out(batch)
    assert "身份证号" in caught.value.message


def test_a_row_mended_to_a_former_number_is_the_persons_who_had_it(
    staff: Staff, first: Walk, second: Walk
) -> None:
    corrected(staff, FIRST, OLD[2])
    staff.clerk.rosters.carry_out(second.read([(OLD[0], OLD[1], OLD[2][:-1], OLD[3])]))
    [row] = staff.clerk.rosters.list_parked(second.id)
    mended = {"identity": OLD[2]}
    with refused(staff, "duplicate-elsewhere"):
        staff.clerk.parked.mend(second.id, row.batch_id, row.seq, mended)
    staff.run("UPDATE enrolment SET state_code = 'void' WHERE id = :id", id=first.id)
    staff.clerk.parked.mend(second.id, row.batch_id, row.seq, mended)
    assert staff.value("SELECT count(*) FROM member") == 10
    assert [one.name for one in staff.clerk.rosters.list_people(second.id)] == [FIRST[1]]
