"""One unit's case through the real dialogs over a real office, from registering to a claim."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from db.codes import Role
from desktop_app import bootstrap, sample_office
from desktop_app.domain.identity import identity_18
from desktop_app.domain.uscc import credit_check_character
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.services import Services
from desktop_app.ui.dialogs import exchange_sending
from desktop_app.ui.dialogs.base import ActDialog
from desktop_app.ui.dialogs.preview_dialog import PdfPreviewDialog
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.pages.claims.claims_page import ClaimsPage
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.printing import PrintJob
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.tasks import TaskRunner
from tests.db.offices import CHEAP
from tests.ui.calm import settled

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

CLERK = NewUser("wang", "王某", Role.CLERK, "office-clerk-1")
REVIEWER = NewUser("li", "李某", Role.REVIEWER, "office-review-2")
HEAD = NewUser("chen", "陈某", Role.HEAD, "office-head-0003")
BODY = "12999999MB0A12345"  # of a code, without its check character
PEOPLE = (
    ("田甲", "99999919800101001"),
    ("向·扎西", "99999919850202003"),
    ("李䶮", "99999919900303002"),
)


class Desk:
    """One office, one window's worth of pages; people take turns at it."""

    def __init__(self, folder: Path, tasks: TaskRunner, qtbot: QtBot) -> None:
        self.folder, self.tasks, self.qtbot = folder, tasks, qtbot
        self.bugs: list[object] = []
        self.opened: list[str] = []  # in the file manager
        tasks.failed.connect(lambda _owner, error: self.bugs.append(error))

    @contextmanager
    def as_(self, user: NewUser) -> Iterator[Services]:
        with bootstrap.sign_in(
            self.folder, user.login, user.password, now=sample_office.sample_clock
        ) as signed:
            yield signed.services
            self.settle()
            assert self.bugs == []

    def settle(self) -> None:
        settled(self.tasks)

    def page(self, services: Services, unit_id: int) -> UnitPage:
        page = UnitPage(services, self.tasks, unit_id)
        self.qtbot.addWidget(page)
        page.show()
        self.settle()
        return page

    def take(self, page: UnitPage, fill: Callable[[Any], object] | None = None) -> None:
        """Press 下一步, fill the dialog, press Enter; it has to close."""
        dialog = page.acts.dialogs.take_next()
        assert dialog is not None, page.case_card.next_button.toolTip()
        self.finish(dialog, fill)

    def finish(self, dialog: ActDialog | None, fill: Callable[[Any], object] | None = None) -> None:
        assert dialog is not None
        self.settle()
        if fill is not None:
            fill(dialog)
        dialog.accept()
        self.settle()
        assert self.bugs == []
        assert not isValid(dialog) or not dialog.isVisible(), dialog.banner.text

    def print_shown(self, page: UnitPage, target: Path) -> list[str]:
        preview = page.findChildren(PdfPreviewDialog)[-1]
        preview.print_to(PrintJob("办公室", 1, target))
        self.settle()
        return [str(one.mediabox) for one in pypdf.PdfReader(target).pages]


@pytest.fixture
def desk(tmp_path: Path, tasks: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path / "office", tasks, qtbot)
    monkeypatch.setattr(exchange_sending, "remembered", Remembered())
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: made.opened.append(url.toLocalFile()) is None
    )
    bootstrap.create_office(
        made.folder,
        OfficeDraft("明山县总工会(演示)", "明山县", demo=True),
        (HEAD, CLERK, REVIEWER),
        now=sample_office.sample_clock,
        cost=CHEAP,
    )
    with made.as_(HEAD) as services:
        services.schemes.set_year(2027)
        for figure in services.schemes.list_figures():
            if "fee" in figure.path:
                services.schemes.confirm_figure(figure.path, 6000, "演示文件1号")
    return made


def roster(folder: Path) -> Path:
    path = folder / "名册.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = [(str(at), name, identity_18(body), "") for at, (name, body) in enumerate(PEOPLE, 1)]
        csv.writer(file).writerows([("序号", "姓名", "身份证号", "手机号"), *rows])
    return path


def register(desk: Desk, services: Services) -> int:
    known: list[int] = []
    dialog = UnitDialog(services, desk.tasks)
    desk.qtbot.addWidget(dialog)
    dialog.saved.connect(known.append)
    dialog.open()
    desk.finish(
        dialog,
        lambda d: (
            d.name.setText("明山县测试站"),
            d.kind.setCurrentIndex(0),
            d.employer_code.setText(BODY + credit_check_character(BODY)),
            d.at_work.setText("3"),
            d.women.setText("1"),
        ),
    )
    return known[0]


