"""Names: cleaned, judged, turned into keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.names import (
    check_name,
    initials,
    masked_name,
    name_key,
    normalise_name,
    pinyin_table,
    sort_key,
    syllables,
)

TABLE = pinyin_table(
    (Path(__file__).parents[2] / "resources" / "pinyin.tsv").read_text(encoding="utf-8")
)


def _codes(raw: str) -> list[str]:
    return [problem.code for problem in check_name(normalise_name(raw))]


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("覃世芳", "覃世芳"),
        (" 李 四 ", "李四"),
        ("李　四", "李四"),
        ("李\u200b四\ufeff", "李四"),
        ("'张三", "张三"),
        ("向・扎西", "向·扎西"),
        ("向•扎西", "向·扎西"),
        ("向‧扎西", "向·扎西"),
        ("向．扎西", "向·扎西"),
        ("向.扎西", "向·扎西"),
        ("向･扎西", "向·扎西"),
        ("向 · 扎西", "向·扎西"),
        ("Maria   Ｌee", "Maria Lee"),
        ("李䶮", "李䶮"),
        ("陈𬭎", "陈𬭎"),
        ("", ""),
    ],
)
def test_names_are_brought_to_one_spelling(raw: str, stored: str) -> None:
    assert normalise_name(raw) == stored


@pytest.mark.parametrize(
    "name", ["张三", "向·扎西", "李䶮", "㛃𬭎堃", "Maria Lee", "O'Neil", "〇一"]
)
def test_real_names_pass(name: str) -> None:
    assert _codes(name) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name-missing"),
        ("  ", "name-missing"),
        ("张三1", "name-characters"),
        ("张三(大)", "name-characters"),
        ("张三A", "name-characters"),
        ("阿依··买买提", "name-characters"),
        ("张三?", "name-characters"),
        ("12345", "name-characters"),
        ("---", "name-characters"),
        ("Мария", "name-characters"),
        ("张" * 51, "name-characters"),
        ("张\ue863", "name-unencodable"),
        ("张\ufffd", "name-unencodable"),
        ("张" + chr(0xD840), "name-unencodable"),
        ("张\U000f0001", "name-unencodable"),
    ],
)
def test_other_names_are_refused_with_their_code(name: str, code: str) -> None:
    assert _codes(name) == [code]


def test_a_character_that_no_font_draws_is_refused() -> None:
    asked: list[str] = []

    def missing(text: str) -> str:
        asked.append(text)
        return "䶮" if "䶮" in text else ""

    (problem,) = check_name("李䶮", missing)
    assert (problem.code, asked) == ("name-unencodable", ["李䶮"])
    assert check_name("李四", missing) == ()
    assert check_name("Maria", missing) == ()
    assert asked == ["李䶮", "李四"]


@given(st.text(max_size=30))
def test_a_stored_name_stays_as_it_is(raw: str) -> None:
    once = normalise_name(raw)
    if not check_name(once):
        assert normalise_name(once) == once


def test_two_spellings_share_a_key() -> None:
    assert name_key("向·扎西") == name_key("向扎西")
    assert name_key("Maria Lee") == "MARIALEE"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("张建国", "zjg"),
        ("单雄信", "sxx"),
        ("曾国藩", "zgf"),
        ("仇英", "qy"),
        ("区大相", "odx"),
        ("解缙", "xj"),
        ("查良镛", "zly"),
        ("任盈盈", "ryy"),
        ("尉迟恭", "ycg"),
        ("覃世芳", "qsf"),
        ("国曾", "gc"),
        ("李䶮", "ly"),
        ("陈𬭎", "ch"),
        ("向·扎西", "xzx"),
        ("吕布", "lb"),
    ],
)
def test_initials_read_surnames_as_surnames(name: str, letters: str) -> None:
    assert initials(syllables(name, TABLE)) == letters


def test_a_shorter_reading_sorts_before_a_longer_one() -> None:
    names = ["连一", "李四", "李二", "安之"]
    assert sorted(names, key=lambda name: sort_key(syllables(name, TABLE))) == [
        "安之",
        "李二",
        "李四",
        "连一",
    ]


def test_a_character_without_reading_stands_for_itself() -> None:
    assert initials(syllables("李A", {"李": "li"})) == "la"


def test_the_table_covers_the_basic_block_and_is_small() -> None:
    path = Path(__file__).parents[2] / "resources" / "pinyin.tsv"
    assert path.stat().st_size < 400_000
    assert len([char for char in TABLE if 0x4E00 <= ord(char) <= 0x9FA5]) > 20_800
    assert all(reading.isascii() and reading.isalpha() for reading in set(TABLE.values()))


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("张建国", "张*国"), ("欧阳娜娜", "欧**娜"), ("张", "张*"), ("", "*")],
)
def test_a_name_on_a_wall_keeps_its_first_and_last_character(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(st.text(min_size=1, max_size=30))
def test_no_masked_name_is_the_name_or_tells_how_long_it_is(name: str) -> None:
    masked = masked_name(name)
    assert "*" in masked
    assert len(masked) <= 4
    assert masked != name or "*" in name
