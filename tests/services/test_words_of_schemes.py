"""Each scheme speaks its own words: a real office walked, everything told on the way read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.schemes.scheme_parts import NEUTRAL, Words
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.errors import UserError
from desktop_app.paths import resource_path
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.services.desks import Staff, transfer
from tests.services.scheme_desks import case_of, use_scheme
from tests.services.test_claim_ways import office
from tests.services.walks import STEPS, Walk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

DRIVES = {
    "anyang-2023": ("2022-11-21 09:30", 2023),
    "pinghu": ("2023-11-20 10:00", 2024),
    "beijing": ("2022-11-20 10:00", 2023),
    "yongding": ("2023-02-20 10:00", 2023),
}
SCHEMES = ("xianfeng-2024", *DRIVES)
OWN = ("join", "fee", "benefit", "upper", "system", "document", "receipt")
# What nobody but a scheme with a province may be told.
PROVINCE = ("省办", "省系统", "会费", "入会", "计划书")


def words_of(key: str) -> Words:
    return scheme_from(resource_path("schemes", f"{key}.toml").read_text("utf-8")).words


def foreign(key: str) -> tuple[str, ...]:
    """Words of the other schemes that are neither this one's nor anybody's."""
    own = words_of(key)
    mine = {getattr(one, name) for one in (own, NEUTRAL) for name in OWN}
    mine |= {own.person, own.apply, own.plan}
    theirs = {getattr(words_of(other), name) for other in SCHEMES for name in OWN}
    found = {word for word in theirs if word and not any(word in one for one in mine)}
    return tuple(sorted(found | (set() if own.upper else set(PROVINCE))))


def sentences(value: Any) -> Iterator[str]:
    """Every text of a view, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from sentences(one)
    elif is_dataclass(value) and not isinstance(value, Words):
        for one in fields(value):
            yield from sentences(getattr(value, one.name))


def labels(shown: QWidget) -> Iterator[str]:
    yield shown.windowTitle()
    for one in (shown, *shown.findChildren(QWidget)):
        if one is not shown and one.isHidden():
            continue
        yield from (one.accessibleName(), one.toolTip(), one.accessibleDescription())
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        if isinstance(one, QTabWidget):
            yield from (one.tabText(at) for at in range(one.count()))


class Reader:
    """Collects what an office tells, and refuses a word of another scheme."""

    def __init__(self, key: str, tasks: TaskRunner, qtbot: QtBot) -> None:
        self.words, self.tasks, self.qtbot = foreign(key), tasks, qtbot

    def read(self, texts: Iterator[str]) -> None:
        for text in texts:
            assert not [word for word in self.words if word in text], text

    def refusals(self, *acts: Callable[[], object]) -> None:
        """Acts that come too early: what is told is read, whatever it is."""
        for act in acts:
            try:
                act()
            except UserError as error:
                self.read(iter((error.message, error.remedy)))

    def page(self, staff: Staff, unit_id: int) -> None:
        """The unit's page with the dialog of the next act over it."""
        page = UnitPage(staff.head, self.tasks, unit_id)
        self.qtbot.addWidget(page)
        self._settle()
        assert page.shown is not None
        self.read(labels(page))
        for model in (page.people.people.rows_model, page.people.history.rows_model):
            self.read(column.title for column in model.columns)
        dialog = page.acts.dialogs.take(page.shown.case.next_act) if page.shown.case else None
        starts = page.acts.dialogs.start_enrolment()
        self._settle()
        for one in (dialog, starts):
            if isinstance(one, QDialog):
                self.read(labels(one))
                one.reject()
        self._settle()

    def _settle(self) -> None:
        calm = 0
        while calm < 3:
            self.tasks.wait()
            QApplication.processEvents()
            calm = 0 if self.tasks.pending else calm + 1


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.wait()


