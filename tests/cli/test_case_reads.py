"""What the window shows of a case beside its page: typed by hand, history, accounts, last step."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.identity import identity_18
from tests.cli.desk import Person, told
from tests.cli.test_refusals import DRAFT

APPROVED = 1  # the town's: approved and sent
HOSPITAL = 4
NURSERY, CLINIC = 10, 11  # their proofs are a text PDF and a workbook
READS = ("history", "funding", "corrections", "last")


def test_what_is_typed_into_the_provinces_system_is_told_in_its_order(clerk: Person) -> None:
    own, first, *_rest = clerk.does("submission", "entry", HOSPITAL)["entry"]
    fields = {one["label"]: one["value"] for one in own["fields"]}
    case = clerk.does("enrolment", "show", HOSPITAL)["enrolment"]
    assert own["fields"][0] == {"label": "单位名称", "value": case["unit_name"], "whose": ""}
    assert fields["参保人数"] == str(case["people"])
    assert [one["label"] for one in first["fields"][:3]] == ["参保人姓名", "身份证号", "手机号"]
    assert {one["whose"][:5] for one in first["fields"][:3]} == {"第 1 人"}
    said = told(*clerk.signs(), "submission", "entry", HOSPITAL).out.splitlines()
    assert said[:2] == ["单位和申请", f"  单位名称  {case['unit_name']}"]
    assert sum(line.startswith("  第 1 人") for line in said) == len(case["plans"])


def test_an_entrance_that_is_unknown_and_a_draft_have_nothing_to_type(clerk: Person) -> None:
    draft = clerk.tries("submission", "entry", DRAFT)
    assert (draft.code, draft.error["code"]) == (3, "not-approved")
    nowhere = clerk.tries("submission", "entry", HOSPITAL, "--profile", "nowhere")
    assert (nowhere.code, nowhere.error["code"]) == (3, "profile-unknown")


def test_who_waits_after_the_provinces_answer_is_listed(clerk: Person) -> None:
    people = clerk.does("submission", "waiting", APPROVED)["people"]
    assert people
    assert all(one["sent_back"] and one["note"] for one in people)
    assert clerk.does("submission", "waiting", HOSPITAL)["people"] == []
    assert told(*clerk.signs(), "submission", "waiting", HOSPITAL).out.startswith("没有退回后")


def test_a_case_tells_its_history_accounts_and_last_step(clerk: Person) -> None:
    history = clerk.does("enrolment", "history", DRAFT)["history"]
    assert {"at", "who", "what", "note"} == history[0].keys()
    parts = clerk.does("enrolment", "funding", DRAFT)["funding"]
    case = clerk.does("enrolment", "show", DRAFT)["enrolment"]
    assert sum(part["fen"] for part in parts) == case["total_fen"]
    workers = ("--at-work", 78, "--reason", "单位更正")
    clerk.does("enrolment", "workers", DRAFT, *workers)
    last = clerk.does("enrolment", "last", DRAFT)["undo"]
    assert (last["label"], last["may"]) == ("更正在职人数", True)
    for read in READS:
        assert told(*clerk.signs(), "enrolment", read, DRAFT).out.strip()


@pytest.mark.parametrize("read", READS)
def test_a_case_that_is_not_there_is_said(clerk: Person, read: str) -> None:
    done = clerk.tries("enrolment", read, 9_999)
    assert (done.code, done.error["code"]) == (3, "enrolment-unknown")


def test_a_list_is_told_beside_last_years_with_what_an_approval_signs(clerk: Person) -> None:
    case = clerk.does("enrolment", "show", HOSPITAL)["enrolment"]
    found = clerk.does("roster", "difference", HOSPITAL)["difference"]
    assert (found["from_year"], found["year"], found["addition"]) == (None, case["year"], False)
    assert found["counts"]["new"] == case["people"]
    assert len(found["people"]) == sum(found["counts"].values())
    assert [one["people"] for one in found["figures"]] == [case["people"]]
    assert {"kind", "label", "name", "identity", "note"} <= found["people"][0].keys()
    assert found["people"][0]["identity"].startswith("*")
    left = clerk.does("roster", "difference", HOSPITAL, "--kind", "left")["difference"]
    assert (left["people"], left["digest"]) == ([], found["digest"])
    said = told(*clerk.signs(), "roster", "difference", HOSPITAL).out.splitlines()
    assert said[0].startswith(f"上年没有名单:新增{case['people']}人")
    assert said[-1] == f"摘要 {found['digest']}"


def test_a_unit_that_keeps_its_list_has_no_difference(clerk: Person) -> None:
    year = clerk.does("enrolment", "list")
    own = next(row["id"] for row in year if row["handling_label"] == "单位自办")
    assert clerk.does("roster", "difference", own) == {"difference": None}


def test_a_roster_is_previewed_and_answered_with_its_corrections(
    clerk: Person, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("名册")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号", "手机号"])
    book.worksheets[0].append(["王错", "123", ""])
    book.worksheets[0].append(["王甲", identity_18("99999919800307001"), ""])
    book.save(folder / "名册.xlsx")
    before = clerk.does("enrolment", "show", DRAFT)["enrolment"]["people"]
    preview = clerk.does("roster", "preview", DRAFT, folder / "名册.xlsx")
    assert (preview["plan"]["rows_read"], preview["plan"]["rejected"]) == (2, 1)
    assert (preview["difference"]["counts"]["waiting"], "people" in preview["difference"]) == (
        1, False,
    )  # fmt: skip
    beside = clerk.does("roster", "difference", DRAFT, "--file", folder / "名册.xlsx")
    assert beside["difference"]["counts"] == preview["difference"]["counts"]
    assert beside["difference"]["digest"] == preview["difference"]["digest"]
    assert clerk.does("enrolment", "show", DRAFT)["enrolment"]["people"] == before
    said = told(*clerk.signs(), "roster", "preview", DRAFT, folder / "名册.xlsx")
    assert said.out.startswith("读入2,可用1,待补1。")
    saved = clerk.does("roster", "corrections", folder / "名册.xlsx")["file"]
    assert openpyxl.load_workbook(saved).worksheets
    again = clerk.does("roster", "corrections", folder / "名册.xlsx", "--to", folder / "b.xlsx")
    assert again == {"file": str(folder / "b.xlsx"), "locked": False, "own_looks": True}


def test_corrections_are_of_an_application_and_locked_where_it_is_wished(
    clerk: Person, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("改")
    (folder / "名册.csv").write_text("人,号\n王错,123\n", "utf-8")
    (folder / "密码.txt").write_text("另告 2026", "utf-8")
    asked = ("--enrolment", DRAFT, "--column", "人=name", "--column", "号=identity")
    locked = ("--locked-with", folder / "密码.txt")
    saved = clerk.does("roster", "corrections", folder / "名册.csv", *asked, *locked)
    assert saved == {
        "file": str(folder / "名册_需更正.xlsx"), "locked": True, "own_looks": False,
    }  # fmt: skip
    done = told("roster", "check", saved["file"])
    assert (done.code, "打开密码" in done.out) == (4, True)
    key = ("--opens-with", folder / "密码.txt")
    columns = clerk.does("roster", "columns", saved["file"], *asked[2:], *key)["columns"]
    assert [(one["sheet"], one["field"]) for one in columns] == [
        ("名单", "name"), ("名单", "identity"),
    ]  # fmt: skip


@pytest.mark.parametrize("case", [NURSERY, CLINIC])
def test_a_kept_proof_is_told_against_the_list(clerk: Person, case: int) -> None:
    proof = clerk.does("enrolment", "proof", case)["proof"]
    people = clerk.does("enrolment", "show", case)["enrolment"]["people"]
    assert proof["agrees"] + proof["roster_only"] == people
    assert (proof["proof_only"], proof["roster_only"], proof["name_differs"]) == (1, 2, 0)
    assert len(proof["lines"]) == people + 1
    said = told(*clerk.signs(), "enrolment", "proof", case).out.splitlines()
    assert said[0] == proof["sentence"]
    assert [line.split("  ")[0] for line in said[1:]] == ["名单有证明无"] * 2 + ["证明有名单无"]


def test_a_proof_in_a_file_is_told_against_the_list_and_not_kept(
    clerk: Person, tmp_path: Path
) -> None:
    file = tmp_path / "证明.csv"
    file.write_text("姓名,身份证号\n向某离,999***********0216", "utf-8-sig")
    proof = clerk.does("enrolment", "proof", DRAFT, "--file", file)["proof"]
    assert (proof["file_name"], proof["agrees"], proof["proof_only"]) == ("证明.csv", 0, 1)
    picture = clerk.tries("enrolment", "proof", HOSPITAL)
    assert (picture.code, picture.error["code"]) == (4, "proof-without-text")


def _partly_hidden(path: Path) -> Path:
    """The same file with its second person hidden, and a hidden sheet with one more."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0].row_dimensions[3].hidden = True
    gone = book.create_sheet("去年")
    gone.append(["姓名", "身份证号"])
    gone.append(["王丙", identity_18("99999919800307005")])
    gone.sheet_state = "hidden"
    book.save(path)
    return path


