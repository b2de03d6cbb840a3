"""TIFF, as sheet feeders and fax machines give it: its frames looked at and unpacked upright."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, TiffImagePlugin

from desktop_app.intake.refusals import Refusal
from desktop_app.intake.tiff_parts import ORIENTATION, UPRIGHT, parts_of

SIDEWAYS = 1.05  # so much longer than wide, or wider than long, a point may be and count as square
_X, _Y = 282, 283  # points to an inch, across and down
_LYING = (5, 6, 7, 8)  # orientations that change height for width
_FAILURES = (OSError, ValueError, SyntaxError, IndexError, EOFError, KeyError, TypeError)


def check(data: bytes, most_pages: int, most_pixels: int) -> int:
    """How many frames there are, each of them unpacked once.

    Raises:
        Refusal: it is damaged, or has too many frames or points.
    """
    pages = 0
    for pages, _ in enumerate(parts_of(data), start=1):
        if pages > most_pages:
            raise Refusal("scan-too-large")
    with _opened(data) as picture:
        for frame in _frames(picture):
            if frame.width * frame.height > most_pixels:
                raise Refusal("scan-too-large")
            frame.load()  # one that ends too early is seen only now
    return pages


def pages_of(data: bytes) -> Iterator[Image.Image]:
    """Every frame as it is seen, one after the other."""
    with _opened(data) as picture:
        for frame in _frames(picture):
            yield _seen(frame)


def page(data: bytes, number: int) -> Image.Image:
    """One frame as it is seen; `number` counts from 1."""
    with _opened(data) as picture:
        picture.seek(number - 1)
        return _seen(picture)


@contextmanager
def _opened(data: bytes) -> Iterator[TiffImagePlugin.TiffImageFile]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is odd in its tags; points are counted above
            with Image.open(io.BytesIO(data), formats=["TIFF"]) as picture:
                assert isinstance(picture, TiffImagePlugin.TiffImageFile)
                yield picture
    except Image.DecompressionBombError as error:
        raise Refusal("scan-too-large") from error
    except _FAILURES as error:
        raise Refusal("scan") from error


def _frames(
    picture: TiffImagePlugin.TiffImageFile,
) -> Iterator[TiffImagePlugin.TiffImageFile]:
    """One after the other: to ask for their number would walk through a file of millions."""
    number = 0
    while True:
        try:
            picture.seek(number)
        except EOFError:
            return
        yield picture
        number += 1


def _seen(frame: TiffImagePlugin.TiffImageFile) -> Image.Image:
    """Upright by its own tag, its points square: a fax has half as many of them down."""
    across, down = (float(frame.tag_v2.get(tag) or 0) for tag in (_X, _Y))
    if frame.tag_v2.get(ORIENTATION, UPRIGHT) in _LYING:
        across, down = down, across
    frame.load()  # turns it upright
    image = frame.copy()
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if across <= 0 or down <= 0 or 1 / SIDEWAYS <= across / down <= SIDEWAYS:
        return image
    size = (image.width, round(image.height * across / down))
    if across < down:
        size = (round(image.width * down / across), image.height)
    return image.convert("L" if image.mode == "1" else image.mode).resize(size)
