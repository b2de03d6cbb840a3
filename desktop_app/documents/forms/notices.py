"""What an office tells a person or a unit about a claim: papers wanting, not eligible, decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.forms.parts import TitledForm, day_text
from desktop_app.documents.sheet import Content, Rows
from desktop_app.domain.money import capitals, yuan


@dataclass(frozen=True, slots=True)
class ClaimForm(TitledForm):
    """A form of a claim."""

    apply: str
    claim_no: str
    person: str
    identity: str  # masked
    plan: str
    event_on: date


def claim_texts(form: ClaimForm) -> dict[str, str]:
    return {
        "title": form.title,
        "apply": form.apply,
        "claim_no": form.claim_no,
        "person": form.person,
        "identity": form.identity,
        "plan": form.plan,
        "event": day_text(form.event_on),
    }


@dataclass(frozen=True, slots=True)
class SupplementNotice(ClaimForm):
    """补正告知书: which papers are wanting; the day until when is the office's to write."""

    wanting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusalNotice(ClaimForm):
    """不符合条件告知书: by which rule a claim is not granted, and why."""

    rule: str
    reason: str
    refused_on: date


@dataclass(frozen=True, slots=True)
class FeedbackSlip(ClaimForm):
    """反馈单: what somebody was granted; the unit's union visits him and writes what it found."""

    decided_fen: int
    decided_on: date
    paid_on: date | None
    notice: str = ""


def supplement(form: SupplementNotice) -> Content:
    rows = [(str(number), name, "") for number, name in enumerate(form.wanting, 1)]
    texts = {**claim_texts(form), "count": str(len(rows))}
    return Content(texts, {"wanting": Rows(("no", "name", "remark"), rows)})


def refusal(form: RefusalNotice) -> Content:
    more = {"rule": form.rule, "reason": form.reason, "refused": day_text(form.refused_on)}
    return Content({**claim_texts(form), **more})


def feedback(form: FeedbackSlip) -> Content:
    texts = {
        **claim_texts(form),
        "amount": f"{capitals(form.decided_fen)}（¥{yuan(form.decided_fen)}）",
        "decided": day_text(form.decided_on),
        "paid": day_text(form.paid_on),
        "notice": form.notice,
    }
    return Content(texts)
