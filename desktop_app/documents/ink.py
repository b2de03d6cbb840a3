"""Text, rules and shapes as PDF operators in millimetres from the page's top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.documents.fonts import DocumentFont, faces, refuse_missing
from desktop_app.documents.glyphs import SANS, SERIF
from desktop_app.documents.pdf import MM, PAGE_HEIGHT, PdfFile
from desktop_app.documents.pictures import Raster, read_picture
from desktop_app.documents.placed import Placed
from desktop_app.documents.template import Picture
from desktop_app.errors import FileError

_TOP = PAGE_HEIGHT * MM
_KAPPA = 0.5523


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `bold` thickens the outline, since one weight is carried."""

    font: str = SERIF
    size: float = 10.5
    bold: bool = False
    grey: float = 0.0


class Ink:
    """Writes the operators of one document; characters used are remembered for embedding."""

    def __init__(
        self, pictures: Iterable[Picture] = (), placed: list[Placed] | None = None
    ) -> None:
        self._fonts = {
            name: DocumentFont(key, face)
            for key, (name, face) in zip(("F1", "F2"), faces().items(), strict=True)
        }
        self._pictures = {one.name: one for one in pictures}
        self._placed = placed
        self.page = 1  # that is drawn now

    def place(self, kind: str, area: tuple[float, float, float, float], text: str = "") -> None:
        """Take up what stands on the page, where anybody wants to know."""
        if self._placed is not None:
            self._placed.append(Placed(kind, self.page, *area, text))

    def place_over(self, since: int, kind: str, area: tuple[float, float, float, float]) -> None:
        """The same for what was drawn of several pieces since `since`."""
        if self._placed is not None:
            text = "".join(one.text for one in self._placed[since:])
            del self._placed[since:]
            self.place(kind, area, text)

    @property
    def count(self) -> int:
        return len(self._placed or ())

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> str:
        """A picture as large as its shape fits into its place, in the middle of it.

        Raises:
            FileError: `layout-invalid`; the layout keeps no picture of that name.
        """
        kept = self._pictures.get(name)
        if kept is None:
            raise FileError(
                "layout-invalid",
                f"版式里没有叫“{name}”的图片。",
                "请先选图片,或去掉这一项。",
            )
        raster = read_picture(kept.content)
        scale = min(width / raster.width, height / raster.height)
        wide, high = raster.width * scale, raster.height * scale
        left, top = x + (width - wide) / 2, y + (height - high) / 2
        self.place("picture", (left, top, wide, high))
        key = f"I{list(self._pictures).index(name) + 1}"
        return (
            f"q {wide * MM:.2f} 0 0 {high * MM:.2f} {left * MM:.2f} "
            f"{_TOP - (top + high) * MM:.2f} cm /{key} Do Q"
        )

    def embed_pictures(self, file: PdfFile) -> dict[str, int]:
        """Every kept picture, whether or not it stands on a page."""
        return {
            f"I{number}": _embedded(file, read_picture(one.content))
            for number, one in enumerate(self._pictures.values(), start=1)
        }

    def measure(self, text: str, style: Style) -> float:
        """Width in millimetres."""
        return self._fonts[style.font].face.measure(text, style.size) / MM

    def text(self, x: float, baseline: float, text: str, style: Style) -> str:
        """One line that starts at x and stands on `baseline`."""
        if not text:
            return ""
        if self._placed is not None and not text.isspace():
            high = style.size / MM
            area = (x, baseline - 0.8 * high, self.measure(text, style), 0.9 * high)
            self.place("text", area, text)
        at = f"1 0 0 1 {x * MM:.2f} {_TOP - baseline * MM:.2f} Tm"
        shown = self._shown(text, style)
        stroke = style.size * (0.028 if style.size >= 14 else 0.018)
        weight = f"2 Tr {stroke:.2f} w " if style.bold else ""
        colour = f"{style.grey:.2f} g " if style.grey else ""
        if weight or colour:
            return f"q {weight}{colour}BT {at} {shown} ET Q"
        return f"BT {at} {shown} ET"

    def _shown(self, text: str, style: Style) -> str:
        font = self._fonts[style.font]
        try:
            return f"/{font.key} {style.size:g} Tf <{font.encode(text)}> Tj"
        except KeyError:
            return self._mixed(text, style)

    def _mixed(self, text: str, style: Style) -> str:
        """Characters that the wanted font lacks are taken from the other one."""
        refuse_missing(text)
        wanted, other = self._fonts[style.font], self._fonts[SANS if style.font == SERIF else SERIF]
        runs: list[tuple[DocumentFont, str]] = []
        for character in text:
            font = wanted if wanted.has(character) else other
            if runs and runs[-1][0] is font:
                runs[-1] = (font, runs[-1][1] + character)
            else:
                runs.append((font, character))
        return " ".join(
            f"/{font.key} {style.size:g} Tf <{font.encode(run)}> Tj" for font, run in runs
        )

    def opening(self, style: Style) -> str:
        """Begins a run of plain texts of one style, for lists; `ET` ends it."""
        return f"BT /{self._fonts[style.font].key} {style.size:g} Tf"

    def height(self, baseline: float) -> str:
        return f"{_TOP - baseline * MM:.2f}"

    def shown(self, text: str, style: Style) -> tuple[float, str]:
        """Width in millimetres, and what shows a text in a run; empty where the font cannot."""
        try:
            return self.measure(text, style), f"<{self._fonts[style.font].encode(text)}> Tj"
        except KeyError:
            return self.measure(text, style), ""

    def turned(self, x: float, y: float, text: str, style: Style) -> str:
        """A text that runs upwards at 45 degrees from x, y: for watermarks."""
        at = f"0.7071 0.7071 -0.7071 0.7071 {x * MM:.2f} {_TOP - y * MM:.2f} Tm"
        return f"q {style.grey:.2f} g BT {at} {self._shown(text, style)} ET Q"

    def embed(self, file: PdfFile) -> dict[str, int]:
        numbers = {font.key: font.embed(file) for font in self._fonts.values()}
        return {key: number for key, number in numbers.items() if number is not None}


