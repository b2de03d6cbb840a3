"""Members and the identity documents they had before."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import IdentityKind, MemberState, PostCategory, Sex
from db.columns import NAME, NUMBER, BulkVersioned, Numbered, Travels, Versioned, code_column

_ONE_OWNER = text("identity_no IS NOT NULL AND merged_into_id IS NULL AND NOT identity_shared")


class Member(Travels, Versioned, Base):
    """A person. The identity number is unique while nobody says that it is wrongly shared.

    `identity_tail` and `phone_tail` are the numbers reversed: the last digits are found by prefix.
    """

    __tablename__ = "member"
    __table_args__ = (
        Index("ix_member_name_born", "name_key", "born_on"),
        Index(
            "uq_member_identity_no",
            "identity_no",
            unique=True,
            sqlite_where=_ONE_OWNER,
            postgresql_where=_ONE_OWNER,
        ),
    )

    name: Mapped[str] = mapped_column(String(60))
    name_key: Mapped[str] = mapped_column(String(60))
    initials: Mapped[str] = mapped_column(String(60), index=True)
    sort_key: Mapped[str] = mapped_column(String(160))
    identity_kind_code: Mapped[str] = code_column(IdentityKind)
    identity_no: Mapped[str | None] = mapped_column(NUMBER, index=True)
    identity_tail: Mapped[str | None] = mapped_column(NUMBER, index=True)
    identity_shared: Mapped[bool] = mapped_column(default=False)
    sex_code: Mapped[str | None] = code_column(Sex)
    born_on: Mapped[date | None]
    phone: Mapped[str | None] = mapped_column(NUMBER, index=True)
    phone_tail: Mapped[str | None] = mapped_column(NUMBER, index=True)
    bank_card: Mapped[str | None] = mapped_column(NUMBER)
    bank_name: Mapped[str | None] = mapped_column(NAME)
    post_category_code: Mapped[str | None] = code_column(PostCategory)
    state_code: Mapped[str] = code_column(MemberState)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class MemberIdentity(Numbered, BulkVersioned, Base):
    """A document the member had before: corrected, upgraded from 15 digits, replaced."""

    __tablename__ = "member_identity"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    kind_code: Mapped[str] = code_column(IdentityKind)
    number: Mapped[str] = mapped_column(NUMBER, index=True)
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(NUMBER)
