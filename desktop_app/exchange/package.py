"""An upload folder as one file with its hash: the same folder gives the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import FileError
from desktop_app.exchange.files import disk_faults, sha256_of, write_file
from desktop_app.exchange.province import LIST, MANIFEST

_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """A sealed copy of an upload folder; the acknowledgement answers to its hash."""

    path: Path
    sha256: str
    size: int


def write_package(folder: Path, target: Path) -> Package:
    """Pack a folder that still is what its manifest says.

    Raises:
        FileError: a file was changed, added or removed (`upload-changed`), or `target` exists.
        StorageError: the disk is full, or a folder cannot be read or written.
    """
    data = package_bytes(_checked(folder))
    write_file(target, data)
    return Package(target, sha256_of(data), len(data))


def package_bytes(files: dict[str, bytes]) -> bytes:
    """Stored, not compressed: what is inside is packed already, and zlib versions differ."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return target.getvalue()


def _changed(folder: Path, name: str, what: str) -> FileError:
    return FileError(
        "upload-changed",
        f"上报文件夹“{folder.name}”里的“{name}”{what},没有打包。",
        "请重新生成上报文件夹,不要手工改动里面的文件。",
        str(folder / name),
    )


def _checked(folder: Path) -> dict[str, bytes]:
    with disk_faults(folder):
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    if MANIFEST not in files:
        raise _changed(folder, MANIFEST, "不见了")
    try:
        hashes = {file["name"]: file["sha256"] for file in json.loads(files[MANIFEST])["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise _changed(folder, MANIFEST, "被改动过") from error
    for name in hashes.keys() - files.keys():
        raise _changed(folder, name, "不见了")
    for name in files.keys() - hashes.keys() - {MANIFEST, LIST}:
        raise _changed(folder, name, "是后来放进去的")
    for name, expected in hashes.items():
        if sha256_of(files[name]) != expected:
            raise _changed(folder, name, "被改动过")
    return files
