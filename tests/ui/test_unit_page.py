"""One unit's page with stand-in services: what it shows, what blocks it, what it opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.print_batches import BatchPlan
from desktop_app.services.views.quotes import PartLine
from desktop_app.services.views.receipts import ReceiptLine, Receipts
from desktop_app.services.views.rosters import PeopleFound
from desktop_app.services.views.units import UnitView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.acts import ACTS, Act
from desktop_app.ui.dialogs.archive_dialogs import (
    ReceiptDialog,
    ReceiveStampedDialog,
    ReissueDialog,
)
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.dialogs.enrolment_dialog import FollowDialog, NewEnrolmentDialog
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.dialogs.payment_dialogs import RecordPaymentDialog
from desktop_app.ui.dialogs.preview_dialog import PdfPreviewDialog
from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.dialogs.quote_dialog import QuoteDialog
from desktop_app.ui.dialogs.review_dialogs import ReviewDialog
from desktop_app.ui.dialogs.scan_dialog import ScanDialog
from desktop_app.ui.dialogs.what_is_dialog import WhatIsDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.pages.units.unit_side import note_of_form
from desktop_app.ui.pasted import PastedPicture
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import (
    FORMS,
    PAPERS,
    SHORT,
    TODAY,
    StandIns,
    enrolment,
    form,
    person,
    steps,
    unit,
    worksheet,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


class Pages:
    """Makes the page on a unit and its case, read to the end."""

    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.qtbot, self.tasks, self.services = qtbot, tasks, StandIns()

    def show(self, case: EnrolmentView | None, owner: UnitView | None = None) -> UnitPage:
        shown = owner or (unit(case) if case else unit())
        self.services.answers["units.get"] = lambda _id: shown
        self.services.answers["enrolments.get"] = lambda _id: case
        page = UnitPage(self.services, self.tasks, 5)  # type: ignore[arg-type]
        self.qtbot.addWidget(page)
        page.resize(1230, 690)
        page.show()
        self.qtbot.waitUntil(lambda: page.shown is not None)
        self.settle()
        return page

    def sign_in(self, role: str) -> None:
        office = self.services.answers["office.view"]
        user = replace(office.user, role=role)
        self.services.answers["office.view"] = replace(office, user=user)

    def settle(self) -> None:
        settled(self.tasks)

    def made(self, name: str) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        self.settle()
        return self.services.made(name)


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    return Pages(qtbot, tasks)


def test_the_head_names_the_unit_and_the_bar_its_step(pages: Pages) -> None:
    page = pages.show(enrolment())
    assert page.heading.text() == "清溪镇人民政府"
    assert "在职 107 人(女 48)" in page.facts.text()
    assert "联系人 田国华 13900000000" in page.facts.text()
    assert page.case_card.title.text() == "2027 年度入会 · 代单位办理"
    assert [step.state for step in page.case_card.bar.steps] == ["now"] + ["later"] * 7
    assert page.case_card.next_button.text() == "下一步:提交审核"
    assert page.case_card.next_button.isEnabled()


def test_what_is_missing_stands_beside_the_blocked_button(pages: Pages) -> None:
    lacks = Missing("participation-too-low", "应不少于86人,还差3人", "请单位补充名单。")
    page = pages.show(enrolment(missing=(lacks,)))
    assert not page.case_card.next_button.isEnabled()
    assert lack_texts(page) == ["应不少于86人,还差3人,请单位补充名单。"]
    assert page.acts.dialogs.take_next() is None


def test_more_than_fits_is_counted_and_stands_whole_in_the_tool_tip(pages: Pages) -> None:
    lacks = tuple(Missing(f"code-{at}", f"缺{at}", "请补。") for at in range(6))
    page = pages.show(enrolment(missing=lacks))
    assert lack_texts(page) == ["缺0,请补。", "缺1,请补。", "缺2,请补。", "…还有 3 项"]
    assert page.case_card.next_button.toolTip().count("请补。") == 6


def test_what_the_dialog_itself_asks_for_does_not_block(pages: Pages) -> None:
    lacks = (Missing("not-stamped:application", "申请书的盖章件还没有收回", "收到后请登记。"),)
    page = pages.show(enrolment(next_act="archive.receive", next_label="登记", missing=lacks))
    assert page.case_card.next_button.isEnabled()
    page._show(
        replace(
            page.shown,
            case=enrolment(
                next_act="archive.receive",
                missing=(
                    *lacks,
                    Missing("not-printed:member-list", "会员名单还没有打印", "请先打印。"),
                ),
            ),
        )
    )
    assert not page.case_card.next_button.isEnabled()
    assert lack_texts(page) == ["会员名单还没有打印,请先打印。"]


@pytest.mark.parametrize("act_key", list(ACTS))
@pytest.mark.parametrize("code", ["not-permitted", "same-person"])
def test_an_act_of_another_person_is_blocked_and_says_so_before_anything_else(
    pages: Pages, act_key: str, code: str
) -> None:
    others = tuple(Missing(f"code-{at}", f"缺{at}", "请补。") for at in range(5))
    who = Missing(code, "这一步由审核人办理", "请审核人登录后办理。")
    page = pages.show(enrolment(next_act=act_key, missing=(*others, who)))
    assert not page.case_card.next_button.isEnabled()
    assert lack_texts(page)[0] == "这一步由审核人办理,请审核人登录后办理。"
    assert page.acts.dialogs.take_next() is None


def test_no_dialog_may_claim_to_bring_another_person() -> None:
    who = Missing("same-person", "须由另一位同事办理。", "请换一位同事登录后再办。")
    act = Act(ReviewDialog, brings=frozenset({"same-person", "not-stamped"}))
    assert act.blocked_by((Missing("not-stamped:application", "", ""), who)) == (who,)


def lack_texts(page: UnitPage) -> list[str]:
    grid = page.case_card.lacks
    return [grid.itemAt(at).widget().text() for at in range(grid.count())]


@pytest.mark.parametrize("act_key", [key for key in ACTS if key != "archive.receipt"])
def test_ctrl_enter_opens_the_dialog_of_the_next_act(
    qtbot: QtBot, pages: Pages, act_key: str
) -> None:
    page = pages.show(enrolment(next_act=act_key))
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialogs = page.findChildren(QDialog)
    assert len(dialogs) == 1
    assert dialogs[0].isVisible()
    dialogs[0].reject()
    pages.settle()


def test_an_act_that_no_dialog_knows_stays_closed(pages: Pages) -> None:
    page = pages.show(enrolment(next_act="rehearsal.start", next_label="演练"))
    assert not page.case_card.next_button.isEnabled()


def test_a_difference_is_told_in_words_and_the_payment_can_go_back(pages: Pages) -> None:
    page = pages.show(
        enrolment(
            steps=steps(3), next_act="payment.record", payments=(SHORT,), difference="少2人的钱"
        )
    )
    assert page.case_card.state.text() == "少2人的钱"
    assert page.case_card.state.property("tone") == "late"
    page.case_card.repay_button.click()
    dialog = page.findChild(QDialog)
    assert dialog.reason.text() == "少2人的钱"
    dialog.accept()
    assert pages.made("payments.return_") == [((7, "少2人的钱"), {})]


def test_money_from_a_personal_account_is_told_though_the_amount_agrees(pages: Pages) -> None:
    mine = replace(SHORT, payer_is_person=True)
    page = pages.show(enrolment(next_act="payment.record", payments=(mine,)))
    assert "个人账户" in page.case_card.state.text()


def test_a_returned_case_says_why(pages: Pages) -> None:
    page = pages.show(enrolment(state="returned", returned_for="名单缺2人"))
    assert page.case_card.state.text() == "已退回:名单缺2人"


def test_people_are_read_page_by_page_until_the_list_ends(pages: Pages) -> None:
    pages.services.answers["rosters.list_people"] = lambda _id, after, limit: tuple(
        person(at) for at in range(after + 1, min(after + limit, 450) + 1)
    )
    page = pages.show(enrolment(people=450))
    model = page.people.people.rows_model
    assert len(model.rows) == 200
    while model.canFetchMore(page.people.people.rootIndex()):
        page.people.people.proxy.fetchMore(page.people.people.rootIndex())
        pages.settle()
    assert [row.line_no for row in model.rows] == list(range(1, 451))
    asked = [args[1] for args, _ in pages.made("rosters.list_people")]
    assert asked == [0, 200, 400]


def test_identity_numbers_show_only_their_end(pages: Pages) -> None:
    page = pages.show(enrolment())
    assert page.people.people.rows_model.index(0, 2).data() == "*1001"


def test_parked_rows_and_history_have_their_own_tabs(pages: Pages) -> None:
    page = pages.show(enrolment())
    assert page.people.tabs.tabText(1) == "待补正 3"
    assert page.people.parked.table.rows_model.rows[0].reason == "身份证号末位不对。"
    assert page.people.history.rows_model.rows[0].who == "王丽"


@pytest.mark.parametrize("state", ["registered", "returned"])
def test_a_clerk_sees_who_opens_a_unit_and_cannot_try(pages: Pages, state: str) -> None:
    pages.sign_in("clerk")
    page = pages.show(None, unit(state=state))
    card = page.case_card
    assert card.open_button.isVisible()
    for one in (card.open_button, card.return_unit_button):
        assert not one.isEnabled()
        assert one.toolTip() == one.accessibleDescription() == "须由审核人办理"
    assert lack_texts(page) == ["须由审核人办理"]


def test_a_unit_whose_registration_went_back_says_why(pages: Pages) -> None:
    page = pages.show(None, replace(unit(state="returned"), returned_for="证书不清"))
    assert page.case_card.state.text() == "登记已退回:证书不清。补好后可再次审核开户。"


def test_an_open_unit_says_nothing_of_reviewers_to_a_clerk(pages: Pages) -> None:
    pages.sign_in("clerk")
    page = pages.show(None)
    assert page.case_card.start_button.isEnabled()
    assert lack_texts(page) == []


@pytest.mark.parametrize("role", ["reviewer", "head"])
def test_a_unit_that_waits_is_opened_from_its_page(pages: Pages, role: str) -> None:
    pages.sign_in(role)
    page = pages.show(None, unit(state="registered"))
    assert lack_texts(page) == []
    assert page.case_card.return_unit_button.isEnabled()
    assert page.case_card.open_button.toolTip() == ""
    assert page.case_card.open_button.isVisible()
    assert not page.case_card.start_button.isVisible()
    page.case_card.open_button.click()
    page.findChild(QDialog).accept()
    assert pages.made("units.open") == [((5,), {})]


def test_a_waiting_unit_can_be_sent_back_with_a_reason(pages: Pages) -> None:
    page = pages.show(None, unit(state="registered"))
    dialog = page.acts.dialogs.send_unit_back()
    dialog.accept()
    assert dialog.banner.text == "“原因”还没有填。"
    dialog.reason.setText("证书看不清")
    dialog.accept()
    assert pages.made("units.return_") == [((5, "证书看不清"), {})]


def test_an_earlier_case_is_turned_to_and_back_and_begins_nothing(pages: Pages) -> None:
    before = enrolment(id=21, year=2026, state="finished", next_act="", next_label="")
    now = enrolment()
    page = pages.show(now, unit(now, before))
    pages.services.answers["enrolments.get"] = lambda at: before if at == 21 else now
    assert not page.newest_button.isVisibleTo(page)
    page.show_case(21)
    pages.qtbot.waitUntil(lambda: page.newest_button.isVisibleTo(page))
    assert page.case_card.title.text().startswith("2026 年度")
    for one in (page.case_card.start_button, page.case_card.renew_button):
        assert not one.isVisibleTo(page)
    reads = len(pages.services.made("units.get"))
    page.show_case(21)
    assert len(pages.services.made("units.get")) == reads
    page.newest_button.click()
    pages.qtbot.waitUntil(lambda: not page.newest_button.isVisibleTo(page))
    assert page.case_card.title.text().startswith("2027 年度")
    page.show_case(999)  # of another unit: the newest stays
    pages.tasks.wait()
    assert not page.newest_button.isVisibleTo(page)


def test_the_whole_list_is_searched_by_the_service_and_the_count_told(pages: Pages) -> None:
    page = pages.show(enrolment())
    people = page.people
    pages.qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    people.search.setText("覃")
    pages.qtbot.waitUntil(lambda: people.right.text() == "找到 300 人,列出前 200 人")
    assert people.people.rows_model.rows[0].line_no == 1_001
    people.search.setText("1150")
    pages.qtbot.waitUntil(lambda: people.right.text() == "找到 0 人")
    assert people.people.proxy.rowCount() == 0
    page.reload()
    pages.qtbot.waitUntil(lambda: len(pages.services.made("rosters.find_people")) == 3)
    people.search.clear()
    pages.qtbot.waitUntil(lambda: people.people.proxy.rowCount() == 86)
    assert people.right.text().startswith("86 人在内")
    people.show_nothing("没有申请")
    people.look()
    people._show_found(31, "覃", PeopleFound(0, ()))
    assert people.right.text() == ""


def test_an_open_unit_without_a_case_starts_one(pages: Pages) -> None:
    page = pages.show(None)
    assert page.case_card.state.text() == "今年还没有申请。"
    page.case_card.start_button.click()
    assert isinstance(page.findChild(QDialog), NewEnrolmentDialog)


def test_last_years_finished_case_leaves_room_for_a_new_one(pages: Pages) -> None:
    page = pages.show(enrolment(year=2026, state="finished", next_act="", next_label=""))
    assert page.case_card.start_button.isVisible()
    assert not page.case_card.next_button.isVisible()
    page = pages.show(enrolment(year=2027, state="finished", next_act="", next_label=""))
    assert page.case_card.start_button.text() == "增加人员"


def drop(target: QWidget, path: str) -> None:
    """As a file manager does it: over the widget first, then let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    over = QDragEnterEvent(QPoint(3, 3), copy, data, left, none.NoModifier)
    QApplication.sendEvent(target, over)
    assert over.isAccepted()
    let_go = QDropEvent(QPointF(3, 3), copy, data, left, none.NoModifier)
    QApplication.sendEvent(target, let_go)


