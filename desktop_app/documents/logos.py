"""Puts a picture into a layout's text, so that nobody has to write base64."""

from __future__ import annotations

import base64
import re

from desktop_app.documents.pictures import read_picture

# Left of the title, below the mark of a sample: in every carried head this place is free.
_ITEM = '{ kind = "picture", x = 0, y = 6, width = 22, height = 14, text = "logo" },'
_KEPT = re.compile(r'^logo\s*=\s*"[^"\n]*"', re.MULTILINE)
_SECTION = re.compile(r"^\[pictures\][^\n]*\n", re.MULTILINE)
_SHOWN = re.compile(r'kind\s*=\s*"picture"[^}\n]*text\s*=\s*"logo"')
_HEAD = re.compile(r"^\[head\][^\n]*\n(?:(?!\[)[^\n]*\n)*?items\s*=\s*\[", re.MULTILINE)


def with_logo(text: str, content: bytes) -> str:
    """The layout with this picture as its logo, which stands in the head; the former one goes.

    A head without a list of items is left as it is: the picture is kept, but does not stand there.

    Raises:
        FileError: `picture-invalid`; it is no PNG or JPEG, is damaged or too large.
    """
    read_picture(content)
    kept = f'logo = "{base64.b64encode(content).decode()}"'
    if not _SHOWN.search(text):
        text = _HEAD.sub(lambda found: f"{found[0]}\n  {_ITEM}", text, count=1)
    if _KEPT.search(text):
        return _KEPT.sub(kept, text, count=1)
    if _SECTION.search(text):
        return _SECTION.sub(lambda found: f"{found[0]}{kept}\n", text, count=1)
    return f"{text.rstrip()}\n\n[pictures]\n{kept}\n"
