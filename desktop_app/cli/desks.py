"""Signing in from the command line, the operation id, and today; the office closes again."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import logs, paths
from desktop_app.cli.answers import UsageError
from desktop_app.errors import FileError
from desktop_app.settings import read_settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from desktop_app.services.services import Services


def today() -> date:
    from desktop_app import bootstrap  # noqa: PLC0415 - heavy

    return bootstrap.local_day(bootstrap.system_clock)


def office_folder(options: Namespace) -> Path:
    folder: Path | None = getattr(options, "office", None)
    if folder is None:
        raise UsageError("没有指明机构数据的文件夹。", "请加上 --office DIR。")
    return folder.expanduser().absolute()


def who(options: Namespace) -> tuple[str, str]:
    """The login and password that sign the act."""
    login: str | None = getattr(options, "user", None)
    file: str | None = getattr(options, "password_file", None)
    if not login or not file:
        raise UsageError("没有登录。", "请加上 --user NAME --password-file PATH(或 -)。")
    return login, read_password(file)


def read_password(file: str) -> str:
    """The first line of a file, or of standard input for a dash."""
    try:
        data = sys.stdin.buffer.readline() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise FileError(
            "password-file", "密码文件不能读取。", "请核对路径,文件应是一行UTF-8文本。", file
        ) from None
    return text.splitlines()[0] if text else ""


@contextmanager
def at_desk(options: Namespace) -> Iterator[Services]:
    """The services for one command; acts inside carry the caller's operation id."""
    folder, (login, password) = office_folder(options), who(options)
    from desktop_app import bootstrap  # noqa: PLC0415 - heavy

    with bootstrap.sign_in(folder, login, password) as signed:
        _log_to(folder)
        with part(options):
            yield signed.services


def part(options: Namespace, name: str = "") -> AbstractContextManager[None]:
    """The operation id of one act of a command that makes several."""
    given: bytes | None = getattr(options, "operation", None)
    if given is None:
        return nullcontext()
    from desktop_app.services.acts import operation  # noqa: PLC0415 - heavy

    if not name:
        return operation(given)
    return operation(hashlib.sha256(given + name.encode()).digest()[:16])


def _log_to(folder: Path) -> None:
    try:
        logs.setup(paths.logs_folder(folder), read_settings(paths.settings_file(folder)).log_level)
    except OSError:  # a folder that can only be read: the question is answered all the same
        logs.close()
