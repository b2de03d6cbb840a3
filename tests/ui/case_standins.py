"""Stand-in services for units and claims: plain values; a call on the GUI thread fails."""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image, ImageDraw

from desktop_app.domain.enrolments import Facts, Missing, StepView
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.schemes.scheme_parts import Participation, Words
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.intake.scan_pages import DrawnPage
from desktop_app.paths import resource_path
from desktop_app.services.done import Area, Done
from desktop_app.services.drafts import EnrolmentDraft, PersonDraft, UnitDraft
from desktop_app.services.views.claims import ClaimRow, ClaimView, CoveredPerson
from desktop_app.services.views.corrections import CorrectionOffer
from desktop_app.services.views.enrolments import (
    EnrolmentRow,
    EnrolmentView,
    HistoryLine,
    PaymentLine,
    PlanLine,
)
from desktop_app.services.views.forms import OfferedForm, PrintedForm
from desktop_app.services.views.offers import Offer, UnitOffers
from desktop_app.services.views.offices import OfficeView, UserView
from desktop_app.services.views.papers import FormLine, PaperLine
from desktop_app.services.views.proofs import ProofLine, ProofView
from desktop_app.services.views.quotes import (
    HeadLine,
    PartLine,
    QuoteStep,
    QuoteView,
    StartPreview,
)
from desktop_app.services.views.receipts import Receipts
from desktop_app.services.views.renewals import RenewalPerson, RenewalPlan
from desktop_app.services.views.rosters import (
    ImportPlan,
    ParkedCell,
    ParkedLine,
    PeopleFound,
    PersonLine,
    SavedLetter,
)
from desktop_app.services.views.schemes import PlanChoice
from desktop_app.services.views.signing import SigningView
from desktop_app.services.views.submissions import (
    AnswerResult,
    EntryField,
    EntryPart,
    ExchangeLine,
    ExchangeView,
    ProfileChoice,
    SheetLine,
)
from desktop_app.services.views.turnout import TurnoutLine, turnout_lines
from desktop_app.services.views.undo import UndoOffer
from desktop_app.services.views.units import UnitRow, UnitView

TODAY = date(2026, 12, 1)
ROUND = ("名单", "审核", "录省系统", "缴费", "省办到账", "确认书", "盖章收回", "归档办结")
KEYS = ("roster", "review", "entry", "payment", "province", "confirmation", "seal", "archive")
WAITS = "还没有。先办。"
GOOD_CODE = "11990000MB0A12345K"


PROOF = ProofView(
    "证明.pdf",
    "证明与名单:对上 1 人(其中仅按姓名 1 人),姓名不同 1 人,证明有名单无 1 人,名单有证明无 1 人",
    1, 1, 0, 1, 1, 1,
    (
        ProofLine("roster-only", "名单有证明无", 3, "田桂兰", "**************1246", "", "", "", "",
                  "证明里有同名的人,号码对不上,请核对号码"),
        ProofLine("name-differs", "姓名不同", 2, "李䶮", "**************1244", "李龑",
                  "999***********1244", "第1页第6行", "按遮盖的号码", ""),
        ProofLine("proof-only", "证明有名单无", None, "", "", "=向某离", "999***********0216",
                  "第2页第3行", "", ""),
        ProofLine("agrees", "对上", 1, "覃世芳", "**************1248", "覃世芳", "", "第1页第5行",
                  "仅按姓名", ""),
    ),
)  # fmt: skip


def steps(at: int) -> tuple[StepView, ...]:
    return tuple(
        StepView(key, text, "done" if i < at else "now" if i == at else "later")
        for i, (key, text) in enumerate(zip(KEYS, ROUND, strict=True))
    )


def unit_draft(**more: Any) -> UnitDraft:
    values: dict[str, Any] = {
        "name": "清溪镇人民政府", "kind": "government", "employer_code": "11422826011456789A",
        "union_code": "81422826MC01234567", "town": "清溪镇", "area": "城关片区", "at_work": 107,
        "women": 48, "contact_name": "田国华", "contact_phone": "13900000000",
    }  # fmt: skip
    return UnitDraft(**(values | more))


