"""An outside signing program: it signs, fails, dawdles or is not there."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from desktop_app.documents.certificates import Signer, signature_of
from desktop_app.errors import UserError
from desktop_app.exchange.signing_program import signature_from
from tests.certificates import curve_key, made, rsa_key
from tests.signing_programs import script, signing_script


def command(program: tuple[Path, tuple[str, ...]]) -> tuple[str, ...]:
    return (str(program[0]), *program[1])


@pytest.mark.parametrize("kind", ["rsa", "curve"])
def test_a_program_signs_what_it_is_given(tmp_path: Path, kind: str) -> None:
    by = made(rsa_key() if kind == "rsa" else curve_key())
    given = command(signing_script(tmp_path, by))
    signer = Signer(by.certificate, (), lambda data: signature_from(given, data))
    assert signature_of(signer, bytes(range(256)))


def test_a_signature_of_another_key_is_noticed(tmp_path: Path) -> None:
    given = command(signing_script(tmp_path, made(rsa_key(number=1))))
    signer = Signer(made().certificate, (), lambda data: signature_from(given, data))
    with pytest.raises(UserError) as caught:
        signature_of(signer, b"text")
    assert caught.value.code == "signature-differs"


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("import sys; sys.exit('没有插UKey')", "program-failed", "没有插UKey"),
        ("", "program-failed", "没有签成。"),
        ("print('x' * 20000)", "program-failed", "没有签成"),
        ("import time; time.sleep(60)", "program-slow", "秒"),
    ],
)
def test_a_program_that_does_not_sign_is_told_of(
    tmp_path: Path, text: str, code: str, says: str
) -> None:
    with pytest.raises(UserError) as caught:
        signature_from(command(script(tmp_path, text)), b"text", 0.5 if "time" in text else 30)
    assert caught.value.code == code
    assert says in caught.value.message
    assert caught.value.remedy


FLOOD = """
import sys
while True:
    sys.{pipe}.buffer.write(b"0" * 1_000_000)
"""


def test_a_program_that_writes_without_end_is_ended_and_not_kept(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(UserError) as caught:
            signature_from(command(script(tmp_path, FLOOD.format(pipe="stdout"))), b"text", 60)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.code == "program-failed"


def test_of_endless_words_no_more_is_kept_than_is_shown(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(UserError) as caught:
            signature_from(command(script(tmp_path, FLOOD.format(pipe="stderr"))), b"text", 1)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.code == "program-slow"


def test_a_program_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        signature_from((str(tmp_path / "没有"),), b"text")
    assert caught.value.code == "program-missing"
