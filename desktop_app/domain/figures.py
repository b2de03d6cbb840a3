"""The figures of a scheme by their key paths: which are open, and confirmed values laid over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from db.codes import Payer, UnitKind
from desktop_app.domain.coverage import DAYS_BEFORE, FIRST_MONTH, YEAR_MONTHS
from desktop_app.domain.labels import label
from desktop_app.domain.money import yuan
from desktop_app.domain.participation import hangs_on_open_border
from desktop_app.domain.schemes.fee_classes import ORDINARY, class_figures, fee_class_key
from desktop_app.domain.schemes.scheme_cover import Coverage
from desktop_app.domain.schemes.scheme_parts import Figure, Funding, Plan
from desktop_app.domain.schemes.scheme_people import Eligibility
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError

_BORDER = "participation.all_join_limit"
_THRESHOLD = "claims.paper_threshold_fen"
_MUST_JOIN = "eligibility.must_join.least_workers"
_MOST = 10**12
_MOST_PEOPLE = 10**7
# What lies outside is a slip of the hand. A limit of 0 shares would let nobody join.
_RANGES = {
    FIRST_MONTH: (1, 12),
    YEAR_MONTHS: (1, 12),
    DAYS_BEFORE: (0, 366),
    _BORDER: (0, _MOST_PEOPLE),
    _MUST_JOIN: (0, _MOST_PEOPLE),
}
_RANGES_BY_NAME = {"weight": (1, 10**6), "share_limits": (1, 50)}
_LABELS = {
    _BORDER: "须全员参加的单位人数界限",
    _THRESHOLD: "须交纸质资料的金额",
    _MUST_JOIN: "应参加单位的最少人数",
    FIRST_MONTH: "保障期从几月开始",
    DAYS_BEFORE: "到期前办理续保的工作日数",
    YEAR_MONTHS: "全年费用折合的月数",
}


def fee_key(plan_id: str) -> str:
    return f"plans.{plan_id}.fee_fen"


def share_limit_key(plan_id: str, unit_kind: str) -> str:
    return f"plans.{plan_id}.share_limits.{unit_kind}"


def figures_of(scheme: Scheme) -> dict[str, Figure]:
    """Every figure by its key path, such as `plans.hospital.fee_fen`; fees stand first."""
    found: dict[str, Figure] = {}
    for plan in scheme.plans:
        found |= {fee_key(plan.id): plan.fee_fen, **class_figures(plan)}
    if scheme.participation is not None:
        found[_BORDER] = scheme.participation.all_join_limit
    found |= _funding_figures(scheme.funding)
    for plan in scheme.plans:
        for kind, figure in plan.share_limits.items():
            found[share_limit_key(plan.id, kind)] = figure
    found |= _cover_figures(scheme.coverage)
    if scheme.eligibility.must_join is not None:
        found[_MUST_JOIN] = scheme.eligibility.must_join.least_workers
    found[_THRESHOLD] = scheme.claims.paper_threshold_fen
    return found


def _funding_figures(funding: Funding) -> dict[str, Figure]:
    found = {f"funding.{part.payer}.fee_fen": part.fee_fen for part in funding.parts}
    for place, joint in enumerate(funding.joint, start=1):
        found[f"funding.joint{place}.fee_fen"] = joint.fee_fen
        for payer in joint.payers:
            found[f"funding.joint{place}.{payer.payer}.weight"] = payer.weight
    return found


def _cover_figures(coverage: Coverage) -> dict[str, Figure]:
    found = {}
    if coverage.first_month is not None:
        found[FIRST_MONTH] = coverage.first_month
    if coverage.renewal is not None:
        found[DAYS_BEFORE] = coverage.renewal.working_days_before
        found[YEAR_MONTHS] = coverage.renewal.year_months
    return found


def figure_label(scheme: Scheme, key: str) -> str:
    """What a figure is called on screen, e.g. 住院医疗会费."""
    if key in _LABELS:
        return _LABELS[key]
    first, name, *rest = key.split(".")
    if first == "funding":
        what = "比例" if rest[-1] == "weight" else "金额"
        return f"{scheme.words.fee}分担{what}({_payers(scheme.funding, name, rest)})"
    plan = scheme.plan(name)
    if rest[0] == "fee_classes":
        (named,) = (one.label for one in plan.fee_classes if one.id == rest[1])
        return f"{plan.short_name}{scheme.words.fee}({named})"
    if rest == ["fee_fen"]:
        return f"{plan.short_name}{scheme.words.fee}"
    return f"{plan.short_name}限购份数{_of_kind(plan, rest[-1])}"


def figure_text(key: str, value: int | None) -> str:
    """A figure's value as people read it; - where none is known."""
    if value is None:
        return "-"
    return f"{yuan(value)}元" if key.endswith("_fen") else str(value)


def _payers(funding: Funding, name: str, rest: list[str]) -> str:
    """Who bears the part: 市总工会, or 市总工会、镇街工会合计 of what several bear together."""
    if not name.startswith("joint"):
        return label(Payer(name))
    if len(rest) > 1:
        return label(Payer(rest[0]))
    payers = funding.joint[int(name.removeprefix("joint")) - 1].payers
    return "、".join(label(Payer(one.payer)) for one in payers) + "合计"