@pytest.mark.parametrize("key", SCHEMES)
def test_an_office_is_told_nothing_in_another_schemes_words(
    staff: Staff, tasks: TaskRunner, qtbot: QtBot, key: str
) -> None:
    reader = Reader(key, tasks, qtbot)
    if key in DRIVES:
        use_scheme(staff, key, *DRIVES[key])
        walk = case_of(staff, key)
        steps = _steps(staff, walk, key)
    else:
        walk = Walk(staff).start()
        walk.roster()
        steps = (*(getattr(walk, step) for step in STEPS[1:]), walk.finished)
    reader.page(staff, walk.unit_id)
    for step in steps:
        reader.read(sentences(staff.clerk.enrolments.get(walk.id)))
        _hurry(reader, staff, walk)
        step()
        reader.page(staff, walk.unit_id)
    assert staff.clerk.enrolments.get(walk.id).state == "finished"


def _hurry(reader: Reader, staff: Staff, walk: Walk) -> None:
    """Everything that may be refused now, tried before its time."""
    clerk, day = staff.clerk, staff.clock.today()
    reader.refusals(
        lambda: clerk.business_numbers.enter(walk.id, " "),
        lambda: clerk.business_numbers.follow(walk.id, 0, 0, "1"),
        lambda: clerk.submissions.export(walk.id, staff.papers / "keine"),
        lambda: clerk.payments.record(walk.id, transfer(7, 99, None, paid_on=day + timedelta(9))),
        lambda: staff.reviewer.payments.confirm(walk.id, day - timedelta(days=400)),
        lambda: clerk.archives.record_receipt(walk.id, "1", day, 7),
        *(lambda f=form: clerk.prints.issue(walk.id, f) for form in ("letter",)),
    )


def _steps(staff: Staff, walk: Walk, key: str) -> tuple[Callable[[], object], ...]:
    """The steps of an own-fund scheme."""

    def pay() -> None:
        due = staff.clerk.enrolments.get(walk.id).due_fen
        assert due is not None
        slip = transfer(due, 10, staff.picture("回单.png"), paid_on=staff.clock.today())
        staff.clerk.payments.record(walk.id, slip)

    def paper(*forms: str) -> None:
        for form in forms:
            staff.clerk.prints.issue(walk.id, form)
            staff.clerk.archives.receive_stamped(walk.id, form)

    def stamp() -> None:
        paper(*(("member-list",) if key == "beijing" else ("application", "member-list")))
        if key in ("anyang-2023", "yongding"):
            staff.clerk.archives.receive_stamped(walk.id, "confirmation")

    submit = (
        walk.submitted if key == "anyang-2023" else (lambda: staff.clerk.enrolments.submit(walk.id))
    )
    money = (pay, lambda: staff.reviewer.payments.confirm(walk.id, staff.clock.today()))
    confirm = (lambda: staff.clerk.prints.issue(walk.id, "confirmation"),)
    return (
        submit,
        walk.approved,
        *(money if key != "beijing" else ()),
        *(confirm if key in ("anyang-2023", "yongding") else ()),
        stamp,
        lambda: staff.clerk.archives.finish(walk.id),
    )


@pytest.mark.parametrize("key", DRIVES)
def test_a_claim_is_told_nothing_of_a_province_where_the_office_decides(
    staff: Staff, tasks: TaskRunner, qtbot: QtBot, key: str
) -> None:
    reader = Reader(key, tasks, qtbot)
    reader.words = PROVINCE[:2]
    if key == "anyang-2023":
        made = office(staff, key, ("effective_until = 2023-12-31\n", ""))
    else:
        made = office(staff, key)
    for plan in staff.clerk.schemes.plan_choices():
        claim = made.claim(plan.key, claimed_fen=100_000)
        for _ in range(4):
            reader.read(sentences(made.view(claim)))
            reader.refusals(
                lambda claim=claim: staff.clerk.claims.decide(claim, 1, made.today),
                lambda claim=claim: staff.clerk.claim_decisions.pay(claim, made.today),
                lambda claim=claim: staff.clerk.claim_decisions.send_back(claim, "x"),
                lambda claim=claim: staff.clerk.claim_decisions.record_arrival(claim, made.today),
            )
            made.papers(claim)
            reader.refusals(lambda claim=claim: staff.reviewer.claims.move_on(claim))
