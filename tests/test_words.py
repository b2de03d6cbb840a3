"""The words of insurance selling stand nowhere on screen or paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SELLING = re.compile("保费|投保|理赔|保单|被保险|保险费|保险金")
# what others write: a heading 参保单位 of a unit's workbook holds 保单 by chance, and units' files
# are named so
OTHERS = re.compile(r"参保单位|\|投保\|")
TEXTS = {".py", ".toml", ".md", ".qss", ".svg", ".html", ".txt"}


def told_in(text: str) -> list[str]:
    return SELLING.findall(OTHERS.sub("", text))


def carried() -> Iterator[Path]:
    for folder in ("desktop_app", "resources", "db"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS)


def test_no_text_of_the_program_sells_insurance() -> None:
    files = list(carried())
    assert len(files) > 200
    found = {str(path.relative_to(ROOT)): told_in(path.read_text("utf-8")) for path in files}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("word", ["保费", "投保", "理赔", "保单", "被保险人"])
def test_such_a_word_would_be_seen(word: str) -> None:
    assert told_in(f"请参保单位核对{word}。")
    assert not told_in("请参保单位核对会费。")
