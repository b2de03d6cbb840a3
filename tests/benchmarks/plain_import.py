"""The plain way to import rosters: openpyxl row by row, one ORM object a row.

It checks what the product checks of such a row: name, number, sex and age by the number, phone, who
stands in another file already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import ForeignKey, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LAST = "10X98765432"
WANTED = ("姓名", "身份证", "性别", "手机")
YOUNGEST, OLDEST = 16, 60


class Plain(DeclarativeBase):
    pass


class PlainMember(Plain):
    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    identity_no: Mapped[str] = mapped_column(String(18), unique=True)
    phone: Mapped[str] = mapped_column(String(20))
    born_on: Mapped[date]


class PlainEnrollee(Plain):
    __tablename__ = "enrollee"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), unique=True)
    unit: Mapped[str] = mapped_column(String(120), index=True)
    fee_fen: Mapped[int]


def import_plainly(url: str, files: Sequence[str]) -> tuple[int, int]:
    """Store the good rows of each file in a transaction; how many were stored and refused."""
    engine = create_engine(url)
    event.listen(engine, "connect", _settings)
    Plain.metadata.create_all(engine)
    seen: set[str] = set()
    good = bad = 0
    for file in files:
        rows: Any = openpyxl.load_workbook(file, read_only=True).active
        heads, *people = rows.iter_rows(values_only=True)
        places = [next(at for at, head in enumerate(heads) if word in str(head)) for word in WANTED]
        with Session(engine) as session:
            for row in people:
                name, number, sex, phone = (str(row[at] or "").strip() for at in places)
                number = number.upper()
                if not (_is_valid(number) and _fits(name, number, sex, phone)) or number in seen:
                    bad += 1
                    continue
                seen.add(number)
                good += 1
                born = datetime.strptime(number[6:14], "%Y%m%d").date()
                member = PlainMember(name=name, identity_no=number, phone=phone, born_on=born)
                session.add(member)
                session.flush()
                unit = Path(file).stem
                session.add(PlainEnrollee(member_id=member.id, unit=unit, fee_fen=6000))
            session.commit()
    engine.dispose()
    return good, bad


def _settings(connection: Any, _record: object) -> None:
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")


def _fits(name: str, number: str, sex: str, phone: str) -> bool:
    born, today = datetime.strptime(number[6:14], "%Y%m%d").date(), date.today()
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return (
        1 < len(name) <= 50
        and all("\u3400" <= char <= "\u9fff" or char == "·" for char in name)
        and sex == ("男" if int(number[16]) % 2 else "女")
        and YOUNGEST <= age <= OLDEST
        and len(phone) == 11
        and phone.isdigit()
    )


def _is_valid(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdigit():
        return False
    try:
        datetime.strptime(number[6:14], "%Y%m%d")
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return LAST[total % 11] == number[17]
