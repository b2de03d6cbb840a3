"""One table per code list, so that a new code is a row and never a rebuilt table."""

from __future__ import annotations

from sqlalchemy import Column, Table

from db.base import Base
from db.codes import CODE_LISTS
from db.columns import CODE, table_of

CODE_TABLES: dict[str, Table] = {
    table_of(codes): Table(table_of(codes), Base.metadata, Column("code", CODE, primary_key=True))
    for codes in CODE_LISTS
}
