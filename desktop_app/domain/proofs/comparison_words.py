"""What a comparison of proof and roster says: one sentence, and the words of its columns."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.proofs.comparison import By, Comparison, Standing

STANDINGS: Mapping[Standing, str] = {
    Standing.ROSTER_ONLY: "名单有证明无",
    Standing.NAME_DIFFERS: "姓名不同",
    Standing.PROOF_ONLY: "证明有名单无",
    Standing.AGREES: "对上",
}
WAYS: Mapping[By, str] = {
    By.NUMBER: "按号码",
    By.MASKED: "按遮盖的号码和姓名",
    By.NAME: "仅按姓名",
}
_NUMBER_ALONE = "按遮盖的号码"


def way_of(by: By | None, standing: Standing) -> str:
    """How a person was found; empty of one who was not."""
    if by is By.MASKED and standing is Standing.NAME_DIFFERS:
        return _NUMBER_ALONE
    return WAYS[by] if by is not None else ""


def sentence_of(comparison: Comparison) -> str:
    """Say it as 证明与名单:对上 28 人,证明有名单无 1 人,名单有证明无 2 人."""
    told = (("仅按姓名", comparison.by_name_alone), ("证明写明停保等", comparison.stopped))
    among = "、".join(f"{what} {count} 人" for what, count in told if count)
    agrees = f"对上 {comparison.count(Standing.AGREES)} 人"
    parts = [f"{agrees}(其中{among})" if among else agrees]
    for standing in (Standing.NAME_DIFFERS, Standing.PROOF_ONLY, Standing.ROSTER_ONLY):
        count = comparison.count(standing)
        if count or standing is not Standing.NAME_DIFFERS:
            parts.append(f"{STANDINGS[standing]} {count} 人")
    return f"证明与名单:{','.join(parts)}"
