"""A command line run as a person would, and what came of it."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.cli import main
from desktop_app.sample_office import SAMPLE_USERS


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as a whole is one JSON document, or this fails."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        assert set(self.document) == {"error"}
        assert set(self.document["error"]) == {"code", "message", "remedy", "where"}
        return self.document["error"]


def run(*arguments: str | Path | int) -> Outcome:
    """In this process, with --json."""
    return told("--json", *arguments)


def told(*arguments: str | Path | int) -> Outcome:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return Outcome(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class Person:
    """Somebody at an office, who signs each of his commands."""

    office: Path
    login: str
    password_file: Path

    def signs(self) -> tuple[str, ...]:
        return (
            "--office", str(self.office), "--user", self.login,
            "--password-file", str(self.password_file),
        )  # fmt: skip

    def tries(self, *arguments: str | Path | int) -> Outcome:
        return run(*self.signs(), *arguments)

    def does(self, *arguments: str | Path | int) -> Any:
        done = self.tries(*arguments)
        assert done.code == 0, (arguments, done.out, done.err)
        return done.document


def sample_person(office: Path, folder: Path, place: int) -> Person:
    """One of the sample county's three: 0 clerk, 1 reviewer, 2 head."""
    login, _name, _role, password = SAMPLE_USERS[place]
    file = folder / f"{login}.txt"
    file.write_text(password, "utf-8")
    return Person(office, login, file)


def has_chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)
