"""An office's beginning: its folder, its first users, its desk; and who signs in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import Role
from db.identifiers import UidSource
from db.models.acts import ChangeLog
from db.models.office import AppUser, Office
from db.models.office import Desk as DeskRecord
from db.uow import Database
from desktop_app.domain.labels import label
from desktop_app.domain.passwords import password_problem
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.desk import Actor, Desk
from desktop_app.services.drafts import StartDraft
from desktop_app.services.sane import check_line
from desktop_app.services.views.offices import OfficeView, UserView


@dataclass(frozen=True, slots=True)
class NewUser:
    login: str
    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    name: str
    county: str
    demo: bool = False
    letter: str = "A"
    start: StartDraft | None = None  # without one it goes by the program's first scheme


class OfficeService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def view(self) -> OfficeView:
        with self.desk.database.reading() as uow:
            office = uow.session.scalars(select(Office)).one()
            actor = self.desk.actor
            return OfficeView(
                name=office.name,
                county=office.county,
                demo=office.demo,
                desk_letter=self.desk.letter,
                user=UserView(
                    actor.user_id, actor.login, actor.name, actor.role.value, label(actor.role)
                ),
                today=self.desk.today(),
            )


def found_office(
    database: Database,
    draft: OfficeDraft,
    users: Sequence[NewUser],
    uids: UidSource,
    now: datetime,
    office_uid: bytes,
) -> None:
    """Write the office's first rows; everything after them is an act."""
    with database.writing() as uow:
        uow.session.add(
            Office(
                uid=office_uid,
                name=draft.name,
                county=draft.county,
                demo=draft.demo,
                number_block=1,
                created_at=now,
            )
        )
        uow.session.add(
            DeskRecord(uid=uids(), letter=draft.letter, name=f"{draft.letter}台", audit_seq=0)
        )
        for user in users:
            uow.session.add(
                AppUser(
                    uid=uids(),
                    login=user.login,
                    name=user.name,
                    role_code=user.role,
                    active=True,
                    created_at=now,
                )
            )
        uow.commit()


def check_office(draft: OfficeDraft, users: Sequence[NewUser]) -> None:
    """Refuse an office that could not work by two people."""
    for text, what, field in (
        (draft.name, "机构名称", "name"),
        (draft.county, "所在县", "county"),
        *((user.login, "用户名", "login") for user in users),
        *((user.name, "姓名", "user_name") for user in users),
    ):
        check_line(text, what, field)
    if not draft.name.strip() or not draft.county.strip():
        raise UserError("office-name", "没有填机构名称或所在县。", "请填写完整。", "name")
    logins = [user.login.strip() for user in users]
    if len(set(logins)) != len(logins) or not all(logins):
        raise UserError("login", "用户名不能空,也不能重复。", "请改用户名。", "login")
    if len(users) < 2 or Role.HEAD not in {user.role for user in users}:
        raise UserError(
            "two-people", "至少要有两位用户,其中一位是负责人。", "请再加一位用户,并指定负责人。"
        )
    for user in users:
        problem = password_problem(f"“{user.name}”", user.password)
        if problem:
            raise UserError("password-short", problem, "请换一个更长的密码。", "password")


def actor_of(session: Session, login: str) -> Actor:
    """Return the signed-in user; one whose account was stopped is refused."""
    user = session.scalars(select(AppUser).where(AppUser.login == login)).one_or_none()
    if user is None or not user.active:
        raise UserError("user-stopped", "这个用户已经停用。", "请联系负责人。")
    return Actor(user.id, user.uid, user.login, user.name, Role(user.role_code))


def desk_of(session: Session) -> tuple[int, str]:
    record = session.scalars(select(DeskRecord).order_by(DeskRecord.id).limit(1)).one()
    return record.id, record.letter


def last_hlc(session: Session) -> int:
    query = select(ChangeLog.hlc).order_by(ChangeLog.id.desc()).limit(1)
    return session.scalars(query).first() or 0