def test_a_roster_dropped_on_the_page_is_planned_and_stored_by_enter(
    qtbot: QtBot, pages: Pages
) -> None:
    page = pages.show(enrolment())
    drop(page, "/unit/名册.xlsx")
    dialog = page.findChild(ImportPlanDialog)
    qtbot.waitUntil(dialog.main_button.isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert pages.made("rosters.plan_file") == [((31, Path("/unit/名册.xlsx")), {"columns": None})]
    assert pages.made("rosters.carry_out") == [((77,), {})]
    assert pages.made("rosters.drop_plan") == []


def test_a_roster_dropped_after_review_is_refused_in_a_sentence(pages: Pages) -> None:
    page = pages.show(enrolment(next_act="payment.record", step_label="待缴费"))
    drop(page, "/unit/名册.xlsx")
    assert page.findChild(ImportPlanDialog) is None
    assert page.banner.text == "这份申请现在是“待缴费”,不再收名单。"


def test_a_roster_dropped_on_a_unit_without_a_case_says_what_comes_first(pages: Pages) -> None:
    page = pages.show(None)
    drop(page, "/unit/名册.xlsx")
    assert "还没有可以收名单的申请" in page.banner.text
    assert pages.made("rosters.plan_file") == []


def test_papers_are_attached_by_drop_on_their_line(pages: Pages) -> None:
    page = pages.show(enrolment())
    drop(page.papers.buttons["over-age-proof"], "/scan/证明.pdf")
    made = pages.made("enrolments.attach_paper")
    assert made == [((31, "over-age-proof", Path("/scan/证明.pdf")), {})]
    assert pages.made("rosters.plan_file") == []


def test_every_part_of_a_paper_s_line_takes_a_scan(pages: Pages) -> None:
    page = pages.show(enrolment())
    titles = {one.text(): one for one in page.papers.findChildren(QLabel)}
    drop(titles["超龄证明"], "/scan/证明.pdf")
    made = pages.made("enrolments.attach_paper")
    assert made == [((31, "over-age-proof", Path("/scan/证明.pdf")), {})]
    assert page.banner.text == "材料已存入。"


def test_a_slip_on_its_line_opens_the_payment_with_the_slip_in_it(pages: Pages) -> None:
    unpaid = tuple(replace(one, state="missing") for one in PAPERS)
    page = pages.show(enrolment(next_act="payment.record", papers=unpaid))
    page.papers.attach.emit("bank-slip", (Path("/scan/回单.jpg"),))
    assert page.findChild(RecordPaymentDialog).slip.path == Path("/scan/回单.jpg")


def asked(page: UnitPage) -> WhatIsDialog:
    return next(one for one in page.findChildren(WhatIsDialog) if one.isVisible())


def test_a_picture_let_go_anywhere_else_is_asked_about_and_a_digit_answers(
    qtbot: QtBot, pages: Pages
) -> None:
    page = pages.show(enrolment())
    drop(page, "/scan/IMG_1.jpg")
    dialog = asked(page)
    texts = [one.text().lstrip("0123456789\u3000 ") for one in dialog.buttons]
    assert texts[0] == "超龄证明"
    assert {"盖章件:申请书", "盖章件:会员名单"} <= set(texts)
    assert "单位的统一社会信用代码证书" in texts
    assert "银行回单" not in texts  # nothing is due before the review
    assert texts[-1] == "换掉已有的湖北省社会保险缴纳证明(单位专用)"
    qtbot.keyClick(dialog, Qt.Key.Key_1)
    made = pages.made("enrolments.attach_paper")
    assert made == [((31, "over-age-proof", Path("/scan/IMG_1.jpg")), {})]
    assert pages.made("rosters.plan_file") == []


def test_a_stamped_copy_and_a_certificate_are_among_the_answers(qtbot: QtBot, pages: Pages) -> None:
    page = pages.show(enrolment(next_act="archive.receive"))
    for choice, path in (("盖章件:申请书", "/s/1.pdf"), ("单位的统一社会", "/s/2.pdf")):
        drop(page, path)
        dialog = asked(page)
        at = next(n for n, one in enumerate(dialog.buttons) if choice in one.text())
        dialog.buttons[at].click()
        if (stamped := page.findChild(ReceiveStampedDialog)) is not None:
            stamped.accept()
        pages.settle()
        qtbot.wait(20)
    assert pages.made("archives.receive_stamped")[0] == ((31, "application", Path("/s/1.pdf")), {})
    assert pages.made("units.attach_paper")[0] == (
        (5, "code-certificate", Path("/s/2.pdf")),
        {},
    )


def test_several_files_are_taken_one_after_another(qtbot: QtBot, pages: Pages) -> None:
    page = pages.show(enrolment())
    paths = [Path(one) for one in ("/u/说明.docx", "/u/名册.xlsx", "/u/a.jpg", "/u/照片.heic")]
    page.acts.files.take(tuple(paths))
    qtbot.waitUntil(lambda: page.findChild(ImportPlanDialog) is not None)
    assert page.findChildren(WhatIsDialog) == []
    page.findChild(ImportPlanDialog).reject()
    qtbot.waitUntil(lambda: bool(page.findChildren(WhatIsDialog)))
    assert asked(page).windowTitle() == "这是什么 · 第 3 个,共 4 个"
    qtbot.keyClick(asked(page), Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "heic" in page.banner.text)
    assert page.banner.text.startswith("材料已存入。《说明.docx》不是表格、图片或 PDF,没有收。")
    assert "请另存为 JPG、PNG 或 PDF" in page.banner.remedy.text()
    assert len(pages.made("enrolments.attach_paper")) == 1


def test_esc_leaves_a_file_alone_and_the_rest_may_be_left_too(qtbot: QtBot, pages: Pages) -> None:
    page = pages.show(enrolment())
    page.acts.files.take(tuple(Path(f"/u/{at}.jpg") for at in range(4)))
    qtbot.keyClick(asked(page), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(WhatIsDialog)))
    assert "第 2 个" in asked(page).windowTitle()
    asked(page).stop_button.click()
    qtbot.wait(50)
    assert not [one for one in page.findChildren(WhatIsDialog) if one.isVisible()]
    assert pages.made("enrolments.attach_paper") == []


