"""A scan of many papers taken apart: pages with one code together, each part kept by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from sqlalchemy import select

from db.errors import StorageError
from db.models.papers import Attachment, ScannedPage
from db.queries.scans import WAITS
from desktop_app.documents.codes import read_code
from desktop_app.intake.frames import Page
from desktop_app.intake.scan_codes import CodedScan, cut_pages, read_codes
from desktop_app.services.acts import Transaction
from desktop_app.services.desk import Desk
from desktop_app.services.files import content, keep, lost

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together; `codes` are of our forms only, mostly one.

    `form_pages` says of each page which of its form it is, where its code does.
    """

    codes: tuple[str, ...]
    pages: tuple[int, ...]
    form_pages: tuple[int | None, ...]
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Groups:
    """A scan taken apart; its hash tells it from every other."""

    name: str
    kind: str
    sha256: str
    pages: int
    parts: tuple[Group, ...]


def read_groups(desk: Desk, path: Path, step: Step | None) -> Groups:
    """Read and cut a scan; nothing is locked meanwhile and nothing stored."""
    with desk.readers.lent() as reader:
        scan = read_codes(path, reader.child, step)
        found = _together(scan.pages)
        turns = {page.number: _turn(page) for page in scan.pages}
        cuts = [[(number, turns[number]) for number, _ in one.pages] for one in found]
        data = cut_pages(scan, cuts, reader.child)
    parts = (
        Group(
            one.codes,
            tuple(number for number, _ in one.pages),
            tuple(form_page for _, form_page in one.pages),
            part,
        )
        for one, part in zip(found, data, strict=True)
    )
    return Groups(scan.name, scan.kind, scan.sha256, len(scan.pages), tuple(parts))


def keep_groups(tx: Transaction, groups: Groups) -> list[tuple[Group, list[ScannedPage]]]:
    """Store each part as an attachment, its pages in the tray; nothing of a file that came before.

    A file's pages are stored together, so one of them tells of all.
    """
    query = select(ScannedPage.id).where(ScannedPage.source_sha256 == groups.sha256)
    if tx.session.scalars(query.limit(1)).first() is not None:
        return []
    return [(group, _keep(tx, groups, group)) for group in groups.parts]


def turn_files(tx: Transaction, attachment_ids: Collection[int], degrees: int) -> int:
    """Keep these files turned clockwise, for their pages in the tray; returns how many pages."""
    count = 0
    for attachment_id in sorted(attachment_ids):
        file = tx.session.get_one(Attachment, attachment_id)
        cuts = [[(number, degrees) for number in range(1, file.pages + 1)]]
        scan = CodedScan(file.file_name, file.kind, _content(tx.desk, file), file.sha256, ())
        with tx.desk.readers.lent() as reader:
            (data,) = cut_pages(scan, cuts, reader.child)
        turned = keep(tx, data, file.kind, file.file_name, file.pages)
        query = select(ScannedPage).where(ScannedPage.attachment_id == attachment_id, *WAITS)
        for row in tx.session.scalars(query).all():
            row.attachment_id = turned.id
            count += 1
    return count


def _content(desk: Desk, file: Attachment) -> bytes:
    try:
        return content(desk, file)
    except StorageError as error:
        raise lost(file, error) from error


def _keep(tx: Transaction, groups: Groups, group: Group) -> list[ScannedPage]:
    stem = PurePath(groups.name).stem
    name = f"{stem}-{group.pages[0]}.{groups.kind}"
    attachment = keep(tx, group.data, groups.kind, name, len(group.pages))
    return [
        tx.add(
            ScannedPage(
                attachment_id=attachment.id,
                page_no=at,
                received_at=tx.now,
                code=" ".join(group.codes) or None,
                source_sha256=groups.sha256,
                source_page=number,
                form_page=form_page,
            )
        )
        for at, (number, form_page) in enumerate(
            zip(group.pages, group.form_pages, strict=True), start=1
        )
    ]


def _turn(page: Page) -> int:
    """Our codes stand upright on every form; what is foreign, or stands two ways, turns nothing."""
    told = {turn for code, turn in zip(page.codes, page.turns, strict=True) if read_code(code)}
    return told.pop() if len(told) == 1 else 0


@dataclass(slots=True)
class _Part:
    """What becomes one file: pages of the scan, each with its number in its form."""

    codes: tuple[str, ...]
    pages: list[tuple[int, int | None]]

    def has(self, form_page: int | None) -> bool:
        return form_page is not None and any(known == form_page for _, known in self.pages)

    def set_in_order(self) -> None:
        """As the form was printed, where all pages say so; else as they were scanned."""
        if all(form_page is not None for _, form_page in self.pages):
            self.pages.sort(key=lambda page: page[1] or 0)


def _together(pages: Sequence[Page]) -> list[_Part]:
    """Pages of one form are one part, each once.

    A page without a code, with several, or scanned twice is a part by itself.
    """
    parts: list[_Part] = []
    of_form: dict[str, _Part] = {}
    for page in pages:
        read = [code for code in map(read_code, page.codes) if code is not None]
        codes = tuple(code.whole for code in read)
        form_page = read[0].page if len(read) == 1 else None
        known = of_form.get(codes[0]) if len(codes) == 1 else None
        if known is not None and not known.has(form_page):
            known.pages.append((page.number, form_page))
            continue
        parts.append(_Part(codes, [(page.number, form_page)]))
        if len(codes) == 1:
            of_form.setdefault(codes[0], parts[-1])
    for part in parts:
        part.set_in_order()
    return parts
