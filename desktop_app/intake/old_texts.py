"""The texts of an .xls of Excel 5 or 95, which are bytes of a code page.

Calamine reads them rightly only where each byte is a character: such a workbook is given to it as
Western, and its texts are put right afterwards.
"""

from __future__ import annotations

import struct

from desktop_app.intake.ole import OleFile

_CODE_PAGES = {936: "gb18030", 950: "cp950", 949: "cp949", 932: "cp932"}
_WESTERN = 1252
_BOF_OF_BIFF5 = b"\x09\x08\x08\x00\x00\x05"
_CODE_PAGE = b"\x42\x00\x02\x00"
_HEAD = 2048  # the record stands near the beginning of the stream


def western(data: bytes) -> tuple[bytes, str]:
    """The workbook with its code page named Western, and which it was; "" where all is well."""
    at = data.find(_BOF_OF_BIFF5)
    if at < 0:
        return data, ""
    try:
        ole = OleFile(data)
        name = next(one for one in ole.names() if one.lower() in {"workbook", "book"})
        head = ole.stream(name)[:_HEAD]
    except (ValueError, StopIteration, struct.error):
        return data, ""
    place = head.find(_CODE_PAGE)
    if not head.startswith(_BOF_OF_BIFF5) or place < 0 or place + 6 > len(head):
        return data, ""
    record = head[place : place + 6]
    encoding = _CODE_PAGES.get(struct.unpack_from("<H", record, 4)[0], "")
    where = data.find(record, at)
    if not encoding or where < 0:
        return data, ""
    return data[:where] + _CODE_PAGE + struct.pack("<H", _WESTERN) + data[where + 6 :], encoding


def right(text: str, encoding: str) -> str:
    """A text that was read as Western, as it was meant; as it is where no code page is given."""
    if not encoding or text.isascii():
        return text
    return b"".join(map(_byte, text)).decode(encoding, "replace")


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:  # five bytes have no character there and stay what they are
        return bytes([ord(char) & 0xFF])