def _of_kind(plan: Plan, kind: str) -> str:
    """Such as (机关), where units of different kinds have limits of their own."""
    if set(plan.share_limits) <= {kind}:
        return ""
    return f"({label(UnitKind(kind)) if kind != 'default' else '其他单位'})"


def with_figures(scheme: Scheme, confirmed: Mapping[str, Figure]) -> Scheme:
    """The scheme with confirmed figures in place of the file's; unknown keys are not used."""
    rule = scheme.participation
    if rule is not None and _BORDER in confirmed:
        rule = replace(rule, all_join_limit=confirmed[_BORDER])
    threshold = confirmed.get(_THRESHOLD, scheme.claims.paper_threshold_fen)
    return replace(
        scheme,
        participation=rule,
        plans=tuple(_plan_with(plan, confirmed) for plan in scheme.plans),
        funding=_funding_with(scheme.funding, confirmed),
        coverage=_coverage_with(scheme.coverage, confirmed),
        eligibility=_eligibility_with(scheme.eligibility, confirmed),
        claims=replace(scheme.claims, paper_threshold_fen=threshold),
    )


def _funding_with(funding: Funding, confirmed: Mapping[str, Figure]) -> Funding:
    parts = tuple(
        replace(part, fee_fen=confirmed.get(f"funding.{part.payer}.fee_fen", part.fee_fen))
        for part in funding.parts
    )
    joint = tuple(
        replace(
            part,
            fee_fen=confirmed.get(f"funding.joint{place}.fee_fen", part.fee_fen),
            payers=tuple(
                replace(
                    payer,
                    weight=confirmed.get(
                        f"funding.joint{place}.{payer.payer}.weight", payer.weight
                    ),
                )
                for payer in part.payers
            ),
        )
        for place, part in enumerate(funding.joint, start=1)
    )
    return replace(funding, parts=parts, joint=joint)


def _coverage_with(coverage: Coverage, confirmed: Mapping[str, Figure]) -> Coverage:
    renewal, month = coverage.renewal, coverage.first_month
    if month is not None:
        month = confirmed.get(FIRST_MONTH, month)
    if renewal is not None:
        renewal = replace(
            renewal,
            working_days_before=confirmed.get(DAYS_BEFORE, renewal.working_days_before),
            year_months=confirmed.get(YEAR_MONTHS, renewal.year_months),
        )
    return replace(coverage, first_month=month, renewal=renewal)


def _eligibility_with(rule: Eligibility, confirmed: Mapping[str, Figure]) -> Eligibility:
    wanted = rule.must_join
    if wanted is None:
        return rule
    least = confirmed.get(_MUST_JOIN, wanted.least_workers)
    return replace(rule, must_join=replace(wanted, least_workers=least))


def _plan_with(plan: Plan, confirmed: Mapping[str, Figure]) -> Plan:
    limits = {
        kind: confirmed.get(share_limit_key(plan.id, kind), figure)
        for kind, figure in plan.share_limits.items()
    }
    classes = tuple(
        replace(one, fee_fen=confirmed.get(fee_class_key(plan.id, one.id), one.fee_fen))
        for one in plan.fee_classes
    )
    fee = confirmed.get(fee_key(plan.id), plan.fee_fen)
    return replace(plan, fee_fen=fee, share_limits=limits, fee_classes=classes)


def check_figure(key: str, value: int) -> None:
    """Refuse a value that a figure cannot have, before it is confirmed.

    Raises:
        UserError: `figure-value`.
    """
    named = [one for name, one in _RANGES_BY_NAME.items() if name in key.split(".")]
    least, most = _RANGES.get(key, named[0] if named else (0, _MOST))
    if not least <= value <= most:
        ends = [yuan(one) if key.endswith("_fen") else str(one) for one in (least, most)]
        text = f"应在{ends[0]}到{ends[1]}{'元' if key.endswith('_fen') else ''}之间"
        raise UserError("figure-value", f"这个数{text}。", "请按文件核对后再填。")


def money_figures(
    scheme: Scheme, plans: Iterable[str], fee_classes: Iterable[str] = (ORDINARY,)
) -> dict[str, Figure]:
    """The figures that the money of these plans hangs on: fees, and who bears which part.

    Args:
        scheme: with the figures.
        plans: ids of the plans chosen.
        fee_classes: the classes of people who join.
    """
    fees: dict[str, Figure] = {}
    for plan in map(scheme.plan, plans):
        own = class_figures(plan)
        for key in (fee_class_key(plan.id, one) for one in fee_classes):
            fees |= {key: own[key]} if key in own else {fee_key(plan.id): plan.fee_fen}
    return fees | _funding_figures(scheme.funding)


def open_border(scheme: Scheme, at_work: int | None) -> tuple[str, ...]:
    """Key of the participation's border, where it is open and one enrolment depends on it."""
    hangs = at_work is not None and hangs_on_open_border(at_work, scheme.participation)
    return (_BORDER,) if hangs else ()
