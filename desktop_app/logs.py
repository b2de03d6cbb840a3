"""The program's own log: files that roll over; numbers of people are masked before writing."""

from __future__ import annotations

import logging
import logging.handlers
import re
import time
import traceback
from pathlib import Path
from types import TracebackType

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

FILE_NAME = "mutual-aid-desk.log"
MAX_BYTES, KEPT = 1_000_000, 5
_GAP = r"[\s\-_.,'·]?"
# Identity numbers have 15 or 18 places, bank cards 16 to 19: any run of 15 digits or more, also
# one written in groups, and the letter that ends an identity number.
_LONG_NUMBER = re.compile(rf"\d(?:{_GAP}\d){{14,}}(?:{_GAP}[XxX])?")
_IDENTITY_WITH_LETTER = re.compile(rf"\d(?:{_GAP}\d){{16}}{_GAP}[XxX]")
_PHONE = re.compile(rf"(?<!\d)1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")


def mask(text: str) -> str:
    """Replace identity, card and mobile numbers; names must not be logged in the first place."""
    text = _IDENTITY_WITH_LETTER.sub("[number]", text)
    return _PHONE.sub("[phone]", _LONG_NUMBER.sub("[number]", text))


def stack_of(error: BaseException) -> str:
    """Give types and calls, without the errors' own words: those may carry a name."""
    walked = traceback.walk_tb(error.__traceback__)  # no source lines: they would be read from disk
    lines = [f"{at.f_code.co_filename}:{line} {at.f_code.co_name}" for at, line in walked]
    text = "\n".join([f"{type(error).__module__}.{type(error).__name__}", *lines])
    hidden = error.__suppress_context__
    before = error.__cause__ or (None if hidden else error.__context__)
    return f"{stack_of(before)}\nthen\n{text}" if before else text


class MaskingFormatter(logging.Formatter):
    """Masks numbers in messages and leaves the words of errors out."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name logging calls
        return mask(stack_of(ei[1])) if ei[1] else ""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = mask(record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        cached, record.exc_text = record.exc_text, None  # another handler's, with the words in it
        try:
            return super().format(record)
        finally:
            record.exc_text = cached


def setup(folder: Path, level: str = "INFO") -> logging.Handler:
    """Write the log into `folder`; a second call moves it there and closes the first file."""
    folder.mkdir(parents=True, exist_ok=True)
    close()
    handler = logging.handlers.RotatingFileHandler(
        folder / FILE_NAME, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8"
    )
    handler.set_name(FILE_NAME)
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def close() -> None:
    """Close the log file of this process; nothing happens where none is open."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if one.get_name() == FILE_NAME]:
        root.removeHandler(handler)
        handler.close()
