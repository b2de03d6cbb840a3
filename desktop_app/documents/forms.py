"""What each printed form says, as frozen values; where it stands on the paper is in the layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """The scheme's display words that the forms use."""

    member: str = "会员"
    contribution: str = "会费"
    enrolment: str = "入会"
    benefit: str = "互助金"


@dataclass(frozen=True, slots=True)
class Marks:
    """What every form carries: who printed it, for which case, under which number.

    Args:
        case_code: short code of the case, upper-case letters, digits and `-`, at most 14; stands in
            the QR code, so never anything personal.
        form_no: the running number printed on the form.
        print_no: 1 for the first print of this form, 2 for the second and so on.
        scheme: title of the scheme, e.g. 咸丰县职工医疗互助保障.
        provisional: printed before the province answered: marked 暂用.
    """

    case_code: str
    form_no: str
    print_no: int
    office: str
    scheme: str
    issued_on: date
    demo: bool = False
    provisional: bool = False
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the unit's enrolment: `fee_fen` is for one share of one person."""

    name: str
    people: int
    shares: int
    fee_fen: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class Payee:
    """The account that takes the contributions."""

    name: str
    account: str
    bank: str
    bank_no: str


@dataclass(frozen=True, slots=True)
class UnitParticulars:
    """The unit as its forms name it; `code` is the employer's, `union_code` the union's own."""

    name: str
    code: str
    union_code: str = ""
    kind: str = ""
    town: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FundingLine:
    """Which part of the money who bears, and the account it is charged to (列支渠道)."""

    payer: str
    channel: str
    fen: int
    demanded: bool = True


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """缴费通知单: tells the unit what to pay, to which account, until when.

    `people` counts persons once, however many plans they hold.
    """

    marks: Marks
    unit: UnitParticulars
    year: int
    lines: tuple[PlanLine, ...]
    people: int
    total_fen: int
    payee: Payee
    deadline: date | None = None
    coverage: str = ""
    business_no: str = ""
    contact: str = ""
    phone: str = ""
    funding: tuple[FundingLine, ...] = ()  # where unions bear a part that nobody asks the unit for
    due_fen: int | None = None  # what the unit transfers; None where that is all of it


@dataclass(frozen=True, slots=True)
class InvoiceParticulars:
    """What the dues receipt is to be made out to."""

    title: str
    code: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """在职职工互助保障活动申请书: signed by the officer, stamped by the unit's union."""

    marks: Marks
    unit: UnitParticulars
    year: int
    kind: str  # 首次入会, 续保, 中途增员
    at_work: int
    women_at_work: int
    people: int
    women: int
    lines: tuple[PlanLine, ...]
    total_fen: int
    funding: tuple[FundingLine, ...] = ()
    invoice: InvoiceParticulars | None = None
    coverage: str = ""
    business_no: str = ""


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One line of the member list; its running number is its place."""

    name: str
    sex: str  # 男, 女, or empty
    identity: str
    plans: str
    fee_fen: int


@dataclass(frozen=True, slots=True)
class MemberList:
    """会员名单: everyone of the application, by number, with plans and contribution."""

    marks: Marks
    unit: UnitParticulars
    year: int
    people: tuple[ListedMember, ...]
    total_fen: int
    plans: str = ""
    business_no: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """互助保障活动确认书: the cover that the province has confirmed; both days are covered days."""

    marks: Marks
    unit: UnitParticulars
    year: int
    business_no: str
    first_day: date
    last_day: date
    people: int
    lines: tuple[PlanLine, ...]
    total_fen: int
    paid_on: date | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ArchivePaper:
    """One paper of the file; `medium` is 原件, 复印件 or 电子."""

    name: str
    medium: str
    copies: int
    pages: int
    number: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveHandover:
    """档案移交清单: which papers change hands, in two copies, both sides signing."""

    marks: Marks
    unit: UnitParticulars
    year: int
    archive_no: str
    papers: tuple[ArchivePaper, ...]
    business_no: str = ""
    people: int = 0
    total_fen: int = 0
    reason: str = "办结归档"
    handed_by: str = ""
    received_by: str = ""
    witnessed_by: str = ""


@dataclass(frozen=True, slots=True)
class WorksheetLine:
    """One rule of a worksheet, in words."""

    text: str
    clause: str
    given: str
    output: str


@dataclass(frozen=True, slots=True)
class BenefitWorksheet:
    """核算单: what a claim comes to, rule by rule; an estimate says that nothing is paid on it."""

    marks: Marks
    unit: UnitParticulars
    year: int
    title: str
    claim_no: str
    person: str
    identity: str  # masked
    plan: str
    event_on: date
    coverage: str
    facts: str
    lines: tuple[WorksheetLine, ...]
    amount_fen: int | None
    estimate: bool
    version_no: int
    figured_by: str
    open_clauses: tuple[str, ...] = ()
    stale: bool = False  # confirmed since: to be figured anew
    apply: str = "申领"
    business_no: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedPaper:
    """One paper of a claim's checklist; `state` is empty where it has not come in."""

    name: str
    state: str  # 复印件已收, 原件核对退回
    pages: int = 0
    needed: bool = True


@dataclass(frozen=True, slots=True)
class ClaimReceipt:
    """收件回执: which papers of a claim came in and which are wanting; two copies on one page."""

    marks: Marks
    unit: UnitParticulars
    year: int
    title: str
    apply: str
    claim_no: str
    person: str
    identity: str  # masked
    plan: str
    event_on: date
    received_by: str
    papers: tuple[ReceivedPaper, ...]
    business_no: str = ""


Form = (
    PaymentNotice
    | ApplicationForm
    | MemberList
    | Confirmation
    | ArchiveHandover
    | BenefitWorksheet
    | ClaimReceipt
)
