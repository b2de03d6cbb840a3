"""`sign`: a certificate chosen, a form signed and saved, any PDF checked; no password is told."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.certificates import PASSWORD, curve_key, made
from tests.cli.desk import Person
from tests.signing_programs import signing_script


def test_a_form_is_signed_saved_and_checked(clerk: Person, head: Person, tmp_path: Path) -> None:
    file, secret = tmp_path / "机构.pfx", tmp_path / "密码.txt"
    file.write_bytes(made().file())
    secret.write_text(PASSWORD, "utf-8")
    opens = ("--opens-with", secret)
    assert head.does("sign", "show")["signing"]["on"] is False
    assert clerk.tries("sign", "use-file", file, *opens).error["code"] == "not-permitted"
    assert head.tries("sign", "use-file", file).error["code"] == "certificate-password"
    assert head.does("sign", "use-file", file, *opens)["signing"]["on"] is True
    issued = clerk.does("form", "issue", "field-sheet")["issued"]
    target = tmp_path / "已签名.pdf"
    done = head.does("sign", "form", issued, *opens, "--to", target)
    assert done["form"]["issued_id"] == issued
    assert clerk.does("sign", "list", issued)["signed"] == [done["form"]]
    checked = clerk.does("sign", "verify", target)
    assert checked["valid"] is True
    assert checked["registered"]["number"] == done["form"]["number"]
    clerk.does("sign", "save", done["signed"], tmp_path / "再存.pdf")
    data = bytearray(target.read_bytes())
    data[data.index(b"stream") + 30] ^= 1
    target.write_bytes(data)
    assert clerk.does("sign", "verify", target)["valid"] is False
    assert head.does("sign", "off")["signing"]["on"] is False
    assert head.tries("sign", "form", issued, *opens).error["code"] == "signing-off"
    assert head.does("sign", "on")["signing"]["on"] is True


def test_an_outside_program_is_chosen(head: Person, tmp_path: Path) -> None:
    by = made(curve_key())
    certificate = tmp_path / "机构.pem"
    certificate.write_bytes(by.pem())
    _program, (script, key) = signing_script(tmp_path, by)
    given = ("--argument", script, "--argument", key)
    chosen = head.does("sign", "use-program", certificate, sys.executable, *given)["signing"]
    assert (chosen["way"], chosen["arguments"]) == ("program", [script, key])
