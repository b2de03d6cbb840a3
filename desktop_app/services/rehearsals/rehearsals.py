"""方案试算: a draft of a scheme run over past claims and settlements; it saves nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db.models.schemes import SchemeRecord
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import Permission
from desktop_app.services.rehearsals.rehearsal_claims import rehearse_claims
from desktop_app.services.rehearsals.rehearsal_periods import rehearse_periods
from desktop_app.services.rehearsals.rehearsal_views import Rehearsal
from desktop_app.services.versions.scheme_texts import plan_ids


class RehearsalService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look(Permission.FIGURES)
    def rehearse(self, text: str, since: date, until: date) -> Rehearsal:
        """Run a draft's text over the events from `since` up to and with `until`."""
        draft = scheme_from(text)
        with self.desk.database.reading() as uow:
            record = uow.session.scalars(
                select(SchemeRecord).where(SchemeRecord.scheme_key == draft.id)
            ).one_or_none()
            if record is None:
                raise UserError(
                    "scheme-unknown",
                    f"本机构没有使用方案“{draft.id}”,没有以往数据可以试算。",
                    "请先启用这个方案,或核对草稿里的 id。",
                )
            keys = {number: key for key, number in plan_ids(uow.session, record.id).items()}
            claims = rehearse_claims(uow.session, draft, keys, since, until)
            periods = rehearse_periods(uow.session, draft, record.id, since, until)
        return Rehearsal(claims, periods)
