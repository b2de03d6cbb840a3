"""What a step of an enrolment may require: one small check for each word of a scheme's file."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.enrolment_facts import Facts, Missing
from desktop_app.domain.participation import Judged, Turnout, judge, judge_women
from desktop_app.domain.payments import difference_in_words
from desktop_app.domain.schemes.scheme_parts import Paper
from desktop_app.domain.schemes.schemes import Scheme


def missing_paper(kind: str, paper: Paper, facts: Facts) -> Missing | None:
    there, code, message, remedy = {
        "paper": (
            facts.papers,
            "paper-missing",
            f"缺{paper.label}",
            f"请扫描或拖入{paper.label}。",
        ),
        "printed": (facts.printed, "not-printed", f"{paper.label}还没有打印", "请先打印。"),
        "stamped": (
            facts.stamped,
            "not-stamped",
            f"{paper.label}的盖章件还没有收回",
            "收到盖章件后请登记。",
        ),
    }[kind]
    if paper.id in there:
        return None
    void = dict(facts.void)
    if kind != "paper" and paper.id in void:
        why = f"({void[paper.id]})" if void[paper.id] else ""
        message = f"{paper.label}{again(sealed=paper.seal)}{why}"
        remedy = "请在“文书”里重新打印,原来的一份作废。"
    return Missing(f"{code}:{paper.id}", message, remedy)


def again(*, sealed: bool) -> str:
    """What has to be done with a form whose print is out of force."""
    return "需重新盖章" if sealed else "需重新打印"


def _plans(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.plans:
        return None
    return Missing("plans-missing", f"还没有选择{scheme.words.plan}", "请至少选择一项。")


def _people(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.people > 0:
        return None
    return Missing("people-missing", f"{scheme.words.person}名单是空的", "请读入单位的名单。")


def _at_work(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.at_work is None:
        return Missing("at-work-missing", "没有填写单位在职职工人数", "请向单位问清后填写。")
    joined = facts.people + facts.before_people
    if joined > facts.at_work:
        return Missing(
            "at-work-too-low",
            f"名单{joined}人,多于在职职工{facts.at_work}人",
            "请核对在职职工人数或名单。",
        )
    return None


def _participation(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.at_work is None:
        return None  # told by at-work
    judged = judge_enrolment(facts, scheme)
    if judged.ok:
        return None
    return Missing(
        "participation-too-low",
        f"在职{facts.at_work}人,应不少于{judged.needed}人,还差{judged.missing}人",
        f"请通知单位补报{judged.missing}人后再提交。",
    )


def judge_enrolment(facts: Facts, scheme: Scheme) -> Judged:
    """Participation of a case: of all workers, or of the women where only they may join."""
    judged = [one.judged for one in turnouts(facts, scheme)]
    return next((one for one in judged if not one.ok), judged[-1])


def turnouts(facts: Facts, scheme: Scheme) -> tuple[Turnout, ...]:
    """Who counts: all workers, the women for a plan of theirs, or both."""
    at_work, women = facts.at_work or 0, facts.women_at_work
    women_only = [scheme.plan(plan).women_only for plan in facts.plans]
    joined = facts.people + facts.before_people
    whole = Turnout(False, at_work, joined, judge(at_work, joined, scheme.participation))
    if women is None or not any(women_only):
        return (whole,)
    joined = facts.women + facts.before_women
    judged = judge_women(at_work, women, joined, scheme.participation)
    of_women = Turnout(True, women, joined, judged)
    return (of_women,) if all(women_only) else (whole, of_women)


def _shares(facts: Facts, scheme: Scheme) -> Missing | None:
    for plan_id in facts.plans:
        plan = scheme.plan(plan_id)
        limit = plan.share_limit(facts.unit_kind).value
        shares = dict(facts.plan_shares).get(plan_id, facts.shares)
        if limit is not None and shares > limit:
            return Missing(
                "shares-too-many",
                f"“{plan.short_name}”每人限购{limit}份,现为{shares}份",
                "请改正份数;若文件另有规定,请负责人先核对限购份数。",
            )
    return None


def _over_age(facts: Facts, scheme: Scheme) -> Missing | None:
    paper = scheme.eligibility.over_age_paper
    if not facts.over_age or paper is None or paper in facts.papers:
        return None
    label = scheme.paper(paper).label
    return Missing(
        f"paper-missing:{paper}", f"{facts.over_age}人超龄,缺{label}", f"请扫描或拖入{label}。"
    )


def _invoice(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.invoice:
        return None
    return Missing(
        "invoice-missing", "开票用的税号没有填", "请在单位资料(F2)中填写税号或统一社会信用代码。"
    )


def _figures(facts: Facts, scheme: Scheme) -> Missing | None:
    if not facts.to_confirm:
        return None
    names = "、".join(facts.to_confirm)
    return Missing("to-confirm", f"{names}待核对", "请负责人凭文件在方案中核对后再办。")


def _business_number(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.business_no:
        return None
    return Missing(
        "business-number-missing", "没有填写业务号", f"请填写{scheme.words.system}给出的业务号。"
    )


def _payment(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.payment_fen is not None:
        return None
    return Missing("payment-missing", "还没有登记缴费", f"请登记单位缴来的{scheme.words.fee}。")


def _slip(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.slip:
        return None
    return Missing("slip-missing", "缺银行回单", "请扫描或拖入银行回单。")


def _corporate(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.corporate:
        return None
    return Missing(
        "payment-not-corporate", "这笔钱来自个人账户", "须由单位对公账户缴纳,请退回单位重缴。"
    )


def _amount(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.payment_fen is None or facts.due_fen is None:
        return None  # told by payment and figures
    words = difference_in_words(
        facts.due_fen, facts.payment_fen, facts.people, facts.payment_people, facts.total_fen
    )
    return Missing("payment-differs", words, "请先处理差额。") if words else None


def _effective_date(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.effective_on is not None:
        return None
    if not facts.asks_effective:
        return Missing(
            "effective-date-open", "保障期的起止日期待核对", "请负责人凭文件在方案中核对后再办。"
        )
    return Missing(
        "effective-date-missing",
        "没有填写保障生效日",
        f"请填写{scheme.words.document}上记载的生效日。",
    )


def _payment_confirmed(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.payment_confirmed:
        return None
    upper = scheme.words.upper
    if not upper:
        return Missing("payment-not-confirmed", "还没有登记到账", "请在钱到账后登记。")
    return Missing(
        "payment-not-confirmed", f"{upper}还没有确认到账", f"请在{upper}确认到账后登记。"
    )


def _receipt(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.receipt:
        return None
    receipt = scheme.words.receipt
    return Missing("receipt-missing", f"{receipt}没有登记", f"请登记{receipt}的号码。")


CHECKS: dict[str, Callable[[Facts, Scheme], Missing | None]] = {
    "plans": _plans,
    "people": _people,
    "at-work": _at_work,
    "participation": _participation,
    "shares": _shares,
    "over-age": _over_age,
    "invoice": _invoice,
    "figures": _figures,
    "business-number": _business_number,
    "payment": _payment,
    "slip": _slip,
    "corporate": _corporate,
    "amount": _amount,
    "effective-date": _effective_date,
    "payment-confirmed": _payment_confirmed,
    "receipt": _receipt,
}
