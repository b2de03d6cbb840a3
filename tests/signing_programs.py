"""Outside signing programs for tests: real scripts, of which one signs and the others do not."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.certificates import Made

_SIGNS = """
import sys
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

key = load_pem_private_key(open(sys.argv[1], "rb").read(), None)
data = sys.stdin.buffer.read()
if isinstance(key, rsa.RSAPrivateKey):
    signature = key.sign(data, padding.PKCS1v15(), SHA256())
else:
    signature = key.sign(data, ec.ECDSA(SHA256()))
sys.stdout.buffer.write(signature)
"""


def signing_script(folder: Path, by: Made) -> tuple[Path, tuple[str, ...]]:
    """A program that signs with this key, and its arguments."""
    script, key = folder / "sign.py", folder / "key.pem"
    script.write_text(_SIGNS, "utf-8")
    key.write_bytes(by.key_pem())
    return Path(sys.executable), (str(script), str(key))


def script(folder: Path, text: str) -> tuple[Path, tuple[str, ...]]:
    """A program that does what this text says."""
    file = folder / "program.py"
    file.write_text(text, "utf-8")
    return Path(sys.executable), (str(file),)
