"""Which forms a case has, and from when on each may be printed."""

from __future__ import annotations

from db.codes import CaseState, Handling
from desktop_app.documents.kinds import FormOf, keys_of
from desktop_app.domain.enrolments import Facts, Missing, shortfall
from desktop_app.services.cases.cases import Case

# 申请书, 会员名单 and 缴费通知单 print from review on (they are stamped on the spot out in the
# field); 确认书 after the money is confirmed; the hand-over list whenever the file is gathered.
FORMS = keys_of(FormOf.CASE)

ORDER = "请先完成前面的步骤。"


def why_not(form_key: str, case: Case, facts: Facts) -> Missing | None:
    """Why the form may not be printed now, and what to do; None where it may."""
    if case.enrolment.handling_code == Handling.BY_UNIT and form_key != "archive-list":
        system = case.scheme.words.system
        return _wait(f"单位自办的申请由单位在{system}中打印。", f"请单位在{system}中打印。")
    if case.enrolment.state_code == CaseState.VOID:
        return _wait("这份申请已作废。", "请在单位页面办理新的申请。")
    if facts.to_confirm:
        return _wait(
            f"{'、'.join(facts.to_confirm)}待核对,确认后才能打印。",
            "请负责人在“更多 → 方案金额确认”里按文件确认后再打印。",
        )
    if case.enrolment.approved_at is None:
        return _wait("审核通过后才能打印。")
    return _before_money(form_key, case, facts)


def _wait(message: str, remedy: str = ORDER) -> Missing:
    return Missing("not-yet-printable", message, remedy)


def _no_notice(case: Case, facts: Facts) -> Missing | None:
    if facts.due_fen == 0:
        return _wait("这份申请不用单位缴款,不打印缴费通知单。", "请直接办理下一步。")
    if case.scheme.payee is None:
        return _wait(
            "方案里没有收款账户,不打印缴费通知单。",
            "请负责人在“更多 → 高级:方案”里添上收款账户,或照方案文件把账户告知单位。",
        )
    return None


def _before_money(form_key: str, case: Case, facts: Facts) -> Missing | None:
    if facts.due_fen is None:
        return _wait(
            "审核时金额还没有确认,这份申请没有算出金额,请退回重新审核后再打印。",
            "请退回后重新提交、审核。",
        )
    if form_key == "payment-notice":
        return _no_notice(case, facts)
    if form_key in ("confirmation", "archive-list") and not facts.payment_confirmed:
        return _wait(f"{case.scheme.words.arrived}后才能打印。")
    if form_key == "archive-list":
        return _nothing_held(case, facts)
    return _no_confirmation(case, facts) if form_key == "confirmation" else None


def _nothing_held(case: Case, facts: Facts) -> Missing | None:
    if any(paper.archived and paper.id in facts.papers for paper in case.scheme.papers):
        return None
    return _wait("还没有收到资料,没有可移交的。", "请先收齐资料。")


def _no_confirmation(case: Case, facts: Facts) -> Missing | None:
    short = shortfall(facts, case.scheme)
    if short is not None:
        return _wait(f"{short.message},不能打印确认书。", short.remedy)
    if facts.effective_on is None:
        return _wait("登记生效日后才能打印。")
    return None
