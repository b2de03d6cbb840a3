"""Whether a person or a unit may join: age on a day, employment, insurance, kind, area."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from db.codes import PostCategory, Sex, UnitKind
from desktop_app.domain.dates import add_months, age
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.labels import label
from desktop_app.domain.retirement import retirement, retires_on
from desktop_app.domain.schemes.scheme_parts import Plan
from desktop_app.domain.schemes.scheme_people import Eligibility

_ONE_DAY = datetime.timedelta(days=1)
_POSTS = {
    Sex.MALE: (PostCategory.MALE,),
    Sex.FEMALE: (PostCategory.FEMALE_50, PostCategory.FEMALE_55),
    None: tuple(PostCategory),
}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person; None where nobody asked yet."""

    born: datetime.date | None = None
    sex: Sex | None = None
    post: PostCategory | None = None
    employment: str | None = None  # regular, contract, temporary
    engaged_months: int | None = None
    insurance: str | None = None  # employee, resident, none
    healthy: bool | None = None
    union_member: bool | None = None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known of a unit; `division` is its division code (GB/T 2260)."""

    kind: str | None = None
    division: str | None = None
    has_union: bool = True
    workers: int | None = None
    taking_part: bool = False


class AgeLimits:
    """A scheme's ages on one day; plain years as the first and last birth date inside them."""

    def __init__(self, rule: Eligibility, on: datetime.date) -> None:
        self._rule, self._on = rule, on
        self._by_post = rule.age_rule == "statutory"
        self._last_born = add_months(on, -12 * rule.min_age)
        self._first_born = (
            datetime.date.min
            if rule.max_age is None
            else add_months(on, -12 * (rule.max_age + 1)) + _ONE_DAY
        )

    def problem(
        self, born: datetime.date, sex: Sex | None = None, post: PostCategory | None = None
    ) -> Problem | None:
        """What stands against the age; under the statutory rule it goes by the post."""
        if self._first_born <= born <= self._last_born:
            if not self._by_post:
                return None
            return self._statutory(born, _POSTS[sex] if post is None else (post,))
        years = age(born, self._on)
        if born > self._last_born:
            message = f"年龄{years}周岁,未满{self._rule.min_age}周岁,不能参加,请从名单中删去"
            return Problem("age-below", Severity.ERROR, message)
        return self._above(f"年龄{years}周岁,超过{self._rule.max_age}周岁")

    def fits(self, born: datetime.date, sex: Sex | None) -> bool:
        """Whether nothing stands against the age."""
        if not self._by_post and self._first_born <= born <= self._last_born:
            return True
        return self.problem(born, sex) is None

    def is_above(
        self, born: datetime.date, sex: Sex | None = None, post: PostCategory | None = None
    ) -> bool:
        found = self.problem(born, sex, post)
        return found is not None and found.code == "age-above"

    def _statutory(self, born: datetime.date, posts: tuple[PostCategory, ...]) -> Problem | None:
        reached = [post for post in posts if retires_on(born, post) <= self._on]
        if not reached:
            return None
        found = retirement(born, reached[0])
        if len(reached) == len(posts):
            month = f"{found.year}年{found.month}月"
            return self._above(
                f"已于{month}达到法定退休年龄({_age_text(found.years, found.months)})"
            )
        kinds = "、".join(label(post) for post in reached)
        message = f"按{kinds}已达到法定退休年龄,请核对岗位类别"
        return Problem("post-missing", Severity.WARNING, message)

    def _above(self, over: str) -> Problem:
        if self._rule.over_age_paper is not None:
            return Problem("age-above", Severity.WARNING, f"{over},须附超龄证明")
        return Problem("age-above", Severity.ERROR, f"{over},不能参加")


def _age_text(years: int, months: int) -> str:
    return f"{years}岁{months}个月" if months else f"{years}岁"


def may_hold(plan: Plan, sex: Sex | None) -> bool:
    """Whether a person of this sex may hold the plan; an unknown sex is asked for first."""
    return not plan.women_only or sex is Sex.FEMALE