@pytest.mark.parametrize("size", [(300, 4000), (4000, 300), (60, 40)])
def test_the_question_fits_a_small_screen_in_large_type(
    pages: Pages, dressed: None, size: tuple[int, int]
) -> None:
    theme.apply(QApplication.instance(), large=True)
    page = pages.show(enrolment(next_act="archive.receive"))
    image = QImage(*size, QImage.Format.Format_RGB32)
    page.acts.files.take((PastedPicture(image), Path("/u/b.jpg")))
    least = asked(page).minimumSizeHint()
    theme.apply(QApplication.instance())
    assert least.width() <= 1300
    assert least.height() <= 700


def test_a_copied_picture_is_pasted_as_a_paper(qtbot: QtBot, pages: Pages) -> None:
    page = pages.show(enrolment())
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QApplication.clipboard().setImage(image)
    page.acts.files.paste()
    assert any(one.accessibleName() == "复制的图片" for one in asked(page).findChildren(QLabel))
    qtbot.keyClick(asked(page), Qt.Key.Key_1)
    ((args, _more),) = pages.made("enrolments.attach_paper")
    assert args[2].name == "粘贴的图片.png"
    assert not args[2].exists()  # it stood there for the call only


def test_a_unit_on_its_own_takes_no_roster_and_says_so(pages: Pages) -> None:
    page = pages.show(enrolment(handling="by-unit"))
    drop(page, "/unit/名册.xlsx")
    assert pages.made("rosters.plan_file") == []
    assert page.banner.text == "单位自办的申请不收名单。"


