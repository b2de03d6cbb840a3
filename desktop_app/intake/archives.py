"""A zipped workbook before it is read: sizes counted, check sums compared, marks looked for."""

from __future__ import annotations

import io
import zipfile
import zlib

from desktop_app.intake.refusals import Refusal

MOST_PARTS = 2_000
MOST_UNPACKED = 512 << 20
HIGHEST_RATIO = 150
RATIO_COUNTS_FROM = 32 << 20

_PIECE = 1 << 20
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    OverflowError,
)


def open_archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except FAULTS as error:
        raise Refusal("damaged") from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Refusal("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("password")
    return archive


def check_archive(archive: zipfile.ZipFile, packed: int, signs: tuple[bytes, ...]) -> set[str]:
    """Unpack every part once and name those that hold one of `signs`.

    What a part claims about its size is not believed: the unpacked bytes are counted. zipfile
    compares the check sum when a part ends; calamine does not.

    Raises:
        Refusal: a part is damaged or unpacks to too much.
    """
    limit = min(MOST_UNPACKED, max(RATIO_COUNTS_FROM, packed * HIGHEST_RATIO))
    longest = max(map(len, signs))
    unpacked = 0
    found = set()
    try:
        for part in archive.infolist():
            tail = b""
            looked_at = part.filename.lower().endswith((".xml", ".bin"))
            with archive.open(part) as stream:
                while piece := stream.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > limit:
                        raise Refusal("bomb")
                    if looked_at and (
                        _holds(piece, signs) or _holds(tail + piece[:longest], signs)
                    ):
                        found.add(part.filename)
                        looked_at = False
                    tail = piece[-longest:]
    except FAULTS as error:
        raise Refusal("damaged") from error
    return found


def _holds(block: bytes, signs: tuple[bytes, ...]) -> bool:
    # Looking for one character is ten times faster than for a word, and ' is rare in sheets.
    apostrophe = b"'" in block
    return any(sign in block for sign in signs if apostrophe or b"'" not in sign)
