"""The upload folder for the province: one workbook per plan, ordered attachments, a manifest."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.money import yuan
from desktop_app.domain.texts import file_name
from desktop_app.exchange.files import sha256_of, write_folder
from desktop_app.exchange.text_workbook import text_workbook

MANIFEST, LIST = "manifest.json", "清单.txt"
FORMAT = "province-upload/1"
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")
_WIDTHS = {"no": 8.0, "name": 20.0, "identity": 24.0, "phone": 16.0, "sex": 8.0, "remark": 24.0}


@dataclass(frozen=True, slots=True)
class UploadColumn:
    """A column of the province's template; `field` is no, name, identity, phone, sex or remark."""

    title: str
    field: str


PROVINCE_COLUMNS = (
    UploadColumn("序号", "no"),
    UploadColumn("参保人姓名", "name"),
    UploadColumn("身份证号", "identity"),
    UploadColumn("手机号", "phone"),
)


@dataclass(frozen=True, slots=True)
class UploadPerson:
    name: str
    identity: str
    phone: str = ""
    sex: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """Everyone who joins one plan; becomes one workbook."""

    plan_id: str
    name: str
    shares: int
    people: tuple[UploadPerson, ...]
    total_fen: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """One paper to upload; they are numbered in the order given. `suffix` is e.g. `.pdf`."""

    label: str
    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ProvinceUpload:
    """What goes to the province for one enrolment; `people` counts persons once."""

    case_code: str
    unit_name: str
    unit_code: str
    scheme: str
    year: int
    people: int
    total_fen: int
    created_at: datetime  # UTC, aware
    plans: tuple[PlanSheet, ...]
    attachments: tuple[Attachment, ...] = ()
    columns: tuple[UploadColumn, ...] = PROVINCE_COLUMNS
    demo: bool = False


@dataclass(frozen=True, slots=True)
class UploadFile:
    """One file of the folder; `kind` is workbook or attachment; rows and money for workbooks."""

    name: str
    kind: str
    label: str
    size: int
    sha256: str
    rows: int = 0
    total_fen: int = 0


@dataclass(frozen=True, slots=True)
class UploadManifest:
    """What the folder holds; `sha256` is the hash of its manifest.json."""

    files: tuple[UploadFile, ...]
    people: int
    total_fen: int
    sha256: str


def write_upload_folder(target: Path, upload: ProvinceUpload) -> UploadManifest:
    """Write the folder whole or not at all.

    Raises:
        FileError: `target` exists already (`target-exists`).
        StorageError: the disk is full, or the folder cannot be written.
    """
    _refuse_disagreement(upload)
    contents: dict[str, bytes] = {}
    files: list[UploadFile] = []
    for number, plan in enumerate(upload.plans, 1):
        name = f"名单{number}_{file_name(plan.name)}.xlsx"
        contents[name] = plan_workbook(plan, upload.columns)
        files.append(_entry(name, "workbook", plan.name, contents[name], plan))
    for number, paper in enumerate(upload.attachments, 1):
        name = f"{number:02d}_{file_name(paper.label)}{paper.suffix.lower()}"
        contents[name] = paper.data
        files.append(_entry(name, "attachment", paper.label, paper.data))
    contents[MANIFEST] = _manifest(upload, files)
    contents[LIST] = _list(upload, files)
    write_folder(target, contents)
    return UploadManifest(
        tuple(files), upload.people, upload.total_fen, sha256_of(contents[MANIFEST])
    )


def plan_workbook(plan: PlanSheet, columns: tuple[UploadColumn, ...]) -> bytes:
    """The province's template filled with one plan's people, every cell as text."""
    rows = [
        [
            str(number) if column.field == "no" else getattr(person, column.field)
            for column in columns
        ]
        for number, person in enumerate(plan.people, 1)
    ]
    titles = [column.title for column in columns]
    return text_workbook("人员清单", titles, rows, [_WIDTHS[column.field] for column in columns])


def _refuse_disagreement(upload: ProvinceUpload) -> None:
    """Counts and money that do not agree are a fault of the caller, never sent out."""
    if not upload.plans or not all(plan.people for plan in upload.plans):
        raise ValueError("an upload has at least one plan, and each plan has people")
    if sum(plan.total_fen for plan in upload.plans) != upload.total_fen:
        raise ValueError("the plans' money does not add up to the upload's")
    if len({person.identity for plan in upload.plans for person in plan.people}) != upload.people:
        raise ValueError("the upload's number of people is not that of its lists")
    if not {column.field for column in upload.columns} <= _WIDTHS.keys():
        raise ValueError("a column of the province's template has an unknown field")
    if not all(_SUFFIX.fullmatch(paper.suffix) for paper in upload.attachments):
        raise ValueError("an attachment of the upload has no plain file suffix")
    if upload.created_at.tzinfo is None:
        raise ValueError("created_at has no time zone")


def _entry(
    name: str, kind: str, label: str, data: bytes, plan: PlanSheet | None = None
) -> UploadFile:
    return UploadFile(
        name=name,
        kind=kind,
        label=label,
        size=len(data),
        sha256=sha256_of(data),
        rows=len(plan.people) if plan else 0,
        total_fen=plan.total_fen if plan else 0,
    )


def _manifest(upload: ProvinceUpload, files: list[UploadFile]) -> bytes:
    document = {
        "format": FORMAT,
        "case": upload.case_code,
        "unit": {"name": upload.unit_name, "code": upload.unit_code},
        "scheme": upload.scheme,
        "year": upload.year,
        "created_at": upload.created_at.astimezone(UTC).isoformat(timespec="seconds"),
        "demo": upload.demo,
        "people": upload.people,
        "total_fen": upload.total_fen,
        "plans": [
            {"id": plan.plan_id, "name": plan.name, "shares": plan.shares} for plan in upload.plans
        ],
        "files": [asdict(file) for file in files],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _list(upload: ProvinceUpload, files: list[UploadFile]) -> bytes:
    """For the clerk's eye; with mark and line ends that Notepad understands."""
    lines = [
        ("【演示】" if upload.demo else "") + "上报清单",
        f"单位:{upload.unit_name}({upload.unit_code})",
        f"方案:{upload.scheme} {upload.year}年度    案件:{upload.case_code}",
        f"合计:{upload.people}人,{yuan(upload.total_fen)}元,{len(files)}个文件",
        "",
    ]
    for number, file in enumerate(files, 1):
        count = f"{file.rows}人,{yuan(file.total_fen)}元" if file.kind == "workbook" else "附件"
        lines += [f"{number}. {file.name}    {count}", f"   SHA-256 {file.sha256}"]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
