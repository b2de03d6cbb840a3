"""Electronic signatures as pages and commands see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.signatures import Certificate


@dataclass(frozen=True, slots=True)
class SigningView:
    """What the office signs with.

    Args:
        on: whether issued forms can be signed now.
        way: `file` (PKCS#12), `program`, or empty where nothing was chosen.
        place: path of that file or program.
        arguments: what the program is started with.
        certificate: whose signature it is; None where nothing was chosen.
        stale: why the certificate does not do today, in words; empty where it does.
        may_sign: whether who is signed in may sign.
        may_set: whether he may choose and switch.
    """

    on: bool
    way: str
    place: str
    arguments: tuple[str, ...]
    certificate: Certificate | None
    stale: str
    may_sign: bool
    may_set: bool


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A signed file of an issued form: when, by whom, with which certificate."""

    id: int
    issued_id: int
    number: str
    signed_at: datetime
    signed_by: str
    subject: str
    issuer: str
    serial: str
    fingerprint: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CheckedSignature:
    """A signature that was found in a file, and what is to be said of it.

    Args:
        certificate: whose; None where it cannot be read.
        signed_at: as the signer's computer told it.
        intact: what was signed is unchanged.
        after: nothing, added, changed.
        problem: unknown or weak where it cannot be judged.
        ours: the certificate is the office's own.
        tone: good, warn, late.
        text: one sentence about the content.
        trust: one sentence about who signed.
    """

    certificate: Certificate | None
    signed_at: datetime | None
    intact: bool
    after: str
    problem: str
    ours: bool
    tone: str
    text: str
    trust: str


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a PDF's signatures say.

    Args:
        file: its name.
        sha256: of its bytes.
        valid: there is one at least, and none is anything but whole with nothing after it.
        registered: the signed form of this office that it is, byte for byte.
        signatures: the first one first.
    """

    file: str
    sha256: str
    valid: bool
    registered: SignedLine | None
    signatures: tuple[CheckedSignature, ...]
