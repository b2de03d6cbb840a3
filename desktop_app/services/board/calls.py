"""Calls with units while chasing what is missing: logged, never changed, listed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import UnitState
from db.models.units import Unit, UnitCall
from db.queries import board as queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import CallDraft
from desktop_app.services.permissions import Permission
from desktop_app.services.views.board import MARK_LABELS, Mark
from desktop_app.services.views.calls import CallLine

OTHER = "other"
ABOUT = {mark.value: MARK_LABELS[mark] for mark in (Mark.UNREPORTED, Mark.UNPAID, Mark.UNSTAMPED)}
ABOUT[OTHER] = "其他"
LONGEST = {"outcome": 400, "spoke_with": 120, "phone": 40}


class CallService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("call.log", Permission.REGISTER, Area.CALLS)
    def log(self, tx: Transaction, unit_id: int, draft: CallDraft) -> int:
        """Note a call: about what, with whom, what was said, and when to call again."""
        self._check(draft)
        unit = _unit(tx.session, unit_id)
        if unit.state_code == UnitState.ENDED:
            raise UserError("unit-ended", f"“{unit.name}”已终止。", "不用再联系。")
        call = tx.add(
            UnitCall(
                unit_id=unit.id,
                at=tx.now,
                user_id=tx.user_id,
                spoke_with=_text(draft.spoke_with),
                phone=_text(draft.phone),
                about=draft.about,
                outcome=_text(draft.outcome),
                again_on=draft.again_on,
            )
        )
        tx.session.flush()
        tx.audit(f"unit {unit.id}", call=call.id, about=draft.about)
        return call.id

    @look()
    def list_calls(self, unit_id: int) -> tuple[CallLine, ...]:
        """Return a unit's calls, newest first."""
        with self.desk.database.reading() as uow:
            _unit(uow.session, unit_id)
            return tuple(
                CallLine(
                    id=call.id,
                    at=call.at,
                    who=who,
                    about=call.about,
                    about_label=ABOUT[call.about],
                    spoke_with=call.spoke_with or "",
                    phone=call.phone or "",
                    outcome=call.outcome or "",
                    again_on=call.again_on,
                )
                for call, who in queries.calls_of(uow.session, unit_id)
            )

    def _check(self, draft: CallDraft) -> None:
        if draft.about not in ABOUT:
            raise UserError("call-about", "没有说明是为哪件事联系的。", "请重新选择。", "about")
        if draft.again_on is not None and draft.again_on < self.desk.today():
            raise UserError(
                "date", "再联系的日期已经过去。", "请填今天或以后的日期,也可以不填。", "again_on"
            )
        for field, longest in LONGEST.items():
            if len(getattr(draft, field) or "") > longest:
                raise UserError("too-long", f"这一项最多{longest}个字。", "请写得短一些。", field)


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _unit(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UserError("unit-unknown", "没有这个单位。", "请刷新单位列表后再试。")
    return unit