def test_a_refused_paper_is_told_on_the_page(pages: Pages) -> None:
    page = pages.show(enrolment())
    pages.services.refusals["enrolments.attach_paper"] = UserError(
        "scan-kind", "这不是图片或PDF。", "请换一个文件。"
    )
    page.acts.files.take_for("insurance-proof", (Path("/x/a.pdf"),))
    pages.settle()
    assert page.banner.text == "这不是图片或PDF。"
    assert page.banner.remedy.text() == "请换一个文件。"


def test_a_unit_without_a_case_takes_its_certificates(pages: Pages) -> None:
    page = pages.show(None, unit(state="registered"))
    page.papers.attach.emit("code-certificate", (Path("/scan/证.png"),))
    made = pages.made("units.attach_paper")
    assert made == [((5, "code-certificate", Path("/scan/证.png")), {})]


def test_papers_printed_here_stand_under_forms_only(pages: Pages) -> None:
    page = pages.show(enrolment(next_act="archive.finish", receipts=Receipts(may_record=True)))
    assert set(page.papers.buttons) == {"insurance-proof", "over-age-proof", "dues-receipt"}
    assert set(page.forms.buttons) == {"payment-notice", "application", "member-list"}


FLUSHED = ReceiptLine("YS1", date(2026, 11, 30), 860000, "replaced", "YS红1", "抬头写错")
GIVEN = ReceiptLine("YS2", TODAY, 860000, "valid", replaces="YS1", has_file=True)


