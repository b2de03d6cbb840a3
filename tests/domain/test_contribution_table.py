"""What applications of the five carried schemes come to, against sums worked out by hand.

Every figure below is written out from its clause; none is taken from the program. Fees marked 演示
are the sample county's: no source gives those.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import pytest

from db.codes import FigureState
from desktop_app.domain.figures import with_figures
from desktop_app.domain.funding_channels import channels_for
from desktop_app.domain.quotes import Application, Quote, quote
from desktop_app.domain.schemes.fee_classes import Crowd
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.working_days import WorkCalendar
from tests.domain.applications import codes, moment
from tests.domain.schemes import scheme_named

HUBEI, ANYANG, PINGHU = "xianfeng-2024", "anyang-2023", "pinghu"
BEIJING, YONGDING = "beijing", "yongding"
CITY, TOWN = (f"funding.joint1.{who}-union.weight" for who in ("city", "town"))
HOSPITAL, ILLNESS, WOMEN, ACCIDENT = "hospital", "critical-illness", "women", "accident"
FREE = ("outpatient", "inpatient", "above-ceiling", "above-ceiling-outpatient")
FOUR = ("inpatient", "serious-illness", "condolence-death", "condolence-work-injury")
FEES = {f"plans.{plan}.fee_fen": fen for plan, fen in (
    (HOSPITAL, 5_000), (ILLNESS, 3_000), (WOMEN, 1_000), (ACCIDENT, 2_000),
)}  # fmt: skip  # 演示
HUNDRED = {
    "plans.inpatient.fee_fen": 10_000,
    "plans.inpatient.fee_classes.firm": 3_600,
    "plans.inpatient.fee_classes.contract": 3_600,
    "coverage.first_month": 3,
}
SHARED = ("member", "union-funds", "welfare", "unit", "donation")
MIXED = ("member", "union-funds", "unit")
UPPER, OWN = "upper-union", "unit-and-member"


@dataclass(frozen=True)
class Sum:
    """One application, and what it comes to in fen: by plan, by payer, each payer's accounts."""

    name: str
    scheme: str
    asked: Application
    total: int
    plans: tuple[tuple[str, int, int], ...]  # plan, people, fen
    payers: tuple[tuple[str, int], ...]
    accounts: tuple[tuple[str, ...], ...]
    figures: dict[str, int] = field(default_factory=dict)
    months: int = 12


def ends(month: int, day: int = 15) -> datetime.date:
    return datetime.date(2023, month, day)


def anyang(people: int, **more: object) -> Application:
    return Application(people, ("medical",), **more)  # type: ignore[arg-type]


def pinghu(people: int, **more: object) -> Application:
    return Application(people, ("inpatient",), **more)  # type: ignore[arg-type]


