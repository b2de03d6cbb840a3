"""A folder of units' lists: which files it holds, and whose each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.codes import BatchState, CaseState, Handling
from db.models.enrolments import Enrolment
from db.models.imports import ImportBatch
from db.models.units import Unit
from db.queries import enrolments as queries
from db.queries.many import asked
from desktop_app.domain.proofs.proof_titles import titles_of_proof
from desktop_app.domain.rosters.whose import head_texts
from desktop_app.domain.tables import WORKBOOK_ENDS
from desktop_app.errors import FileError, UserError
from desktop_app.intake.file_digests import file_digest
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import Permission
from desktop_app.services.rosters.known_units import KnownUnits, known_units
from desktop_app.services.rosters.roster_columns import drift_of
from desktop_app.services.versions.drive_versions import year_of
from desktop_app.services.views.roster_folders import FileCounts, FolderFile

_OURS = "_需更正"  # a letter that this program wrote beside a list
_STORED = (
    select(ImportBatch, Unit)
    .join(Enrolment, Enrolment.id == ImportBatch.enrolment_id)
    .join(Unit, Unit.id == Enrolment.unit_id)
    .where(
        ImportBatch.file_sha256 == bindparam("digest"),
        ImportBatch.subject == "roster",
        ImportBatch.state_code == BatchState.STORED,
        Enrolment.year == bindparam("year"),
        Enrolment.state_code != CaseState.VOID,
    )
    .order_by(ImportBatch.id.desc())
    .limit(1)
)
_LEFT = select(ImportBatch.id).where(
    ImportBatch.file_sha256 == bindparam("digest"),
    ImportBatch.subject == "roster",
    ImportBatch.state_code == BatchState.PLANNED,
    ImportBatch.enrolment_id == bindparam("case"),
    ImportBatch.made_by == bindparam("user"),
)


@dataclass(frozen=True)
class RosterFolder:
    """A folder as it was when its import began."""

    path: Path
    files: tuple[Path, ...]
    year: int
    units: KnownUnits


class RosterFolderService:
    """Says whose each file is; each is then planned and stored by the acts of a single list."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look(Permission.REGISTER)
    def open(self, path: Path) -> RosterFolder:
        """Find the lists in a folder and in those inside it.

        Raises:
            FileError: it is no folder, or none of its files can be a list.
        """
        try:
            files = tuple(sorted(one for one in path.rglob("*") if _may_be_list(one)))
        except OSError:
            files = ()
        if not files:
            raise FileError(
                "folder-empty", "这个文件夹里没有名单。", "请核对选的是哪个文件夹。", str(path)
            )
        with self.desk.database.reading() as uow:
            session = uow.session
            return RosterFolder(path, files, year_of(session, self.desk), known_units(session))

    @look(Permission.REGISTER)
    def recognise(self, folder: RosterFolder, path: Path, step: Step | None = None) -> FolderFile:
        """Say whose list a file is, and whether it was stored before.

        Raises:
            UserError: it is a proof of insurance; it names no unit, or two, or a unit without an
                application.
            FileError: it cannot be read.
        """
        name = path.relative_to(folder.path).as_posix()
        digest = file_digest(path)
        with self.desk.database.reading() as uow:
            before = _stored(uow.session, digest, folder.year)
            if before is not None:
                batch, unit = before
                return FolderFile(name, unit.id, unit.name, batch.enrolment_id or 0, batch.id)
        unit_id = self._unit_of(folder, path, step)
        with self.desk.database.reading() as uow:
            case = queries.open_of_unit(uow.session, unit_id, folder.year)
            if case is None:
                raise _no_case(folder.units.names[unit_id], folder.year)
            left = _left(uow.session, digest, case.id, self.desk.actor.user_id)
            return FolderFile(
                name, unit_id, folder.units.names[unit_id], case.id, None, tuple(left)
            )

    @look(Permission.REGISTER)
    def counts_of(self, batch_id: int) -> FileCounts:
        """How many rows of a planned or stored file went which way."""
        with self.desk.database.reading() as uow:
            one = uow.session.get(ImportBatch, batch_id)
            if one is None:
                raise UserError("plan-gone", "没有这份预览。", "请重新读入文件。")
            drift = drift_of(uow.session, one) if one.state_code == BatchState.PLANNED else ""
            return FileCounts(one.rows_read, one.accepted, one.rejected, one.skipped, drift)

    @look(Permission.REGISTER)
    def without_list(self, folder: RosterFolder) -> tuple[str, ...]:
        """The units whose application for the year waits for its list."""
        with self.desk.database.reading() as uow:
            rows = queries.of_year(uow.session, folder.year)
            return tuple(name for case, name in rows if _waits_for_list(case))

    def _unit_of(self, folder: RosterFolder, path: Path, step: Step | None) -> int:
        """By the file's name and the list's head; by the folder where both say nothing."""
        with self.desk.readers.lent() as reader:
            workbook = reader.read(path, step=step)
        titles = [path.stem, *head_texts(workbook)]
        if titles_of_proof(titles):
            raise UserError(
                "proof-not-list",
                "这是社会保险缴纳证明,不是名单,没有读入。",
                "请到这家单位的页面,在“材料”里添加。",
            )
        found = folder.units.finder.named_in(titles)
        for above in path.relative_to(folder.path).parents:
            if found or not above.name:
                break
            found = folder.units.finder.named_in([above.name])
        if len(found) == 1:
            return found.pop()
        if not found:
            raise UserError(
                "unit-not-found",
                "看不出这是哪家单位的名单,没有读入。",
                "请在文件名里写上单位全称,或到这家单位的页面读入。",
            )
        both = "、".join(sorted(f"“{folder.units.names[unit]}”" for unit in found))
        raise UserError(
            "unit-unclear",
            f"文件名或表头里有{len(found)}家单位:{both},没有读入。",
            "请核对是哪一家的,到那家单位的页面读入。",
        )


def _may_be_list(path: Path) -> bool:
    name = path.name
    if name.startswith(("~$", ".")) or path.suffix.lower() not in WORKBOOK_ENDS:
        return False
    return not path.stem.rstrip("()0123456789").endswith(_OURS) and path.is_file()


def _stored(session: Session, digest: str, year: int) -> tuple[ImportBatch, Unit] | None:
    """The stored batch of this very file that still counts."""
    row = session.execute(_STORED, {"digest": digest, "year": year}).first()
    return None if row is None else (row[0], row[1])


def _left(session: Session, digest: str, enrolment_id: int, user_id: int) -> Sequence[int]:
    """Plans of this file that were cut off before they were carried out."""
    mine = {"digest": digest, "case": enrolment_id, "user": user_id}
    return asked(session, _LEFT, mine).scalars().all()


def _waits_for_list(case: Enrolment) -> bool:
    draft = case.submitted_at is None and case.state_code in (CaseState.OPEN, CaseState.RETURNED)
    return draft and not case.people and case.handling_code == Handling.ON_BEHALF


def _no_case(unit: str, year: int) -> UserError:
    return UserError(
        "enrolment-none",
        f"“{unit}”没有正在办理的{year}年申请,没有读入。",
        "请先在单位页面办理新的申请。",
    )
