"""社会保险缴纳证明 as it came: a workbook or a text PDF, told apart by content, to its people."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.proofs.page_texts import TextLine, TextPage, TextWord
from desktop_app.domain.proofs.proof_values import ProofPerson
from desktop_app.domain.proofs.proofs import people_of_pages, people_of_workbook
from desktop_app.domain.tables import Workbook
from desktop_app.errors import FileError
from desktop_app.intake import frames
from desktop_app.intake.pictures import LARGEST_SCAN
from desktop_app.intake.refusals import LOCKED, Refusal, refusal
from desktop_app.intake.scans import reason_of_scan
from desktop_app.intake.tiff_parts import SIGNATURES
from desktop_app.intake.workbooks import Step, WorkbookReader
from desktop_app.intake.worker import read_bytes

SECONDS = 30.0
_PAGES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", *SIGNATURES)  # what is looked at page by page


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A file with its bytes, chosen or kept."""

    name: str
    data: bytes

    @property
    def is_workbook(self) -> bool:
        return not self.data.startswith(_PAGES)


def open_proof(path: Path) -> ProofFile:
    """The bytes of a file, not looked at yet.

    Raises:
        FileError: it is missing, too large, or cannot be opened.
    """
    try:
        return ProofFile(path.name, read_bytes(path, LARGEST_SCAN, "scan-too-large"))
    except Refusal as refused:
        raise refusal(reason_of_scan(refused.reason), path.name) from refused


def read_proof(
    file: ProofFile, reader: WorkbookReader, step: Step | None = None
) -> tuple[ProofPerson, ...]:
    """Everyone whom the proof names, each once.

    Raises:
        FileError: `proof-without-text`, `proof-without-people`, `proof-locked`, or what a
            workbook is refused for.
    """
    if file.is_workbook:
        people = people_of_workbook(read_sheets(file, reader, step))
    else:
        people = people_of_pages(_pages(file, reader, step))
    if not people:
        raise refusal("no-people", file.name)
    return people


def read_sheets(file: ProofFile, reader: WorkbookReader, step: Step | None = None) -> Workbook:
    """The workbook of a proof; a locked one cannot be looked at again once it is kept."""
    try:
        return reader.read(Path(file.name), step=step, data=file.data)
    except FileError as error:
        if error.code == LOCKED:
            raise refusal("proof-password", file.name) from error
        raise


def _pages(file: ProofFile, reader: WorkbookReader, step: Step | None) -> tuple[TextPage, ...]:
    request = {"task": "words", "data": base64.b64encode(file.data).decode("ascii")}
    try:
        return tuple(_read(reader, request, _beat(step)))
    except Refusal as refused:
        locked = refused.reason == "scan-password"
        reason = "proof-password" if locked else reason_of_scan(refused.reason)
        raise refusal(reason, file.name) from refused


def _read(
    reader: WorkbookReader, request: dict[str, str], beat: Callable[[], None]
) -> Iterator[TextPage]:
    for code, body in reader.child.ask(request, SECONDS, beat):
        if code == frames.PAGE:
            told = frames.read_note(body)
            lines = (
                TextLine(tuple(TextWord(left, right, text) for left, right, text in line))
                for line in told["lines"]
            )
            yield TextPage(int(told["number"]), tuple(lines))


def _beat(step: Step | None) -> Callable[[], None]:
    def beat() -> None:
        if step is not None:
            step(0, 0)

    return beat
