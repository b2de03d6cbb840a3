"""收件: one beep a paper, a scan sorted to its cases, strays in a tray; nothing lost or doubled."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat
from sqlalchemy import event

from db.codes import PaperState
from db.files import ATTACHMENTS
from desktop_app.errors import Cancelled, FileError
from desktop_app.services.acts import operation
from desktop_app.services.papers.form_codes import tidy
from desktop_app.services.search import STATES
from desktop_app.services.views.receptions import ReceivedPaper
from tests.paper_scans import as_pdf, as_tiff, beside, blank, pages_of, without_code, worn
from tests.services.desks import Staff, people
from tests.services.refusals import refused
from tests.services.test_claims import registered
from tests.services.walks import STAMPED, Walk, walked


def code_of(staff: Staff, walk: Walk, form: str) -> str:
    return str(
        staff.value(
            "SELECT code FROM issued_form WHERE enrolment_id = :id AND form_key = :form"
            " ORDER BY id DESC LIMIT 1",
            id=walk.id,
            form=form,
        )
    )


def number_of(staff: Staff, walk: Walk, form: str) -> str:
    forms = staff.clerk.enrolments.get(walk.id).forms
    return next(one.number or "" for one in forms if one.key == form)


def pdf_of(staff: Staff, walk: Walk, form: str) -> bytes:
    forms = staff.clerk.enrolments.get(walk.id).forms
    issued = next(one.issued_id for one in forms if one.key == form)
    assert issued is not None
    return staff.clerk.prints.read_pdf(issued)


def beep(staff: Staff, text: str) -> ReceivedPaper:
    receptions = staff.clerk.receptions
    return receptions.get(receptions.receive(text).value)


def scan(staff: Staff, path: Path) -> tuple[int, int, int, int]:
    told = take(staff, path)
    return told["pages"], told["filed"], told["tray"], told["again"]


def take(staff: Staff, path: Path) -> dict[str, Any]:
    receptions = staff.clerk.receptions
    return receptions.receive_scan(receptions.read_scan(path)).value


def paper_state(staff: Staff, walk: Walk, form: str) -> str:
    papers = staff.clerk.enrolments.get(walk.id).papers
    return next(paper.state for paper in papers if paper.key == form)


def another(staff: Staff, until: str = "printed") -> Walk:
    return walked(staff, until, name="明山县演示小学(演示)", rows=people(10, start=50, women=2))


def test_one_beep_a_paper_and_the_last_moves_the_case_on(staff: Staff) -> None:
    walk = walked(staff, "printed")
    before = walk.step
    first = beep(staff, code_of(staff, walk, "application"))
    assert (first.unit, first.unit_id, first.enrolment_id) == (walk.name, walk.unit_id, walk.id)
    assert (first.back, first.of, first.waits) == (1, 3, True)
    assert first.missing == ("会员名单", "确认书")
    assert paper_state(staff, walk, "application") == PaperState.STAMPED
    assert walk.step == before
    assert beep(staff, code_of(staff, walk, "member-list")).back == 2
    last = beep(staff, code_of(staff, walk, "confirmation"))
    assert (last.back, last.missing, last.stamped, last.waits) == (3, (), True, False)
    assert walk.step != before
    assert staff.value("SELECT count(*) FROM audit_line WHERE act = 'reception.paper'") == 3


def test_a_beep_repeated_by_its_operation_is_one(staff: Staff) -> None:
    walk = walked(staff, "printed")
    code = code_of(staff, walk, "application")
    uid = staff.desk.uids()
    with operation(uid):
        once = staff.clerk.receptions.receive(code).value
    with operation(uid):
        assert staff.clerk.receptions.receive(code).value == once


def test_the_scanner_s_text_is_taken_whatever_the_input_method_made_of_it(staff: Staff) -> None:
    walk = walked(staff, "printed")
    code = code_of(staff, walk, "application")
    typed = f" {code.lower().replace('/', '、')} "
    assert tidy(typed) == code
    assert beep(staff, typed).label == "申请书"
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code_of(staff, walk, "member-list"))
    assert beep(staff, wide).label == "会员名单"


@pytest.mark.both_databases
def test_a_paper_is_taken_by_its_number_and_by_the_end_of_it(staff: Staff) -> None:
    walk = walked(staff, "printed")
    assert beep(staff, number_of(staff, walk, "application")).label.endswith("申请书")
    tail = number_of(staff, walk, "member-list")[-5:].lstrip("0")
    assert beep(staff, f"md{tail}").label == "会员名单"
    assert beep(staff, tail).label == "确认书"  # the only one that still waits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "code-unreadable"),
        ("https://example.invalid/", "code-unreadable"),
        ("6901234567892", "code-unreadable"),
        ("SQ-A-2027-99999", "form-unknown"),
        ("SQ99999", "form-unknown"),
        ("E00000000/AF/1/00000000", "code-foreign"),
        ("C00000000/BW/1/00000000", "code-foreign"),
        ("X-2026-0417/AF/1/8A1D8759", "code-foreign"),
        ("EABCDE/AF/1/00000000", "code-foreign"),
        ("X0A0B0C0D/AF/1/00000000", "code-foreign"),
        ("E00000000/ZZ/1/00000000", "code-foreign"),
    ],
)
def test_what_is_no_form_of_this_office_is_refused(staff: Staff, typed: str, code: str) -> None:
    walked(staff, "printed")
    with refused(staff, code):
        staff.clerk.receptions.receive(typed)


def test_a_number_s_end_that_several_papers_share_is_asked_for_in_full(staff: Staff) -> None:
    walked(staff, "printed")
    with refused(staff, "form-several") as caught:
        staff.clerk.receptions.receive("1")
    assert "SQ-A-2027-00001" in caught.value.message


def test_a_paper_that_came_already_is_told_with_its_day(staff: Staff) -> None:
    walk = walked(staff, "printed")
    code = code_of(staff, walk, "application")
    beep(staff, code)
    with refused(staff, "already-back") as caught:
        staff.clerk.receptions.receive(code)
    assert "12月1日" in caught.value.message
    staff.run("UPDATE enrolment_paper SET received_on = NULL")
    with refused(staff, "already-back") as caught:
        staff.clerk.receptions.receive(code)
    assert "以前已经收回过" in caught.value.message


def test_a_form_without_a_seal_is_not_taken(staff: Staff) -> None:
    walk = walked(staff, "printed")
    staff.clerk.prints.issue(walk.id, "payment-notice")
    with refused(staff, "no-seal") as caught:
        staff.clerk.receptions.receive(code_of(staff, walk, "payment-notice"))
    assert "缴费通知单" in caught.value.message


def reprinted(staff: Staff) -> tuple[Walk, str, str]:
    """A case whose application was printed, changed and printed again."""
    walk = walked(staff, "approved")
    staff.clerk.prints.issue(walk.id, "application")
    old = code_of(staff, walk, "application")
    staff.run("UPDATE unit SET town = '青石镇'")
    staff.clerk.prints.issue(walk.id, "application")
    return walk, old, code_of(staff, walk, "application")


def test_a_superseded_print_is_refused_and_the_one_in_force_named(staff: Staff) -> None:
    walk, old, new = reprinted(staff)
    with refused(staff, "form-replaced") as caught:
        staff.clerk.receptions.receive(old)
    assert "第1次打印" in caught.value.message
    assert f"第2次打印的{number_of(staff, walk, 'application')}" in caught.value.message
    assert beep(staff, new).back == 1


def test_a_void_print_and_a_void_case_take_no_paper(staff: Staff) -> None:
    walk = walked(staff, "printed")
    staff.run("UPDATE issued_form SET state_code = 'void' WHERE form_key = 'application'")
    with refused(staff, "form-void"):
        staff.clerk.receptions.receive(code_of(staff, walk, "application"))
    staff.run("UPDATE enrolment SET state_code = 'void'")
    with refused(staff, "case-void"):
        staff.clerk.receptions.receive(code_of(staff, walk, "member-list"))


@pytest.mark.both_databases
def test_a_print_of_before_codes_were_kept_is_found_by_its_place(staff: Staff) -> None:
    _walk, old, new = reprinted(staff)
    staff.run("UPDATE issued_form SET code = NULL")
    with refused(staff, "form-replaced"):
        staff.clerk.receptions.receive(old)
    assert beep(staff, new).back == 1


def test_a_print_with_other_content_than_the_ledger_s_is_refused(staff: Staff) -> None:
    walk = walked(staff, "printed")
    code = code_of(staff, walk, "application")
    with refused(staff, "code-differs"):
        staff.clerk.receptions.receive(f"{code[:-8]}00000000")


def test_the_worksheet_of_a_claim_is_known_and_needs_no_seal(staff: Staff) -> None:
    walk = walked(staff, "printed")
    staff.run(
        "UPDATE issued_form SET enrolment_id = NULL, form_key = 'worksheet'"
        " WHERE form_key = 'application'"
    )
    number = staff.value("SELECT number FROM issued_form WHERE form_key = 'worksheet'")
    with refused(staff, "no-seal") as caught:
        staff.clerk.receptions.receive(str(number))
    assert "核算单" in caught.value.message
    assert walk.name in caught.value.message
    (hit,) = staff.clerk.search.find(str(number))
    assert (hit.kind, hit.enrolment_id) == ("form", None)


def test_the_search_box_answers_a_code_and_a_number_with_the_form(staff: Staff) -> None:
    walk, old, _new = reprinted(staff)
    number = number_of(staff, walk, "application")
    (hit,) = staff.clerk.search.find(number.lower())
    assert (hit.kind, hit.unit_id, hit.enrolment_id) == ("form", walk.unit_id, walk.id)
    assert hit.title == f"申请书 {number}"
    assert hit.detail == f"{walk.name} · 2027年度 · 第2次打印"
    (before,) = staff.clerk.search.find(old)
    assert before.detail.endswith(f"第1次打印 · {list(STATES.values())[1]}")
    assert staff.clerk.search.find("E00000000/AF/1/00000000") == ()


@pytest.mark.both_databases
def test_a_claim_s_receipt_is_found_and_needs_no_seal(staff: Staff) -> None:
    claim, clerk = registered(staff), staff.clerk
    clerk.claims.set_paper(claim, "identity-copy", "seen")
    issued = clerk.claim_prints.issue_receipt(claim).value
    code = staff.value("SELECT code FROM issued_form WHERE id = :id", id=issued)
    (hit,) = clerk.search.find(str(code))
    assert (hit.kind, hit.id) == ("claim", claim)
    assert hit.title.startswith("收件回执 HZ-A-")
    staff.run("UPDATE issued_form SET code = NULL")
    with refused(staff, "no-seal"):
        clerk.receptions.receive(str(code))


def test_a_scan_is_sorted_to_its_cases_each_form_with_its_own_file(
    staff: Staff, tmp_path: Path
) -> None:
    one, two = walked(staff, "printed"), another(staff)
    pages = [
        worn(pages_of(pdf_of(staff, walk, form))[0], at)
        for at, (walk, form) in enumerate(
            [(one, "application"), (two, "confirmation"), (one, "member-list")], start=1
        )
    ]
    path = as_pdf(pages, tmp_path / "盖章件.pdf")
    told = take(staff, path)
    assert (told["pages"], told["filed"], told["tray"], told["again"]) == (3, 3, 0, 0)
    result = staff.clerk.receptions.result(told)
    assert [(paper.unit, paper.label, paper.back) for paper in result.papers] == [
        (one.name, "申请书", 2),
        (two.name, "确认书", 1),
        (one.name, "会员名单", 2),
    ]
    kept = {paper.key: paper.attachment_id for paper in staff.clerk.enrolments.get(one.id).papers}
    assert kept["application"] != kept["member-list"]
    assert staff.value("SELECT count(*) FROM scanned_page WHERE enrolment_id = :id", id=one.id) == 2
    assert staff.clerk.audits.verify_all().ok
    assert staff.clerk.tallies.count().scans_filed == 3


def test_the_same_file_again_changes_nothing(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "printed")
    pages = pages_of(pdf_of(staff, walk, "application"))
    path = as_pdf([*pages, blank(pages[0])], tmp_path / "扫描.pdf")
    groups = staff.clerk.receptions.read_scan(path)
    uid = staff.desk.uids()
    with operation(uid):
        once = staff.clerk.receptions.receive_scan(groups).value
    assert (once["filed"], once["tray"]) == (1, 1)
    with operation(uid):
        assert take(staff, path) == once
    before = staff.counts()["scanned_page"]
    assert scan(staff, path) == (2, 0, 0, 2)
    assert staff.counts()["scanned_page"] == before


@pytest.mark.parametrize("save", [as_pdf, as_tiff])
def test_pages_come_out_upright_however_they_lay_on_the_glass(
    staff: Staff, tmp_path: Path, save: Callable[..., Path]
) -> None:
    walk, old, _new = reprinted(staff)
    issued = staff.value("SELECT id FROM issued_form WHERE code = :code", code=old)
    assert isinstance(issued, int)
    before = pages_of(staff.clerk.prints.read_pdf(issued))[0]
    page = pages_of(pdf_of(staff, walk, "application"))[0]
    path = tmp_path / "扫描.dat"
    pages = [page.rotate(180), before.rotate(90, expand=True), beside(page, before.rotate(180))]
    assert scan(staff, save(pages, path)) == (3, 1, 2, 0)
    attachment = staff.value(
        "SELECT attachment_id FROM enrolment_paper WHERE paper_key = 'application'"
    )
    assert isinstance(attachment, int)
    filed = staff.clerk.scans.page(attachment, 1, 400)
    superseded, both = staff.clerk.receptions.tray()
    in_tray = staff.clerk.receptions.page_image(superseded.id, 400)
    for png, image in ((filed.png, page), (in_tray, before)):
        assert like(Image.open(io.BytesIO(png)), image)
    two = Image.open(io.BytesIO(staff.clerk.receptions.page_image(both.id, 400)))
    assert two.width > two.height  # which of them would be right?


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["pdf", "tiff", "jpeg", "png"])
def test_a_page_without_a_code_is_turned_by_hand_for_good(
    staff: Staff, tmp_path: Path, kind: str
) -> None:
    walk = walked(staff, "printed")
    page = pages_of(pdf_of(staff, walk, "application"), 100)[0]
    lying = without_code(page).rotate(90, expand=True)
    path = tmp_path / f"扫描.{kind}"
    if kind == "pdf":
        as_pdf([lying], path, 100)
    else:
        lying.save(path, kind)
    assert scan(staff, path) == (1, 0, 1, 0)
    receptions = staff.clerk.receptions
    (stray,) = receptions.tray()
    assert receptions.turn((stray.id,), 90).value == 1
    assert like(Image.open(io.BytesIO(receptions.page_image(stray.id, 400))), page)
    assert scan(staff, path) == (1, 0, 0, 1)  # it is the same scan all the same
    receptions.assign((stray.id,), number_of(staff, walk, "application"))
    filed = staff.value("SELECT attachment_id FROM enrolment_paper WHERE paper_key = 'application'")
    assert isinstance(filed, int)
    assert like(Image.open(io.BytesIO(staff.clerk.scans.page(filed, 1, 400).png)), page)


def test_only_what_waits_in_the_tray_is_turned_and_by_quarters(
    staff: Staff, tmp_path: Path
) -> None:
    walk = walked(staff, "printed")
    scan(staff, staff.picture())
    (stray,) = staff.clerk.receptions.tray()
    with refused(staff, "turn"):
        staff.clerk.receptions.turn((stray.id,), 45)
    shutil.move(staff.desk.folder / ATTACHMENTS, tmp_path / "fort")
    with refused(staff, "scan-lost"):
        staff.clerk.receptions.turn((stray.id,), 90)
    shutil.move(tmp_path / "fort", staff.desk.folder / ATTACHMENTS)
    staff.clerk.receptions.assign_to_case((stray.id,), walk.id, "insurance-proof")
    with refused(staff, "page-placed"):
        staff.clerk.receptions.turn((stray.id,), 90)


def like(shown: Image.Image, page: Image.Image) -> bool:
    """Whether it looks more like the page than like the page upside down."""
    small = shown.convert("L").resize((40, 56), Image.Resampling.BOX)
    far = [
        sum(
            ImageStat.Stat(
                ImageChops.difference(small, other.resize((40, 56), Image.Resampling.BOX))
            ).sum
        )
        for other in (page, page.rotate(180))
    ]
    return shown.height > shown.width and far[0] * 2 < far[1]


def test_a_scan_after_the_beep_gives_the_paper_its_file(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "printed")
    beep(staff, code_of(staff, walk, "application"))
    page = pages_of(pdf_of(staff, walk, "application"))[0]
    assert scan(staff, as_pdf([page], tmp_path / "一.pdf")) == (1, 1, 0, 0)
    assert scan(staff, as_pdf([worn(page)], tmp_path / "二.pdf")) == (1, 0, 1, 0)
    (stray,) = staff.clerk.receptions.tray()
    assert (stray.why, stray.unit) == (
        f"{walk.name}的“申请书”已有扫描件", walk.name,
    )  # fmt: skip


def test_a_list_of_several_pages_is_back_when_all_are(staff: Staff, tmp_path: Path) -> None:
    walk = Walk(staff, rows=people(60, women=2), at_work=60).start()
    for step in ("roster", "submitted", "approved", "number", "paid", "confirmed", "printed"):
        getattr(walk, step)()
    pages = pages_of(pdf_of(staff, walk, "member-list"), 150)
    assert len(pages) == 3
    told = take(staff, as_pdf(pages[:2], tmp_path / "前.pdf"))
    (paper,) = staff.clerk.receptions.result(told).papers
    assert (paper.stamped, paper.pages, paper.pages_of) == (False, 2, 3)
    assert paper_state(staff, walk, "member-list") == PaperState.PRINTED
    scan(staff, as_pdf(pages[2:], tmp_path / "后.pdf"))
    assert paper_state(staff, walk, "member-list") == PaperState.STAMPED


@pytest.fixture
def long_list(staff: Staff) -> Walk:
    """A case whose printed list has three pages."""
    walk = Walk(staff, rows=people(60, women=2), at_work=60).start()
    for step in ("roster", "submitted", "approved", "number", "paid", "confirmed", "printed"):
        getattr(walk, step)()
    return walk


@pytest.mark.both_databases
def test_a_list_with_a_page_missing_is_not_back_however_many_were_scanned(
    staff: Staff, tmp_path: Path, long_list: Walk
) -> None:
    pages = pages_of(pdf_of(staff, long_list, "member-list"), 150)
    told = take(staff, as_pdf([pages[0], worn(pages[0]), pages[2]], tmp_path / "双张.pdf"))
    assert (told["filed"], told["tray"]) == (2, 1)
    (paper,) = staff.clerk.receptions.result(told).papers
    assert (paper.stamped, paper.pages, paper.missing_pages) == (False, 2, (2,))
    assert paper_state(staff, long_list, "member-list") == PaperState.PRINTED
    (stray,) = staff.clerk.receptions.tray()
    assert stray.why == f"{long_list.name}的“会员名单”第1页已经收到过,还缺第2页"
    number = number_of(staff, long_list, "member-list")
    with refused(staff, "page-doubled") as caught:
        staff.clerk.receptions.assign((stray.id,), number)
    assert "还缺第2页" in caught.value.message
    with refused(staff, "page-doubled"):
        staff.clerk.receptions.assign_to_case((stray.id,), long_list.id, "member-list")
    assert scan(staff, as_pdf([pages[1]], tmp_path / "补.pdf")) == (1, 1, 0, 0)
    assert paper_state(staff, long_list, "member-list") == PaperState.STAMPED
    names = [name for name, _pages in scans_of(staff, long_list, "member-list")]
    assert names == ["双张-1.pdf", "补-1.pdf"]


def test_pages_scanned_in_any_order_are_kept_as_printed(
    staff: Staff, tmp_path: Path, long_list: Walk
) -> None:
    pages = pages_of(pdf_of(staff, long_list, "member-list"), 100)
    scan(staff, as_pdf([pages[2], pages[0], pages[1]], tmp_path / "乱.pdf", 100))
    query = "SELECT source_page FROM scanned_page WHERE page_no = :at"
    assert [staff.value(query, at=at) for at in (1, 2, 3)] == [2, 3, 1]


def test_pages_of_a_list_printed_before_pages_had_numbers_are_counted(
    staff: Staff, tmp_path: Path, long_list: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.documents.blocks.page_code", lambda code, _page: code)
    staff.run("UPDATE unit SET town = '青石镇'")
    staff.clerk.prints.issue(long_list.id, "member-list")
    pages = pages_of(pdf_of(staff, long_list, "member-list"), 150)
    told = take(staff, as_pdf(pages[:2], tmp_path / "前.pdf"))
    (paper,) = staff.clerk.receptions.result(told).papers
    assert (paper.stamped, paper.pages, paper.missing_pages) == (False, 2, ())
    scan(staff, as_pdf(pages[2:], tmp_path / "后.pdf"))
    assert paper_state(staff, long_list, "member-list") == PaperState.STAMPED


@pytest.mark.both_databases
def test_pages_nobody_can_place_wait_in_the_tray_and_are_placed_by_hand(
    staff: Staff, tmp_path: Path
) -> None:
    walk = walked(staff, "printed")
    first, second = (
        pages_of(pdf_of(staff, walk, form))[0] for form in ("application", "confirmation")
    )
    path = as_pdf([without_code(first), beside(first, second), blank(first)], tmp_path / "扫描.pdf")
    assert scan(staff, path) == (3, 0, 3, 0)
    receptions = staff.clerk.receptions
    torn, both, empty = receptions.tray()
    assert (torn.why, torn.page_no, torn.file_name) == ("没有读出二维码", 1, "扫描-1.pdf")
    assert both.why == "这一页上有2张单据的码"
    assert receptions.page_image(torn.id).startswith(b"\x89PNG")
    form = receptions.assign((torn.id,), number_of(staff, walk, "application")).value
    assert receptions.get(form).back == 1
    changed = "SELECT count(*) FROM change_log WHERE field = 'issued_form_id' AND new IS NOT NULL"
    assert staff.value(changed)
    assert receptions.assign_to_case((both.id,), walk.id, "confirmation").value == 1
    assert paper_state(staff, walk, "confirmation") == PaperState.STAMPED
    assert receptions.set_aside((empty.id,)).value == 1
    assert receptions.tray() == ()
    assert [page.id for page in receptions.tray(aside=True)] == [empty.id]
    assert receptions.bring_back().value == 1
    assert [page.id for page in receptions.tray()] == [empty.id]


def test_a_page_in_the_tray_says_what_holds_as_things_stand(staff: Staff, tmp_path: Path) -> None:
    walk, old, _new = reprinted(staff)
    number = staff.value("SELECT number FROM issued_form WHERE code = :code", code=old)
    issued = staff.value("SELECT id FROM issued_form WHERE code = :code", code=old)
    assert isinstance(issued, int)
    page = pages_of(staff.clerk.prints.read_pdf(issued))[0]
    assert scan(staff, as_pdf([page], tmp_path / "旧.pdf")) == (1, 0, 1, 0)
    (stray,) = staff.clerk.receptions.tray()
    assert stray.form_id == issued
    assert "第1次打印" in stray.why
    staff.run("UPDATE issued_form SET state_code = 'valid' WHERE number = :number", number=number)
    (stray,) = staff.clerk.receptions.tray()
    assert stray.why == f"可以归到{walk.name}的“申请书”"
    staff.run("UPDATE scanned_page SET code = 'E00000000/AF/1/00000000'")
    (stray,) = staff.clerk.receptions.tray()
    assert (stray.form_id, stray.unit) == (None, "")


def test_a_page_without_a_code_becomes_another_paper_of_its_case(
    staff: Staff, tmp_path: Path
) -> None:
    walk = walked(staff, "roster")
    assert scan(staff, staff.picture()) == (1, 0, 1, 0)
    (stray,) = staff.clerk.receptions.tray()
    staff.clerk.receptions.assign_to_case((stray.id,), walk.id, "insurance-proof")
    assert paper_state(staff, walk, "insurance-proof") == PaperState.KEPT


@pytest.mark.both_databases
def test_a_unit_that_printed_elsewhere_has_its_page_placed_by_the_paper(staff: Staff) -> None:
    walk = Walk(staff, handling="by-unit").start()
    scan(staff, staff.picture())
    (stray,) = staff.clerk.receptions.tray()
    staff.clerk.receptions.assign_to_case((stray.id,), walk.id, "application")
    assert paper_state(staff, walk, "application") == PaperState.STAMPED


def test_what_cannot_be_placed_is_refused_and_stays(staff: Staff) -> None:
    walk = walked(staff, "printed")
    scan(staff, staff.picture())
    receptions = staff.clerk.receptions
    (stray,) = receptions.tray()
    with refused(staff, "page-unknown"):
        receptions.assign((), number_of(staff, walk, "application"))
    with refused(staff, "page-unknown"):
        receptions.set_aside((9999,))
    with refused(staff, "page-unknown"):
        receptions.page_image(9999)
    with refused(staff, "form-unknown"):
        receptions.get(9999)
    with refused(staff, "receipt-number"):
        receptions.assign_to_case((stray.id,), walk.id, "dues-receipt")
    receptions.assign_to_case((stray.id,), walk.id, "insurance-proof")
    with refused(staff, "page-placed"):
        receptions.set_aside((stray.id,))


def test_a_broken_file_or_one_stopped_halfway_stores_nothing(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "printed")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    with refused(staff, "scan-not-readable") as caught:
        staff.clerk.receptions.read_scan(tmp_path / "坏.pdf")
    assert isinstance(caught.value, FileError)
    page = pages_of(pdf_of(staff, walk, "application"))[0]
    path = as_pdf([page] * 4, tmp_path / "扫描.pdf")

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    before = staff.counts()
    with pytest.raises(Cancelled):
        staff.clerk.receptions.read_scan(path, stop)
    assert staff.counts() == before


@pytest.mark.parametrize("staff", ["sqlite"], indirect=True)  # so many pages are the reader's work
@pytest.mark.parametrize("units", [4, pytest.param(12, marks=pytest.mark.soak)])
def test_a_scan_of_many_pages_of_many_units_loses_none(
    staff: Staff, tmp_path: Path, units: int
) -> None:
    walks = [
        walked(
            staff, "printed", name=f"明山县演示第{at}小学(演示)",
            rows=people(10, start=20 * at, women=2),
        )
        for at in range(units)
    ]  # fmt: skip
    pages = [
        worn(pages_of(pdf_of(staff, walk, form), 150)[0], at)
        for at, walk in enumerate(walks)
        for form in STAMPED
    ]
    torn = without_code(pages_of(pdf_of(staff, walks[0], "application"), 150)[0])
    strays = [blank(pages[0])] * units + [worn(torn, at) for at in range(units)]
    path = as_pdf([*pages, *strays], tmp_path / "一叠.pdf", 150)
    assert scan(staff, path) == (5 * units, 3 * units, 2 * units, 0)
    assert {walk.step for walk in walks} == {walks[0].step}
    assert all(
        paper_state(staff, walk, form) == PaperState.STAMPED for walk in walks for form in STAMPED
    )
    assert staff.counts()["scanned_page"] == 5 * units


def sheets(tmp_path: Path, *words: str, name: str = "证明.pdf") -> Path:
    """Pages without a code, each with words of its own."""
    pages = []
    for word in words:
        page = Image.new("L", (620, 877), 255)
        ImageDraw.Draw(page).text((100, 100), word, fill=0)
        pages.append(page)
    return as_pdf(pages, tmp_path / name)


def scans_of(staff: Staff, walk: Walk, key: str) -> list[tuple[str, int]]:
    return [
        (line.file_name, line.pages)
        for line in staff.clerk.scans.of_enrolment(walk.id)
        if line.key == key
    ]


def note_of(staff: Staff, walk: Walk, key: str) -> str:
    papers = staff.clerk.enrolments.get(walk.id).papers
    return next(paper.note for paper in papers if paper.key == key)


@pytest.mark.both_databases
@pytest.mark.parametrize("together", [True, False])
def test_pages_put_to_one_paper_are_all_kept_in_their_order(
    staff: Staff, tmp_path: Path, together: bool
) -> None:
    walk = walked(staff, "roster")
    take(staff, sheets(tmp_path, "PAGE ONE", "PAGE TWO"))
    one, two = staff.clerk.receptions.tray()
    for pages in [(one.id, two.id)] if together else [(one.id,), (two.id,)]:
        staff.clerk.receptions.assign_to_case(pages, walk.id, "insurance-proof")
    assert scans_of(staff, walk, "insurance-proof") == [("证明-1.pdf", 1), ("证明-2.pdf", 1)]
    assert note_of(staff, walk, "insurance-proof") == "2页"
    assert staff.clerk.receptions.tray() == ()


def test_a_page_put_to_a_paper_stands_behind_the_file_it_has(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "roster")
    walk.proof()
    before = scans_of(staff, walk, "insurance-proof")
    take(staff, sheets(tmp_path, "PAGE TWO"))
    (stray,) = staff.clerk.receptions.tray()
    staff.clerk.receptions.assign_to_case((stray.id,), walk.id, "insurance-proof")
    assert scans_of(staff, walk, "insurance-proof") == [*before, ("证明-1.pdf", 1)]
    assert note_of(staff, walk, "insurance-proof") == "2页"


@pytest.mark.both_databases
def test_a_file_attached_whole_takes_the_place_of_pages_which_are_kept_aside(
    staff: Staff, tmp_path: Path
) -> None:
    walk = walked(staff, "roster")
    take(staff, sheets(tmp_path, "PAGE ONE", "PAGE TWO"))
    pages = [page.id for page in staff.clerk.receptions.tray()]
    staff.clerk.receptions.assign_to_case(pages, walk.id, "insurance-proof")
    walk.proof()
    assert [pages for _name, pages in scans_of(staff, walk, "insurance-proof")] == [1]
    assert [page.id for page in staff.clerk.receptions.tray(aside=True)] == pages
    staff.clerk.undo.undo(walk.id)
    assert scans_of(staff, walk, "insurance-proof") == [("证明-1.pdf", 1), ("证明-2.pdf", 1)]
    assert staff.clerk.receptions.tray(aside=True) == ()


def test_a_page_put_to_the_bank_slip_is_among_the_case_s_scans(
    staff: Staff, tmp_path: Path
) -> None:
    walk = walked(staff, "number")
    take(staff, sheets(tmp_path, "SLIP"))
    (stray,) = staff.clerk.receptions.tray()
    staff.clerk.receptions.assign_to_case((stray.id,), walk.id, "bank-slip")
    assert scans_of(staff, walk, "bank-slip") == [("证明-1.pdf", 1)]


def test_the_archive_package_holds_every_page_of_a_proof(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "approved")
    take(staff, sheets(tmp_path, "PAGE ONE", "PAGE TWO"))
    pages = [page.id for page in staff.clerk.receptions.tray()]
    staff.clerk.receptions.assign_to_case(pages, walk.id, "insurance-proof")
    for step in ("number", "paid", "confirmed", "printed", "stamped", "finished"):
        getattr(walk, step)()
    told = staff.clerk.archive_packages.package(2027, tmp_path).value
    index = Path(told["folder"], "卷内目录.txt").read_text("utf-8")
    proofs = [line for line in index.splitlines() if "社会保险缴纳证明" in line]
    assert len(proofs) == 3  # the file attached at first, then the pages


def test_a_list_that_a_unit_printed_itself_keeps_all_its_pages(
    staff: Staff, tmp_path: Path
) -> None:
    walk = Walk(staff, handling="by-unit").start()
    take(staff, sheets(tmp_path, "PAGE ONE", "PAGE TWO", "PAGE THREE", name="名单.pdf"))
    pages = [page.id for page in staff.clerk.receptions.tray()]
    staff.clerk.receptions.assign_to_case(pages, walk.id, "member-list")
    assert scans_of(staff, walk, "member-list") == [(f"名单-{at}.pdf", 1) for at in (1, 2, 3)]
    assert paper_state(staff, walk, "member-list") == PaperState.STAMPED


def paper_of(staff: Staff, issued: int, path: Path) -> Path:
    return as_pdf(pages_of(staff.clerk.prints.read_pdf(issued)), path)


def filed_with(staff: Staff, issued: int) -> tuple[str, str, bool]:
    paper = staff.clerk.receptions.get(issued)
    return paper.label, paper.filed_with, paper.stamped


@pytest.mark.both_databases
def test_a_form_beside_the_way_is_filed_with_its_case(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "stamped")
    issued = staff.clerk.forms.issue("correction-request", walk.id).value
    path = paper_of(staff, issued, tmp_path / "更正.pdf")
    told = take(staff, path)
    assert (told["filed"], told["tray"], told["forms"]) == (1, 0, [issued])
    (line,) = [
        line for line in staff.clerk.scans.of_enrolment(walk.id) if line.key == "correction-request"
    ]
    assert (line.file_name, line.pages) == ("更正-1.pdf", 1)
    assert filed_with(staff, issued) == (line.label, "申请", True)
    assert scan(staff, as_pdf([worn(pages_of(path.read_bytes())[0])], tmp_path / "再.pdf"))[2] == 1
    (stray,) = staff.clerk.receptions.tray()
    assert stray.why == f"{walk.name}的“{line.label}”已有扫描件"
    assert staff.clerk.tallies.count().scans_filed == 1


@pytest.mark.both_databases
def test_a_claim_s_form_is_filed_with_the_claim_by_its_code_or_number(
    staff: Staff, tmp_path: Path
) -> None:
    claim = registered(staff)
    issued = staff.clerk.forms.issue("claim-application", claim).value
    path = paper_of(staff, issued, tmp_path / "申领.pdf")
    page = pages_of(path.read_bytes())[0]
    assert scan(staff, as_pdf([without_code(page)], tmp_path / "缺码.pdf")) == (1, 0, 1, 0)
    (stray,) = staff.clerk.receptions.tray()
    number = staff.clerk.prints.number_of(issued)
    assert staff.clerk.receptions.assign((stray.id,), number).value == issued
    assert staff.value("SELECT claim_id FROM scanned_page") == claim
    (line,) = staff.clerk.claims.list_scans(claim)
    assert (line.key, line.file_name) == ("claim-application", "缺码-1.pdf")
    assert filed_with(staff, issued)[1] == f"申领{staff.clerk.claims.get(claim).number}"
    with refused(staff, "page-placed"):
        staff.clerk.receptions.set_aside((stray.id,))


@pytest.mark.both_databases
def test_a_unit_s_form_is_filed_with_the_unit(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "roster")
    issued = staff.clerk.forms.issue("officer-change", walk.unit_id).value
    assert scan(staff, paper_of(staff, issued, tmp_path / "变更.pdf")) == (1, 1, 0, 0)
    (line,) = staff.clerk.scans.of_unit(walk.unit_id)
    assert (line.key, line.file_name) == ("officer-change", "变更-1.pdf")
    assert filed_with(staff, issued)[1:] == ("单位", True)


def test_the_office_s_own_form_waits_in_the_tray(staff: Staff, tmp_path: Path) -> None:
    walked(staff, "roster")
    issued = staff.clerk.forms.issue("work-handover").value
    assert scan(staff, paper_of(staff, issued, tmp_path / "交接.pdf")) == (1, 0, 1, 0)
    (stray,) = staff.clerk.receptions.tray()
    assert stray.why == "“工作交接单”是本机构自己的单据,不归到哪家单位。"
    with refused(staff, "no-owner"):
        staff.clerk.receptions.assign((stray.id,), staff.clerk.prints.number_of(issued))


@pytest.mark.both_databases
def test_the_tray_asks_no_more_questions_of_many_pages_than_of_one(
    staff: Staff, tmp_path: Path
) -> None:
    statements: list[str] = []

    def heard(*told: object) -> None:
        statements.append(str(told[2]))

    def asked() -> tuple[int, int]:
        """Pages that wait, and the questions that were asked about them."""
        statements.clear()
        event.listen(staff.database.readers, "before_cursor_execute", heard)
        pages = staff.clerk.receptions.tray()
        event.remove(staff.database.readers, "before_cursor_execute", heard)
        return len(pages), len(statements)

    walk, _old, _new = reprinted(staff)
    old = staff.clerk.prints.read_pdf(int(str(staff.value("SELECT min(id) FROM issued_form"))))
    foreign = "E00000000/AF/1/00000000 "
    take(staff, as_pdf(pages_of(old), tmp_path / "旧.pdf"))
    one = asked()
    other = another(staff)
    for at, form in enumerate(STAMPED):
        page = pages_of(pdf_of(staff, other, form), 150)[0]
        take(staff, as_pdf([page], tmp_path / f"{form}.pdf", 150))
        take(staff, as_pdf([worn(page, at + 4)], tmp_path / f"{form}再.pdf", 150))
    take(staff, sheets(tmp_path, "ONE", "TWO"))
    staff.run("UPDATE scanned_page SET code = :code WHERE code IS NULL", code=foreign.strip())
    pages, questions = asked()
    assert (one[0], pages) == (1, 6)
    assert questions <= one[1] + 4  # which of our cases and claims the foreign codes may name
    staff.run("UPDATE scanned_page SET code = NULL WHERE code LIKE 'E00000000%'")
    assert asked()[1] <= one[1]
    assert walk.name in {page.unit for page in staff.clerk.receptions.tray()}
