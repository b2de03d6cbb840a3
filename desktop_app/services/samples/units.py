"""The twelve invented units of the sample county; data only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.codes import Handling, UnitKind
from desktop_app.services.samples import styles
from desktop_app.services.samples.styles import RosterStyle

COUNTY = "明山县"
OFFICE = "明山县总工会(演示)"
AREAS = (("城关片区", "覃正华"), ("东片", "向秀英"), ("西片", "田国强"), ("南片", "冉晓燕"))
FEES_FEN = {"hospital": 6000, "critical-illness": 2000, "women": 1500, "accident": 2000}

_THREE = ("hospital", "critical-illness", "accident")
_ALL = ("hospital", "critical-illness", "women", "accident")
_TREASURY = "明山县财政国库支付中心(演示)"
_EDUCATION = "明山县教育局核算中心(演示)"  # one payer of many schools

# Title of the certificate and the kind it states, by the first characters of the credit code.
CERTIFICATES = {
    "11": ("统一社会信用代码证书", "机关法人"),
    "12": ("事业单位法人证书", "事业单位法人"),
    "91": ("营业执照", "有限责任公司"),
    "51": ("社会团体法人登记证书", "社会团体法人"),
    "52": ("民办非企业单位登记证书", "民办非企业单位(法人)"),
}


@dataclass(frozen=True, slots=True)
class UnitSketch:
    name: str
    kind: UnitKind
    department: str  # the first two characters of its social credit code
    town: str
    area: str
    at_work: int
    women: int
    joining: int  # people put on the list; the later refused among them
    plans: tuple[str, ...]
    style: RosterStyle | None
    payer: str | None = None  # None: it pays itself
    faults: tuple[str, ...] = ()
    over_age: tuple[int, ...] = ()  # men still at work, by age
    too_young: bool = False
    proof: str = ".png"  # what kind of file; none where it is empty
    slip_short_of: int | None = 0  # people whose money is missing; None: no slip yet


# fmt: off
UNITS = (
    UnitSketch(
        "清溪镇人民政府(演示)", UnitKind.GOVERNMENT, "11", "清溪镇", "城关片区", 107, 48, 88,
        _THREE, styles.TOWN, _TREASURY, ("identity-check-digit", "identity-missing", "duplicate"),
        slip_short_of=2,
    ),
    UnitSketch(
        "明山县第一小学(演示)", UnitKind.INSTITUTION, "12", "城关镇", "城关片区", 128, 93, 118,
        _ALL, styles.SCHOOL, _EDUCATION,
        (
            "identity-number", "identity-number", "identity-scientific", "name-digit", "formula",
            "identity-birth-date", "full-width", "spaced-name", "spaced-name", "spaced-identity",
            "lower-x",
        ),
    ),
    UnitSketch(
        "明山县供电公司(演示)", UnitKind.STATE_FIRM, "91", "城关镇", "城关片区", 100, 27, 100,
        _THREE, styles.POWER, None, ("card", "lower-x"),
    ),
    UnitSketch(
        "明山县人民医院(演示)", UnitKind.INSTITUTION, "12", "城关镇", "东片", 101, 66, 96,
        _ALL, styles.HOSPITAL, None, ("sex", "born", "duplicate", "spaced-identity"),
    ),
    UnitSketch(
        "明山县青石茶业有限公司(演示)", UnitKind.FIRM, "91", "青石乡", "西片", 120, 71, 93,
        _ALL, styles.TEA, None,
        ("identity-short", "identity-number", "name-private-use", "phone", "full-width"),
        too_young=True, slip_short_of=None,
    ),
    UnitSketch(
        "明山县云台山景区管理有限公司(演示)", UnitKind.STATE_FIRM, "91", "云台镇", "南片",
        73, 30, 73, _THREE, styles.SCENIC, None,
        ("identity-check-digit", "name-missing", "identity-letter"),
        over_age=(61, 61, 62), proof="", slip_short_of=None,
    ),
    UnitSketch(
        "明山县第二中学(演示)", UnitKind.INSTITUTION, "12", "东溪镇", "东片", 96, 52, 96,
        _ALL, None, _EDUCATION, proof="",
    ),
    UnitSketch(
        "青石乡人民政府(演示)", UnitKind.GOVERNMENT, "11", "青石乡", "西片", 45, 17, 45,
        _THREE, styles.COUNTRYSIDE, _TREASURY, ("apostrophe", "apostrophe", "phone"),
    ),
    UnitSketch(
        "明山县茶叶行业协会(演示)", UnitKind.SOCIAL, "51", "城关镇", "城关片区", 16, 7, 16,
        ("hospital",), styles.TRADE,
    ),
    UnitSketch(
        "明山县阳光幼儿园(演示)", UnitKind.NON_PROFIT, "52", "南坪镇", "南片", 32, 30, 32,
        ("hospital", "women"), styles.NURSERY, None, ("spaced-name", "spaced-name"), proof=".pdf",
    ),
    UnitSketch(
        "明山县中医医院(演示)", UnitKind.INSTITUTION, "12", "南坪镇", "南片", 88, 54, 88,
        _ALL, styles.CLINIC, None, ("identity-15",), proof=".xlsx",
    ),
    UnitSketch(
        "明山县公路养护中心(演示)", UnitKind.INSTITUTION, "12", "东溪镇", "东片", 64, 12, 64,
        _THREE, styles.ROADS, _TREASURY, slip_short_of=None,
    ),
)
# fmt: on


def handling_of(sketch: UnitSketch) -> Handling:
    return Handling.ON_BEHALF if sketch.style else Handling.BY_UNIT


def fee_of(plans: Iterable[str]) -> int:
    return sum(FEES_FEN[plan] for plan in plans)