def paper(key: str, text: str, state: str = "missing", note: str = "") -> PaperLine:
    labels = {
        "missing": "待补",
        "kept": "复印件已收",
        "seen": "原件核对退回",
        "stamped": "盖章件已收回",
    }
    return PaperLine(key, text, state, labels[state], note, None)


def form(key: str, text: str, issued: int | None = None, **more: Any) -> FormLine:
    values: dict[str, Any] = {
        "key": key, "label": text, "issued_id": issued, "copies": 1 if issued else 0,
        "number": f"A-2026-{issued:04}" if issued else None,
        "issued_at": datetime(2026, 11, 29, 2, 0, tzinfo=UTC) if issued else None,
        "stamped": False, "may_print": True, "why_not": "",
    }  # fmt: skip
    return FormLine(**(values | more))


FORMS = (
    form("payment-notice", "缴费通知单", 11),
    form("application", "申请书", 12),
    form("member-list", "会员名单", 13),
    form("confirmation", "确认书", may_print=False, why_not="省办确认到账后才能打印。"),
    form("archive-list", "档案移交清单", may_print=False, why_not="省办确认到账后才能打印。"),
)
PAPERS = (
    paper("insurance-proof", "湖北省社会保险缴纳证明(单位专用)", "kept", "2页"),
    paper("over-age-proof", "超龄证明"),
    paper("application", "申请书", "stamped"),
    paper("member-list", "会员名单"),
    paper("bank-slip", "银行回单", "kept"),
    paper("confirmation", "确认书"),
    paper("dues-receipt", "社会团体会费统一票据"),
)
PLANS = (
    PlanLine("hospital", "住院医疗", 1, 6000, 86, 516000),
    PlanLine("critical-illness", "重大疾病", 1, 4000, 86, 344000),
)
SHORT = PaymentLine(
    7, 840000, 84, date(2026, 11, 30), "清溪镇人民政府", False, "differs", "不符", None
)


# As a scheme with an office above it says things.
WORDS = Words(
    "入会",
    "会员",
    "会费",
    "申领",
    "互助金",
    "互助保障项目",
    {},
    "省办",
    "省系统",
    "省办计划书",
    "会费票据",
)


def enrolment(**more: Any) -> EnrolmentView:
    values: dict[str, Any] = {
        "id": 31, "uid": "ab", "unit_id": 5, "unit_name": "清溪镇人民政府", "year": 2027,
        "handling": "on-behalf", "handling_label": "代单位办理", "state": "open",
        "steps": steps(0), "step_key": "roster", "step_label": "草稿", "next_label": "提交审核",
        "next_act": "enrolment.submit", "missing": (), "plans": PLANS, "people": 86, "parked": 3,
        "participation": "在职107人,应不少于86人(80%):已够", "at_work": 107, "women": 48,
        "due_fen": 860000, "paid_fen": 0, "difference": "", "to_confirm": (),
        "business_no": None, "effective_on": None, "last_on": None, "papers": PAPERS,
        "payments": (), "forms": FORMS, "returned_for": "", "submitted_by": "", "folder": "",
        "total_fen": 860000, "quote": worksheet(), "words": WORDS,
        "turnout": (TurnoutLine("在职", 107, 86, 86, 0),), "receipts": Receipts(fen=860000),
    }  # fmt: skip
    return EnrolmentView(**(values | more))


def worksheet(**more: Any) -> QuoteView:
    """What a case comes to: 演示 amounts that one payer bears."""
    part = PartLine("unit-and-member", "单位和职工", 860000, True)
    values: dict[str, Any] = {
        "kept": False, "kind": "renewal", "ends": None, "months": 12, "first": None, "last": None,
        "total_fen": 860000, "due_fen": 860000, "estimate": False, "to_confirm": (),
        "parts": (part,), "heads": (HeadLine("每人", 86, 10000, (part,)),),
        "steps": (QuoteStep("contribution-total", "演示文件", "合计8,600.00元。"),),
        "problems": (), "version_no": 1,
    }  # fmt: skip
    return QuoteView(**(values | more))


