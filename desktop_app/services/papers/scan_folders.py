"""The folder of the scanner or document camera: what lies in it whole, and was not received yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from db.models.papers import ScannedPage
from db.queries.many import among
from desktop_app.errors import FileError
from desktop_app.intake.file_digests import file_digest
from desktop_app.intake.lying_files import LyingFile, lying_in
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_folder


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look at the folder found; the next look is told of it."""

    lying: frozenset[LyingFile]
    whole: tuple[LyingFile, ...]  # to be received now
    known: tuple[LyingFile, ...]  # received before, perhaps before the program was started


class ScanFolderService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look(Permission.ARCHIVE)
    def look_in(
        self, folder: Path, before: frozenset[LyingFile], done: Collection[LyingFile]
    ) -> Glance:
        """Find the files that lie as they lay `before`, without those that are `done`.

        Raises:
            FileError: the folder is missing or cannot be read.
        """
        require_folder(self.desk, folder)
        lying = lying_in(folder)
        digests = {
            file: digest
            for file in sorted(lying & before - frozenset(done))
            if (digest := _digest(file)) is not None
        }
        with self.desk.database.reading() as uow:
            column = ScannedPage.source_sha256
            query = select(column).where(among(uow.session, column, list(digests.values())))
            stored = set(uow.session.scalars(query.distinct()))
        whole = tuple(file for file, digest in digests.items() if digest not in stored)
        return Glance(lying, whole, tuple(file for file in digests if file not in whole))


def _digest(file: LyingFile) -> str | None:
    """None of a file that another program still holds, or has taken away: the next look may."""
    try:
        return file_digest(file.path)
    except FileError:
        return None
