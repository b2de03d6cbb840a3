"""Where the one blue button leads: to the step itself, or first to what the step still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.codes import Handling
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.papers import FormLine
from desktop_app.ui.dialogs.acts import ACTS, OTHERS
from desktop_app.ui.pages.units.unit_money import may_pay
from desktop_app.ui.pages.units.unit_people import gathers_list
from desktop_app.ui.pages.units.unit_side import short_title

ROSTER, FOLLOW, PAPER = "roster", "follow", "paper"


@dataclass(frozen=True, slots=True)
class Lead:
    """What the button says and opens.

    Args:
        label: its text after 下一步.
        way: the key of an act, or one of ROSTER, FOLLOW and PAPER.
        paper: the paper to be attached, where the way is PAPER.
    """

    label: str
    way: str
    paper: str = ""


BY_ACT: Mapping[str, Lead] = {
    "payment-missing": Lead("登记缴费", "payment.record"),
    "money-short": Lead("登记缴费", "payment.record"),
    "receipt-missing": Lead("登记票据", "archive.receipt"),
    "overpaid": Lead("申请退费", "refund.ask"),
}


def lead_of(view: EnrolmentView) -> Lead | None:
    """None where nothing that this user could do leads on."""
    act = ACTS.get(view.next_act)
    if act is None:
        return None
    blocked = act.blocked_by(view.missing)
    anew = form_anew(view)
    if view.next_act == "archive.receive" and anew is not None and not blocked:
        return Lead(f"重新打印{short_title(anew, view.words.person)}", f"print.{anew.key}")
    if not blocked:
        return Lead(view.next_label, view.next_act)
    if blocked[0].code in OTHERS:
        return None
    leads = (_bringing(one.code, view) for one in blocked)
    return next((one for one in leads if one is not None), None)


def form_anew(view: EnrolmentView) -> FormLine | None:
    """The first form to be stamped anew because its print is out of force."""
    sealed = {paper.key for paper in view.papers}
    return next(
        (form for form in view.forms if form.again and form.may_print and form.key in sealed), None
    )


def _bringing(code: str, view: EnrolmentView) -> Lead | None:
    """What brings the missing thing, where there is a dialog for it."""
    kind, _colon, paper = code.partition(":")
    if kind == "paper-missing":
        return Lead("添加材料", PAPER, paper)
    lead = BY_ACT.get(kind)
    if lead is not None and (lead.way != "payment.record" or may_pay(view)):
        return lead
    if view.handling == Handling.BY_UNIT and kind in ("people-missing", "business-number-missing"):
        return Lead("登记自办情况", FOLLOW)
    if kind == "people-missing" and gathers_list(view):
        return Lead("读入名单", ROSTER)
    return None
