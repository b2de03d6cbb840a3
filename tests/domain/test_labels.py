"""Labels: complete, and none too many."""

from __future__ import annotations

import datetime
from enum import StrEnum

import pytest

from db.codes import CODE_LISTS, Sex
from desktop_app.domain.labels import LABELS, label, weekday


@pytest.mark.parametrize("codes", CODE_LISTS, ids=lambda codes: codes.__name__)
def test_every_code_has_one_label_of_its_own(codes: type[StrEnum]) -> None:
    labels = LABELS[codes]
    assert set(labels) == {code.value for code in codes}
    assert len(set(labels.values())) == len(labels)


def test_no_list_has_labels_without_codes() -> None:
    assert set(LABELS) == set(CODE_LISTS)


def test_a_code_is_shown_by_its_label() -> None:
    assert label(Sex.FEMALE) == "女"


def test_weekdays_are_named() -> None:
    assert weekday(datetime.date(2026, 12, 1)) == "星期二"
    assert weekday(datetime.date(2026, 12, 6)) == "星期日"
