"""参保证明: which cover a person has, for whoever asks him for a proof."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.forms.parts import TitledForm
from desktop_app.documents.sheet import Content, Rows


@dataclass(frozen=True, slots=True)
class ProvenCover:
    """One plan that covers the person; `period` is the whole sentence to the hour."""

    plan: str
    shares: int
    period: str
    business_no: str = ""


@dataclass(frozen=True, slots=True)
class CoverProof(TitledForm):
    """The number stands whole: it goes to the person."""

    person: str
    sex: str
    identity: str
    covers: tuple[ProvenCover, ...]


def cover_proof(form: CoverProof) -> Content:
    rows = [
        (str(number), cover.plan, str(cover.shares), cover.period, cover.business_no)
        for number, cover in enumerate(form.covers, 1)
    ]
    texts = {
        "title": form.title,
        "person": form.person,
        "sex": f"{form.sex}，" if form.sex else "",
        "identity": form.identity,
    }
    return Content(texts, {"covers": Rows(("no", "plan", "shares", "period", "number"), rows)})