def offers(case: EnrolmentView | None, year: int = 2027) -> UnitOffers:
    """What a unit with this case may begin, nothing standing against it but a case under way."""
    if case is None or case.state == "void":
        return UnitOffers(start=True)
    if case.year < year:
        return UnitOffers(start=True, renewal=Offer())
    if case.state == "finished":
        return UnitOffers(addition=Offer(), held=(("hospital", 1),))
    return UnitOffers(addition=Offer("2027年度的申请正在办理,办结后才能另行增加人员。", "请退回。"))


def unit(*cases: EnrolmentView, state: str = "open", **more: Any) -> UnitView:
    labels = {"open": "正常", "registered": "待核对", "returned": "已退回", "ended": "已终止"}
    rows = tuple(
        EnrolmentRow(c.id, 5, c.unit_name, c.year, c.handling_label, c.step_label, c.people,
                     c.due_fen, c.business_no, c.state)
        for c in cases
    )  # fmt: skip
    papers = (paper("code-certificate", "统一社会信用代码证书", "kept", "1页"),)
    return UnitView(5, "u", unit_draft(**more), "机关", state, labels[state], papers, rows)


def person(at: int) -> PersonLine:
    names = ("覃世芳", "李䶮", "向·扎西", "田桂兰", "冉文斌", "黄玉平", "张建国")
    return PersonLine(
        at, 1000 + at, names[at % 7], f"**************{1000 + at}", "女" if at % 2 else "男",
        20 + at % 40, "住院医疗+重大疾病", 10000, "在名单内", "超龄,待证明" if at % 7 == 5 else "",
    )  # fmt: skip


def claim(**more: Any) -> ClaimView:
    values: dict[str, Any] = {
        "id": 9, "number": "SL-2026-0009", "person": "覃世芳", "identity": "**************1248",
        "unit": "清溪镇人民政府", "plan": "住院医疗", "event_on": date(2026, 11, 2),
        "cover": "自2026年1月1日0时起至2026年12月31日24时止", "claimed_fen": 320000,
        "on_paper": True,
        "papers": (
            paper("claim-form", "互助金申请书", "kept"),
            paper("identity-copy", "身份证复印件"),
            paper("settlement", "医保统筹结算单"),
        ),
        "decided_fen": None, "decided_on": None, "step_label": "登记", "next_label": "资料齐全",
        "next_act": "claim.move-on", "missing": (Missing("papers", "还缺2份资料。", "请补齐。"),),
    }  # fmt: skip
    return ClaimView(**(values | more))


def claim_row(at: int) -> ClaimRow:
    return ClaimRow(
        at, f"SL-2026-{at:04}", "覃世芳", "清溪镇人民政府", "住院医疗", date(2026, 11, 2),
        320000, "登记", 2 if at == 9 else 0,
    )  # fmt: skip


def unit_row(at: int, **more: Any) -> UnitRow:
    values: dict[str, Any] = {
        "id": at, "name": f"县第{at}小学", "kind_label": "事业单位", "area": "城关片区",
        "at_work": 40 + at, "contact": "王丽", "state": "open", "state_label": "正常",
        "step_label": "待审核", "people": 30 + at, "due_fen": 100 * at * 10000,
    }  # fmt: skip
    return UnitRow(**(values | more))


