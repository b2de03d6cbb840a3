"""How an office begins: its scheme, the drive's year and aim, the figures it has papers for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.claims import Claim
from db.models.enrolments import Enrolment
from db.models.schemes import SchemeRecord, SchemeVersion
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import StartDraft
from desktop_app.services.permissions import Permission
from desktop_app.services.schemes.confirming import confirm_in, figure_lines
from desktop_app.services.schemes.drive_settings import keep_target, keep_year, target_of
from desktop_app.services.schemes.scheme_offers import carried_file, carried_offers
from desktop_app.services.versions.drive_versions import drive_version_id, year_of
from desktop_app.services.versions.scheme_activation import add_draft, put_in_force, record_of
from desktop_app.services.versions.scheme_files import read_scheme_text
from desktop_app.services.versions.scheme_texts import scheme_in_force, scheme_of
from desktop_app.services.versions.scheme_versions import activated, office_scheme_id, version_of
from desktop_app.services.views.schemes import StartView


class StartService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def view(self) -> StartView:
        """Return what was said already, and what is still open of it."""
        with self.desk.database.reading() as uow:
            session = uow.session
            year = year_of(session, self.desk)
            version = _newest(session, self.desk, None)
            record = session.get_one(SchemeRecord, version.scheme_id)
            scheme = scheme_in_force(session, version.id)
            return StartView(
                scheme=record.scheme_key,
                title=scheme.title,
                year=year,
                target=target_of(session, record.id, year),
                figures=figure_lines(scheme, scheme_of(version)),
                offers=carried_offers(),
                may_choose=not _worked_in(session),
            )

    @act("scheme.start", Permission.FIGURES, Area.SCHEMES, Area.ENROLMENTS, Area.CLAIMS)
    def begin(self, tx: Transaction, draft: StartDraft) -> None:
        """Take over the scheme, set year and aim, confirm what is given: all of it or nothing."""
        self.desk.require(Permission.MANAGE)
        self._choose(tx, draft.scheme)
        keep_year(tx, draft.year)
        tx.session.flush()
        version = _newest(tx.session, self.desk, drive_version_id(tx.session, self.desk))
        if draft.target is not None:
            keep_target(tx, version.scheme_id, draft.year, draft.target)
        if draft.figures or draft.document.strip():
            _confirm(tx, version, draft)
        tx.audit(
            f"scheme_version {version.id}",
            scheme=draft.scheme,
            year=draft.year,
            people=draft.target,
            figures=len(draft.figures),
        )

    def _choose(self, tx: Transaction, key: str) -> None:
        """Take the scheme over, unless the office goes by it already."""
        there = activated(tx.session)
        if there:
            now = office_scheme_id(tx.session, self.desk.today())
            if tx.session.get_one(SchemeRecord, now).scheme_key == key:
                return
            _require_fresh(tx.session)
        text = read_scheme_text(carried_file(key))
        put_in_force(tx, add_draft(tx, record_of(tx, scheme_from(text)), text))


def _confirm(tx: Transaction, version: SchemeVersion, draft: StartDraft) -> None:
    if not draft.figures:
        raise UserError(
            "figures-missing",
            "填了依据文件,没有填一个数。",
            "请填写文件里的数,或者清空依据文件。",
            "document",
        )
    confirm_in(tx, version, draft.figures, draft.document)


def _newest(session: Session, desk: Desk, version_id: int | None) -> SchemeVersion:
    """The drive's version; the scheme's last one where none is in force in the drive's year."""
    found = version_id if version_id is not None else drive_version_id(session, desk)
    if found is not None:
        return version_of(session, found)
    return activated(session, office_scheme_id(session, desk.today()))[-1]


def _worked_in(session: Session) -> bool:
    cases = session.scalars(select(Enrolment.id).limit(1)).first()
    return cases is not None or session.scalars(select(Claim.id).limit(1)).first() is not None


def _require_fresh(session: Session) -> None:
    if _worked_in(session):
        raise UserError(
            "scheme-in-use",
            "本机构已经按现在的方案办过业务,不在这里换方案。",
            "请到“更多 → 高级:方案”由样例新建草稿,改好后启用。",
            "scheme",
        )
