"""A draft changed on the command line: its plans and what its money is charged to."""

from __future__ import annotations

from tests.cli.desk import Person


def draft_of(clerk: Person, head: Person) -> int:
    """A unit's fresh draft with nobody on it."""
    unit = clerk.does(
        "unit", "register", "--name", "甲演示学校(演示)", "--kind", "institution",
        "--at-work", 10, "--women", 5,
    )["unit"]["id"]  # fmt: skip
    head.does("unit", "open", unit)
    start = ("enrolment", "start", unit, "--plan", "hospital", "--at-work", 10, "--women", 5)
    return int(clerk.does(*start)["enrolment"]["id"])


def test_plans_and_accounts_of_a_draft(clerk: Person, head: Person) -> None:
    case = draft_of(clerk, head)
    shown = clerk.does("enrolment", "set-plans", case, "hospital", "accident")["enrolment"]
    assert [plan["key"] for plan in shown["plans"]] == ["hospital", "accident"]
    charge = ("--charge", "unit-and-member", "union-funds")
    done = clerk.tries("enrolment", "set-funding", case, *charge, 100)
    assert (done.code, done.error["code"]) == (3, "funding-open")
    assert clerk.tries("enrolment", "set-funding", case, *charge, "x").code == 2


def test_no_money_of_a_draft_is_asked_back(clerk: Person, head: Person) -> None:
    case = draft_of(clerk, head)
    why = ("--reason", "多缴")
    asked = clerk.tries("payment", "refund", case, "--fen", 100, "--on", "2026-12-01", *why)
    arrived = clerk.tries("payment", "refund-arrived", case, "--on", "2026-12-01")
    cancelled = clerk.tries("payment", "refund-cancel", case, *why)
    assert [(one.code, one.error["code"]) for one in (asked, arrived, cancelled)] == [
        (3, "refund-nothing"), (3, "refund-none"), (3, "refund-none"),
    ]  # fmt: skip
