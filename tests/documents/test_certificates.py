"""Certificates: opened, judged fit to sign with, shown; each refusal is one clear sentence."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)

from desktop_app.documents.certificates import (
    certificates_in,
    check_fit,
    key_file_signer,
    seen,
    signature_of,
)
from desktop_app.errors import UserError
from tests.certificates import COMMON, NOW, ORGANISATION, PASSWORD, curve_key, made, rsa_key

NAME = "演示.pfx"


def code_of(error: pytest.ExceptionInfo[UserError]) -> str:
    assert error.value.message.endswith("。")
    assert error.value.remedy
    return error.value.code


@pytest.mark.parametrize("key", [rsa_key, curve_key], ids=["rsa", "curve"])
def test_a_certificate_file_opens_with_its_password_and_signs(key: object) -> None:
    one = made(key())  # type: ignore[operator] # either maker
    signer = key_file_signer(one.file(), PASSWORD, NAME)
    check_fit(signer.certificate, NOW, NAME)
    assert signature_of(signer, b"text")
    assert "sign" not in repr(signer)


def test_a_certificate_is_shown_by_whom_it_names_and_who_issued_it() -> None:
    above = made(curve_key(1), common="演示签发中心")
    one = made(by=above)
    signer = key_file_signer(one.file(), PASSWORD, NAME)
    told = seen(signer.certificate)
    assert told.subject == f"{COMMON} · {ORGANISATION}"
    assert told.issuer == f"演示签发中心 · {ORGANISATION}"
    assert not told.self_issued
    assert int(told.serial, 16) == one.certificate.serial_number
    assert signer.others == (above.certificate,)
    assert seen(above.certificate).self_issued


@pytest.mark.parametrize("password", ["", PASSWORD + " ", "错"])
def test_a_wrong_password_is_told_apart_from_a_damaged_file(password: str) -> None:
    with pytest.raises(UserError) as caught:
        key_file_signer(made().file(), password, NAME)
    assert code_of(caught) == "certificate-password"
    assert PASSWORD not in caught.value.message + caught.value.remedy


@pytest.mark.parametrize("data", [b"", b"no certificate", made().file()[:-40], made().pem()])
def test_a_file_that_is_none_or_was_cut_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        key_file_signer(data, PASSWORD, NAME)
    assert code_of(caught) == "certificate-file"


def test_a_file_without_a_key_is_refused() -> None:
    only = pkcs12.serialize_key_and_certificates(
        None, None, made().certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )
    with pytest.raises(UserError) as caught:
        key_file_signer(only, PASSWORD, NAME)
    assert code_of(caught) == "certificate-no-key"


def test_a_file_without_a_certificate_is_refused() -> None:
    lock = BestAvailableEncryption(PASSWORD.encode())
    only = pkcs12.serialize_key_and_certificates(None, curve_key(), None, None, lock)
    with pytest.raises(UserError) as caught:
        key_file_signer(only, PASSWORD, NAME)
    assert code_of(caught) == "certificate-file"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"ends": NOW - timedelta(seconds=1)}, "certificate-expired"),
        ({"begins": NOW + timedelta(seconds=1)}, "certificate-not-yet"),
        ({"signs": False}, "certificate-usage"),
        ({"key": rsa_key(1024)}, "certificate-key"),
    ],
)
def test_a_certificate_that_may_not_sign_now_says_why(given: dict[str, object], code: str) -> None:
    with pytest.raises(UserError) as caught:
        check_fit(made(**given).certificate, NOW, NAME)  # type: ignore[arg-type] # by name
    assert code_of(caught) == code


def test_a_certificate_that_leaves_its_usage_open_may_sign() -> None:
    check_fit(made(signs=None).certificate, NOW, NAME)
    check_fit(made(ends=NOW).certificate, NOW, NAME)  # its last second


def test_a_key_of_another_kind_cannot_sign_a_pdf() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(PASSWORD.encode())
    file = pkcs12.serialize_key_and_certificates(
        None, key, made(key, by=made()).certificate, None, lock
    )
    with pytest.raises(UserError) as caught:
        key_file_signer(file, PASSWORD, NAME)
    assert code_of(caught) == "certificate-key"


def test_a_public_certificate_is_read_as_text_or_as_bytes() -> None:
    one = made(by=made(curve_key(1)))
    der = one.certificate.public_bytes(Encoding.DER)
    assert certificates_in(one.pem(), NAME) == (one.certificate, *one.above)
    assert certificates_in(der, NAME) == (one.certificate,)
    for data in (b"", der[:-1], one.key_pem()):
        with pytest.raises(UserError) as caught:
            certificates_in(data, NAME)
        assert code_of(caught) == "certificate-file"


OPENSSL = shutil.which("openssl")


@pytest.mark.skipif(OPENSSL is None, reason="needs: openssl")
def test_a_file_of_the_old_encryption_opens_too(tmp_path: Path) -> None:
    """As Windows exports it by TripleDES-SHA1, and as older centres gave it out (RC2)."""
    one = made()
    (tmp_path / "all.pem").write_bytes(one.key_pem() + one.pem())
    command = [
        str(OPENSSL), "pkcs12", "-export", "-legacy", "-in", str(tmp_path / "all.pem"),
        "-out", str(tmp_path / "old.pfx"), "-passout", f"pass:{PASSWORD}",
    ]  # fmt: skip
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this openssl carries no old ciphers")
    signer = key_file_signer((tmp_path / "old.pfx").read_bytes(), PASSWORD, NAME)
    assert signer.certificate == one.certificate


def test_a_certificate_of_sm2_is_refused_in_words() -> None:
    """The curve's name is rewritten to that of SM2 (GM/T 0006), which nobody here reads."""
    der = made(curve_key()).certificate.public_bytes(Encoding.DER)
    p256, sm2 = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a811ccf5501822d")
    assert der.count(p256) == 1
    (one,) = certificates_in(der.replace(p256, sm2), NAME)
    with pytest.raises(UserError) as caught:
        check_fit(one, NOW, NAME)
    assert code_of(caught) == "certificate-key"
    assert "SM2" in caught.value.remedy