RENEWAL = RenewalPlan(
    5, "清溪镇人民政府", 2027, 2026, date(2027, 1, 1), 107, 48, "田国华 13900000000",
    (("hospital", "住院医疗", 1),), ("旧项目",),
    (
        RenewalPerson(1001, "覃世芳", "**************1248", "女", 40, "", ""),
        RenewalPerson(1002, "李䶮", "**************1249", "男", 61, "", "超过60周岁,须附超龄证明"),
        RenewalPerson(1003, "向·扎西", "**************1250", "男", 30, "台账中为“已退休”", ""),
    ),
)  # fmt: skip
NOTHING_TO_UNDO = UndoOffer(
    "", "", False, "没有可以撤销的一步。", "需要改动时,请由审核人退回,改好再提交。"
)
CELLS = (
    ParkedCell("name", "姓名", "李䶮", False),
    ParkedCell("identity", "身份证号", "999999198001010012", True),
    ParkedCell("phone", "手机号", "13900000001", False),
    ParkedCell("sex", "性别", "男", False),
)
CORRECTIONS = (
    CorrectionOffer("undo", "撤销上一步", False, "没有可以撤销的一步。请由审核人退回。"),
    CorrectionOffer("take-back", "取回提交", True),
    CorrectionOffer("workers", "更正在职人数", True),
    CorrectionOffer("people", "撤出名单里的人", True),
    CorrectionOffer("number", "更正业务号", True),
    CorrectionOffer("effective", "更正生效日", True),
    CorrectionOffer("funding", "更正列支渠道", True),
    CorrectionOffer("payment", "退回缴费", True),
    CorrectionOffer("send-back", "审核后退回", True),
    CorrectionOffer("void", "作废申请", True),
)
EXCHANGED = (
    ExchangeLine(6, datetime(2026, 12, 1, 3, tzinfo=UTC), "失败名单", "失败.xlsx", 86,
                 "收下 84 人,退回 2 人", "王丽"),
    ExchangeLine(5, datetime(2026, 12, 1, 2, tzinfo=UTC), "回执", "回执.json", 86,
                 "收下 86 人,退回 0 人", "王丽"),
    ExchangeLine(4, datetime(2026, 12, 1, 1, tzinfo=UTC), "导出", "S-0004", 86, "2 个文件", "王丽",
                 "/out/清溪镇_2027", ("住院医疗.xlsx", "01_回单.png"), 860000,
                 (SheetLine("住院医疗.xlsx", 86, 860000),)),
)  # fmt: skip
ENTRY = (
    EntryPart("单位和申请", (
        EntryField("单位名称", "清溪镇人民政府"), EntryField("联系电话", ""),
    )),
    EntryPart("名单 住院医疗", (
        EntryField("参保人姓名", "覃世芳", "第 1 人 覃世芳"),
        EntryField("身份证号", "999999198001010011", "第 1 人 覃世芳"),
        EntryField("参保人姓名", "李䶮", "第 2 人 李䶮"),
        EntryField("身份证号", "99999919900303002X", "第 2 人 李䶮"),
    )),
    EntryPart("名单 重大疾病", (
        EntryField("参保人姓名", "覃世芳", "第 1 人 覃世芳"),
        EntryField("身份证号", "999999198001010011", "第 1 人 覃世芳"),
    )),
)  # fmt: skip
PLAN = ImportPlan(
    77, "名册.xlsx", 135, 129, 3, 3, 120, 9,
    (
        Finding("Sheet1", 7, "C", "identity-check-digit", Severity.ERROR,
                "李䶮的身份证号末位不对,请照身份证核对。", "identity"),
        Finding("Sheet1", 12, "B", "cleaned", Severity.INFO, "姓名里的空格已去掉。", "name"),
    ),
    "在职107人,应不少于86人(80%):已够", 1290000,
)  # fmt: skip


def picture(text: str = "确认书") -> bytes:
    """A page as PNG, A4 at 100 dpi."""
    image = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(image).rectangle((40, 40, 787, 1129), outline="black", width=3)
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def preview(
    _unit_id: int,
    draft: EnrolmentDraft,
    joining: tuple[int | None, int | None] = (None, None),
    **more: Any,
) -> StartPreview:
    """What the rules would say of an application: 演示 amounts, nothing against it."""
    part = PartLine("unit-and-member", "单位和职工", 6000, True)
    is_open = any(plan == "women" for plan, _shares in draft.plans)
    values: dict[str, Any] = {
        "kind": draft.kind or "renewal", "kind_label": "续保", "ends": draft.ends,
        "ends_known": False, "asks_ends": False, "refusal": None, "months": 12, "first": None,
        "last": None, "estimate": is_open, "to_confirm": ("女职工特殊疾病会费",) * is_open,
        "heads": (HeadLine("每人", 1, 6000, (part,)),) if draft.plans and not is_open else (),
        "warnings": (), "turnout": turnout(draft, joining),
    }  # fmt: skip
    return StartPreview(**(values | more))


def turnout(
    draft: EnrolmentDraft, joining: tuple[int | None, int | None]
) -> tuple[TurnoutLine, ...]:
    facts = Facts(
        people=joining[0] or 0,
        women=joining[1] or 0,
        at_work=draft.at_work or None,
        women_at_work=draft.women,
        plans=tuple(key for key, _shares in draft.plans),
    )
    return turnout_lines(facts, home_scheme())


