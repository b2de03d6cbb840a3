"""One year's days as an office enters them: what is refused, what is doubted, its file's form."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.working_days import FIXED, WEEKEND, WorkCalendar, YearDays, calendar_from
from desktop_app.errors import UserError

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_SOURCE = 400
_ONE_DAY = datetime.timedelta(days=1)
# Working days of the years 2019 to 2026 lie between 248 and 251; far from that is a slip.
_USUAL = range(242, 257)
_NOTICE_MONTH = 11  # the notice of a year comes out in November of the year before
_PER_LINE = 8


@dataclass(frozen=True, slots=True)
class YearDraft:
    """A year as it was typed; its days in order, so that the same entry is always the same value.

    Args:
        year: the year of all its days.
        off: days off, weekend days among them or not.
        worked: weekend days on which people work.
        source: the notice it stands in.
    """

    year: int
    off: tuple[datetime.date, ...]
    worked: tuple[datetime.date, ...]
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "off", tuple(sorted(set(self.off))))
        object.__setattr__(self, "worked", tuple(sorted(set(self.worked))))
        object.__setattr__(self, "source", " ".join(self.source.split()))

    @property
    def days(self) -> YearDays:
        return YearDays(frozenset(self.off), frozenset(self.worked), self.source)

    @classmethod
    def of(cls, year: int, days: YearDays) -> YearDraft:
        return cls(year, tuple(days.off), tuple(days.worked), days.source)


def check_year(draft: YearDraft) -> None:
    """Refuse what no notice can say.

    Raises:
        UserError: `calendar-…`, naming the day.
    """
    if not FIRST_YEAR <= draft.year <= LAST_YEAR:
        raise UserError(
            "calendar-year",
            f"工作日历的年份应在{FIRST_YEAR}到{LAST_YEAR}之间。",
            "请核对年份。",
            "year",
        )
    if not draft.source:
        raise UserError(
            "calendar-source",
            f"没有写{draft.year}年放假安排的依据。",
            "请填写国务院办公厅通知的名称和文号。",
            "source",
        )
    if len(draft.source) > MOST_SOURCE:
        raise UserError(
            "calendar-source", "依据写得太长。", f"请写在{MOST_SOURCE}字以内。", "source"
        )
    _refuse_days(
        "calendar-other-year",
        [day for day in (*draft.off, *draft.worked) if day.year != draft.year],
        f"不是{draft.year}年的日期",
        "请改成当年的日期,或选对年份。",
    )
    _refuse_days(
        "calendar-off-and-worked",
        sorted(set(draft.off) & set(draft.worked)),
        "既写成放假又写成上班",
        "同一天只能写一处,请对照通知改正。",
    )
    _refuse_days(
        "calendar-worked-weekday",
        [day for day in draft.worked if day.weekday() not in WEEKEND],
        "不是周末,不用写成补班",
        "补班日只写周六、周日;平日本来就上班。",
    )

    if not working_days(draft.year, draft.days):
        raise UserError(
            "calendar-no-work",
            f"这样{draft.year}年一个工作日也没有。",
            "请对照通知,只写放假的日子。",
            "year",
        )


def refuse_emptying(draft: YearDraft, before: YearDays | None) -> None:
    """Refuse to put a year with an unusual count of working days in place of a usual one.

    An entry stands for the whole year: who types one day off only takes all others away.

    Raises:
        UserError: `calendar-replaces`.
    """
    if before is None or working_days(draft.year, before) not in _USUAL:
        return
    count, was = working_days(draft.year, draft.days), working_days(draft.year, before)
    if count not in _USUAL:
        raise UserError(
            "calendar-replaces",
            f"{draft.year}年现有{was}个工作日,照这样改成{count}个:没有写到的放假和补班都会去掉。",
            "请写全全年的放假和补班;确实要整年替换的,再保存一次(命令行加 --replace)。",
            "year",
        )


def doubts(draft: YearDraft) -> tuple[str, ...]:
    """What is unusual in a year that can still be right: for a warning, never a refusal."""
    found = []
    count = working_days(draft.year, draft.days)
    if count not in _USUAL:
        found.append(f"{draft.year}年共{count}个工作日,往年在248到251个之间")
    held = [day for day in fixed_days(draft.year) if is_working(day, draft.days)]
    if held:
        found.append(f"{_listed(held)}是法定节日,没有写成放假")
    return tuple(found)


def working_days(year: int, days: YearDays | None) -> int:
    """How many days of a year people work on; None: by weekends and fixed holidays."""
    calendar = WorkCalendar({} if days is None else {year: days})
    return sum(calendar.is_working(day) for day in days_of(year))


def is_working(day: datetime.date, days: YearDays) -> bool:
    return WorkCalendar({day.year: days}).is_working(day)


def days_of(year: int) -> Iterable[datetime.date]:
    first = datetime.date(year, 1, 1)
    count = (datetime.date(year + 1, 1, 1) - first).days
    return (first + _ONE_DAY * step for step in range(count))


def fixed_days(year: int) -> tuple[datetime.date, ...]:
    """The holidays with a fixed date: where an office begins a year whose notice is to come."""
    return tuple(datetime.date(year, month, day) for month, day in sorted(FIXED))


def missing_years(today: datetime.date, calendar: WorkCalendar) -> tuple[int, ...]:
    """Years that should be entered by now: this one, and from November on the next."""
    due = (today.year, today.year + 1) if today.month >= _NOTICE_MONTH else (today.year,)
    return tuple(year for year in due if not calendar.knows(year))


def differences(old: YearDays, new: YearDays) -> tuple[str, ...]:
    """What differs between two accounts of a year, in words, by what each day is."""
    changed = sorted((old.off ^ new.off) | (old.worked ^ new.worked))
    words = [_turned(day, old, new) for day in changed]
    if old.source != new.source:
        words.append(f"依据由“{old.source}”改为“{new.source}”")
    return tuple(words)


def kind_of(day: datetime.date, days: YearDays) -> str:
    """放假, 补班, 周末 or 上班."""
    if day in days.worked:
        return "补班"
    if day in days.off:
        return "放假"
    return "周末" if day.weekday() in WEEKEND else "上班"


def year_of_text(text: str, year: int, name: str | None) -> YearDraft:
    """One year out of a file in the carried file's form.

    Raises:
        UserError: `calendar-invalid`, `calendar-year-missing`.
    """
    years = calendar_from(text, name).years
    if year not in years:
        listed = "、".join(str(one) for one in sorted(years))
        raise UserError(
            "calendar-year-missing",
            f"文件里没有{year}年,只有{listed}年。",
            "请核对年份,或换一个文件。",
            name,
        )
    return YearDraft.of(year, years[year])


def text_of_year(draft: YearDraft) -> str:
    """The year in the carried file's form, to be sent to another office."""
    return (
        f"[[years]]\nyear = {draft.year}\n"
        f"source = {json.dumps(draft.source, ensure_ascii=False)}\n"
        f"off = {_dates(draft.off)}\nworked = {_dates(draft.worked)}\n"
    )


def _dates(days: Collection[datetime.date]) -> str:
    words = [day.isoformat() for day in days]
    lines = [words[at : at + _PER_LINE] for at in range(0, len(words), _PER_LINE)]
    if len(lines) < 2:
        return f"[{', '.join(words)}]"
    return "[\n" + "".join(f"  {', '.join(line)},\n" for line in lines) + "]"


def _turned(day: datetime.date, old: YearDays, new: YearDays) -> str:
    return f"{day.month}月{day.day}日由{kind_of(day, old)}改为{kind_of(day, new)}"


def _refuse_days(code: str, days: Collection[datetime.date], what: str, remedy: str) -> None:
    if days:
        first = min(days)
        raise UserError(code, f"{_listed(sorted(days))}{what}。", remedy, first.isoformat())


def _listed(days: Collection[datetime.date]) -> str:
    shown = [chinese_date(day) for day in days][:3]
    return "、".join(shown) + (f"等{len(days)}天" if len(days) > 3 else "")