def test_a_roster_is_read_with_the_repairs_and_edits_that_are_named(
    clerk: Person, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("名册") / "名册.xlsx"
    number = identity_18("99999919800307001")
    book = openpyxl.Workbook()
    book.worksheets[0].title = "名单"
    for row in (
        ["姓名", "身份证号", "手机号"],
        ["王 甲", number, "19900000001.0"],
        ["王乙", "123", ""],
    ):
        book.worksheets[0].append(row)
    book.save(path)
    options = ("--repair", "phone-decimal", "--no-repair-cell", "名单!2:name")
    left = clerk.does("roster", "preview", DRAFT, _partly_hidden(path), "--no-hidden-rows")["plan"]
    assert (left["rows_read"], left["accepted"], left["skipped"]) == (2, 1, 1)
    every = clerk.does("roster", "preview", DRAFT, path, "--hidden-sheets")["plan"]
    assert every["rows_read"] == 3
    edit = f"名单!3:identity={identity_18('99999919800307003')}"
    plan = clerk.does("roster", "preview", DRAFT, path, *options, "--edit", edit)["plan"]
    assert (plan["accepted"], plan["rejected"]) == (1, 1)
    assert [(one["kind"], one["taken"]) for one in plan["repairs"]] == [
        ("spaces", False),
        ("phone-decimal", True),
    ]
    assert plan["edits"][0]["before"] == "123"
    said = told(*clerk.signs(), "roster", "preview", DRAFT, path).out
    assert "整理  手机号成了小数(phone-decimal)  1处,接受0处" in said
    for wrong in (("--edit", "3=x"), ("--edit", "3:name"), ("--repair-cell", "名单!name")):
        assert clerk.tries("roster", "preview", DRAFT, path, *wrong).code == 2
    done = clerk.tries("roster", "preview", DRAFT, path, "--repair", "sex-by-number")
    assert (done.code, done.error["code"]) == (3, "repair-one-by-one")
    report = clerk.does("roster", "check", path, "--repairs")
    assert [one["kind"] for one in report["repairs"]] == ["spaces", "phone-decimal"]
    assert "repairs" not in clerk.does("roster", "check", path)
