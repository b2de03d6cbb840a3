"""Pages of a form as pictures: small where they have no colour, true where they have."""

from __future__ import annotations

import io

from PIL import Image

from desktop_app.documents.pages import page_images
from desktop_app.documents.printing import render
from desktop_app.documents.samples import of_cases


def test_a_page_without_colour_is_a_grey_picture() -> None:
    [page] = page_images(render(of_cases.handover()), 50)
    assert Image.open(io.BytesIO(page)).mode == "L"


def test_a_page_with_a_coloured_logo_keeps_its_colours() -> None:
    coloured = io.BytesIO()
    Image.new("RGB", (100, 140), "white").save(coloured, "PDF")
    assert Image.open(io.BytesIO(page_images(coloured.getvalue())[0])).mode == "L"
    picture = Image.new("RGB", (100, 140), "white")
    picture.paste((200, 0, 0), (10, 10, 60, 60))
    coloured = io.BytesIO()
    picture.save(coloured, "PDF")
    found = Image.open(io.BytesIO(page_images(coloured.getvalue())[0])).convert("RGB")
    red, green, _blue = found.getpixel((found.width // 3, found.height // 4))  # type: ignore[misc]
    assert red > green + 100
