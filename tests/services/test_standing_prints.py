"""A print that the ledger has left behind: out of force with the act that made it untrue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from db.models.enrolments import Enrollee, Enrolment
from db.models.members import Member
from db.models.papers import IssuedForm
from desktop_app.documents.differences import differences, in_words
from desktop_app.services.acts import ACTS, Transaction, act
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from tests.services.desks import Staff, desk_at, unit_draft
from tests.services.walks import STAMPED, Walk, walked

RENAMED = "明山县演示供水厂(演示)"


def states(staff: Staff, walk: Walk) -> dict[str, tuple[str, str | None]]:
    """By form: state and note of the last print."""
    with staff.database.reading() as uow:
        forms = (
            uow.session.query(IssuedForm).filter_by(enrolment_id=walk.id).order_by(IssuedForm.id)
        )
        return {form.form_key: (form.state_code, form.note) for form in forms}


def rename(staff: Staff, walk: Walk, **more: object) -> None:
    staff.clerk.units.edit(walk.unit_id, replace(unit_draft(walk.name), **more))  # type: ignore[arg-type]


def test_a_renamed_unit_has_its_papers_stamped_anew_and_the_next_step_says_so(
    staff: Staff,
) -> None:
    walk = walked(staff, "stamped")
    rename(staff, walk, name=RENAMED)
    found = {key: why for key, (state, why) in states(staff, walk).items() if state == "void"}
    assert found == {
        "application": "内容已改:单位名称、开票抬头",
        "member-list": "内容已改:单位名称",
        "confirmation": "内容已改:单位名称",
    }
    case = staff.clerk.enrolments.get(walk.id)
    assert case.next_act == "print.confirmation"
    assert {form.key: form.again_for for form in case.forms if form.again} == found
    assert {form.again for form in case.forms if form.key in found} == {"需重新盖章"}
    assert staff.clerk.enrolments.history(walk.id)[-1].note.endswith("作废,须重新打印、盖章")
    for key in STAMPED:
        staff.clerk.prints.issue(walk.id, key)
    after = staff.clerk.enrolments.get(walk.id)
    assert after.next_act == "archive.receive"
    assert not any(form.again for form in after.forms)


@pytest.mark.both_databases
def test_what_stands_on_no_paper_takes_no_seal_away(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    draft = unit_draft(walk.name, contact_name="吴演示", contact_phone="19900008888", area="城东片")
    staff.clerk.units.edit(walk.unit_id, draft)
    assert {state for state, _why in states(staff, walk).values()} == {"valid"}


def test_a_print_without_a_seal_is_only_printed_anew(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.clerk.prints.issue(walk.id, "payment-notice")
    rename(staff, walk, name=RENAMED)
    assert states(staff, walk) == {"payment-notice": ("void", "内容已改:单位名称")}
    assert staff.clerk.enrolments.history(walk.id)[-1].note.endswith("作废,须重新打印")


@pytest.fixture
def registry(staff: Staff) -> Iterator[Any]:
    before = dict(ACTS)

    class Registry:
        """An act of this test that puts a member right, as an act that is yet to come may."""

        def __init__(self, desk: Desk) -> None:
            self.desk = desk

        @act("test.put-right", Permission.REGISTER, Area.MEMBERS)
        def put_right(self, tx: Transaction, identity: str, field: str, text: str) -> None:
            query = select(Member).where(Member.identity_no == identity)
            setattr(tx.session.scalars(query).one(), field, text)

        @act("test.contribute", Permission.REGISTER, Area.ENROLMENTS)
        def contribute(self, tx: Transaction, enrolment_id: int, line_no: int, fen: int) -> None:
            query = select(Enrollee).where(
                Enrollee.enrolment_id == enrolment_id, Enrollee.line_no == line_no
            )
            row, enrolment = (
                tx.session.scalars(query).one(),
                tx.session.get_one(Enrolment, enrolment_id),
            )
            enrolment.total_fen = (enrolment.total_fen or 0) + fen - (row.contribution_fen or 0)
            row.contribution_fen = fen

    yield Registry(desk_at(staff.clerk.units))
    ACTS.clear()
    ACTS.update(before)


@pytest.mark.both_databases
def test_a_corrected_person_is_named_by_the_line_of_the_paper(staff: Staff, registry: Any) -> None:
    walk = walked(staff, "stamped")
    registry.put_right(walk.rows[2][2], "name", "改名演示")
    assert states(staff, walk) == {
        "application": ("valid", None),
        "member-list": ("void", "内容已改:第3行姓名"),
        "confirmation": ("valid", None),
    }
    case = staff.clerk.enrolments.get(walk.id)
    assert [lack.message for lack in case.missing] == ["会员名单需重新盖章(内容已改:第3行姓名)"]
    (row,) = staff.clerk.board.board().rows
    assert row.note == "会员名单需重新盖章(内容已改:第3行姓名)"


@pytest.mark.both_databases
def test_a_contribution_changed_after_the_list_was_printed_makes_it_untrue(
    staff: Staff, registry: Any
) -> None:
    walk = walked(staff, "printed")
    registry.contribute(walk.id, 2, 6_000)
    assert {key: why for key, (_state, why) in states(staff, walk).items() if why} == {
        "application": "内容已改:金额合计",
        "member-list": "内容已改:第2行金额、金额合计",
        "confirmation": "内容已改:金额合计",
    }


@pytest.mark.both_databases
def test_the_scan_of_the_old_print_waits_in_the_tray(staff: Staff) -> None:
    walk = walked(staff, "printed")
    picture = staff.papers / "盖章.png"
    Image.new("L", (300, 300), 60).save(picture, "png")
    staff.clerk.archives.receive_stamped(walk.id, "application", picture)
    rename(staff, walk, name=RENAMED)
    (page,) = staff.clerk.receptions.tray()
    assert page.file_name == "盖章.png"
    assert "已作废" in page.why
    assert "application" not in [one.key for one in staff.clerk.scans.of_enrolment(walk.id)]


def test_a_closed_file_keeps_its_papers_and_notes_the_difference_once(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    rename(staff, walk, name=RENAMED)
    assert {state for state, _why in states(staff, walk).values()} == {"valid"}
    notes = [line.note for line in staff.clerk.enrolments.history(walk.id)]
    assert notes[-1].endswith("(已归档的不换)")
    rename(staff, walk, name=RENAMED, town="演示镇二")  # said of it already
    assert len(staff.clerk.enrolments.history(walk.id)) == len(notes)


_PERSON = {"name": "甲演示", "sex": "男", "identity": "1", "plans": "住院", "fee_fen": 5000}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ([_PERSON], ""),
        ([_PERSON | {"name": "乙演示"}], "第1行姓名"),
        ([_PERSON | {"identity": "2"}], "第1行身份证号"),
        ([_PERSON | {"fee_fen": 6000, "plans": "住院、意外"}], "第1行互助项目、第1行金额"),
        ([], "第1行的人已不在名单上"),
        ([_PERSON, _PERSON | {"name": "丙演示", "identity": "3"}], "少列1人"),
    ],
)
def test_a_list_differs_by_its_lines(now: list[dict[str, object]], said: str) -> None:
    before = {"people": [_PERSON]}
    assert in_words(differences("member-list", before, {"people": now})) == said


def test_many_differences_are_counted() -> None:
    assert in_words(["甲", "乙", "丙", "丁"]) == "甲、乙、丙等4处"
