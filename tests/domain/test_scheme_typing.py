"""A scheme's values typed into a form: read back as they were, or said to be wrong."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from desktop_app.domain.scheme_editor.scheme_terms import items_of
from desktop_app.domain.scheme_editor.scheme_typing import typed_text, typed_value
from desktop_app.domain.toml.toml_edit import is_figure, leaves

SCHEMES = sorted(Path(resources.__file__).parent.joinpath("schemes").glob("*.toml"))


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_every_value_is_read_as_it_is_shown(file: Path) -> None:
    for leaf in leaves(file.read_text("utf-8")):
        if not is_figure(leaf.value) and not isinstance(leaf.value, bool):
            shown = typed_text(leaf.path, leaf.value)
            assert typed_value(leaf.path, leaf.value, shown) == leaf.value, leaf.path


@pytest.mark.parametrize(
    ("path", "like", "text", "value"),
    [
        ("fen", 100, "1,234.50", 123450),
        ("max_age", 60, " 63 ", 63),
        ("title", "x", " 名称 ", "名称"),
        ("rate", Decimal("0.8"), "0.75", Decimal("0.75")),
        ("day", datetime.date(2027, 1, 1), "2028-02-29", datetime.date(2028, 2, 29)),
        ("at", datetime.datetime(2027, 1, 1), "2028-02-29 08:30",
         datetime.datetime(2028, 2, 29, 8, 30)),
        ("words", [], "甲、乙, 丙", ["甲", "乙", "丙"]),
        ("parts[1].share", "70/100", "75", "75/100"),
        ("parts[1].share", "70/100", "62.5%", "625/1000"),
        ("parts[1].share", "70/100", "2/3", "2/3"),
        ("min_share", Decimal("0.8"), "75", "75/100"),
        ("min_share", Decimal("0.8"), "80%", Decimal("0.8")),
        ("parts[1].share", "", "", ""),
        ("parts[1].share", "", "70", "70/100"),
        ("minimum.fen", "", "100", 10000),
        ("bands[1].to_day", "", "90", 90),
        ("closures[1].first", "", "2028-02-29", datetime.date(2028, 2, 29)),
        ("windows[1].opens_at", "", "2028-02-29 08:00", datetime.datetime(2028, 2, 29, 8)),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_value(path: str, like: object, text: str, value: object) -> None:
    assert typed_value(path, like, text) == value


@pytest.mark.parametrize(
    ("path", "like", "text"),
    [
        ("fen", 100, "一百"),
        ("fen", 100, "1.005"),
        ("max_age", 60, "六十"),
        ("max_age", 60, ""),
        ("max_age", 60, "-1"),
        ("rate", Decimal("0.8"), "八成"),
        ("rate", Decimal("0.8"), "NaN"),
        ("day", datetime.date(2027, 1, 1), "2027-02-30"),
        ("at", datetime.datetime(2027, 1, 1), "2027-01-01"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(path: str, like: object, text: str) -> None:
    with pytest.raises(ValueError, match=r"^请填.*。$"):
        typed_value(path, like, text)


def test_lists_of_known_words_name_them() -> None:
    assert items_of("eligibility.employment")["regular"] == "正式工"
    assert items_of("title") == {}
