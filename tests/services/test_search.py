"""The box on top: found in the row."""

from __future__ import annotations

import pytest

from desktop_app.services.drafts import ClaimDraft
from tests.services.desks import LATE, TODAY, Staff, people, unit_draft
from tests.services.walks import Walk, walked


def found(staff: Staff, words: str, limit: int = 50) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in staff.clerk.search.find(words, limit)]


@pytest.mark.both_databases
def test_a_person_is_found_by_tail_head_name_and_initials(staff: Staff) -> None:
    walked(staff, rows=people(10, women=2))
    name, identity, phone = people(10, women=2)[4][1:]
    title = f"{name} ****{identity[-4:]}"
    assert ("member", title) in found(staff, identity[-4:])
    for words in (identity, identity[:-1], phone, name):
        assert found(staff, words)[0] == ("member", title), words
    letters = str(staff.value("SELECT initials FROM member WHERE name = :name", name=name))
    assert ("member", title) in found(staff, letters.upper())
    assert ("member", title) in found(staff, name[0])


def test_a_tail_with_a_check_letter_is_found(staff: Staff) -> None:
    rows = people(40)
    walk = Walk(staff, rows=rows, at_work=40).start()
    walk.roster()
    lettered = next(row for row in rows if row[2].endswith("X"))
    assert ("member", f"{lettered[1]} ****{lettered[2][-4:]}") in found(
        staff, lettered[2][-4:].lower()
    )


def test_units_come_first_then_numbers_then_people(staff: Staff) -> None:
    walk = walked(staff, "number", name="张家坝小学")
    hits = staff.clerk.search.find("张")
    assert [hit.kind for hit in hits][:2] == ["unit", "member"]
    assert (hits[0].title, hits[0].detail) == ("张家坝小学", "在职10人")
    assert found(staff, "zjb") == [("unit", "张家坝小学")]
    assert found(staff, "家坝") == [("unit", "张家坝小学")]
    (number,) = staff.clerk.search.find("hb0000")
    assert (number.kind, number.enrolment_id, number.detail) == (
        "enrolment", walk.id, "张家坝小学 2027年度",
    )  # fmt: skip


@pytest.mark.both_databases
def test_a_unit_is_found_by_its_codes_its_contact_and_who_pays(staff: Staff) -> None:
    draft = unit_draft(
        "张家坝小学",
        union_code="81990000MC0123456K",
        payer_name="明山县教育局(演示)",
        payer_account="6222000011112222333",
    )
    unit = staff.clerk.units.register(draft).value

    def told(words: str) -> list[tuple[int | None, str]]:
        return [(hit.unit_id, hit.detail) for hit in staff.clerk.search.find(words)]

    code = draft.employer_code or ""
    assert told(code.lower()) == [(unit, f"统一社会信用代码 {code}")]
    assert told("81990000") == [(unit, "工会代码 81990000MC0123456K")]
    assert told("6222000011112222333") == [(unit, "缴费账号 6222000011112222333")]
    assert told("教育局") == [(unit, "由明山县教育局(演示)缴费")]
    for words in ("周演示", "周", "19900009999", "9999"):
        assert told(words) == [(unit, "联系人周演示 19900009999")], words
    assert told("999") == []
    assert told("819900") == []  # too short to be a code: anybody's digits
    assert told("张家坝") == [(unit, "在职10人")]


def test_contacts_leave_room_for_people_and_people_for_contacts(staff: Staff) -> None:
    rows = people(8)
    walked(staff, rows=[(at, f"周演示{name[-1]}", *rest) for at, name, *rest in rows])
    assert [kind for kind, _title in found(staff, "周演示", 5)] == ["member"] * 4 + ["unit"]


def test_no_more_is_answered_than_asked_for(staff: Staff) -> None:
    walked(staff, "number", name="张家坝小学", rows=people(10, women=2))
    assert len(found(staff, "1990", 3)) == 3
    assert [kind for kind, _title in found(staff, "张", 1)] == ["unit"]
    assert found(staff, " ") == []
    assert found(staff, "没有这个") == []


def test_the_row_answers_what_is_asked_on_the_phone(staff: Staff) -> None:
    walk = Walk(staff, plans=(("hospital", 1), ("women", 1))).start()
    walk.roster()
    tail = walk.rows[0][2][-6:]

    def detail() -> str:
        return staff.clerk.search.find(tail)[0].detail

    unit = "明山县演示水厂(演示)"
    assert detail() == f"{unit} · 住院医疗、女职工特殊疾病 · 未保障 · 未缴"
    for step in (walk.submitted, walk.approved, walk.number):
        step()
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    period = "2026年12月1日至2027年11月30日"
    assert detail().endswith(f" · {period} · 未缴")
    walk.pay(54_000, 10)
    staff.reviewer.payments.confirm(walk.id, TODAY)
    member = staff.clerk.search.find(tail)[0].id
    staff.clerk.claims.register(ClaimDraft("hospital", TODAY, member))
    assert detail() == f"{unit} · 住院医疗、女职工特殊疾病 · {period} · 已缴 · 申领1件"


def test_a_person_of_no_unit_is_found_too(staff: Staff) -> None:
    walked(staff)
    staff.run("DELETE FROM enrollee")
    hit = staff.clerk.search.find(people(1, women=1)[0][1])[0]
    assert (hit.detail, hit.unit_id) == ("无单位 · 未保障", None)


def test_without_a_set_year_the_drive_follows_the_calendar(staff: Staff) -> None:
    staff.run("DELETE FROM office_setting")
    assert staff.clerk.schemes.current_year() == 2027
    staff.clock.at = LATE
    assert staff.clerk.schemes.current_year() == 2027
    staff.head.schemes.set_year(2031)
    assert staff.clerk.schemes.current_year() == 2031
