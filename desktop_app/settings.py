"""What this machine needs before the database is open; the office's own matters are in it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.errors import FileError

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_POSTGRESQL = "postgresql+psycopg://"
_KEYS = {"database_url", "log_level"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one office folder on this machine.

    Args:
        database_url: a shared PostgreSQL office; None for the encrypted file in the office folder.
        log_level: one of LOG_LEVELS.
    """

    database_url: str | None = field(default=None, repr=False)  # it may carry a password
    log_level: str = "INFO"


def read_settings(file: Path) -> Settings:
    """Read `settings.toml`; without the file everything has its default."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError:
        raise _refused(file, "不是UTF-8文本", "请用记事本另存为UTF-8编码。") from None
    except OSError:
        raise _refused(file, "不能读取", "请检查文件夹权限。") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(
            file, f"{_place(str(error), text)}写法有误", "请改正这一行,或删除该文件以恢复默认设置。"
        ) from None
    return _checked(values, file)


def _checked(values: dict[str, object], file: Path) -> Settings:
    unknown = sorted(set(values) - _KEYS)
    if unknown:
        raise _refused(
            file, f"有不认识的设置“{unknown[0]}”", f"可用的设置:{'、'.join(sorted(_KEYS))}。"
        )
    url = values.get("database_url")
    if url is not None and not (isinstance(url, str) and url.startswith(_POSTGRESQL)):
        raise _refused(file, "的 database_url 写法有误", f"应以 {_POSTGRESQL} 开头。")
    level = values.get("log_level", "INFO")
    if not isinstance(level, str) or level.upper() not in LOG_LEVELS:
        raise _refused(file, "的 log_level 写法有误", f"请填 {'、'.join(LOG_LEVELS)} 之一。")
    return Settings(database_url=url, log_level=level.upper())


def _place(message: str, text: str) -> str:
    """The line of a TOML fault; the parser gives it only in its message (`at line 3, column 5`)."""
    found = re.search(r"at line (\d+)", message)
    line = int(found.group(1)) if found else max(1, len(text.splitlines()))
    return f"第{line}行"


def _refused(file: Path, what: str, remedy: str) -> FileError:
    return FileError("settings-damaged", f"设置文件{file.name}{what}。", remedy, str(file))
