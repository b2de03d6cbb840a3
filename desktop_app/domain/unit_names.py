"""Names of units: whether two of them may be one unit, written with more or fewer words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_app.domain.texts import clean

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    "|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_PROVINCE = re.compile(f"^中国|^(?:{_PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?")
_CITY = re.compile(
    "^[^省市县区镇乡]{2,12}?自治州|^[^省市县区镇乡]{2,4}?(?:市(?![场民政容集])|州(?=.{2,6}[县市])|地区)"
)
_UNIONS = re.compile("(?:(?:基层|机关)?工会(?:委员会|联合会|筹备组)?|总工会)$")
_FORMS = re.compile(
    "(?:集团)?(?:股份有限公司|有限责任公司|有限公司|公司|股份合作社|专业合作社|合作社|集团)$"
)
_NOTE = re.compile(r"\(([^()]*)\)$")
_MARKS = re.compile(r"[\s()·•・.,、,“”\"'《》<>\-—_/]+")
_COUNTY_MARKS = ("自治县", "县", "市", "区", "旗")
SHORTEST = 2  # of what is left: less tells nothing
SHORTEST_SOUND = 4  # characters that must sound alike before two spellings are taken for one


def core_of(name: str, county: str) -> str:
    """What tells a unit from others: no places above it, no legal form, no ending of its union.

    Args:
        name: as it was typed.
        county: the office's own county, which stands before many names and not before others.
    """
    text = clean(name).upper()
    note = ""
    if (found := _NOTE.search(text)) is not None:  # which branch it is tells two apart
        text, note = text[: found.start()], found[1]
    body = _MARKS.sub("", text)
    for ending in (_UNIONS, _FORMS):
        body = _shortened(body, ending)
    for place in (_PROVINCE, _CITY, _own(county)):
        body = _shortened(body, place)
    return body + _MARKS.sub("", note)


def alike(one: str, other: str, sounds: Mapping[str, str]) -> bool:
    """Whether two cores are one, or long enough and only written with other characters.

    Args:
        one: as `core_of` gives it.
        other: another such.
        sounds: character to pinyin without tone.
    """
    if one == other:
        return True
    if len(one) != len(other) or len(one) < SHORTEST_SOUND:
        return False
    return all(
        mine == its or sounds.get(mine, mine) == sounds.get(its, its)
        for mine, its in zip(one, other, strict=True)
    )


def _own(county: str) -> re.Pattern[str]:
    stem = next(
        (county.removesuffix(mark) for mark in _COUNTY_MARKS if county.endswith(mark)), county
    )
    if len(stem) < SHORTEST:  # 某县 of one character stands only with its mark
        return re.compile(f"^{re.escape(county)}" if county else "^$")
    return re.compile(f"^{re.escape(stem)}(?:{'|'.join(_COUNTY_MARKS)})?")


def _shortened(text: str, part: re.Pattern[str]) -> str:
    """Without that part, where enough is left."""
    left = part.sub("", text)
    return left if len(left) >= SHORTEST else text
