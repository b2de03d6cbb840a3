"""A sheet of grey drawing paper with 演示 across it; gives small PNG bytes that repeat."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from desktop_app.paths import resource_path

_BLACK, _GREY, _PALE, _WHITE = _SHADES = (0, 105, 228, 255)  # two bits a dot keep files small
_NEAREST = [min(range(4), key=lambda n: abs(_SHADES[n] - shade)) for shade in range(256)]


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(resource_path("fonts", "NotoSansSC_400Regular.ttf"), size)


class Drawing:
    def __init__(self, width: int, height: int, *, mark: str = "演示样张") -> None:
        self.width, self.height = width, height
        self._image = Image.new("L", (width, height), _WHITE)
        self._pen = ImageDraw.Draw(self._image)
        for place in (0.3, 0.7):
            self._pen.text(
                (width / 2, height * place),
                mark,
                _PALE,
                _font(width // 6),
                anchor="mm",
            )

    def text(self, x: float, y: float, text: str, size: int = 20, *, grey: bool = False) -> None:
        self._pen.text((x, y), text, _GREY if grey else _BLACK, _font(size), anchor="lm")

    def centred(self, y: float, text: str, size: int) -> None:
        self._pen.text((self.width / 2, y), text, _BLACK, _font(size), anchor="mm")

    def right(self, x: float, y: float, text: str, size: int = 20) -> None:
        self._pen.text((x, y), text, _BLACK, _font(size), anchor="rm")

    def frame(self, left: float, top: float, right: float, bottom: float, width: int = 2) -> None:
        self._pen.rectangle((left, top, right, bottom), outline=_BLACK, width=width)

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self._pen.line((x, y, to_x, to_y), fill=_GREY, width=1)

    def pairs(self, top: float, pairs: list[tuple[str, str]], step: int = 44) -> float:
        """A form's lines, label and value; gives the height below them."""
        for place, (label, value) in enumerate(pairs):
            y = top + place * step
            self.text(70, y, label, 19, grey=True)
            self.text(270, y, value, 21)
        return top + len(pairs) * step

    def png(self) -> bytes:
        few = Image.frombytes("P", self._image.size, self._image.point(_NEAREST).tobytes())
        few.putpalette([shade for shade in _SHADES for _ in "rgb"])
        packed = io.BytesIO()
        few.save(packed, "PNG", bits=2)
        return packed.getvalue()
