"""Every refusal of the services: which test of the window meets it, or why none can.

A new refusal stands in neither table: it is met in the window first, and then entered here.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SERVICES = HERE.parents[1] / "desktop_app" / "services"
RAISED = ("UserError", "FileError")
ENOUGH, WHOLE = 4, 3  # characters quoted out of a sentence's piece; of a whole piece

MET: Mapping[str, str] = {
    "test_seal_dialogs": "final-printed seal-copies",
    "test_refusals_in_window": (
        "business-number-taken claim-again enrolment-open event-date not-covered"
        " pages-missing plans receipt-amount receipt-exists receipt-number same-person"
    ),
    "test_refusals_of_answers": (
        "acknowledgement-counts already-back answer-read claim-exists cover-overlaps date"
        " failures-of-nobody identity-taken marks-open no-owner no-seal not-exported page-doubled"
        " person-other refund-too-much refund-waits women-only"
    ),
    "test_refusals_of_claims": (
        "above-asked amount-differs business-number claim-closed claim-decided claim-void"
        " earlier-claim not-yet-printable"
    ),
    "test_refusals_of_drafts": (
        "already-applied amount at-work control-character effective-date effective-same"
        " ends-missing ends-year funding-same not-a-new-unit nothing-to-add-to"
        " nothing-to-renew people"
        " plan-stale plans-differ printed-with-date reason-long receipt-early slip-again"
        " unit-open"
    ),
    "test_refusals_of_files": (
        "all-taken already-listed books-back calendar-invalid duplicate-elsewhere"
        " files-missing first-missing folder-missing folder-of-office mark-unknown moved"
        " plan-gone plans-missing row-unknown scan-lost scan-not-shown undo-left-office"
        " undo-other-person year"
    ),
    "test_refusals_of_old_pages": (
        "business-number-entered case-closed effective-set not-a-draft not-approved"
        " payment-confirmed payment-counted payment-unknown receipt-none receipt-recorded"
        " refund-none refund-nothing wrong-step"
    ),
    "test_refusals_of_the_desk": (
        "case-void code-differs code-foreign code-unreadable figure-used form-replaced"
        " form-provisional form-several form-unknown form-void not-permitted scheme-id-changed"
        " too-long"
    ),
    "test_more_layouts": "layout-invalid",
    "test_print_batch": "batch-number",
    "test_corrections": "receipt-not-due",
    "test_roster_changes": "file-changed",
    "test_roster_difference": "difference-stale",
    "test_matching_in_window": (
        "line-free line-recorded line-unknown line-used match-changed part-too-much part-twice"
        " parts-differ parts-missing payment-refunded remainder-none"
    ),
    "test_marks_in_window": "line-marked",
    "test_signing_in_window": "certificate-missing certificate-other signing-off",
    "test_statements": (
        "statement-account statement-account-differs statement-back statement-used"
    ),
    "test_restore": "backup-damaged backup-incomplete backup-unknown folder-is-backup",
}
BEYOND: Mapping[str, str] = {
    # The window's own field or list says it before the service is asked.
    "asked": (
        "batch-empty business-number-none calendar-unchanged call-about column-twice"
        " document-missing figure-twice figures-missing kind-unknown login name-missing"
        " not-printed office-name"
        " password-short payer people-missing reason-missing repair-one-by-one shares"
        " statement-account-missing statement-account-unknown statement-doubtful statement-unclear"
        " statement-elsewhere statement-lines-elsewhere"
        " tax-number text-too-long two-people uscc way-unknown women-too-many"
    ),
    # The window has no button for it in that state, or a grey one that says why.
    "absent": (
        "seal-void archive-in archive-lent batch-ended batch-part batch-unsure"
        " form-not-valid "
        "approved by-unit cover-open effective-by-rule effective-none ends-differs"
        " ends-not-asked figure-given funding-draft"
        " funding-none funding-open no-business-number no-list-before"
        " layout-carried no-province nobody-renews not-by-unit not-due nothing-due"
        " payment-none proof-missing"
        " scheme-in-use server-backup signing-not-chosen system-figures target undo-done"
        " undo-not-allowed undo-not-this undo-nothing unit-ended unit-not-open version-draft"
        " version-frozen"
    ),
    # A name or a number of nothing, which the window takes from its own lists.
    "named": (
        "seal-unknown archive-unknown batch-unknown "
        "answer-unknown attachment-unknown books-unknown calendar-year claim-unknown"
        " statement-unknown"
        " clause-unknown column-field edit-cell enrolment-unknown figure-unknown key-unknown"
        " form-of-nobody member-unknown month page-unknown paper-unknown person-unknown"
        " preset-unknown"
        " profile-unknown repair-kind scheme-unknown submission-unknown"
        " unit-unknown version-unknown"
    ),
    # Only a command can do it.
    "headless": (
        "archive-none turn"
        " calendar-missing enrolment-none fact-missing file-missing"
        " folder-empty folder-of-backups line-differs operation-reused proof-not-list"
        " target-is-folder target-is-source unit-not-found unit-unclear"
    ),
    # An office in this state has no window yet, or no more.
    "unfounded": "no-scheme no-version scheme-missing user-stopped",
    # Within a moment between two desks, or in a text that a form keeps from going wrong.
    "rare": "statement-row books-built-on books-newer changed-since page-placed to-confirm",
}


@cache
def sentences() -> dict[str, list[str]]:
    """By code: the fixed pieces of whatever is said under it, in Chinese."""
    found: dict[str, list[str]] = {}
    for path in sorted(SERVICES.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for call in _raised(tree):
            code, *rest = call.args
            if isinstance(code, ast.Constant):
                elsewhere = any(isinstance(one, ast.Starred) for one in rest)
                said = _texts(tree if elsewhere else call)
                pieces = (core for one in said if (core := _core(one)) and not core.isascii())
                found.setdefault(str(code.value), []).extend(pieces)
    return found


def _raised(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in RAISED:
            yield node


def _texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def _core(piece: str) -> str:
    return piece.strip("。,、:;“”《》 ")


def _codes(table: Mapping[str, str]) -> list[str]:
    return [code for codes in table.values() for code in codes.split()]


def _quotes(quoted: str, piece: str) -> bool:
    """Whether a test's text tells of a piece: a good part of it, or more than the whole."""
    part = len(quoted) >= ENOUGH and quoted in piece
    return part or (len(piece) >= WHOLE and piece in quoted)


def test_every_refusal_is_met_in_the_window_or_it_is_said_why_none_can_be() -> None:
    listed = Counter(_codes(MET) + _codes(BEYOND))
    assert not [code for code, times in listed.items() if times > 1]
    unlisted = sorted(sentences().keys() - listed.keys())
    assert not unlisted, "meet it in a window test, then list it"
    unsaid = sorted(listed.keys() - sentences().keys())
    assert not unsaid, "nothing says this any more"


@pytest.mark.parametrize("module", MET)
def test_the_tests_quote_what_they_are_listed_to_meet(module: str) -> None:
    quoted = set(_texts(ast.parse((HERE / f"{module}.py").read_text("utf-8"))))
    unquoted = [
        code
        for code in MET[module].split()
        if code not in quoted
        and not any(_quotes(one, piece) for one in quoted for piece in sentences()[code])
    ]
    assert not unquoted
