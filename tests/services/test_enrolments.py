"""An application from its start to 办结: every step in order, every refusal with nothing stored."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from desktop_app.domain.identity import identity_18
from desktop_app.services.cases.enrolment_views import participation_text
from desktop_app.services.versions.scheme_texts import scheme_in_force
from tests.services.desks import TODAY, YEAR, Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.scheme_desks import newest_version
from tests.services.walks import STAMPED, STEPS, Walk, walked

NEXT_ACT = {
    "roster": "enrolment.submit",
    "submitted": "enrolment.approve",
    "approved": "enrolment.enter-number",
    "number": "payment.record",
    "paid": "payment.confirm",
    "confirmed": "print.confirmation",
    "printed": "archive.receive",
    "stamped": "archive.finish",
}
WORDS = [
    "草稿", "草稿", "待审核", "已审核", "待缴费", "已缴费", "省办确认到账", "确认书已打印",
    "盖章件已收回", "盖章件已收回",
]  # fmt: skip


def open_figures(staff: Staff) -> None:
    """Put the office on a new version of its scheme, none of whose figures is confirmed."""
    staff.run("DELETE FROM scheme_figure")  # a version taken over carries what was confirmed


def by_unit(staff: Staff, at_work: int, joining: int) -> Walk:
    """A case of which only people, money and number are known."""
    walk = Walk(staff, at_work=at_work, women=None, handling="by-unit").start()
    staff.clerk.business_numbers.follow(walk.id, joining, joining * 5_000, "hb1")
    return walk


def test_a_case_takes_every_step_in_order(staff: Staff) -> None:
    walk = Walk(staff).start()
    seen = []
    for step in STEPS:
        getattr(walk, step)()
        view = staff.clerk.enrolments.get(walk.id)
        seen.append((view.next_act, view.next_label != "", view.missing))
    assert [act for act, _label, _missing in seen] == [NEXT_ACT[step] for step in STEPS]
    number = walk.finished()
    assert number == "DA-A-2027-00001"
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.state, view.step_label, view.next_label, view.next_act) == (
        "finished", "办结", "", "",
    )  # fmt: skip
    assert {step.state for step in view.steps} == {"done"}
    history = staff.clerk.enrolments.history(walk.id)
    moves = [line for line in history if not line.note]
    assert [line.what for line in moves] == WORDS[1:]
    assert [line.who for line in moves][:3] == ["王丽", "王丽", "张敏"]
    assert [line.note for line in history if line.note] == [
        f"存入名单《{walk.name}.csv》10人", "登记缴费500.00元、10人",
    ]  # fmt: skip


def test_a_finished_case_takes_no_further_step(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    clerk = staff.clerk
    for again in (
        clerk.enrolments.submit,
        staff.reviewer.enrolments.approve,
        clerk.archives.finish,
    ):
        with refused(staff, "case-closed"):
            again(walk.id)
    with refused(staff, "case-closed"):
        walk.number()


def test_steps_cannot_be_taken_out_of_order(staff: Staff) -> None:
    walk = walked(staff, "roster")
    with refused(staff, "wrong-step") as caught:
        staff.reviewer.enrolments.approve(walk.id)
    assert "草稿" in caught.value.message
    assert "提交审核" in caught.value.remedy
    with refused(staff, "wrong-step"):
        staff.clerk.business_numbers.enter(walk.id, "HB1")
    with refused(staff, "wrong-step"):
        staff.clerk.payments.confirm(walk.id, TODAY)
    with refused(staff, "wrong-step"):
        staff.clerk.archives.finish(walk.id)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"plans": ()}, "plans"),
        ({"plans": (("hospital", 1), ("hospital", 1))}, "plans"),
        ({"plans": (("hospital", 2),)}, "shares"),
        ({"plans": (("hospital", 0),)}, "shares"),
        ({"plans": (("holiday", 1),)}, "plan-unknown"),
        ({"at_work": 0}, "at-work"),
        ({"women": 11}, "at-work"),
        ({"women": -1}, "at-work"),
    ],
)
def test_an_application_that_cannot_be_is_not_started(
    staff: Staff, changed: dict[str, object], code: str
) -> None:
    walk = Walk(staff, **changed)  # type: ignore[arg-type]
    walk.unit_id = staff.clerk.units.register(unit_draft()).value
    staff.reviewer.units.open(walk.unit_id)
    with refused(staff, code):
        walk.start()


def test_a_unit_that_is_not_open_cannot_apply(staff: Staff) -> None:
    walk = Walk(staff, unit_id=staff.clerk.units.register(unit_draft()).value)
    with refused(staff, "unit-not-open"):
        walk.start()
    walk.unit_id = 999
    with refused(staff, "unit-unknown"):
        walk.start()


def test_a_unit_has_one_open_application_a_year(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    with refused(staff, "enrolment-open"):
        walk.start()
    staff.head.schemes.set_year(YEAR + 1)
    before = walk.id
    assert walk.start().id != before


def test_an_unknown_application_is_said_to_be_unknown(staff: Staff) -> None:
    with refused(staff, "enrolment-unknown"):
        staff.clerk.enrolments.submit(999)


def test_an_empty_list_is_not_submitted(staff: Staff) -> None:
    walk = Walk(staff).start()
    walk.proof()
    with refused(staff, "people-missing"):
        staff.clerk.enrolments.submit(walk.id)


def test_a_list_of_more_people_than_work_there_is_not_submitted(staff: Staff) -> None:
    walk = Walk(staff, at_work=9).start()
    walk.roster()
    walk.proof()
    with refused(staff, "at-work-too-low"):
        staff.clerk.enrolments.submit(walk.id)


def test_a_case_without_its_insurance_proof_is_not_submitted(staff: Staff) -> None:
    walk = walked(staff, "roster")
    with refused(staff, "paper-missing:insurance-proof"):
        staff.clerk.enrolments.submit(walk.id)


@pytest.mark.both_databases
def test_a_unit_without_any_code_lacks_its_invoice_particulars(staff: Staff) -> None:
    walk = walked(staff, "roster")
    walk.proof()
    staff.clerk.units.edit(walk.unit_id, unit_draft(walk.name, employer_code=None))
    with refused(staff, "invoice-missing"):
        staff.clerk.enrolments.submit(walk.id)


@pytest.mark.both_databases
def test_a_tax_number_alone_is_enough_to_make_the_receipt_out(staff: Staff) -> None:
    walk = walked(staff, "roster")
    walk.proof()
    particulars = {"invoice_title": "明山县财政局(演示)", "invoice_code": "421022199901011"}
    staff.clerk.units.edit(walk.unit_id, unit_draft(walk.name, employer_code=None, **particulars))
    told = "抬头 明山县财政局(演示) · 税号 421022199901011"
    assert staff.clerk.enrolments.get(walk.id).invoice == told
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    entry = staff.clerk.exchanges.entry(walk.id)[0]
    values = {one.label: one.value for one in entry.fields}
    assert values["票据抬头"] == particulars["invoice_title"]
    assert values["票据信用代码"] == particulars["invoice_code"]
    issued = staff.clerk.prints.issue(walk.id, "application").value
    text = PdfReader(io.BytesIO(staff.clerk.prints.read_pdf(issued))).pages[0].extract_text()
    assert particulars["invoice_code"] in text.replace(" ", "")


def test_people_over_sixty_need_their_proof(staff: Staff) -> None:
    old = ("10", "欧演示", identity_18("99999919650506001"), "19900008888")
    walk = Walk(staff, rows=[*people(9), old]).start()
    walk.roster()
    walk.proof()
    with refused(staff, "paper-missing:over-age-proof"):
        staff.clerk.enrolments.submit(walk.id)
    papers = staff.clerk.enrolments.get(walk.id).papers
    assert "over-age-proof" in {paper.key for paper in papers}
    staff.clerk.enrolments.attach_paper(walk.id, "over-age-proof", staff.picture())
    staff.clerk.enrolments.submit(walk.id)
    assert walk.step == "review"


@pytest.mark.parametrize(
    ("at_work", "joining", "enough"),
    [
        (99, 98, False),
        (99, 99, True),
        (100, 99, False),
        (100, 100, True),
        (101, 80, False),
        (101, 81, True),
        (105, 83, False),
        (105, 84, True),
        (500, 399, False),
        (500, 400, True),
    ],
)
def test_enough_of_the_workers_must_join(
    staff: Staff, at_work: int, joining: int, enough: bool
) -> None:
    walk = by_unit(staff, at_work, joining)
    if enough:
        staff.clerk.enrolments.submit(walk.id)
        assert walk.step == "review"
        return
    with refused(staff, "participation-too-low") as caught:
        staff.clerk.enrolments.submit(walk.id)
    assert "还差1人" in caught.value.message


def test_the_page_says_how_many_must_join(staff: Staff) -> None:
    small, large = by_unit(staff, 100, 99), Walk(staff, name="大厂(演示)")
    large.at_work, large.women, large.handling = 107, None, "by-unit"
    staff.clerk.business_numbers.follow(large.start().id, 86, 0, "")
    texts = [staff.clerk.enrolments.get(walk.id).participation for walk in (small, large)]
    assert texts == [
        "在职100人,应不少于100人(全员):还差1人",
        "在职107人,应不少于86人(80%):已够",
    ]


def test_approval_is_by_another_person(staff: Staff) -> None:
    walk = walked(staff, "roster")
    walk.proof()
    staff.reviewer.enrolments.submit(walk.id)
    with refused(staff, "same-person"):
        staff.reviewer.enrolments.approve(walk.id)
    staff.head.enrolments.approve(walk.id)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.submitted_by) == ("entry", "张敏")


def test_a_returned_case_goes_back_with_its_history(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    with refused(staff, "reason-missing"):
        staff.reviewer.enrolments.return_(walk.id, "  ")
    staff.reviewer.enrolments.return_(walk.id, "名单漏了1人")
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.state, view.step_key, view.step_label) == ("returned", "roster", "退回")
    assert (view.returned_for, view.people) == ("名单漏了1人", 10)
    with refused(staff, "wrong-step"):
        staff.reviewer.enrolments.return_(walk.id, "再退一次")
    walk.submitted()
    walk.approved()
    lines = [(line.what, line.note) for line in staff.clerk.enrolments.history(walk.id)]
    assert lines == [
        ("草稿", ""), ("草稿", f"存入名单《{walk.name}.csv》10人"), ("待审核", ""),
        ("草稿", "名单漏了1人"), ("待审核", ""), ("已审核", ""),
    ]  # fmt: skip
    assert staff.clerk.enrolments.get(walk.id).returned_for == ""


@pytest.mark.both_databases
def test_the_same_person_may_review_the_second_submission_of_another(staff: Staff) -> None:
    """Who submitted last counts, not who did before a return."""
    walk = walked(staff, "roster")
    walk.proof()
    staff.reviewer.enrolments.submit(walk.id)
    staff.head.enrolments.return_(walk.id, "请改")
    staff.clerk.enrolments.submit(walk.id)
    staff.reviewer.enrolments.approve(walk.id)
    assert walk.step == "entry"


def test_a_figure_to_confirm_stops_approval_forms_and_exports(staff: Staff) -> None:
    open_figures(staff)
    walk = walked(staff, "submitted")
    view = staff.clerk.enrolments.get(walk.id)
    assert view.to_confirm == ("住院医疗会费",)
    assert view.due_fen is None
    assert view.plans[0].due_fen is None
    with refused(staff, "to-confirm"):
        staff.reviewer.enrolments.approve(walk.id)
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.prints.issue(walk.id, "application")
    assert "住院医疗会费待核对" in caught.value.message
    with refused(staff, "not-approved"):
        staff.clerk.submissions.export(walk.id, staff.papers)
    staff.head.schemes.confirm_figure("plans.hospital.fee_fen", 6_000, "演示文件")
    walk.approved()
    assert staff.clerk.enrolments.get(walk.id).due_fen == 60_000


def test_a_figure_taken_back_after_approval_stops_exports(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.run("UPDATE scheme_figure SET state_code = 'to-confirm'")
    with refused(staff, "to-confirm"):
        staff.clerk.submissions.export(walk.id, staff.papers)


def test_a_case_at_the_open_border_waits_for_the_head(staff: Staff) -> None:
    open_figures(staff)
    staff.head.schemes.confirm_figure("plans.hospital.fee_fen", 5_000, "演示文件")
    walk = Walk(staff, at_work=100, rows=people(100, women=2)).start()
    walk.roster()
    walk.submitted()
    with refused(staff, "to-confirm") as caught:
        walk.approved()
    assert "须全员参加的单位人数界限" in caught.value.message


def test_the_provinces_number_is_asked_for_and_kept(staff: Staff) -> None:
    walk = walked(staff, "approved")
    with refused(staff, "business-number"):
        staff.clerk.business_numbers.enter(walk.id, "  ")
    staff.clerk.business_numbers.enter(walk.id, " hb2027-1 ")
    assert staff.clerk.enrolments.get(walk.id).business_no == "HB2027-1"
    assert staff.value("SELECT number FROM business_number") == "HB2027-1"


def test_cover_begins_on_the_effective_date_and_lasts_a_year(staff: Staff) -> None:
    walk = walked(staff, "paid", plans=(("hospital", 1), ("women", 1)))
    staff.reviewer.enrolments.set_effective(walk.id, date(2028, 3, 1), " 演示1号 ")
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.effective_on, view.last_on) == (date(2028, 3, 1), date(2029, 2, 28))
    assert staff.value("SELECT count(*) FROM cover") == 12
    assert staff.value("SELECT count(*) FROM enrolment_plan WHERE document_no = '演示1号'") == 2
    with refused(staff, "effective-set"):
        staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示2号")


def test_no_effective_date_is_taken_before_the_list_is_approved(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    with refused(staff, "not-approved"):
        staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")


def test_a_case_of_the_unit_itself_is_followed_to_its_end(staff: Staff) -> None:
    walk = by_unit(staff, 20, 20)
    walk.rows = people(20)
    for expected, step in (
        ("review", lambda: staff.clerk.enrolments.submit(walk.id)),
        ("province", walk.approved),
    ):
        step()
        assert walk.step == expected
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    walk.pay(100_000, 20)
    staff.clerk.payments.confirm(walk.id, TODAY)
    for form in ("payment-notice", *STAMPED):
        with refused(staff, "not-yet-printable") as caught:
            staff.clerk.prints.issue(walk.id, form)
        assert "省系统" in caught.value.message
    with refused(staff, "by-unit"):
        staff.clerk.submissions.export(walk.id, staff.papers)
    walk.stamped()
    walk.proof()
    staff.clerk.prints.issue(walk.id, "archive-list")
    assert walk.finished() == "DA-A-2027-00001"
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.state, view.people, view.due_fen, view.business_no) == (
        "finished", 20, 100_000, "HB1",
    )  # fmt: skip
    assert staff.value("SELECT count(*) FROM cover") == 0


def test_a_case_of_the_unit_itself_gives_its_number_while_a_draft(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    staff.clerk.business_numbers.enter(walk.id, "hb7")
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.business_no, view.step_key) == ("HB7", "roster")


def test_only_a_case_of_the_unit_itself_is_followed(staff: Staff) -> None:
    walk = Walk(staff).start()
    with refused(staff, "not-by-unit"):
        staff.clerk.business_numbers.follow(walk.id, 10, 100, "HB1")
    own = Walk(staff, name="自办厂(演示)", handling="by-unit").start()
    for count, fen in ((0, 100), (10, -1)):
        with refused(staff, "people"):
            staff.clerk.business_numbers.follow(own.id, count, fen, "HB1")
    with refused(staff, "by-unit"):
        own.read()


def test_a_paper_that_the_scheme_does_not_know_is_refused(staff: Staff) -> None:
    walk = Walk(staff).start()
    with refused(staff, "paper-unknown"):
        staff.clerk.enrolments.attach_paper(walk.id, "love-letter", staff.picture())


def test_a_paper_can_be_brought_again(staff: Staff) -> None:
    walk = Walk(staff).start()
    walk.proof()
    walk.proof()
    assert staff.value("SELECT count(*) FROM enrolment_paper") == 1
    assert staff.value("SELECT count(*) FROM attachment") == 1


def test_the_years_cases_are_listed_by_unit(staff: Staff) -> None:
    first, second = walked(staff, "submitted"), Walk(staff, name="安平小学(演示)").start()
    rows = staff.clerk.enrolments.list_enrolments(YEAR)
    assert [(row.id, row.step_label, row.people) for row in rows] == [
        (second.id, "草稿", 0),
        (first.id, "待审核", 10),
    ]
    assert staff.clerk.enrolments.list_enrolments(YEAR - 1) == ()


def test_the_second_application_of_a_unit_is_a_renewal(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    first = walk.id
    staff.head.schemes.set_year(YEAR + 1)
    walk.start()
    assert staff.value("SELECT kind_code FROM enrolment WHERE id = :id", id=first) == "first"
    kind = "SELECT kind_code FROM enrolment WHERE previous_id = :id"
    assert staff.value(kind, id=first) == "renewal"


def test_a_scheme_without_the_rule_says_nothing_of_participation(staff: Staff) -> None:
    with staff.database.reading() as uow:
        scheme = scheme_in_force(uow.session, newest_version(uow.session).id)
    assert participation_text(scheme, 100, 100) == "在职100人,应不少于100人(全员):已够"
    assert participation_text(scheme, 100, 104).endswith("(全员):多出4人,请核对")
    assert participation_text(replace(scheme, participation=None), 100, 1) == ""
    assert participation_text(scheme, None, 1) == ""
