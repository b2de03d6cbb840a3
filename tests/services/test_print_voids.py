"""作废: a printed form leaves the way, its number and its reason stay."""

from __future__ import annotations

import pytest

from db.models.papers import IssuedForm
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.walks import walked


def kept(staff: Staff, issued: int) -> tuple[str, str | None]:
    with staff.database.reading() as uow:
        form = uow.session.get_one(IssuedForm, issued)
        return form.state_code, form.note


def line(staff: Staff, enrolment: int, key: str) -> tuple[int | None, bool]:
    forms = {form.key: form for form in staff.clerk.enrolments.get(enrolment).forms}
    return forms[key].issued_id, forms[key].stamped


def test_a_void_form_stays_with_its_reason_and_the_next_has_a_number_of_its_own(
    staff: Staff,
) -> None:
    walk = walked(staff, "approved")
    clerk = staff.clerk
    first = clerk.prints.issue(walk.id, "application").value
    clerk.prints.void(first, "盖错了章")
    assert kept(staff, first) == ("void", "盖错了章")
    assert line(staff, walk.id, "application") == (None, False)
    assert clerk.enrolments.history(walk.id)[-1].note == "SQ-A-2027-00001作废:盖错了章"
    second = clerk.prints.issue(walk.id, "application").value  # the same content
    assert clerk.prints.number_of(second) == "SQ-A-2027-00002"


def test_a_stamped_form_that_is_void_is_waited_for_again(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    issued, stamped = line(staff, walk.id, "confirmation")
    assert (issued is not None, stamped) == (True, True)
    assert issued is not None
    staff.clerk.prints.void(issued, "内容要改")
    case = staff.clerk.enrolments.get(walk.id)
    assert case.next_act == "print.confirmation"
    assert {form.key: form.again for form in case.forms if form.again} == {
        "confirmation": "需重新盖章"
    }
    again = staff.clerk.prints.issue(walk.id, "confirmation").value
    assert again != issued
    case = staff.clerk.enrolments.get(walk.id)
    assert case.next_act == "archive.receive"
    assert [lack.code for lack in case.missing] == ["not-stamped:confirmation"]


def test_what_needs_no_seal_is_only_printed_anew(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "payment-notice").value
    staff.clerk.prints.void(issued, "打错")
    forms = {form.key: form.again for form in staff.clerk.enrolments.get(walk.id).forms}
    assert forms["payment-notice"] == "需重新打印"
    staff.clerk.prints.issue(walk.id, "payment-notice")
    assert not any(form.again for form in staff.clerk.enrolments.get(walk.id).forms)


@pytest.mark.both_databases
def test_what_is_void_already_or_of_a_closed_case_is_refused(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "application").value
    with refused(staff, "reason-missing"):
        staff.clerk.prints.void(issued, " ")
    staff.clerk.prints.void(issued, "打错")
    with refused(staff, "form-not-valid"):
        staff.clerk.prints.void(issued, "打错")
    with refused(staff, "form-unknown"):
        staff.clerk.prints.void(999, "打错")


def test_a_form_of_no_case_is_void_by_itself(staff: Staff) -> None:
    issued = staff.clerk.forms.issue("field-sheet").value
    staff.clerk.prints.void(issued, "不用了")
    assert kept(staff, issued) == ("void", "不用了")


def test_a_corrected_number_takes_back_what_was_printed_with_the_old_one(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    before = staff.clerk.enrolments.get(walk.id)
    confirmation, _ = line(staff, walk.id, "confirmation")
    assert confirmation is not None
    number = staff.clerk.prints.number_of(confirmation)
    staff.clerk.business_numbers.correct(walk.id, "HB-9", "抄错")
    assert kept(staff, confirmation) == ("void", "抄错")
    after = staff.clerk.enrolments.get(walk.id)
    assert after.next_act == "print.confirmation"
    note = staff.clerk.enrolments.history(walk.id)[-1].note
    assert note.startswith(f"业务号由{before.business_no}改为HB-9:抄错(")
    assert number in note
    assert note.endswith("作废,须重新打印、盖章)")


def test_a_closed_file_keeps_what_was_printed_with_the_old_number(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    confirmation, _ = line(staff, walk.id, "confirmation")
    assert confirmation is not None
    staff.clerk.business_numbers.correct(walk.id, "HB-9", "抄错")
    assert kept(staff, confirmation)[0] == "valid"
    corrected, kept_papers = staff.clerk.enrolments.history(walk.id)[-2:]
    assert corrected.note.endswith("改为HB-9:抄错")
    assert kept_papers.note.startswith("《申请书》SQ-A-2027-00001内容已改:业务号;")
    assert kept_papers.note.endswith("(已归档的不换)")