SUMS = (
    # 咸丰县2024年通知 names no fee and fixes no part: unit and worker bear all of it together,
    # charged to 职工个人、工会经费、福利费、单位资助、社会赞助, of budget units to 公用经费 too.
    Sum(
        "four plans of an odd unit, the women's for women alone", HUBEI,
        Application(87, (HOSPITAL, ILLNESS, WOMEN, ACCIDENT), women=41, unit_kind="firm"),
        # 87×50.00 = 4,350.00; 87×30.00 = 2,610.00; 41×10.00 = 410.00; 87×20.00 = 1,740.00
        # 4,350.00 + 2,610.00 + 410.00 + 1,740.00 = 9,110.00
        911_000,
        ((HOSPITAL, 87, 435_000), (ILLNESS, 87, 261_000), (WOMEN, 41, 41_000),
         (ACCIDENT, 87, 174_000)),
        ((OWN, 911_000),), (SHARED,), FEES,
    ),
    Sum(
        "a budget unit may charge 公用经费", HUBEI,
        Application(3, (HOSPITAL,), women=0, unit_kind="institution"),
        15_000,  # 3×50.00
        ((HOSPITAL, 3, 15_000),), ((OWN, 15_000),),
        (("member", "union-funds", "welfare", "budget", "unit", "donation"),), FEES,
    ),
    Sum(
        "shares of one plan multiply that plan alone", HUBEI,
        Application(13, (HOSPITAL, ILLNESS, WOMEN), women=5, unit_kind="firm",
                    plan_shares=((ILLNESS, 3),)),
        # 13×50.00 = 650.00; 13×3×30.00 = 1,170.00; 5×10.00 = 50.00; together 1,870.00
        187_000,
        ((HOSPITAL, 13, 65_000), (ILLNESS, 13, 117_000), (WOMEN, 5, 5_000)),
        ((OWN, 187_000),), (SHARED,),
        FEES | {"plans.critical-illness.share_limits.default": 4},
    ),
    Sum(
        "a women's plan of a unit without women comes to nothing", HUBEI,
        Application(3, (HOSPITAL, WOMEN), women=0, unit_kind="firm"),
        15_000, ((HOSPITAL, 3, 15_000), (WOMEN, 0, 0)), ((OWN, 15_000),), (SHARED,), FEES,
    ),
    Sum(
        "who joins in mid-year pays the whole: the plan document gives a year of its own", HUBEI,
        Application(3, (HOSPITAL,), women=1, unit_kind="firm", addition=True,
                    at=moment("2024-07-03 09:00")),
        15_000, ((HOSPITAL, 3, 15_000),), ((OWN, 15_000),), (SHARED,), FEES,
    ),
    # 安阳市2023年度通知: 每人75元,上级工会补助25元,单位和职工共同筹集50元.
    Sum(
        "the whole year for an odd number", ANYANG, anyang(1_237),
        # 1,237×75.00 = 92,775.00; 1,237×25.00 = 30,925.00; 1,237×50.00 = 61,850.00
        9_277_500, (("medical", 1_237, 9_277_500),),
        ((UPPER, 3_092_500), (OWN, 6_185_000)), ((), MIXED),
    ),
    # 互助金从次月续缴至2023年12月31日, by twelfths: 75.00/12 = 6.25 a month, of which the union
    # bears a third (25 of 75); each person's part to the fen by the larger rest, times the people.
    Sum(
        "11 months", ANYANG, anyang(7, ends=ends(1)),
        # 68.75 a head: 22.9167 + 45.8333 = 22.92 + 45.83; ×7 = 481.25 = 160.44 + 320.81
        48_125, (("medical", 7, 48_125),), ((UPPER, 16_044), (OWN, 32_081)), ((), MIXED), months=11,
    ),
    Sum(
        "10 months", ANYANG, anyang(7, ends=ends(2)),
        # 62.50 a head: 20.8333 + 41.6667 = 20.83 + 41.67; ×7 = 437.50 = 145.81 + 291.69
        43_750, (("medical", 7, 43_750),), ((UPPER, 14_581), (OWN, 29_169)), ((), MIXED), months=10,
    ),
    Sum(
        "9 months", ANYANG, anyang(7, ends=ends(3, 31)),
        # 56.25 a head: 18.75 + 37.50; ×7 = 393.75 = 131.25 + 262.50
        39_375, (("medical", 7, 39_375),), ((UPPER, 13_125), (OWN, 26_250)), ((), MIXED), months=9,
    ),
    Sum(
        "8 months", ANYANG, anyang(7, ends=ends(4, 1)),
        # 50.00 a head: 16.6667 + 33.3333 = 16.67 + 33.33; ×7 = 350.00 = 116.69 + 233.31
        35_000, (("medical", 7, 35_000),), ((UPPER, 11_669), (OWN, 23_331)), ((), MIXED), months=8,
    ),
    Sum(
        "7 months", ANYANG, anyang(7, ends=ends(5)),
        # 43.75 a head: 14.5833 + 29.1667 = 14.58 + 29.17; ×7 = 306.25 = 102.06 + 204.19
        30_625, (("medical", 7, 30_625),), ((UPPER, 10_206), (OWN, 20_419)), ((), MIXED), months=7,
    ),
    Sum(
        "6 months", ANYANG, anyang(7, ends=ends(6, 30)),
        # 37.50 a head: 12.50 + 25.00; ×7 = 262.50 = 87.50 + 175.00
        26_250, (("medical", 7, 26_250),), ((UPPER, 8_750), (OWN, 17_500)), ((), MIXED), months=6,
    ),
    Sum(
        "5 months", ANYANG, anyang(7, ends=ends(7)),
        # 31.25 a head: 10.4167 + 20.8333 = 10.42 + 20.83; ×7 = 218.75 = 72.94 + 145.81
        21_875, (("medical", 7, 21_875),), ((UPPER, 7_294), (OWN, 14_581)), ((), MIXED), months=5,
    ),
    Sum(
        "4 months", ANYANG, anyang(7, ends=ends(8, 31)),
        # 25.00 a head: 8.3333 + 16.6667 = 8.33 + 16.67; ×7 = 175.00 = 58.31 + 116.69
        17_500, (("medical", 7, 17_500),), ((UPPER, 5_831), (OWN, 11_669)), ((), MIXED), months=4,
    ),
    Sum(
        "3 months", ANYANG, anyang(7, ends=ends(9)),
        # 18.75 a head: 6.25 + 12.50; ×7 = 131.25 = 43.75 + 87.50
        13_125, (("medical", 7, 13_125),), ((UPPER, 4_375), (OWN, 8_750)), ((), MIXED), months=3,
    ),
    Sum(
        "2 months", ANYANG, anyang(7, ends=ends(10)),
        # 12.50 a head: 4.1667 + 8.3333 = 4.17 + 8.33; ×7 = 87.50 = 29.19 + 58.31
        8_750, (("medical", 7, 8_750),), ((UPPER, 2_919), (OWN, 5_831)), ((), MIXED), months=2,
    ),
    Sum(
        "1 month", ANYANG, anyang(7, ends=ends(11, 30)),
        # 6.25 a head: 2.0833 + 4.1667 = 2.08 + 4.17; ×7 = 43.75 = 14.56 + 29.19
        4_375, (("medical", 7, 4_375),), ((UPPER, 1_456), (OWN, 2_919)), ((), MIXED), months=1,
    ),
    Sum(
        "no month is left of a cover that ends in December", ANYANG, anyang(7, ends=ends(12, 1)),
        0, (("medical", 7, 0),), ((UPPER, 0), (OWN, 0)), ((), MIXED), months=0,
    ),
    # 平湖市介绍: 每人每年50元,职工个人1元,市、镇(街道)两级工会合计49元; the weights are 演示.
    Sum(
        "weights that divide 49 yuan", PINGHU, pinghu(418, unit_kind="firm"),
        # 49.00×30/49 = 30.00, 49.00×19/49 = 19.00; ×418 = 12,540.00 + 7,942.00; 418×1.00
        2_090_000, (("inpatient", 418, 2_090_000),),
        (("member", 41_800), ("city-union", 1_254_000), ("town-union", 794_200)),
        (("member",), ("union-funds",), ()), {CITY: 30, TOWN: 19},
    ),
    Sum(
        "two to one leaves thirds of a fen, the larger rest takes the fen", PINGHU,
        pinghu(7, unit_kind="firm"),
        # 49.00×2/3 = 32.6667, ×1/3 = 16.3333: 32.67 + 16.33; ×7 = 228.69 + 114.31; 7×1.00
        35_000, (("inpatient", 7, 35_000),),
        (("member", 700), ("city-union", 22_869), ("town-union", 11_431)),
        (("member",), ("union-funds",), ()), {CITY: 2, TOWN: 1},
    ),
    Sum(
        "five to four leaves ninths", PINGHU, pinghu(23, unit_kind="firm"),
        # 49.00×5/9 = 27.2222, ×4/9 = 21.7778: 27.22 + 21.78; ×23 = 626.06 + 500.94; 23×1.00
        115_000, (("inpatient", 23, 115_000),),
        (("member", 2_300), ("city-union", 62_606), ("town-union", 50_094)),
        (("member",), ("union-funds",), ()), {CITY: 5, TOWN: 4},
    ),
    Sum(
        "who joins in mid-year pays the whole: no clause takes months off", PINGHU,
        pinghu(3, unit_kind="firm", addition=True, at=moment("2024-07-03 09:00"), year=2024),
        # 3×1.00 + 3×30.00 + 3×19.00 = 3.00 + 90.00 + 57.00
        15_000, (("inpatient", 3, 15_000),),
        (("member", 300), ("city-union", 9_000), ("town-union", 5_700)),
        (("member",), ("union-funds",), ()), {CITY: 30, TOWN: 19, "coverage.first_month": 1},
    ),
    # 北京市介绍: 持会员卡的会员免费.
    Sum(
        "all plans are free, and the city union bears the nothing", BEIJING, Application(9, FREE),
        0, tuple((plan, 9, 0) for plan in FREE), (("city-union", 0),), (("union-funds",),),
        {"coverage.first_month": 1},
    ),
    # 永定区介绍: 例中每人每年100元; 《岩声·工友》第14期: 企业、合同制职工36元. Both confirmed by
    # the head here. 大病补助 and the condolences come with 住院补助 and have no fee of their own.
    Sum(
        "an institution's people pay 100 yuan and its contract staff 36", YONGDING,
        Application(87, FOUR, unit_kind="institution", year=2023,
                    classes=(Crowd(13, 4, "contract"),), women=31),
        # (87 - 13)×100.00 = 7,400.00; 13×36.00 = 468.00; together 7,868.00
        786_800,
        (*((plan, 74, 740_000 if plan == "inpatient" else 0) for plan in FOUR),
         *((plan, 13, 46_800 if plan == "inpatient" else 0) for plan in FOUR)),
        ((OWN, 786_800),), (MIXED,), HUNDRED,
    ),
    Sum(
        "all people of a firm pay 36 yuan", YONGDING,
        Application(19, FOUR, unit_kind="firm", year=2023),
        68_400,  # 19×36.00 = 684.00
        tuple((plan, 19, 68_400 if plan == "inpatient" else 0) for plan in FOUR),
        ((OWN, 68_400),), (MIXED,), HUNDRED,
    ),
    Sum(
        "who joins in mid-year pays the whole: no clause takes months off either", YONGDING,
        Application(3, FOUR, unit_kind="social", year=2023, addition=True,
                    at=moment("2023-07-03 09:00"), classes=(Crowd(1, 0, "contract"),), women=0),
        # 2×100.00 + 1×36.00
        23_600,
        (*((plan, 2, 20_000 if plan == "inpatient" else 0) for plan in FOUR),
         *((plan, 1, 3_600 if plan == "inpatient" else 0) for plan in FOUR)),
        ((OWN, 23_600),), (MIXED,), HUNDRED,
    ),
)  # fmt: skip


