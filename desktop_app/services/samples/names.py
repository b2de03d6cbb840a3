"""Invented personal names as a Hubei mountain county has them, rare characters and · included."""

from __future__ import annotations

from random import Random

from db.codes import Sex

_COMMON = "覃向田冉谭黄张李王杨刘陈吴周秦侯牟龚曾邓罗彭姚滕单仇朱胡何徐孙马高林郭梁宋唐许冯"
_WEIGHTS = tuple(max(1, 40 - 2 * place) for place in range(len(_COMMON)))
_COMPOUND = ("欧阳", "尉迟", "上官", "司徒")
_MIDDLE = "世国文明德正永光家大天成绍本先长远忠宗宏志建春晓子嘉思"
_MALE = "军强伟勇斌涛超鹏辉波刚杰华平林峰磊亮兵松涌泉富贵权胜海清云龙虎才学武生根贤良俊凯旭晨航宇"
_FEMALE = "芳兰英秀玉梅珍琴丽娟敏静燕红霞翠菊香莲凤琼玲艳萍娥蓉慧琳雪婷倩莉莎瑶欣怡颖洁桂春月"

# Placed by hand, so that every sample holds them: rare characters, and names with a middle dot.
RARE: dict[Sex, tuple[str, ...]] = {
    Sex.MALE: ("覃䶮", "向𬭎", "冉堃", "田翀", "李龑", "谭昶堃"),
    Sex.FEMALE: ("田㛃", "黄㛃萱", "向祎玥", "侯喆"),
}
DOTTED: dict[Sex, tuple[str, ...]] = {
    Sex.MALE: ("努尔买买提·托合提", "向·扎西"),
    Sex.FEMALE: ("古丽娜尔·艾山江", "央金·卓玛"),
}


def invent_name(rng: Random, sex: Sex) -> str:
    surname = (
        rng.choice(_COMPOUND) if rng.random() < 0.01 else rng.choices(_COMMON, weights=_WEIGHTS)[0]
    )
    last = rng.choice(_MALE if sex is Sex.MALE else _FEMALE)
    if rng.random() < 0.22:
        return surname + last
    return surname + rng.choice(_MIDDLE) + last
