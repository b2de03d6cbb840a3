"""Stand-in services for the desk's pages: plain answers, refused on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from desktop_app.documents.kinds import BY_KEY
from desktop_app.documents.logos import with_logo
from desktop_app.documents.own_layouts import tried_page
from desktop_app.documents.pages import page_images
from desktop_app.documents.samples.every import sample_form
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.owed_steps import Owed
from desktop_app.domain.scheme_editor.clause_words import ClauseField
from desktop_app.domain.scheme_editor.scheme_differences import Difference
from desktop_app.domain.ties import TieState
from desktop_app.paths import resource_path
from desktop_app.services.done import Area, Done
from desktop_app.services.offices.calendar_views import YearLine, YearView
from desktop_app.services.rehearsals.rehearsal_views import (
    Rehearsal,
    RehearsedClaim,
    RehearsedPeriod,
)
from desktop_app.services.schemes.clause_views import ClauseLine
from desktop_app.services.schemes.schemes import home_scheme_file
from desktop_app.services.versions.scheme_views import (
    Activation,
    Preset,
    SchemeText,
    VersionChoice,
    VersionLine,
)
from desktop_app.services.views.board import (
    AreaProgress,
    Board,
    BoardRow,
    Count,
    Heads,
    Mark,
    Report,
    Slice,
    UnitLine,
)
from desktop_app.services.views.calls import ChaseRow
from desktop_app.services.views.enrolments import HistoryLine
from desktop_app.services.views.forms import LayoutLine, LayoutPreview, LayoutText, OfferedForm
from desktop_app.services.views.matching import (
    BookedLine,
    LineEvent,
    MarkedLine,
    Matches,
    MatchLine,
    MoneyLine,
    OwedLine,
    RemainderLine,
)
from desktop_app.services.views.offices import BackupLine, OfficeView, UserView
from desktop_app.services.views.persons import (
    PersonCase,
    PersonClaim,
    PersonCover,
    PersonView,
    PersonWaiting,
)
from desktop_app.services.views.rosters import RosterCheck, SavedLetter
from desktop_app.services.views.schemes import FigureLine
from desktop_app.services.views.search import Hit
from desktop_app.services.views.signing import SigningView
from desktop_app.services.views.ties import DriveTie, Proof, TieLine, TiePart, TiePlan
from desktop_app.services.views.units import UnitRow

TODAY = date(2026, 12, 1)
OFFICE = OfficeView(
    "明山县总工会(演示)",
    "明山县",
    True,
    "A",
    UserView(1, "wangli", "王丽", "clerk", "经办员"),
    TODAY,
)
BOARD = Board(
    today=TODAY,
    year=2027,
    closes_on=date(2026, 12, 31),
    waiting=Count("等我处理", 2, Slice(Mark.WAITING)),
    waiting_parts=(
        Count("待审核", 1, Slice(Mark.WAITING, step="待审核")),
        Count("待缴费", 1, Slice(Mark.WAITING, step="待缴费")),
    ),
    due=Count("快到期", 1, Slice(Mark.DUE)),
    due_parts=(Count("约好再联系", 1, Slice(Mark.CALL)),),
    mend=Count("要更正", 0, Slice(Mark.MEND)),
    mend_parts=(),
    chase=(
        Count("未报", 4, Slice(Mark.UNREPORTED)),
        Count("未缴", 1, Slice(Mark.UNPAID)),
        Count("未盖章", 0, Slice(Mark.UNSTAMPED)),
    ),
    rows=(
        BoardRow(7, 70, "清溪镇政府", "待缴费", "86人 · 8,600.00", "少2人的钱", "登记缴费", "late"),
        BoardRow(8, 80, "县第一小学", "待审核", "128人 · 12,800.00", "", "审核", "plain"),
        BoardRow(9, None, "县水厂", "待开户", "在职40人", "12-01 登记", "审核开户", "plain"),
    ),
    areas=(AreaProgress("城关片区", 4, 3, 2, 1), AreaProgress("东片", 2, 0, 0, 0)),
    whole=AreaProgress("", 6, 3, 2, 1),
    reported=Heads(3, 214, 1_720_000),
    paid=Heads(2, 180, 1_720_000),
    finished=Heads(1, 90, 900_000),
    asks_money=True,
    target=400,
    last_backup="今天 08:02,已验证",
    units=6,
)
NONE = Heads(0, 0, 0)
EMPTY_BOARD = replace(
    BOARD,
    closes_on=None,
    waiting=Count("等我处理", 0, Slice(Mark.WAITING)),
    waiting_parts=(),
    due=Count("快到期", 0, Slice(Mark.DUE)),
    due_parts=(),
    chase=(),
    rows=(),
    areas=(),
    whole=AreaProgress("", 0, 0, 0, 0),
    reported=NONE,
    paid=NONE,
    finished=NONE,
    target=None,
    last_backup="还没有备份",
    units=0,
)


def unit_line(at: int, name: str, area: str, step: str, *marks: str, **more: Any) -> UnitLine:
    values: dict[str, Any] = {
        "kind_label": "企业", "at_work": 100, "contact": "田国华", "phone": "13900000000",
        "state": "open", "state_label": "正常", "people": 0, "due_fen": None, "reported": 0,
        "paid": 0, "paid_fen": 0, "finished": 0, "due_on": None, "due_label": "", "due_text": "",
    }  # fmt: skip
    named = {"id": at, "name": name, "area": area, "step_label": step, "marks": frozenset(marks)}
    return UnitLine(**(values | named | more))


LINES = (
    unit_line(7, "清溪镇政府", "城关片区", "待缴费", Mark.ACTIVE, Mark.REPORTED, Mark.WAITING,
              people=86, due_fen=860_000, reported=86),
    unit_line(8, "县第一小学", "东片", "待审核", Mark.ACTIVE, Mark.REPORTED, people=128,
              reported=128),
    unit_line(9, "县水厂", "东片", "未报", Mark.ACTIVE, Mark.UNREPORTED, at_work=40),
    unit_line(10, "县烟草", "", "待开户", Mark.TO_OPEN, Mark.WAITING, state="registered",
              state_label="待核对"),
)  # fmt: skip


def chase_row(unit_id: int, unit: str, about: str = "unreported", **more: Any) -> ChaseRow:
    labels = {"unreported": "未报", "unpaid": "未缴", "unstamped": "未盖章"}
    values: dict[str, Any] = {
        "enrolment_id": None, "area": "城关片区", "contact": "田国华", "phone": "13900000000",
        "owes": "还没有名单", "due_on": None, "due_label": "", "due_text": "",
        "message": f"{unit}:请报名单。", "calls": 0, "last_call": "", "called_at": None,
        "again_on": None,
    }  # fmt: skip
    named = {"unit_id": unit_id, "unit": unit, "about": about, "about_label": labels[about]}
    return ChaseRow(**(values | named | more))


CHASE = (
    chase_row(9, "县水厂"),
    chase_row(11, "东片小学", area="东片", calls=1, last_call="11-30 王丽:明天报来"),
    chase_row(12, "清江公司", due_on=TODAY, due_text="约定2026年12月1日再联系"),
    chase_row(7, "清溪镇政府", "unpaid", enrolment_id=70, owes="86人 · 8,600.00元"),
)
UNITS = (
    UnitRow(7, "清溪镇政府", "机关", "城关片区", 107, "", "open", "正常", "待缴费", 86, 860_000),
    UnitRow(8, "县第一小学", "事业单位", "东片", 128, "", "open", "正常", "待审核", 128, None),
    UnitRow(9, "县水厂", "企业", "东片", 40, "", "open", "正常", "未报", 0, None),
)
FINDINGS = (
    Finding("Sheet1", 9, "B", "cleaned", Severity.INFO, "第9行 姓名里的空格已整理"),
    Finding("Sheet1", 7, "C", "identity-check-digit", Severity.ERROR, "第7行 身份证号末位校验不符"),
    Finding("Sheet1", 8, "D", "phone", Severity.WARNING, "第8行 手机号不是11位"),
)
NAMES = {("Sheet1", 7): "覃世芳", ("Sheet1", 8): "田大山"}
CHECK = RosterCheck("一小名单.xlsx", 132, 129, 2, 1, FINDINGS, 8, "县第一小学", NAMES)
HITS = (
    Hit("member", 1, 7, 70, "覃世芳 ****1248", "清溪镇政府 · 住院医疗 · 至2027年11月30日 · 已缴"),
    Hit("unit", 8, 8, None, "县第一小学", "待审核"),
    Hit("member", 3, None, None, "查无单位的人 ****0001", ""),
)
PERIOD = "自2026年12月1日0时起至2027年11月30日24时止"
PERSON = PersonView(
    1, "覃世芳", "**************1248", "女", 45, "在职", 7, "清溪镇政府", 71, True,
    (
        PersonCover(70, "住院医疗", "清溪镇政府", 2027, 1, TODAY, date(2027, 11, 30), "covered",
                    "保障中", PERIOD, ""),
        PersonCover(60, "住院医疗", "县第一小学", 2026, 1, date(2025, 12, 1), date(2026, 11, 30),
                    "past", "已满期", "自2025年12月1日0时起至2026年11月30日24时止", ""),
    ),
    (
        PersonCase(71, 7, "清溪镇政府", 2028, "住院医疗", "在名单内", True, True, "待缴费",
                   Owed("登记缴费", "unit", "单位"), "未缴", ""),
        PersonCase(70, 7, "清溪镇政府", 2027, "住院医疗", "在名单内", True, False, "办结", None,
                   "省办确认到账", "HB000070"),
        PersonCase(60, 8, "县第一小学", 2026, "住院医疗", "已撤出", False, False, "办结", None,
                   "已缴", ""),
    ),
    (
        PersonClaim(9, "SL-A-2026-00009", "住院医疗", date(2027, 3, 8), 320_000, None, None, True,
                    "省办审核中", Owed("登记省办决定", "province", "省办")),
        PersonClaim(5, "SL-A-2026-00005", "住院医疗", date(2026, 3, 8), None, 90_000,
                    date(2026, 5, 1), False, "已告知", None),
    ),
    (PersonWaiting(81, 8, "县第一小学", 2028, "待补正", "已由清溪镇政府申报。", "名册 · 第7行"),),
    (HistoryLine(datetime(2026, 11, 28, 1, tzinfo=UTC), "王丽", "2028年度 清溪镇政府:草稿", ""),),
    "覃世芳(****1248):清溪镇政府,住院医疗,自2026年12月1日0时起至2027年11月30日24时止。",
)  # fmt: skip
NOBODY = PersonView(
    3, "查无单位的人", "**************0001", "", None, "在职", None, "", None, False,
    (), (), (), (), (), "查无单位的人(****0001):没有保障。",
)  # fmt: skip
PERSONS = {1: PERSON, 3: NOBODY}
BACKUP = BackupLine(
    "/data/backups/one", datetime(2026, 12, 1, 0, 2, tzinfo=UTC), 902, True, 2_000_000
)
FIGURES = (
    FigureLine("plans.hospital.fee_fen", "住院医疗会费", None, "to-confirm", "待核对", "通知"),
    FigureLine("participation.all_join_limit", "全员参加的界限", 100, "demo", "演示", "演示用"),
)
CLAUSES = (
    ClauseLine(
        "plans.hospital.benefits.rate", "住院医疗 · 比例", "比例70%", "to-confirm", "待核对", "",
        "公开事例", True, False, False, (ClauseField("share", "比例(%)", "share"),),
    ),
    ClauseLine(
        "plans.hospital.benefits.deductible", "住院医疗 · 起付线", "", "to-confirm", "待核对", "",
        "", False, True, False, (ClauseField("fen", "金额(元)", "fen"),),
    ),
    ClauseLine(
        "plans.accident.benefits", "意外伤害 · 待遇标准", "", "to-confirm", "待核对", "",
        "", False, False, True, (),
    ),
    ClauseLine(
        "plans.inpatient.benefits.accumulation", "住院 · 累计办法", "累计范围逐次", "demo", "演示",
        "累计范围逐次", "某号", True, False, False,
        (ClauseField("over", "累计办法", "choice", (("case", "逐次"), ("period", "按期"))),),
    ),
)  # fmt: skip


VERSIONS = (VersionChoice(1, "1", "第1版(新申请用)", 0),)
SCHEME_TEXT = home_scheme_file().read_text("utf-8")
IN_FORCE = VersionLine(
    id=1, scheme_key="xianfeng-2024", name="咸丰县职工互助保障", version_no=1, draft=False,
    in_force=True, state_label="执行中", effective_from=date(2024, 1, 1), effective_until=None,
    activated_at=datetime(2026, 11, 30, 1, tzinfo=UTC), uses=12,
)  # fmt: skip
DRAFT = replace(
    IN_FORCE, id=2, version_no=2, draft=True, in_force=False, state_label="草稿",
    activated_at=None, uses=0,
)  # fmt: skip


REHEARSAL = Rehearsal(
    claims=(
        RehearsedClaim(1, "SL-1", "覃世芳", "hospital", TODAY, 88_000, 99_000, "", "", False),
        RehearsedClaim(
            2, "SL-2", "田大山", "hospital", TODAY, 50_000, None, "", "缺住院日期", False
        ),
        RehearsedClaim(3, "SL-3", "向阳", "unknown", TODAY, 70_000, 40_000, "", "", True),
    ),
    periods=(
        RehearsedPeriod(
            "hospital", date(2025, 1, 1), date(2025, 12, 31), 3, 1, 20, 900_000, 905_000
        ),
    ),
)


YEAR = YearLine(2026, "carried", "程序自带", "演示通知", 248, "", None)
YEAR_VIEW = YearView(YEAR, (), (), (), (), ())


def _layout_text(key: str) -> LayoutText:
    carried = resource_path("forms", f"{BY_KEY[key].layout}.toml").read_text("utf-8")
    own = key == "field-sheet"
    return LayoutText(carried.replace("登记地点", "登记场所") if own else carried, carried, own)


def _layout_preview(key: str, text: str, dpi: int) -> LayoutPreview:
    pdf = tried_page(text, BY_KEY[key].layout, sample_form(key))
    return LayoutPreview(pdf, page_images(pdf, dpi))


class OffThread:
    """Answers by name; a call on the window's thread fails its test. `calls` keeps what came in."""

    def __init__(self, **answers: Any) -> None:
        self.answers, self.calls = answers, []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_") or name not in self.answers:
            raise AttributeError(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            assert threading.current_thread() is not threading.main_thread(), name
            self.calls.append((name, args))
            answer = self.answers[name]
            if isinstance(answer, BaseException):
                raise answer
            return answer(*args, **kwargs) if callable(answer) else answer

        return call


def _tied(unit: str, state: TieState, due: int | None, paid: int, *told: str) -> TieLine:
    return TieLine(
        unit_id=7, enrolment_id=70, unit=unit, area="城关片区",
        business_no="HB202700017", people=86,
        plans=(TiePlan("住院医疗", 86, due),), parts=(TiePart("单位", "福利费", due or 0),),
        total_fen=due, unions_fen=0, due_fen=due, paid_fen=paid, confirmed_fen=paid, back_fen=0,
        kept_fen=paid, gap_fen=(due or 0) - paid, receipt_fen=None, state=state, open=told,
    )  # fmt: skip


TIE = DriveTie(
    2027, date(2026, 12, 1), ("住院医疗",), ("单位",), True, "会费票据", "省系统",
    (
        _tied("县人民医院", TieState.TIED, 860_000, 860_000),
        _tied("县水厂", TieState.DIFFERS, 860_000, 840_000, "少2人的钱:名单86人应缴8,600.00元"),
        _tied("县中学", TieState.UNDECIDED, None, 0, "应缴的金额还没有定"),
    ),
    (
        Proof("名单合计", 1_720_000, "各项目合计", 1_720_000),
        Proof("登记的转账", 1_700_100, "分到各申请的", 1_700_000),
    ),
)  # fmt: skip


def _match(state: str, label: str, line: MoneyLine, *units: str, **more: Any) -> MatchLine:
    named = [OwedLine(70 + at, 7 + at, unit, 50_000) for at, unit in enumerate(units)]
    values: dict[str, Any] = {
        "parts": tuple(replace(one, line=line.id) for one in named), "remainder_fen": 0,
        "shortfall_fen": 0, "certain": False, "reasons": (), "candidates": tuple(named),
    }  # fmt: skip
    return MatchLine(lines=(line,), state=state, state_label=label, **(values | more))


def money_line(at: int, payer: str, fen: int = 50_000, memo: str = "") -> MoneyLine:
    return MoneyLine(at, date(2026, 11, 20), fen, payer, f"999{at}", memo)


MATCHES = Matches(
    (
        _match("exact", "相符", money_line(1, "县水厂"), "县水厂", certain=True,
               reasons=("付款户名就是“县水厂”。",)),
        _match("exact", "相符", money_line(2, "县财政局", 200_000, "代缴"),
               "县一小", "县二小", "县三小", "县四小", certain=True),
        _match("over", "多缴", money_line(3, "县中学", 60_000), "县中学", remainder_fen=10_000),
        _match("unclear", "待核对", money_line(4, "张建国"), "县一中", parts=()),
        _match("unknown", "认不出", money_line(5, "", 8_000), parts=(), candidates=()),
        _match("recorded", "已登记", money_line(6, "县医院"), "县医院", parts=(), payment=9),
    ),
    418_000, 300_000, 118_000,
)  # fmt: skip
BOOKED_LINES = (
    BookedLine(money_line(11, "县烟草", 60_000), 21, (OwedLine(90, 10, "县烟草", 50_000),),
               10_000, False, False, "不符", ""),
    BookedLine(money_line(12, "李建设"), 22, (OwedLine(80, 8, "县一小", 50_000),),
               0, True, True, "相符", ""),
    BookedLine(money_line(13, "远方公司", 8_000), 23, (), 8_000, False, False, "已登记", "付错了"),
)  # fmt: skip
MARKED_LINES = (
    MarkedLine(money_line(14, "演示银行", 1_234, "结息"), "interest", "利息", "",
               "王小明", datetime(2026, 11, 21, 1, 0, tzinfo=UTC)),
    MarkedLine(money_line(15, "演示银行", -2_000, "手续费"), "fee", "手续费", "开户",
               "王小明", datetime(2026, 11, 21, 1, 0, tzinfo=UTC)),
)  # fmt: skip
LINE_EVENTS = (
    LineEvent(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), "王小明", "读入", "《流水.csv》"),
    LineEvent(datetime(2026, 11, 21, 1, 0, tzinfo=UTC), "李小红", "撤回认款", "认错了单位"),
)
REMAINDERS = (
    RemainderLine(21, TODAY, "县烟草", "99911", 60_000, 10_000, 0, None, 0, ""),
    RemainderLine(23, TODAY, "远方公司", "", 8_000, 0, 8_000, TODAY, 0, "付错了"),
    RemainderLine(24, TODAY, "县供销社", "", 9_000, 0, 0, TODAY, 9_000, ""),
)


