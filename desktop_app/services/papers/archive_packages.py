"""档案包: a year's finished files as a folder that anybody verifies without this program."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import StorageError
from db.models.office import Office
from db.models.papers import ArchiveFile, Attachment
from db.queries import archives as queries
from desktop_app.domain.dates import CHINA, last_day
from desktop_app.domain.texts import file_name
from desktop_app.errors import UserError
from desktop_app.exchange.archive_package import (
    Archive,
    ArchivedCase,
    ArchivedFile,
    write_archive,
)
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk
from desktop_app.services.files import content, lost
from desktop_app.services.papers.form_codes import form_title
from desktop_app.services.papers.scans import lines_of_case
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_folder
from desktop_app.services.views.archives import ArchiveYear

Step = Callable[[int, int], None]
PRINTED, SIGNED, KEPT = "开出的单据", "电子签名件", "收回的材料"
_SUFFIXES = {"jpeg": ".jpg", "tiff": ".tif"}


class ArchivePackageService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def years(self) -> tuple[ArchiveYear, ...]:
        """Which years have finished cases, the newest first."""
        found: dict[int, dict[str, int]] = {}
        with self.desk.database.reading() as uow:
            for year, box, count in queries.boxes(uow.session):
                found.setdefault(year, {})[box or ""] = count
        return tuple(
            ArchiveYear(year, sum(boxes.values()), tuple((b, n) for b, n in boxes.items() if b))
            for year, boxes in found.items()
        )

    @act("archive.package", Permission.ARCHIVE)
    def package(
        self,
        tx: Transaction,
        year: int,
        target_folder: Path,
        box_no: str | None = None,
        step: Step | None = None,
    ) -> dict[str, Any]:
        """Write the package into a new folder below `target_folder`.

        Raises:
            UserError: `archive-none`.
            FileError: `scan-lost` where a kept file is damaged; `folder-missing`.
            Cancelled: `step` raised it; nothing is left.
        """
        require_folder(self.desk, target_folder)
        with self.desk.database.reading() as uow:
            archive, files = _archive(uow.session, year, box_no)
        folder = _free(target_folder / file_name(archive.title))
        tx.if_undone(partial(shutil.rmtree, folder, ignore_errors=True))
        made = write_archive(folder, archive, partial(self._read, files), step)
        count = len(archive.cases)
        tx.audit(f"archive {year}", cases=count, files=made.files, sha256=made.sha256)
        told = {"cases": count, "files": made.files, "size": made.size}
        return {**told, "sha256": made.sha256, "folder": str(folder)}

    def _read(self, files: dict[int, Attachment], key: int) -> bytes:
        try:
            return content(self.desk, files[key])
        except StorageError as error:
            raise lost(files[key], error) from error


def _archive(
    session: Session, year: int, box_no: str | None
) -> tuple[Archive, dict[int, Attachment]]:
    found = queries.finished(session, year, box_no)
    if not found:
        where = f"{year}年度" if box_no is None else f"{year}年度{box_no}号盒里"
        raise UserError(
            "archive-none",
            f"{where}没有办结的申请,没有打包。",
            "请核对年度和盒号,或先核对档案并办结。",
        )
    files: dict[int, Attachment] = {}
    archived = tuple(_case(session, one, files) for one in found)
    office = session.scalars(select(Office)).one()
    return Archive(office.name, year, box_no or "", office.demo, archived), files


def _case(session: Session, file: ArchiveFile, files: dict[int, Attachment]) -> ArchivedCase:
    case = cases.load(session, file.enrolment_id)
    enrolment, unit = case.enrolment, case.unit
    return ArchivedCase(
        number=file.number,
        year=enrolment.year,
        unit=unit.name,
        unit_code=unit.employer_code or unit.union_code or "",
        business_no=enrolment.business_no or "",
        scheme=case.scheme.title,
        people=enrolment.people,
        due_fen=enrolment.due_fen,
        first=enrolment.effective_on,
        last=last_day(enrolment.until_on) if enrolment.until_on else None,
        closed_on=file.closed_at.astimezone(CHINA).date() if file.closed_at else None,
        box=file.box_no or "",
        shelf=file.shelf or "",
        files=tuple(_files(session, file.enrolment_id, files)),
    )


def _files(
    session: Session, enrolment_id: int, files: dict[int, Attachment]
) -> Iterator[ArchivedFile]:
    """The prints in force, each with its signed files, then what came in by the checklist."""
    signed = queries.signed_of(session, enrolment_id)
    for form, attachment in queries.prints_of(session, enrolment_id):
        files[attachment.id] = attachment
        title = form_title(session, form)
        yield _file(attachment, title, form.number, PRINTED)
        for _row, copy in (one for one in signed if one[0].issued_form_id == form.id):
            files[copy.id] = copy
            yield _file(copy, f"{title}(签名件)", form.number, SIGNED)
    for line in lines_of_case(session, enrolment_id):
        attachment = session.get_one(Attachment, line.attachment_id)
        files[attachment.id] = attachment
        yield _file(attachment, line.label, "", KEPT)


def _file(attachment: Attachment, title: str, number: str, origin: str) -> ArchivedFile:
    suffix = _SUFFIXES.get(attachment.kind, f".{attachment.kind}")
    return ArchivedFile(attachment.id, title, number, origin, attachment.pages, suffix)


def _free(path: Path) -> Path:
    candidate, count = path, 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.name}({count})")
    return candidate
