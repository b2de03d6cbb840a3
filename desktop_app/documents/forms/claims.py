"""The forms of a claim that list its papers: the application for it, the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.forms.notices import ClaimForm, claim_texts
from desktop_app.documents.forms.parts import Form, day_text
from desktop_app.documents.sheet import Content, Rows
from desktop_app.domain.money import capitals, yuan


@dataclass(frozen=True, slots=True)
class ReceivedPaper:
    """One paper of a claim's checklist; `state` is empty where it has not come in."""

    name: str
    state: str  # 复印件已收, 原件核对退回
    pages: int = 0
    needed: bool = True


@dataclass(frozen=True, slots=True)
class ClaimReceipt(Form):
    """收件回执: which papers of a claim came in and which are wanting; two copies on one page."""

    title: str
    apply: str
    claim_no: str
    person: str
    identity: str  # masked
    plan: str
    event_on: date
    received_by: str
    papers: tuple[ReceivedPaper, ...]
    business_no: str = ""


def receipt(form: ClaimReceipt) -> Content:
    missing = "、".join(paper.name for paper in form.papers if paper.needed and not paper.state)
    texts = {
        "title": form.title,
        "apply": form.apply,
        "claim_no": form.claim_no,
        "person": form.person,
        "identity": form.identity,
        "plan": form.plan,
        "event": day_text(form.event_on),
        "received_by": form.received_by,
        "missing": f"尚缺：{missing}。请补齐后送交。" if missing else "",
        "paper_count": str(sum(1 for paper in form.papers if paper.state)),
    }
    rows = [
        (
            str(number),
            paper.name,
            paper.state or ("未收到" if paper.needed else "未收到（非必须）"),
            str(paper.pages or ""),
        )
        for number, paper in enumerate(form.papers, 1)
    ]
    fields = ("no", "name", "state", "pages")
    return Content(texts, {"papers": Rows(fields, rows)})


@dataclass(frozen=True, slots=True)
class ClaimApplication(ClaimForm):
    """互助金申领表: filled in and signed by the person and his union; the number stands whole."""

    coverage: str
    claimed_fen: int | None
    phone: str
    document_no: str
    papers: tuple[ReceivedPaper, ...]


def claim_application(form: ClaimApplication) -> Content:
    asked = form.claimed_fen
    texts = {
        **claim_texts(form),
        "coverage": form.coverage,
        "claimed": "" if asked is None else f"{capitals(asked)}（¥{yuan(asked)}）",
        "person_phone": form.phone,
        "document_no": form.document_no,
    }
    rows = [
        (str(number), paper.name, paper.state, str(paper.pages or ""))
        for number, paper in enumerate(form.papers, 1)
    ]
    return Content(texts, {"papers": Rows(("no", "name", "state", "pages"), rows)})
