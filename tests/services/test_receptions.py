"""收件: one beep a paper, a scan sorted to its cases, strays in a tray; nothing lost or doubled."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

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
