"""What hurried and careless hands do: refused in words, nothing lost, nothing counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.files import ATTACHMENTS, BACKUPS, LEDGER
from db.identifiers import new_uid
from desktop_app.exchange.acknowledgements import Acknowledgement, write_acknowledgement
from desktop_app.services.acts import operation
from desktop_app.services.drafts import ClaimDraft
from tests.services.desks import NOW, TODAY, Staff, people, transfer, unit_draft
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

HUGE = 10**19  # more than the ledger can hold


def wrong(number: str) -> str:
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def waiting(staff: Staff, walk: Walk) -> list[str]:
    return [row.name for row in staff.clerk.rosters.list_parked(walk.id)]


def two(staff: Staff, until: str) -> tuple[Walk, Walk]:
    """Cases of two units, of different people."""
    other = walked(staff, until, name="另一家(演示)", rows=people(10, women=2, start=50))
    return walked(staff, until), other


def store(staff: Staff, walk: Walk, rows: list[tuple[str, ...]]) -> None:
    staff.clerk.rosters.carry_out(walk.read(rows))


@pytest.mark.both_databases
def test_an_operation_with_other_particulars_is_refused_and_pays_nothing(staff: Staff) -> None:
    first, second = two(staff, "number")
    slip = staff.picture("回单.png")
    with operation(uid := new_uid()):
        staff.clerk.payments.record(first.id, transfer(50_000, 10, slip))
    for walk, fen in ((second, 50_000), (first, 40_000)):
        with operation(uid), refused(staff, "operation-reused"):
            staff.clerk.payments.record(walk.id, transfer(fen, 10, slip))


@pytest.mark.both_databases
def test_a_repeated_reading_of_a_file_counts_as_the_same_whatever_watches_it(staff: Staff) -> None:
    walk = Walk(staff).start()
    path = staff.roster(walk.rows)
    with operation(uid := new_uid()):
        first = staff.clerk.rosters.plan_file(walk.id, path, lambda *_: None)
    with operation(uid):
        assert staff.clerk.rosters.plan_file(walk.id, path, step=lambda *_: None) == first


@pytest.mark.both_databases
def test_a_bad_row_waits_once_however_often_its_file_is_read(staff: Staff) -> None:
    rows = people(4)
    rows[3] = (rows[3][0], rows[3][1], wrong(rows[3][2]), rows[3][3])
    walk = Walk(staff, at_work=4).start()
    for _ in range(3):
        store(staff, walk, rows)
    assert waiting(staff, walk) == [rows[3][1]]


@pytest.mark.both_databases
def test_a_namesake_on_the_list_does_not_take_a_waiting_row_away(staff: Staff) -> None:
    rows = people(4)
    rows[1] = (rows[1][0], rows[0][1], wrong(rows[1][2]), rows[1][3])  # two of one name
    walk = Walk(staff, at_work=4).start()
    store(staff, walk, rows)
    store(staff, walk, [rows[0], rows[2]])
    assert waiting(staff, walk) == [rows[0][1]]


@pytest.mark.both_databases
def test_a_row_whose_name_was_mended_no_longer_waits(staff: Staff) -> None:
    rows = people(4)
    walk = Walk(staff, at_work=4).start()
    store(staff, walk, [*rows[:3], (rows[3][0], "张三1", rows[3][2], rows[3][3])])
    assert waiting(staff, walk) == ["张三1"]
    store(staff, walk, [rows[3]])
    assert waiting(staff, walk) == []
    assert staff.clerk.enrolments.get(walk.id).people == 4


@pytest.mark.both_databases
def test_money_that_no_unit_pays_is_refused(staff: Staff) -> None:
    walk = walked(staff, "number")
    good = transfer(50_000, 10, None)
    for draft, code in (
        (replace(good, amount_fen=HUGE), "amount"),
        (replace(good, people=HUGE), "people"),
        (replace(good, paid_on=date(1, 1, 1)), "date"),
    ):
        with refused(staff, code):
            staff.clerk.payments.record(walk.id, draft)


@pytest.mark.both_databases
def test_no_money_is_added_to_a_case_the_province_has_confirmed(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    with refused(staff, "payment-confirmed"):
        walk.pay(5, None)
    staff.clerk.prints.issue(walk.id, "confirmation")


@pytest.mark.both_databases
def test_an_effective_date_of_other_years_is_refused(staff: Staff) -> None:
    walk = walked(staff, "paid")
    for on in (date(1900, 1, 1), date(9999, 6, 1), date(2030, 1, 1)):
        with refused(staff, "effective-date"):
            staff.reviewer.enrolments.set_effective(walk.id, on, "演示1号")


@pytest.mark.both_databases
def test_one_number_of_the_province_names_one_case(staff: Staff) -> None:
    first, second = two(staff, "approved")
    staff.clerk.business_numbers.enter(first.id, "hb7")
    with refused(staff, "business-number-taken") as caught:
        staff.clerk.business_numbers.enter(second.id, " HB7 ")
    assert first.name in caught.value.message
    with refused(staff, "business-number"):
        staff.clerk.business_numbers.enter(second.id, "9" * 500)


@pytest.mark.both_databases
def test_what_a_unit_reported_is_not_changed_after_the_review(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit", at_work=10).start()
    with refused(staff, "people"):
        staff.clerk.business_numbers.follow(walk.id, HUGE, 100, "HB1")
    with refused(staff, "amount"):
        staff.clerk.business_numbers.follow(walk.id, 10, HUGE, "HB1")
    staff.clerk.business_numbers.follow(walk.id, 10, 50_000, "HB1")
    walk.proof()
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    with refused(staff, "approved"):
        staff.clerk.business_numbers.follow(walk.id, 9, 45_000, "HB1")


@pytest.mark.both_databases
@pytest.mark.parametrize("lines", [[], people(2, start=90)])
def test_a_failure_list_that_names_nobody_here_takes_nobody_as_accepted(
    staff: Staff, lines: list[tuple[str, ...]]
) -> None:
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, staff.papers)
    path = staff.papers / "失败人员名单.csv"
    rows = [("姓名", "身份证号", "失败原因"), *((row[1], row[2], "重复") for row in lines)]
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8-sig")
    with refused(staff, "failures-of-nobody"):
        staff.clerk.submission_answers.read_failures(walk.id, path)
    assert staff.value("SELECT DISTINCT state_code FROM submission_record") == "exported"


@pytest.mark.both_databases
@pytest.mark.parametrize("accepted", [9, 11, 999_999, HUGE])
def test_an_acknowledgement_whose_people_do_not_add_up_is_refused(
    staff: Staff, accepted: int
) -> None:
    walk = walked(staff, "approved")
    submission = staff.clerk.submissions.export(walk.id, staff.papers).value
    package = staff.clerk.submissions.exported(submission).package_sha256
    path = staff.papers / "回执.json"
    write_acknowledgement(path, Acknowledgement(package, NOW, accepted))
    with refused(staff, "acknowledgement-counts"):
        staff.clerk.submission_answers.acknowledge(walk.id, path)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ["没有", "长" * 120])
def test_an_export_into_no_folder_is_told_so_without_blaming_the_data(
    staff: Staff, name: str
) -> None:
    walk = walked(staff, "approved")
    with refused(staff, "folder-missing"):
        staff.clerk.submissions.export(walk.id, staff.papers / name)


@pytest.mark.both_databases
def test_nothing_is_written_over_the_office_or_into_its_store(staff: Staff) -> None:
    walk = walked(staff, "approved")
    office = staff.desk.folder
    issued = staff.clerk.prints.issue(walk.id, "application").value
    (office / BACKUPS).mkdir(exist_ok=True)
    for folder in (office / ATTACHMENTS, office / BACKUPS):
        with refused(staff, "folder-of-office"):
            staff.clerk.submissions.export(walk.id, folder)
    with refused(staff, "folder-of-office"):
        staff.clerk.prints.save_pdf(issued, office / LEDGER)
    with refused(staff, "target-is-folder"):
        staff.clerk.prints.save_pdf(issued, staff.papers)
    with refused(staff, "folder-missing"):
        staff.clerk.prints.save_pdf(issued, staff.papers / "没有" / "申请书.pdf")


@pytest.mark.both_databases
def test_the_corrections_never_take_the_place_of_the_units_own_file(staff: Staff) -> None:
    path = staff.roster(people(3))
    before = path.read_bytes()
    with refused(staff, "target-is-source"):
        staff.clerk.rosters.save_corrections(path, Path(f"{path.parent}/./{path.name}"))
    assert path.read_bytes() == before


@pytest.mark.both_databases
def test_a_decision_has_a_day_and_an_amount_that_can_be(staff: Staff) -> None:
    draft = ClaimDraft("hospital", TODAY - timedelta(days=9), person_name="王某")
    with refused(staff, "amount"):
        staff.clerk.claims.register(replace(draft, claimed_fen=HUGE))
    claim = staff.clerk.claims.register(replace(draft, claimed_fen=100_000)).value
    for one in staff.clerk.claims.get(claim).papers:
        staff.clerk.claims.set_paper(claim, one.key, "kept")
    staff.clerk.claims.move_on(claim)
    staff.reviewer.claims.move_on(claim)
    staff.clerk.claims.move_on(claim)
    for fen, on, code in (
        (HUGE, TODAY, "amount"),
        (-1, TODAY, "amount"),
        (90_000, TODAY - timedelta(days=10), "date"),
        (90_000, TODAY + timedelta(days=1), "date"),
    ):
        with refused(staff, code):
            staff.clerk.claims.decide(claim, fen, on)
    staff.clerk.claims.decide(claim, 90_000, TODAY)
    staff.clerk.claims.move_on(claim)
    with refused(staff, "wrong-step") as caught:
        staff.clerk.claims.move_on(claim)
    assert caught.value.remedy == "没有要办的下一步。"


@pytest.mark.both_databases
def test_a_unit_does_not_take_the_name_of_another(staff: Staff) -> None:
    staff.clerk.units.register(unit_draft("甲厂(演示)"))
    other = staff.clerk.units.register(unit_draft("乙厂(演示)")).value
    with refused(staff, "unit-exists"):
        staff.clerk.units.edit(other, unit_draft("甲 厂(演示)"))
    staff.clerk.units.edit(other, unit_draft("乙 厂(演示)"))


BROKEN = ("某人\n", "某\r人", "某\t人", "某\x1b[31m人", "某\u2028人", "某\x85人")


@pytest.mark.both_databases
@pytest.mark.parametrize("name", BROKEN)
def test_a_name_is_one_line_without_unseen_characters(staff: Staff, name: str) -> None:
    draft = ClaimDraft("hospital", TODAY - timedelta(days=9), person_name=name)
    with refused(staff, "control-character") as caught:
        staff.clerk.claims.register(draft)
    assert caught.value.where == "person_name"
    assert name.strip() not in caught.value.message
    with refused(staff, "control-character"):
        staff.clerk.claims.register(replace(draft, person_name="某人", identity_no=name))
    for field in ("name", "area", "contact_name", "payer_name"):
        with refused(staff, "control-character") as caught:
            staff.clerk.units.register(replace(unit_draft(), **{field: name}))
        assert caught.value.where == field


@pytest.mark.both_databases
def test_the_payers_name_is_one_line(staff: Staff) -> None:
    walk = walked(staff, "approved")
    for field in ("payer_name", "payer_account", "slip_no"):
        with refused(staff, "control-character"):
            staff.clerk.payments.record(walk.id, transfer(40_000, 8, None, **{field: "某\n厂"}))


@pytest.mark.both_databases
def test_facts_that_no_event_has_register_no_claim(staff: Staff) -> None:
    draft = ClaimDraft("hospital", TODAY - timedelta(days=9), person_name="某人")
    twice = {"eligible_own_fen": 900_000, "fund_paid_fen": 900_000, "total_fen": 1_000_000}
    for facts in ({"eligible_own_fen": 10**11}, twice, {"days": 10**9}):
        with refused(staff, "fact-invalid"):
            staff.clerk.claims.register(replace(draft, facts=facts))
