"""Units, the scheme's figures, and how an office begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db.codes import Role
from desktop_app.errors import UserError
from desktop_app.services.offices.offices import NewUser, OfficeDraft, actor_of, check_office
from desktop_app.services.schemes.schemes import home_scheme_file
from desktop_app.services.units.unit_twins import KnownUnitError
from tests.services.desks import TODAY, USERS, YEAR, Staff, unit_draft
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

UNION = "81999999031971838U"
OFFICE = OfficeDraft("明山县总工会(演示)", "明山县")


def test_a_unit_waits_for_its_check_and_is_opened_or_returned(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft(payer_account="9999000011112222")).value
    view = staff.clerk.units.get(unit)
    assert (view.state, view.draft, view.enrolments) == (
        "registered", unit_draft(payer_account="9999000011112222"), (),
    )  # fmt: skip
    with refused(staff, "reason-missing"):
        staff.reviewer.units.return_(unit, " ")
    staff.reviewer.units.return_(unit, "证件不清")
    view = staff.clerk.units.get(unit)
    assert (view.state, view.returned_for) == ("returned", "证件不清")
    staff.reviewer.units.open(unit)
    view = staff.clerk.units.get(unit)
    assert (view.state, view.returned_for) == ("open", "")
    with refused(staff, "unit-open"):
        staff.reviewer.units.open(unit)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "  "}, "name-missing"),
        ({"kind": "circus"}, "kind-unknown"),
        ({"employer_code": "919999999999999999"}, "uscc"),
        ({"union_code": "81"}, "uscc"),
        ({"at_work": 5, "women": 6}, "women-too-many"),
        ({"invoice_code": "4210"}, "tax-number"),
        ({"invoice_title": "某县\n财政局"}, "control-character"),
    ],
)
def test_a_unit_that_cannot_be_is_not_registered(
    staff: Staff, changed: dict[str, object], code: str
) -> None:
    with refused(staff, code):
        staff.clerk.units.register(unit_draft(**changed))  # type: ignore[arg-type]


def test_a_name_is_registered_once_however_it_is_written(staff: Staff) -> None:
    staff.clerk.units.register(unit_draft("明山县水厂(演示)"))
    with refused(staff, "unit-exists"):
        staff.clerk.units.register(unit_draft("明山县水厂 (演示)"))


def known(caught: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert isinstance(caught.value, KnownUnitError)
    return [name for _id, name in caught.value.units]


def test_the_refusal_of_a_second_one_tells_which_is_there(staff: Staff) -> None:
    first = unit_draft("明山县水厂(演示)", union_code=UNION)
    unit = staff.clerk.units.register(first).value
    with refused(staff, "unit-exists") as caught:
        staff.clerk.units.register(unit_draft("明山县水厂 (演示)"), again=True)
    assert isinstance(caught.value, KnownUnitError)
    assert (caught.value.units, caught.value.where) == (((unit, first.name),), "name")
    other = unit_draft("明山县茶厂(演示)", union_code=UNION)
    with refused(staff, "unit-exists") as caught:
        staff.clerk.units.register(other, again=True)
    assert (known(caught), caught.value.where) == ([first.name], "union_code")
    assert first.name in caught.value.message
    second = staff.clerk.units.register(replace(other, union_code=None)).value
    with refused(staff, "unit-exists"):
        staff.clerk.units.edit(second, other)
    staff.clerk.units.edit(unit, replace(first, town="清溪镇"))


def test_a_similar_unit_is_asked_about_and_may_be_added_all_the_same(staff: Staff) -> None:
    name = "明山县青石茶业有限公司"
    staff.clerk.units.register(unit_draft(name))
    other = unit_draft("青石茶业公司")
    with refused(staff, "unit-similar") as caught:
        staff.clerk.units.register(other)
    assert (known(caught), caught.value.where) == ([name], "name")
    assert caught.value.message == f"已有相近的单位:“{name}”。"
    unit = staff.clerk.units.register(other, again=True).value
    assert staff.clerk.units.get(unit).draft.name == "青石茶业公司"


def test_an_employer_s_code_that_is_there_is_asked_about_for_unions_may_share_one(
    staff: Staff,
) -> None:
    names = [f"明山县{kind}厂(演示)" for kind in ("水", "茶", "纸", "砖")]
    code = unit_draft().employer_code
    for name in names:
        staff.clerk.units.register(unit_draft(name, employer_code=code), again=True)
    with refused(staff, "unit-similar") as caught:
        staff.clerk.units.register(unit_draft("明山县药厂(演示)", employer_code=code))
    assert (known(caught), caught.value.where) == (names[:3], "employer_code")
    assert caught.value.message.startswith("已有信用代码相同的单位:")
    assert caught.value.message.endswith("等4家。")


@pytest.mark.both_databases
def test_a_new_officer_is_a_new_row_and_the_old_one_stays_known(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    staff.clerk.units.edit(unit, unit_draft(contact_phone="19900001111"))
    assert staff.value("SELECT count(*) FROM unit_contact") == 1
    staff.clerk.units.edit(unit, unit_draft(contact_name=None))
    assert staff.value("SELECT count(*) FROM unit_contact") == 1
    staff.clerk.units.edit(unit, unit_draft(contact_name="新演示"))
    assert staff.clerk.units.get(unit).draft.contact_name == "新演示"
    assert staff.value("SELECT count(*) FROM unit_contact WHERE until_on IS NOT NULL") == 1


def test_certificates_are_kept_with_the_unit(staff: Staff) -> None:
    unit = staff.clerk.units.register(unit_draft()).value
    staff.clerk.units.attach_paper(unit, "code-certificate", staff.picture())
    papers = {paper.key: paper for paper in staff.clerk.units.get(unit).papers}
    assert papers["code-certificate"].state == "kept"
    assert papers["union-certificate"].state == "missing"
    with refused(staff, "paper-unknown"):
        staff.clerk.units.attach_paper(unit, "love-letter", staff.picture())
    with refused(staff, "unit-unknown"):
        staff.clerk.units.get(99)


def test_certificates_come_in_with_the_registration_or_nothing_does(staff: Staff) -> None:
    papers = (("code-certificate", staff.picture()), ("union-certificate", staff.picture("乙.png")))
    unit = staff.clerk.units.register(unit_draft(), papers).value
    assert [paper.state for paper in staff.clerk.units.get(unit).papers] == ["kept", "kept"]
    other = unit_draft("明山县演示茶厂(演示)", employer_code=None)
    text = staff.papers / "文字.txt"
    text.write_text("no picture", "utf-8")
    with refused(staff, "scan-not-readable"):
        staff.clerk.units.register(other, (papers[0], ("union-certificate", text)))
    with refused(staff, "paper-unknown"):
        staff.clerk.units.register(other, (("love-letter", staff.picture()),))
    with refused(staff, "unit-exists"):
        staff.clerk.units.register(unit_draft(), papers)


def test_units_are_listed_with_area_officer_and_where_their_case_stands(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    staff.clerk.units.register(
        unit_draft("无片区厂(演示)", area=None, contact_name=None, at_work=None, women=None)
    )
    staff.clerk.units.register(unit_draft("清溪厂(演示)", area="清溪片"))
    rows = {row.name: row for row in staff.clerk.units.list_units(YEAR)}
    one = rows[walk.name]
    assert (one.area, one.contact, one.step_label, one.people, one.due_fen) == (
        "城区片", "周演示", "待审核", 10, 50_000,
    )  # fmt: skip
    other = rows["无片区厂(演示)"]
    assert (other.area, other.contact, other.step_label, other.due_fen) == ("", "", "未报", None)
    assert staff.clerk.units.list_areas() == ("城区片", "清溪片")
    assert staff.clerk.units.get(walk.unit_id).enrolments[0].id == walk.id


def test_the_office_says_who_sits_at_which_desk(staff: Staff) -> None:
    view = staff.reviewer.office.view()
    assert (view.name, view.desk_letter, view.today, view.demo) == (OFFICE.name, "A", TODAY, True)
    assert (view.user.name, view.user.role) == ("张敏", "reviewer")


def test_figures_are_confirmed_with_the_document_they_stand_in(staff: Staff) -> None:
    path = "plans.hospital.fee_fen"
    staff.run("DELETE FROM scheme_figure")
    lines = {line.path: line for line in staff.clerk.schemes.list_figures()}
    assert (lines[path].value, lines[path].state) == (None, "to-confirm")
    for value, document, code in (
        (-1, "文件", "figure-value"),
        (5_000, " ", "document-missing"),
    ):
        with refused(staff, code):
            staff.head.schemes.confirm_figure(path, value, document)
    with refused(staff, "figure-unknown"):
        staff.head.schemes.confirm_figure("plans.hospital.colour", 1, "文件")
    staff.head.schemes.confirm_figure(path, 5_000, "演示文件1号")
    staff.head.schemes.confirm_figure(path, 6_000, "演示文件2号")
    lines = {line.path: line for line in staff.clerk.schemes.list_figures()}
    assert (lines[path].value, lines[path].state, lines[path].document_no) == (
        6_000, "demo", "演示文件2号",
    )  # fmt: skip
    staff.run("UPDATE office SET demo = :demo", demo=False)
    staff.head.schemes.confirm_figure(path, 7_000, "会办发〔2026〕1号")
    lines = {line.path: line for line in staff.clerk.schemes.list_figures()}
    assert lines[path].state == "confirmed"


def test_a_new_version_of_the_scheme_leaves_running_cases_on_theirs(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    staff.head.schemes.take_over(home_scheme_file())
    assert staff.value("SELECT max(version_no) FROM scheme_version") == 2
    assert staff.value("SELECT count(*) FROM plan") == 4
    walk.approved()
    assert staff.clerk.enrolments.get(walk.id).due_fen == 50_000


def test_plans_are_offered_with_fee_and_limit(staff: Staff) -> None:
    choices = {choice.key: choice for choice in staff.clerk.schemes.plan_choices()}
    assert (choices["hospital"].fee_fen, choices["hospital"].max_shares) == (5_000, 1)
    assert (choices["women"].holders, choices["hospital"].holders) == ("women", "all")
    rule = staff.clerk.schemes.participation()
    assert rule is not None
    assert rule.all_join_limit.value == 100


def test_a_scheme_that_is_none_is_not_taken_over(staff: Staff, tmp_path: Path) -> None:
    bad = tmp_path / "scheme.toml"
    bad.write_text('id = "x"', "utf-8")
    with refused(staff, "scheme-invalid"):
        staff.head.schemes.take_over(bad)


@pytest.mark.parametrize(
    ("draft", "users", "code"),
    [
        (replace(OFFICE, name=" "), USERS, "office-name"),
        (replace(OFFICE, county=""), USERS, "office-name"),
        (replace(OFFICE, name="某县\n总工会"), USERS, "control-character"),
        (replace(OFFICE, county="某\r县"), USERS, "control-character"),
        (OFFICE, (USERS[0], replace(USERS[2], login="a\nb")), "control-character"),
        (OFFICE, (USERS[0], replace(USERS[2], name="某\x00人")), "control-character"),
        (OFFICE, (USERS[0], USERS[0]), "login"),
        (OFFICE, (USERS[0], replace(USERS[2], login=" ")), "login"),
        (OFFICE, (USERS[2],), "two-people"),
        (OFFICE, USERS[:2], "two-people"),
        (OFFICE, (USERS[0], replace(USERS[2], password="short")), "password-short"),
    ],
)
def test_an_office_that_two_people_could_not_run_is_refused(
    draft: OfficeDraft, users: tuple[NewUser, ...], code: str
) -> None:
    with pytest.raises(UserError) as caught:
        check_office(draft, users)
    assert caught.value.code == code


def test_an_office_of_two_people_is_enough() -> None:
    check_office(OFFICE, (USERS[0], USERS[2]))


def test_one_whose_account_was_stopped_does_not_sign_in(staff: Staff) -> None:
    with staff.database.reading() as uow:
        assert actor_of(uow.session, "wangli").role is Role.CLERK
    staff.run("UPDATE app_user SET active = :no WHERE login = 'wangli'", no=False)
    for login in ("wangli", "nobody"):
        with staff.database.reading() as uow, pytest.raises(UserError) as caught:
            actor_of(uow.session, login)
        assert caught.value.code == "user-stopped"


def test_a_unit_without_an_open_case_of_the_year_is_not_reported(staff: Staff) -> None:
    Walk(staff).start()
    (row,) = staff.clerk.units.list_units(YEAR + 1)
    assert row.step_label == "未报"
