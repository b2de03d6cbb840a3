"""The province's answer to a package: how many it took, whom it refused and why."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop_app.errors import FileError
from desktop_app.exchange.files import disk_faults, write_file

MAX_BYTES = 16 * 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FailedPerson:
    name: str
    identity: str
    reason: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    package_sha256: str
    received_at: datetime  # UTC, aware
    accepted: int
    failed: tuple[FailedPerson, ...] = ()


def write_acknowledgement(target: Path, answer: Acknowledgement) -> None:
    """Write what the province's side would send; an existing file is refused."""
    if answer.received_at.tzinfo is None:
        raise ValueError("received_at has no time zone")
    document = {
        "package_sha256": answer.package_sha256,
        "received_at": answer.received_at.astimezone(UTC).isoformat(timespec="seconds"),
        "accepted": answer.accepted,
        "failed": [asdict(person) for person in answer.failed],
    }
    write_file(target, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())


def _invalid(path: Path, what: str) -> FileError:
    return FileError(
        "acknowledgement-invalid",
        f"“{path.name}”不是合格的回执:{what}。",
        "请向省里重新索取回执文件,不要手工改动。",
        str(path),
    )


def read_acknowledgement(path: Path, package_sha256: str | None = None) -> Acknowledgement:
    """Read an answer and check its shape.

    Args:
        path: the file that came back.
        package_sha256: hash of the package it must answer to; not compared if None.

    Raises:
        FileError: `acknowledgement-invalid`, or `acknowledgement-other-package`.
        StorageError: the file cannot be read.
    """
    if not path.is_file():
        raise FileError(
            "file-missing",
            f"找不到文件“{path.name}”。",
            "请确认文件没有被移走或改名,U盘已插好。",
            str(path),
        )
    with disk_faults(path), path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _invalid(path, "文件过大")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _invalid(path, "不是 JSON 文件") from error
    answer = _answer(path, document)
    if package_sha256 is not None and answer.package_sha256 != package_sha256:
        raise FileError(
            "acknowledgement-other-package",
            f"“{path.name}”是另一个上报包的回执。",
            "请找到与这次上报对应的回执再读入。",
            str(path),
        )
    return answer


def _answer(path: Path, document: Any) -> Acknowledgement:
    if not isinstance(document, dict):
        raise _invalid(path, "内容不是一组键值")
    package, accepted = document.get("package_sha256"), document.get("accepted")
    if not isinstance(package, str) or not _HASH.fullmatch(package):
        raise _invalid(path, "package_sha256 不是64位十六进制数")
    if type(accepted) is not int or accepted < 0:
        raise _invalid(path, "accepted 不是人数")
    failed = document.get("failed")
    if not isinstance(failed, list):
        raise _invalid(path, "failed 不是一个表")
    people = tuple(_failed(path, number, part) for number, part in enumerate(failed, 1))
    return Acknowledgement(package, _moment(path, document.get("received_at")), accepted, people)


def _failed(path: Path, number: int, part: Any) -> FailedPerson:
    values = (
        [part.get(key) for key in ("name", "identity", "reason")] if isinstance(part, dict) else []
    )
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    if len(texts) != 3:
        raise _invalid(path, f"failed 第{number}人缺少姓名、身份证号或原因")
    return FailedPerson(*(text.strip() for text in texts))


def _moment(path: Path, value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _invalid(path, "received_at 不是时间") from error
    if moment.tzinfo is None:
        raise _invalid(path, "received_at 没有时区")
    return moment.astimezone(UTC)
