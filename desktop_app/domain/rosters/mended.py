"""Whether somebody who came in is who a waiting row of that name means, or a namesake."""

from __future__ import annotations

from difflib import SequenceMatcher

from desktop_app.domain.texts import clean_number

_MEANT = 15  # digits from which a number was written out, however wrong
_ALIKE = 0.85  # two wrong digits of 18, or three left out; one in thousands by chance


def may_be_mended(written: str, number: str) -> bool:
    """Whether a number may be the right one of what a row of the same name had as its number.

    Where a row has no number that is written out, its name alone tells.
    """
    text = clean_number(written).upper()
    if sum(char.isdigit() for char in text) < _MEANT:
        return True
    return SequenceMatcher(None, text, number).ratio() >= _ALIKE
