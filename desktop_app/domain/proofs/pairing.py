"""Two groups of people put in pairs, where who fits whom leaves no choice that matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LARGEST = 200  # of a group whose people fit each other: larger ones tell nobody apart


def paired(fitting: Sequence[Sequence[int]], most: int = LARGEST) -> list[tuple[int, int]]:
    """The pairs of those who fit each other, as (one, partner).

    People who fit are taken together with whomever those fit in turn. Such a group is paired
    only where everyone of both sides finds a partner in it: then nobody has been left out by an
    arbitrary choice.

    Args:
        fitting: for each of the first side, which of the other side it may be.
        most: how many of each side a group may have.
    """
    pairs: list[tuple[int, int]] = []
    for group in _groups(fitting):
        reached = {at for one in group for at in fitting[one]}
        if len(reached) != len(group) or len(group) > most:
            continue
        match = _matched(group, fitting)
        if len(match) == len(group):
            pairs += [(one, at) for at, one in match.items()]
    return pairs


def _groups(fitting: Sequence[Sequence[int]]) -> Iterable[list[int]]:
    """Those of the first side who share partners, directly or through each other."""
    home: dict[int, int] = {}  # partner -> group
    groups: dict[int, list[int]] = {}
    for one, partners in enumerate(fitting):
        if not partners:
            continue
        joined = {home[at] for at in partners if at in home}
        members = [one, *(member for old in joined for member in groups.pop(old))]
        groups[one] = members
        for member in members:
            home.update(dict.fromkeys(fitting[member], one))
    return (sorted(members) for members in groups.values())


def _matched(group: Sequence[int], fitting: Sequence[Sequence[int]]) -> dict[int, int]:
    """As many pairs as there can be, by augmenting paths: partner -> one."""
    match: dict[int, int] = {}

    def augment(one: int, seen: set[int]) -> bool:
        for at in fitting[one]:
            if at in seen:
                continue
            seen.add(at)
            if at not in match or augment(match[at], seen):
                match[at] = one
                return True
        return False

    for one in group:
        augment(one, set())
    return match
