"""The same form asked for at two desks at once is one form with one number."""

from __future__ import annotations

import pytest

from desktop_app.services.forms import issuing
from desktop_app.services.papers import prints
from tests.services.desks import Staff
from tests.services.test_claims import registered
from tests.services.test_money_at_two_desks import Meanwhile, meanwhile  # noqa: F401
from tests.services.walks import walked

VALID = "SELECT count(*) FROM issued_form WHERE form_key = :key AND state_code = 'valid'"


@pytest.fixture
def walk_id(staff: Staff) -> int:
    return walked(staff, "confirmed").id


def test_a_form_on_the_way_has_one_number(
    staff: Staff,
    walk_id: int,
    meanwhile: Meanwhile,  # noqa: F811
) -> None:
    other = meanwhile(
        prints, "_issued", lambda: staff.reviewer.prints.issue(walk_id, "payment-notice")
    )
    staff.clerk.prints.issue(walk_id, "payment-notice")
    assert other.result(20) == "done"
    assert staff.value(VALID, key="payment-notice") == 1
    assert staff.value("SELECT next_no FROM number_series WHERE series = 'TZ'") == 2


@pytest.mark.parametrize("key", ["correction-request", "field-sheet", "claim-application"])
def test_a_further_form_has_one_number_whosesoever_it_is(
    staff: Staff,
    meanwhile: Meanwhile,  # noqa: F811
    key: str,
) -> None:
    of = None
    if key == "correction-request":
        of = walked(staff, "confirmed").id
    elif key == "claim-application":
        of = registered(staff)
    other = meanwhile(issuing, "_earlier", lambda: staff.reviewer.forms.issue(key, of))
    staff.clerk.forms.issue(key, of)
    assert other.result(20) == "done"
    assert staff.value(VALID, key=key) == 1


def test_a_form_given_again_takes_nothing_of_its_act_back(staff: Staff, walk_id: int) -> None:
    """The batch marks its part in the same transaction, before and after."""
    first = staff.clerk.prints.issue(walk_id, "application").value
    batch = staff.clerk.print_runs.begin([(walk_id, "application")], 1, "lost").value
    assert staff.clerk.print_runs.send(batch, 1).value == first
    assert staff.value("SELECT next_no FROM number_series WHERE series = 'SQ'") == 2
    assert [line.state for line in staff.clerk.print_runs.get(batch).lines] == ["sent"]
