"""What an office signs with, kept among its settings: a place and a certificate, never a key.

What loads X.509 is imported where it is used: nobody who does not sign waits for it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from db.models.office import OfficeSetting
from desktop_app.domain.dates import CHINA
from desktop_app.domain.signatures import Certificate, packed_certificate, unpacked_certificate
from desktop_app.errors import FileError, UserError
from desktop_app.exchange.signing_program import signature_from
from desktop_app.services.acts import Transaction
from desktop_app.services.drafts import KeyDraft

if TYPE_CHECKING:
    from desktop_app.documents.certificates import Signer

SETTING = "signing"
FILE, PROGRAM = "file", "program"
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class OfficeSigning:
    """The setting; `chain` holds the certificates as DER, the signer's first."""

    on: bool
    way: str
    place: str
    arguments: tuple[str, ...]
    certificate: Certificate
    chain: tuple[bytes, ...]


def signing_of(session: Session) -> OfficeSigning | None:
    """What was chosen; None where nothing ever was."""
    row = session.get(OfficeSetting, SETTING)
    if row is None or row.value is None:
        return None
    told = row.value
    return OfficeSigning(
        on=bool(told["on"]),
        way=str(told["way"]),
        place=str(told["place"]),
        arguments=tuple(told["arguments"]),
        certificate=unpacked_certificate(told["certificate"]),
        chain=tuple(base64.b64decode(one) for one in told["chain"]),
    )


def keep_signing(tx: Transaction, signing: OfficeSigning) -> None:
    told = {
        "on": signing.on,
        "way": signing.way,
        "place": signing.place,
        "arguments": list(signing.arguments),
        "certificate": packed_certificate(signing.certificate),
        "chain": [base64.b64encode(one).decode("ascii") for one in signing.chain],
    }
    row = tx.session.get(OfficeSetting, SETTING)
    if row is None:
        tx.session.add(OfficeSetting(key=SETTING, value=told))
    else:
        row.value = told


def switched_on(session: Session) -> OfficeSigning:
    """What the office signs with now.

    Raises:
        UserError: `signing-off`.
    """
    signing = signing_of(session)
    if signing is None or not signing.on:
        raise UserError(
            "signing-off",
            "本机构没有启用电子签名。",
            "要用的,请负责人在“更多→高级:签名”里选好证书并启用。",
        )
    return signing


def stale(certificate: Certificate, at: datetime) -> str:
    """Why a certificate does not do at this instant; empty where it does."""
    if at > certificate.ends:
        return f"证书已过期({certificate.ends.astimezone(CHINA):%Y-%m-%d}到期),请换用新的证书"
    if at < certificate.begins:
        return f"证书还没有生效({certificate.begins.astimezone(CHINA):%Y-%m-%d}起有效)"
    return ""


def signer_for(signing: OfficeSigning, key: KeyDraft, at: datetime) -> Signer:
    """The way to the office's signature, opened for once.

    Raises:
        FileError: `certificate-missing`.
        UserError: what `file_signer` and `program_signer` raise; `certificate-other` where the
            file holds another certificate than the one that was set.
    """
    from desktop_app.documents import certificates  # noqa: PLC0415 - loads X.509

    if signing.way == PROGRAM:
        command = (signing.place, *signing.arguments)
        return program_signer(command, b"".join(map(as_pem, signing.chain)), at)
    path = key.file or Path(signing.place)
    signer = file_signer(path, key.password, at)
    if certificates.seen(signer.certificate).fingerprint != signing.certificate.fingerprint:
        raise UserError(
            "certificate-other",
            f"《{path.name}》里的证书不是本机构设置的那一张。",
            "请选设置的那个文件;证书换了的,请负责人在“更多→高级:签名”里重新选择。",
            "file",
        )
    return signer


def file_signer(path: Path, password: str, at: datetime) -> Signer:
    """Open a PKCS#12 file and see that its certificate may sign.

    Raises:
        FileError: `certificate-missing`.
        UserError: what `key_file_signer` and `check_fit` raise.
    """
    from desktop_app.documents import certificates  # noqa: PLC0415 - loads X.509

    signer = certificates.key_file_signer(read_small(path), password, path.name)
    certificates.check_fit(signer.certificate, at, path.name)
    return signer


def program_signer(
    command: tuple[str, ...], pem: bytes, at: datetime, name: str = "证书"
) -> Signer:
    """The way through an outside program, for these certificates.

    Raises:
        UserError: what `certificates_in` and `check_fit` raise.
    """
    from desktop_app.documents import certificates  # noqa: PLC0415 - loads X.509

    own, *others = certificates.certificates_in(pem, name)
    certificates.check_fit(own, at, name)
    return certificates.Signer(own, tuple(others), partial(signature_from, command))


def as_pem(der: bytes) -> bytes:
    text = base64.encodebytes(der)
    return b"-----BEGIN CERTIFICATE-----\n" + text + b"-----END CERTIFICATE-----\n"


def read_small(path: Path) -> bytes:
    """The bytes of a certificate's file.

    Raises:
        FileError: `certificate-missing`.
    """
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError:
        raise FileError(
            "certificate-missing",
            f"找不到或不能读取证书文件《{path.name}》。",
            "证书放在U盘上的请插好U盘;文件挪了地方的,请另选它现在的位置。",
            "file",
        ) from None
