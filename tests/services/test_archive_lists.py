"""档案移交清单: both sides sign it, so it lists what the case really holds."""

from __future__ import annotations

import json
from typing import Any

from tests.services.desks import TODAY, Staff
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

PROOF = ("湖北省社会保险缴纳证明(单位专用)", "复印件", 1, 1, "", "")


def handed(staff: Staff, walk: Walk) -> dict[str, Any]:
    """What the list says that is printed now."""
    issued = staff.clerk.prints.issue(walk.id, "archive-list").value
    found = staff.value("SELECT content FROM issued_form WHERE id = :id", id=issued)
    said: dict[str, Any] = json.loads(found) if isinstance(found, str) else found  # type: ignore[assignment]
    return said


def lines(staff: Staff, walk: Walk) -> list[tuple[Any, ...]]:
    names = ("name", "medium", "copies", "pages", "number", "remark")
    return [tuple(paper[name] for name in names) for paper in handed(staff, walk)["papers"]]


def test_forms_that_were_only_printed_are_not_handed_over(staff: Staff) -> None:
    walk = walked(staff, "printed")
    assert lines(staff, walk) == [PROOF]


def test_a_stamped_paper_is_the_original_with_its_number_and_pages(staff: Staff) -> None:
    walk = walked(staff, "printed")
    staff.clerk.archives.receive_stamped(walk.id, "member-list")
    number = staff.value("SELECT number FROM issued_form WHERE form_key = 'member-list'")
    assert lines(staff, walk) == [PROOF, ("会员名单", "原件", 1, 1, number, "已盖章")]


def test_a_receipt_is_listed_while_it_counts_with_the_copy_that_is_kept(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    receipt = "社会团体会费统一票据"
    record = staff.clerk.archives.record_receipt
    record(walk.id, "00001234", TODAY, walk.due_fen)
    assert lines(staff, walk) == [PROOF, (receipt, "", None, None, "00001234", "号码已登记")]
    staff.clerk.archives.void_receipt(walk.id, "打错")
    assert lines(staff, walk) == [PROOF]
    record(walk.id, "00001235", TODAY, walk.due_fen, staff.picture("电子票.png"))
    assert lines(staff, walk) == [PROOF, (receipt, "复印件", 1, 1, "00001235", "")]


def test_the_copy_of_a_receipt_that_was_taken_back_is_not_the_new_ones(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    record = staff.clerk.archives.record_receipt
    record(walk.id, "00001234", TODAY, walk.due_fen, staff.picture("旧票.png"))
    staff.run("UPDATE dues_receipt SET state_code = 'void'")
    assert lines(staff, walk) == [PROOF]
    record(walk.id, "00001235", TODAY, walk.due_fen)
    assert lines(staff, walk)[1][1:] == ("", None, None, "00001235", "号码已登记")


def test_the_list_bears_the_number_of_the_file_once_there_is_one(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    assert handed(staff, walk)["archive_no"] == ""
    number = walk.finished()
    assert handed(staff, walk)["archive_no"] == number
    assert staff.value(
        "SELECT count(*) FROM issued_form WHERE form_key = 'archive-list' AND state_code = 'valid'"
    ) == 1  # fmt: skip


def test_with_nothing_received_there_is_nothing_to_hand_over(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    staff.run("UPDATE enrolment_paper SET state_code = 'missing' WHERE paper_key <> 'bank-slip'")
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.prints.issue(walk.id, "archive-list")
    assert caught.value.message == "还没有收到资料,没有可移交的。"
    forms = staff.clerk.enrolments.get(walk.id).forms
    assert not next(form for form in forms if form.key == "archive-list").may_print
