"""`form`: what can be printed beside the way of a case, from the command line."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.desk import Person, told


def test_a_form_of_a_unit_and_of_a_month_is_issued_and_saved(clerk: Person, tmp_path: Path) -> None:
    unit = clerk.does("unit", "list")[0]["id"]
    file = tmp_path / "登记表.pdf"
    done = clerk.does("form", "issue", "field-sheet", unit, "--to", file)
    assert done["form"]["number"].startswith("XC-A-")
    assert done["form"]["label"] == "入会现场登记表"
    assert file.read_bytes().startswith(b"%PDF")
    again = clerk.does("form", "issue", "field-sheet", unit)
    assert again["issued"] == done["issued"]
    assert clerk.does("form", "issue", "work-handover")["form"]["label"] == "工作交接单"
    refused = clerk.tries("form", "issue", "public-list", 202613)
    assert refused.error["code"] == "month"


def test_what_is_offered_says_why_a_form_is_not_to_be_had(clerk: Person) -> None:
    offered = clerk.does("form", "list", "month", 200001)["forms"]
    assert {one["key"] for one in offered} == {"public-list", "payout-sheet"}
    assert all("2000年1月" in one["why_not"] for one in offered)
    done = told(*clerk.signs(), "form", "list", "unit")
    assert "officer-change  单位经办人变更表" in done.out


def test_a_form_on_the_way_of_a_case_is_asked_for_by_print_and_one_of_nobody_by_nothing(
    clerk: Person,
) -> None:
    assert clerk.tries("form", "issue", "application", 1).error["code"] == "usage"
    assert clerk.tries("form", "issue", "cover-proof").error["code"] == "form-of-nobody"


def test_a_layout_is_taken_out_changed_and_laid_over(
    clerk: Person, head: Person, tmp_path: Path
) -> None:
    file = tmp_path / "版式.toml"
    clerk.does("form", "layout", "field-sheet", file)
    text = file.read_text("utf-8")
    file.write_text(text.replace("登记地点", "登记场所"), "utf-8")
    assert clerk.tries("form", "keep-layout", "field-sheet", file).error["code"] == "not-permitted"
    head.does("form", "keep-layout", "field-sheet", file)
    clerk.does("form", "layout", "field-sheet", tmp_path / "现在.toml")
    assert "登记场所" in (tmp_path / "现在.toml").read_text("utf-8")
    head.does("form", "drop-layout", "field-sheet")
    again = head.tries("form", "drop-layout", "field-sheet")
    assert again.error["code"] == "layout-carried"


def test_a_layout_is_shown_with_an_invented_form_before_it_is_kept(
    clerk: Person, tmp_path: Path
) -> None:
    file, page = tmp_path / "版式.toml", tmp_path / "样张.pdf"
    assert clerk.does("form", "layout-preview", "member-list")["pages"] > 1
    clerk.does("form", "layout", "field-sheet", file)
    done = clerk.does("form", "layout-preview", "field-sheet", file, "--save", page)
    assert done == {"form": "field-sheet", "pages": 1, "file": str(page)}
    assert page.read_bytes().startswith(b"%PDF")
    file.write_text(file.read_text("utf-8").replace("copies = 1", "copies = 0"), "utf-8")
    fault = clerk.tries("form", "layout-preview", "field-sheet", file).error
    assert (fault["code"], fault["message"]) == (
        "layout-invalid",
        "第5行:份数:份数应为 1 到 20 的整数。",
    )


def test_a_logo_is_put_into_a_layout_file(clerk: Person, tmp_path: Path) -> None:
    file, picture = tmp_path / "版式.toml", tmp_path / "标志.png"
    Image.new("RGB", (60, 40), "red").save(picture)
    clerk.does("form", "layout", "field-sheet", file)
    assert clerk.does("form", "layout-logo", file, picture) == {"file": str(file)}
    assert "[pictures]" in file.read_text("utf-8")
    clerk.does("form", "layout-preview", "field-sheet", file)
    assert clerk.tries("form", "layout-logo", file, file).error["code"] == "picture-invalid"
