"""Some files of a folder imported with one commit: read before it begins, then act by act.

Each unit's acts are those of a single list, with operations and audit lines of their own; only
the wait for the disk is shared. What ends the program before the commit leaves nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from db.together import Together
from desktop_app.errors import FileError
from desktop_app.intake.workbooks import SheetPart, Step, WorkbookReader
from desktop_app.services.desk import Desk
from desktop_app.services.locked_files import LockedFileService
from desktop_app.services.readers import FileReaders
from desktop_app.services.rosters.roster_folders import RosterFolderService
from desktop_app.services.rosters.rosters import RosterService
from desktop_app.services.undisturbed import undisturbed

MOST = 20  # files
LARGEST = 1 << 20  # of their bytes; a larger file is imported alone, as it is read


def portions(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """The files in their order, few at first, so that the first report comes soon."""
    done, most = 0, 1
    while done < len(files):
        taken, left = 0, LARGEST
        for path in files[done : done + most]:
            left -= _size(path)
            if taken and left < 0:
                break
            taken += 1
        yield files[done : done + taken]
        done, most = done + taken, min(2 * most, MOST)


@dataclass(frozen=True)
class Portion:
    """The services for the files of one portion; their acts are stored together."""

    rosters: RosterService
    roster_folders: RosterFolderService
    locked_files: LockedFileService

    @classmethod
    @contextmanager
    def begin(
        cls, desk: Desk, files: Sequence[Path], step: Callable[[int], None]
    ) -> Iterator[Self]:
        """Read the files, then give the services; all is stored where the block ends well.

        Args:
            desk: of who imports.
            files: the portion.
            step: told before each file is read how many of the portion were; may raise Cancelled.
        """
        ahead = _ReadAhead()
        with desk.readers.lent() as reader:
            for done, path in enumerate(files):
                step(done)
                ahead.take(reader, path)
        with undisturbed(), Together(desk.database) as together:
            shared = replace(desk, database=together, readers=_Kept(ahead))
            yield cls(RosterService(shared), RosterFolderService(shared), LockedFileService(shared))


class _ReadAhead(WorkbookReader):
    """Gives what another reader read before."""

    def __init__(self) -> None:
        super().__init__()
        self._read: dict[Path, Sequence[SheetPart] | FileError] = {}

    def take(self, reader: WorkbookReader, path: Path) -> None:
        try:
            self._read[path] = tuple(reader.parts(path))
        except FileError as error:
            self._read[path] = error

    def parts(
        self, path: Path, *, step: Step | None = None, data: bytes | None = None
    ) -> Iterator[SheetPart]:
        del step, data  # it has been read
        found = self._read[path]
        if isinstance(found, FileError):
            raise found
        return iter(found)


class _Kept(FileReaders):
    def __init__(self, reader: WorkbookReader) -> None:
        super().__init__()
        self._given = reader

    @contextmanager
    def lent(self) -> Iterator[WorkbookReader]:
        yield self._given


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
