"""The register of forms: nothing in it is there twice, and everything in it can be printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.documents.kinds import BY_CODE, BY_KEY, KINDS, FormKind, FormOf, keys_of
from desktop_app.documents.layout_files import carried_template
from desktop_app.domain.schemes.scheme_readers import FORMS
from desktop_app.paths import resource_path
from tests.documents import samples


@pytest.mark.parametrize("column", ["key", "code", "series", "name", "value", "layout"])
def test_no_two_kinds_of_form_are_alike(column: str) -> None:
    values = [getattr(kind, column) for kind in KINDS]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_of_form_is_found_by_its_key_and_its_code(kind: FormKind) -> None:
    assert BY_KEY[kind.key] is BY_CODE[kind.code] is kind
    assert re.fullmatch(r"[A-Z]{2}", kind.code)
    assert re.fullmatch(r"[A-Z]{2}", kind.series)
    assert carried_template(kind.layout).body


def test_every_layout_that_is_carried_is_some_forms() -> None:
    carried = {path.stem for path in Path(resource_path("forms")).glob("*.toml")}
    assert carried == {kind.layout for kind in KINDS}


def test_every_kind_of_form_has_a_sample_whose_bytes_are_watched() -> None:
    assert {type(form) for form in samples.every_form()} == {kind.value for kind in KINDS}


def test_a_scheme_may_give_every_form_a_title_of_its_own() -> None:
    assert set(FORMS) == {kind.key for kind in KINDS}


def test_the_forms_of_a_case_stand_in_the_order_they_are_printed_in() -> None:
    assert keys_of(FormOf.CASE)[:4] == (
        "payment-notice",
        "application",
        "member-list",
        "confirmation",
    )
    assert set(keys_of(FormOf.CASE)) & set(keys_of(FormOf.CLAIM)) == set()
