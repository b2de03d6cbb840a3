"""Versions of schemes: drafts are edited, compared and activated; what is activated stands."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from db.codes import FigureState
from db.errors import ConflictError
from db.models.acts import AuditLine
from db.models.schemes import PlanVersion
from desktop_app.domain.figures import figures_of
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.toml.toml_edit import set_value, values_of
from desktop_app.services.services import Services
from desktop_app.services.versions.scheme_texts import scheme_in_force
from tests.domain.scheme_places import TEXTS
from tests.services.desks import FEES, Staff
from tests.services.refusals import refused
from tests.services.scheme_desks import newest_version
from tests.services.walks import walked

REASON = "省办2027年通知(演示)"


def in_force(services: Services) -> int:
    return next(v.id for v in services.scheme_editing.list_versions() if v.in_force)


def draft(staff: Staff) -> int:
    return staff.head.scheme_editing.new_draft(in_force(staff.head)).value


def overwrite(staff: Staff) -> None:
    """As a program would that knows no rules."""
    with staff.database.writing() as uow:
        uow.session.execute(text("UPDATE scheme_version SET text = 'x', sha256 = 'y'"))
        uow.commit()


def test_a_draft_begins_with_the_text_of_the_version_it_follows(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    first = in_force(staff.head)
    made = editing.new_draft(first).value
    shown = editing.text_of(made)
    assert (shown.line.version_no, shown.line.draft, shown.line.in_force) == (2, True, False)
    assert values_of(shown.text) == {**values_of(editing.text_of(first).text), "version": 2}
    assert editing.compare(first, made) == ()
    assert [v.version_no for v in editing.list_versions()] == [2, 1]
    assert shown.line.title.endswith("第2版(草稿)")


def test_a_part_is_saved_by_key_paths_and_compared_in_words(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    made = draft(staff)
    editing.save_part(
        made,
        {
            "eligibility.max_age": 63,
            "plans[1].fee_fen": {"value": 6000, "source": REASON},
            "eligibility.temporary_over_months": None,
        },
    )
    found = {d.path: d for d in editing.compare(in_force(staff.head), made)}
    assert set(found) == {
        "eligibility.max_age",
        "plans[1].fee_fen",
        "eligibility.temporary_over_months",
    }
    fee = found["plans[1].fee_fen"]
    assert (fee.part, fee.label) == ("项目与份数", "项目“住院医疗” · 每份金额")
    assert (fee.old, fee.new) == ("待核对", "60.00 元")
    gone = found["eligibility.temporary_over_months"]
    assert (gone.label, gone.new) == ("资格 · 临时工须满月数", "—")


def test_a_text_that_is_no_scheme_is_refused_with_key_and_line(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    made = draft(staff)
    wrong = set_value(editing.text_of(made).text, "eligibility.min_age", "十六")
    with refused(staff, "scheme-invalid") as caught:
        editing.save_text(made, wrong)
    assert isinstance(caught.value, SchemeError)
    (fault,) = caught.value.faults
    assert fault.key == "eligibility.min_age"
    assert wrong.splitlines()[fault.line - 1].startswith("min_age")
    with refused(staff, "scheme-invalid"):
        editing.save_text(made, "not toml [")
    with refused(staff, "key-unknown"):
        editing.save_part(made, {"nowhere.at_all": 1})


def test_a_scheme_keeps_its_id_and_its_version_number(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    made = draft(staff)
    with refused(staff, "scheme-id-changed"):
        editing.save_part(made, {"id": "another"})
    editing.save_part(made, {"version": 9})
    assert values_of(editing.text_of(made).text)["version"] == 2


def test_before_activation_it_says_what_is_open_and_what_changes(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    first, made = in_force(staff.head), draft(staff)
    editing.save_part(
        made,
        {
            "eligibility.max_age": 63,
            "plans[1].fee_fen": {"value": 6000, "source": REASON},
            "steps.on-behalf[1].requires": ["plans", "paper:insurance-proof"],
        },
    )
    found = editing.before_activation(made)
    assert (found.line.id, found.against.id) == (made, first)
    assert "项目“住院医疗” · 待遇 · 起付线" in found.open
    assert "项目“住院医疗” · 每份金额" not in found.open
    assert [one.label for one in found.differences] == [
        "资格 · 最大年龄",
        "项目“住院医疗” · 每份金额",
        "步骤 · 代单位办理“名单” · 条件",
    ]
    assert found.differences[2].new == "已选项目、收到:湖北省社会保险缴纳证明(单位专用)"


def test_a_schemes_first_version_has_nothing_to_differ_from(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    made = editing.new_draft_of_preset("anyang-2023").value
    found = editing.before_activation(made)
    assert (found.against, found.differences) == (None, ())
    assert found.open
    editing.activate(made, REASON)  # of days gone by: it is the last one all the same
    follower = editing.new_draft(made).value
    again = editing.before_activation(follower)
    assert again.against is not None
    assert (again.against.id, again.differences) == (made, ())


@pytest.mark.both_databases
def test_an_activated_version_rules_and_never_changes(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    made = draft(staff)
    editing.save_part(made, {"eligibility.max_age": 63})
    editing.activate(made, REASON)
    assert in_force(staff.clerk) == made
    old = next(v for v in editing.list_versions() if not v.in_force)
    assert old.state_label == "以前的"
    with staff.database.reading() as uow:
        assert scheme_in_force(uow.session, made).eligibility.max_age == 63
        line = uow.session.scalars(select(AuditLine).order_by(AuditLine.seq.desc())).first()
        assert line is not None
        assert line.detail["reason"] == REASON
        plans = select(PlanVersion).where(PlanVersion.scheme_version_id == made)
        assert len(uow.session.scalars(plans).all()) == len(FEES)
    for act in (
        lambda: editing.save_part(made, {"eligibility.max_age": 64}),
        lambda: editing.save_text(made, editing.text_of(made).text),
        lambda: editing.activate(made, REASON),
        lambda: editing.drop_draft(made),
    ):
        with refused(staff, "version-frozen"):
            act()
    with pytest.raises(ConflictError, match="never changes"):
        overwrite(staff)


def test_confirmed_figures_stay_confirmed_where_the_text_leaves_them_open_alike(
    staff: Staff,
) -> None:
    editing = staff.head.scheme_editing
    made = draft(staff)
    editing.save_part(made, {"plans[1].fee_fen": {"to_confirm": True, "value": 7000}})
    editing.activate(made, REASON)
    with staff.database.reading() as uow:
        figures = figures_of(scheme_in_force(uow.session, newest_version(uow.session).id))
    kept = figures["plans.critical-illness.fee_fen"]
    assert (kept.value, kept.state) == (FEES["critical-illness"], FigureState.DEMO)
    changed = figures["plans.hospital.fee_fen"]
    assert (changed.value, changed.state) == (7000, FigureState.TO_CONFIRM)


def test_cases_go_on_by_the_version_they_began_with(staff: Staff) -> None:
    walk = walked(staff)
    first = in_force(staff.head)
    made = draft(staff)
    staff.head.scheme_editing.activate(made, REASON)
    lines = {v.id: v for v in staff.head.scheme_editing.list_versions()}
    assert lines[first].uses == 1
    assert lines[made].uses == 0
    assert staff.clerk.enrolments.get(walk.id).plans


def test_only_the_head_activates_and_says_by_what(staff: Staff) -> None:
    made = draft(staff)
    for services in (staff.clerk, staff.reviewer, staff.admin):
        with refused(staff, "not-permitted"):
            services.scheme_editing.activate(made, REASON)
    with refused(staff, "reason-missing"):
        staff.head.scheme_editing.activate(made, " ")
    assert in_force(staff.head) != made


@pytest.mark.both_databases
def test_a_dropped_draft_is_gone(staff: Staff) -> None:
    made = draft(staff)
    staff.head.scheme_editing.drop_draft(made)
    assert made not in [v.id for v in staff.head.scheme_editing.list_versions()]
    for act in (
        lambda: staff.head.scheme_editing.text_of(made),
        lambda: staff.head.scheme_editing.new_draft(made),
    ):
        with refused(staff, "version-unknown"):
            act()


def test_another_carried_scheme_can_be_begun_and_taken(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    presets = {preset.key: preset for preset in editing.list_presets()}
    assert set(presets) == TEXTS.keys()
    made = editing.new_draft_of_preset("pinghu").value
    shown = editing.text_of(made)
    assert (shown.line.scheme_key, shown.line.version_no) == ("pinghu", 1)
    editing.activate(made, REASON)
    assert in_force(staff.head) == made
    again = editing.new_draft_of_preset("pinghu").value
    assert editing.text_of(again).line.version_no == 2
    with refused(staff, "preset-unknown"):
        editing.new_draft_of_preset("../../nowhere")
