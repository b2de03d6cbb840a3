"""收件 of worn paper: printed pages turned, blurred and full of grain are filed, none wrongly."""

from __future__ import annotations

import hashlib
import io
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from tests.paper_scans import as_pdf, as_tiff, grainy
from tests.services.desks import Staff, people
from tests.services.walks import STAMPED, walked

STACK, SMALL_STACK = 25, 12
WAYS: tuple[tuple[int, Callable[[Sequence[Image.Image], Path], Path]], ...] = (
    (150, partial(as_pdf, dpi=150)),
    (200, partial(as_tiff, compression="jpeg", dpi=200)),
    (150, partial(as_tiff, compression="jpeg", dpi=150)),
    (200, partial(as_pdf, dpi=200)),
)


@dataclass(frozen=True)
class Printed:
    """One printed page and the form it belongs to."""

    form: int
    pdf: bytes
    at: int


def printed(staff: Staff, units: int, heads: int) -> list[Printed]:
    """Every page of the three stamped forms of so many units, in no order."""
    found: list[Printed] = []
    for unit in range(units):
        walk = walked(
            staff, "printed", name=f"明山县演示第{unit}厂(演示)", at_work=heads,
            rows=people(heads, start=unit * heads, women=2),
        )  # fmt: skip
        for form in staff.clerk.enrolments.get(walk.id).forms:
            if form.key in STAMPED and form.issued_id is not None:
                pdf = staff.clerk.prints.read_pdf(form.issued_id)
                count = len(PdfReader(io.BytesIO(pdf)).pages)
                found += [Printed(form.issued_id, pdf, at) for at in range(count)]
    random.Random(units).shuffle(found)
    return found


def image_of(page: Printed, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(page.pdf)
    try:
        return document[page.at].render(scale=dpi / 72).to_pil().convert("L").copy()
    finally:
        document.close()


def stacks(
    pages: list[Printed], folder: Path, size: int
) -> Iterator[tuple[Path, list[Printed], int]]:
    """Scanned at either resolution into either kind of file, every page worn in its own way."""
    for number, start in enumerate(range(0, len(pages), size)):
        dpi, save = WAYS[number % len(WAYS)]
        part = pages[start : start + size]
        images = [grainy(image_of(page, dpi), start + at) for at, page in enumerate(part)]
        yield save(images, folder / f"一叠{number}"), part, dpi


def receive(
    staff: Staff, pages: list[Printed], folder: Path, size: int
) -> Counter[tuple[int, str]]:
    """Scan everything in; how many pages of each resolution were filed, rightly or wrongly."""
    told: Counter[tuple[int, str]] = Counter()
    for path, part, dpi in stacks(pages, folder, size):
        receptions = staff.clerk.receptions
        receptions.receive_scan(receptions.read_scan(path))
        source = hashlib.sha256(path.read_bytes()).hexdigest()
        path.unlink()
        for number, page in enumerate(part, start=1):
            filed = staff.value(
                "SELECT coalesce(issued_form_id, 0) FROM scanned_page"
                " WHERE source_sha256 = :source AND source_page = :number",
                source=source, number=number,
            )  # fmt: skip
            told[dpi, {page.form: "right", 0: "tray"}.get(int(str(filed)), "wrong")] += 1
    return told


@pytest.mark.parametrize("staff", ["sqlite"], indirect=True)  # so many pages are the reader's work
def test_pages_full_of_grain_are_filed_each_with_its_form(staff: Staff, tmp_path: Path) -> None:
    told = receive(staff, printed(staff, 4, 100)[:24], tmp_path, SMALL_STACK)
    assert told == {(150, "right"): 12, (200, "right"): 12}


@pytest.mark.soak
@pytest.mark.parametrize("staff", ["sqlite"], indirect=True)
def test_a_thousand_grainy_pages_are_filed_and_none_wrongly(
    staff: Staff, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = printed(staff, 250, 40)[:1000]
    assert len(pages) == 1000
    told = receive(staff, pages, tmp_path, STACK)
    with capsys.disabled():
        sys.stdout.write(f"\nof 500 pages at 150 dpi and 500 at 200: {dict(told)}\n")
    assert told[150, "wrong"] + told[200, "wrong"] == 0
    assert min(told[150, "right"], told[200, "right"]) >= 0.995 * 500
