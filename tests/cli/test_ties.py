"""`tie`: the drive's money from the command line, and its workbook."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import Person, told


def test_the_tie_lists_every_application_and_proves_its_sums(clerk: Person, tmp_path: Path) -> None:
    saved = tmp_path / "对账.xlsx"
    answer = clerk.does("tie", "--save", saved)
    assert answer["holds"]
    assert answer["lines"]
    assert answer["saved"] == str(saved)
    assert saved.read_bytes().startswith(b"PK")
    for line in answer["lines"]:
        assert (
            line["gap_fen"] == (line["due_fen"] or 0) - line["kept_fen"] or line["due_fen"] is None
        )
    left = clerk.does("tie", "--open")["lines"]
    assert left == [line for line in answer["lines"] if line["open"]]


def test_in_words_each_proof_has_its_sign(clerk: Person) -> None:
    words = told(*clerk.signs(), "tie", "--year", "2020")
    assert words.out.splitlines()[0] == "没有申请。"
    assert "名单合计 0.00 = 各项目合计 0.00" in words.out
