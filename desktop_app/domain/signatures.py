"""Electronic signatures of PDFs as values: whose certificate, what was found, in plain words.

No word here calls a signature a seal: 盖章仍以纸面印章为准.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from desktop_app.domain.dates import CHINA

if TYPE_CHECKING:
    from cryptography import x509

_SHOWN = ("2.5.4.3", "2.5.4.11", "2.5.4.10")  # X.520: common name, unit, organisation


class After(StrEnum):
    """What stands in the file behind a signature."""

    NOTHING = "nothing"  # it covers the whole file
    ADDED = "added"  # further signatures or filled fields; what was signed shows unchanged
    CHANGED = "changed"


class Problem(StrEnum):
    """Why a signature cannot be judged."""

    NONE = ""
    UNKNOWN = "unknown"  # a form or algorithm that this program does not know
    WEAK = "weak"  # by MD5, SHA-1 or the like: anybody may have made another text to it


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself; nothing of it is proven here.

    Args:
        subject: common name, unit and organisation, joined by ` · `.
        issuer: the same of who issued it.
        serial: upper hexadecimal digits.
        begins: from when it counts; aware.
        ends: until when, this second included; aware.
        fingerprint: SHA-256 of the whole certificate, lower hexadecimal digits.
        self_issued: subject and issuer are the same.
    """

    subject: str
    issuer: str
    serial: str
    begins: datetime
    ends: datetime
    fingerprint: str
    self_issued: bool


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """One signature of a PDF.

    Args:
        certificate: of who signed; None where it cannot be read.
        signed_at: as the signer's own computer told it; None where it does not say.
        intact: what was signed is still what it was, and by the certificate's key.
        after: what was appended behind it.
        problem: why it cannot be judged; `intact` is False then.
    """

    certificate: Certificate | None
    signed_at: datetime | None
    intact: bool
    after: After
    problem: Problem = Problem.NONE


@dataclass(frozen=True, slots=True)
class Verdict:
    """A signature in words; `tone` is good, warn or late."""

    tone: str
    text: str
    trust: str


_STATES = {
    After.NOTHING: ("good", "签名完好:签名后整份文件没有改动。"),
    After.ADDED: ("warn", "签过的内容没有改动;签名之后又追加过别的签名或填写过表单。"),
    After.CHANGED: ("late", "签名之后文件又被改动或追加过内容,改动的部分不在签名之内。"),
}
_PROBLEMS = {
    Problem.UNKNOWN: "这处签名的格式或算法本程序不认识(如国密SM2),不能核对。",
    Problem.WEAK: "这处签名用的是已不安全的旧算法,不能作准。",
}
_BROKEN = "文件内容在签名之后被改动过,签名无效。"


def verdict(found: FoundSignature, ours: Collection[str]) -> Verdict:
    """What to tell of a signature.

    Args:
        found: the signature.
        ours: fingerprints of the office's own certificates.
    """
    if found.problem:
        return Verdict("late", _PROBLEMS[found.problem], _trust(found, ours))
    if not found.intact:
        return Verdict("late", _BROKEN, _trust(found, ours))
    return Verdict(*_STATES[found.after], _trust(found, ours))


def certificate_told(certificate: x509.Certificate, der: bytes) -> Certificate:
    """What a certificate says, as a plain value; `der` is all of it."""
    subject, issuer = certificate.subject, certificate.issuer
    return Certificate(
        subject=_name(subject),
        issuer=_name(issuer),
        serial=f"{certificate.serial_number:X}",
        begins=certificate.not_valid_before_utc,
        ends=certificate.not_valid_after_utc,
        fingerprint=hashlib.sha256(der).hexdigest(),
        self_issued=subject == issuer,
    )


def packed(found: FoundSignature) -> dict[str, Any]:
    """A signature as JSON, for the way out of the reading child."""
    return {
        "certificate": found.certificate and packed_certificate(found.certificate),
        "signed_at": found.signed_at and found.signed_at.isoformat(),
        "intact": found.intact,
        "after": found.after.value,
        "problem": found.problem.value,
    }


def unpacked(told: Mapping[str, Any]) -> FoundSignature:
    """The signature that `packed` made this of."""
    return FoundSignature(
        certificate=told["certificate"] and unpacked_certificate(told["certificate"]),
        signed_at=told["signed_at"] and datetime.fromisoformat(told["signed_at"]),
        intact=bool(told["intact"]),
        after=After(told["after"]),
        problem=Problem(told["problem"]),
    )


def packed_certificate(one: Certificate) -> dict[str, Any]:
    """A certificate as JSON."""
    return {**asdict(one), "begins": one.begins.isoformat(), "ends": one.ends.isoformat()}


def unpacked_certificate(told: Mapping[str, Any]) -> Certificate:
    """The certificate that `packed_certificate` made this of."""
    begins, ends = (datetime.fromisoformat(told[key]) for key in ("begins", "ends"))
    return Certificate(**{**told, "begins": begins, "ends": ends})


def span_text(certificate: Certificate) -> str:
    """From when until when a certificate counts, in days of this country."""
    begins, ends = (day.astimezone(CHINA) for day in (certificate.begins, certificate.ends))
    return f"{begins:%Y-%m-%d} 至 {ends:%Y-%m-%d}"


def _trust(found: FoundSignature, ours: Collection[str]) -> str:
    one = found.certificate
    if one is None:
        return "读不出签名人的证书。"
    words = ["证书是本机构签名用的证书"] if one.fingerprint in ours else []
    if one.self_issued:
        words.append("证书是自己签发的,没有别的机构证明签名人是谁")
    else:
        words.append(f"证书由“{one.issuer}”签发,本程序不判断这个签发者是否可信")
    if found.signed_at is not None and not one.begins <= found.signed_at <= one.ends:
        words.append("签名时间不在证书有效期内")
    return ";".join(words) + "。"


def _name(name: x509.Name) -> str:
    parts = {one.oid.dotted_string: str(one.value).strip() for one in name}
    told = dict.fromkeys(parts[key] for key in _SHOWN if parts.get(key))
    return " · ".join(told) or name.rfc4514_string()
