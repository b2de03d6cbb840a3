"""What a person's proof of cover says: every plan that covers him now or will."""

from __future__ import annotations

from db.codes import CoverState, Sex
from db.queries import persons as queries
from desktop_app.documents.forms.people import CoverProof, ProvenCover
from desktop_app.domain.dates import period_text
from desktop_app.domain.labels import label
from desktop_app.services.cases.dues import owed_text
from desktop_app.services.forms.asking import Asked, not_yet


def cover_proof(asked: Asked) -> CoverProof:
    member, today = asked.owner.member, asked.desk.today()
    assert member is not None  # a form of a person is asked of one
    running = [
        (cover, plan, enrolment)
        for cover, plan, enrolment, _unit in queries.covers(asked.session, member.id)
        if cover.state_code == CoverState.ACTIVE and cover.until_on > today
    ]
    if not running:
        raise not_yet(f"{member.name}现在没有保障,开不出{asked.title}。", "请先查看这个人的保障。")
    ids = dict.fromkeys(enrolment.id for _cover, _plan, enrolment in running)
    owed = {one: owed_text(asked.session, one) for one in ids}
    if all(owed.values()):
        raise not_yet(f"{next(iter(owed.values()))},开不出{asked.title}。", "请缴清后再开。")
    covers = [
        ProvenCover(
            plan,
            cover.shares,
            period_text(cover.from_on, cover.until_on),
            enrolment.business_no or "",
        )
        for cover, plan, enrolment in running
        if not owed[enrolment.id]  # proven once it is paid for
    ]
    return CoverProof(
        **asked.begin(),
        person=member.name,
        sex=label(Sex(member.sex_code)) if member.sex_code else "",
        identity=member.identity_no or "",
        covers=tuple(covers),
    )
