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
