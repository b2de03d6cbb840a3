"""The tables keep the house's promises: code lists, names of constraints, rows that stay as is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, inspect, text

from db.codes import CODE_LISTS, VersionState
from db.columns import table_of
from db.errors import ConflictError
from db.identifiers import new_uid
from db.models.schemes import SchemeRecord, SchemeVersion
from db.uow import Database

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def test_each_code_table_holds_exactly_the_codes_of_its_list(engine: Engine) -> None:
    with engine.connect() as connection:
        held = {
            codes.__name__: set(connection.scalars(text(f"SELECT code FROM {table_of(codes)}")))
            for codes in CODE_LISTS
        }
    assert held == {codes.__name__: {code.value for code in codes} for codes in CODE_LISTS}


def test_no_code_table_is_without_its_list(engine: Engine) -> None:
    made = {name for name in inspect(engine).get_table_names() if name.startswith("code_")}
    assert made == {table_of(codes) for codes in CODE_LISTS}


def test_every_code_column_refers_to_a_code_table(engine: Engine) -> None:
    inspector = inspect(engine)
    loose = []
    for table in inspector.get_table_names():
        bound = {
            column
            for key in inspector.get_foreign_keys(table)
            if key["referred_table"].startswith("code_")
            for column in key["constrained_columns"]
        }
        columns = {column["name"] for column in inspector.get_columns(table)}
        # codes of things outside: the state gives a unit's, the scheme's file no code at all
        coded = {name for name in columns if name.endswith("_code")}
        loose += [f"{table}.{name}" for name in coded - bound]
    assert sorted(loose) == ["unit.employer_code", "unit.invoice_code", "unit.union_code"]


def _constraint_names(engine: Engine) -> Iterator[tuple[str, str | None]]:
    inspector = inspect(engine)
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        yield "pk", inspector.get_pk_constraint(table)["name"]
        yield from (("fk", key["name"]) for key in inspector.get_foreign_keys(table))
        yield from (("uq", one["name"]) for one in inspector.get_unique_constraints(table))
        yield from (("ck", one["name"]) for one in inspector.get_check_constraints(table))
        yield from (("ix|uq|ex", one["name"]) for one in inspector.get_indexes(table))


def test_every_constraint_and_index_has_a_name_that_a_migration_can_say(engine: Engine) -> None:
    names = list(_constraint_names(engine))
    assert len(names) > 150
    assert [name for kind, name in names if not re.match(rf"({kind})_", name or "")] == []


@pytest.fixture
def version(database: Database) -> int:
    scheme = SchemeRecord(uid=new_uid(), scheme_key="demo", name="演示方案")
    with database.writing() as uow:
        uow.session.add(scheme)
        uow.session.flush()
        made = SchemeVersion(
            uid=new_uid(), scheme_id=scheme.id, version_no=1, text="演示", sha256="0" * 64,
            state_code=VersionState.DRAFT,
        )  # fmt: skip
        uow.session.add(made)
        uow.commit()
    return made.id


def change(database: Database, version: int, **values: object) -> None:
    with database.writing() as uow:
        row = uow.session.get_one(SchemeVersion, version)
        for field, value in values.items():
            setattr(row, field, value)
        uow.commit()


def test_a_draft_of_a_scheme_may_still_change(database: Database, version: int) -> None:
    change(database, version, text="演示,改过")
    change(database, version, state_code=VersionState.ACTIVE, activated_at=NOW)
    with database.reading() as uow:
        assert uow.session.get_one(SchemeVersion, version).text == "演示,改过"


@pytest.mark.parametrize("field", ["text", "sha256"])
def test_the_ledger_itself_refuses_to_change_an_activated_scheme(
    database: Database, version: int, field: str
) -> None:
    change(database, version, state_code=VersionState.ACTIVE, activated_at=NOW)
    with pytest.raises(ConflictError):
        change(database, version, **{field: "f" * 64})
    change(database, version, state_code=VersionState.RETIRED)
    with database.reading() as uow:
        kept = uow.session.get_one(SchemeVersion, version)
        assert (kept.text, kept.sha256, kept.state_code) == ("演示", "0" * 64, "retired")


def test_the_ledger_keeps_an_activated_scheme_and_its_days(
    database: Database, version: int
) -> None:
    change(database, version, state_code=VersionState.ACTIVE, activated_at=NOW)
    with pytest.raises(ConflictError):
        change(database, version, effective_from=NOW.date())
    with pytest.raises(ConflictError):
        remove(database, version)


def remove(database: Database, version: int) -> None:
    with database.writing() as uow:
        uow.session.delete(uow.session.get_one(SchemeVersion, version))
        uow.commit()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("activated_at", None),
        ("activated_at", NOW.replace(year=2030)),
        ("activated_by", 1),
        ("state_code", VersionState.DRAFT),
    ],
)
def test_an_activated_scheme_is_not_made_a_draft_again(
    database: Database, version: int, field: str, value: object
) -> None:
    change(database, version, state_code=VersionState.ACTIVE, activated_at=NOW)
    with pytest.raises(ConflictError):
        change(database, version, **{field: value})
