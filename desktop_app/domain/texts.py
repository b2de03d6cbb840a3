"""Cleaning of typed text without loss: width, spaces, unseen characters, the text apostrophe."""

from __future__ import annotations

import re

# Characters that nobody sees: zero width, direction marks, soft hyphen, byte order mark, controls.
_UNSEEN = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
]
_WIDE_SPACES = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys(_UNSEEN),
    **dict.fromkeys(_WIDE_SPACES, " "),
    **dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " "),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
_APOSTROPHES = "'’‘`"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
MAX_NAME = 60


def file_name(text: str) -> str:
    """A text as a file name that Windows, Linux and a USB stick take."""
    name = _UNSAFE.sub("_", text).strip(" .")[:MAX_NAME].rstrip(" .")
    return name or "_"


def clean(raw: str) -> str:
    """Half width, no unseen characters, no leading text apostrophe, outer spaces gone."""
    plain = raw.isascii() and raw.isprintable()
    text = (raw if plain else raw.translate(_CLEAN)).strip()
    return text.lstrip(_APOSTROPHES).lstrip() if text[:1] in _APOSTROPHES else text


def clean_number(raw: str) -> str:
    """A number as typed, without any space in it."""
    return raw if raw.isdigit() and raw.isascii() else clean(raw).replace(" ", "")


def heading(raw: str) -> str:
    """A heading for comparing: no spaces or line breaks, half width, no marks at its ends."""
    return clean(raw).replace(" ", "").strip("*:：").lower()
