"""Schemes that were activated once stay readable: their text cannot be mended any more."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.schemes.schemes import scheme_from

FIRST = Path(__file__).with_name("data") / "xianfeng-first-format.toml"


def test_a_text_of_the_first_format_still_reads() -> None:
    scheme = scheme_from(FIRST.read_text("utf-8"), FIRST.name)
    assert (scheme.id, len(scheme.plans)) == ("xianfeng-2024", 4)
    assert scheme.claims.pays == "province"
    assert [step.key for step in scheme.steps["on-behalf"]][:2] == ["roster", "review"]
