"""Printed forms: fixed once, the same bytes for ever; paper that comes back; the file closed."""

from __future__ import annotations

import re

import pytest

from desktop_app.documents.kinds import BY_KEY
from desktop_app.services.cases.form_rules import FORMS
from desktop_app.services.schemes.schemes import home_scheme_file
from desktop_app.services.views.papers import FormLine
from tests.services.desks import TODAY, Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.walks import STAMPED, Walk, walked

ALL_PLANS = (("hospital", 1), ("women", 1))


def number(staff: Staff, issued: int) -> str:
    return str(staff.value("SELECT number FROM issued_form WHERE id = :id", id=issued))


def paper(staff: Staff, walk: Walk, key: str) -> tuple[str, str]:
    found = {one.key: one for one in staff.clerk.enrolments.get(walk.id).papers}[key]
    return found.state, found.note


def test_the_same_content_is_the_same_form_and_uses_up_no_number(staff: Staff) -> None:
    walk = walked(staff, "approved")
    first = staff.clerk.prints.issue(walk.id, "application").value
    bytes_before = staff.clerk.prints.read_pdf(first)
    forms = staff.counts()["issued_form"]
    again = staff.reviewer.prints.issue(walk.id, "application").value
    assert again == first
    assert staff.counts()["issued_form"] == forms == 1
    assert staff.clerk.prints.read_pdf(again) == bytes_before
    assert staff.value("SELECT next_no FROM number_series WHERE series = 'SQ'") == 2
    assert staff.value("SELECT act FROM operation ORDER BY at DESC, id DESC LIMIT 1") == (
        "print.issue"
    )
    assert staff.head.audits.verify_chain().ok


def test_changed_content_is_a_new_form_that_replaces_the_old(staff: Staff) -> None:
    walk = walked(staff, "approved")
    first = staff.clerk.prints.issue(walk.id, "application").value
    kept = staff.clerk.prints.read_pdf(first)
    staff.clerk.units.edit(walk.unit_id, unit_draft(walk.name, town="新镇"))
    second = staff.clerk.prints.issue(walk.id, "application").value
    assert [number(staff, one) for one in (first, second)] == [
        "SQ-A-2027-00001", "SQ-A-2027-00002",
    ]  # fmt: skip
    row = "SELECT state_code || ' ' || replaced_by_id FROM issued_form WHERE id = :id"
    assert staff.value(row, id=first) == f"replaced {second}"
    assert staff.clerk.prints.read_pdf(first) == kept
    assert staff.clerk.prints.read_pdf(second) != kept
    line = next(f for f in staff.clerk.enrolments.get(walk.id).forms if f.key == "application")
    assert (line.issued_id, line.number) == (second, "SQ-A-2027-00002")


def test_what_was_printed_stays_though_the_unit_is_renamed(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "member-list").value
    kept = staff.clerk.prints.read_pdf(issued)
    staff.clerk.units.edit(walk.unit_id, unit_draft("改名后的厂(演示)"))
    assert staff.clerk.prints.read_pdf(issued) == kept
    assert b"%PDF" in kept[:8]


def test_every_form_of_a_case_prints_with_its_own_series(staff: Staff) -> None:
    walk = _confirmed(staff)
    numbers = [number(staff, staff.clerk.prints.issue(walk.id, key).value) for key in FORMS]
    assert numbers == [f"{BY_KEY[key].series}-A-2027-00001" for key in FORMS]
    pages = staff.clerk.prints.page_images(1, 40)
    assert pages[0][:4] == b"\x89PNG"


def _confirmed(staff: Staff) -> Walk:
    walk = Walk(staff, plans=ALL_PLANS).start()
    for step in (walk.roster, walk.submitted, walk.approved, walk.number):
        step()
    walk.pay(54_000, 10)
    walk.confirmed()
    return walk


