"""Workbooks behind an opening password, opened in the child process; nothing is kept on disk."""

from __future__ import annotations

import io
import struct
import zipfile
from types import SimpleNamespace

from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from msoffcrypto.format import xls97
from msoffcrypto.format.ooxml import OOXMLFile

from desktop_app.intake.refusals import Refusal

# The library opens an .xls by way of a file on disk, which this process may not write.
xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)
_NOBODY_TYPES = "VelvetSweatshop"  # [MS-OFFCRYPTO] 2.4.2.3: Excel tries it before it asks
_BROKEN = (
    FileFormatError, ParseError, OSError, ValueError, KeyError, IndexError, struct.error,
    zipfile.BadZipFile,
)  # fmt: skip


def opened(data: bytes, password: str | None) -> bytes:
    """The workbook behind a password, which may be Excel's own that nobody types.

    .xlsx and .xlsb are opened as [MS-OFFCRYPTO] agile or standard encryption, .xls as RC4 or XOR.

    Raises:
        Refusal: no password is known (`password`), it is wrong (`password-wrong`), or the way of
            locking is none that can be opened here (`password-kind`: .ods, archives).
    """
    try:
        return _opened(data, _NOBODY_TYPES)
    except Refusal as refused:
        if password is None:
            raise Refusal("password") from refused
        return _opened(data, password)


def _opened(data: bytes, password: str) -> bytes:
    found = io.BytesIO()
    try:
        office = OfficeFile(io.BytesIO(data))
        if isinstance(office, OOXMLFile):
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)  # verifies always
        office.decrypt(found)
    except (InvalidKeyError, DecryptionError) as error:
        raise Refusal("password-wrong") from error
    except _BROKEN as error:
        raise Refusal("password-kind") from error
    return found.getvalue()
