"""A folder of units' lists read in, one unit after the other; one bad file stops nobody.

Each file is read and stored by an act of its own; a portion of files is stored with one commit.
Whatever ends the import, every unit reported before is in whole, and no unit is in by half. Begun
again, it leaves out the files that are in already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop_app.errors import FileError, UserError
from desktop_app.intake.refusals import LOCKED
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import operation
from desktop_app.services.locked_files import LockedFileService
from desktop_app.services.rosters.portions import Portion, portions
from desktop_app.services.rosters.roster_folders import RosterFolder, RosterFolderService
from desktop_app.services.rosters.rosters import RosterService
from desktop_app.services.views.roster_folders import (
    FileCounts,
    FileState,
    FolderFile,
    FolderLine,
    UnitLine,
)


class Importing(Protocol):
    """The services of who imports."""

    @property
    def rosters(self) -> RosterService: ...

    @property
    def roster_folders(self) -> RosterFolderService: ...

    @property
    def locked_files(self) -> LockedFileService: ...


def import_folder(
    services: Importing,
    folder: RosterFolder,
    step: Step | None = None,
    passwords: Sequence[str] = (),
) -> Iterator[FolderLine]:
    """Yield what became of each file; whoever stops asking pauses the import.

    Args:
        services: of who imports.
        folder: as `open` of the folders' service gives it.
        step: told before each file how many are done; it stops the import by raising Cancelled.
        passwords: tried one after another on each file that is locked.
    """
    done, total = 0, len(folder.files)

    def tell(further: int) -> None:
        if step is not None:
            step(done + further, total)

    for files in portions(folder.files):
        if not done or len(files) == 1:
            tell(0)
            yield import_file(services, folder, files[0], passwords)
        else:
            with Portion.begin(services.rosters.desk, files, tell) as portion:
                lines = [import_file(portion, folder, path) for path in files]
            for path, line in zip(files, lines, strict=True):
                locked = passwords and line.code == LOCKED
                yield import_file(services, folder, path, passwords) if locked else line
        done += len(files)
    tell(0)


def by_unit(lines: Iterable[FolderLine]) -> tuple[UnitLine, ...]:
    """The report by unit, in the order in which the units' first files came."""
    units: dict[int, list[FolderLine]] = {}
    for line in lines:
        if line.enrolment_id is not None and line.state != FileState.REFUSED:
            units.setdefault(line.enrolment_id, []).append(line)
    return tuple(
        UnitLine(
            of_unit[0].unit_name,
            case,
            len(of_unit),
            sum(line.counts.rows_read for line in of_unit),
            sum(line.counts.accepted for line in of_unit),
            sum(line.counts.rejected for line in of_unit),
            sum(line.counts.skipped for line in of_unit),
            sum(line.stored for line in of_unit),
        )
        for case, of_unit in units.items()
    )


def import_file(
    services: Importing, folder: RosterFolder, path: Path, passwords: Sequence[str] = ()
) -> FolderLine:
    """Read and store one file of the folder; what speaks against it is told, not raised."""
    found: FolderFile | None = None
    try:
        found = _recognised(services, folder, path, passwords)
        if found.stored is not None:
            counts = services.roster_folders.counts_of(found.stored)
            return _line(found, FileState.AGAIN, counts)
        counts, stored = _store(services, found, path)
        return _line(found, FileState.STORED, counts, stored)
    except UserError as error:
        return FolderLine(
            path.relative_to(folder.path).as_posix(),
            FileState.REFUSED,
            found.unit_name if found else "",
            found.enrolment_id if found else None,
            code=error.code,
            message=error.message,
            remedy=error.remedy,
        )


def _recognised(
    services: Importing, folder: RosterFolder, path: Path, passwords: Sequence[str]
) -> FolderFile:
    """Whose the file is; one that is locked is asked again where a password opens it."""
    try:
        return services.roster_folders.recognise(folder, path)
    except FileError as error:
        if error.code != LOCKED or not passwords:
            raise
        if not services.locked_files.unlock_with(path, passwords):
            raise
    return services.roster_folders.recognise(folder, path)


def _store(services: Importing, found: FolderFile, path: Path) -> tuple[FileCounts, int]:
    """Each act is an operation of its own: what is done already is known by the file."""
    for left in found.left:
        with operation(None):
            services.rosters.drop_plan(left)
    with operation(None):
        stored, *counts = services.rosters.import_list(found.enrolment_id, path).value
    return FileCounts(*counts), stored


def _line(found: FolderFile, state: FileState, counts: FileCounts, stored: int = 0) -> FolderLine:
    return FolderLine(found.file, state, found.unit_name, found.enrolment_id, stored, counts)
