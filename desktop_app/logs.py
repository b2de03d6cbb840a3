"""The program's own log: files that roll over; numbers of people are masked before writing."""

from __future__ import annotations

import logging
import logging.handlers
import re
import time
from pathlib import Path

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


class MaskingFormatter(logging.Formatter):
    """Masks the whole record, the traceback with its messages too."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name logging calls
        return mask(super().formatException(ei))  # type: ignore[arg-type]

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = mask(record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_text:  # another handler may have cached it unmasked
            record.exc_text = mask(record.exc_text)
        return super().format(record)


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