def known(name: str, figures: dict[str, int]) -> Scheme:
    confirmed = {
        key: Figure(value, FigureState.CONFIRMED, "演示文件") for key, value in figures.items()
    }
    if name == ANYANG:
        confirmed["coverage.renewal.year_months"] = Figure(12, FigureState.CONFIRMED, "演示文件")
    return with_figures(scheme_named(name), confirmed)


@pytest.mark.parametrize("row", SUMS, ids=[f"{one.scheme}: {one.name}" for one in SUMS])
def test_an_application_comes_to_what_its_clauses_say_to_the_fen(
    row: Sum, calendar: WorkCalendar
) -> None:
    scheme = known(row.scheme, row.figures)
    found = quote(scheme, row.asked, calendar)
    assert (found.ok, found.total_fen, found.months) == (True, row.total, row.months)
    assert set(found.to_confirm) <= {"coverage.first_month"}  # which moves days, not money
    assert tuple((one.plan_id, one.people, one.total_fen) for one in found.lines) == row.plans
    assert tuple((part.payer, part.fen) for part in found.parts) == row.payers
    assert sum(fen for _plan, _people, fen in row.plans) == row.total
    assert sum(fen for _payer, fen in row.payers) == row.total
    kind = row.asked.unit_kind or "firm"
    offered = (channels_for(scheme.funding, payer, kind) for payer, _fen in row.payers)
    assert tuple(tuple(one.id for one in channels) for channels in offered) == row.accounts


