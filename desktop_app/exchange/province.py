"""The upload folder for the province: one workbook per plan, ordered attachments, a manifest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
