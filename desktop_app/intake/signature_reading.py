"""The signatures in a PDF's bytes: who, whole, what came after; runs in the child process.

Nothing is fetched and no list of trusted issuers is asked: whether an issuer deserves trust is
not judged here.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from desktop_app.domain.dates import CHINA
from desktop_app.domain.signatures import After, FoundSignature, Problem, certificate_told
from desktop_app.intake.refusals import Refusal

MOST = 100  # signatures of one file
_WEAK = ("md2", "md5", "sha1")
_KNOWN = ("/ETSI.CAdES.detached", "/adbe.pkcs7.detached")
_STAMP = "/DocTimeStamp"  # a time put under the file by a third party: no person's signature

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)  # they tell pieces of the file


def read_signatures(data: bytes) -> tuple[FoundSignature, ...]:
    """Every signature, the first one first.

    Raises:
        Refusal: `pdf` (it is none, or damaged), `pdf-password`.
    """
    try:
        fields = [one for one in _fields(data) if one[0] != _STAMP]
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # whatever a hostile file brings the reader to
        raise Refusal("pdf") from error
    if len(fields) > MOST:
        raise Refusal("pdf")
    found = [_judged(make, size=len(data)) for _kind, make in fields]
    return tuple(one for _at, one in sorted(found, key=lambda pair: pair[0]))


def _fields(data: bytes) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each filled signature field: the type of what fills it, and how it is opened."""
    if b"%PDF-" not in data[:1024]:
        raise Refusal("pdf")
    reader = _reader(data)
    if reader.encrypted:
        raise Refusal("pdf-password")
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        kind = str(value.get_object().get("/Type", "/Sig"))
        yield kind, partial(EmbeddedPdfSignature, reader, field, name)


def _reader(data: bytes) -> Any:
    """Strict where the file allows it; others' files often bend the rules a little."""
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=True)
        _ = reader.root
    except PdfError:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        _ = reader.root
    return reader


def _judged(make: Callable[[], Any], size: int) -> tuple[int, FoundSignature]:
    certificate = signed_at = None
    at = 0
    try:
        signature = make()
        at = int(signature.signed_revision)
        der = signature.signer_cert.dump()
        certificate = certificate_told(x509.load_der_x509_certificate(der), der)
        signed_at = _instant(signature.self_reported_timestamp)
        if str(signature.sig_object.get("/SubFilter")) not in _KNOWN:
            return at, FoundSignature(certificate, signed_at, False, After.NOTHING, Problem.UNKNOWN)
        if _is_weak(signature):
            return at, FoundSignature(certificate, signed_at, False, After.NOTHING, Problem.WEAK)
        intact, after = _whole(signature), _after(signature, size)
    except MemoryError:
        raise
    except Exception:  # whatever is in it, it is no signature that we know
        return at, FoundSignature(certificate, signed_at, False, After.NOTHING, Problem.UNKNOWN)
    return at, FoundSignature(certificate, signed_at, intact, after)


def _whole(signature: Any) -> bool:
    digest = signature.compute_digest()
    same, signed = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", digest
    )
    return bool(same and signed)


def _after(signature: Any, size: int) -> After:
    signature.compute_integrity_info()
    start, first, second, last = (int(number) for number in signature.byte_range)
    hole = len(signature.pkcs7_content) * 2 + 2  # hexadecimal digits and their brackets
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        whole = start == 0 and second == first + hole and second + last == size
        return After.NOTHING if whole else After.CHANGED
    result = signature.diff_result
    added = (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    if isinstance(result, DiffResult) and result.modification_level in added:
        return After.ADDED
    return After.CHANGED


def _is_weak(signature: Any) -> bool:
    mechanism = signature.signer_info["signature_algorithm"]
    try:
        by = mechanism.hash_algo
    except ValueError:  # the mechanism leaves it to the digest
        by = ""
    return signature.md_algorithm in _WEAK or by in _WEAK


def _instant(told: datetime | None) -> datetime | None:
    """A time without a zone is read as this country's."""
    if told is None or told.tzinfo is not None:
        return told
    return told.replace(tzinfo=CHINA)
