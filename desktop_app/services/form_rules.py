"""Which forms a case has, and from when on each may be printed."""

from __future__ import annotations

from db.codes import CaseState, Handling
from desktop_app.domain.enrolments import Facts
from desktop_app.services.cases import Case

# 申请书, 会员名单 and 缴费通知单 print from review on (they are stamped on the spot out in the
# field); 确认书 after the money is confirmed; the hand-over list whenever the file is gathered.
FORMS = ("payment-notice", "application", "member-list", "confirmation", "archive-list")


def why_not(form_key: str, case: Case, facts: Facts) -> str:
    """Return why the form may not be printed now, in one sentence; empty where it may."""
    if case.enrolment.handling_code == Handling.BY_UNIT and form_key != "archive-list":
        return f"单位自办的申请由单位在{case.scheme.words.system}中打印。"
    if case.enrolment.state_code == CaseState.VOID:
        return "这份申请已作废。"
    if facts.to_confirm:
        return f"{'、'.join(facts.to_confirm)}待核对,确认后才能打印。"
    if case.enrolment.approved_at is None:
        return "审核通过后才能打印。"
    return _before_money(form_key, case, facts)


def _no_notice(case: Case, facts: Facts) -> str:
    if facts.due_fen == 0:
        return "这份申请不用单位缴款,不打印缴费通知单。"
    return "" if case.scheme.payee is not None else "方案里没有收款账户,不打印缴费通知单。"


def _before_money(form_key: str, case: Case, facts: Facts) -> str:
    if facts.due_fen is None:
        return "审核时金额还没有确认,这份申请没有算出金额,请退回重新审核后再打印。"
    if form_key == "payment-notice":
        return _no_notice(case, facts)
    if form_key in ("confirmation", "archive-list") and not facts.payment_confirmed:
        return f"{case.scheme.words.arrived}后才能打印。"
    if form_key == "confirmation" and facts.effective_on is None:
        return "登记生效日后才能打印。"
    return ""
