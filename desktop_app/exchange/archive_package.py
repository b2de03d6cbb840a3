"""A year's finished files as a folder that is read and verified without this program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.domain.money import yuan
from desktop_app.domain.texts import file_name
from desktop_app.exchange.files import sha256_of, write_tree
from desktop_app.paths import resource_path

Step = Callable[[int, int], None]

SUMS, README, VERIFIER = "SHA256SUMS.txt", "说明.txt", "verify.py"
CASES, FILES = "案卷目录.txt", "卷内目录.txt"
FOLDER = "案卷"
_LONGEST = 40  # of a unit's or a paper's name in a path: Windows takes 260 characters in all
_CASE_HEADINGS = (
    "档案号", "年度", "单位", "统一社会信用代码", "业务号", "方案", "人数", "应缴(元)",
    "保障期起", "保障期止", "办结日期", "盒号", "柜位", "文件数", "页数",
)  # fmt: skip
_FILE_HEADINGS = ("档案号", "序号", "材料", "编号", "来源", "页数", "字节", "文件", "SHA-256")


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One paper of a case; `key` is what its bytes are asked for by."""

    key: int
    title: str
    number: str
    origin: str  # 开出的单据, 电子签名件, 收回的材料
    pages: int
    suffix: str


@dataclass(frozen=True, slots=True)
class ArchivedCase:
    number: str
    year: int
    unit: str
    unit_code: str
    business_no: str
    scheme: str
    people: int
    due_fen: int | None
    first: date | None
    last: date | None
    closed_on: date | None
    box: str
    shelf: str
    files: tuple[ArchivedFile, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """The finished cases of a year, or of one of its boxes."""

    office: str
    year: int
    box: str
    demo: bool
    cases: tuple[ArchivedCase, ...]

    @property
    def title(self) -> str:
        box = f"{self.box}盒" if self.box else ""
        return f"{self.office}{self.year}年度{box}职工医疗互助档案" + (
            "(演示)" if self.demo else ""
        )

    @property
    def files(self) -> int:
        return sum(len(case.files) for case in self.cases)


@dataclass(frozen=True, slots=True)
class ArchivePackage:
    """A written package; the hash of its list stands for all of it."""

    folder: Path
    files: int
    size: int
    sha256: str


def write_archive(
    target: Path, archive: Archive, read: Callable[[int], bytes], step: Step | None = None
) -> ArchivePackage:
    """Write the folder whole or not at all; the same archive gives the same bytes.

    Raises:
        FileError: `target-exists`.
        StorageError: the disk is full or read-only; or what `read` raises.
    """
    packing = _Packing(archive, read, step)
    write_tree(target, packing.files())
    return ArchivePackage(target, archive.files, packing.size, packing.sha256)


class _Packing:
    """The files one after another, so that an archive larger than the memory is written, too."""

    def __init__(self, archive: Archive, read: Callable[[int], bytes], step: Step | None) -> None:
        self._archive, self._read, self._step = archive, read, step
        self._sums: dict[str, str] = {}
        self._lines: list[Sequence[str]] = []
        self.size, self.sha256 = 0, ""

    def files(self) -> Iterator[tuple[str, bytes]]:
        for case in self._archive.cases:
            for at, file in enumerate(case.files, start=1):
                name = path_of(case, at, file)
                data = self._read(file.key)
                yield self._listed(name, data)
                self._lines.append(_file_line(case, at, file, name, data))
                if self._step is not None:
                    self._step(len(self._lines), self._archive.files)
        yield self._listed(CASES, _table(_CASE_HEADINGS, map(_case_line, self._archive.cases)))
        yield self._listed(FILES, _table(_FILE_HEADINGS, iter(self._lines)))
        yield self._listed(README, _readme(self._archive).encode())
        yield self._listed(VERIFIER, resource_path("archive", "verify.py.txt").read_bytes())
        sums = "".join(f"{told}  {name}\n" for name, told in sorted(self._sums.items())).encode()
        self.sha256 = sha256_of(sums)
        yield SUMS, sums

    def _listed(self, name: str, data: bytes) -> tuple[str, bytes]:
        self._sums[name] = sha256_of(data)
        self.size += len(data)
        return name, data


def path_of(case: ArchivedCase, at: int, file: ArchivedFile) -> str:
    folder = f"{file_name(case.number)} {file_name(case.unit[:_LONGEST])}"
    number = f" {file_name(file.number)}" if file.number else ""
    return f"{FOLDER}/{folder}/{at:02d} {file_name(file.title[:_LONGEST])}{number}{file.suffix}"


def _case_line(case: ArchivedCase) -> Sequence[str]:
    return (
        case.number,
        str(case.year),
        case.unit,
        case.unit_code,
        case.business_no,
        case.scheme,
        str(case.people),
        "" if case.due_fen is None else yuan(case.due_fen),
        _day(case.first),
        _day(case.last),
        _day(case.closed_on),
        case.box,
        case.shelf,
        str(len(case.files)),
        str(sum(file.pages for file in case.files)),
    )


def _file_line(
    case: ArchivedCase, at: int, file: ArchivedFile, name: str, data: bytes
) -> Sequence[str]:
    told = (case.number, str(at), file.title, file.number, file.origin, str(file.pages))
    return (*told, str(len(data)), name, sha256_of(data))


def _table(headings: Sequence[str], lines: Iterator[Sequence[str]]) -> bytes:
    return "".join("\t".join(map(_cell, line)) + "\n" for line in (headings, *lines)).encode()


def _cell(text: str) -> str:
    """A tab or a line's end inside a text would begin another cell or line."""
    return " ".join(text.split())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _readme(archive: Archive) -> str:
    pages = sum(file.pages for case in archive.cases for file in case.files)
    return f"""{archive.title}

本档案包共 {len(archive.cases)} 卷,{archive.files} 个文件,{pages} 页。打开、核对都不需要经办软件。

一、里面有什么
  {CASES}    每卷一行:档案号、单位、业务号、人数、金额、保障期、盒号等。
  {FILES}    每个文件一行:属于哪一卷、是什么材料、页数、SHA-256。
  {FOLDER}/           一卷一个文件夹,里面是开出的单据(PDF)和收回的材料(PDF、图片、表格)。
                  单据加过电子签名的,签名件紧跟在原件后面,内容相同;签名用 PDF 阅读软件查看。
  {SUMS}  每个文件的校验值。
  {VERIFIER}       核对用的小程序,只有一个文件。
  目录是 UTF-8 文字,各列用制表符隔开,可以用记事本看,也可以用 Excel、WPS 打开。

二、怎样核对
  1. 有 Python(3.7 以上)的电脑:在本文件夹里运行  python {VERIFIER}
     它逐个文件核对,用中文写明缺少、改动、改名、多出了哪些。
  2. 统信、麒麟等 Linux:在本文件夹里运行  sha256sum -c {SUMS}
  3. 只有 Windows 的电脑:运行  certutil -hashfile 文件名 SHA256  ,与清单上的值比对。
  {SUMS} 本身的校验值在打包时给出,并记在经办软件的操作记录里;移交时写在移交清单上,接收方比对。

三、请注意
  里面有个人信息,请按档案管理的规定保存和传递,不要放在公共网盘。
  不要改动里面的文件:改动、增删、改名都核对得出来。
"""
