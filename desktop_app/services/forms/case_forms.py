"""What each further form of a case says, and what must have been done before it."""

from __future__ import annotations

from sqlalchemy import select

from db.codes import PaperState
from db.models.papers import ArchiveFile, EnrolmentPaper, IssuedForm
from db.queries import enrolments as queries
from db.queries import payments as money
from desktop_app.documents.forms.archives import FileIndex, IndexedPaper
from desktop_app.documents.forms.requests import (
    AskedRefund,
    CorrectionRequest,
    RefundRequest,
    RenewalNotice,
)
from desktop_app.domain.dates import last_day, period_text
from desktop_app.domain.labels import label
from desktop_app.services.cases.cases import Case, require_not_void
from desktop_app.services.forms.asking import Asked, not_yet
from desktop_app.services.papers.form_parts import case_code, plan_lines


def file_index(asked: Asked) -> FileIndex:
    case, session = _case(asked), asked.session
    kept = queries.papers_of(session, case.enrolment.id)
    papers = tuple(
        _indexed(asked, paper.label, kept[paper.id])
        for paper in case.scheme.papers
        if paper.archived
        and paper.id in kept
        and kept[paper.id].state_code not in (PaperState.MISSING, PaperState.PRINTED)
    )
    if not papers:
        raise not_yet("还没有收到资料,没有目录可编。", "请先收齐资料。")
    query = select(ArchiveFile).where(ArchiveFile.enrolment_id == case.enrolment.id)
    file = session.scalars(query).one_or_none()
    places = (file.box_no, file.shelf) if file else ()
    return FileIndex(
        **asked.begin(),
        archive_no=file.number if file else case_code(case.enrolment.uid),
        shelf=" ".join(place for place in places if place),
        papers=papers,
        business_no=case.enrolment.business_no or "",
        people=case.enrolment.people,
    )


def _indexed(asked: Asked, name: str, kept: EnrolmentPaper) -> IndexedPaper:
    issued = asked.session.get(IssuedForm, kept.issued_form_id) if kept.issued_form_id else None
    return IndexedPaper(
        name=name,
        number=issued.number if issued else "",
        dated=kept.received_on,
        pages=kept.pages,
        remark=label(PaperState(kept.state_code)),
    )


def refund_request(asked: Asked) -> RefundRequest:
    case, session = _case(asked), asked.session
    payments = {one.id: one for one, _part in money.parts_of(session, case.enrolment.id)}
    asked_back = tuple(
        AskedRefund(payments[one.payment_id].payer_name, payments[one.payment_id].paid_on,
                    one.reason, one.fen)
        for one in money.refunds_of(session, case.enrolment.id)
        if one.arrived_on is None
    )  # fmt: skip
    if not asked_back:
        raise not_yet("没有登记了还没到账的退费。", "请先按F7登记申请退费。")
    return RefundRequest(
        **asked.begin(),
        refunds=asked_back,
        account_name=case.unit.payer_name or "",
        account=case.unit.payer_account or "",
        bank=case.unit.payer_bank or "",
        business_no=case.enrolment.business_no or "",
    )


def renewal_notice(asked: Asked) -> RenewalNotice:
    case = _case(asked)
    until = case.enrolment.until_on
    if until is None:
        raise not_yet("登记生效日以后才知道保障到哪一天。", "请先登记生效日。")
    next_year = case.enrolment.year + 1
    drive = next((one for one in case.scheme.drives if one.year == next_year), None)
    return RenewalNotice(
        **asked.begin(),
        next_year=next_year,
        last_day=last_day(until),
        lines=plan_lines(asked.session, case),
        people=case.enrolment.people,
        list_due_on=drive.list_due_on if drive else None,
        closes_on=drive.closes_on if drive else None,
        papers=tuple(
            paper.label
            for paper in case.scheme.papers
            if paper.who == "unit" and paper.when == "always"
        ),
    )


def correction_request(asked: Asked) -> CorrectionRequest:
    case = _case(asked)
    enrolment = case.enrolment
    if not enrolment.people:
        raise not_yet("这份申请还没有名单,没有可以更正的人。", "请先读入名单。")
    on, until = enrolment.effective_on, enrolment.until_on
    return CorrectionRequest(
        **asked.begin(),
        people=enrolment.people,
        coverage=period_text(on, until) if on and until else "",
        business_no=enrolment.business_no or "",
    )


def _case(asked: Asked) -> Case:
    case = asked.owner.case
    assert case is not None  # a form of a case is asked of one
    require_not_void(case)
    return case