def judge_person(rule: Eligibility, person: PersonFacts, on: datetime.date) -> tuple[Problem, ...]:
    """Everything that stands against a person joining on a day; what nobody asked is warned of."""
    found = (
        _age(rule, person, on),
        _employment(rule, person),
        _insurance(rule, person),
        _health(rule, person),
        _member(rule, person),
    )
    return tuple(problem for problem in found if problem is not None)


def _age(rule: Eligibility, person: PersonFacts, on: datetime.date) -> Problem | None:
    if person.born is None:
        return Problem("born-missing", Severity.WARNING, "没有出生日期,无法判断年龄,请补填")
    return AgeLimits(rule, on).problem(person.born, person.sex, person.post)


def _employment(rule: Eligibility, person: PersonFacts) -> Problem | None:
    if not rule.employment:
        return None
    if person.employment is None:
        return Problem("employment-missing", Severity.WARNING, "没有写用工形式,请向单位核对")
    if person.employment not in rule.employment:
        return Problem("employment", Severity.ERROR, "用工形式不在参加范围内")
    return _engagement(rule, person) if person.employment == "temporary" else None


def _engagement(rule: Eligibility, person: PersonFacts) -> Problem | None:
    least = rule.temporary_over_months
    if least is None:
        return None
    if person.engaged_months is None:
        return Problem("engagement-missing", Severity.WARNING, "没有写聘用期,请向单位核对")
    if person.engaged_months > least:
        return None
    message = f"临时工聘用期{person.engaged_months}个月,须超过{least}个月"
    return Problem("engagement-short", Severity.ERROR, message)


def _insurance(rule: Eligibility, person: PersonFacts) -> Problem | None:
    if not rule.insurance or person.insurance in rule.insurance:
        return None
    if person.insurance is None:
        return Problem("insurance-missing", Severity.WARNING, "没有核对基本医疗保险,请对照参保证明")
    return Problem("insurance", Severity.ERROR, "没有参加所要求的基本医疗保险,不能参加")


def _health(rule: Eligibility, person: PersonFacts) -> Problem | None:
    if not rule.health_declaration or person.healthy:
        return None
    if person.healthy is None:
        return Problem("health-missing", Severity.WARNING, "没有健康声明,请本人声明")
    return Problem("health", Severity.ERROR, "本人声明身体状况不符合参加条件")


def _member(rule: Eligibility, person: PersonFacts) -> Problem | None:
    if not rule.union_member or person.union_member:
        return None
    if person.union_member is None:
        return Problem("member-missing", Severity.WARNING, "没有核对工会会员身份,请核对")
    return Problem("member", Severity.ERROR, "不是工会会员,不能参加")


def judge_unit(rule: Eligibility, unit: UnitFacts) -> tuple[Problem, ...]:
    """What stands against a unit; the area only warns, since central codes are used locally."""
    found = []
    if rule.unit_kinds and unit.kind is not None and unit.kind not in rule.unit_kinds:
        kinds = "、".join(label(UnitKind(kind)) for kind in rule.unit_kinds)
        found.append(Problem("unit-kind", Severity.ERROR, f"单位类别不在参加范围内({kinds})"))
    inside = unit.division is None or any(unit.division.startswith(area) for area in rule.areas)
    if rule.areas and not inside:
        message = f"单位的行政区划代码{unit.division}不在本方案的地区内,请核对"
        found.append(Problem("unit-area", Severity.WARNING, message))
    return tuple(found)


def must_join(rule: Eligibility, unit: UnitFacts) -> bool | None:
    """Whether the scheme wants this unit in; None where the size that decides is not known."""
    wanted = rule.must_join
    if wanted is None or not unit.has_union:
        return False
    if wanted.unit_kinds and unit.kind not in wanted.unit_kinds:
        return False
    if unit.workers is None or wanted.least_workers.value is None:
        return None
    return unit.workers >= wanted.least_workers.value


def outstanding(rule: Eligibility, unit: UnitFacts) -> bool:
    """Whether the unit belongs on the list of those that should be in and are not."""
    return not unit.taking_part and must_join(rule, unit) is True
