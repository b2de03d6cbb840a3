"""Signing issued forms: off at first, by a file or a program, kept beside the issued bytes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.identifiers import new_uid
from desktop_app.errors import UserError
from desktop_app.services.acts import operation
from desktop_app.services.drafts import KeyDraft
from tests.certificates import COMMON, PASSWORD, Made, curve_key, made, rsa_key
from tests.services.desks import NOW, Staff, unit_draft
from tests.services.refusals import refused
from tests.signing_programs import script, signing_script

KEY = KeyDraft(PASSWORD)


@pytest.fixture
def issued(staff: Staff) -> int:
    return staff.clerk.forms.issue("field-sheet").value


def certificate_file(staff: Staff, by: Made | None = None, name: str = "机构证书.pfx") -> Path:
    path = staff.papers / name
    path.write_bytes((by or made()).file())
    return path


def chosen(staff: Staff, by: Made | None = None) -> Path:
    path = certificate_file(staff, by)
    staff.head.signing.use_file(path, KEY)
    return path


def test_signing_is_off_until_the_head_chooses_a_certificate(staff: Staff, issued: int) -> None:
    view = staff.reviewer.signing.view()
    assert (view.on, view.way, view.certificate) == (False, "", None)
    assert (view.may_sign, view.may_set) == (True, False)
    with refused(staff, "signing-off"):
        staff.reviewer.signatures.sign(issued, KEY)
    with refused(staff, "signing-not-chosen"):
        staff.head.signing.switch(True)
    path = chosen(staff)
    view = staff.head.signing.view()
    assert (view.on, view.way, view.place, view.stale) == (True, "file", str(path), "")
    assert (view.may_sign, view.may_set) == (True, True)
    assert view.certificate is not None
    assert COMMON in view.certificate.subject
    staff.head.signing.switch(False)
    assert not staff.head.signing.view().on
    with refused(staff, "signing-off"):
        staff.reviewer.signatures.sign(issued, KEY)
    assert not staff.clerk.signing.view().may_sign
    with refused(staff, "not-permitted"):
        staff.clerk.signatures.sign(issued, KEY)


def test_a_signed_form_lies_beside_the_issued_bytes_with_who_and_when(
    staff: Staff, issued: int
) -> None:
    chosen(staff)
    before = staff.clerk.prints.read_pdf(issued)
    signed = staff.reviewer.signatures.sign(issued, KEY).value
    assert staff.clerk.prints.read_pdf(issued) == before
    (line,) = staff.clerk.signatures.list_signed(issued)
    assert (line.id, line.issued_id, line.signed_at) == (signed, issued, NOW)
    assert line.number == staff.clerk.prints.number_of(issued)
    assert line.signed_by == "张敏"
    view = staff.head.signing.view()
    assert view.certificate is not None
    assert line.fingerprint == view.certificate.fingerprint
    target = staff.papers / "已签名.pdf"
    assert staff.clerk.signatures.save_pdf(signed, target) == str(target)
    assert target.read_bytes().startswith(before)
    checked = staff.clerk.signatures.check(target)
    assert checked.valid
    assert checked.registered == line
    (one,) = checked.signatures
    assert (one.ours, one.intact, one.after, one.tone) == (True, True, "nothing", "good")
    assert one.signed_at == NOW


def test_a_changed_copy_is_noticed_and_is_none_of_the_register(staff: Staff, issued: int) -> None:
    chosen(staff)
    target = staff.papers / "已签名.pdf"
    staff.clerk.signatures.save_pdf(staff.head.signatures.sign(issued, KEY).value, target)
    data = bytearray(target.read_bytes())
    data[data.index(b"stream") + 30] ^= 1
    target.write_bytes(data)
    checked = staff.clerk.signatures.check(target)
    assert not checked.valid
    assert checked.registered is None
    assert [one.intact for one in checked.signatures] == [False]
    target.write_bytes(staff.clerk.prints.read_pdf(issued))
    checked = staff.clerk.signatures.check(target)
    assert (checked.valid, checked.signatures) == (False, ())


@pytest.mark.both_databases
def test_a_form_is_signed_once_with_a_certificate(staff: Staff, issued: int) -> None:
    chosen(staff)
    with operation(uid := new_uid()):
        first = staff.head.signatures.sign(issued, KEY)
    with operation(uid):
        assert staff.head.signatures.sign(issued, KeyDraft("另一个")) == first
    assert staff.reviewer.signatures.sign(issued, KEY).value == first.value
    with refused(staff, "certificate-password"):
        staff.reviewer.signatures.sign(issued, KeyDraft("错"))
    chosen(staff, made(curve_key()))  # another certificate, another file
    second = staff.reviewer.signatures.sign(issued, KEY).value
    lines = staff.clerk.signatures.list_signed(issued)
    assert [line.id for line in lines] == [second, first.value]
    target = staff.papers / "旧证书签的.pdf"
    staff.clerk.signatures.save_pdf(first.value, target)
    assert staff.clerk.signatures.check(target).signatures[0].ours


@pytest.mark.both_databases
def test_the_password_is_stored_and_told_nowhere(staff: Staff, issued: int) -> None:
    path = chosen(staff)
    staff.head.signatures.sign(issued, KeyDraft(PASSWORD, path))
    assert PASSWORD not in repr(KEY)
    for table in ("audit_line", "operation", "office_setting", "change_log", "signed_form"):
        with staff.database.reading() as uow:
            rows = uow.session.execute(text(f"SELECT * FROM {table}")).all()
        assert rows
        assert "yanshi-" not in repr(rows)


def test_only_the_certificate_that_was_set_signs(staff: Staff, issued: int) -> None:
    path = chosen(staff)
    other = certificate_file(staff, made(rsa_key(number=1)), "别的.pfx")
    with refused(staff, "certificate-other"):
        staff.head.signatures.sign(issued, KeyDraft(PASSWORD, other))
    moved = path.rename(staff.papers / "U盘.pfx")
    with refused(staff, "certificate-missing"):
        staff.head.signatures.sign(issued, KEY)
    assert staff.head.signatures.sign(issued, KeyDraft(PASSWORD, moved)).value


def test_a_certificate_that_ran_out_signs_no_more_and_says_so(staff: Staff, issued: int) -> None:
    path = chosen(staff)
    staff.clock.at = NOW + timedelta(days=701)
    assert "过期" in staff.head.signing.view().stale
    with refused(staff, "certificate-expired"):
        staff.head.signatures.sign(issued, KEY)
    with refused(staff, "certificate-expired"):
        staff.head.signing.use_file(path, KEY)
    staff.clock.at = NOW - timedelta(days=31)
    assert "没有生效" in staff.head.signing.view().stale


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made().file()[:-30], "certificate-file"),
        (made(signs=False).file(), "certificate-usage"),
        (made(begins=NOW + timedelta(days=1)).file(), "certificate-not-yet"),
        (made(rsa_key(1024)).file(), "certificate-key"),
    ],
)
def test_a_certificate_that_is_not_fit_is_not_chosen(staff: Staff, data: bytes, code: str) -> None:
    path = staff.papers / "证书.pfx"
    path.write_bytes(data)
    with refused(staff, code) as caught:
        staff.head.signing.use_file(path, KEY)
    assert "证书" in caught.value.message
    with refused(staff, "certificate-missing"):
        staff.head.signing.use_file(staff.papers / "没有.pfx", KEY)


def test_a_form_that_is_void_is_not_signed(staff: Staff) -> None:
    chosen(staff)
    unit = staff.clerk.units.register(unit_draft()).value
    issued = staff.clerk.forms.issue("field-sheet", unit).value
    staff.clerk.prints.void(issued, "写错了")
    with refused(staff, "form-not-valid"):
        staff.head.signatures.sign(issued, KEY)
    for call in (
        staff.head.signatures.list_signed,
        lambda one: staff.head.signatures.sign(one, KEY),
    ):
        with refused(staff, "form-unknown"):
            call(999)
    with refused(staff, "form-unknown"):
        staff.head.signatures.save_pdf(999, staff.papers / "没有.pdf")


def test_an_outside_program_signs_where_the_key_may_not_leave_it(staff: Staff, issued: int) -> None:
    by = made(by=made(curve_key(1), common="演示签发中心"))
    certificate = staff.papers / "机构证书.pem"
    certificate.write_bytes(by.pem())
    staff.head.signing.use_program(*signing_script(staff.papers, by), certificate)
    view = staff.head.signing.view()
    assert (view.on, view.way) == (True, "program")
    certificate.unlink()  # it was only read
    signed = staff.reviewer.signatures.sign(issued, KeyDraft()).value
    target = staff.papers / "已签名.pdf"
    staff.clerk.signatures.save_pdf(signed, target)
    checked = staff.clerk.signatures.check(target)
    assert checked.valid
    assert "演示签发中心" in checked.signatures[0].trust


def test_a_program_that_does_not_sign_is_not_chosen_and_stores_nothing(
    staff: Staff, issued: int
) -> None:
    by = made()
    certificate = staff.papers / "机构证书.pem"
    certificate.write_bytes(by.pem())
    with refused(staff, "program-failed"):
        staff.head.signing.use_program(*script(staff.papers, "raise SystemExit(1)"), certificate)
    with refused(staff, "signature-differs"):
        program = signing_script(staff.papers, made(rsa_key(number=1)))
        staff.head.signing.use_program(*program, certificate)
    with refused(staff, "program-missing"):
        staff.head.signing.use_program(staff.papers / "没有.exe", (), certificate)
    program = signing_script(staff.papers, by)
    staff.head.signing.use_program(*program, certificate)
    (staff.papers / "key.pem").write_bytes(made(rsa_key(number=1)).key_pem())
    with refused(staff, "signature-differs"):
        staff.head.signatures.sign(issued, KeyDraft())


def test_a_file_that_is_no_pdf_is_not_checked(staff: Staff) -> None:
    with refused(staff, "pdf-not-readable"):
        staff.clerk.signatures.check(staff.picture())
    with pytest.raises(UserError) as caught:
        staff.clerk.signatures.check(staff.papers / "没有.pdf")
    assert caught.value.code == "file-missing"