def test_the_receipts_stand_by_number_with_the_money_and_are_flushed_there(pages: Pages) -> None:
    given = Receipts((FLUSHED, GIVEN), may_reissue=True, fen=860000)
    page = pages.show(enrolment(state="finished", next_act="", receipts=given))
    told = [one.text() for one in page.money.findChildren(QLabel) if "YS" in one.text()]
    assert told == [
        "会费票据 YS1 · 8,600.00\N{NO-BREAK SPACE}元\n11-30 开 · 已红冲,红票YS红1:抬头写错",
        "会费票据 YS2 · 8,600.00\N{NO-BREAK SPACE}元\n12-01 开 · 重开,原票YS1",
    ]
    assert set(page.money.buttons) >= {"receipt.reissue", "look:YS2"}
    assert "archive.receipt" not in page.money.buttons
    page.money.buttons["look:YS2"].click()
    looked = page.findChild(ScanDialog)
    assert looked is not None
    looked.accept()
    page.money.buttons["receipt.reissue"].click()
    assert page.findChild(ReissueDialog).windowTitle() == "红冲重开会费票据"


def test_a_receipt_that_no_paper_asks_for_is_recorded_beside_the_money(pages: Pages) -> None:
    papers = tuple(one for one in PAPERS if one.key != "dues-receipt")
    page = pages.show(enrolment(papers=papers, receipts=Receipts(may_record=True, fen=430000)))
    page.money.buttons["archive.receipt"].click()
    dialog = page.findChild(ReceiptDialog)
    dialog.number.setText("YS3")
    dialog.accept()
    made = pages.made("archives.record_receipt")
    assert made == [((31, "YS3", TODAY, 430000, None), {})]


