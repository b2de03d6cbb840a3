"""What the desk's acts answer on the sample county, as a document and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.cli import papers
from desktop_app.sample_office import SAMPLE_USERS
from desktop_app.services.cases.form_rules import FORMS
from tests.cli.desk import Person, told
from tests.cli.test_walk import today

WAITING = 4  # the hospital: exported, paid, not finished
REFUSED = 1  # the town: the failure list of the county is about its people


def test_who_the_province_sent_back_is_decided_on_and_sent_anew(
    clerk: Person, county: Path, tmp_path: Path
) -> None:
    (failures,) = county.rglob("失败人员名单*.xlsx")
    lines = [row["line_no"] for row in _people(clerk) if row["sent_back"]]
    assert len(lines) == 2
    before = clerk.does("enrolment", "show", REFUSED)["enrolment"]
    assert next(one["code"] for one in before["missing"]) == "sent-back"
    assert clerk.tries("submission", "failures", REFUSED, failures).code == 3  # read already
    again = clerk.does("submission", "sent-back", REFUSED, *lines, "--resend", "省里说是误退")
    assert again["enrolment"]["people"] == before["people"] + 2
    sent = clerk.does("submission", "export", REFUSED, tmp_path / "补报")["submission"]
    assert sent["people"] == 2
    second = tmp_path / "第二份失败名单.xlsx"
    book = openpyxl.load_workbook(failures)
    book.worksheets[0].title = "第二份"
    book.save(second)
    answer = clerk.does("submission", "failures", REFUSED, second)["answer"]
    assert (answer["accepted"], answer["failed"], answer["unknown"]) == (0, 2, 0)
    one, other = lines
    clerk.does("submission", "sent-back", REFUSED, one, "--withdraw", "不再参加")
    row = next(row for row in _people(clerk) if row["line_no"] == other)
    wrong = clerk.tries("submission", "sent-back", REFUSED, other, "--correct", row["name"], "1")
    assert (wrong.code, wrong.document["error"]["code"]) == (3, "identity-length")
    two = ("submission", "sent-back", REFUSED, one, other, "--correct", row["name"], "1")
    assert clerk.tries(*two).code == 2


def _people(clerk: Person) -> list[dict[str, Any]]:
    found = clerk.does("roster", "people", REFUSED, "--limit", 1000)
    people: list[dict[str, Any]] = found["people"]
    return people


def test_an_acknowledgement_is_taken_for_its_own_package_and_once(
    clerk: Person, county: Path, tmp_path: Path
) -> None:
    (receipt,) = county.rglob("回执*.json")
    assert clerk.tries("submission", "acknowledge", 2, receipt).code == 3  # the sample read it
    newer = tmp_path / "回执.json"
    newer.write_text(json.dumps(json.loads(receipt.read_text("utf-8")), indent=3), "utf-8")
    answer = clerk.does("submission", "acknowledge", 2, newer)["answer"]
    assert (answer["accepted"], answer["failed"]) == (112, 0)


def test_find_answers_units_people_and_business_numbers(clerk: Person) -> None:
    (unit,) = clerk.does("find", "第一小学", "--limit", 1)
    assert (unit["kind"], unit["title"]) == ("unit", "明山县第一小学(演示)")
    hits = clerk.does("find", "HB20261201-0002")
    assert [hit["kind"] for hit in hits] == ["enrolment"]
    assert clerk.does("find", "没有这个人") == []
    assert told(*clerk.signs(), "find", "没有这个人").out == "没有找到。\n"


def test_a_person_is_told_whole_with_what_is_owed(clerk: Person) -> None:
    claims = clerk.does("claim", "list")
    (hit, *_rest) = clerk.does("find", claims[1]["person"])
    view = clerk.does("person", hit["id"])
    assert {"covers", "cases", "claims", "waiting", "history", "sentence"} <= view.keys()
    assert view["covers"][0]["period"].endswith("24时止")
    assert view["claims"][0]["number"] == claims[1]["number"]
    assert clerk.tries("person", 99_999).code == 3


def test_claims_are_listed_newest_first_with_what_they_miss(clerk: Person) -> None:
    rows = clerk.does("claim", "list")
    assert [row["papers_missing"] for row in rows] == [0, 0]
    assert [row["id"] for row in rows] == [2, 1]
    (person, *_rest) = clerk.does("claim", "find", rows[1]["person"], "--on", "2026-12-01")
    assert {key for key, _text in person["plans"]} >= {"accident", "hospital"}
    assert told(*clerk.signs(), "claim", "find", "无此", "--on", "2026-12-01").out == "查无此人。\n"


@pytest.mark.parametrize(
    "command",
    [
        ("unit", "list"),
        ("enrolment", "list"),
        ("enrolment", "show", WAITING),
        ("enrolment", "show", 5),
        ("claim", "list"),
        ("claim", "show", 1),
        ("claim", "show", 2),
        ("claim", "find", "王", "--on", "2026-12-01"),
        ("find", "王"),
        ("person", 1),
        ("board",),
        ("chase",),
        ("verify",),
    ],
    ids=lambda command: " ".join(map(str, command)),
)
def test_without_json_an_answer_is_a_few_lines_without_identity_numbers(
    clerk: Person, command: tuple[str | int, ...]
) -> None:
    done = told(*clerk.signs(), *command)
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()
    assert "999999" not in done.out
    assert "{" not in done.out


def test_neither_the_log_nor_the_answer_holds_the_password_or_a_person(
    clerk: Person, office: Path
) -> None:
    clerk.does("find", "王子静")
    clerk.tries("enrolment", "submit", 5)
    text = "".join(path.read_text("utf-8") for path in (office / "logs").iterdir())
    assert SAMPLE_USERS[0][3] not in text
    assert "王子静" not in text
    assert "999999" not in text


def test_the_papers_of_a_finished_case_stay_the_stamped_ones(clerk: Person) -> None:
    before = clerk.does("enrolment", "show", 2)["enrolment"]
    for form in before["forms"]:
        again = clerk.does("print", "issue", 2, form["key"])
        same = (again["issued"], again["form"]["number"]) == (form["issued_id"], form["number"])
        assert same is (form["key"] != "archive-list")  # which now has the file's own number
    assert clerk.does("enrolment", "show", 2)["enrolment"]["papers"] == before["papers"]


def test_the_forms_offered_are_those_the_office_prints() -> None:
    assert papers._FORMS == FORMS


def test_the_head_sees_the_open_figures_after_confirming_one(head: Person) -> None:
    done = told(
        *head.signs(), "scheme", "confirm", "plans.hospital.share_limits.default", 2,
        "--document", "演示用口径",
    )  # fmt: skip
    assert done.code == 0
    assert "住院医疗限购份数(其他单位)  2  演示" in done.out
    assert "plans.hospital.fee_fen  住院医疗会费  60.00元  演示" in done.out
    assert "None" not in done.out


def test_an_older_version_is_confirmed_by_its_number(head: Person) -> None:
    (version,) = head.does("scheme", "versions")["versions"]
    assert version["name"] == "1"
    assert version["label"].startswith("第1版(新申请用,")
    said = ("--document", "演示用标准", "--version", "xianfeng-2024:1")
    path = "plans.hospital.share_limits.default"
    assert head.does("scheme", "confirm", path, 2, *said)["figures"]
    rate = ("scheme", "confirm-clause", "plans.hospital.benefits.rate", "--as-read", *said)
    assert head.does(*rate)["clauses"]
    assert head.does("scheme", "clauses", "--version", 1)["clauses"]
    done = head.tries("scheme", "clauses", "--version", 7)
    assert (done.code, done.error["code"]) == (3, "version-unknown")
    assert "第1版" in told(*head.signs(), "scheme", "versions").out


def test_what_cannot_be_read_is_told_by_the_clauses_name(head: Person) -> None:
    def refusal(key: str, *said: str) -> tuple[str, str]:
        base = f"plans.hospital.benefits.{key}"
        error = head.tries("scheme", "confirm-clause", base, *said, "--document", "演示").error
        return error["message"], error["remedy"]

    message, remedy = refusal("rate", "--values", '{"share": "150/100"}')
    assert message == '“住院医疗 · 比例”不能这样确认:“比例”应是0到1之间的比例,如 "80/100" 或 0.8。'
    assert remedy == "请按文件核对后再填。"
    message, remedy = refusal("waiting", "--as-read")
    assert message == "“住院医疗 · 等待期”不能这样确认:“分段”没有填写。"
    assert "没有这项规定" in remedy
    assert "新建草稿" in remedy


def test_a_fee_that_cases_went_by_stays(head: Person) -> None:
    said = ("scheme", "confirm", "plans.hospital.fee_fen", 7000, "--document", "演示")
    assert head.tries(*said).error["code"] == "figure-used"


def test_a_roster_read_twice_adds_nobody(clerk: Person, county: Path) -> None:
    (roster,) = (path for path in county.glob("单位报送/05*/*名*.xls*"))
    read = clerk.does("roster", "import", 5, roster)
    assert read["stored"] == 0  # everybody good is on the list already
    assert (read["plan"]["new_people"], read["plan"]["known_people"]) == (0, 0)
    words = told(*clerk.signs(), "roster", "import", 5, roster)
    assert "存入0人" in words.out


def test_the_head_confirms_a_clause_of_a_benefit(clerk: Person, head: Person) -> None:
    key = "plans.hospital.benefits.deductible"
    rows = {row["key"]: row for row in clerk.does("scheme", "clauses")["clauses"]}
    assert (rows[key]["state"], rows[key]["said"]) == ("to-confirm", "")
    said = ("scheme", "confirm-clause", key, "--document", "演示用标准")
    assert head.tries(*said, "--as-read").error["code"] == "scheme-invalid"
    answer = head.does(*said, "--values", '{"fen": 50000}')["clauses"]
    assert next(row for row in answer if row["key"] == key)["said"] == "金额500.00 元"
    assert head.tries(*said, "--values", "x").code == 2
    assert head.does(*said, "--none")  # the province decides: what it decided was no estimate
    other = ("scheme", "confirm-clause", "plans.women.benefits.waiting", "--document", "演示")
    assert "没有这项规定" in told(*head.signs(), *other, "--none").out


def test_a_claim_is_figured_from_a_file_of_facts(
    clerk: Person, head: Person, tmp_path: Path
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"own_fen": 300000}', "utf-8")
    claim = clerk.does(
        "claim", "register", "--plan", "hospital", "--on", today(),
        "--person", "查无此人", "--facts", facts,
    )["claim"]  # fmt: skip
    assert (claim["worksheet"]["fen"], claim["worksheet"]["kind"]) == (210_000, "estimate")
    facts.write_text('{"own_fen": 400000}', "utf-8")
    answer = clerk.does("claim", "figure", claim["id"], "--facts", facts)["claim"]["worksheet"]
    assert answer["fen"] == 280_000
    assert [step["rule"] for step in answer["steps"]][-1] == "benefit"
    assert set(answer["steps"][0]) == {"rule", "clause", "input", "output", "text"}
    assert answer["to_confirm"][0] == "plans.hospital.benefits.deductible"
    assert clerk.does("claim", "figure", claim["id"])["claim"]["worksheet"]["fen"] == 280_000
    words = told(*clerk.signs(), "claim", "show", claim["id"]).out
    assert "核算 2,800.00元(估算,待核对)" in words
    assert "  起付线 待核对" in words
    accident = clerk.does(
        "claim", "register", "--plan", "accident", "--on", today(), "--person", "某人"
    )["claim"]["id"]
    clerk.does("claim", "figure", accident)
    assert "核算 算不出" in told(*clerk.signs(), "claim", "show", accident).out
    assert "核算4份" in told(*head.signs(), "verify").out


def test_what_is_decided_of_a_claim_has_its_commands(clerk: Person) -> None:
    claim = next(row for row in clerk.does("claim", "list") if row["step_label"] == "省办核定金额")
    for words, code in (
        (("arrive", claim["id"], "2026-11-01"), "date"),  # before it was decided
        (("pay", claim["id"], today()), "wrong-step"),
        (("return", claim["id"], "--reason", "补正"), "wrong-step"),
        (("refuse", claim["id"], today(), "--rule", "规定", "--reason", "原因"), "wrong-step"),
    ):
        assert clerk.tries("claim", *words).error["code"] == code
    assert clerk.does("claim", "next", claim["id"])["claim"]["step_label"] == "已告知"


def test_forms_of_several_units_come_as_files_in_their_order(clerk: Person, tmp_path: Path) -> None:
    units = {line["name"]: line for line in clerk.does("unit", "list")}
    hospital = next(line["id"] for name, line in units.items() if "人民医院" in name)
    none_yet = next(line["id"] for line in units.values() if line["id"] != hospital)
    words = ("print", "batch", tmp_path / "单据", hospital, none_yet, "--form", "application")
    made = clerk.does(*words)
    assert len(made["issued"]) + len(made["refused"]) == 2
    first = made["issued"][0]
    assert (first["form"], Path(first["file"]).read_bytes()[:5]) == ("application", b"%PDF-")
    again = clerk.does(*words)
    assert [one["number"] for one in again["issued"]] == [one["number"] for one in made["issued"]]


def test_a_batch_is_printed_form_by_form_and_goes_on_behind_the_last_good_one(
    clerk: Person, tmp_path: Path
) -> None:
    units = {line["name"]: line for line in clerk.does("unit", "list")}
    hospital = next(line["id"] for name, line in units.items() if "人民医院" in name)
    none_yet = next(line["id"] for line in units.values() if line["id"] != hospital)
    assert clerk.does("print", "batch-left") == {"batch": None}
    begun = clerk.does("print", "batch-begin", hospital, none_yet, "--form", "application")
    batch, left = begun["batch"]["id"], begun["left"]
    assert len(begun["refused"]) + left == 2
    first = clerk.does("print", "batch-next", batch, tmp_path / "单据")
    assert Path(first["file"]).read_bytes()[:5] == b"%PDF-"
    clerk.does("print", "batch-back", batch, first["place"])
    again = clerk.does("print", "batch-next", batch, tmp_path / "单据")
    assert again["number"] == first["number"]
    clerk.does("print", "batch-done", batch, 1, "--printer", "办公室")
    jammed = clerk.does("print", "batch-behind", batch)  # none is good
    assert (jammed["left"], jammed["batch"]["ended"]) == (left, False)
    assert clerk.does("print", "batch-left") == jammed
    assert clerk.does("print", "batch-end", batch)["batch"]["ended"]


def test_a_batch_holds_the_forms_beside_the_way_and_says_whom_they_are_not_for(
    clerk: Person, tmp_path: Path
) -> None:
    cases = clerk.does("enrolment", "list")
    units = [case["unit_id"] for case in cases if case["people"]][:2]
    words = (*units, "--form", "correction-request", "--form", "renewal-notice")
    made = clerk.does("print", "batch", tmp_path / "单据", *words)
    assert [one["form"] for one in made["issued"]] == ["correction-request"] * 2
    assert [one["form_key"] for one in made["refused"]] == ["renewal-notice"] * 2
    assert all("不用再通知续保" in one["refusal"] for one in made["refused"])
    begun = clerk.does("print", "batch-begin", *words)
    assert (begun["left"], len(begun["refused"])) == (2, 2)
    batch = begun["batch"]["id"]
    numbers = []
    for place in (1, 2):
        sent = clerk.does("print", "batch-next", batch, tmp_path / "打印")
        assert Path(sent["file"]).read_bytes()[:5] == b"%PDF-"
        numbers.append(sent["number"])
        clerk.does("print", "batch-done", batch, place, "--printer", "办公室")
    assert numbers == [one["number"] for one in made["issued"]]
    assert clerk.does("print", "batch-left")["batch"]["ended"]
    assert clerk.does("print", "batch-behind", batch, "--good", numbers[0])["left"] == 1


def test_a_form_that_may_not_be_printed_any_more_is_left_out_of_its_batch(
    clerk: Person, reviewer: Person, tmp_path: Path
) -> None:
    cases = [one for one in clerk.does("enrolment", "list") if one["people"]]
    units = dict.fromkeys(one["unit_id"] for one in cases)
    lines = clerk.does("print", "batch-begin", *units, "--form", "application")["batch"]["lines"]
    may_end = [
        line
        for line in lines
        if clerk.does("enrolment", "show", line["enrolment_id"])["enrolment"]["state"] != "finished"
    ]
    unit_of = {one["id"]: one["unit_id"] for one in cases}
    chosen = [unit_of[line["enrolment_id"]] for line in may_end[:2]]
    begun = clerk.does("print", "batch-begin", *chosen, "--form", "application")
    batch, first = begun["batch"]["id"], begun["batch"]["lines"][0]
    reviewer.does("enrolment", "void", first["enrolment_id"], "--reason", "不参加了")
    sent = clerk.does("print", "batch-next", batch, tmp_path / "打印")
    assert (sent["place"], [one["place"] for one in sent["refused"]]) == (2, [1])
    clerk.does("print", "batch-done", batch, 2)
    end = clerk.does("print", "batch-next", batch, tmp_path / "打印")
    assert ([one["place"] for one in end["refused"]], end["batch"]["ended"]) == ([1], True)


def test_a_form_is_void_with_its_reason(clerk: Person) -> None:
    cases = clerk.does("enrolment", "list")
    shown = (clerk.does("enrolment", "show", case["id"])["enrolment"] for case in cases)
    case = next(
        one
        for one in shown
        if one["state"] != "finished"
        and any(form["key"] == "application" and form["may_print"] for form in one["forms"])
    )
    issued = clerk.does("print", "issue", case["id"], "application")
    void = clerk.does("print", "void", issued["issued"], "--reason", "盖错了章")
    assert void == {"issued": issued["issued"], "number": issued["form"]["number"]}
    again = clerk.tries("print", "void", issued["issued"], "--reason", "盖错了章")
    assert again.error["code"] == "form-not-valid"
