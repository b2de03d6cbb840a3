"""Names of people: cleaned for storing, judged, and turned into keys for finding and sorting."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.texts import clean

MIDDLE_DOT = "·"
LONGEST = 50
_DOTS = str.maketrans(dict.fromkeys("．・･•‧∙⋅●゜", MIDDLE_DOT))
_HAN_RANGES = (
    (0x3400, 0x4DBF),
    (0x20000, 0x2FA1F),
    (0x30000, 0x323AF),
    (0xF900, 0xFAFF),
    (0x3007, 0x3007),
)
# Surnames that are read otherwise than the table's first reading of the character.
_SURNAMES: Mapping[str, tuple[str, ...]] = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"),
    "令狐": ("ling", "hu"),
    "单于": ("chan", "yu"),
    "单": ("shan",),
    "曾": ("zeng",),
    "仇": ("qiu",),
    "区": ("ou",),
    "解": ("xie",),
    "查": ("zha",),
    "朴": ("piao",),
    "盖": ("ge",),
    "洗": ("xian",),
    "员": ("yun",),
    "缪": ("miao",),
    "翟": ("zhai",),
    "覃": ("qin",),
    "种": ("chong",),
    "黑": ("he",),
    "折": ("she",),
    "乐": ("yue",),
    "隗": ("wei",),
    "逢": ("pang",),
    "么": ("yao",),
    "秘": ("bi",),
    "繁": ("po",),
    "薄": ("bo",),
    "召": ("shao",),
    "祭": ("zhai",),
    "重": ("chong",),
}


def is_han(char: str) -> bool:
    if "\u4e00" <= char <= "\u9fff":
        return True
    code = ord(char)
    return any(first <= code <= last for first, last in _HAN_RANGES)


def normalise_name(raw: str) -> str:
    """A name as stored: one kind of middle dot, half width, no spaces inside a Chinese name."""
    if raw.isalpha() and min(raw) >= "\u4e00" and max(raw) <= "\u9fff":
        return raw
    text = clean(raw.translate(_DOTS))
    if any(is_han(char) for char in text):
        text = text.replace(" ", "").replace(".", MIDDLE_DOT)
        return text.strip(MIDDLE_DOT)
    return " ".join(text.split())


def check_name(name: str, encodable: Callable[[str], str] | None = None) -> tuple[Problem, ...]:
    """Judge a normalised name.

    Args:
        name: as `normalise_name` gives it.
        encodable: gives the characters of a text that no carried font can draw.
    """
    if not name:
        return (_error("name-missing", "姓名没有填写,请补上"),)
    lost = "".join(char for char in name if is_unencodable(char))
    if not lost and encodable is not None and not name.isascii():
        lost = encodable(name)
    if lost:
        return (
            _error(
                "name-unencodable",
                f"姓名里有{len(lost)}个字无法显示或打印,请改用标准汉字编码重新录入",
            ),
        )
    if MIDDLE_DOT * 2 in name:
        return (_error("name-characters", "姓名里的间隔点重复了,请按证件只写一个“·”"),)
    wrong = _wrong_characters(name)
    if wrong:
        return (_error("name-characters", f"姓名里有不该出现的字符“{wrong}”,请改正为证件上的姓名"),)
    if len(name) > LONGEST:
        return (_error("name-characters", f"姓名超过{LONGEST}个字,请核对后改正"),)
    return ()


def is_unencodable(char: str) -> bool:
    """Private-use characters, unpaired surrogates, unassigned code points, the mark of a loss."""
    if char == "\ufffd":
        return True
    return unicodedata.category(char) in ("Co", "Cs", "Cn") and not is_han(char)


def _wrong_characters(name: str) -> str:
    han = any(is_han(char) for char in name)
    if han:
        wrong = [char for char in name if not (is_han(char) or char == MIDDLE_DOT)]
    else:
        wrong = [char for char in name if not (_is_latin(char) or char in " -'.,")]
        if not wrong and not any(_is_latin(char) for char in name):
            wrong = list(name)
    return "".join(dict.fromkeys(wrong))


def _is_latin(char: str) -> bool:
    return char.isalpha() and ord(char) < 0x250


def name_key(name: str) -> str:
    """What two spellings of one name share: no spaces, no dots, upper case."""
    return name.replace(" ", "").replace(MIDDLE_DOT, "").upper()


def syllables(name: str, table: Mapping[str, str]) -> tuple[str, ...]:
    """The reading of each character; the head of the name is read as a surname.

    Args:
        name: as `normalise_name` gives it.
        table: character to pinyin without tone; characters it lacks stand for themselves.
    """
    return key_syllables(name_key(name), table)


def key_syllables(key: str, table: Mapping[str, str]) -> tuple[str, ...]:
    """The same of a name's key, where that is at hand already."""
    head = _SURNAMES.get(key[:2]) or _SURNAMES.get(key[:1]) or ()
    rest = key[len(head) :]
    read = [*map(table.get, rest)]
    if None in read:
        return (*head, *[table.get(char, char.lower()) for char in rest])
    return (*head, *filter(None, read))


def initials(read: Sequence[str]) -> str:
    """The first letters of a name's syllables, e.g. `zls`."""
    return "".join([syllable[0] for syllable in read])


def sort_key(read: Sequence[str]) -> str:
    """The syllables with a space after each, so that `li` sorts before `lian`."""
    return " ".join(read)


def pinyin_table(text: str) -> dict[str, str]:
    """Read the table file: a reading, a tab and all its characters on each line."""
    table: dict[str, str] = {}
    for line in text.splitlines():
        reading, _, chars = line.partition("\t")
        if chars and not line.startswith("#"):
            table.update(dict.fromkeys(chars, reading))
    return table


def _error(code: str, message: str) -> Problem:
    return Problem(code, Severity.ERROR, message)


def masked_name(name: str) -> str:
    """As it hangs on a wall: 张*, 张*国, 欧**娜; the parts of a long name are not told apart."""
    if len(name) <= 2:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * min(len(name) - 2, 2)}{name[-1]}"