@dataclass(frozen=True)
class Open:
    """An application that hangs on a figure no source gives."""

    name: str
    scheme: str
    asked: Application
    keys: tuple[str, ...]
    reading: int | None  # the obvious one, shown as 待核对; None where there is none


OPEN = (
    # 咸丰县2024年通知 names no fee.
    Open(
        "no fee, no number", HUBEI, Application(87, (HOSPITAL,), women=41, unit_kind="government"),
        ("plans.hospital.fee_fen",), None,
    ),
    Open(
        "one fee of two is not enough for a number", HUBEI,
        Application(87, (HOSPITAL, ACCIDENT), women=41, unit_kind="government"),
        ("plans.hospital.fee_fen", "plans.accident.fee_fen"), None,
    ),
    # 按月折算的算法没有写明: 7×31.25 = 218.75 is the reading by twelfths.
    Open(
        "a formula that nobody wrote down", ANYANG, anyang(7, ends=ends(7)),
        ("coverage.renewal.year_months",), 21_875,
    ),
    # 来源只给两级工会合计49元: 7×50.00 stand firm, who bears what of 49 does not.
    Open(
        "weights that only hold a place", PINGHU, pinghu(7),
        (CITY, TOWN, "coverage.first_month"), 35_000,
    ),
    # 例中每人每年100元;企业、机关事业等类别标准不同,待核对: 7×100.00 is what the example says.
    Open(
        "a fee that stands in an example", YONGDING,
        Application(7, FOUR, unit_kind="institution", classes=(Crowd(0, 0, "contract"),), women=0),
        ("plans.inpatient.fee_fen", "coverage.first_month"), 70_000,
    ),
    Open(
        "the free plans still wait for the month they begin in", BEIJING, Application(9, FREE),
        ("coverage.first_month",), 0,
    ),
)  # fmt: skip


