"""Forms beside the way of a case: whose they are, when they can be printed, what they say."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from desktop_app.documents.kinds import KINDS
from desktop_app.services.forms.forms import BUILDERS
from desktop_app.services.views.forms import OfferedForm
from tests.services.desks import Staff, unit_draft
from tests.services.refusals import refused
from tests.services.walks import walked


def printed(staff: Staff, form_key: str, of_id: int | None = None) -> str:
    """Issue it and read what stands on its pages."""
    issued = staff.clerk.forms.issue(form_key, of_id).value
    return text_of(staff, issued)


def text_of(staff: Staff, issued: int) -> str:
    pages = pypdf.PdfReader(io.BytesIO(staff.clerk.prints.read_pdf(issued))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def offer(staff: Staff, of: str, of_id: int | None, key: str) -> OfferedForm:
    return next(one for one in staff.clerk.forms.offered(((of, of_id),)) if one.key == key)


def unit(staff: Staff) -> int:
    return staff.clerk.units.register(unit_draft()).value


def test_every_further_form_can_be_made() -> None:
    assert set(BUILDERS) == {kind.key for kind in KINDS if kind.further}


def test_an_unknown_form_a_form_of_the_way_and_a_form_of_nobody_are_refused(staff: Staff) -> None:
    for key in ("diploma", "application"):
        with refused(staff, "form-unknown"):
            staff.clerk.forms.issue(key, 1)
    with refused(staff, "unit-unknown"):
        staff.clerk.forms.issue("field-sheet", 99)
    with pytest.raises(Exception, match="没有这张单据"):
        staff.clerk.forms.get(99)


def test_a_sheet_for_people_on_the_spot_is_of_a_unit_or_of_none(staff: Staff) -> None:
    of = unit(staff)
    text = printed(staff, "field-sheet", of)
    assert "入会现场登记表" in text
    assert f"单位名称{staff.clerk.units.get(of).draft.name}" in text
    assert "XC-A-2026-00001" in text
    blank = printed(staff, "field-sheet")
    assert "单位名称登记日期" in blank
    assert staff.value("SELECT count(*) FROM issued_form WHERE unit_id IS NULL") == 1


def test_the_same_sheet_is_given_again_with_its_copies(staff: Staff) -> None:
    of = unit(staff)
    first = staff.clerk.forms.issue("field-sheet", of).value
    staff.clerk.prints.record_copy(first, "first", "")
    assert staff.reviewer.forms.issue("field-sheet", of).value == first
    shown = staff.clerk.forms.get(first)
    assert (shown.label, shown.number, shown.copies) == ("入会现场登记表", "XC-A-2026-00001", 1)
    saved = staff.clerk.prints.save_in(first, staff.papers)
    assert saved.endswith(f"XC-A-2026-00001 {staff.clerk.units.get(of).draft.name}.pdf")
    blank = staff.clerk.forms.issue("field-sheet").value
    assert staff.clerk.prints.save_in(blank, staff.papers).endswith("XC-A-2026-00002.pdf")


def test_a_sheet_that_comes_back_needs_no_seal_of_a_case(staff: Staff) -> None:
    issued = staff.clerk.forms.issue("field-sheet", unit(staff)).value
    code = str(staff.value("SELECT code FROM issued_form WHERE id = :id", id=issued))
    assert re.fullmatch(r"U[0-9A-F]{8}/FS/1/[0-9A-F]{8}", code)
    with refused(staff, "no-seal") as caught:
        staff.clerk.receptions.receive(code)
    assert "入会现场登记表" in caught.value.message


def test_a_unit_offers_its_forms(staff: Staff) -> None:
    walk = walked(staff, "roster")
    found = offer(staff, "unit", walk.unit_id, "field-sheet")
    assert (found.label, found.of_id, found.why_not) == ("入会现场登记表", walk.unit_id, "")
