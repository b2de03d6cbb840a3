"""社会保险缴纳证明 as text: a PDF of numbered lines, or a workbook with a line for each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop_app.documents.glyphs import SANS
from desktop_app.documents.ink import Ink, Style, rule
from desktop_app.documents.pdf import PAGE_HEIGHT, PAGE_WIDTH, PdfFile, assemble
from desktop_app.domain.identity import SAMPLE_PLACE, identity_18
from desktop_app.domain.tables import Cell
from desktop_app.services.samples.layouts import Page
from desktop_app.services.samples.shapes import Person

TITLE = "社会保险缴纳证明(单位专用)(演示)"
FOOT = "演示样张:内容均为虚构,不具有任何效力"
MONTHS = 2  # of the workbook
LEFT_OUT = 2  # of the people at work: who look at the proof miss them
_LEAVER = ("向某离", identity_18(f"{SAMPLE_PLACE}19850203021"))  # no more on the payroll
_ROWS, _STEP, _TOP = 34, 6.4, 52.0
_X = (22.0, 42.0, 96.0, 150.0)
_HEADINGS = ("序号", "姓名", "社会保障号码", "参保状态")
_HEAD, _BODY = Style(SANS, 15, bold=True), Style(SANS, 9.5)
_GREY = 0.9

Named = tuple[str, str]  # name and identity number


def insured(people: Sequence[Person]) -> tuple[Named, ...]:
    """Whom the insurance office has: the last of the payroll not yet, one who left still."""
    there = [(person.name, person.identity) for person in people[:-LEFT_OUT]]
    return (*there, _LEAVER)


def masked(identity: str) -> str:
    return f"{identity[:3]}{'*' * 11}{identity[-4:]}"


def proof_pdf(unit: str, people: Sequence[Named], on: date) -> bytes:
    """Pages of one table each, the numbers with stars, 演示 across them."""
    ink = Ink()
    pages = []
    for first in range(0, len(people), _ROWS):
        lines = [_line(ink, _TOP, _HEADINGS)]
        for at, (name, identity) in enumerate(people[first : first + _ROWS], 1):
            texts = (str(first + at), name, masked(identity), "正常参保")
            lines.append(_line(ink, _TOP + at * _STEP, texts))
        foot = f"{FOOT}  第{first // _ROWS + 1}页"
        pages.append(
            [
                ink.turned(40, 220, "演示样张", Style(SANS, 96, grey=_GREY)),
                ink.text(62, 22, TITLE, _HEAD),
                ink.text(22, 34, f"单位名称 {unit}", _BODY),
                ink.text(22, 41, f"{on:%Y年%m月}  职工基本医疗保险  共{len(people)}人", _BODY),
                rule(20, 45, PAGE_WIDTH - 20, 45),
                *lines,
                ink.text(62, PAGE_HEIGHT - 14, foot, Style(SANS, 8)),
            ]
        )
    file = PdfFile()
    return assemble(file, pages, ink.embed(file), f"{TITLE} {unit}", on)


def _line(ink: Ink, baseline: float, texts: Sequence[str]) -> str:
    shown = (ink.text(x, baseline, text, _BODY) for x, text in zip(_X, texts, strict=True))
    return "\n".join(shown)


def proof_page(unit: str, people: Sequence[Named], on: date) -> Page:
    """A workbook's sheet: title, unit, heading, everybody month by month, a signature."""
    rows: list[list[Cell]] = [[TITLE], [f"单位名称:{unit}"]]
    rows.append(["序号", "姓名", "公民身份号码", "个人编号", "费款所属期", "险种"])
    for place, (month, (name, identity)) in enumerate(_lines(people, on), 1):
        rows.append([str(place), name, masked(identity), f"9{identity[6:14]}", month, "医疗保险"])
    rows += [[None, f"共{len(people)}人"], [FOOT]]
    return Page("证明", rows, heading=(3, 3))


def _lines(people: Sequence[Named], on: date) -> Iterator[tuple[str, Named]]:
    for back in range(MONTHS):
        month = f"{on.year}{on.month - back:02d}"
        yield from ((month, one) for one in people)
