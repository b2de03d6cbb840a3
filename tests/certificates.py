"""Certificates made for tests: nobody's, self-issued or by an authority made beside them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 12, 1, 1, 2, 3, tzinfo=UTC)  # what the clocks of tests stand at
PASSWORD = "yanshi-签名-5"
ORGANISATION, COMMON = "明山县总工会(演示)", "职工互助保障专用(演示)"
Key: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class Made:
    """A certificate with its key, and who issued it where it did not issue itself."""

    key: Key
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    def file(self, password: str = PASSWORD) -> bytes:
        """As PKCS#12."""
        lock = BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(
            "演示".encode(), self.key, self.certificate, self.above, lock
        )

    def pem(self) -> bytes:
        """The certificate and those above it, without the key."""
        return b"".join(one.public_bytes(Encoding.PEM) for one in (self.certificate, *self.above))

    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@functools.cache
def rsa_key(bits: int = 2048, number: int = 0) -> rsa.RSAPrivateKey:
    """Slow to make: one is enough for most; `number` asks for another."""
    return rsa.generate_private_key(65537, bits)


@functools.cache
def curve_key(number: int = 0) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def made(
    key: Key | None = None,
    *,
    begins: datetime = NOW - timedelta(days=30),
    ends: datetime = NOW + timedelta(days=700),
    signs: bool | None = True,
    by: Made | None = None,
    common: str = COMMON,
) -> Made:
    """A certificate; `signs` None leaves the usage of its key open, `by` is its authority."""
    own = key or rsa_key()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by else name)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
    if signs is not None:
        builder = builder.add_extension(_usage(signs), critical=True)
    issuing = by.key if by else own
    certificate = builder.sign(
        issuing, None if isinstance(issuing, ed25519.Ed25519PrivateKey) else SHA256()
    )
    return Made(own, certificate, (by.certificate, *by.above) if by else ())


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
