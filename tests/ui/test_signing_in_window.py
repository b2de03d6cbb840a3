"""高级:签名, 签名… below a form's pages, and 核对签名 of any PDF; a real office."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from desktop_app.services.drafts import KeyDraft
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.checked_signatures_dialog import CheckedSignaturesDialog
from desktop_app.ui.dialogs.preview_dialog import Form, PdfPreviewDialog
from desktop_app.ui.dialogs.signing_dialogs import (
    KeyFileDialog,
    ProgramDialog,
    SignDialog,
    words_of,
)
from desktop_app.ui.pages.more.more_signing import SigningPage
from tests.certificates import COMMON, NOW, PASSWORD, Made, curve_key, made
from tests.signing_programs import script, signing_script
from tests.ui import refused_windows
from tests.ui.refused_windows import Room, texts

office_template, room = refused_windows.office_template, refused_windows.room
office = refused_windows.own_office
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", "propagateSizeHints"
)  # the offscreen screen says so
KEY = KeyDraft(PASSWORD)


@pytest.fixture
def page(room: Room) -> SigningPage:
    return shown(room, room.staff.head)


def shown(room: Room, who: Services) -> SigningPage:
    made_page = SigningPage(who, room.tasks)
    room.qtbot.addWidget(made_page)
    made_page.resize(1100, 680)
    made_page.show()
    room.settle()
    return made_page


def key_file(room: Room, by: Made | None = None, name: str = "机构证书.pfx") -> Path:
    path = room.staff.papers / name
    path.write_bytes((by or made(curve_key())).file())
    return path


def preview(room: Room, who: Services, issued: int) -> PdfPreviewDialog:
    number = room.staff.clerk.prints.number_of(issued)
    dialog = PdfPreviewDialog(who, room.tasks, Form(issued, "现场登记表", number, 0))
    room.qtbot.addWidget(dialog)
    dialog.show()
    room.settle()
    return dialog


def issued(room: Room) -> int:
    return room.staff.clerk.forms.issue("field-sheet").value


def password(dialog: KeyFileDialog | SignDialog, text: str = PASSWORD) -> None:
    dialog.password.setText(text)


def signed_pdf(room: Room, page: SigningPage) -> tuple[Path, int]:
    """A form that was signed in the window, saved from there."""
    number = issued(room)
    room.staff.head.signing.use_file(key_file(room), KEY)
    dialog = preview(room, room.staff.head, number)
    sign = dialog.signed.sign()
    assert sign is not None
    password(sign)
    sign.accept()
    room.settle()
    target = room.staff.papers / "已签名.pdf"
    dialog.signed.save_to(target)
    room.settle()
    assert dialog.banner.text == f"签名件已存为 {target}"
    dialog.reject()
    return target, number


def checked(room: Room, page: SigningPage, path: Path) -> CheckedSignaturesDialog:
    page.check.files_dropped.emit((path,))
    room.settle()
    (dialog,) = page.window().findChildren(CheckedSignaturesDialog)
    return dialog


def test_signing_is_off_and_nothing_can_be_switched_on_before_a_certificate_is_chosen(
    room: Room, page: SigningPage
) -> None:
    card = page.card
    assert card.state.text() == "没有启用:还没有选证书"
    assert "盖章仍以纸面印章为准" in texts(page)
    assert not card.switch_button.isEnabled()
    assert card.switch_button.toolTip() == "请先选证书文件或外部签名程序"
    dialog = preview(room, room.staff.head, issued(room))
    assert dialog.signed.isHidden()


def test_a_certificate_file_is_opened_once_and_told_and_switched_off(
    room: Room, page: SigningPage
) -> None:
    card, path = page.card, key_file(room)
    dialog = card.choose_file()
    assert isinstance(dialog, KeyFileDialog)
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    dialog.accept()
    assert dialog.banner.text == "“证书文件”还没有选。"
    dialog.file.set_path(path)
    password(dialog, "不对")
    dialog.accept()
    room.settle()
    assert "证书密码不对" in dialog.banner.text
    assert dialog.focusWidget() is dialog.password
    password(dialog)
    dialog.accept()
    room.settle()
    assert card.banner.text == "证书核对过了,已启用电子签名。"
    assert card.state.text() == "已启用"
    said = card.about.text()
    for part in (COMMON, "自己签发(没有别的机构证明)", "2026-11-01 至 2028-10-31", str(path)):
        assert part in said
    card.switch_button.click()
    room.settle()
    assert card.state.text() == "已停用"
    assert not room.staff.head.signing.view().on
    card.switch_button.click()
    room.settle()
    assert room.staff.head.signing.view().on


def test_a_certificate_that_is_not_there_or_not_fit_is_not_chosen(
    room: Room, page: SigningPage
) -> None:
    dialog = page.card.choose_file()
    assert isinstance(dialog, KeyFileDialog)
    file = dialog.file
    file.set_path(room.staff.papers / "没有.pfx")
    room.refused(dialog, "找不到或不能读取证书文件《没有.pfx》")
    over = made(curve_key(), begins=NOW - timedelta(days=9), ends=NOW - timedelta(days=1))
    again = page.card.choose_file()
    assert isinstance(again, KeyFileDialog)
    again.file.set_path(key_file(room, over))
    room.refused(again, "已过期", password)


def test_a_clerk_sees_what_stands_and_sets_nothing(room: Room) -> None:
    room.staff.head.signing.use_file(key_file(room), KEY)
    page = shown(room, room.staff.clerk)
    card = page.card
    assert card.state.text() == "已启用"
    assert not card.file_button.isEnabled()
    assert not card.switch_button.isEnabled()
    assert not card.by_head.isHidden()
    dialog = preview(room, room.staff.clerk, issued(room))
    assert dialog.signed.isHidden()


def test_a_certificate_that_ran_out_is_told_where_one_would_sign(room: Room) -> None:
    room.staff.head.signing.use_file(key_file(room), KEY)
    number = issued(room)
    room.staff.clock.at = NOW + timedelta(days=701)
    page = shown(room, room.staff.head)
    card = page.card
    assert "证书已过期" in card.stale.text()
    assert card.state.property("tone") == "late"
    dialog = preview(room, room.staff.head, number)
    strip = dialog.signed
    assert "证书已过期" in strip.text.text()
    assert not strip.sign_button.isEnabled()


def test_an_outside_program_signs_after_it_was_tried(room: Room, page: SigningPage) -> None:
    by, folder = made(curve_key()), room.staff.papers
    certificate = folder / "机构.pem"
    certificate.write_bytes(by.pem())
    dialog = page.card.choose_program()
    assert isinstance(dialog, ProgramDialog)
    program, (failing,) = script(folder, "raise SystemExit(1)")
    dialog.program.set_path(program)
    dialog.certificate.set_path(certificate)
    dialog.arguments.setText(f'"{failing}"')
    dialog.accept()
    room.settle()
    assert "没有签成" in dialog.banner.text
    assert not room.staff.head.signing.view().certificate
    dialog.arguments.setText(" ".join(f'"{one}"' for one in signing_script(folder, by)[1]))
    dialog.accept()
    room.settle()
    assert page.card.state.text() == "已启用"
    assert f"外部签名程序:{program}" in page.card.about.text()
    dialog_of_form = preview(room, room.staff.reviewer, issued(room))
    strip = dialog_of_form.signed
    sign = strip.sign()
    assert sign is not None
    assert not sign.password.isVisible()
    assert "它要PIN的" in texts(sign)
    sign.accept()
    assert sign.main_button.text() == "正在等签名程序…"
    room.settle()
    assert len(strip.lines) == 1


def test_words_that_a_program_is_started_with() -> None:
    text = r'sign --pin-pad "C:\签名 工具\key.cfg" ""'
    assert words_of(text) == ("sign", "--pin-pad", r"C:\签名 工具\key.cfg", "")
    assert words_of("  ") == ()


def test_a_form_is_signed_below_its_pages_and_the_signed_file_saved(
    room: Room, page: SigningPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = issued(room)
    room.staff.head.signing.use_file(key_file(room), KEY)
    dialog = preview(room, room.staff.reviewer, number)
    strip = dialog.signed
    assert strip.text.text() == "还没有电子签名"
    assert strip.choice.isHidden()
    strip.sign_button.click()
    (sign,) = dialog.findChildren(SignDialog)
    assert COMMON in texts(sign)
    assert sign.file.path == room.staff.papers / "机构证书.pfx"
    password(sign, "不对")
    sign.accept()
    room.settle()
    assert "证书密码不对" in sign.banner.text
    password(sign)
    sign.accept()
    room.settle()
    assert dialog.banner.text == "已签名。要给别人的,请按“另存签名件…”。"
    assert strip.choice.currentText().startswith("2026-12-01 09:02 张敏 · ")
    target = room.staff.papers / "给单位.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    strip.save_button.click()
    room.settle()
    assert target.read_bytes().startswith(room.staff.clerk.prints.read_pdf(number))
    seen = preview(room, room.staff.clerk, number)  # sees and saves, does not sign
    clerks = seen.signed
    assert not clerks.isHidden()
    assert clerks.sign_button.isHidden()
    assert len(clerks.lines) == 1


def test_signing_is_refused_where_the_certificate_is_away_or_another_or_switched_off(
    room: Room,
) -> None:
    number, path = issued(room), key_file(room)
    other = key_file(room, made(curve_key(1)), "别的.pfx")
    room.staff.head.signing.use_file(path, KEY)
    dialog = preview(room, room.staff.head, number)
    strip = dialog.signed
    moved = path.rename(room.staff.papers / "U盘.pfx")
    sign = strip.sign()
    assert sign is not None
    password(sign)
    sign.accept()
    room.settle()
    assert "找不到或不能读取证书文件" in sign.banner.text
    assert "U盘" in sign.banner.remedy.text()
    sign.file.set_path(other)
    sign.accept()
    room.settle()
    assert "里的证书不是本机构设置的那一张" in sign.banner.text
    room.staff.head.signing.switch(False)  # at another desk
    sign.file.set_path(moved)
    sign.accept()
    room.settle()
    assert sign.banner.text == "本机构没有启用电子签名。"
    room.staff.head.signing.switch(True)
    sign.accept()
    room.settle()
    assert len(strip.lines) == 1


def test_a_signed_pdf_is_told_whole_and_by_whom(room: Room, page: SigningPage) -> None:
    path, number = signed_pdf(room, page)
    dialog = checked(room, page, path)
    assert dialog.banner.property("tone") == "good"
    assert "共1处签名,都完好" in dialog.banner.text
    assert room.staff.clerk.prints.number_of(number) in dialog.banner.remedy.text()
    (card,) = dialog.cards
    assert COMMON in card.title.text()
    said = texts(card)
    for part in ("签名完好", "证书是本机构签名用的证书", "签名时间:2026-12-01 09:02"):
        assert part in said
    tones = [one.property("tone") for one in card.findChildren(QLabel)]
    assert "good" in tones
    dialog.accept()


def test_a_changed_pdf_and_one_without_signatures_are_told_plainly(
    room: Room, page: SigningPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, number = signed_pdf(room, page)
    data = bytearray(path.read_bytes())
    data[data.index(b"stream") + 30] ^= 1
    path.write_bytes(data)
    dialog = checked(room, page, path)
    assert dialog.banner.property("tone") == "late"
    assert "有1处不能作准" in dialog.banner.text
    assert "签名无效" in texts(dialog.cards[0])
    dialog.accept()
    room.settle()
    path.write_bytes(room.staff.clerk.prints.read_pdf(number))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    page.check.choose_button.click()
    room.settle()
    last = page.window().findChildren(CheckedSignaturesDialog)[-1]
    assert last.banner.text == "这份PDF没有电子签名。"
    last.accept()


def test_a_file_that_is_no_pdf_is_said_in_place(room: Room, page: SigningPage) -> None:
    page.check.check((room.staff.picture(),))
    room.settle()
    assert "PDF" in page.check.banner.text
    assert not page.window().findChildren(CheckedSignaturesDialog)