def test_a_scan_let_go_on_the_page_may_be_a_receipt_that_no_paper_asks_for(pages: Pages) -> None:
    papers = tuple(one for one in PAPERS if one.key != "dues-receipt")
    for more, offered in (({"may_record": True}, True), ({}, False)):
        page = pages.show(enrolment(papers=papers, receipts=Receipts(**more)))
        drop(page, "/scan/票据.pdf")
        asked = page.findChild(WhatIsDialog)
        assert any(one.text().endswith("会费票据") for one in asked.buttons) is offered
        asked.reject()


def test_where_all_money_went_back_only_the_receipt_in_red_is_asked_for(pages: Pages) -> None:
    given = Receipts((replace(GIVEN, replaces=""),), may_reissue=True, none_left=True)
    page = pages.show(enrolment(receipts=given))
    assert page.money.buttons["receipt.reissue"].text() == "红冲…"
    page.money.buttons["receipt.reissue"].click()
    dialog = page.findChild(ReissueDialog)
    assert dialog.windowTitle() == "红冲会费票据"
    assert not dialog.number.isVisible()
    dialog.red_no.setText("YS红2")
    dialog.reason.setText("钱已退还")
    dialog.accept()
    [((_case, draft, _file), _more)] = pages.made("receipts.reissue")
    assert (draft.red_no, draft.number, draft.amount_fen) == ("YS红2", "", 0)


def test_why_a_form_does_not_print_is_told_once_where_no_step_brings_it(pages: Pages) -> None:
    why = {"may_print": False, "why_not": "没有收款账户。", "remedy": "请添上。"}
    order = {"may_print": False, "why_not": "到账后才能打印。"}
    forms = (
        form("payment-notice", "缴费通知单", **why),
        form("application", "申请书", **why),
        form("confirmation", "确认书", **order),
    )
    page = pages.show(enrolment(forms=forms))
    told = [one.text() for one in page.forms.findChildren(QLabel)]
    assert told.count("没有收款账户。请添上。") == 1
    assert "到账后才能打印。" not in told


TITLES = {
    "payment-notice": "职工互助保障会费缴费通知单",
    "application": "在职职工互助保障活动申请书",
    "member-list": "互助保障活动会员名单",
    "confirmation": "互助保障活动确认书",
    "archive-list": "互助保障活动档案移交清单",
    "letter": "演示县补充说明函",
}


def test_forms_stand_by_a_short_name_with_the_whole_title_at_hand(pages: Pages) -> None:
    forms = tuple(form(key, title, 11) for key, title in TITLES.items())
    page = pages.show(enrolment(forms=forms))
    names = [one for one in page.forms.findChildren(QLabel) if one.toolTip() in TITLES.values()]
    short = ["缴费通知单", "申请书", "会员名单", "确认书", "移交清单", "演示县补充说明函"]
    assert [one.text() for one in names] == short
    assert [one.toolTip() for one in names] == list(TITLES.values())
    assert [one.accessibleName() for one in names] == list(TITLES.values())
    assert page.forms.buttons["application"].accessibleName() == f"{TITLES['application']}:打开…"
    page.forms.buttons["application"].click()
    pages.settle()
    assert page.findChild(PdfPreviewDialog).windowTitle() == f"{TITLES['application']} A-2026-0011"


