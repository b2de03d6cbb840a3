"""Signs a PDF by PAdES: SHA-256, invisible, the bytes before it untouched; loads pyHanko.

Imported only when something is signed: pyHanko costs a quarter of a second.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop_app.documents.certificates import Signer, as_der, signature_of
from desktop_app.errors import UserError

FIELD = "Signature"
_LONGEST = 1024  # bytes of a raw signature: RSA of 8192 bits, or DER of two numbers of a curve


def signed_pdf(pdf: bytes, signer: Signer, at: datetime) -> bytes:
    """The PDF with one more signature appended; what was there stays byte for byte in front.

    ETSI EN 319 142-1 (PAdES baseline B-B): ETSI.CAdES.detached, the certificate's digest among
    the signed attributes, the time in the signature dictionary's /M, which is signed, too.

    Args:
        pdf: the bytes to be signed.
        signer: whose certificate, and the way to its key.
        at: the signing time that is told; aware.

    Raises:
        UserError: what `signature_of` raises; `pdf-not-signable`.
    """
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    made = io.BytesIO()
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    except PdfReadError:
        raise UserError(
            "pdf-not-signable", "这份PDF不能加签名。", "请重新开出单据后再签。"
        ) from None
    _AtInstant(meta, _Hanko(signer), at).sign_pdf(writer, output=made)
    return made.getvalue()


class _AtInstant(signers.PdfSigner):
    """Tells the clock's time of the office, not the machine's."""

    def __init__(self, meta: Any, signer: Any, at: datetime) -> None:
        super().__init__(meta, signer)
        self._at = at

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self._at
        return session


class _Hanko(signers.Signer):
    """What pyHanko asks for a raw signature."""

    def __init__(self, signer: Signer) -> None:
        own, *others = (
            asn1_x509.Certificate.load(der) for der in as_der((signer.certificate, *signer.others))
        )
        above = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko leaves it open
        above.register_multiple(others)
        super().__init__(signing_cert=own, cert_registry=above)
        self._signer = signer

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        assert digest_algorithm == "sha256"
        if dry_run:  # only its size is asked
            return bytes(_LONGEST)
        return signature_of(self._signer, data)
