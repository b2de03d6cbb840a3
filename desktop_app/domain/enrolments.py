"""The steps of one enrolment: where it stands, what the next step needs, what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from db.codes import Handling
from desktop_app.domain.money import yuan
from desktop_app.domain.participation import Judged, judge, judge_women
from desktop_app.domain.scheme_parts import Paper, Step
from desktop_app.domain.schemes import Scheme


@dataclass(frozen=True, slots=True)
class StepView:
    """One mark of the step bar; state is `done`, `now` or `later`."""

    key: str
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Missing:
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one enrolment, what the act itself brings included.

    Args:
        people: good rows, each person once.
        parked: refused rows that still wait to be mended; they never block.
        women: women among `people`.
        at_work: the unit's workers on the payroll; None where not told.
        women_at_work: women among them.
        over_age: people who need the over-age paper.
        plans: ids of the plans chosen.
        shares: shares per person and plan.
        unit_kind: code of the unit's kind.
        due_fen: what the roster comes to; None while a fee is open.
        payment_fen: the money recorded; None where none is.
        payment_people: people the payment names; None where it names none.
        slip: whether the bank slip is filed.
        corporate: whether the payment came from a corporate account.
        payment_confirmed: whether the province confirmed the money.
        effective_on: first day of cover, from the plan document.
        business_no: the province's number.
        invoice: whether the invoice particulars are complete.
        receipt: whether the dues receipt is recorded.
        papers: ids of papers that are there.
        printed: ids of forms printed.
        stamped: ids of papers back with the seal.
        to_confirm: labels of the open figures this case depends on.
    """

    people: int = 0
    parked: int = 0
    women: int = 0
    at_work: int | None = None
    women_at_work: int | None = None
    over_age: int = 0
    plans: tuple[str, ...] = ()
    shares: int = 1
    unit_kind: str | None = None
    due_fen: int | None = None
    payment_fen: int | None = None
    payment_people: int | None = None
    slip: bool = False
    corporate: bool = True
    payment_confirmed: bool = False
    effective_on: datetime.date | None = None
    business_no: str | None = None
    invoice: bool = False
    receipt: bool = False
    papers: frozenset[str] = field(default_factory=frozenset)
    printed: frozenset[str] = field(default_factory=frozenset)
    stamped: frozenset[str] = field(default_factory=frozenset)
    to_confirm: tuple[str, ...] = ()


def bar(
    scheme: Scheme, step_key: str | None, handling: str = Handling.ON_BEHALF
) -> tuple[StepView, ...]:
    """The step bar of a case that stands at a step; None where the case is finished."""
    steps = scheme.steps[handling]
    now = len(steps) if step_key is None else steps.index(scheme.step(step_key, handling))
    states = ["done"] * now + ["now"] + ["later"] * len(steps)
    return tuple(
        StepView(step.key, step.label, state) for step, state in zip(steps, states, strict=False)
    )


def missing(step: Step, facts: Facts, scheme: Scheme) -> tuple[Missing, ...]:
    """What the step still needs; the act may be taken where nothing is missing.

    Args:
        step: the step the case stands at.
        facts: what is known, with what the act brings (a typed number, a new slip) already in.
        scheme: with the confirmed figures laid over.
    """
    found: list[Missing] = []
    for wanted in step.requires:
        kind, colon, paper = wanted.partition(":")
        one = (
            _missing_paper(kind, scheme.paper(paper), facts)
            if colon
            else _CHECKS[wanted](facts, scheme)
        )
        if one is not None:
            found.append(one)
    return tuple(found)


def difference_in_words(
    due_fen: int, paid_fen: int, due_people: int, paid_people: int | None = None
) -> str:
    """What a bank slip lacks or has too much, in words; empty where it agrees.

    Such as 少2人的钱:名单86人应缴8,600.00元,回单8,400.00元.
    """
    slip = yuan(paid_fen) if paid_people is None else f"{paid_people}人{yuan(paid_fen)}"
    compared = f"名单{due_people}人应缴{yuan(due_fen)}元,回单{slip}元"
    gap = due_fen - paid_fen
    if gap:
        word = "少" if gap > 0 else "多"
        return f"{word}{_gap_text(abs(gap), due_fen, due_people)}:{compared}"
    if paid_people is not None and paid_people != due_people:
        return f"金额相符,人数不符:{compared}"
    return ""


def _gap_text(gap: int, due_fen: int, people: int) -> str:
    """The gap in whole people where everyone pays the same, else in yuan."""
    if people > 0 and due_fen > 0 and due_fen % people == 0:
        each = due_fen // people
        if gap % each == 0:
            return f"{gap // each}人的钱"
    return f"{yuan(gap)}元"


def _missing_paper(kind: str, paper: Paper, facts: Facts) -> Missing | None:
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
    return None if paper.id in there else Missing(f"{code}:{paper.id}", message, remedy)


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
    if facts.people > facts.at_work:
        return Missing(
            "at-work-too-low",
            f"名单{facts.people}人,多于在职职工{facts.at_work}人",
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
    at_work, women = facts.at_work or 0, facts.women_at_work
    women_only = [scheme.plan(plan).women_only for plan in facts.plans]
    judged = judge(at_work, facts.people, scheme.participation)
    if women is None or not any(women_only):
        return judged
    of_women = judge_women(at_work, women, facts.women, scheme.participation)
    return of_women if all(women_only) or judged.ok else judged


def _shares(facts: Facts, scheme: Scheme) -> Missing | None:
    for plan_id in facts.plans:
        plan = scheme.plan(plan_id)
        limit = plan.share_limit(facts.unit_kind).value
        if limit is not None and facts.shares > limit:
            return Missing(
                "shares-too-many",
                f"“{plan.short_name}”每人限购{limit}份,现为{facts.shares}份",
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
    return Missing("invoice-missing", "开票信息没有填全", "请填写发票抬头和税号。")


def _figures(facts: Facts, scheme: Scheme) -> Missing | None:
    if not facts.to_confirm:
        return None
    names = "、".join(facts.to_confirm)
    return Missing("to-confirm", f"{names}待核对", "请负责人凭文件在方案中核对后再办。")


def _business_number(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.business_no:
        return None
    return Missing("business-number-missing", "没有填写业务号", "请填写省系统给出的业务号。")


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
        facts.due_fen, facts.payment_fen, facts.people, facts.payment_people
    )
    return Missing("payment-differs", words, "请先处理差额。") if words else None


def _effective_date(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.effective_on is not None:
        return None
    return Missing(
        "effective-date-missing", "没有填写保障生效日", "请填写省办计划书上记载的生效日。"
    )


def _payment_confirmed(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.payment_confirmed:
        return None
    return Missing("payment-not-confirmed", "省办还没有确认到账", "请在省办确认到账后登记。")


def _receipt(facts: Facts, scheme: Scheme) -> Missing | None:
    if facts.receipt:
        return None
    return Missing("receipt-missing", "会费票据没有登记", "请登记社会团体会费统一票据的号码。")


_CHECKS: dict[str, Callable[[Facts, Scheme], Missing | None]] = {
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
