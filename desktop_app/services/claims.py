"""Claims: registered with papers and a typed amount, reviewed, reported, decided, told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from db.codes import CaseState, ClaimFigure, PaperState
from db.models.claims import Claim, ClaimAmount, ClaimPaper, ClaimStep
from db.models.enrolments import Cover, Enrolment
from db.models.members import Member
from db.models.schemes import SchemeVersion
from db.queries import claims as queries
from db.queries import members as member_queries
from desktop_app.domain.claims import needs_paper, optional_papers, papers_for
from desktop_app.domain.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.claim_steps import lacking, step_after, step_of
from desktop_app.services.claim_views import claim_row, claim_view, covered_people
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.files import keep_scan
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import check_money
from desktop_app.services.scheme_texts import plan_ids, scheme_in_force, scheme_of
from desktop_app.services.schemes import active_version
from desktop_app.services.views import ClaimRow, ClaimView, CoveredPerson

SERIES = "SL"


class ClaimService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def find_covered(self, text: str, event_on: date) -> tuple[CoveredPerson, ...]:
        """Return people who fit the words, each with the plans that cover the day."""
        with self.desk.database.reading() as uow:
            return covered_people(uow.session, text, event_on)

    @act("claim.register", Permission.CLAIM, Area.CLAIMS)
    def register(self, tx: Transaction, draft: ClaimDraft) -> int:
        """登记: a person not found (查无此人) is recorded by the words given."""
        if draft.event_on > self.desk.today():
            raise UserError(
                "event-date", "事件日期晚于今天。", "请照病历或事故日期填写。", "event_on"
            )
        if draft.claimed_fen is not None:
            _check_amount(draft.claimed_fen)
        cover = self._cover(tx, draft)
        if cover is not None:
            version = tx.session.get_one(
                SchemeVersion, tx.session.get_one(Enrolment, cover.enrolment_id).scheme_version_id
            )
        else:
            version = active_version(tx.session)
        scheme = scheme_in_force(tx.session, version.id)
        plan = scheme.plan(draft.plan_key)
        member = tx.session.get(Member, draft.member_id) if draft.member_id else None
        if member is None and not draft.person_name.strip():
            raise UserError("name-missing", "没有填姓名。", "请填写申领人姓名。", "person_name")
        enrolment = tx.session.get_one(Enrolment, cover.enrolment_id) if cover else None
        claim = tx.add(
            Claim(
                number=tx.next_number(SERIES, self.desk.today().year),
                member_id=member.id if member else None,
                person_name=member.name if member else draft.person_name.strip(),
                person_identity_no=member.identity_no if member else draft.identity_no,
                unit_id=enrolment.unit_id if enrolment else None,
                cover_id=cover.id if cover else None,
                plan_id=plan_ids(tx.session, version.scheme_id)[plan.id],
                scheme_version_id=version.id,
                event_on=draft.event_on,
                facts={},
                papers_on_paper=False,
                state_code=CaseState.OPEN,
                step_key="registered",
                registered_at=tx.now,
                registered_by=tx.user_id,
            )
        )
        tx.session.flush()
        self._move(tx, claim, "registered")
        for paper in papers_for(scheme, (plan.id,)):
            tx.session.add(
                ClaimPaper(claim_id=claim.id, paper_key=paper.id, state_code=PaperState.MISSING)
            )
        if draft.claimed_fen is not None:
            self._say(tx, claim, scheme, ClaimFigure.TYPED, draft.claimed_fen)
        tx.audit(f"claim {claim.id}", covered=int(cover is not None))
        return claim.id

    @act("claim.set-paper", Permission.CLAIM, Area.CLAIMS)
    def set_paper(
        self, tx: Transaction, claim_id: int, paper_key: str, state: str, file: Path | None = None
    ) -> None:
        """原件核对退回, 复印件已收 or 待补."""
        attachment = keep_scan(tx, file) if file else None
        query = select(ClaimPaper).where(
            ClaimPaper.claim_id == claim_id, ClaimPaper.paper_key == paper_key
        )
        paper = tx.session.scalars(query).one_or_none()
        if paper is None:
            raise UserError("paper-unknown", "这件申领没有这份资料。", "请刷新后再试。")
        paper.state_code = PaperState(state)
        if attachment is not None:
            paper.attachment_id, paper.pages = attachment.id, attachment.pages
        tx.audit(f"claim {claim_id}", paper=paper_key, state=state)

    @act("claim.type-amount", Permission.CLAIM, Area.CLAIMS)
    def type_amount(self, tx: Transaction, claim_id: int, fen: int) -> None:
        """申领金额, typed while the scheme's figures are to be confirmed."""
        claim = _get(tx, claim_id)
        if claim.step_key not in ("registered", "complete"):
            raise UserError("wrong-step", "申领已经复核或上报,不能再改金额。", "如有错,请走更正。")
        _check_amount(fen)
        scheme = scheme_in_force(tx.session, claim.scheme_version_id)
        self._say(tx, claim, scheme, ClaimFigure.TYPED, fen)
        if claim.step_key == "complete":
            self._move(tx, claim, "figured")
        tx.audit(f"claim {claim_id}", fen=fen)

    @act("claim.move-on", Permission.CLAIM, Area.CLAIMS)
    def move_on(self, tx: Transaction, claim_id: int) -> None:
        """Take the next step that needs no figure of its own."""
        claim = _get(tx, claim_id)
        step = step_of(claim.step_key)
        if step.act != "claim.move-on":
            remedy = f"请先:{step.action}。" if step.action else "没有要办的下一步。"
            raise UserError("wrong-step", f"这件申领现在是“{step.label}”。", remedy)
        optional = optional_papers(scheme_in_force(tx.session, claim.scheme_version_id))
        missing = queries.papers_missing(tx.session, claim_id, optional)
        need = lacking(step.key, missing, claim.claimed_fen)
        if need:
            raise UserError(need[0].code, need[0].message, need[0].remedy)
        if step.other_person and queries.figured_by(tx.session, claim_id) == tx.user_id:
            raise UserError("same-person", "复核须由另一位同事办理。", "请换一位同事登录后再办。")
        after = step_after(claim.step_key)
        if after.key == "complete" and claim.claimed_fen is not None:
            self._move(tx, claim, after.key)
            after = step_after(after.key)
        if after.key == "told":
            claim.told_on, claim.state_code = self.desk.today(), CaseState.FINISHED
        self._move(tx, claim, after.key)
        tx.audit(f"claim {claim_id}", step=after.key)

    @act("claim.decide", Permission.CLAIM, Area.CLAIMS)
    def decide(self, tx: Transaction, claim_id: int, fen: int, on: date) -> None:
        """省办核定金额: the province decides; the county only records it."""
        claim = _get(tx, claim_id)
        if step_of(claim.step_key).act != "claim.decide":
            raise UserError("wrong-step", "这件申领还没有上报省办。", "请先上报。")
        check_money(fen, "核定金额", least=0)
        if not claim.event_on <= on <= self.desk.today():
            raise UserError("date", "核定日期早于事件日期或晚于今天。", "请照省办通知填写。", "on")
        claim.decided_fen, claim.decided_on = fen, on
        scheme = scheme_in_force(tx.session, claim.scheme_version_id)
        self._say(tx, claim, scheme, ClaimFigure.DECISION, fen)
        self._move(tx, claim, "decided")
        tx.audit(f"claim {claim_id}", fen=fen)

    @look()
    def list_claims(self) -> tuple[ClaimRow, ...]:
        with self.desk.database.reading() as uow:
            optional = optional_papers(scheme_of(active_version(uow.session)))
            return tuple(claim_row(row) for row in queries.list_rows(uow.session, optional))

    @look()
    def get(self, claim_id: int) -> ClaimView:
        with self.desk.database.reading() as uow:
            claim = uow.session.get(Claim, claim_id)
            if claim is None:
                raise UserError("claim-unknown", "没有这件申领。", "请刷新后再试。")
            return claim_view(uow.session, claim)

    def _cover(self, tx: Transaction, draft: ClaimDraft) -> Cover | None:
        if draft.member_id is None:
            return None
        rows = member_queries.covers_on(tx.session, [draft.member_id], draft.event_on)
        for _member_id, cover, plan_key, _plan, _unit in rows:
            if plan_key == draft.plan_key:
                found: Cover = cover
                return found
        raise UserError(
            "not-covered",
            "这一天此人没有这个项目的保障。",
            "请核对事件日期和项目;查无此人时按姓名登记。",
            "event_on",
        )

    def _say(
        self, tx: Transaction, claim: Claim, scheme: Scheme, kind: ClaimFigure, fen: int
    ) -> None:
        """Write a figure with its worksheet; a typed one has a single line."""
        if kind is ClaimFigure.TYPED:
            claim.claimed_fen, claim.papers_on_paper = fen, needs_paper(scheme, fen)
        text = {ClaimFigure.TYPED: "申领人填写的申领金额", ClaimFigure.DECISION: "省办核定金额"}[
            kind
        ]
        tx.add(
            ClaimAmount(
                claim_id=claim.id,
                kind_code=kind,
                fen=fen,
                worksheet=[
                    {"rule": kind.value, "clause": "", "input": None, "output": fen, "text": text}
                ],
                scheme_version_id=claim.scheme_version_id,
                said_by=tx.user_id,
                said_at=tx.now,
            )
        )

    def _move(self, tx: Transaction, claim: Claim, to_key: str) -> None:
        count = select(func.count()).select_from(ClaimStep).where(ClaimStep.claim_id == claim.id)
        tx.session.flush()
        tx.session.add(
            ClaimStep(
                claim_id=claim.id,
                seq=tx.session.scalars(count).one() + 1,
                from_key=claim.step_key,
                to_key=to_key,
                at=tx.now,
                user_id=tx.user_id,
                operation_id=tx.operation_id,
            )
        )
        claim.step_key = to_key


def _get(tx: Transaction, claim_id: int) -> Claim:
    claim = tx.session.get(Claim, claim_id)
    if claim is None:
        raise UserError("claim-unknown", "没有这件申领。", "请刷新后再试。")
    return claim


def _check_amount(fen: int) -> None:
    check_money(fen, "申领金额")
