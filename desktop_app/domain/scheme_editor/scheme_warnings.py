"""Doubts about a scheme that may be right all the same: told, never refused."""

from __future__ import annotations

from desktop_app.domain.bank import check_bank_no
from desktop_app.domain.schemes.scheme_faults import Fault
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.toml.toml_lines import key_lines, line_of


def scheme_warnings(scheme: Scheme, text: str, file: str | None = None) -> tuple[Fault, ...]:
    """The doubts about a scheme that was read from this text, each with its place and remedy."""
    if scheme.payee is None:
        return ()
    place = "payee.bank_no"
    line = line_of(key_lines(text), place)
    remedy = "请与文件或开户行核对行号;核对无误可以照用。"
    return tuple(
        Fault(place, line, f"{place} {problem.message}", remedy, file)
        for problem in check_bank_no(scheme.payee.bank_no)
    )
