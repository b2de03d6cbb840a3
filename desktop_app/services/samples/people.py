"""A unit's payroll: sexes, ages and names as they would stand together in one office."""

from __future__ import annotations

from db.codes import PostCategory, Sex
from desktop_app.services.samples.names import invent_name
from desktop_app.services.samples.shapes import Person
from desktop_app.services.samples.workshop import Workshop


def invent_person(shop: Workshop, sex: Sex, age: int, name: str | None = None) -> Person:
    born = shop.numbers.born(shop.on, age)
    return Person(
        name=name or invent_name(shop.rng, sex),
        identity=shop.numbers.identity(born, sex),
        sex=sex,
        born=born,
        phone=shop.numbers.phone(),
        card=shop.numbers.card(),
        post=_post(shop, sex, age),
    )


def invent_payroll(
    shop: Workshop, men: int, women: int, given: dict[Sex, list[str]], joining: int
) -> list[Person]:
    """Everyone at work, those who join first; `given` names are among these; all below 60."""
    people = []
    for sex, count in ((Sex.MALE, men), (Sex.FEMALE, women)):
        names = [*given[sex], *[None] * count][:count]
        people += [invent_person(shop, sex, _age(shop, sex), name) for name in names]
    shop.rng.shuffle(people)
    named = {name for names in given.values() for name in names}
    people.sort(key=lambda person: person.name not in named)
    joiners, others = people[:joining], people[joining:]
    shop.rng.shuffle(joiners)
    return joiners + others


def _age(shop: Workshop, sex: Sex) -> int:
    oldest = 58 if sex is Sex.MALE else 54
    return min(oldest, max(20, round(shop.rng.gauss(41, 9))))


def _post(shop: Workshop, sex: Sex, age: int) -> PostCategory:
    if sex is Sex.MALE:
        return PostCategory.MALE
    if age >= 50 or shop.rng.random() < 0.7:
        return PostCategory.FEMALE_55
    return PostCategory.FEMALE_50
