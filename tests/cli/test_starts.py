"""An office's start on the command line: made with its scheme, or told of it later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import Person, run, told

DOCUMENT = "某工办发〔2026〕3号"
FEE, LIMIT = "plans.{}.fee_fen", "plans.{}.share_limits.default"


@pytest.fixture
def staff(tmp_path: Path) -> tuple[str | Path, ...]:
    for login in ("lin", "he"):
        (tmp_path / login).write_text(f"long-enough-{login}", "utf-8")
    return (
        "--name", "甲县总工会", "--county", "甲县",
        "--staff", "lin", "林一", "clerk", tmp_path / "lin",
        "--staff", "he", "何二", "head", tmp_path / "he",
    )  # fmt: skip


def test_an_office_is_made_with_scheme_year_aim_and_figures(
    tmp_path: Path, staff: tuple[str | Path, ...]
) -> None:
    office = tmp_path / "office"
    start = ("--scheme", "yongding", "--year", 2027, "--aim", 300, "--document", DOCUMENT)
    fee = ("--figure", FEE.format("inpatient"), 10000)
    assert run("office", "create", "--office", office, *staff, *start, *fee).code == 0
    head = Person(office, "he", tmp_path / "he")
    again = head.does("scheme", "start", "yongding", "--year", 2028)
    assert (again["scheme"], again["year"], again["target"]) == ("yongding", 2028, None)
    (found,) = (one for one in again["figures"] if one["path"] == FEE.format("inpatient"))
    assert (found["value"], found["document_no"]) == (10000, DOCUMENT)
    words = told(*head.signs(), "scheme", "start", "yongding", "--year", 2027, "--aim", 400)
    assert words.out.startswith("永定区职工医疗互助  2027年度\n")
    assert "100.00元" in words.out


@pytest.mark.parametrize(
    ("start", "exit_code", "code"),
    [
        (("--year", 2027), 2, "usage"),
        (("--scheme", "yongding"), 2, "usage"),
        (("--scheme", "yongding", "--year", 2027, "--figure", "a", "x"), 2, "usage"),
        (("--scheme", "nowhere", "--year", 2027), 3, "scheme-unknown"),
        (("--scheme", "yongding", "--year", 2027, "--figure", "a", 1), 3, "document-missing"),
    ],
)
def test_a_start_that_is_wrong_leaves_no_office(
    tmp_path: Path, staff: tuple[str | Path, ...], start: tuple[str, ...], exit_code: int, code: str
) -> None:
    done = run("office", "create", "--office", tmp_path / "office", *staff, *start)
    assert (done.code, done.error["code"]) == (exit_code, code)
    assert not (tmp_path / "office").exists()


def test_the_head_confirms_several_figures_by_one_document(head: Person) -> None:
    one, two = LIMIT.format("hospital"), LIMIT.format("women")
    said = ("scheme", "confirm", one, 2, "--also", two, 3, "--document", DOCUMENT)
    told_of = {line["path"]: line for line in head.does(*said)["figures"]}
    assert [told_of[path]["value"] for path in (one, two)] == [2, 3]
    three, four = LIMIT.format("critical-illness"), LIMIT.format("accident")
    wrong = ("scheme", "confirm", three, 4, "--also", four, 0, "--document", DOCUMENT)
    assert head.tries(*wrong).error["code"] == "figure-value"
    after = head.does("scheme", "start", "xianfeng-2024", "--year", 2027)["figures"]
    assert {line["state"] for line in after if line["path"] in (three, four)} == {"to-confirm"}
