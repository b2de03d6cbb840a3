"""单位自办: the one blue button leads such a case through its whole way over a real office."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app.ui.dialogs.enrolment_dialog import FollowDialog
from desktop_app.ui.pages.units import unit_files
from desktop_app.ui.pages.units.unit_page import UnitPage
from tests.ui.test_unit_walk import CLERK, REVIEWER, Desk, desk, register

__all__ = ["desk"]  # the fixture

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


def says(page: UnitPage) -> str:
    card = page.case_card
    assert card.next_button.isEnabled(), card.next_button.toolTip()
    return card.next_button.text().removeprefix("下一步:")


def test_the_button_leads_from_the_draft_to_the_finished_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "证明.png"
    Image.new("L", (600, 800), 255).save(scan)
    monkeypatch.setattr(unit_files, "ask_file", lambda *_asked: scan)
    with desk.as_(CLERK) as clerk:
        unit_id = register(desk, clerk)
    with desk.as_(REVIEWER) as reviewer:
        desk.finish(desk.page(reviewer, unit_id).acts.dialogs.open_account())
    with desk.as_(CLERK) as clerk:
        page = desk.page(clerk, unit_id)
        desk.finish(page.acts.dialogs.start_enrolment(), choose_by_unit)
        assert says(page) == "登记自办情况"
        desk.take(page, follow)
        assert says(page) == "提交审核"
        desk.take(page)
    with desk.as_(REVIEWER) as reviewer:
        desk.take(desk.page(reviewer, unit_id))
    with desk.as_(CLERK) as clerk:
        page = desk.page(clerk, unit_id)
        pay_and_arrive(desk, page)
        bring_home(desk, page)
        view = page.shown.case if page.shown else None
        assert view is not None
        assert (view.state, view.people, view.due_fen) == ("finished", 3, 18_000)
        assert [step.state for step in view.steps] == ["done"] * len(view.steps)


def choose_by_unit(dialog: Any) -> None:
    dialog.handling.setCurrentIndex(1)
    dialog.plans["hospital"][0].setChecked(True)


def follow(dialog: Any) -> None:
    assert isinstance(dialog, FollowDialog)
    dialog.people.setText("3")
    dialog.amount.setText("180")
    dialog.number.setText("HB-7")


def pay_and_arrive(desk: Desk, page: UnitPage) -> None:
    """A sum that differs is not taken for the money; the right one goes on without a slip."""
    assert says(page) == "登记缴费"
    desk.take(page, lambda d: d.amount.setText("200"))
    assert not page.case_card.next_button.isEnabled()
    assert page.case_card.repay_button.isVisible()
    assert page.shown is not None
    assert page.shown.case is not None
    desk.finish(page.acts.dialogs.send_payment_back(page.shown.case.payments[-1]))
    desk.take(page)
    assert says(page) == "登记省办到账"
    desk.take(page, lambda d: (d.effective.setText("2026-12-1"), d.document.setText("计-1")))


def bring_home(desk: Desk, page: UnitPage) -> None:
    assert says(page) == "登记材料收回"
    desk.take(page, lambda d: [tick.setChecked(True) for tick in d.ticks.values()])
    assert says(page) == "添加材料"
    assert page.acts.dialogs.take_next() is None
    desk.settle()
    assert says(page) == "登记票据"
    desk.take(page, lambda d: d.number.setText("P-1"))
    assert says(page) == "核对档案并办结"
    desk.take(page, lambda d: [tick.setChecked(True) for tick in d.ticks])
