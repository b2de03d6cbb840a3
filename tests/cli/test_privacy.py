"""After the whole main job no person stands anywhere but in the ledger's own rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models.acts import AuditLine, Operation
from db.models.members import Member
from db.models.units import Unit, UnitContact
from desktop_app.bootstrap import SignedIn, sign_in
from desktop_app.sample_office import SAMPLE_USERS

LOGIN, _NAME, _ROLE, PASSWORD = SAMPLE_USERS[2]


@pytest.fixture
def signed(office: Path) -> Iterator[SignedIn]:
    with sign_in(office, LOGIN, PASSWORD) as signed:
        yield signed


@pytest.fixture
def personal(signed: SignedIn) -> set[str]:
    """Everything that names a person or leads to one."""
    with signed.desk.database.reading() as uow:
        people = uow.session.execute(
            select(Member.name, Member.identity_no, Member.phone, Member.bank_card)
        ).all()
        contacts = uow.session.execute(select(UnitContact.name, UnitContact.phone)).all()
        accounts = uow.session.execute(select(Unit.payer_account)).all()
    found = {str(value) for row in (*people, *contacts, *accounts) for value in row if value}
    assert len(found) > 2000
    return found


def named_in(text: str, personal: set[str]) -> list[str]:
    return sorted(value for value in personal if value in text)


def test_the_audit_chain_names_nobody(signed: SignedIn, personal: set[str]) -> None:
    with signed.desk.database.reading() as uow:
        lines = uow.session.scalars(select(AuditLine)).all()
    assert len({line.act for line in lines}) > 20
    told = json.dumps([[line.act, line.subject, line.detail] for line in lines], ensure_ascii=False)
    assert named_in(told, personal) == []


def test_results_kept_for_a_repeat_name_nobody(signed: SignedIn, personal: set[str]) -> None:
    with signed.desk.database.reading() as uow:
        results = uow.session.scalars(select(Operation.result)).all()
    assert len(results) > 100
    assert named_in(json.dumps(results, ensure_ascii=False), personal) == []


def test_no_file_of_the_office_shows_a_person_or_says_so_by_its_name(
    office: Path, signed: SignedIn, personal: set[str]
) -> None:
    files = [path for path in office.rglob("*") if path.is_file()]
    assert len(files) > 60
    names = " ".join(str(path.relative_to(office)) for path in files)
    assert named_in(names, personal) == []
    held = [path.read_bytes() for path in files]
    numbers = [value.encode() for value in personal if len(value.encode()) >= 11]  # none by chance
    assert len(numbers) > 1500
    assert [number for number in numbers if any(number in data for data in held)] == []
