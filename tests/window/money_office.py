"""An office that keeps its scheme's money itself, units that owe theirs, and what the bank says.

Made by the services in a moment; what is walked by hand begins with the bank's file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from db.codes import Role
from desktop_app import bootstrap
from desktop_app.sample_office import SAMPLE_USERS
from desktop_app.services.drafts import EnrolmentDraft, StartDraft
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.samples.layouts import Page
from desktop_app.services.samples.statements import LAYOUTS, SampleLine
from desktop_app.services.samples.workbooks import workbook_bytes
from desktop_app.services.services import Services
from tests.db.offices import CHEAP
from tests.services.desks import people, unit_draft
from tests.services.scheme_desks import PLANS
from tests.services.walks import csv_file

SCHEME, FEE = "yongding", 10_000  # 演示
FIGURES = (
    ("plans.inpatient.fee_fen", FEE),
    ("plans.inpatient.share_limits.default", 1),
    ("coverage.first_month", 1),
)
RECEIPT = """
[[papers]]
id = "dues-receipt"
label = "互助金收据"
who = "office"
archived = true
"""
PAYEE = """
[payee]
name = "演示区总工会(演示)"
account = "9990001234567890123"
bank = "演示银行演示支行"
bank_no = "999000000001"
text = "由单位对公账户转账。"
source = "演示文件第3号"
"""
STRANGER, TREASURY = "远方贸易有限公司(演示)", "演示县财政国库支付中心(演示)"


@dataclass(frozen=True, slots=True)
class Paying:
    """A unit with its people and the account it pays from."""

    name: str
    people: int
    account: str

    @property
    def due_fen(self) -> int:
        return self.people * FEE


EXACT = Paying("演示县第一中学(演示)", 6, "9990002000000000101")
SCHOOLS = (
    Paying("演示县城东小学(演示)", 5, "9990002000000000102"),
    Paying("演示县城西小学(演示)", 7, "9990002000000000103"),
    Paying("演示县城北小学(演示)", 8, "9990002000000000104"),
)
SHORT = Paying("演示县自来水厂(演示)", 9, "9990002000000000105")
OVER = Paying("演示县中医院(演示)", 4, "9990002000000000106")
TWICE = Paying("演示县图书馆(演示)", 3, "9990002000000000107")
UNITS = (EXACT, *SCHOOLS, SHORT, OVER, TWICE)
MISSING_FEN, TOO_MUCH_FEN, STRANGE_FEN = 10_000, 5_000, 8_000
TOGETHER_FEN = sum(one.due_fen for one in SCHOOLS)


def make_office(office: Path, folder: Path, day: date) -> None:
    """Every unit is open, its people are listed and approved: the money is waited for."""
    users = [NewUser(*user) for user in SAMPLE_USERS]
    start = StartDraft(SCHEME, day.year + 1, figures=FIGURES, document="演示文件第2号")
    draft = OfficeDraft("演示区总工会(演示)", "永定区", demo=True, start=start)
    bootstrap.create_office(office, draft, users, cost=CHEAP)
    with signed_in(office, Role.HEAD) as signed:
        _ask_for_receipts(signed.services)
    with signed_in(office, Role.CLERK) as signed:
        units = [_register(signed.services, one) for one in UNITS]
    with signed_in(office, Role.REVIEWER) as signed:
        for unit in units:
            signed.services.units.open(unit)
    with signed_in(office, Role.CLERK) as signed:
        cases = [
            _hand_in(signed.services, unit, one, folder)
            for unit, one in zip(units, UNITS, strict=True)
        ]
    with signed_in(office, Role.REVIEWER) as signed:
        for case in cases:
            signed.services.enrolments.approve(case)


def signed_in(office: Path, role: Role) -> bootstrap.SignedIn:
    login, password = next((user[0], user[3]) for user in SAMPLE_USERS if user[2] is role)
    return bootstrap.sign_in(office, login, password)


def _ask_for_receipts(services: Services) -> None:
    """The head's own version of the scheme: its account, a receipt in the file of each case."""
    editing = services.scheme_editing
    [line] = editing.list_versions()
    text = editing.text_of(line.id).text.replace("2007-01-01", "2008-01-01")
    draft = editing.new_draft(line.id).value
    editing.save_text(draft, text.replace("\n[claims]\n", f"{PAYEE}{RECEIPT}\n[claims]\n"))
    editing.activate(draft, "演示文件第3号")


def _register(services: Services, one: Paying) -> int:
    draft = unit_draft(
        one.name, kind="institution", at_work=one.people, women=0, payer_account=one.account
    )
    return services.units.register(draft).value


def _hand_in(services: Services, unit_id: int, one: Paying, folder: Path) -> int:
    plans = tuple((plan, 1) for plan in PLANS[SCHEME])
    case = services.enrolments.start(
        unit_id, EnrolmentDraft("on-behalf", plans, one.people, 0)
    ).value
    head = ("序号", "姓名", "身份证号", "手机号")
    rows = people(one.people, start=20 * UNITS.index(one))
    roster = csv_file(folder, f"{one.name}.csv", [head, *rows])
    services.rosters.carry_out(services.rosters.plan_file(case, roster).value)
    services.enrolments.submit(case)
    return case


@dataclass(frozen=True, slots=True)
class Came:
    """Money that came into the office's account."""

    fen: int
    name: str
    account: str
    memo: str


def came(fen: int, one: Paying, memo: str = "职工医疗互助金") -> Came:
    return Came(fen, one.name, one.account, memo)


FIRST = (
    came(EXACT.due_fen, EXACT),
    Came(TOGETHER_FEN, TREASURY, "9990002000000000045", "代缴三所小学互助金"),
    came(SHORT.due_fen - MISSING_FEN, SHORT),
    came(OVER.due_fen + TOO_MUCH_FEN, OVER),
    came(TWICE.due_fen, TWICE),
    came(TWICE.due_fen, TWICE),
    Came(STRANGE_FEN, STRANGER, "9990002000000000199", "货款"),
)
THEN = (came(MISSING_FEN, SHORT, "补缴1人互助金"),)
FIRST_FEN = sum(one.fen for one in FIRST)


def write_statement(path: Path, lines: tuple[Came, ...], day: date, held: int) -> Path:
    """A day's lines as the third invented bank lays them out, the newest first."""
    layout = next(one for one in LAYOUTS if one.key == "newest-first")
    told = []
    for number, one in enumerate(lines):
        held += one.fen
        at = datetime.combine(day, time(9, 10)) + timedelta(minutes=7 * number)
        told.append(SampleLine(at, one.fen, one.name, one.account, one.memo, held, ""))
    page = Page(layout.title, layout.rows(told), heading=(layout.heading, layout.heading))
    path.write_bytes(workbook_bytes(path.suffix, [page]))
    return path
