"""The figures of a scheme by their key paths: which are open, and confirmed values laid over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop_app.domain.participation import hangs_on_open_border
from desktop_app.domain.scheme_parts import Figure, Plan
from desktop_app.domain.schemes import Scheme

_BORDER = "participation.all_join_limit"
_THRESHOLD = "claims.paper_threshold_fen"


def fee_key(plan_id: str) -> str:
    return f"plans.{plan_id}.fee_fen"


def share_limit_key(plan_id: str, unit_kind: str) -> str:
    return f"plans.{plan_id}.share_limits.{unit_kind}"


def figures_of(scheme: Scheme) -> dict[str, Figure]:
    """Every figure by its key path, such as `plans.hospital.fee_fen`; fees stand first."""
    found = {fee_key(plan.id): plan.fee_fen for plan in scheme.plans}
    if scheme.participation is not None:
        found[_BORDER] = scheme.participation.all_join_limit
    for part in scheme.funding.parts:
        found[f"funding.{part.payer}.fee_fen"] = part.fee_fen
    for plan in scheme.plans:
        for kind, figure in plan.share_limits.items():
            found[share_limit_key(plan.id, kind)] = figure
    found[_THRESHOLD] = scheme.claims.paper_threshold_fen
    return found


def figure_label(scheme: Scheme, key: str) -> str:
    """What a figure is called on screen, e.g. 住院医疗会费."""
    if key == _BORDER:
        return "须全员参加的单位人数界限"
    if key == _THRESHOLD:
        return "须交纸质资料的金额"
    first, name, *rest = key.split(".")
    if first == "funding":
        return f"{scheme.words.fee}分担金额"
    plan = scheme.plan(name)
    return f"{plan.short_name}{scheme.words.fee if rest == ['fee_fen'] else '限购份数'}"


def with_figures(scheme: Scheme, confirmed: Mapping[str, Figure]) -> Scheme:
    """The scheme with confirmed figures in place of the file's; unknown keys are not used."""
    rule = scheme.participation
    if rule is not None and _BORDER in confirmed:
        rule = replace(rule, all_join_limit=confirmed[_BORDER])
    parts = tuple(
        replace(part, fee_fen=confirmed.get(f"funding.{part.payer}.fee_fen", part.fee_fen))
        for part in scheme.funding.parts
    )
    threshold = confirmed.get(_THRESHOLD, scheme.claims.paper_threshold_fen)
    return replace(
        scheme,
        participation=rule,
        plans=tuple(_plan_with(plan, confirmed) for plan in scheme.plans),
        funding=replace(scheme.funding, parts=parts),
        claims=replace(scheme.claims, paper_threshold_fen=threshold),
    )


def _plan_with(plan: Plan, confirmed: Mapping[str, Figure]) -> Plan:
    limits = {
        kind: confirmed.get(share_limit_key(plan.id, kind), figure)
        for kind, figure in plan.share_limits.items()
    }
    return replace(plan, fee_fen=confirmed.get(fee_key(plan.id), plan.fee_fen), share_limits=limits)


def open_fees(scheme: Scheme, plans: Iterable[str]) -> tuple[str, ...]:
    """Keys of the fees that are still to be confirmed before money may be asked for."""
    keys = [fee_key(plan) for plan in plans if scheme.plan(plan).fee_fen.open]
    parts = [part for part in scheme.funding.parts if part.fee_fen.open]
    return (*keys, *(f"funding.{part.payer}.fee_fen" for part in parts))


def open_figures(
    scheme: Scheme, plans: Iterable[str], *, at_work: int | None = None
) -> tuple[str, ...]:
    """Keys of the open figures that one enrolment depends on."""
    keys = open_fees(scheme, plans)
    if at_work is not None and hangs_on_open_border(at_work, scheme.participation):
        keys = (*keys, _BORDER)
    return keys
