"""Which applications wait for their arrival once statements paid for them, and why some may not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.services.drafts import PaymentPart
from desktop_app.services.services import Services
from desktop_app.services.views.arrivals import ArrivingLine
from tests.services.desks import Staff, people, transfer
from tests.services.scheme_desks import case_of, use_scheme
from tests.services.test_matching import came, statement
from tests.services.test_shared_payments import school
from tests.services.walks import Walk

DAY, NEXT = "2022-11-20", "2022-11-21"
DUE = 50_000  # of ten people


@pytest.fixture
def own(staff: Staff) -> Staff:
    """An office that takes the money itself."""
    use_scheme(staff, "anyang-2023", "2022-11-21 09:30", 2023)
    return staff


def unit(staff: Staff, name: str, start: int = 0) -> Walk:
    rows = people(10, start=start, women=2)
    walk = case_of(staff, "anyang-2023", rows, name=f"{name}(演示)")
    walk.submitted()
    walk.approved()
    return walk


def booked(staff: Staff, walk: Walk, yuan: str, day: str = NEXT) -> None:
    [line] = statement(staff, came(yuan, walk.name, "4200", day=day))
    staff.clerk.matching.book(line, (PaymentPart(walk.id, round(float(yuan) * 100)),))


def arriving(who: Services) -> dict[str, ArrivingLine]:
    return {one.unit_name: one for one in who.matching.list_arriving()}


@pytest.mark.both_databases
def test_what_lines_paid_whole_waits_with_the_day_of_the_last_of_them(own: Staff) -> None:
    first, second = unit(own, "甲厂"), unit(own, "乙厂", 20)
    booked(own, first, "300.00", DAY)
    assert arriving(own.reviewer) == {}  # still short
    booked(own, first, "200.00")
    booked(own, second, "500.00", DAY)
    found = arriving(own.reviewer)
    assert set(found) == {first.name, second.name}
    assert found[first.name] == ArrivingLine(
        first.id, first.unit_id, first.name, 10, DUE, date(2022, 11, 21), (first.name,)
    )
    assert found[second.name].on == date(2022, 11, 20)
    for one in found.values():
        own.reviewer.payments.confirm(one.enrolment_id, one.on)
    assert arriving(own.reviewer) == {}
    view = own.clerk.enrolments.get(second.id)
    assert view.payments[0].confirmed_on == date(2022, 11, 20)


def test_who_booked_the_money_is_told_that_somebody_else_confirms_it(own: Staff) -> None:
    walk = unit(own, "甲厂")
    booked(own, walk, "500.00")
    told = arriving(own.clerk)[walk.name]
    assert (told.refusal, told.remedy) == ("这一步由审核人办理。", "请审核人登录后办理。")
    assert arriving(own.reviewer)[walk.name].refusal == ""
    other = unit(own, "乙厂", 20)
    [line] = statement(own, came("500.00", other.name, "4200", day=NEXT))
    own.reviewer.matching.book(line, (PaymentPart(other.id, DUE),))
    told = arriving(own.reviewer)[other.name]
    assert told.refusal == "“登记到账”须由另一位同事办理。"


def test_money_of_a_slip_is_held_against_its_picture_one_by_one(own: Staff) -> None:
    walk = unit(own, "甲厂")
    slip = transfer(DUE, 10, own.picture("回单.png"), paid_on=own.clock.today())
    own.clerk.payments.record(walk.id, slip)
    assert arriving(own.reviewer) == {}
    [line] = statement(own, came("500.00", slip.payer_name, "4200", day=NEXT))
    payment = own.clerk.enrolments.get(walk.id).payments[0].id
    own.clerk.matching.link(line, payment)
    assert arriving(own.reviewer) == {}
    other = unit(own, "乙厂", 20)
    booked(own, other, "500.00")
    assert set(arriving(own.reviewer)) == {other.name}  # whatever slips others have
    assert own.value("SELECT payment_id FROM bank_line WHERE id = :id", id=line) == payment


def test_money_that_went_out_again_is_to_be_looked_at_first(own: Staff) -> None:
    walk = unit(own, "甲厂")
    booked(own, walk, "500.00", DAY)
    back = came("", walk.name, "4200", "退票", NEXT)
    statement(own, (back[0], "", "500.00", *back[3:]))
    told = arriving(own.reviewer)[walk.name]
    assert told.refusal == "2022年11月21日同样一笔钱又从账户付出。"
    assert "撤回认款" in told.remedy


def test_a_payer_whom_nobody_knows_of_the_unit_is_told_of(own: Staff) -> None:
    walk = unit(own, "甲厂")
    [line] = statement(own, came("500.00", "远方公司(演示)", "4300", day=NEXT))
    own.clerk.matching.book(line, (PaymentPart(walk.id, DUE),))
    told = arriving(own.reviewer)[walk.name]
    assert "远方公司(演示)" in told.differs
    assert told.refusal == ""


def test_what_arrived_before_and_went_back_is_not_counted_again(own: Staff) -> None:
    walk = unit(own, "甲厂")
    booked(own, walk, "500.00", DAY)
    own.reviewer.payments.confirm(walk.id, date(2022, 11, 20))
    own.clerk.refunds.ask(walk.id, DUE, own.clock.today(), "付错了")
    own.reviewer.refunds.arrive(walk.id, own.clock.today())
    assert arriving(own.reviewer) == {}
    booked(own, walk, "500.00")
    told = arriving(own.reviewer)[walk.name]
    assert (told.fen, told.on, told.refusal) == (DUE, date(2022, 11, 21), "")


def test_where_an_office_above_confirms_the_money_a_line_of_this_one_does_not(
    staff: Staff,
) -> None:
    walk = school(staff, 1)
    yesterday = (staff.clock.today() - timedelta(days=1)).isoformat()
    booked(staff, walk, "500.00", yesterday)
    told = arriving(staff.reviewer)[walk.name]
    assert told.refusal == "这笔钱到没有到,由省办确认。"
    assert told.remedy == "请照省办的确认,在单位页面登记。"


def test_an_application_whose_money_was_sent_back_waits_no_more(own: Staff) -> None:
    walk = unit(own, "甲厂")
    booked(own, walk, "500.00")
    own.clerk.payments.return_(own.clerk.enrolments.get(walk.id).payments[0].id, "付错了")
    assert arriving(own.reviewer) == {}
