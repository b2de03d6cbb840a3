"""One door into force: a file taken over is a draft activated, by who may confirm figures."""

from __future__ import annotations

import pytest

from db.errors import ConflictError
from desktop_app.domain.schemes.clauses import READ, Ruling
from desktop_app.services.schemes.schemes import home_scheme_file
from tests.services.desks import FEES, Staff
from tests.services.refusals import refused

RATE = "plans.hospital.benefits.rate"
PAPER = "演示用标准"


def test_only_who_confirms_figures_takes_a_file_over(staff: Staff) -> None:
    for services in (staff.admin, staff.clerk, staff.reviewer):
        with refused(staff, "not-permitted"):
            services.schemes.take_over(home_scheme_file())


def test_what_was_confirmed_goes_on_to_the_version_of_a_file(staff: Staff) -> None:
    staff.head.clauses.confirm_clause(RATE, Ruling(READ, PAPER))
    made = staff.head.schemes.take_over(home_scheme_file()).value
    figures = {one.path: one for one in staff.head.schemes.list_figures(made)}
    assert figures["plans.women.fee_fen"].value == FEES["women"]
    assert figures["plans.women.fee_fen"].state == "demo"
    clauses = {one.key: one for one in staff.head.clauses.list_clauses(made)}
    assert (clauses[RATE].state, clauses[RATE].document_no) == ("demo", PAPER)
    with pytest.raises(ConflictError):
        staff.run("UPDATE scheme_version SET text = 'x'")


@pytest.mark.both_databases
def test_what_an_earlier_release_confirmed_of_a_draft_stays_as_it_is(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    made = editing.new_draft(1).value
    staff.run(
        "UPDATE scheme_figure SET scheme_version_id = :made WHERE path = 'plans.women.fee_fen'",
        made=made,
    )
    staff.head.schemes.confirm_figure("plans.women.fee_fen", 9_900, PAPER, 1)
    editing.activate(made, PAPER)
    figures = {one.path: one.value for one in staff.head.schemes.list_figures(made)}
    assert figures["plans.women.fee_fen"] == FEES["women"]