def test_papers_money_and_forms_stand_in_a_small_window_without_scrolling(
    pages: Pages, dressed: None
) -> None:
    forms = tuple(replace(one, label=TITLES[one.key]) for one in FORMS)
    page = pages.show(enrolment(next_act="payment.record", forms=forms))
    assert page.side.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("large", [False, True])
def test_a_form_s_line_is_one_line_high(pages: Pages, dressed: None, large: bool) -> None:
    theme.apply(QApplication.instance(), large=large)
    forms = tuple(form(key, title, 11) for key, title in TITLES.items() if key != "letter")
    page = pages.show(enrolment(forms=forms))
    names = [one for one in page.forms.findChildren(QLabel) if one.toolTip() in TITLES.values()]
    high = [one.text() for one in names if one.height() >= 2 * one.fontMetrics().lineSpacing()]
    theme.apply(QApplication.instance())
    assert len(names) == 5
    assert high == []


def test_who_bears_what_is_told_with_what_the_unit_transfers(pages: Pages) -> None:
    parts = (
        PartLine("upper-union", "上级工会", 215000, False),
        PartLine("unit-and-member", "单位和职工", 645000, True),
    )
    quote = worksheet(
        parts=parts, due_fen=645000, first=date(2027, 1, 1), last=date(2027, 12, 31), kept=True
    )
    page = pages.show(enrolment(due_fen=645000, quote=quote))
    assert page.money.right.text() == "应缴 6,450.00 元(合计 8,600.00)"
    texts = [one.text() for one in page.money.findChildren(QLabel)]
    assert "2,150.00 元 · 不由单位缴" in texts
    assert "6,450.00 元" in texts
    page.money.steps_button.click()
    dialog = page.findChild(QuoteDialog)
    assert dialog.summary.text() == (
        "合计 8,600.00 元 · 单位应缴 6,450.00 元 · 12 个月 · 2027年1月1日0时 至 2027年12月31日24时"
    )
    texts = [one.text() for one in dialog.findChildren(QLabel)]
    assert "依据:演示文件" in texts
    assert "按方案第1版计算,审核通过时存档,不再改动。" in texts


def test_an_estimate_is_marked_and_its_figure_and_refusal_named(pages: Pages) -> None:
    quote = worksheet(
        due_fen=None,
        estimate=True,
        to_confirm=("全年费用折合的月数",),
        problems=("不在办理时间内",),
    )
    page = pages.show(enrolment(due_fen=None, total_fen=None, quote=quote))
    assert page.money.right.text() == "估算 8,600.00 元(待核对)"
    dialog = page.acts.dialogs.show_steps()
    texts = [one.text() for one in dialog.findChildren(QLabel)]
    assert "估算 合计 8,600.00 元" in texts
    assert {"待核对:全年费用折合的月数", "不在办理时间内"} <= set(texts)
    page = pages.show(
        enrolment(due_fen=None, total_fen=None, quote=worksheet(total_fen=None, due_fen=None))
    )
    assert page.money.right.text() == "应缴 待核对"
    assert page.acts.dialogs.show_steps().summary.text() == "还算不出金额"


def test_a_free_scheme_asks_for_no_payment(pages: Pages) -> None:
    quote = worksheet(total_fen=0, due_fen=0, parts=())
    page = pages.show(enrolment(due_fen=0, total_fen=0, quote=quote))
    assert page.money.right.text() == "不用缴款"
    assert set(page.money.buttons) == {"plans"}
    page = pages.show(enrolment(due_fen=0, total_fen=0, people=0, quote=quote))
    assert page.money.right.text() == "应缴 0.00 元"


def test_a_case_that_the_unit_works_out_itself_shows_no_calculation(pages: Pages) -> None:
    page = pages.show(enrolment(quote=None))
    assert not page.money.steps_button.isVisible()
    assert page.acts.dialogs.show_steps() is None


def test_people_may_be_added_to_a_finished_case_of_this_year(pages: Pages) -> None:
    page = pages.show(enrolment(state="finished", next_act=""))
    assert page.case_card.start_button.isVisible()
    assert page.case_card.start_button.text() == "增加人员"
    page = pages.show(enrolment(state="void", next_act=""))
    assert page.case_card.start_button.text() == "新建申请"


def test_nothing_is_paid_before_the_review(pages: Pages) -> None:
    page = pages.show(enrolment(next_act="enrolment.approve"))
    assert page.money.buttons == {}
    assert set(page.papers.buttons) == {"insurance-proof", "over-age-proof"}
    page = pages.show(enrolment(next_act="enrolment.enter-number"))
    page.money.buttons["payment.record"].click()
    assert page.findChild(QDialog).windowTitle() == "登记缴费"