@functools.cache
def home_scheme() -> Scheme:
    return scheme_from(resource_path("schemes", "xianfeng-2024.toml").read_text("utf-8"))


def participation_rule() -> Participation | None:
    return home_scheme().participation


@dataclass
class Subject:
    """One service: answers by name; a saving method answers with Done."""

    name: str
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]]
    answers: dict[str, Any]
    refusals: dict[str, BaseException]

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            assert threading.current_thread() is not threading.main_thread(), "on the GUI thread"
            kwargs.pop("step", None)
            self.calls.append((f"{self.name}.{method}", args, kwargs))
            if f"{self.name}.{method}" in self.refusals:
                raise self.refusals[f"{self.name}.{method}"]
            answer = self.answers[f"{self.name}.{method}"]
            return answer(*args, **kwargs) if callable(answer) else answer

        return call


@dataclass
class StandIns:
    """The services object; set `answers` or `refusals` by "subject.method"."""

    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    refusals: dict[str, BaseException] = field(default_factory=dict)

    def __post_init__(self) -> None:
        user = UserView(1, "wangli", "王丽", "clerk", "经办员")
        rule = participation_rule()  # read once, here: tests call this before any window
        case = enrolment()
        self.answers = {
            "office.view": OfficeView("演示机构", "明山县", True, "A", user, TODAY),
            "schemes.current_year": 2027,
            "schemes.participation": lambda: rule,
            "schemes.plan_choices": (
                PlanChoice("hospital", "住院医疗", "all", 6000, 1),
                PlanChoice("women", "女职工特殊疾病", "women", None, 2),
            ),
            "previews.start": preview,
            "units.list_areas": ("城关片区", "东片"),
            "units.list_units": lambda _year: (
                unit_row(1), unit_row(2, step_label="未报", people=0, area="东片"),
                unit_row(3, state="registered", state_label="待核对", step_label="未报", people=0),
            ),
            "units.get": lambda _id: unit(case),
            "enrolments.get": lambda _id: case,
            "offers.of_unit": lambda _id: offers(self._case()),
            "enrolments.history": (
                HistoryLine(datetime(2026, 11, 28, 1, tzinfo=UTC), "王丽", "草稿", ""),
            ),
            "rosters.list_people": lambda _id, after, limit: tuple(
                person(at) for at in range(after + 1, min(after + limit, 86) + 1)
            ),
            "rosters.find_people": lambda _id, text, limit: PeopleFound(
                300, tuple(person(at) for at in range(1_001, 1_001 + limit))
            ) if text == "覃" else PeopleFound(0, ()),
            "rosters.list_parked": (
                ParkedLine(77, 3, "名册.xlsx · Sheet1 · 第7行", "李䶮", "身份证号末位不对。"),
            ),
            "undo.offer": NOTHING_TO_UNDO,
            "corrections.list_offers": CORRECTIONS,
            "opening_undo.newest": None,
            "parked.get": lambda *_at: CELLS,
            "sent_back.list_people": (),
            "sent_back.get": lambda _id, line_no: PersonDraft(
                person(line_no).name, "999999198001010011", "13900000001"
            ),
            "rosters.plan_view": PLAN,
            "differences.of_plan": None,
            "differences.of_case": None,
            "renewals.plan": RENEWAL,
            "rosters.save_corrections": SavedLetter(
                "/unit/名册_需更正.xlsx", locked=False, own_looks=True
            ),
            "exchanges.view": ExchangeView(
                (ProfileChoice("hzbz", "省职工互助系统", "https://example.org/"),), True, EXCHANGED
            ),
            "exchanges.entry": lambda _id, _entrance: ENTRY,
            "submission_answers.get": AnswerResult(84, 2, 0, (("李䶮", "身份证号有误"),)),
            "claims.list_claims": (claim_row(9), claim_row(10)),
            "claims.get": lambda claim_id: claim(id=claim_id),
            "claims.find_covered": (
                CoveredPerson(1001, "覃世芳", "**************1248", "清溪镇人民政府",
                              (("hospital", "住院医疗 至2026年12月31日24时"),)),
            ),
            "scans.of_unit": lambda _id: (),
            "scans.of_enrolment": lambda _id: (),
            "scans.slips": lambda _id: (),
            "proofs.compare_kept": lambda _id: PROOF,
            "scans.page": lambda _id, number, width: DrawnPage(1, picture()),
            "scans.page_of_file": lambda _path, number, width: DrawnPage(1, picture()),
            "forms.offered": lambda owners: tuple(
                OfferedForm(f"{of}-form", of_id, f"{of}的文书", WAITS if of == "case" else "")
                for of, of_id in owners
            ),
            "forms.get": lambda issued: PrintedForm(issued, "单位的文书", "XC-A-2026-00001", 1),
            "signing.view": SigningView(False, "", "", (), None, "", False, False),
            "signatures.list_signed": lambda _id: (),
            "prints.page_images": lambda _id, dpi=100: (picture(), picture()),
            "prints.save_pdf": lambda _id, target: str(target),
            "prints.save_in": lambda id_, folder: str(folder / f"{id_}.pdf"),
        }  # fmt: skip
        for saving, value in SAVING.items():
            self.answers[saving] = Done(value, frozenset({Area.ENROLMENTS}))

    def __getattr__(self, name: str) -> Subject:
        if name.startswith("__"):
            raise AttributeError(name)
        return Subject(name, self.calls, self.answers, self.refusals)

    def _case(self) -> EnrolmentView | None:
        found = self.answers["enrolments.get"]
        case: EnrolmentView | None = found(31) if callable(found) else found
        return case

    def made(self, name: str) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        """The calls of one method, oldest first."""
        return [(args, kwargs) for called, args, kwargs in self.calls if called == name]


