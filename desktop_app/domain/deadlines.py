"""Which day presses a unit: its drive closes, its cover ends, a call was promised."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.dates import chinese_date

ENDING_WITHIN = datetime.timedelta(days=60)  # how far ahead the renewal of a cover is looked for
FOLLOWED_WITHIN = datetime.timedelta(days=15)  # the same once its renewal was handed in
CLOSING_WITHIN = datetime.timedelta(days=15)  # how far ahead a drive's last day presses


class Reason(StrEnum):
    CLOSING = "closing"
    ENDING = "ending"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a unit's days.

    Args:
        handed_in: whether its application of the drive is.
        closes_on: the drive's last day, where there is one.
        ends: the last covered day that no later cover follows.
        renew_by: the last day on which the scheme lets that cover be renewed, where it says so.
        call_on: the day for which a further call was promised.
    """

    handed_in: bool
    closes_on: datetime.date | None = None
    ends: datetime.date | None = None
    renew_by: datetime.date | None = None
    call_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Pressing:
    """The day that presses first, and why: in a word, and in a sentence."""

    on: datetime.date
    reason: Reason
    label: str
    text: str


def pressing(standing: Standing, today: datetime.date) -> Pressing | None:
    """The first day that presses a unit now; a promised call stays until another is logged."""
    found = [one for one in (_closing(standing, today), _ending(standing, today)) if one]
    if standing.call_on is not None and standing.call_on <= today:
        text = f"约定{chinese_date(standing.call_on)}再联系"
        found.append(Pressing(standing.call_on, Reason.CALL, "约好联系", text))
    return min(found, key=lambda one: one.on, default=None)


def _closing(standing: Standing, today: datetime.date) -> Pressing | None:
    """A drive that is over presses nobody: what came too late is refused."""
    last = standing.closes_on
    if standing.handed_in or last is None or not today <= last <= today + CLOSING_WITHIN:
        return None
    return Pressing(last, Reason.CLOSING, "办理截止", f"集中办理{chinese_date(last)}截止")


def _ending(standing: Standing, today: datetime.date) -> Pressing | None:
    """A cover about to end, or ended as short a time ago."""
    if standing.ends is None:
        return None
    within = FOLLOWED_WITHIN if standing.handed_in else ENDING_WITHIN
    if not today - within <= standing.ends <= today + within:
        return None
    if standing.renew_by is not None and not standing.handed_in:
        text = f"最迟{chinese_date(standing.renew_by)}办续保,保障到{chinese_date(standing.ends)}"
        return Pressing(standing.renew_by, Reason.ENDING, "最迟续保", text)
    past = "已于" if standing.ends < today else ""
    text = f"保障{past}{chinese_date(standing.ends)}到期"
    return Pressing(standing.ends, Reason.ENDING, "保障到期", text)
