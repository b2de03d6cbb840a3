"""People whom the upper office sent back: out of the case until each is mended or given up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from db.codes import CaseState, CoverState, EnrolleeState, Sex
from db.models.claims import Claim
from db.models.enrolments import Cover, Enrollee
from db.models.members import Member, MemberIdentity
from db.models.schemes import PlanRecord
from db.queries import enrolments as queries
from db.queries import members as member_queries
from desktop_app.domain.issues import Severity
from desktop_app.domain.rosters.roster_people import PersonRules
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.quotes import asked_of, keep_quote
from desktop_app.services.cases.recounts import recount
from desktop_app.services.cases.voiding import unstamp, void_covers, void_forms
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import PersonDraft
from desktop_app.services.permissions import Permission
from desktop_app.services.rosters.roster_views import sent_back_lines
from desktop_app.services.sane import stated_reason
from desktop_app.services.search_keys import keys_of, tail_of
from desktop_app.services.views.rosters import PersonLine

_COLUMNS = {"name": 0, "identity": 1, "phone": 2}


class SentBackService:
    """改正重报, 原样重报 or 不再参加, person by person."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def list_people(self, enrolment_id: int) -> tuple[PersonLine, ...]:
        """Who waits for a decision, with the reason the answer gave."""
        with self.desk.database.reading() as uow:
            return sent_back_lines(uow.session, self.desk.today(), enrolment_id)

    @look(Permission.REGISTER)
    def get(self, enrolment_id: int, line_no: int) -> PersonDraft:
        """Name, whole number and phone as they are, for whoever puts them right."""
        with self.desk.database.reading() as uow:
            rows = queries.sent_back_rows(uow.session, enrolment_id)
            member = next((member for line, member, _row in rows if line == line_no), None)
            if member is None:
                raise _unknown({line_no})
            return PersonDraft(member.name, member.identity_no or "", member.phone)

    @act("sent-back.correct", Permission.REGISTER, Area.ENROLMENTS, Area.MEMBERS)
    def correct(
        self, tx: Transaction, enrolment_id: int, line_no: int, person: PersonDraft
    ) -> None:
        """Put a mistyped name or number right; the person is in the case again, to be sent anew.

        Raises:
            UserError: `person-other` where both differ, for that is another person;
                `identity-taken` where the number is somebody else's; a rule of the roster.
        """
        case, rows = _waiting(tx, enrolment_id, (line_no,))
        member = tx.session.get_one(Member, rows[0].member_id)
        _put_right(tx, case, member, person)
        _list_again(tx, case, rows, f"改正后重报1人(第{line_no}行)")

    @act("sent-back.resend", Permission.REGISTER, Area.ENROLMENTS)
    def resend(
        self, tx: Transaction, enrolment_id: int, line_nos: tuple[int, ...], reason: str
    ) -> int:
        """Nothing was wrong here: they are in the case again as they are, to be sent anew."""
        why = stated_reason(reason)
        case, rows = _waiting(tx, enrolment_id, line_nos)
        count = len({row.line_no for row in rows})
        _list_again(tx, case, rows, f"原样重报{count}人:{why}")
        return count

    @act("sent-back.withdraw", Permission.REGISTER, Area.ENROLMENTS, Area.MEMBERS)
    def withdraw(
        self, tx: Transaction, enrolment_id: int, line_nos: tuple[int, ...], reason: str
    ) -> int:
        """They do not take part; the rows stay, the people are free to come in elsewhere."""
        why = stated_reason(reason)
        case, rows = _waiting(tx, enrolment_id, line_nos)
        count = len({row.line_no for row in rows})
        for row in rows:
            row.state_code = EnrolleeState.WITHDRAWN
        text = f"退回的{count}人不再参加:{why}"
        cases.move(tx, case.enrolment, case.enrolment.step_key, text)
        tx.audit(f"enrolment {enrolment_id}", people=count)
        return count


