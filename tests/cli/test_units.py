"""A unit on the command line: returned, mended, and what it may begin."""

from __future__ import annotations

from tests.cli.desk import Person, told


def registered(clerk: Person) -> int:
    return int(
        clerk.does(
            "unit", "register", "--name", "甲演示学校(演示)", "--kind", "institution",
            "--at-work", 10, "--women", 5, "--contact-name", "王经办",
        )["unit"]["id"]
    )  # fmt: skip


def test_a_unit_is_returned_with_a_reason_mended_and_opened(clerk: Person, head: Person) -> None:
    unit = registered(clerk)
    returned = ("unit", "return", unit, "--reason", "缺法人证书")
    assert clerk.tries(*returned).error["code"] == "not-permitted"
    assert head.does(*returned)["unit"]["state"] == "returned"
    edited = clerk.does("unit", "edit", unit, "--at-work", 12, "--invoice-title", "甲学校")["unit"]
    draft = edited["draft"]
    assert (draft["at_work"], draft["women"], draft["contact_name"]) == (12, 5, "王经办")
    assert (draft["name"], draft["invoice_title"]) == ("甲演示学校(演示)", "甲学校")
    wrong = clerk.tries("unit", "edit", unit, "--employer-code", "123")
    assert wrong.code == 3
    assert head.does("unit", "open", unit)["unit"]["state"] == "open"


def test_what_a_unit_may_begin_is_told(clerk: Person, head: Person) -> None:
    unit = registered(clerk)
    assert clerk.does("unit", "offers", unit)["offers"]["start"] is False
    head.does("unit", "open", unit)
    offers = clerk.does("unit", "offers", unit)["offers"]
    assert (offers["start"], offers["renewal"], offers["addition"]) == (True, None, None)
    clerk.does("enrolment", "start", unit, "--plan", "hospital", "--at-work", 10, "--women", 5)
    said = told(*clerk.signs(), "unit", "offers", unit).out
    assert said.startswith("新建申请:不可以\n增加人员:2027年度的申请正在办理")
    assert clerk.tries("unit", "offers", 9_999).error["code"] == "unit-unknown"
