"""`scan`: what was attached is listed and given out."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import Person


def test_attached_papers_are_listed_and_saved(clerk: Person, tmp_path: Path) -> None:
    case = next(row for row in clerk.does("enrolment", "list") if row["state"] == "finished")
    scans = clerk.does("scan", "list", "--enrolment", case["id"])["scans"]
    slip = next(one for one in scans if one["key"] == "bank-slip")
    target = tmp_path / "回单"
    saved = clerk.does("scan", "save", slip["attachment_id"], target)
    assert saved == {"file": str(target)}
    assert target.stat().st_size > 100
    certificates = clerk.does("scan", "list", "--unit", case["unit_id"])["scans"]
    assert [one["key"] for one in certificates] == ["code-certificate", "union-certificate"]


def test_a_unit_or_attachment_that_is_not_there_is_refused(clerk: Person, tmp_path: Path) -> None:
    assert clerk.tries("scan", "list", "--unit", 9999).error["code"] == "unit-unknown"
    assert clerk.tries("scan", "list").code == 2
    refused = clerk.tries("scan", "save", 9999, tmp_path / "x")
    assert refused.error["code"] == "attachment-unknown"


def test_a_unit_is_registered_with_its_certificates(clerk: Person, tmp_path: Path) -> None:
    case = next(row for row in clerk.does("enrolment", "list") if row["state"] == "finished")
    first, second = clerk.does("scan", "list", "--unit", case["unit_id"])["scans"]
    for one in (first, second):
        clerk.does("scan", "save", one["attachment_id"], tmp_path / one["key"])
    register = ("unit", "register", "--name", "明山县演示纸厂(演示)", "--kind", "firm")
    unit = clerk.does(*register, "--paper", first["key"], tmp_path / first["key"])["unit"]
    assert [paper["state"] for paper in unit["papers"]] == ["kept", "missing"]
    attach = ("unit", "attach", unit["id"], second["key"], tmp_path / second["key"])
    papers = clerk.does(*attach)["unit"]["papers"]
    assert [paper["state"] for paper in papers] == ["kept", "kept"]