class Desk:
    """The services as pages see them, with answers to change per test."""

    def __init__(self) -> None:
        self.office = OffThread(view=OFFICE)
        self.board = OffThread(board=BOARD, list_lines=LINES, report=Report(BOARD, LINES))
        self.ties = OffThread(
            tie=lambda year=None: TIE, export=lambda target, year=None: str(target)
        )
        self.statements = OffThread(
            list_accounts=(), list_lines=(), list_statements=(), list_gaps=()
        )
        self.matching = OffThread(
            proposals=MATCHES,
            list_booked=BOOKED_LINES,
            list_marked=MARKED_LINES,
            list_arriving=(),
            history=lambda _line: LINE_EVENTS,
            mark=Done(None, frozenset({Area.PAYMENTS})),
            unmark=Done(None, frozenset({Area.PAYMENTS})),
            list_owed=(OwedLine(70, 7, "县水厂", 50_000), OwedLine(95, 15, "县广电", 30_000)),
            book=Done(31, frozenset({Area.PAYMENTS})),
            book_certain=Done(2, frozenset({Area.PAYMENTS})),
            set_aside=Done(32, frozenset({Area.PAYMENTS})),
            link=Done(None, frozenset({Area.PAYMENTS})),
            undo=Done(None, frozenset({Area.PAYMENTS})),
        )
        self.remainders = OffThread(
            list_remainders=REMAINDERS,
            use=Done(None, frozenset({Area.PAYMENTS})),
            refund=Done(10_000, frozenset({Area.PAYMENTS})),
            arrive=Done(8_000, frozenset({Area.PAYMENTS})),
            cancel=Done(8_000, frozenset({Area.PAYMENTS})),
        )
        self.chase = OffThread(list_rows=CHASE)
        self.calls = OffThread(log=Done(3, frozenset({Area.CALLS})))
        self.units = OffThread(list_units=UNITS, list_areas=("城关片区", "东片"))
        self.schemes = OffThread(
            current_year=2027,
            list_confirmable=VERSIONS,
            list_figures=lambda _version: FIGURES,
            confirm_figure=Done(None, frozenset({Area.SCHEMES})),
        )
        self.starts = OffThread()
        self.seals, self.print_runs, self.prints = OffThread(), OffThread(), OffThread()
        self.rosters = OffThread(
            check_file=lambda _path, step=None: CHECK,
            save_corrections=lambda path, **_wanted: SavedLetter(
                str(Path(path).with_name("需更正.xlsx")), locked=False, own_looks=True
            ),
        )
        self.search = OffThread(find=lambda _text, _limit=50: HITS)
        self.forms = OffThread(
            offered=lambda owners: tuple(
                OfferedForm(f"{of}-form", of_id, f"{of}的文书") for of, of_id in owners
            )
        )
        self.layouts = OffThread(
            list_layouts=(
                LayoutLine("application", "申请书", own=False),
                LayoutLine("field-sheet", "入会现场登记表", own=True),
            ),
            save=lambda _key, target: str(target),
            text_of=_layout_text,
            preview=_layout_preview,
            put_logo=lambda text, picture: with_logo(text, picture.read_bytes()),
            keep=Done(None, frozenset({Area.OFFICE})),
            drop=Done(None, frozenset({Area.OFFICE})),
        )
        self.signing = OffThread(view=SigningView(False, "", "", (), None, "", False, False))
        self.signatures = OffThread(list_signed=lambda _id: ())
        self.persons = OffThread(get=lambda member_id: PERSONS[member_id])
        self.backups = OffThread(
            list_backups=(BACKUP,),
            back_up=Done("/data/backups/two", frozenset({Area.BACKUPS})),
            verify=True,
        )
        self.claims = OffThread(list_claims=())
        self.rehearsals = OffThread(rehearse=REHEARSAL)
        self.scheme_editing = OffThread(
            list_versions=(DRAFT, IN_FORCE),
            text_of=lambda id_: SchemeText(DRAFT if id_ == DRAFT.id else IN_FORCE, SCHEME_TEXT),
            list_presets=(Preset("pinghu", "平湖市职工医疗互助", "浙江省平湖市"),),
            compare=(Difference("title", "基本", "名称", "旧名", "新名"),),
            before_activation=Activation(
                DRAFT,
                ("项目“住院医疗” · 每份金额",),
                IN_FORCE,
                (Difference("title", "基本", "名称", "旧名", "新名"),),
            ),
            new_draft=Done(DRAFT.id, frozenset({Area.SCHEMES})),
            new_draft_of_preset=Done(DRAFT.id, frozenset({Area.SCHEMES})),
            save_text=Done(None, frozenset({Area.SCHEMES})),
            drop_draft=Done(None, frozenset({Area.SCHEMES})),
            activate=Done(None, frozenset({Area.SCHEMES})),
        )
        self.clauses = OffThread(
            list_clauses=lambda _version: CLAUSES,
            confirm_clause=Done(None, frozenset({Area.SCHEMES})),
        )
        self.enrolments = OffThread(list_enrolments=())
        self.receptions = OffThread(tray=lambda aside=False: ())
        self.calendars = OffThread(list_years=(YEAR,), get_year=lambda _year: YEAR_VIEW)
