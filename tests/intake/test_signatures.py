"""Signatures of PDFs: ours are whole, every change is noticed, and pdfsig says the same."""

from __future__ import annotations

import functools
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from build_scripts.dev_system import skip_reason
from desktop_app.documents.certificates import key_file_signer
from desktop_app.documents.pades import signed_pdf
from desktop_app.documents.printing import render
from desktop_app.domain.signatures import After, FoundSignature, Problem, verdict
from desktop_app.errors import FileError
from desktop_app.intake.children import Child
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.signature_reading import read_signatures
from desktop_app.intake.signed_files import read_signed_file
from tests.certificates import NOW, PASSWORD, Made, curve_key, made, rsa_key
from tests.documents import samples

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning")
PDFSIG = [
    pytest.mark.integration,
    pytest.mark.skipif(bool(skip_reason("paper")), reason=skip_reason("paper")),
]


@functools.cache
def form() -> bytes:
    return render(samples.every_form()[0])


@functools.cache
def office() -> Made:
    return made(rsa_key())


def sign(pdf: bytes, by: Made | None = None, at: timedelta = timedelta()) -> bytes:
    one = by or office()
    return signed_pdf(pdf, key_file_signer(one.file(), PASSWORD, "演示.pfx"), NOW + at)


@functools.cache
def signed() -> bytes:
    return sign(form())


def only(data: bytes) -> FoundSignature:
    (found,) = read_signatures(data)
    return found


def holds(data: bytes) -> bool:
    """Whether nothing but a whole signature with nothing after it is found."""
    try:
        found = read_signatures(data)
    except Refusal:
        return False
    return [verdict(one, ()).tone for one in found] == ["good"]


def covered() -> tuple[int, int, int]:
    """Where the hole of the signature begins and ends, and where the file ends."""
    numbers = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", signed())
    assert numbers
    first, second, last = (int(one) for one in numbers.groups())
    assert second + last == len(signed())
    return first, second, second + last


def flipped(at: int) -> bytes:
    data = bytearray(signed())
    data[at] ^= 1
    return bytes(data)


def resaved(data: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    """A revision appended behind the file, as other programs do."""
    writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True)
    change(writer)
    made_anew = io.BytesIO()
    writer.write(made_anew)
    assert made_anew.getvalue().startswith(data)
    return made_anew.getvalue()


def blank_page(writer: pypdf.PdfWriter) -> None:
    writer.add_blank_page(200, 200)


@pytest.mark.parametrize("key", [rsa_key, curve_key], ids=["rsa", "curve"])
def test_a_signed_form_is_whole_and_tells_who_and_when(key: Callable[[], object]) -> None:
    by = made(key())  # type: ignore[arg-type] # either kind
    data = sign(form(), by)
    assert data.startswith(form())
    found = only(data)
    assert (found.intact, found.after, found.problem) == (True, After.NOTHING, Problem.NONE)
    assert found.signed_at == NOW
    assert found.certificate is not None
    assert found.certificate.self_issued
    text = verdict(found, {found.certificate.fingerprint})
    assert text.tone == "good"
    assert "本机构" in text.trust
    assert "自己签发" in text.trust  # said of ours, too


def test_the_pages_look_as_before() -> None:
    before, after = (pypdf.PdfReader(io.BytesIO(data)) for data in (form(), signed()))
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]
    assert [page.get_contents().get_data() for page in after.pages if page.get_contents()] == [  # type: ignore[union-attr] # asked before
        page.get_contents().get_data()
        for page in before.pages
        if page.get_contents()  # type: ignore[union-attr] # asked before
    ]


def test_a_form_without_a_signature_has_none() -> None:
    assert read_signatures(form()) == ()


def test_an_issuer_that_nobody_knows_is_named_and_not_trusted() -> None:
    authority = made(curve_key(1), common="演示签发中心")
    found = only(sign(form(), made(by=authority)))
    assert "演示签发中心" in verdict(found, ()).trust
    assert "不判断" in verdict(found, ()).trust


def test_a_signing_time_outside_of_the_certificates_time_is_said() -> None:
    found = only(sign(form(), at=timedelta(days=4_000)))
    assert found.intact
    assert "有效期" in verdict(found, ()).trust


@settings(max_examples=60, deadline=None)
@given(part=st.floats(0, 1, exclude_max=True))
def test_one_changed_byte_anywhere_that_is_signed_is_noticed(part: float) -> None:
    hole, behind, end = covered()
    at = int(part * (end - behind + hole))
    assert not holds(flipped(at if at < hole else at - hole + behind))


def test_a_changed_byte_of_the_pages_is_told_as_a_change() -> None:
    at = form().index(b"stream") + 40
    found = only(flipped(at))
    assert not found.intact
    assert "改动过" in verdict(found, ()).text


def test_a_changed_signature_is_noticed() -> None:
    hole, behind, _ = covered()
    used = signed()[hole + 1 : behind].rstrip(b">").rstrip(b"0")
    data = bytearray(signed())
    for at in (hole + 1 + 40, hole + len(used) - 10):
        data[at] = ord("7") if data[at] != ord("7") else ord("8")
        assert not holds(bytes(data))


