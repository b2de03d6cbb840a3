"""Every change of a field is kept with who, when, old and new, in the same transaction."""

# ruff: noqa: PT012 - the block that fails is a whole transaction

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.changes import Stamp, plain
from db.codes import Role
from db.errors import StaleError
from db.identifiers import Hlc, new_uid
from db.models.acts import ChangeLog
from db.models.office import Area
from db.uow import Database

OPERATION = bytes(16)
CLOCK = Hlc(lambda: datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def stamp() -> Stamp:
    return Stamp(OPERATION, desk_id=1, actor_id=1, hlc=CLOCK)


@pytest.fixture
def area(database: Database, stamp: Stamp) -> Area:
    made = Area(uid=new_uid(), name="城关", sort_no=1)
    with database.writing(stamp) as uow:
        uow.session.add(made)
        uow.commit()
    return made


def log(database: Database) -> list[ChangeLog]:
    with database.reading() as uow:
        return list(uow.session.scalars(select(ChangeLog).order_by(ChangeLog.id)))


def test_a_new_row_is_not_logged(database: Database, area: Area) -> None:
    assert log(database) == []


def test_a_changed_field_is_logged_with_its_old_value(
    database: Database, area: Area, stamp: Stamp
) -> None:
    with database.writing(stamp) as uow:
        mine = uow.session.get_one(Area, area.id)
        mine.name, mine.target_people = "城北", 300
        uow.commit()
    name, people = sorted(log(database), key=lambda line: line.field)
    assert (name.field, name.old, name.new) == ("name", "城关", "城北")
    assert (people.field, people.old, people.new) == ("target_people", None, 300)
    assert (name.table_name, name.row_id, name.row_uid) == ("area", area.id, area.uid)
    assert (name.operation_id, name.desk_id) == (OPERATION, 1)
    assert name.hlc == people.hlc > 0


def test_the_old_value_is_known_though_the_row_was_not_read(
    database: Database, area: Area, stamp: Stamp
) -> None:
    with database.writing(stamp) as uow:
        mine = uow.session.get_one(Area, area.id)
        uow.session.expire(mine, ["name"])
        mine.name = "城北"
        uow.commit()
    [line] = log(database)
    assert (line.old, line.new) == ("城关", "城北")


def test_a_value_set_to_what_it_was_is_no_change(
    database: Database, area: Area, stamp: Stamp
) -> None:
    with database.writing(stamp) as uow:
        mine = uow.session.get_one(Area, area.id)
        mine.name = "城北"
        mine.name = "城关"
        uow.commit()
    assert log(database) == []


def test_a_removed_row_leaves_all_its_values(database: Database, area: Area, stamp: Stamp) -> None:
    with database.writing(stamp) as uow:
        uow.session.delete(uow.session.get_one(Area, area.id))
        uow.commit()
    [line] = log(database)
    assert line.field == "*"
    assert line.old["name"] == "城关"
    assert line.old["uid"] == area.uid.hex()


def test_what_is_rolled_back_is_not_logged(database: Database, area: Area, stamp: Stamp) -> None:
    with database.writing(stamp) as uow:
        uow.session.get_one(Area, area.id).name = "城北"
        uow.session.flush()
    assert log(database) == []


def test_a_stale_change_is_not_logged(database: Database, area: Area, stamp: Stamp) -> None:
    with pytest.raises(StaleError), database.writing(stamp) as uow:
        mine = uow.session.get_one(Area, area.id)
        other = Area.__table__.update().values(row_version=mine.row_version + 1)  # type: ignore[attr-defined]
        uow.session.execute(other)
        mine.name = "城北"
        uow.commit()
    assert log(database) == []


def test_later_changes_carry_later_times(database: Database, area: Area, stamp: Stamp) -> None:
    for name in ("甲", "乙", "丙"):
        with database.writing(stamp) as uow:
            uow.session.get_one(Area, area.id).name = name
            uow.commit()
    times = [line.hlc for line in log(database)]
    assert times == sorted(set(times))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (date(2026, 12, 1), "2026-12-01"),
        (datetime(2026, 12, 1, 8, tzinfo=UTC), "2026-12-01T08:00:00+00:00"),
        (Role.CLERK, "clerk"),
        (Decimal("0.20"), "0.20"),
        (b"\1\2", "0102"),
        (7, 7),
        (None, None),
        ("䶮", "䶮"),
    ],
)
def test_values_are_kept_as_json_holds_them(value: object, kept: object) -> None:
    assert plain(value) == kept
