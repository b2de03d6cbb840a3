"""The text of a scheme file, read in one way wherever such a file is taken."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.schemes.scheme_faults import Fault, SchemeError
from desktop_app.errors import FileError

MOST_BYTES = 1024 * 1024


def read_scheme_text(file: Path) -> str:
    """The file's text without a byte order mark.

    Raises:
        FileError: `file-missing`, it is not there or cannot be read.
        SchemeError: it is too large, or no UTF-8 text.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError:
        raise FileError(
            "file-missing", "找不到或不能读取这个文件。", "请核对路径。", str(file)
        ) from None
    if len(content) > MOST_BYTES:
        remedy = "请确认选的是方案文件;方案文件一般只有几十KB。"
        raise SchemeError((Fault("", 1, "超过1MB,不是方案文件", remedy, file.name),), file.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = "请用记事本打开,另存为时编码选UTF-8,再试一次。"
        raise SchemeError(
            (Fault("", line, "不是UTF-8文本", remedy, file.name),), file.name
        ) from None
