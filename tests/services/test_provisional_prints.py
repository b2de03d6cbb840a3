"""暂用: printed and numbered, marked on each page, and replaced by the final one."""

from __future__ import annotations

import pytest

from db.models.papers import IssuedForm
from tests.documents.test_printing import text_by_pypdf
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.walks import walked


@pytest.mark.both_databases
def test_a_provisional_print_is_marked_and_the_final_one_names_it(staff: Staff) -> None:
    walk = walked(staff, "approved")
    prints = staff.clerk.prints
    first = prints.issue_provisional(walk.id, "member-list").value
    assert "暂用" in text_by_pypdf(prints.read_pdf(first))[0]
    assert prints.issue_provisional(walk.id, "member-list").value == first
    (line,) = prints.list_provisional()
    assert (line.number, line.unit, line.enrolment_id) == ("MD-A-2027-00001", walk.name, walk.id)
    form = next(f for f in staff.clerk.enrolments.get(walk.id).forms if f.key == "member-list")
    assert (form.issued_id, form.provisional) == (None, "MD-A-2027-00001")
    final = prints.issue(walk.id, "member-list").value
    assert "暂用" not in text_by_pypdf(prints.read_pdf(final))[0]
    assert prints.list_provisional() == ()
    with staff.database.reading() as uow:
        old = uow.session.get_one(IssuedForm, first)
        new = uow.session.get_one(IssuedForm, final)
        assert (old.state_code, old.replaced_by_id) == ("replaced", final)
        assert (new.state_code, new.note) == ("valid", "代替暂用MD-A-2027-00001")
    history = [line.note for line in staff.clerk.enrolments.history(walk.id)]
    assert "MD-A-2027-00002代替暂用MD-A-2027-00001" in history
    with refused(staff, "final-printed"):
        prints.issue_provisional(walk.id, "member-list")


def test_a_provisional_print_is_no_stamped_paper_and_moves_no_case(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    step = walk.step
    for key in ("application", "member-list", "confirmation"):
        staff.clerk.prints.issue_provisional(walk.id, key)
    assert walk.step == step
    with refused(staff, "not-printed"):
        staff.clerk.archives.receive_stamped(walk.id, "confirmation")
    with refused(staff, "form-provisional"):
        staff.clerk.receptions.receive("QR-A-2027-00001")


def test_a_provisional_print_can_be_void(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue_provisional(walk.id, "application").value
    staff.clerk.prints.void(issued, "打错")
    assert staff.clerk.prints.list_provisional() == ()
    with refused(staff, "not-yet-printable"):
        staff.clerk.prints.issue_provisional(walk.id, "confirmation")
    with refused(staff, "form-unknown"):
        staff.clerk.prints.issue_provisional(walk.id, "letter")
