"""Invented bank statements of a county's drive, with what every line was truly paid for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop_app.domain.matching.values import Line, Owed

FEE = 5_000
COUNTS = (5, 10, 10, 10, 12, 20, 20, 35, 86, 107)  # of people: many units owe the same
KINDS = ("小学", "初级中学", "镇人民政府", "水厂", "卫生院", "林业站", "供销社", "敬老院")
PLACES = ("清溪", "安平", "城关", "东河", "石桥", "白云", "大同", "柳林", "南湖", "北山", "双岭")
SURNAMES = "张王李赵陈杨黄周吴徐"
YEAR = 2027  # whose drive it is
GENERAL = ("", "职工互助会费", "会费", "转账", "2027年度会费", "2026年11月互助金")
OTHER_MONEY = ("上缴2026年四季度工会经费", "工会经费", "食堂承包费退还", "交党费", "房租", "捐款")


@dataclass
class World:
    """What the office's ledger says, and what units did; `truth` is known to the test alone."""

    draw: random.Random
    owed: list[Owed] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    truth: dict[int, dict[int, int]] = field(default_factory=dict)
    fees: set[int] = field(default_factory=set)  # lines that pay, rightly and in full, what is due

    def add(self, fen: int, payer: tuple[str, str], memo: str, **more: object) -> Line:
        number = len(self.lines) + 1
        day = date(2026, 11, 1) + timedelta(days=self.draw.randrange(28))
        line = Line(number, day, fen, *payer, memo)
        line = replace(line, **more)  # type: ignore[arg-type]
        self.lines.append(line)
        self.truth[line.id] = {}
        return line

    def pays(self, line: Line, parts: dict[int, int], *, whole: bool = True) -> None:
        self.truth[line.id] = parts
        if whole:
            self.fees.add(line.id)

    def general(self) -> str:
        return self.draw.choice(GENERAL)


