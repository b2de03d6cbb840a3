"""The people on the pages of a text PDF: by the columns of its heading, else number by number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop_app.domain.names import is_han
from desktop_app.domain.proofs.page_texts import TextLine, TextPage, TextWord
from desktop_app.domain.proofs.proof_headings import blocks_of, is_field
from desktop_app.domain.proofs.proof_numbers import read_name, read_number
from desktop_app.domain.proofs.proof_rows import may_be_name, rows_of
from desktop_app.domain.proofs.proof_values import ProofRow
from desktop_app.domain.rosters.roster_cells import read_sex
from desktop_app.domain.tables import Line

_NUMBER = re.compile(r"(?<![\dA-Z*])(?:[\d*×●•]{5,19}[\dX*×●•])(?![\dA-Z*])", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s、,,;;::/|]+")


def rows_of_pages(pages: Sequence[TextPage]) -> tuple[ProofRow, ...]:
    """Whichever way finds more people that have a number; the heading's where both find as many."""
    by_columns = tuple(_by_columns(pages))
    by_numbers = tuple(_by_numbers(pages))
    numbered = sum(1 for row in by_columns if row.number)
    return by_columns if by_columns and numbered >= len(by_numbers) else by_numbers


def _by_columns(pages: Sequence[TextPage]) -> Iterator[ProofRow]:
    heading: TextLine | None = None
    for page in pages:
        lines: list[Line] = []
        for at, line in enumerate(page.lines, 1):
            words = tuple(word.text for word in line.words)
            if blocks_of(words):
                heading = line
                lines.append(Line(at, words))
            elif heading is not None:
                if not lines:  # a page that goes on without a heading of its own
                    lines.append(Line(0, tuple(word.text for word in heading.words)))
                lines.append(Line(at, _cells(line.words, heading.words)))
        yield from rows_of(lines, _page(page))


def _cells(words: Sequence[TextWord], titles: Sequence[TextWord]) -> tuple[str | None, ...]:
    """Each word under the title that it overlaps most, else under the nearest one."""
    cells: list[str | None] = [None] * len(titles)
    for word in words:
        at = max(range(len(titles)), key=lambda one: _closeness(word, titles[one]))
        before = cells[at]
        cells[at] = word.text if before is None else f"{before} {word.text}"
    return tuple(cells)


def _closeness(word: TextWord, title: TextWord) -> tuple[float, float]:
    overlap = min(word.right, title.right) - max(word.left, title.left)
    apart = abs(word.left + word.right - title.left - title.right)
    return max(overlap, 0.0), -apart


def _by_numbers(pages: Sequence[TextPage]) -> Iterator[ProofRow]:
    for page in pages:
        for at, line in enumerate(page.lines, 1):
            where = f"{_page(page)}第{at}行"
            for name, number in _pairs(_texts(line)):
                yield ProofRow(name, number, "", "", where)


def _texts(line: TextLine) -> list[str]:
    """The words of a line, a number that touches its name apart, a spread name put together."""
    texts: list[str] = []
    for word in line.words:
        at = 0
        for found in _NUMBER.finditer(word.text):
            texts += [word.text[at : found.start()], found[0]]
            at = found.end()
        texts.append(word.text[at:])
    texts = [part for text in texts for part in _BETWEEN.split(text) if part]
    for at, (text, after) in reversed(list(enumerate(pairwise(texts)))):
        if _is_part(text) and _is_part(after):
            texts[at : at + 2] = [text + after]
    return texts


def _is_part(text: str) -> bool:
    return len(text) == 1 and is_han(text) and read_sex(text) is None


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each number with the nearest name before it, else the next one behind it."""
    numbers = [(at, read_number(text)) for at, text in enumerate(texts)]
    places = [(at, number) for at, number in numbers if number]
    ends = [at for at, _ in (*places[1:], (len(texts), ""))]
    taken = -1
    for (at, number), end in zip(places, ends, strict=False):
        before = next((i for i in range(at - 1, taken, -1) if _is_name(texts[i])), None)
        after = next((i for i in range(at + 1, end) if _is_name(texts[i])), None)
        found = before if before is not None else after
        if found is not None:
            yield read_name(texts[found]), number
            taken = max(at, found)


def _is_name(text: str) -> bool:
    if is_field(text) or read_sex(text) is not None or text.isascii():
        return False
    return may_be_name(read_name(text))


def _page(page: TextPage) -> str:
    return f"第{page.number}页"
