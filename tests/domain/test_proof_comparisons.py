"""A proof against a roster: who is on both, who on one alone, and that nobody is guessed."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.identity import identity_18
from desktop_app.domain.proofs.comparison import (
    By,
    Comparison,
    RosterPerson,
    Standing,
    compare,
)
from desktop_app.domain.proofs.comparison_words import sentence_of, way_of
from desktop_app.domain.proofs.pairing import LARGEST, paired
from desktop_app.domain.proofs.proof_values import ProofPerson
from tests.domain.rosters import number

ONE, TWO = number(), number(sequence=3)
NAMES = ("张伟", "张伟", "李娜", "王芳", "覃世芳", "向·扎西", "田国华", "冉文斌")


def hidden(identity: str) -> str:
    return identity[:3] + "*" * 11 + identity[-4:]


def printed(name: str, number: str = "", social: str = "") -> ProofPerson:
    return ProofPerson(name, number, social, "第1行")


def listed(*people: tuple[str, str]) -> list[RosterPerson]:
    return [RosterPerson(at, name, identity) for at, (name, identity) in enumerate(people, 1)]


def told(found: Comparison) -> list[tuple[Standing, str, str]]:
    return [
        (one.standing, one.person.name if one.person else "", one.proof.name if one.proof else "")
        for one in found.lines
    ]


def test_a_number_tells_a_person_and_another_name_is_said() -> None:
    found = compare(
        [printed("张伟", ONE), printed("李娜娜", TWO)], listed(("张伟", ONE), ("李娜", TWO))
    )
    assert told(found) == [
        (Standing.NAME_DIFFERS, "李娜", "李娜娜"),
        (Standing.AGREES, "张伟", "张伟"),
    ]
    assert {one.by for one in found.lines} == {By.NUMBER}


def test_a_number_without_a_name_is_enough() -> None:
    assert told(compare([printed("", ONE)], listed(("张伟", ONE)))) == [
        (Standing.AGREES, "张伟", "")
    ]


def test_a_masked_number_needs_the_name() -> None:
    found = compare([printed("张伟", hidden(ONE))], listed(("张伟", TWO), ("张伟", ONE)))
    assert [(one.standing, one.person) for one in found.lines] == [
        (Standing.ROSTER_ONLY, RosterPerson(1, "张伟", TWO)),
        (Standing.AGREES, RosterPerson(2, "张伟", ONE)),
    ]
    assert found.lines[1].by is By.MASKED


def test_a_masked_number_that_fits_nobody_else_says_that_the_name_differs() -> None:
    [line] = compare([printed("张玮", hidden(ONE))], listed(("张伟", ONE))).lines
    assert (line.standing, line.by) == (Standing.NAME_DIFFERS, By.MASKED)
    assert way_of(line.by, line.standing) == "按遮盖的号码"
    other = compare([printed("李娜", hidden(ONE))], listed(("张伟", ONE)))
    assert other.count(Standing.NAME_DIFFERS) == 0  # seven digits may be alike by chance
    sure = compare([printed("李娜", f"{ONE[:14]}****")], listed(("张伟", ONE)))
    assert sure.count(Standing.NAME_DIFFERS) == 1
    few = compare([printed("张玮", "*" * 14 + ONE[-4:])], listed(("张伟", ONE)))
    assert few.count(Standing.NAME_DIFFERS) == 0  # four digits are too few for it


def test_two_people_of_one_name_and_one_masked_number_are_paired_only_evenly() -> None:
    twin = identity_18("99999919900506001")
    other = ONE[:6] + "19910506" + twin[-4:]  # seen alike; whether it is valid plays no part
    roster = listed(("张伟", twin), ("张伟", other))
    alone = compare([printed("张伟", hidden(twin))], roster)
    assert alone.count(Standing.AGREES) == 0
    assert {one.note for one in alone.lines} == {
        "名单里同名的有2人,分不清是哪一位,请核对号码",
        "证明里同名的有1人,分不清是哪一位,请核对号码",
    }
    both = compare(
        [printed("张伟", hidden(twin)), printed("张伟", f"9999{hidden(other)[4:]}")], roster
    )
    assert both.count(Standing.AGREES) == 2


def test_a_name_alone_is_taken_only_where_nobody_else_bears_it() -> None:
    found = compare([printed("张伟"), printed("李娜")], listed(("张伟", ONE), ("李娜", TWO)))
    assert (found.count(Standing.AGREES), found.by_name_alone) == (2, 2)
    assert sentence_of(found) == (
        "证明与名单:对上 2 人(其中仅按姓名 2 人),证明有名单无 0 人,名单有证明无 0 人"
    )
    twice = compare([printed("张伟"), printed("张伟")], listed(("张伟", ONE), ("张伟", TWO)))
    assert twice.count(Standing.PROOF_ONLY) == twice.count(Standing.ROSTER_ONLY) == 2
    once = compare([printed("张伟", "", "9001")], listed(("张伟", ONE), ("张伟", TWO)))
    assert once.count(Standing.AGREES) == 0
    assert once.lines[0].note == "证明里同名的有1人,分不清是哪一位,请核对号码"


def test_one_of_the_same_name_with_another_number_is_not_taken_for_the_person() -> None:
    found = compare([printed("张伟", TWO)], listed(("张伟", ONE)))
    assert [(one.standing, one.note) for one in found.lines] == [
        (Standing.ROSTER_ONLY, "证明里有同名的人,号码对不上,请核对号码"),
        (Standing.PROOF_ONLY, "名单里有同名的人,号码对不上,请核对号码"),
    ]


def test_a_person_whose_insurance_has_stopped_agrees_and_is_pointed_out() -> None:
    stopped = [ProofPerson("张伟", ONE, "", "第1行", 1, "停保"), printed("李娜", TWO)]
    found = compare(stopped, listed(("张伟", ONE), ("李娜", TWO)))
    assert [one.note for one in found.lines] == ["证明上写的是“停保”,请核对", ""]
    assert sentence_of(found) == (
        "证明与名单:对上 2 人(其中证明写明停保等 1 人),证明有名单无 0 人,名单有证明无 0 人"
    )
    assert compare(stopped[:1], []).stopped == 0


def test_the_sentence_counts_each_side() -> None:
    proof = [printed("张伟", ONE), printed("王芳", number("19700101", 5)), printed("李娜娜", TWO)]
    roster = listed(("张伟", ONE), ("李娜", TWO), ("田国华", number("19800101", 7)))
    assert sentence_of(compare(proof, roster)) == (
        "证明与名单:对上 1 人,姓名不同 1 人,证明有名单无 1 人,名单有证明无 1 人"
    )
    assert way_of(By.NAME, Standing.AGREES) == "仅按姓名"
    assert way_of(None, Standing.ROSTER_ONLY) == ""


def test_a_masked_name_is_found_by_what_is_seen_of_both() -> None:
    found = compare([printed("张*", hidden(ONE))], listed(("李娜", TWO), ("张伟", ONE)))
    assert found.count(Standing.AGREES) == 1
    assert compare([printed("张*")], listed(("张伟", ONE))).count(Standing.AGREES) == 0


def test_a_crowd_that_nobody_can_tell_apart_is_left_alone() -> None:
    crowd = list(range(LARGEST + 1))
    assert paired([crowd for _ in crowd]) == []
    assert sorted(paired([[0, 1], [0], []])) == [(0, 1), (1, 0)]
    assert paired([[0], [0], [0, 1, 2]]) == []  # as many on both sides, and yet one is left over


people = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 999), st.dates()),
    max_size=8,
    unique_by=lambda one: one[1],
).map(
    lambda drawn: [
        (name, identity_18(f"999999{1940 + born.year % 60}{born:%m%d}{place:03d}"))
        for name, place, born in drawn
    ]
)
ways = st.sampled_from(("whole", "masked", "none"))


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[ProofPerson], list[RosterPerson]]:
    """Some of the people on each side, the proof printing each number in one of three ways."""
    everyone = draw(people)
    proof = []
    for name, identity in everyone:
        if draw(st.booleans()) or draw(st.booleans()):
            way = draw(ways)
            shown = {"whole": identity, "masked": hidden(identity), "none": ""}[way]
            proof.append(printed(name, shown))
    roster = listed(*(one for one in everyone if draw(st.booleans()) or draw(st.booleans())))
    return proof, roster


@given(sides())
def test_everyone_of_both_sides_is_told_of_exactly_once(
    both: tuple[list[ProofPerson], list[RosterPerson]],
) -> None:
    proof, roster = both
    lines = compare(proof, roster).lines
    assert sorted(id(one.proof) for one in lines if one.proof) == sorted(map(id, proof))
    assert sorted(one.person.line_no for one in lines if one.person) == [
        person.line_no for person in roster
    ]
    for one in lines:
        assert (one.person is None) == (one.standing is Standing.PROOF_ONLY)
        assert (one.proof is None) == (one.standing is Standing.ROSTER_ONLY)
        assert (one.by is None) == (one.standing in (Standing.PROOF_ONLY, Standing.ROSTER_ONLY))


@given(sides())
def test_a_name_alone_never_pairs_one_of_several_namesakes(
    both: tuple[list[ProofPerson], list[RosterPerson]],
) -> None:
    proof, roster = both
    for one in compare(proof, roster).lines:
        if one.by is By.NAME:
            assert one.person is not None
            assert [person.name for person in roster].count(one.person.name) == 1
            assert [person.name for person in proof].count(one.person.name) == 1


@given(sides(), st.randoms(use_true_random=False))
def test_the_order_of_the_proof_changes_no_answer(
    both: tuple[list[ProofPerson], list[RosterPerson]], chance: random.Random
) -> None:
    proof, roster = both
    other = list(proof)
    chance.shuffle(other)
    before, after = compare(proof, roster), compare(other, roster)
    assert {one: before.count(one) for one in Standing} == {
        one: after.count(one) for one in Standing
    }


@given(people, st.booleans())
def test_a_proof_of_the_very_people_agrees_whether_its_numbers_are_masked_or_not(
    everyone: list[tuple[str, str]], whole: bool
) -> None:
    proof = [printed(name, identity if whole else hidden(identity)) for name, identity in everyone]
    found = compare(proof, listed(*everyone))
    assert found.count(Standing.AGREES) == len(everyone) == len(found.lines)


@given(people, st.integers(0, 8), st.integers(0, 8))
def test_who_is_missing_on_either_side_is_counted_on_that_side(
    everyone: list[tuple[str, str]], first: int, last: int
) -> None:
    kept = everyone[first:]
    roster = everyone[: len(everyone) - last] if last else everyone
    found = compare([printed(*one) for one in kept], listed(*roster))
    both = [one for one in kept if one in roster]
    assert found.count(Standing.AGREES) == len(both)
    assert found.count(Standing.PROOF_ONLY) == len(kept) - len(both)
    assert found.count(Standing.ROSTER_ONLY) == len(roster) - len(both)
