"""Forms as they come off a scanner: rasterised, turned, dirty; many of them in one PDF."""

from __future__ import annotations

import io
import random
import statistics
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

DPI = 200
_MIDDLE = 128


def _normal(spread: int) -> bytes:
    """What makes noise of random bytes, all as frequent: normal, around the middle."""
    bell = statistics.NormalDist(_MIDDLE, spread)
    return bytes(min(max(round(bell.inv_cdf((at + 0.5) / 256)), 0), 255) for at in range(256))


_GRAIN, _DIRT = _normal(40), _normal(50)


def _noise(drawn: random.Random, size: tuple[int, int], of: bytes) -> Image.Image:
    return Image.frombytes("L", size, drawn.randbytes(size[0] * size[1]).translate(of))


def pages_of(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("L").copy() for page in document]
    finally:
        document.close()


def worn(page: Image.Image, seed: int = 1) -> Image.Image:
    """Turned, out of focus and dirty, as a sheet feeder gives it; the same for a seed."""
    drawn = random.Random(seed)
    page = page.rotate(
        drawn.uniform(-6, 6), resample=Image.Resampling.BICUBIC, fillcolor=235, expand=True
    )
    page = page.filter(ImageFilter.GaussianBlur(drawn.uniform(0.4, 1.0)))
    page = Image.blend(page, _noise(drawn, page.size, _DIRT), 0.2)
    return page.rotate(180) if seed % 3 == 0 else page


def grainy(page: Image.Image, seed: int) -> Image.Image:
    """Turned by up to 3°, blurred by one pixel, with noise of σ 40; the same for a seed."""
    drawn = random.Random(seed)
    page = page.rotate(
        drawn.uniform(-3, 3), resample=Image.Resampling.BICUBIC, fillcolor=255, expand=True
    )
    page = page.filter(ImageFilter.GaussianBlur(1))
    return ImageChops.add(page, _noise(drawn, page.size, _GRAIN), 1, -_MIDDLE)


def without_code(page: Image.Image) -> Image.Image:
    """The code torn off."""
    page = page.copy()
    width, height = page.size
    ImageDraw.Draw(page).rectangle((width * 0.7, 0, width, height * 0.2), fill=255)
    return page


def damaged(page: Image.Image) -> Image.Image:
    """A thick stroke of a pen through the code."""
    page = page.copy()
    width, height = page.size
    ImageDraw.Draw(page).line(
        (width * 0.7, height * 0.07, width, height * 0.15), fill=0, width=width // 25
    )
    return page


def beside(first: Image.Image, second: Image.Image) -> Image.Image:
    """Two sheets on one glass."""
    both = Image.new("L", (first.width + second.width, first.height), 255)
    both.paste(first, (0, 0))
    both.paste(second, (first.width, 0))
    return both.resize((both.width * 3 // 4, both.height * 3 // 4))


def blank(like: Image.Image) -> Image.Image:
    return Image.new("L", like.size, 250)


def as_tiff(
    pages: Sequence[Image.Image], path: Path, compression: str = "tiff_lzw", dpi: int = DPI
) -> Path:
    first, *others = pages
    first.save(
        path, "TIFF", save_all=True, append_images=others, dpi=(dpi, dpi), compression=compression
    )
    return path


def as_pdf(pages: Sequence[Image.Image], path: Path, dpi: int = DPI) -> Path:
    first, *others = pages
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dpi, quality=60)
    path.write_bytes(out.getvalue())
    return path