def send_back(tx: Transaction, enrolment_id: int, members: Collection[int]) -> int:
    """Take people whom an answer refuses out of the case: no cover, no money, no place on paper.

    Returns:
        how many people left the case by this answer.

    Raises:
        UserError: `claim-exists` where one of them has a claim on this cover already.
    """
    case = cases.load(tx.session, enrolment_id)
    cases.require_not_void(case)
    query = select(Enrollee).where(
        Enrollee.enrolment_id == enrolment_id,
        Enrollee.member_id.in_(members),
        Enrollee.state_code.in_(queries.IN),
    )
    rows = tx.session.scalars(query).all()
    if not rows:
        return 0
    _refuse_claims(tx, case, {row.member_id for row in rows})
    for row in rows:
        row.state_code = EnrolleeState.REFUSED
    count = len({row.line_no for row in rows})
    text = f"上报后退回{count}人"
    void_covers(tx, case, text, {row.member_id for row in rows})
    _count_anew(tx, case, text)
    cases.move(tx, case.enrolment, case.enrolment.step_key, text)
    return count


def _waiting(
    tx: Transaction, enrolment_id: int, line_nos: Sequence[int]
) -> tuple[Case, Sequence[Enrollee]]:
    """The case and its rows that were sent back, of these lines."""
    case = cases.load(tx.session, enrolment_id)
    cases.require_not_void(case)
    query = select(Enrollee).where(
        Enrollee.enrolment_id == enrolment_id,
        Enrollee.state_code.in_(queries.SENT_BACK),
        Enrollee.line_no.in_(line_nos),
    )
    rows = tx.session.scalars(query.order_by(Enrollee.line_no, Enrollee.plan_id)).all()
    unknown = set(line_nos) - {row.line_no for row in rows}
    if unknown or not rows:
        raise _unknown(unknown)
    return case, rows


def _unknown(lines: Collection[int]) -> UserError:
    which = "、".join(str(one) for one in sorted(lines)[:10])
    return UserError(
        "person-unknown",
        f"第{which}行不在退回的人里。" if which else "没有选退回的人。",
        "请刷新名单后再选。",
    )


def _list_again(tx: Transaction, case: Case, rows: Sequence[Enrollee], text: str) -> None:
    covered = select(func.count(Cover.id)).where(
        Cover.enrolment_id == case.enrolment.id, Cover.state_code != CoverState.VOID
    )
    if case.enrolment.state_code == CaseState.FINISHED or tx.session.scalars(covered).one():
        raise UserError(
            "cover-open",
            "这份申请的保障已经开始,不能再把人加回来。",
            "请登记“不再参加”;仍要参加的,请办理中途增员。",
        )
    _refuse_taken(tx, case, rows)
    for row in rows:
        row.state_code = EnrolleeState.LISTED
    _count_anew(tx, case, text)
    cases.move(tx, case.enrolment, case.enrolment.step_key, text)
    tx.audit(f"enrolment {case.enrolment.id}", people=len({row.line_no for row in rows}))


def _refuse_taken(tx: Transaction, case: Case, rows: Sequence[Enrollee]) -> None:
    """Who has joined another unit in the meantime stays there."""
    tx.session.flush()  # a number just put right counts as it is now
    members = {row.member_id for row in rows}
    numbers = tx.session.scalars(select(Member.identity_no).where(Member.id.in_(members)))
    mine = case.enrolment
    clash = queries.elsewhere(
        tx.session, [one for one in numbers if one], mine.year, case.scheme_id, mine.id
    )
    if clash:
        unit = next(iter(clash.values()))[0]
        raise UserError(
            "duplicate-elsewhere",
            f"有{len(clash)}人已由“{unit}”办理{case.scheme.words.join},不能再加回来。",
            "请与本人核对由哪家单位办理;不在这里办的,登记“不再参加”。",
        )


