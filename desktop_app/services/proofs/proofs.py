"""社会保险缴纳证明 against a case's list, name by name; it is read, nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from db.errors import StorageError
from db.models.papers import Attachment
from db.queries import enrolments as queries
from db.queries import scans as scan_queries
from desktop_app.domain.proofs.comparison import (
    ComparedLine,
    Comparison,
    RosterPerson,
    Standing,
    compare,
)
from desktop_app.domain.proofs.comparison_words import STANDINGS, sentence_of, way_of
from desktop_app.domain.proofs.proof_values import ProofPerson
from desktop_app.errors import FileError, UserError
from desktop_app.intake.proof_files import ProofFile, open_proof, read_proof
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk
from desktop_app.services.files import content, lost
from desktop_app.services.search_keys import masked
from desktop_app.services.views.proofs import ProofLine, ProofView

PAPER = "insurance-proof"


class ProofService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._last: tuple[tuple[str, ...], tuple[ProofPerson, ...] | FileError] | None = None

    @look()
    def compare_kept(self, enrolment_id: int, step: Step | None = None) -> ProofView:
        """The proof that is kept with the case.

        Raises:
            UserError: `proof-missing` where none is.
            FileError: it cannot be read, or names nobody.
        """
        with self.desk.database.reading() as uow:
            cases.load(uow.session, enrolment_id)
            kept = scan_queries.kept_of(uow.session, enrolment_id).get(PAPER)
            roster = _roster(uow.session, enrolment_id)
        if not kept:
            raise UserError(
                "proof-missing", "这份申请还没有社会保险缴纳证明。", "请先添加证明,再核对。"
            )
        people = self._people_of(kept, step)
        more = f"等{len(kept)}个文件" if len(kept) > 1 else ""
        return _view(f"{kept[0].file_name}{more}", compare(people, roster))

    @look()
    def compare_file(self, enrolment_id: int, path: Path, step: Step | None = None) -> ProofView:
        """A proof that is not kept, such as one that has just come; errors as above."""
        with self.desk.database.reading() as uow:
            cases.load(uow.session, enrolment_id)
            roster = _roster(uow.session, enrolment_id)
        with self.desk.readers.lent() as reader:
            people = read_proof(open_proof(path), reader, step)
        return _view(path.name, compare(people, roster))

    def _people_of(self, kept: Sequence[Attachment], step: Step | None) -> tuple[ProofPerson, ...]:
        """Read once: a page asks again whenever anything of its case has changed."""
        last, files = self._last, tuple(file.sha256 for file in kept)
        if last is None or last[0] != files:
            last = (files, self._read_all(kept, step))
            self._last = last
        if isinstance(last[1], FileError):
            raise last[1]
        return last[1]

    def _read_all(
        self, kept: Sequence[Attachment], step: Step | None
    ) -> tuple[ProofPerson, ...] | FileError:
        people: list[ProofPerson] = []
        for file in kept:
            read = self._read(file, step)
            if isinstance(read, FileError):
                return read
            people += read
        return tuple(people)

    def _read(self, kept: Attachment, step: Step | None) -> tuple[ProofPerson, ...] | FileError:
        try:
            file = ProofFile(kept.file_name, content(self.desk, kept))
        except StorageError as error:
            raise lost(kept, error) from error
        try:
            with self.desk.readers.lent() as reader:
                return read_proof(file, reader, step)
        except FileError as error:
            if error.code == "reader-not-started":  # the next time it may
                raise
            return error


def _roster(session: Session, enrolment_id: int) -> tuple[RosterPerson, ...]:
    """Everyone who joins, once, in the order of the list."""
    people = {
        line_no: RosterPerson(line_no, member.name, member.identity_no or "")
        for line_no, member, _enrollee in queries.joining_rows(session, enrolment_id)
    }
    return tuple(people.values())


def _view(file_name: str, comparison: Comparison) -> ProofView:
    return ProofView(
        file_name=file_name,
        sentence=sentence_of(comparison),
        agrees=comparison.count(Standing.AGREES),
        by_name_alone=comparison.by_name_alone,
        stopped=comparison.stopped,
        name_differs=comparison.count(Standing.NAME_DIFFERS),
        proof_only=comparison.count(Standing.PROOF_ONLY),
        roster_only=comparison.count(Standing.ROSTER_ONLY),
        lines=tuple(map(_line, comparison.lines)),
    )


def _line(line: ComparedLine) -> ProofLine:
    person, proof = line.person, line.proof
    number = proof.number if proof else ""
    return ProofLine(
        standing=line.standing.value,
        standing_label=STANDINGS[line.standing],
        line_no=person.line_no if person else None,
        name=person.name if person else "",
        identity=masked(person.identity) if person else "",
        proof_name=proof.name if proof else "",
        number=number if proof and proof.masked else masked(number),
        where=proof.where if proof else "",
        way=way_of(line.by, line.standing),
        note=line.note,
    )
