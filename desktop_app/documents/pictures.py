"""Pictures that are kept with a layout: which go, and as a PDF has them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.errors import FileError

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 150_000  # of a kept picture: it goes into every form that is issued
MOST_PIXELS = 1200  # across and down: 600 dpi at 50 mm
_KEPT = ("PNG", "JPEG")
_MODES = {"PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "JPEG": ("L", "RGB")}


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as a PDF has it: `data` is packed already where `packed` names how."""

    width: int
    height: int
    colour: str  # DeviceRGB or DeviceGray
    data: bytes
    packed: str = ""
    mask: bytes = b""  # a byte a pixel: how much of it is to be seen; empty: all


@lru_cache(maxsize=8)
def read_picture(content: bytes) -> Raster:
    """Take in a kept picture; the same bytes give the same raster.

    Raises:
        FileError: `picture-invalid`; it is no PNG or JPEG, is damaged or too large.
    """
    if len(content) > MOST_BYTES:
        raise _invalid(f"图片超过{MOST_BYTES // 1000}KB")
    image = _opened(content)
    if max(image.size) > MOST_PIXELS:
        raise _invalid(f"图片长宽不能超过{MOST_PIXELS}点")
    form = str(image.format)
    if form not in _KEPT or image.mode not in _MODES[form]:
        raise _invalid("图片只能是PNG或JPEG")
    loaded = _loaded(image)
    if form == "JPEG":
        colour = "DeviceRGB" if image.mode == "RGB" else "DeviceGray"
        return Raster(*image.size, colour, content, "DCTDecode")
    return _raster(loaded)


def _opened(content: bytes) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 - only where a layout has a picture

    try:
        return Image.open(io.BytesIO(content), formats=_KEPT)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise _invalid("图片读不出来") from error


def _loaded(image: Image.Image) -> Image.Image:
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, IndexError) as error:
        raise _invalid("图片是坏的") from error
    return image


def _raster(image: Image.Image) -> Raster:
    clear = image.mode in ("LA", "RGBA") or "transparency" in image.info
    grey = image.mode in ("1", "L", "LA")
    if not clear:
        plain = image.convert("L" if grey else "RGB")
        return Raster(*plain.size, "DeviceGray" if grey else "DeviceRGB", plain.tobytes())
    whole = image.convert("RGBA")
    plain = whole.convert("RGB")
    return Raster(*plain.size, "DeviceRGB", plain.tobytes(), "", whole.getchannel("A").tobytes())


def _invalid(what: str) -> FileError:
    return FileError("picture-invalid", f"{what}。", "请换一张PNG或JPEG图片。")
