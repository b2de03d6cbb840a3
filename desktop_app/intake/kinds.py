"""What a file is by its content; its name is not asked."""

from __future__ import annotations

import re
import zipfile

from desktop_app.intake.archives import FAULTS, open_archive
from desktop_app.intake.ole import OleFile
from desktop_app.intake.refusals import Refusal

XLSX, XLSB, ODS, XLS = "xlsx", "xlsb", "ods", "xls"
XML, HTML, TEXT = "xml", "html", "csv"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_OTHER = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"SQLite format 3\x00",
    b"II*\x00",
    b"MM\x00*",
)
_MARKUP = re.compile(rb"<(?:\?xml|workbook|style)", re.IGNORECASE)
_LOOKED_AT, _BEGINS = 1 << 16, 1 << 12
_PAGE = re.compile(rb"<(?:html|table|meta|head|!doctype html)\b", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """Name the kind of a workbook.

    Raises:
        Refusal: it is none, or nobody can read it without its password.
    """
    if not data:
        raise Refusal("empty")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _kind_of_zip(data)
    if data[:8] == _OLE:
        return _kind_of_ole(data)
    if data[:4] in _OLD_BIFF:
        raise Refusal("old")
    if data.startswith(_OTHER):
        raise Refusal("not-a-workbook")
    return _kind_of_text(data)


def _kind_of_zip(data: bytes) -> str:
    with open_archive(data) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        if "meta-inf/manifest.xml" in names and "content.xml" in names:
            return _kind_of_ods(_small(archive, names["meta-inf/manifest.xml"]))
        types = names.get("[content_types].xml")
        listed = _small(archive, types) if types else b""
    if b"sheet.binary.macroEnabled.main" in listed or "xl/workbook.bin" in names:
        return XLSB
    if b"sheet.main+xml" in listed or "xl/workbook.xml" in names:
        return XLSX
    raise Refusal("not-a-workbook")


def _kind_of_ods(manifest: bytes) -> str:
    if b"encryption-data" in manifest:
        raise Refusal("password")
    if b"opendocument.spreadsheet" not in manifest:
        raise Refusal("not-a-workbook")
    return ODS


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(1 << 20)
    except FAULTS as error:
        raise Refusal("damaged") from error


def _kind_of_ole(data: bytes) -> str:
    try:
        names = set(OleFile(data).names())
    except ValueError:
        return XLS  # calamine has the last word on a damaged one
    if "EncryptedPackage" in names:
        raise Refusal("password")
    if not names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        raise Refusal("not-a-workbook")
    return XLS


def _kind_of_text(data: bytes) -> str:
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    begins = head[:_BEGINS].lstrip()
    if begins[:13].lower() == b"mime-version:":
        raise Refusal("web-archive")  # its page follows, in a code of its own
    page = _PAGE.search(head) if begins[:1] == b"<" or b"<html" in head.lower() else None
    if page or _MARKUP.match(begins):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            return XML
        if page:
            return HTML
        raise Refusal("not-a-workbook")
    return TEXT
