"""Single questions to the rules, in the shapes that scripts rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.identity import identity_18
from desktop_app.paths import resource_path
from tests.cli.desk import run, told

GOOD = identity_18("99999919900307002")
SCHEME = ("--scheme", "xianfeng-2024")


def test_identity_tells_kind_birth_and_sex() -> None:
    assert run("rules", "identity", GOOD).document == [
        {
            "number": GOOD,
            "kind": "resident",
            "valid": True,
            "problems": [],
            "born": "1990-03-07",
            "sex": "female",
        }
    ]


def test_identity_answers_every_number_in_order_and_exits_0() -> None:
    done = run("rules", "identity", "12", GOOD, "999999900307002")
    assert done.code == 0
    assert [(one["kind"], one["valid"]) for one in done.document] == [
        ("unknown", False),
        ("resident", True),
        ("resident-15", True),
    ]
    assert [problem["code"] for problem in done.document[0]["problems"]] == ["identity-length"]
    assert done.document[2]["problems"][0]["severity"] == "warning"


def test_nobody_is_born_after_today() -> None:
    unborn = identity_18("99999929900307002")
    found = run("rules", "identity", unborn).document[0]
    assert [one["code"] for one in found["problems"]] == ["identity-birth-date"]


def test_uscc_tells_whether_a_code_is_valid() -> None:
    done = run("rules", "uscc", "91350100M000100Y43", "91350100M000100Y44")
    assert [(one["code"], one["valid"]) for one in done.document] == [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
    ]
    assert all(set(one) == {"code", "valid", "problems"} for one in done.document)


@pytest.mark.parametrize(
    ("post", "born", "age", "month"),
    [
        ("male", "1964-12-31", (60, 0), "2024-12"),
        ("male", "1965-01-01", (60, 1), "2025-02"),
        ("female-50", "1975-01-15", (50, 1), "2025-02"),
        ("female-55", "1990-01-01", (58, 0), "2048-01"),
    ],
)
def test_retirement_follows_the_schedule(
    post: str, born: str, age: tuple[int, int], month: str
) -> None:
    years, months = age
    assert run("rules", "retirement", "--born", born, "--post", post).document == {
        "age": {"years": years, "months": months},
        "retires": month,
    }


def test_nobody_retires_who_is_not_born_yet() -> None:
    assert run("rules", "retirement", "--born", "2990-01-01", "--post", "male").code == 2


@pytest.mark.parametrize(
    ("at_work", "joining", "needed", "missing"),
    [(101, 81, 81, 0), (101, 80, 81, 1), (99, 98, 99, 1), (0, 0, 0, 0)],
)
def test_participation_says_how_many_are_missing(
    at_work: int, joining: int, needed: int, missing: int
) -> None:
    done = run("rules", "participation", *SCHEME, "--at-work", at_work, "--joining", joining)
    assert done.code == 0
    assert done.document == {
        "ok": missing == 0,
        "needed": needed,
        "missing": missing,
        "to_confirm": [],
    }


def test_the_border_of_a_hundred_is_told_as_to_confirm() -> None:
    done = run("rules", "participation", *SCHEME, "--at-work", 100, "--joining", 100)
    assert done.document["to_confirm"] == ["participation.all_join_limit"]


def test_participation_of_the_women_is_judged_beside_the_whole() -> None:
    whole = ("rules", "participation", *SCHEME, "--at-work", 200, "--joining", 160)
    document = run(*whole, "--women", 50, "--women-joining", 39).document
    assert (document["ok"], document["missing"]) == (False, 1)
    assert document["women"] == {"ok": False, "needed": 40, "missing": 1}
    assert run(*whole, "--women", 50).code == 2
    assert run(*whole, "--women", 50, "--women-joining", 51).code == 2


def test_a_contribution_with_open_fees_names_them_and_demands_nothing() -> None:
    document = run(
        "rules", "contribution", *SCHEME, "--people", 10, "--plan", "hospital", "--shares", 1
    ).document
    assert document == {
        "ok": False,
        "problems": [],
        "to_confirm": ["plans.hospital.fee_fen"],
        "months": 12,
        "coverage": None,
        "total_fen": None,
        "parts": [],
    }


def test_contribution_tells_what_does_not_fit() -> None:
    def codes(*more: str) -> list[str]:
        done = run("rules", "contribution", *SCHEME, "--people", 10, *more)
        assert done.code == 0
        return [problem["code"] for problem in done.document["problems"]]

    assert codes("--plan", "women") == ["women-missing"]
    assert codes("--plan", "women", "--women", "4") == []
    assert codes("--plan", "hospital", "--shares", "99") == ["shares"]
    assert codes("--plan", "hospital", "--at", "2024-12-31 23:59") == []
    assert codes("--plan", "hospital", "--at", "2025-01-01 00:00") == ["window-closed"]


def test_without_json_the_rules_answer_in_words() -> None:
    assert told("rules", "capitals", "100").out == "人民币壹元整\n"
    assert "1990-03-07" in told("rules", "identity", GOOD).out
    assert "60岁1个月" in told("rules", "retirement", "--born", "1965-01-01", "--post", "male").out
    for at_work, joining, words in ((101, 80, "还差1人"), (101, 81, "已够"), (0, 0, "没有最少")):
        asked = ("--at-work", at_work, "--joining", joining)
        assert words in told("rules", "participation", *SCHEME, *asked).out
    assert "待核对" in told("rules", "contribution", *SCHEME, "--people", 3, "--women", 1).out


def test_schemes_are_listed_shown_and_checked(tmp_path: Path) -> None:
    ids = [scheme["id"] for scheme in run("scheme", "list").document]
    assert "xianfeng-2024" in ids
    for scheme_id in ids:
        assert run("scheme", "show", scheme_id).document["scheme"]["id"] == scheme_id
    file = tmp_path / "mine.toml"
    file.write_text("id = 5", "utf-8")
    done = run("scheme", "check", file)
    assert (done.code, done.document["ok"]) == (0, False)
    assert "id" in done.document["problems"][0]["message"]
    file.write_bytes(b"\xff\xfe\xfd")
    assert run("scheme", "check", file).document["ok"] is False
    assert run("scheme", "check", tmp_path / "none.toml").code == 4


ANYANG = ("rules", "contribution", "--scheme", "anyang-2023")


def test_anyang_s_contribution_is_split_between_the_union_and_the_unit() -> None:
    assert run(*ANYANG, "--people", 101).document == {
        "ok": True,
        "problems": [],
        "to_confirm": [],
        "months": 12,
        "coverage": {"first": "2023-01-01", "last": "2023-12-31"},
        "total_fen": 757_500,
        "parts": [
            {"payer": "upper-union", "fen": 252_500},
            {"payer": "unit-and-member", "fen": 505_000},
        ],
    }


def test_a_renewal_inside_the_year_pays_the_months_left() -> None:
    document = run(*ANYANG, "--people", 2, "--ends", "2023-09-15").document
    assert (document["months"], document["total_fen"]) == (3, 3750)
    assert document["coverage"] == {"first": "2023-10-01", "last": "2023-12-31"}
    assert document["to_confirm"] == ["coverage.renewal.year_months"]
    december = run(*ANYANG, "--people", 2, "--ends", "2023-12-31").document
    assert (december["months"], december["coverage"], december["total_fen"]) == (0, None, 0)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        (["--at", "2022-12-10 17:00"], []),
        (["--at", "2022-12-10 17:01"], ["window-closed"]),
        (["--new-unit"], ["new-unit-closed"]),
        (["--ends", "2023-05-31", "--at", "2023-05-09 18:00"], []),
        (["--ends", "2023-05-31", "--at", "2023-05-10 08:00"], ["renewal-late"]),
    ],
)
def test_anyang_judges_when_an_application_comes(more: list[str], codes: list[str]) -> None:
    done = run(*ANYANG, "--people", 10, *more)
    assert done.code == 0
    assert [problem["code"] for problem in done.document["problems"]] == codes
    assert done.document["ok"] is (not codes)


@pytest.mark.parametrize(
    "more",
    [
        ["--at", "2022-12-10"],
        ["--at", "2022-13-10 09:00"],
        ["--at", "1800-01-01 00:00"],
        ["--ends", "9999-12-31"],
        ["--ends", "2023-05-31", "--new-unit"],
        ["--shares", 1001],
        ["--plan", "x"],
        ["--people", 0],
        ["--unit-kind", "x"],
        ["--class", "contract"],
        ["--class", "contract=-1"],
    ],
)
def test_a_contribution_asked_wrongly_is_wrong_usage(more: list[object]) -> None:
    assert run(*ANYANG, "--people", 10, *more).code == 2


def test_a_class_of_people_is_told_with_its_number() -> None:
    asked = ("rules", "contribution", "--scheme", "yongding", "--people", 10)
    institution = run(*asked, "--unit-kind", "institution", "--class", "contract=4").document
    assert institution["total_fen"] == 6 * 10_000 + 4 * 3_600
    assert "plans.inpatient.fee_classes.contract" in institution["to_confirm"]
    women = run(*asked, "--women", 3, "--class", "contract=4,3", "--class", "firm=6").document
    assert (women["total_fen"], women["problems"]) == (10 * 3_600, [])
    wrong = run(*asked, "--class", "contract=11").document
    assert [one["code"] for one in wrong["problems"]] == ["fee-class-people"]
    alone = run(*asked).document
    assert [one["code"] for one in alone["problems"]] == ["fee-class-missing"]


def test_an_estimate_is_told_as_one() -> None:
    out = told("rules", "contribution", "--scheme", "yongding", "--people", 3).out
    assert "估算" in out
    assert "待核对" in out


def test_working_days_are_counted_back() -> None:
    asked = ("rules", "working-days", "--before")
    assert run(*asked, "2023-12-31", "--count", 15).document == {
        "date": "2023-12-10",
        "last_working_day": "2023-12-08",
        "assumed_years": [],
    }
    done = run(*asked, "2031-05-20", "--count", 3)
    assert done.document["assumed_years"] == [2031]
    assert "没有录入" in done.err
    assert "没有录入" in told(*asked, "2031-05-20", "--count", 3).out
    assert run(*asked, "2023-12-31", "--count", 2001).code == 2
    assert run(*asked, "2023-12-31", "--count", "-1").code == 2


def test_all_five_schemes_are_listed() -> None:
    assert [scheme["id"] for scheme in run("scheme", "list").document] == [
        "anyang-2023",
        "beijing",
        "pinghu",
        "xianfeng-2024",
        "yongding",
    ]
    window = run("scheme", "show", "anyang-2023").document["scheme"]["windows"][0]
    assert window["opens_at"] == "2022-11-11 08:00"


def test_a_faulty_scheme_is_told_with_key_and_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('id = "mine"\ntitle = 5\n', "utf-8")
    problems = run("scheme", "check", file).document["problems"]
    assert (problems[0]["key"], problems[0]["line"]) == ("title", 2)
    assert problems[0]["remedy"]
    assert {problem["key"] for problem in problems} >= {"words", "plans", "coverage", "steps"}
    good = resource_path("schemes", "anyang-2023.toml")
    assert run("scheme", "check", good).document["ok"] is True


def test_a_faulty_file_is_told_with_its_name_and_a_doubt_only_warns(tmp_path: Path) -> None:
    text = resource_path("schemes", "xianfeng-2024.toml").read_text("utf-8")
    file = tmp_path / "mine.toml"
    file.write_text(text.replace("max_age = 60", "max_age = 600"), "utf-8")
    (problem,) = run("scheme", "check", file).document["problems"]
    assert (problem["file"], problem["key"]) == ("mine.toml", "eligibility.max_age")
    assert "mine.toml" in told("scheme", "check", file).out
    file.write_text(text.replace("104521020015", "104521020016"), "utf-8-sig")
    document = run("scheme", "check", file).document
    assert (document["ok"], document["problems"]) == (True, [])
    (warning,) = document["warnings"]
    assert (warning["severity"], warning["key"]) == ("warning", "payee.bank_no")
    assert "提醒" in told("scheme", "check", file).out
    file.write_text("a = [1, 2\nb = 1", "utf-8")
    (problem,) = run("scheme", "check", file).document["problems"]
    assert (problem["line"], problem["column"]) == (2, 1)
    file.write_bytes(b"#" * (1024 * 1024 + 1))
    (problem,) = run("scheme", "check", file).document["problems"]
    assert "超过1MB" in problem["message"]


@pytest.mark.parametrize("year", ["1", "99999999999", "1999", "2200", "二〇二七"])
def test_a_year_that_is_none_is_wrong_usage(year: str) -> None:
    assert run("scheme", "year", year).code == 2
