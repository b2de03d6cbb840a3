"""Bank lines and what is owed: each line once, strong signs before weak, nothing guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.matching.evidence import is_person, numbers_in
from desktop_app.domain.matching.proposals import propose
from desktop_app.domain.matching.sums import only_way
from desktop_app.domain.matching.values import Line, Owed, Part, Proposal, State

DAY = date(2026, 11, 3)
SCHOOL = Owed(1, 1, ("清溪小学(演示)",), 50_000, (), ("4200001",), ("TZ-A-2027-00001",))
CLINIC = Owed(
    2, 2, ("安平卫生院", "原安平诊所联合会"), 35_000, (), (), ("TZ-A-2027-00002",), "HB270002"
)
WORKS = Owed(3, 3, ("石桥水厂",), 50_000, (), (), ("TZ-A-2027-00003",))
TREASURY = "明山县国库支付中心"
OWN = "清溪小学(演示)", "4200001"


def line(fen: int, payer: tuple[str, str] = ("", ""), memo: str = "", number: int = 1) -> Line:
    return Line(number, DAY, fen, *payer, memo)


def single(money: Line, *owed: Owed) -> Proposal:
    (made,) = propose([money], owed or (SCHOOL, CLINIC, WORKS))
    return made


def told(made: Proposal) -> tuple[State, bool, list[tuple[int, int]]]:
    return made.state, made.certain, [(part.owed, part.fen) for part in made.parts]


@pytest.mark.parametrize(
    ("payer", "memo"),
    [
        (OWN, ""),
        (("清溪小学(演示)", ""), "会费"),
        (("　清溪小学（演示） ", "4200001"), "通知书tz a 2027 00001"),
        (("清溪小学", "4200001"), ""),  # cut off by the bank, under the account that is known
        (("", "4200001"), ""),
        (OWN, "清溪小学(演示)2027年度会费"),
    ],
)
def test_who_pays_for_itself_just_what_it_owes_is_matched(
    payer: tuple[str, str], memo: str
) -> None:
    made = single(line(50_000, payer, memo))
    assert told(made) == (State.EXACT, True, [(1, 50_000)])
    assert (made.remainder_fen, made.shortfall_fen, made.candidates) == (0, 0, (1,))


@pytest.mark.parametrize(
    ("day", "memo", "doubt"),
    [
        (DAY, "2026年度互助会费", "摘要写的是2026年的,应缴的是2027年的。"),
        (DAY, "上缴工会经费", "摘要写的是互助金以外的钱。"),
        (DAY, "食堂承包费退还", "摘要写的是互助金以外的钱。"),
        (DAY, "tz-a-2026-00001", "摘要里的编号TZA202600001不是应缴的申请里任何一份的。"),
        (date(2019, 3, 1), "会费", "钱是2019年3月1日到的,对2027年的缴费来说太早。"),
        (date(2026, 6, 30), "会费", "钱是2026年6月30日到的,对2027年的缴费来说太早。"),
    ],
)
def test_another_years_money_and_other_money_is_never_matched_for_certain(
    day: date, memo: str, doubt: str
) -> None:
    owed = replace(SCHOOL, year=2027)
    made = single(replace(line(50_000, OWN, memo), day=day), owed)
    assert (made.certain, made.parts, made.candidates) == (False, (), (1,))
    assert doubt in made.reasons


@pytest.mark.parametrize(
    "memo",
    [
        "2026年11月会费",
        "2027年度",
        "2026-2027年度会费",
        "工会经费列支职工互助金",
        "TZ-A-2027-00001 10人",
    ],
)
def test_a_memo_of_the_years_own_contribution_is_no_doubt(memo: str) -> None:
    assert single(line(50_000, OWN, memo), replace(SCHOOL, year=2027)).certain


def test_other_money_is_in_no_contributions_way() -> None:
    other, fee = line(50_000, OWN, "交党费"), line(50_000, OWN, "互助会费", number=2)
    assert [(one.lines, one.certain) for one in propose([other, fee], [SCHOOL])] == [
        ((2,), True),
        ((1,), False),
    ]


def test_a_name_that_the_unit_had_is_its_name() -> None:
    assert told(single(line(35_000, ("原安平诊所联合会", "")))) == (
        State.EXACT,
        True,
        [(2, 35_000)],
    )


def test_every_sign_is_told_in_words() -> None:
    made = single(line(50_000, OWN, "清溪小学(演示) TZ-A-2027-00001"))
    assert made.reasons == (
        "摘要里写着“清溪小学(演示)”的通知书号或业务号。",
        "付款账号尾号0001,是“清溪小学(演示)”登记的。",
        "付款户名就是单位名称:“清溪小学(演示)”。",
        "500.00元,和应缴的相符。",
    )
    named = single(line(50_000, OWN, "清溪小学(演示)会费"))
    assert "摘要写着“清溪小学(演示)”。" in named.reasons


@pytest.mark.parametrize(
    ("fen", "state", "parts", "rest", "short", "words"),
    [
        (30_000, State.SHORT, [(1, 30_000)], 0, 20_000, "300.00元,比应缴的500.00元少200.00元。"),
        (60_000, State.OVER, [(1, 50_000)], 10_000, 0, "600.00元,比应缴的500.00元多100.00元。"),
    ],
)
def test_another_amount_has_a_state_of_its_own_and_is_judged(
    fen: int, state: State, parts: list[tuple[int, int]], rest: int, short: int, words: str
) -> None:
    made = single(line(fen, OWN))
    assert told(made) == (state, False, parts)
    assert (made.remainder_fen, made.shortfall_fen, made.reasons[-1]) == (rest, short, words)


def test_money_for_what_is_paid_already_is_repeated() -> None:
    made = single(line(50_000, OWN), replace(SCHOOL, fen=0))
    assert told(made) == (State.REPEATED, False, [])
    assert made.reasons[-1] == "应缴的已经缴清,500.00元是重复缴的。"


def test_two_transfers_of_the_whole_amount_are_not_told_apart() -> None:
    (made,) = propose([line(50_000, OWN), line(50_000, OWN, number=2)], [SCHOOL])
    assert told(made) == (State.REPEATED, False, [(1, 50_000)])
    assert (made.lines, made.remainder_fen) == ((1, 2), 50_000)


def test_instalments_that_make_up_the_amount_are_matched_together() -> None:
    (made,) = propose([line(20_000, OWN), line(30_000, OWN, number=2)], [SCHOOL, WORKS])
    assert told(made) == (State.EXACT, True, [(1, 20_000), (1, 30_000)])
    assert made.reasons[-1] == "2笔合计500.00元,和应缴的相符。"


@pytest.mark.parametrize(
    ("payer", "memo", "doubt"),
    [
        (OWN, "TZ-A-2027-00003",
         "摘要里的编号是“石桥水厂”的,付款的却是“清溪小学(演示)”登记的付款人。"),
        (("石桥水厂", "4200001"), "",
         "付款账号是“清溪小学(演示)”登记的,付款户名却是“石桥水厂”的。"),
        (OWN, "代石桥水厂", "摘要写着“石桥水厂”,付款的却是“清溪小学(演示)”登记的付款人。"),
        (("某局", ""), "TZ-A-2027-00001 石桥水厂",
         "摘要里的编号是“清溪小学(演示)”的,摘要却写着“石桥水厂”。"),
        (("张建国", ""), "TZ-A-2027-00001", "付款户名“张建国”像是个人。"),
    ],
)  # fmt: skip
def test_signs_that_speak_against_each_other_are_judged(
    payer: tuple[str, str], memo: str, doubt: str
) -> None:
    made = single(line(50_000, payer, memo))
    assert (made.state, made.certain, made.parts) == (State.UNCLEAR, False, ())
    assert doubt in made.reasons
    assert made.remainder_fen == 50_000


def test_a_line_in_doubt_holds_the_others_for_the_same_application() -> None:
    wrong = line(50_000, ("石桥水厂", ""), "TZ-A-2027-00001")
    made = propose([wrong, line(50_000, OWN, number=2)], [SCHOOL, WORKS])
    assert [one.certain for one in made] == [False, False]
    assert told(made[1]) == (State.EXACT, False, [(1, 50_000)])


def test_a_number_alone_is_believed_where_nothing_else_is_owed_like_it() -> None:
    stranger = "财务结算中心", ""
    assert single(line(35_000, stranger, "HB270002")).certain
    typed_wrong = single(line(50_000, stranger, "TZ-A-2027-00003"))  # the school owes as much
    assert told(typed_wrong) == (State.EXACT, False, [(3, 50_000)])


def test_a_stranger_who_names_a_unit_is_judged() -> None:
    made = single(line(35_000, ("财务结算中心", ""), "代安平卫生院缴"))
    assert told(made) == (State.EXACT, False, [(2, 35_000)])


@pytest.mark.parametrize(
    ("memo", "named"),
    [
        ("安平卫生院会费", (2,)),
        ("代缴:安平卫生院", (2,)),
        ("安平卫生院分院", ()),
        ("新安平卫生院", ()),  # another's name, of which it is a part
        ("第二安平卫生院、清溪小学(演示)", (1,)),
    ],
)
def test_a_name_within_another_name_is_not_that_unit(memo: str, named: tuple[int, ...]) -> None:
    made = single(line(7, ("某局", ""), memo))
    assert made.candidates == named


def test_a_name_of_few_characters_is_not_looked_for_in_words() -> None:
    short = Owed(8, 8, ("水厂",), 7_700)
    assert single(line(7_700, ("水厂", "")), short, WORKS).certain
    assert single(line(7, ("某局", ""), "水厂会费"), short, WORKS).candidates == ()


def test_a_payer_who_says_nothing_better_is_of_nobody() -> None:
    made = single(line(35_000, ("远方公司", "")))
    assert told(made) == (State.UNCLEAR, False, [])
    assert made.candidates == (2,)
    assert made.reasons == (
        "没有编号、账号或户名能认出是哪家的。", "350.00元和“安平卫生院”的应缴金额相同。",
    )  # fmt: skip
    nobody = single(line(7, ("", "")))
    assert (nobody.state, nobody.candidates) == (State.UNKNOWN, ())
    near = single(line(7, ("明山县安平卫生院", "")))
    assert (near.state, near.candidates) == (State.UNCLEAR, (2,))


@pytest.mark.parametrize("more", [{"undone": True}, {"memo": "退汇 账号有误"}])
def test_money_taken_back_or_come_back_is_no_fee_and_holds_nobody(more: dict[str, object]) -> None:
    back = replace(line(50_000, OWN, number=2), **more)  # type: ignore[arg-type]
    first, second = propose([back, line(50_000, OWN)], [SCHOOL])
    assert told(first) == (State.EXACT, True, [(1, 50_000)])
    assert told(second) == (State.NO_FEE, False, [])
    assert second.candidates == (1,)


def schools(count: int, *, fen: int = 50_000, accounts: bool = True) -> list[Owed]:
    return [
        Owed(
            number, number, (f"第{number}实验小学",), fen + 1_000 * number, (TREASURY,),
            ("1700",) if accounts else (), (f"TZ-A-2027-{number:05d}",),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def test_one_transfer_of_a_treasury_pays_for_forty_schools() -> None:
    owed = schools(40)
    whole = sum(one.fen for one in owed)
    made = single(line(whole, (TREASURY, "1700"), "各学校会费"), *owed)
    assert told(made) == (State.EXACT, True, [(one.id, one.fen) for one in owed])
    assert "付款账号尾号1700,是“第1实验小学”等40份申请登记的。" in made.reasons


def test_a_treasury_may_mean_a_unit_whose_payer_nobody_knows() -> None:
    owed = schools(3)
    late = replace(owed[0], id=9, unit=9, names=("晚报小学",), payers=(), accounts=(), numbers=())
    made = single(line(sum(one.fen for one in owed), (TREASURY, "1700")), *owed, late)
    assert (made.state, made.certain, len(made.parts)) == (State.EXACT, False, 3)


def test_a_treasury_that_tells_the_numbers_or_the_names_is_matched() -> None:
    owed = schools(5)
    for memo in ("TZ-A-2027-00002、TZ-A-2027-00004", "代第2实验小学、第4实验小学缴会费"):
        made = single(line(106_000, (TREASURY, "1700"), memo), *owed)
        assert told(made) == (State.EXACT, True, [(2, 52_000), (4, 54_000)])


def test_a_treasury_that_tells_nothing_is_judged_with_what_fits() -> None:
    owed = schools(3)
    only = single(line(103_000, (TREASURY, "1700")), *owed)  # 1 and 2
    assert told(only) == (State.EXACT, False, [(1, 51_000), (2, 52_000)])
    two_ways = single(line(51_000, (TREASURY, "1700")), *owed, replace(owed[0], id=4))
    assert told(two_ways) == (State.UNCLEAR, False, [])
    none = single(line(1_000, (TREASURY, "1700")), *owed)
    assert told(none) == (State.UNCLEAR, False, [])
    assert none.reasons[-1] == "付款人替几份申请付款,凭金额认不出是哪几份。"
    assert single(line(51_000, (TREASURY, "1700")), owed[0]).certain is False


def test_two_applications_of_one_unit_are_told_apart_by_their_amounts() -> None:
    more = replace(SCHOOL, id=4, fen=10_000, numbers=("TZ-A-2027-00004",))
    assert told(single(line(10_000, OWN), SCHOOL, more)) == (State.EXACT, True, [(4, 10_000)])
    both = single(line(60_000, OWN, "清溪小学(演示)"), SCHOOL, more)
    assert told(both) == (State.EXACT, True, [(1, 50_000), (4, 10_000)])
    same = replace(more, fen=50_000)
    assert told(single(line(50_000, OWN), SCHOOL, same)) == (State.UNCLEAR, False, [])


def test_less_money_than_several_owe_is_filled_in_their_order() -> None:
    owed = schools(2)
    made = single(line(60_000, (TREASURY, "1700"), "TZ-A-2027-00001 TZ-A-2027-00002"), *owed)
    assert told(made) == (State.SHORT, False, [(1, 51_000), (2, 9_000)])
    assert made.shortfall_fen == 43_000


def test_numbers_are_read_however_they_are_typed() -> None:
    for text in (
        "TZ-A-2027-00001",
        "ｔｚ－Ａ－2027－00001",
        "no.TZ A 2027 00001",
        "单TZA202700001号",
    ):
        assert "TZA202700001" in set(numbers_in(text)), text
    assert "TZA202700001" not in set(numbers_in("TZ-A-2027-000012"))


def test_a_person_is_told_from_a_unit_by_the_name() -> None:
    assert is_person("张建国")
    assert not any(map(is_person, ("张村小学", "水厂", "明山县演示", "")))


def test_a_sum_is_made_up_in_one_way_or_in_several_or_nobody_can_tell() -> None:
    assert only_way({1: 5, 2: 7, 3: 0, 4: 99}, 12) == {1, 2}
    assert only_way({1: 5, 2: 7}, 6) is None
    assert only_way({1: 4, 2: 6}, 7) is None
    assert only_way({1: 9}, 7) is None
    assert only_way({1: 5, 2: 5, 3: 5}, 10) is None
    assert only_way({1: 1, 2: 2**28}, 2**28 + 1) is None  # more sums than anybody looks through


@given(
    amounts=st.dictionaries(st.integers(1, 9), st.integers(0, 12), max_size=7),
    total=st.integers(1, 40),
)
def test_the_one_way_is_what_trying_all_of_them_finds(amounts: dict[int, int], total: int) -> None:
    keys = [key for key, amount in amounts.items() if amount]
    found = [
        frozenset(some)
        for size in range(1, len(keys) + 1)
        for some in combinations(keys, size)
        if sum(amounts[key] for key in some) == total
    ]
    assert only_way(amounts, total) == (found[0] if len(found) == 1 else None)


NAMES = ("清溪小学", "安平小学", "安平小学分校", "石桥水厂", TREASURY, "张建国", "")
ACCOUNTS = ("", "4200001", "4200002", "1700")
NUMBERS = tuple(f"TZ-A-2027-0000{number}" for number in range(1, 5))
AMOUNTS = st.sampled_from((1, 5_000, 10_000, 10_000, 15_000, 20_000))


@st.composite
def owing(draw: st.DrawFn) -> list[Owed]:
    return [
        Owed(
            number,
            draw(st.integers(1, 4)),
            (draw(st.sampled_from(NAMES[:4])),),
            draw(st.one_of(AMOUNTS, st.just(0))),
            draw(st.sampled_from(((), (TREASURY,)))),
            draw(st.sampled_from(((), ("4200001",), ("4200002",), ("1700",)))),
            draw(st.sampled_from(((), *((one,) for one in NUMBERS)))),
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    ]


@st.composite
def coming(draw: st.DrawFn) -> list[Line]:
    memos = st.sampled_from(
        ("", "会费", "退汇", *NUMBERS, *NAMES[:4], f"{NUMBERS[0]} {NUMBERS[1]}")
    )
    return [
        Line(
            number, DAY, draw(AMOUNTS), draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(ACCOUNTS)), draw(memos), "", draw(st.booleans()) and number == 3,
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    ]  # fmt: skip


@given(lines=coming(), owed=owing(), data=st.data())
def test_no_order_of_lines_or_applications_changes_what_is_proposed(
    lines: list[Line], owed: list[Owed], data: st.DataObject
) -> None:
    expected = propose(lines, owed)
    mixed = data.draw(st.permutations(lines)), data.draw(st.permutations(owed))
    assert propose(*mixed) == expected


@given(lines=coming(), owed=owing())
def test_all_the_statements_money_is_proposed_once_and_nothing_is_paid_beyond_its_due(
    lines: list[Line], owed: list[Owed]
) -> None:
    made = propose(lines, owed)
    assert sorted(one for proposal in made for one in proposal.lines) == [one.id for one in lines]
    money = {one.id: one.fen for one in lines}
    paid: Counter[int] = Counter()
    for proposal in made:
        whole = sum(money[one] for one in proposal.lines)
        assert sum(part.fen for part in proposal.parts) + proposal.remainder_fen == whole
        assert min((proposal.remainder_fen, proposal.shortfall_fen)) >= 0
        assert {part.line for part in proposal.parts} <= set(proposal.lines)
        assert {part.owed for part in proposal.parts} <= set(proposal.candidates)
        assert all(part.fen > 0 for part in proposal.parts)
        assert proposal.reasons
        paid.update({part.owed: part.fen for part in proposal.parts} if len(proposal.lines) == 1
                    else _summed(proposal.parts))  # fmt: skip
    assert all(paid[one.id] <= one.fen for one in owed)


def _summed(parts: tuple[Part, ...]) -> Counter[int]:
    found: Counter[int] = Counter()
    for part in parts:
        found[part.owed] += part.fen
    return found


@given(lines=coming(), owed=owing())
def test_what_is_certain_is_exact_and_has_no_second_candidate(
    lines: list[Line], owed: list[Owed]
) -> None:
    made = propose(lines, owed)
    for proposal in made:
        if not proposal.certain:
            continue
        assert (proposal.state, proposal.remainder_fen) == (State.EXACT, 0)
        mine = {part.owed for part in proposal.parts}
        others = [one for one in made if one != proposal and one.state != State.NO_FEE]
        signs = {State.UNCLEAR, State.EXACT, State.SHORT, State.OVER, State.REPEATED}
        assert not any(
            mine & {part.owed for part in one.parts} for one in others if one.state in signs
        )


@given(owed=owing(), fen=AMOUNTS, twin=st.booleans())
def test_a_second_line_like_it_or_a_second_application_like_it_takes_the_certainty(
    owed: list[Owed], fen: int, twin: bool
) -> None:
    """A line that is certain alone is so no longer beside its like."""
    money = line(fen, ("清溪小学", ""), "会费")
    (alone,) = propose([money], owed)
    if not alone.certain:
        return
    if twin:
        made = propose([money, replace(money, id=2)], owed)
    else:
        paid = next(one for one in owed if one.id == alone.parts[0].owed)
        made = propose([money], [*owed, replace(paid, id=99)])
    assert not any(one.certain for one in made)