def _count_anew(tx: Transaction, case: Case, text: str) -> None:
    """People and money as they are now; what was printed of the former numbers is void."""
    found = recount(tx, case)
    unstamp(tx, case, void_forms(tx, case, text))
    if case.enrolment.approved_at is not None:
        asked = asked_of(tx.session, tx.desk, case.enrolment, case.unit)
        keep_quote(tx, case.enrolment, asked, found, case.scheme)


def _put_right(tx: Transaction, case: Case, member: Member, person: PersonDraft) -> None:
    cells = (person.name, person.identity, person.phone)
    rules = PersonRules(case.scheme, tx.desk.today(), None, case.unit.kind_code)
    judged = rules.judge(None, 1, cells, _COLUMNS)
    for field, problem in judged.problems:
        if problem.severity is Severity.ERROR:
            raise UserError(problem.code, f"{problem.message}。", "请照证件改正。", field)
    found = judged.person
    assert found is not None
    if found.name != member.name and found.identity != member.identity_no:
        raise UserError(
            "person-other",
            "姓名和证件号都改了,这是另一个人。",
            "请把退回的人登记为“不再参加”,另一个人请办理中途增员。",
            "identity",
        )
    if found.identity != member.identity_no:
        known = member_queries.names_by_identity(tx.session, [found.identity])
        if known:
            raise UserError(
                "identity-taken",
                f"这个证件号已登记为{next(iter(known.values()))}。",
                "请核对证件号;确是同一人的,请登记为“不再参加”后办理中途增员。",
                "identity",
            )
    _refuse_men(tx, case, member, found.sex)
    if found.identity != member.identity_no and member.identity_no:
        _keep_former(tx, member)
    keys = keys_of(found.name, tx.desk.sounds())
    member.name, member.name_key = found.name, keys.name_key
    member.initials, member.sort_key = keys.initials, keys.sort_key
    member.identity_no, member.identity_tail = found.identity, tail_of(found.identity)
    member.identity_kind_code = found.identity_kind
    member.sex_code, member.born_on = found.sex, found.born
    if found.phone:
        member.phone, member.phone_tail = found.phone, tail_of(found.phone)


def _keep_former(tx: Transaction, member: Member) -> None:
    """The number as it was sent: papers and answers of then still name it."""
    tx.session.add(
        MemberIdentity(
            member_id=member.id,
            kind_code=member.identity_kind_code,
            number=member.identity_no or "",
            until_on=tx.desk.today(),
            reason="corrected",
        )
    )


def _refuse_men(tx: Transaction, case: Case, member: Member, sex: Sex | None) -> None:
    """Who turns out to be no woman cannot stay in a plan for women."""
    if sex is Sex.FEMALE:
        return
    query = (
        select(PlanRecord.plan_key)
        .join(Enrollee, Enrollee.plan_id == PlanRecord.id)
        .where(
            Enrollee.enrolment_id == case.enrolment.id,
            Enrollee.member_id == member.id,
            Enrollee.state_code.in_(queries.SENT_BACK),
        )
    )
    for key in tx.session.scalars(query):
        plan = case.scheme.plan(key)
        if plan.women_only:
            raise UserError(
                "women-only",
                f"照改正后的证件号不是女职工,不能参加“{plan.name}”。",
                "请登记为“不再参加”;参加别的项目的,请办理中途增员。",
                "identity",
            )


def _refuse_claims(tx: Transaction, case: Case, members: Collection[int]) -> None:
    query = (
        select(Claim.number)
        .join(Cover, Cover.id == Claim.cover_id)
        .where(
            Cover.enrolment_id == case.enrolment.id,
            Cover.member_id.in_(members),
            Claim.state_code != CaseState.VOID,
        )
    )
    number = tx.session.scalars(query.limit(1)).first()
    if number is not None:
        raise UserError(
            "claim-exists",
            f"退回的人里有人已有申领{number},没有读入。",
            "请先核对这件申领,再读入名单。",
        )