def _embedded(file: PdfFile, raster: Raster) -> int:
    size = f"/Type /XObject /Subtype /Image /Width {raster.width} /Height {raster.height} "
    mask = ""
    if raster.mask:
        entries = f"{size}/ColorSpace /DeviceGray /BitsPerComponent 8 "
        mask = f"/SMask {file.stream(raster.mask, entries)} 0 R "
    entries = f"{size}/ColorSpace /{raster.colour} /BitsPerComponent 8 {mask}"
    if raster.packed:
        return file.packed(raster.data, raster.packed, entries)
    return file.stream(raster.data, entries)


def rule(x1: float, y1: float, x2: float, y2: float, width: float = 0.2) -> str:
    return (
        f"{width * MM:.2f} w {x1 * MM:.2f} {_TOP - y1 * MM:.2f} m "
        f"{x2 * MM:.2f} {_TOP - y2 * MM:.2f} l S"
    )


def box(x: float, y: float, width: float, height: float, line: float = 0.2) -> str:
    return (
        f"{line * MM:.2f} w {x * MM:.2f} {_TOP - (y + height) * MM:.2f} "
        f"{width * MM:.2f} {height * MM:.2f} re S"
    )


def shade(x: float, y: float, width: float, height: float, grey: float) -> str:
    return (
        f"q {grey:.2f} g {x * MM:.2f} {_TOP - (y + height) * MM:.2f} "
        f"{width * MM:.2f} {height * MM:.2f} re f Q"
    )


def dashed_circle(x: float, y: float, radius: float, grey: float) -> str:
    """A circle around x, y: the place a round seal goes to."""
    cx, cy, r = x * MM, _TOP - y * MM, radius * MM
    k = r * _KAPPA
    return (
        f"q {grey:.2f} G 0.6 w [3 2.5] 0 d {cx + r:.2f} {cy:.2f} m "
        f"{cx + r:.2f} {cy + k:.2f} {cx + k:.2f} {cy + r:.2f} {cx:.2f} {cy + r:.2f} c "
        f"{cx - k:.2f} {cy + r:.2f} {cx - r:.2f} {cy + k:.2f} {cx - r:.2f} {cy:.2f} c "
        f"{cx - r:.2f} {cy - k:.2f} {cx - k:.2f} {cy - r:.2f} {cx:.2f} {cy - r:.2f} c "
        f"{cx + k:.2f} {cy - r:.2f} {cx + r:.2f} {cy - k:.2f} {cx + r:.2f} {cy:.2f} c S Q"
    )


def dashed_half(x: float, y: float, radius: float, grey: float) -> str:
    """The left half of a dashed circle around x, y: what falls on one sheet of an edge seal."""
    cx, cy, r = x * MM, _TOP - y * MM, radius * MM
    k = r * _KAPPA
    return (
        f"q {grey:.2f} G 0.6 w [3 2.5] 0 d {cx:.2f} {cy + r:.2f} m "
        f"{cx - k:.2f} {cy + r:.2f} {cx - r:.2f} {cy + k:.2f} {cx - r:.2f} {cy:.2f} c "
        f"{cx - r:.2f} {cy - k:.2f} {cx - k:.2f} {cy - r:.2f} {cx:.2f} {cy - r:.2f} c S Q"
    )