def test_the_keys_stay_on_the_page_when_the_pressed_line_is_drawn_anew(pages: Pages) -> None:
    page = pages.show(enrolment())
    with pages.qtbot.waitActive(page):
        page.activateWindow()
    pressed = page.forms.buttons["application"]
    pressed.setFocus()
    page.reload()
    pages.settle()
    assert page.forms.buttons["application"] is not pressed
    held = QApplication.focusWidget()
    assert held is page.forms
    pages.qtbot.keyClick(held, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pages.settle()
    assert page.findChild(QDialog) is not None


def test_an_issued_form_opens_as_it_was_and_may_be_issued_anew(pages: Pages) -> None:
    page = pages.show(enrolment())
    page.forms.buttons["application"].click()
    pages.settle()
    preview = page.findChild(PdfPreviewDialog)
    assert preview.windowTitle() == "申请书 A-2026-0012"
    assert pages.made("prints.issue") == []
    preview.renew_button.click()
    pages.settle()
    page.findChildren(QDialog)[-1].accept()
    assert pages.made("prints.issue") == [((31, "application"), {})]


def test_what_was_printed_and_is_void_says_what_is_to_be_done_anew() -> None:
    assert note_of_form(form("application", "申请书", again="需重新盖章")) == "需重新盖章"


def test_an_issued_form_is_void_with_a_reason(pages: Pages) -> None:
    pages.services.answers["prints.void"] = Done(None, frozenset({Area.PRINTS}))
    page = pages.show(enrolment())
    page.forms.buttons["application"].click()
    pages.settle()
    preview = page.findChild(PdfPreviewDialog)
    assert not preview.void_button.isHidden()
    preview.void_button.click()
    pages.settle()
    dialog = page.findChildren(ReasonDialog)[-1]
    assert dialog.windowTitle() == "作废单据 A-2026-0012"
    dialog.reason.setText("盖错了章")
    dialog.accept()
    pages.settle()
    assert pages.made("prints.void") == [((12, "盖错了章"), {})]


def test_a_form_of_a_closed_case_stays_valid(pages: Pages) -> None:
    page = pages.show(enrolment(state="finished"))
    page.forms.buttons["application"].click()
    pages.settle()
    assert page.findChild(PdfPreviewDialog).void_button.isHidden()


def test_issuing_the_confirmation_shows_its_pages_at_once(pages: Pages) -> None:
    page = pages.show(enrolment(next_act="print.confirmation", next_label="打印确认书"))
    page.acts.dialogs.take_next().accept()
    pages.settle()
    assert pages.made("prints.issue") == [((31, "confirmation"), {})]
    preview = page.findChild(PdfPreviewDialog)
    assert preview is not None
    assert pages.made("prints.page_images")[0][0] == (14,)


def test_a_units_forms_are_printed_in_one_go_by_a_key(pages: Pages) -> None:
    pages.services.answers["print_batches.plan"] = lambda _units, _forms, **_more: BatchPlan((), ())
    page = pages.show(enrolment())
    assert page.forms.set_button.isVisible()
    pages.qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    pages.settle()
    dialog = page.findChild(PrintBatchDialog)
    assert dialog.windowTitle() == "批量打印 · 1 家单位"
    assert pages.made("print_batches.plan")[0][0][0] == (page.shown.unit.id,)


def test_a_unit_on_its_own_is_followed_by_three_values(pages: Pages) -> None:
    page = pages.show(enrolment(handling="by-unit", handling_label="单位自办", people=0))
    assert page.people.follow_button.isVisible()
    assert not page.people.roster_button.isVisible()
    page.people.follow_button.click()
    dialog = page.findChild(FollowDialog)
    dialog.people.setText("90")
    dialog.amount.setText("9,000")
    dialog.number.setText("HB1")
    dialog.accept()
    assert pages.made("business_numbers.follow") == [((31, 90, 900000, "HB1"), {})]


def test_the_page_reads_itself_again_when_its_case_changes(
    qtbot: QtBot, pages: Pages, tasks: TaskRunner
) -> None:
    page = pages.show(enrolment())
    pages.services.answers["enrolments.get"] = lambda _id: enrolment(
        next_label="审核通过", next_act="enrolment.approve"
    )
    tasks.save(page, lambda: Done(None, frozenset({Area.ENROLMENTS})), lambda _value: None)
    qtbot.waitUntil(lambda: page.case_card.next_button.text() == "下一步:审核通过")


def test_a_unit_that_is_gone_is_told_on_the_page(
    qtbot: QtBot, pages: Pages, tasks: TaskRunner
) -> None:
    pages.services.refusals["units.get"] = UserError("unit-unknown", "没有这个单位。", "请刷新。")
    page = UnitPage(pages.services, tasks, 99)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    pages.settle()
    assert page.banner.text == "没有这个单位。"
