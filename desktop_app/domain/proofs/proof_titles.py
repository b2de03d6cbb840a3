"""Whether a workbook says of itself that it is a proof of insurance, no list of those who join."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.domain.texts import clean

_PROOF = re.compile("(?:社会保险|社保|缴纳|缴费|参保).{0,12}证明")
_LIST = re.compile("名单|花名册|名册|入会|互助")
LONGEST = 60  # characters; a longer text is a note, not a title


def titles_of_proof(texts: Iterable[str]) -> bool:
    """Whether one of a file's titles names a proof; `texts` are its name and what stands above.

    A list that only mentions its proof is still a list.
    """
    titles = [text for text in map(clean, texts) if len(text) <= LONGEST]
    return any(_PROOF.search(text) and not _LIST.search(text) for text in titles)