def test_a_page_appended_behind_the_signature_is_noticed() -> None:
    found = only(resaved(signed(), blank_page))
    assert found.intact  # what was signed still stands there
    assert found.after is After.CHANGED
    assert verdict(found, ()).tone == "late"


def test_bytes_behind_the_end_are_noticed() -> None:
    assert only(signed() + b"\n% more\n").after is After.CHANGED


def test_a_second_signature_leaves_the_first_one_standing() -> None:
    other = key_file_signer(made(rsa_key(number=1)).file(), PASSWORD, "演示.pfx")
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    data = io.BytesIO()
    signers.sign_pdf(
        writer,
        signers.PdfSignatureMetadata(field_name="Second"),
        signer=signers.SimpleSigner.load_pkcs12_data(
            made(rsa_key(number=1)).file(), (), PASSWORD.encode()
        ),
        output=data,
    )
    assert other
    first, second = read_signatures(data.getvalue())
    assert (first.intact, first.after) == (True, After.ADDED)
    assert (second.intact, second.after) == (True, After.NOTHING)
    assert verdict(first, ()).tone == "warn"


def test_a_signature_cut_off_by_a_later_revision_does_not_count() -> None:
    def drop(writer: pypdf.PdfWriter) -> None:
        writer.root_object.pop("/AcroForm")

    assert not holds(resaved(signed(), drop))


def test_an_old_algorithm_is_not_believed() -> None:
    data = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(form())),
        signers.PdfSignatureMetadata(field_name="Old", md_algorithm="sha1"),
        signer=signers.SimpleSigner.load_pkcs12_data(office().file(), (), PASSWORD.encode()),
        output=data,
    )
    found = only(data.getvalue())
    assert found.problem is Problem.WEAK
    assert verdict(found, ()).tone == "late"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/ETSI.CAdES.detached", b"/ETSI.RFC.unknown123"),
        (b"2a864886f70d010702", b"2a864886f70d010709"),  # the type of what is in the hole
    ],
)
def test_a_signature_of_an_unknown_form_is_said_to_be_unknown(old: bytes, new: bytes) -> None:
    assert len(old) == len(new)
    data = re.sub(re.escape(old), new, signed(), count=1, flags=re.IGNORECASE)
    assert data != signed()
    assert only(data).problem is Problem.UNKNOWN


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "pdf-not-readable"),
        (b"%PDF-1.7\nnothing", "pdf-not-readable"),
        (b"\x89PNG\r\n", "pdf-not-readable"),
    ],
)
def test_what_is_no_pdf_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert refusal_of(tmp_path, data) == code


def refusal_of(folder: Path, data: bytes) -> str:
    path, child = folder / "文件.pdf", Child()
    path.write_bytes(data)
    try:
        with pytest.raises(FileError) as caught:
            read_signed_file(path, child)
    finally:
        child.close()
    assert caught.value.remedy
    assert path.name in caught.value.message
    return caught.value.code


def test_a_pdf_behind_a_password_is_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(form()))
    writer.encrypt("yanshi", algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    assert refusal_of(tmp_path, data.getvalue()) == "pdf-locked"


def test_the_child_reads_what_we_read(tmp_path: Path) -> None:
    path, child = tmp_path / "已签名.pdf", Child()
    path.write_bytes(signed())
    try:
        assert read_signed_file(path, child).signatures == read_signatures(signed())
        (tmp_path / "没签.pdf").write_bytes(form())
        assert read_signed_file(tmp_path / "没签.pdf", child).signatures == ()
        with pytest.raises(FileError) as caught:
            read_signed_file(tmp_path / "没有.pdf", child)
        assert caught.value.code == "file-missing"
    finally:
        child.close()


def pdfsig(folder: Path, data: bytes) -> str:
    path = folder / "文件.pdf"
    path.write_bytes(data)
    tool = shutil.which("pdfsig")
    assert tool is not None
    done = subprocess.run(
        [tool, "-nocert", str(path)], capture_output=True, check=False, text=True, encoding="utf-8"
    )
    return done.stdout


class TestPdfsig:
    pytestmark = PDFSIG

    @pytest.mark.parametrize("key", [rsa_key, curve_key], ids=["rsa", "curve"])
    def test_it_calls_ours_valid(self, tmp_path: Path, key: Callable[[], object]) -> None:
        told = pdfsig(tmp_path, sign(form(), made(key())))  # type: ignore[arg-type] # either kind
        assert "Signature is Valid." in told
        assert "Total document signed" in told
        assert "ETSI.CAdES.detached" in told
        assert "SHA-256" in told

    def test_it_notices_a_changed_byte_where_we_do(self, tmp_path: Path) -> None:
        hole, behind, _ = covered()
        places = (form().index(b"stream") + 40, len(form()) // 2, hole - 5, behind + 40)
        for at in places:
            assert not holds(flipped(at))
            assert "Signature is Valid." not in pdfsig(tmp_path, flipped(at))

    def test_it_notices_a_page_appended(self, tmp_path: Path) -> None:
        told = pdfsig(tmp_path, resaved(signed(), blank_page))
        assert "Not total document signed" in told
