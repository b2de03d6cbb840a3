"""What one line is to pay for by what it tells, and what speaks against saying so for certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.matching.evidence import (
    NOBODY,
    Book,
    Found,
    Ids,
    is_early,
    is_person,
    name_key,
    tells_no_fee,
    tells_other_money,
    years_in,
)
from desktop_app.domain.matching.sums import only_way
from desktop_app.domain.matching.values import Line


class How(StrEnum):
    ALL = "all"  # every one of the targets
    AMONG = "among"  # some of them
    NONE = "none"  # nothing that could be told


@dataclass(frozen=True, slots=True)
class Choice:
    """What a line is for.

    Args:
        found: what it tells.
        how: whether all the targets are meant.
        targets: what it is for.
        doubts: what speaks against it, each a sentence; where there is one, nothing is certain.
        elsewhere: whether it tells of another year or of other money, so that it is in no other
            line's way.
    """

    found: Found
    how: How
    targets: Ids
    doubts: tuple[str, ...]
    elsewhere: bool = False

    @property
    def touches(self) -> Ids:
        """For what else the same line could be meant."""
        return self.found.all | self.targets if self.doubts else self.targets

    @property
    def rivals(self) -> Ids:
        """What no other line may be matched with for certain before this one is judged."""
        return NOBODY if self.elsewhere else self.touches


def choose(found: Found, book: Book) -> Choice:
    how, targets = _targets(found)
    elsewhere = _elsewhere(found, targets, book)
    doubts = (*_doubts(found, targets, book), *elsewhere)
    return Choice(found, how, targets, doubts, elsewhere=bool(elsewhere))


def _targets(found: Found) -> tuple[How, Ids]:
    known, words = found.known, found.words
    if found.accounts and found.payers and not known:
        return How.NONE, NOBODY
    if found.numbers:
        return How.ALL, found.numbers
    if words:
        inside = tuple(one & known for one in found.named) if known else found.named
        told = NOBODY.union(*inside)
        sure = all(len(one) == 1 for one in inside)
        return (How.ALL if sure else How.AMONG), told or words
    if known:
        return (How.ALL if len(known) == 1 else How.AMONG), known
    return How.NONE, NOBODY


def _doubts(found: Found, targets: Ids, book: Book) -> tuple[str, ...]:
    line, known = found.line, found.known
    of = book.names_of
    told = _told_by_line(line, book)
    if found.accounts and found.payers and not known:
        told.append(f"付款账号是{of(found.accounts)}登记的,付款户名却是{of(found.payers)}的。")
    if found.numbers and known and not found.numbers <= known:
        told.append(f"摘要里的编号是{of(found.numbers)}的,付款的却是{of(known)}登记的付款人。")
    if found.numbers and found.words - found.numbers:
        told.append(f"摘要里的编号是{of(found.numbers)}的,摘要却写着{of(found.words)}。")
    if not found.numbers and known and found.words - known:
        told.append(f"摘要写着{of(found.words - known)},付款的却是{of(known)}登记的付款人。")
    if targets and not known and is_person(line.payer_name):
        told.append(f"付款户名“{line.payer_name}”像是个人。")
    return tuple(told)


def _told_by_line(line: Line, book: Book) -> list[str]:
    """What speaks against a line whoever it may be for."""
    told = []
    if tells_no_fee(line):
        told.append("摘要写的是退汇、冲正一类,或银行已冲回这一笔,不当作缴费。")
    if line.went_on is not None and not line.undone:
        told.append(f"同样一笔钱{chinese_date(line.went_on)}又付给了付款人,可能是退回去的。")
    if strange := book.strange_numbers(line):
        told.append(f"摘要里的编号{strange[0]}不是应缴的申请里任何一份的。")
    return told


def _elsewhere(found: Found, targets: Ids, book: Book) -> tuple[str, ...]:
    """What speaks for another year's contribution, or for money that is no contribution."""
    line, told = found.line, []
    years = {book.by_id[one].year for one in targets} - {0}
    if years and all(is_early(line, year) for year in years):
        told.append(f"钱是{chinese_date(line.day)}到的,对{_years(years)}的缴费来说太早。")
    if years and (said := years_in(line.memo)) and not said & years:
        told.append(f"摘要写的是{_years(said)}的,应缴的是{_years(years)}的。")
    if tells_other_money(line):
        told.append("摘要写的是互助金以外的钱。")
    return tuple(told)


def _years(years: Iterable[int]) -> str:
    return "、".join(f"{year}年" for year in sorted(years))


def is_borne_out(choice: Choice, book: Book) -> bool:
    """Whether the line's signs are enough to say whose its money is, the amount apart."""
    found, targets = choice.found, choice.targets
    if choice.doubts or not targets:
        return False
    if choice.how == How.AMONG:
        return _of_one_unit(targets, found, book) or _is_whole_group(choice, book)
    if targets <= found.known:
        if targets <= found.words or (targets <= found.own and not found.numbers):
            return True
        return targets <= found.numbers and _amounts_tell(targets, found.known, book)
    return targets <= found.numbers and _amounts_tell(targets, frozenset(book.by_id), book)


def _of_one_unit(targets: Ids, found: Found, book: Book) -> bool:
    return targets <= found.own and len({book.by_id[one].unit for one in targets}) == 1


def _amounts_tell(targets: Ids, others: Ids, book: Book) -> bool:
    """Whether the amount, too, says which is meant: a number may be another one typed wrong."""
    return all(book.of_amount(book.by_id[one].fen) & others <= targets for one in targets)


def _is_whole_group(choice: Choice, book: Book) -> bool:
    """Whether the line pays for all of whom its payer is known to pay, and can mean nothing else.

    Units whose payer nobody knows yet may be among those it pays for.
    """
    fen = choice.found.line.fen
    group = {one: book.by_id[one].fen for one in choice.targets if book.by_id[one].fen}
    if choice.found.words or len(group) < 2 or sum(group.values()) != fen:
        return False
    strangers = {one.id: one.fen for one in book.by_id.values() if not one.accounts}
    return only_way(strangers | group, fen) is not None


def reasons(choice: Choice, book: Book) -> tuple[str, ...]:
    """What speaks for the targets, the strong signs first."""
    found, line, targets = choice.found, choice.found.line, choice.targets
    of = book.names_of
    told = []
    if mine := found.numbers & targets:
        told.append(f"摘要里写着{of(mine)}的通知书号或业务号。")
    if mine := found.accounts & targets:
        told.append(f"付款账号尾号{line.payer_account[-4:]},是{of(mine)}登记的。")
    if mine := found.payers & found.own & targets:
        told.append(f"付款户名就是单位名称:{of(mine)}。")
    elif mine := found.payers & targets:
        told.append(f"付款户名“{line.payer_name}”,是{of(mine)}登记的付款单位。")
    if mine := found.words & targets:
        told.append(f"摘要写着{of(mine)}。")
    return tuple(told)


def weak(found: Found, book: Book) -> Ids:
    """What a line may be for that tells nothing better: the same amount, a name much like it."""
    name = name_key(found.line.payer_name)
    return book.alike(name) | book.of_amount(found.line.fen)
