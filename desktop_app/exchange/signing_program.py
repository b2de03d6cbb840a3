"""An outside signing program: the bytes go in, their signature comes out, the key stays there.

The program is started without a shell as PROGRAM ARGUMENT...; it may ask its own user for a PIN.
It reads from standard input, to its end, the bytes to be signed and writes to standard output
nothing but the raw signature over their SHA-256: RSA by PKCS#1 v1.5, or DER of r and s for a key
of an elliptic curve. It ends with 0 where it signed, with another number where it did not; the
first line that it then wrote to standard error is shown to the clerk.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import IO

from desktop_app.errors import UserError

SECONDS = 120.0  # somebody may look for the key and type its PIN
LARGEST = 16_384  # bytes of a signature that are believed
_PIECE = 65_536  # bytes read at a time
_LAST_SECONDS = 5.0  # for what it wrote before its end
_SHOWN = 120  # characters of the program's own words
if sys.platform == "win32":  # pragma: no cover - tried on Windows only
    _FLAGS = subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0
_LOOK = "请检查签名程序和密钥(UKey)后再签。"


def signature_from(command: Sequence[str], data: bytes, seconds: float = SECONDS) -> bytes:
    """Let the program sign.

    Args:
        command: the program's path and its arguments.
        data: what is to be signed.
        seconds: how long it may take; then it is ended.

    Raises:
        UserError: `program-missing`, `program-slow`, `program-failed`.
    """
    name = Path(command[0]).name
    try:
        ended_with, signature, told = _run(command, data, seconds)
    except subprocess.TimeoutExpired:
        raise UserError(
            "program-slow", f"签名程序“{name}”超过{seconds:.0f}秒没有交回签名。", _LOOK, name
        ) from None
    except OSError:
        raise UserError(
            "program-missing",
            f"签名程序“{name}”不能启动。",
            "请确认程序装在这台电脑上,在“更多→高级:签名”里重新选择。",
            name,
        ) from None
    if ended_with or not 0 < len(signature) <= LARGEST:
        raise UserError(
            "program-failed",
            f"签名程序“{name}”没有签成{_words(told)}。",
            _LOOK,
            name,
        )
    return signature


def _run(command: Sequence[str], data: bytes, seconds: float) -> tuple[int, bytes, bytes]:
    """How it ended and what it wrote; one that writes more than a signature is ended."""
    program = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=_FLAGS,
    )
    assert program.stdin is not None  # all three are pipes
    assert program.stdout is not None
    assert program.stderr is not None
    signature, told = bytearray(), bytearray()
    hands = ThreadPoolExecutor(3)
    work = [
        hands.submit(_give, program.stdin, data),
        hands.submit(_take, program.stdout, signature, program.kill),
        hands.submit(_take, program.stderr, told, None),
    ]
    try:
        program.wait(seconds)
    finally:
        program.kill()
        program.wait()
        wait(work, _LAST_SECONDS)
        hands.shutdown(wait=False)
    return program.returncode, bytes(signature), bytes(told)


def _give(pipe: IO[bytes], data: bytes) -> None:
    """A program that ends before it has read everything says by its end what it did."""
    with suppress(OSError), pipe:
        pipe.write(data)


def _take(pipe: IO[bytes], kept: bytearray, too_much: Callable[[], None] | None) -> None:
    """Keep a little more than is believed, and read the rest away."""
    with pipe:
        while part := os.read(pipe.fileno(), _PIECE):
            kept += part[: LARGEST + 1 - len(kept)]
            if too_much is not None and len(kept) > LARGEST:
                too_much()
                return


def _words(told: bytes) -> str:
    """The program's first line, as it can be shown."""
    text = told.decode("utf-8", "replace").strip()
    line = "".join(char for char in text.split("\n", 1)[0] if char.isprintable())
    return f":{line[:_SHOWN].rstrip('。.')}" if line else ""