def test_forms_wait_for_what_they_say(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    waits = {form.key: form.why_not for form in staff.clerk.enrolments.get(walk.id).forms}
    assert set(waits.values()) == {"审核通过后才能打印。"}
    for key in FORMS:
        with refused(staff, "not-yet-printable"):
            staff.clerk.prints.issue(walk.id, key)
    walk.approved()
    walk.number()
    walk.paid()
    for key in ("confirmation", "archive-list"):
        with refused(staff, "not-yet-printable") as caught:
            staff.clerk.prints.issue(walk.id, key)
        assert caught.value.message == "省办确认到账后才能打印。"
    walk.confirmed()
    assert all(form.may_print for form in staff.clerk.enrolments.get(walk.id).forms)


def test_a_confirmation_without_an_effective_date_is_not_printed(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    staff.run("UPDATE enrolment SET effective_on = NULL")
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.prints.issue(walk.id, "confirmation")
    assert caught.value.message == "登记生效日后才能打印。"


def test_an_unknown_form_is_said_to_be_unknown(staff: Staff) -> None:
    walk = walked(staff, "approved")
    with refused(staff, "form-unknown"):
        staff.clerk.prints.issue(walk.id, "diploma")
    with refused(staff, "form-unknown"):
        staff.clerk.prints.read_pdf(99)


def test_a_second_copy_asks_for_its_reason(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "application").value
    assert staff.clerk.prints.record_copy(issued, "first", "演示打印机").value == 1
    with refused(staff, "reason-missing"):
        staff.clerk.prints.record_copy(issued, "first", "演示打印机")
    assert staff.clerk.prints.record_copy(issued, "spoilt", "").value == 2
    line = next(f for f in staff.clerk.enrolments.get(walk.id).forms if f.key == "application")
    assert line.copies == 2
    with refused(staff, "form-unknown"):
        staff.clerk.prints.record_copy(99, "first", "")


def test_a_form_is_saved_as_it_was_issued(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "application").value
    target = staff.papers / "申请书.pdf"
    assert staff.clerk.prints.save_pdf(issued, target) == str(target)
    assert target.read_bytes() == staff.clerk.prints.read_pdf(issued)


def test_stamped_papers_come_back_one_by_one(staff: Staff) -> None:
    walk = walked(staff, "printed")
    scan = staff.papers / "盖章件.pdf"
    issued = {form.key: form.issued_id for form in staff.clerk.enrolments.get(walk.id).forms}
    staff.clerk.prints.save_pdf(issued["application"] or 0, scan)
    assert staff.clerk.archives.receive_stamped(walk.id, "application", scan).value == 1
    assert paper(staff, walk, "application") == ("stamped", "1页")
    assert staff.value("SELECT count(*) FROM scanned_page") == 1
    staff.clerk.archives.receive_stamped(walk.id, "member-list")
    assert walk.step == "seal"
    staff.clerk.archives.receive_stamped(walk.id, "confirmation")
    assert walk.step == "archive"
    stamped = {form.key for form in staff.clerk.enrolments.get(walk.id).forms if form.stamped}
    assert stamped == set(STAMPED)


def test_papers_stamped_on_the_spot_count_later(staff: Staff) -> None:
    """Out in the field the list is stamped before the money comes."""
    walk = walked(staff, "approved")
    for form in ("application", "member-list"):
        staff.clerk.prints.issue(walk.id, form)
        staff.clerk.archives.receive_stamped(walk.id, form)
    assert walk.step == "entry"
    walk.number()
    walk.paid()
    walk.confirmed()
    staff.clerk.prints.issue(walk.id, "confirmation")
    staff.clerk.archives.receive_stamped(walk.id, "confirmation")
    assert walk.step == "archive"


def test_a_stamped_paper_is_not_replaced_by_printing_again(staff: Staff) -> None:
    """Its coverage sentence changes with the effective date, but the stamped one is filed."""
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "application").value
    staff.clerk.archives.receive_stamped(walk.id, "application")
    walk.number()
    walk.paid()
    walk.confirmed()
    assert staff.clerk.prints.issue(walk.id, "application").value == issued
    assert paper(staff, walk, "application")[0] == "stamped"


def test_only_printed_papers_with_a_seal_come_back(staff: Staff) -> None:
    walk = walked(staff, "approved")
    with refused(staff, "not-printed"):
        staff.clerk.archives.receive_stamped(walk.id, "application")
    with refused(staff, "no-seal"):
        staff.clerk.archives.receive_stamped(walk.id, "bank-slip")
    with refused(staff, "paper-unknown"):
        staff.clerk.archives.receive_stamped(walk.id, "diploma")


@pytest.mark.both_databases
def test_papers_the_unit_printed_itself_come_back_without_a_number(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    assert staff.clerk.archives.receive_stamped(walk.id, "application").value == 1
    scan = staff.picture("盖章件.png")
    assert staff.clerk.archives.receive_stamped(walk.id, "member-list", scan).value == 1
    assert paper(staff, walk, "member-list") == ("stamped", "1页")


def test_a_receipt_is_recorded_once_and_with_the_amount_due(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    clerk = staff.clerk
    with refused(staff, "receipt-number"):
        clerk.archives.record_receipt(walk.id, " ", TODAY, 50_000)
    with refused(staff, "receipt-amount"):
        clerk.archives.record_receipt(walk.id, "演示1", TODAY, 49_999)
    clerk.archives.record_receipt(walk.id, " 演示1 ", TODAY, 50_000, staff.picture("票据.png"))
    assert paper(staff, walk, "dues-receipt") == ("kept", "1页")
    with refused(staff, "receipt-recorded"):
        clerk.archives.record_receipt(walk.id, "演示2", TODAY, 50_000)
    with refused(staff, "receipt-exists"):
        clerk.archives.record_receipt(walk.id, "演示1", TODAY, 50_000)


@pytest.mark.parametrize("until", ["approved", "number", "paid"])
def test_a_receipt_is_not_recorded_before_the_money_is_confirmed(staff: Staff, until: str) -> None:
    walk = walked(staff, until)
    with refused(staff, "receipt-early") as caught:
        staff.clerk.archives.record_receipt(walk.id, "演示1", TODAY, 50_000)
    assert caught.value.message == "这份申请的钱还没有确认到账,不能登记会费票据。"
    assert caught.value.remedy == "请等省办确认到账以后再登记。"


def test_a_file_is_closed_only_when_it_is_complete(staff: Staff) -> None:
    walk = walked(staff, "printed")
    with refused(staff, "wrong-step"):
        staff.clerk.archives.finish(walk.id)
    walk.stamped()
    with refused(staff, "receipt-missing"):
        staff.clerk.archives.finish(walk.id)
    staff.run("UPDATE enrolment_paper SET state_code = 'missing' WHERE paper_key = 'confirmation'")
    with refused(staff, "not-stamped:confirmation"):
        staff.clerk.archives.finish(walk.id)
    staff.clerk.archives.receive_stamped(walk.id, "confirmation")
    assert walk.finished() == "DA-A-2027-00001"
    titles = "SELECT count(*) FROM archive_item"
    assert staff.value(titles) == 5
    assert staff.value("SELECT closed_by FROM archive_file") is not None


@pytest.mark.parametrize("key", ["insurance-proof", "application", "dues-receipt"])
def test_each_paper_of_the_checklist_says_where_it_stands(staff: Staff, key: str) -> None:
    walk = walked(staff, "roster")
    lines = {line.key: line for line in staff.clerk.enrolments.get(walk.id).papers}
    assert lines[key].state == "missing"
    assert lines[key].state_label
    assert "over-age-proof" not in lines


def forms_of(staff: Staff, walk: Walk) -> tuple[FormLine, ...]:
    return staff.clerk.enrolments.get(walk.id).forms


def test_a_scheme_without_an_account_prints_no_payment_notice(staff: Staff) -> None:
    whole = home_scheme_file().read_text("utf-8")
    without = staff.papers / "scheme.toml"
    without.write_text(re.sub(r"\[payee\].*?(?=\n\[)", "", whole, flags=re.S), "utf-8")
    staff.head.schemes.take_over(without)
    staff.head.schemes.confirm_figure("plans.hospital.fee_fen", 5_000, "演示")
    walk = walked(staff, "approved")
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.prints.issue(walk.id, "payment-notice")
    told = {form.key: (form.why_not, form.remedy) for form in forms_of(staff, walk)}
    assert told["payment-notice"] == (caught.value.message, caught.value.remedy)
    assert "添上收款账户" in caught.value.remedy
    assert told["confirmation"] == ("省办确认到账后才能打印。", "")  # the next steps bring it
    assert staff.clerk.prints.issue(walk.id, "application").value


def test_the_source_of_the_money_stays_as_told_while_the_sum_is_the_same(staff: Staff) -> None:
    walk = walked(staff, "roster")
    assert staff.value("SELECT channel_code FROM funding_part") == "unstated"
    staff.run("UPDATE funding_part SET channel_code = 'union-funds'")
    walk.submitted()
    walk.approved()
    assert staff.value("SELECT channel_code FROM funding_part") == "union-funds"
    assert staff.value("SELECT sum(fen) FROM funding_part") == walk.due_fen


def test_a_scan_that_lacks_pages_is_not_the_form_come_back(staff: Staff) -> None:
    walk = walked(staff, "confirmed", rows=people(60), at_work=60, women=0)
    staff.clerk.prints.issue(walk.id, "application")
    staff.clerk.prints.issue(walk.id, "member-list")
    with refused(staff, "pages-missing"):
        staff.clerk.archives.receive_stamped(walk.id, "member-list", staff.picture("第一页.png"))
    whole = staff.papers / "会员名单.pdf"
    forms = staff.clerk.enrolments.get(walk.id).forms
    issued = next(form.issued_id for form in forms if form.key == "member-list")
    staff.clerk.prints.save_pdf(issued or 0, whole)
    assert staff.clerk.archives.receive_stamped(walk.id, "member-list", whole).value >= 2
