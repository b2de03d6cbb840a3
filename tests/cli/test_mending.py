"""A wrong roster, wrong numbers and a wrong case taken back at the command line."""

from __future__ import annotations

from tests.cli.desk import Person
from tests.cli.test_refusals import DRAFT, Counts


def test_people_are_taken_out_of_a_draft_and_its_workers_corrected(clerk: Person) -> None:
    before = clerk.does("enrolment", "show", DRAFT)["enrolment"]
    after = clerk.does("enrolment", "remove", DRAFT, 1, 2, "--reason", "读错了")["enrolment"]
    assert after["people"] == before["people"] - 2
    workers = ("--at-work", 77, "--women", 7, "--reason", "单位更正")
    told = clerk.does("enrolment", "workers", DRAFT, *workers)["enrolment"]
    assert (told["at_work"], told["women"]) == (77, 7)


def test_a_case_is_voided_by_a_reviewer_only(
    clerk: Person, reviewer: Person, counts: Counts
) -> None:
    before = counts()
    void = ("enrolment", "void", DRAFT, "--reason", "重复办理")
    assert clerk.tries(*void).error["code"] == "not-permitted"
    back = ("enrolment", "send-back", DRAFT, "--reason", "请改")
    assert reviewer.tries(*back).error["code"] == "not-approved"
    drop = ("enrolment", "drop-row", DRAFT, 999, 1, "--reason", "不再补正")
    assert clerk.tries(*drop).error["code"] == "row-unknown"
    assert clerk.tries("enrolment", "remove", DRAFT, 1).code == 2
    assert counts() == before
    assert reviewer.does(*void)["enrolment"]["state"] == "void"


def test_the_last_step_of_ones_own_is_undone_once(clerk: Person, reviewer: Person) -> None:
    before = clerk.does("enrolment", "show", DRAFT)["enrolment"]
    clerk.does("enrolment", "workers", DRAFT, "--at-work", 78, "--reason", "单位更正")
    other = reviewer.tries("enrolment", "undo", DRAFT).error
    assert other["code"] == "undo-other-person"
    undone = clerk.does("enrolment", "undo", DRAFT)["enrolment"]
    assert (undone["at_work"], undone["people"]) == (before["at_work"], before["people"])
    assert clerk.tries("enrolment", "undo", DRAFT).error["code"] == "undo-done"
    assert clerk.tries("enrolment", "take-back", DRAFT).code == 3  # nobody has handed it in


def test_what_may_be_corrected_is_listed_with_the_reasons(clerk: Person) -> None:
    offers = clerk.does("enrolment", "corrections", DRAFT)["corrections"]
    told = {one["key"]: one for one in offers}
    assert told["workers"]["may"]
    assert told["void"]["why_not"].startswith("“王丽”没有做这一步的权限。")


def test_the_first_day_of_a_finished_case_stays(clerk: Person) -> None:
    rows = clerk.does("enrolment", "list")
    case = next(row["id"] for row in rows if row["state"] == "finished")
    days = ("2027-01-08", "--reason", "抄错一周")
    assert clerk.tries("enrolment", "correct-effective", case, *days).error["code"] == "case-closed"


def test_the_accounts_of_a_finished_case_are_put_right(clerk: Person) -> None:
    rows = clerk.does("enrolment", "list")
    case = next(row["id"] for row in rows if row["state"] == "finished")
    funding = clerk.does("enrolment", "funding", case)["funding"]
    part = next(one for one in funding if one["channels"])
    other = next(one["key"] for one in part["channels"] if not one["fen"])
    charge = ("--charge", part["payer"], other)
    short = clerk.tries(
        "enrolment", "correct-funding", case, *charge, part["fen"] - 1, "--reason", "记错"
    )
    assert (short.code, short.error["code"]) == (3, "funding-differs")
    assert clerk.tries("enrolment", "correct-funding", case, *charge, part["fen"]).code == 2
    shown = clerk.does(
        "enrolment", "correct-funding", case, *charge, part["fen"], "--reason", "记错"
    )["enrolment"]
    assert [(one["key"], one["fen"]) for one in shown["charged"]] == [(other, part["fen"])]
    assert shown["state"] == "finished"