SAVING: dict[str, Any] = {
    "units.register": 5, "units.edit": None, "units.open": None, "units.return_": None,
    "units.attach_paper": None, "enrolments.start": 31, "enrolments.attach_paper": None,
    "enrolments.submit": None, "enrolments.approve": None, "enrolments.return_": None,
    "business_numbers.enter": None, "business_numbers.record_system": None,
    "business_numbers.follow": None, "drafting.set_plans": None, "drafting.set_funding": None,
    "renewals.start": 31, "renewals.save_rosters": {"files": ["一.xlsx"], "skipped": []},
    "openings.plan_files": [5, 6], "openings.drop_plan": None,
    "openings.carry_out": {"units": 1, "people": 2, "cases": 1},
    "rosters.plan_file": 77, "rosters.carry_out": 129, "rosters.drop_plan": None,
    "payments.record": 7, "payments.return_": None, "payments.confirm": None,
    "forms.issue": 15, "prints.issue": 14, "prints.record_copy": None, "submissions.export": 4,
    "submission_answers.read_failures": 6, "submission_answers.acknowledge": 5,
    "business_numbers.correct": None, "sent_back.correct": None, "sent_back.resend": 2,
    "sent_back.withdraw": 2,
    "refunds.ask": 10000, "refunds.arrive": 10000, "refunds.cancel": 10000,
    "receipts.reissue": 3, "archives.receive_stamped": 1, "archives.record_receipt": 2,
    "archives.finish": "DA-1", "claims.register": 9, "claims.set_paper": None,
    "claims.figure": "estimate", "claim_decisions.pay": 310050,
    "claim_decisions.record_arrival": None, "claim_decisions.send_back": None,
    "claim_decisions.refuse": None, "claim_prints.issue_worksheet": 77,
    "claim_prints.issue_receipt": 78, "claim_mending.enter_number": None,
    "claim_mending.void": None,
    "mending.set_workers": None, "mending.remove_people": 2, "mending.send_back": None,
    "mending.correct_effective": 1, "mending.correct_funding": None, "mending.void": None,
    "mending.drop_parked": None, "parked.mend": 87,
    "opening_undo.take_back": {"of": "ab", "units": 2, "cases": 2, "people": 1320},
    "reviews.mark": 2, "reviews.unmark": 1,
    "undo.undo": "提交审核", "undo.withdraw_submission": None,
    "claims.type_amount": None, "claims.move_on": None, "claims.decide": None,
}  # fmt: skip