def statement(seed: int) -> World:
    """A statement of one county, of some tens of units."""
    draw = random.Random(seed)
    world = World(draw)
    names = _names(draw, draw.randint(12, 50))
    treasuries = draw.randint(0, 2)
    for name in names:
        _open(world, name)
    free = list(world.owed)
    for number in range(treasuries):
        size = draw.randint(2, max(2, len(free) // 3))
        schools, free = free[:size], free[size:]
        _treasury(world, number, schools)
    for one in free:
        _own(world, world.owed[one.id - 1])
    _noise(world)
    draw.shuffle(world.lines)
    draw.shuffle(world.owed)
    return world


def _names(draw: random.Random, count: int) -> list[str]:
    """Some stand within another's name, some are another's branch."""
    plain = [f"{place}{kind}" for place in PLACES for kind in KINDS]
    names = draw.sample(plain, count)
    nested = [f"明山县{names[0]}", f"{names[1]}分校", f"新{names[2]}"]
    return [*names, *draw.sample(nested, draw.randint(0, 3))]


def _open(world: World, name: str) -> None:
    draw, number = world.draw, len(world.owed) + 1
    former = (f"原{name}联合会",) if draw.random() < 0.1 else ()
    account = (f"4200{number:08d}",) if draw.random() < 0.5 else ()
    people = draw.choice((draw.choice(COUNTS), draw.randint(5, 300)))
    fen = 0 if draw.random() < 0.1 else FEE * people
    numbers, business_no = (notice(number),), f"HB27{number:06d}"
    world.owed.append(
        Owed(number, number, (name, *former), fen, (), account, numbers, business_no, YEAR)
    )


def notice(number: int) -> str:
    return f"TZ-A-2027-{number:05d}"


def _change(world: World, one: Owed, **more: object) -> Owed:
    made = replace(one, **more)  # type: ignore[arg-type]
    world.owed[one.id - 1] = made
    return made


# Units that pay for themselves, each in one of these ways.


def _payer(world: World, one: Owed) -> tuple[str, str]:
    """The unit's own name and account, as some bank writes them."""
    draw, account = world.draw, one.accounts[0] if one.accounts else ""
    written = [one.name, _wide(one.name), f" {one.name} ", *one.names[1:]]
    if account:
        written += [one.name[:-1], f"湖北省{one.name}"]
    elif draw.random() < 0.3:
        account = f"9900{draw.randrange(10**8):08d}"
    told = account if account in one.accounts else draw.choice((account, account, ""))
    return draw.choice(written), told


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _typed(world: World, number: str) -> str:
    """A number as somebody types it."""
    written = (
        number, number.lower(), number.replace("-", ""), number.replace("-", " "), _wide(number),
        f"通知书{number}号", f"{number} 会费10人", f"会费/{number}",
    )  # fmt: skip
    return world.draw.choice(written)


def _plainly(world: World, one: Owed) -> None:
    memo = world.draw.choice((world.general(), _typed(world, one.numbers[0]), f"{one.name}会费"))
    line = world.add(one.fen, _payer(world, one), memo)
    world.pays(line, {one.id: one.fen})


def _wrong_number(world: World, one: Owed) -> None:
    other = world.draw.choice(world.owed)
    line = world.add(one.fen, _payer(world, one), _typed(world, other.numbers[0]))
    world.pays(line, {one.id: one.fen})


def _partly(world: World, one: Owed) -> None:
    first = FEE * world.draw.randint(1, max(1, one.fen // FEE - 1))
    payer = _payer(world, one)
    line = world.add(first, payer, world.general())
    world.pays(line, {one.id: first}, whole=False)
    if world.draw.random() < 0.5 and first < one.fen:
        rest = world.add(one.fen - first, payer, world.general())
        world.pays(rest, {one.id: one.fen - first})
        world.fees.add(line.id)


def _too_much(world: World, one: Owed) -> None:
    line = world.add(one.fen + FEE * world.draw.randint(1, 5), _payer(world, one), world.general())
    world.pays(line, {one.id: one.fen}, whole=False)


def _twice(world: World, one: Owed) -> None:
    for _time in range(2):  # which of them is the one too many, nobody can say
        world.add(one.fen, _payer(world, one), world.general())


def _privately(world: World, one: Owed) -> None:
    draw = world.draw
    person = draw.choice(SURNAMES) + draw.choice("建国春华秀英") + draw.choice(("", "军", "兰"))
    memo = draw.choice((_typed(world, one.numbers[0]), f"代{one.name}缴", world.general()))
    world.add(one.fen, (person, f"6222{draw.randrange(10**12):012d}"), memo)


def _by_a_sister(world: World, one: Owed) -> None:
    """Another unit pays for it and says so."""
    other = world.draw.choice(world.owed)
    if other.id == one.id:
        return
    memo = world.draw.choice((f"代{one.name}", _typed(world, one.numbers[0])))
    line = world.add(one.fen, (other.name, ""), memo)
    world.pays(line, {one.id: one.fen})


def _by_a_stranger(world: World, one: Owed) -> None:
    """A payer whom nobody has written down; its number may be another's."""
    right = world.draw.random() < 0.6
    number = one.numbers[0] if right else world.draw.choice(world.owed).numbers[0]
    line = world.add(one.fen, ("某某财务结算中心(演示)", ""), _typed(world, number))
    world.pays(line, {one.id: one.fen})


def _taken_back(world: World, one: Owed) -> None:
    world.add(one.fen, _payer(world, one), world.general(), undone=True)
    if world.draw.random() < 0.7:
        _plainly(world, one)


def _for_something_else(world: World, one: Owed) -> None:
    """Its own money, of just what it owes, that is no contribution; at times it pays as well."""
    world.add(one.fen, _payer(world, one), world.draw.choice(OTHER_MONEY))
    if world.draw.random() < 0.5:
        _plainly(world, one)


def _for_the_year_before(world: World, one: Owed) -> None:
    """What nobody booked then: an old line, or one whose memo says so."""
    draw, payer = world.draw, _payer(world, one)
    if draw.random() < 0.4:
        memo = draw.choice(
            (f"{YEAR - 1}年度互助会费", f"TZ-A-{YEAR - 1}-{draw.randint(1, 60):05d}")
        )
        world.add(one.fen, payer, memo)
    else:
        before = date(YEAR - 1, 1, 1) + timedelta(days=draw.randrange(-400, 180))
        world.add(one.fen, payer, world.general(), day=before)
    if draw.random() < 0.5:
        _plainly(world, one)


def _not_at_all(_world: World, _one: Owed) -> None:
    pass


def _two_cases(world: World, one: Owed) -> None:
    """The unit adds people in the middle of the year; a transfer pays for both, or one for each."""
    number = len(world.owed) + 1
    more = replace(one, id=number, fen=FEE * world.draw.randint(1, 3), numbers=(notice(number),),
                   business_no="")  # fmt: skip
    world.owed.append(more)
    payer = _payer(world, one)
    if world.draw.random() < 0.5 and one.fen != more.fen:
        for each in (one, more):
            line = world.add(each.fen, payer, _typed(world, each.numbers[0]))
            world.pays(line, {each.id: each.fen})
    else:
        line = world.add(one.fen + more.fen, payer, world.general())
        world.pays(line, {one.id: one.fen, more.id: more.fen})


WAYS: tuple[tuple[int, Callable[[World, Owed], None]], ...] = (
    (50, _plainly), (6, _wrong_number), (6, _partly), (3, _too_much), (4, _twice), (4, _privately),
    (4, _by_a_sister), (6, _by_a_stranger), (4, _taken_back), (9, _not_at_all), (4, _two_cases),
    (3, _for_something_else), (3, _for_the_year_before),
)  # fmt: skip


def _own(world: World, one: Owed) -> None:
    if not one.fen:
        if world.draw.random() < 0.3:  # pays again what is paid
            world.add(FEE * 10, _payer(world, one), world.general())
        return
    weights, ways = zip(*WAYS, strict=True)
    world.draw.choices(ways, weights)[0](world, one)


# A treasury that pays for several schools, of which the ledger may know some only.


def _treasury(world: World, number: int, schools: list[Owed]) -> None:
    draw = world.draw
    payer = f"明山县财政局国库支付{'一二三'[number]}科(演示)", f"1700{number:08d}"
    known = []
    for school in schools:
        if draw.random() < 0.9:
            school = _change(world, school, payers=(payer[0],), accounts=(payer[1],))  # noqa: PLW2901
        known.append(school)
    owing = [one for one in known if one.fen]
    if draw.random() < 0.15:
        payer = payer[0], ""
    if owing:
        draw.choice(TREASURY)(world, payer, owing)


Payer = tuple[str, str]


def _pay_for(world: World, payer: Payer, schools: list[Owed], memo: str) -> None:
    if schools:
        line = world.add(sum(one.fen for one in schools), payer, memo)
        world.pays(line, {one.id: one.fen for one in schools})


def _all_of_them(world: World, payer: Payer, schools: list[Owed]) -> None:
    _pay_for(world, payer, schools, world.draw.choice((world.general(), "各学校会费")))


def _numbered(world: World, payer: Payer, schools: list[Owed]) -> None:
    some = world.draw.sample(schools, world.draw.randint(1, min(6, len(schools))))
    _pay_for(world, payer, some, "、".join(one.numbers[0] for one in some))


def _misnumbered(world: World, payer: Payer, schools: list[Owed]) -> None:
    some = world.draw.sample(schools, world.draw.randint(1, min(4, len(schools))))
    numbers = [one.numbers[0] for one in some]
    numbers[0] = world.draw.choice(world.owed).numbers[0]
    _pay_for(world, payer, some, "、".join(numbers))


def _named(world: World, payer: Payer, schools: list[Owed]) -> None:
    some = world.draw.sample(schools, world.draw.randint(1, min(4, len(schools))))
    _pay_for(world, payer, some, f"代{'、'.join(one.name for one in some)}缴会费")


def _some_of_them(world: World, payer: Payer, schools: list[Owed]) -> None:
    some = world.draw.sample(schools, world.draw.randint(1, len(schools)))
    _pay_for(world, payer, some, world.general())


def _one_by_one(world: World, payer: Payer, schools: list[Owed]) -> None:
    for one in schools:
        memo = world.draw.choice((one.name, _typed(world, one.numbers[0]), world.general()))
        _pay_for(world, payer, [one], memo)


def _in_two(world: World, payer: Payer, schools: list[Owed]) -> None:
    half = len(schools) // 2
    _pay_for(world, payer, schools[:half], world.general())
    _pay_for(world, payer, schools[half:], world.general())


def _less(world: World, payer: Payer, schools: list[Owed]) -> None:
    """The whole group, one school with fewer people than it owes for."""
    parts = {one.id: one.fen for one in schools}
    parts[schools[0].id] -= FEE
    fen = sum(parts.values())
    if fen:
        world.pays(world.add(fen, payer, world.general()), parts, whole=False)


TREASURY: tuple[Callable[[World, Payer, list[Owed]], None], ...] = (
    _all_of_them, _all_of_them, _numbered, _numbered, _misnumbered, _named, _some_of_them,
    _one_by_one, _in_two, _less,
)  # fmt: skip


def _noise(world: World) -> None:
    """Interest, gifts, a refund of ours that came back, a unit that is not in the ledger."""
    draw = world.draw
    for fen, payer, memo in (
        (draw.randint(1, 90_000), ("", ""), "结息"),
        (FEE * draw.choice(COUNTS), ("明山县慈善会(演示)", ""), "捐赠"),
        (FEE * draw.choice(COUNTS), (draw.choice(world.owed).name, ""), "退汇 账号有误"),
        (FEE * draw.choice(COUNTS), ("远方建筑公司(演示)", "3300"), world.general()),
    ):
        if draw.random() < 0.4:
            world.add(fen, payer, memo)