def test_a_case_goes_from_registering_to_the_archive_and_a_claim(
    desk: Desk, tmp_path: Path
) -> None:
    scan = tmp_path / "材料.png"
    Image.new("L", (600, 800), 255).save(scan)
    with desk.as_(CLERK) as clerk:
        unit_id = register(desk, clerk)
    with desk.as_(REVIEWER) as reviewer:
        desk.finish(desk.page(reviewer, unit_id).acts.dialogs.open_account())
    with desk.as_(CLERK) as clerk:
        page = desk.page(clerk, unit_id)
        gather(desk, page, tmp_path, scan)
    with desk.as_(REVIEWER) as reviewer:
        desk.take(desk.page(reviewer, unit_id))
    with desk.as_(CLERK) as clerk:
        page = desk.page(clerk, unit_id)
        enter_print_and_pay(desk, page, tmp_path, scan)
    with desk.as_(REVIEWER) as reviewer:
        desk.take(
            desk.page(reviewer, unit_id),
            lambda d: (d.effective.setText("2026-12-1"), d.document.setText("计-1")),
        )
    with desk.as_(CLERK) as clerk:
        page = desk.page(clerk, unit_id)
        print_and_file(desk, page, tmp_path)
        claim_for(desk, clerk)


def gather(desk: Desk, page: UnitPage, folder: Path, scan: Path) -> None:
    desk.finish(
        page.acts.dialogs.start_enrolment(),
        lambda d: [tick.setChecked(True) for tick, _ in d.plans.values()],
    )
    assert page.case_card.next_button.text() == "下一步:读入名单"
    desk.finish(page.acts.files.read_roster(roster(folder)))
    assert [person.name for person in page.people.people.rows_model.rows] == [n for n, _ in PEOPLE]
    for key in tuple(page.papers.buttons):
        page.acts.files.take_for(key, (scan,))
        desk.settle()
    desk.take(page)
    assert page.case_card.next_button.text() == "下一步:审核通过"


def enter_print_and_pay(desk: Desk, page: UnitPage, folder: Path, scan: Path) -> None:
    out = folder / "out"
    out.mkdir()
    dialog: Any = page.acts.dialogs.take_next()
    dialog.export_to(out)
    desk.settle()
    assert desk.opened == [str(next(one for one in out.iterdir() if one.is_dir()))]
    assert "3 人" in dialog.detail.toPlainText()
    assert "名单1_住院医疗.xlsx　3 人" in dialog.detail.toPlainText()
    assert any(out.iterdir())
    desk.finish(dialog, lambda d: d.number.setText("HB-1"))
    for key in ("payment-notice", "application", "member-list"):
        form = next(line for line in page.shown.case.forms if line.key == key)
        desk.finish(page.acts.prints.print_form(form))
        assert desk.print_shown(page, folder / f"{key}.pdf")
    assert [line.copies for line in page.shown.case.forms] == [1, 1, 1, 0, 0]
    desk.take(page, lambda d: (d.slip.set_path(scan), d.amount.setText("1")))
    assert page.case_card.repay_button.isVisible()
    desk.finish(page.acts.dialogs.send_payment_back(page.shown.case.payments[-1]))
    desk.take(page, lambda d: d.slip.set_path(scan))
    assert page.shown.case.next_act == "payment.confirm"


def print_and_file(desk: Desk, page: UnitPage, folder: Path) -> None:
    desk.take(page)
    assert desk.print_shown(page, folder / "confirmation.pdf")
    desk.take(page, lambda d: [tick.setChecked(True) for tick in d.ticks.values()])
    assert page.case_card.next_button.text() == "下一步:登记票据"
    desk.take(page, lambda d: d.number.setText("P-1"))
    desk.take(page, lambda d: [tick.setChecked(True) for tick in d.ticks])
    assert page.shown.case.state == "finished"
    assert "保障期 2026年12月1日0时 至 2027年11月30日24时" in page.case_card.state.text()


def claim_for(desk: Desk, clerk: Services) -> None:
    page = ClaimsPage(clerk, desk.tasks)
    desk.qtbot.addWidget(page)
    page.show()
    desk.settle()
    dialog: Any = page.register()
    desk.settle()
    dialog.event_on.setText("2026-12-1")
    dialog.person.setText("田甲")
    dialog.look()
    desk.settle()
    assert "至2027年11月30日24时" in dialog.plan.currentText()
    desk.finish(dialog, lambda d: d.amount.setText("3200"))
    assert page.claim is not None
    assert page.claim.on_paper
    for line in page.claim.papers:
        page.set_paper(line, "kept")
        desk.settle()
    desk.finish(page.take_next())
    assert page.claim.step_label == "已核算"