@pytest.mark.parametrize("row", OPEN, ids=[f"{one.scheme}: {one.name}" for one in OPEN])
def test_a_figure_to_confirm_leaves_no_amount_or_one_marked_so(
    row: Open, calendar: WorkCalendar
) -> None:
    found = quote(scheme_named(row.scheme), row.asked, calendar)
    assert (found.estimate, found.to_confirm, found.total_fen) == (True, row.keys, row.reading)
    if row.reading is None:
        assert (found.ok, found.lines, found.parts, found.heads) == (False, (), (), ())


def test_one_confirmed_fee_of_two_still_gives_no_number(calendar: WorkCalendar) -> None:
    scheme = known(HUBEI, {"plans.hospital.fee_fen": 5_000})
    found = quote(scheme, Application(3, (HOSPITAL, ACCIDENT), women=0), calendar)
    assert (found.ok, found.total_fen, found.parts) == (False, None, ())
    assert found.to_confirm == ("plans.accident.fee_fen",)


REFUSED = (
    # 2023年新参加的职工在集中办理时间内办理 (2022年11月11日8:00至12月10日17:00).
    ("people who join in mid-year", ANYANG,
     anyang(2, addition=True, at=moment("2023-05-10 10:00"), year=2023), "window-closed"),
    ("a second share of what has no shares", ANYANG, anyang(3, shares=2), "shares"),
    # 每人每项每年限购一份.
    ("a second share of a budget unit", HUBEI,
     Application(3, (HOSPITAL,), women=0, shares=2, unit_kind="government"), "shares"),
    ("a women's plan for nobody knows how many", HUBEI,
     Application(3, (WOMEN,), unit_kind="firm"), "women-missing"),
    ("a condolence without the plan it comes with", YONGDING,
     Application(3, FOUR[2:3], unit_kind="firm", year=2023), "plan-not-allowed"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "scheme", "asked", "code"), REFUSED, ids=[f"{one[1]}: {one[0]}" for one in REFUSED]
)
def test_what_is_refused_has_no_amount(
    name: str, scheme: str, asked: Application, code: str, calendar: WorkCalendar
) -> None:
    figures = {HUBEI: FEES, YONGDING: HUNDRED}.get(scheme, {})
    found: Quote = quote(known(scheme, figures), asked, calendar)
    assert code in codes(found), name
    assert (found.ok, found.total_fen, found.lines, found.parts) == (False, None, (), ())
