"""Certificates and PKCS#12 files: read, judged fit to sign with, shown; nothing is stored here.

Loads cryptography's X.509: imported by what signs, not at the start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from desktop_app.domain.dates import CHINA
from desktop_app.domain.signatures import Certificate, certificate_told
from desktop_app.errors import UserError

MOST_BYTES = 1_000_000
LEAST_RSA = 2048
_PEM = b"-----BEGIN CERTIFICATE-----"
_AGAIN = "请向签发证书的单位重新要一份,或另选一个文件。"


@dataclass(frozen=True, slots=True)
class Signer:
    """The one way to a signature, wherever the key lies.

    Args:
        certificate: of who signs.
        others: those above it, which go into the file with it.
        sign: takes bytes, gives their raw signature over SHA-256: RSA by PKCS#1 v1.5, an elliptic
            curve as DER of r and s; raises UserError.
    """

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    sign: Callable[[bytes], bytes] = field(repr=False)


def key_file_signer(data: bytes, password: str, name: str) -> Signer:
    """Open a PKCS#12 file (.pfx, .p12); the key stays in the memory of what is given back.

    Raises:
        UserError: `certificate-password`, `certificate-file`, `certificate-no-key`,
            `certificate-key`.
    """
    if not _is_pkcs12(data):
        raise _damaged(name, "证书文件(.pfx或.p12)")
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, password.encode())
    except UnsupportedAlgorithm:
        raise _unfit(name) from None
    except (ValueError, TypeError):
        raise UserError(
            "certificate-password",
            f"《{name}》的证书密码不对。",
            "请核对后再输入,注意大小写;若确定没有错,可能是文件损坏了,请重新拷贝一份。",
            "password",
        ) from None
    if key is None:
        raise UserError(
            "certificate-no-key",
            f"《{name}》里没有私钥,不能用来签名。",
            "导出证书时请选“连同私钥一起导出”。",
            name,
        )
    if certificate is None:
        raise _damaged(name, "证书文件(.pfx或.p12)")
    if isinstance(key, rsa.RSAPrivateKey):
        rsa_key = key
        return Signer(
            certificate,
            tuple(others),
            lambda text: rsa_key.sign(text, padding.PKCS1v15(), SHA256()),
        )
    if isinstance(key, ec.EllipticCurvePrivateKey):
        ec_key = key
        return Signer(
            certificate, tuple(others), lambda text: ec_key.sign(text, ec.ECDSA(SHA256()))
        )
    raise _unfit(name)


def certificates_in(data: bytes, name: str) -> tuple[x509.Certificate, ...]:
    """The certificates of a file without a key, PEM or DER, the signer's first.

    Raises:
        UserError: `certificate-file`.
    """
    try:
        if _PEM in data:
            return tuple(x509.load_pem_x509_certificates(data))
        return (x509.load_der_x509_certificate(data),)
    except ValueError:
        raise _damaged(name, "证书文件(.cer、.crt或.pem)") from None


def check_fit(certificate: x509.Certificate, at: datetime, name: str) -> None:
    """Refuse a certificate that may not sign at this instant.

    Raises:
        UserError: `certificate-expired`, `certificate-not-yet`, `certificate-usage`,
            `certificate-key`.
    """
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at > last:
        raise UserError(
            "certificate-expired",
            f"《{name}》里的证书已过期({last.astimezone(CHINA):%Y-%m-%d}到期)。",
            "请换用新的证书,在“更多→高级:签名”里重新选择。",
            name,
        )
    if at < first:
        raise UserError(
            "certificate-not-yet",
            f"《{name}》里的证书还没有生效({first.astimezone(CHINA):%Y-%m-%d}起有效)。",
            "请核对电脑的日期,或等生效后再签。",
            name,
        )
    if not _may_sign(certificate):
        raise UserError(
            "certificate-usage",
            f"《{name}》里的证书不是用来签名的。",
            "请选密钥用途里有“数字签名”的证书;只供加密的那一张不能用。",
            name,
        )
    if not _known_key(certificate):
        raise _unfit(name)


def signature_of(signer: Signer, data: bytes) -> bytes:
    """Sign, and see that what came is the certificate's signature of these bytes.

    Raises:
        UserError: what `signer.sign` raises; `signature-differs`.
    """
    signature, key = signer.sign(data), signer.certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise UserError(
            "signature-differs",
            "交回的签名与证书不符,没有签成。",
            "请核对签名程序用的是不是这张证书的密钥。",
        ) from None
    return signature


def seen(certificate: x509.Certificate) -> Certificate:
    """What a certificate says, as a plain value."""
    return certificate_told(certificate, certificate.public_bytes(Encoding.DER))


def as_der(certificates: Sequence[x509.Certificate]) -> tuple[bytes, ...]:
    return tuple(one.public_bytes(Encoding.DER) for one in certificates)


def _may_sign(certificate: x509.Certificate) -> bool:
    """RFC 5280 4.2.1.3: either bit does; without the extension nothing is forbidden."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _known_key(certificate: x509.Certificate) -> bool:
    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):  # such as SM2
        return False
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= LEAST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey)


def _is_pkcs12(data: bytes) -> bool:
    try:
        pfx = asn1_pkcs12.Pfx.load(data, strict=True)
        return bool(pfx["version"].native == "v3" and pfx["auth_safe"]["content"] is not None)
    except (ValueError, TypeError, KeyError):
        return False


def _damaged(name: str, what: str) -> UserError:
    return UserError("certificate-file", f"《{name}》不是{what},或者已经损坏。", _AGAIN, name)


def _unfit(name: str) -> UserError:
    return UserError(
        "certificate-key",
        f"《{name}》里证书的密钥不能用来签PDF。",
        "要用RSA(2048位以上)或椭圆曲线的证书;国密SM2的证书PDF阅读软件不认,这里不能用。",
        name,
    )
