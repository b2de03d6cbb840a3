"""Where the blue button leads when the step still lacks something."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.enrolments import Missing
from desktop_app.ui.dialogs.archive_dialogs import ReceiptDialog
from desktop_app.ui.dialogs.base import ActDialog
from desktop_app.ui.dialogs.enrolment_dialog import FollowDialog
from desktop_app.ui.dialogs.payment_dialogs import RecordPaymentDialog
from desktop_app.ui.pages.units.unit_leads import lead_of
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import enrolment
from tests.ui.test_unit_page import Pages, lack_texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

BY_UNIT: dict[str, Any] = {"handling": "by-unit"}
ARRIVES: dict[str, Any] = {"next_act": "payment.confirm", "next_label": "登记省办到账"}
ENDS: dict[str, Any] = {"next_act": "archive.finish", "next_label": "核对档案并办结"}


def lacking(*codes: str) -> tuple[Missing, ...]:
    return tuple(Missing(code, f"缺{code}", "请补。") for code in codes)


@pytest.mark.parametrize(
    ("more", "code", "says", "opens"),
    [
        (BY_UNIT, "people-missing", "登记自办情况", FollowDialog),
        (BY_UNIT, "business-number-missing", "登记自办情况", FollowDialog),
        (BY_UNIT | ARRIVES, "payment-missing", "登记缴费", RecordPaymentDialog),
        (ENDS, "receipt-missing", "登记票据", ReceiptDialog),
    ],
)
def test_what_a_dialog_can_bring_is_what_the_button_opens(
    qtbot: QtBot, tasks: TaskRunner, more: dict[str, Any], code: str, says: str,
    opens: type[ActDialog],
) -> None:  # fmt: skip
    page = Pages(qtbot, tasks).show(enrolment(missing=lacking(code), **more))
    assert page.case_card.next_button.text() == f"下一步:{says}"
    assert page.case_card.next_button.toolTip() == f"缺{code},请补。\nCtrl+Enter"
    assert lack_texts(page) == [f"缺{code},请补。"]
    dialog = page.acts.dialogs.take_next()
    assert isinstance(dialog, opens)
    dialog.close()


@pytest.mark.parametrize(
    ("more", "codes", "says"),
    [
        ({}, ("people-missing",), "读入名单"),
        ({}, ("participation-too-low", "paper-missing:insurance-proof"), "添加材料"),
        (ENDS, ("paper-missing:insurance-proof", "receipt-missing"), "添加材料"),
        (ARRIVES, ("effective-date-missing",), "登记省办到账"),
    ],
)
def test_it_leads_to_the_first_thing_that_somebody_can_bring(
    more: dict[str, Any], codes: tuple[str, ...], says: str
) -> None:
    lead = lead_of(enrolment(missing=lacking(*codes), **more))
    assert lead is not None
    assert lead.label == says


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({}, ("participation-too-low",)),
        ({}, ("receipt-missing", "same-person")),
        (ENDS, ("people-missing",)),
        (ARRIVES | {"due_fen": None}, ("payment-missing",)),
        ({"next_act": "rehearsal.start"}, ()),
    ],
)
def test_it_leads_nowhere_where_another_person_or_the_unit_has_to_act(
    more: dict[str, Any], codes: tuple[str, ...]
) -> None:
    assert lead_of(enrolment(missing=lacking(*codes), **more)) is None


def test_files_are_asked_for_by_those_who_read_them(
    qtbot: QtBot, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = "desktop_app.ui.pages.units.unit_files.ask_file"
    monkeypatch.setattr(ask, lambda _page, title, _kinds: asked.append(title))
    pages = Pages(qtbot, tasks)
    for codes in (("people-missing",), ("paper-missing:insurance-proof",)):
        page = pages.show(enrolment(missing=lacking(*codes)))
        assert page.acts.dialogs.take_next() is None
    assert asked == ["读入名单", "添加材料"]
