"""Every act: who may, once and only once, with its audit line and its change log."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from db.codes import Role
from db.errors import ConflictError
from db.identifiers import new_uid
from db.models.acts import AuditLine, ChangeLog, Operation
from db.models.enrolments import Enrolment
from db.models.office import OfficeSetting
from db.models.units import Unit
from desktop_app.errors import UserError
from desktop_app.services.acts import ACTS, Declaration, Transaction, act, operation
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.offices.audits import AuditReport
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.services import Services
from tests.services.desks import Staff, desk_at, people, unit_draft
from tests.services.refusals import refused
from tests.services.walks import walked

# Written out once more, so that a grant is never widened by accident.
CLERK = "look register pay print submit archive claim back-up"
EXPECTED = {
    Role.CLERK: CLERK,
    Role.REVIEWER: f"{CLERK} review sign",
    Role.HEAD: f"{CLERK} review sign figures manage",
    Role.ADMIN: "look back-up manage",
}


def methods_of(services: Services) -> dict[str, Callable[..., Any]]:
    return {
        f"{field.name}.{name}": method
        for field in dataclasses.fields(services)
        for name, method in inspect.getmembers(getattr(services, field.name), callable)
        if not name.startswith("_")
    }


def declared(method: Callable[..., Any]) -> Declaration:
    found = getattr(method, "__declaration__", None)
    assert isinstance(found, Declaration), method
    return found


def let_in(method: Callable[..., Any]) -> bool:
    """Call without the arguments that most need: the question of who may comes first."""
    try:
        method()
    except UserError as refusal:
        return refusal.code != "not-permitted"
    except TypeError:
        return True
    return True


@pytest.fixture
def extra_acts() -> Any:
    """Forget the acts that a test declares."""
    before = dict(ACTS)
    yield
    ACTS.clear()
    ACTS.update(before)


def last_line(staff: Staff) -> AuditLine:
    with staff.database.reading() as uow:
        query = select(AuditLine).order_by(AuditLine.seq.desc()).limit(1)
        return uow.session.scalars(query).one()


@pytest.mark.both_databases
def test_every_public_method_of_every_service_says_who_may(staff: Staff) -> None:
    methods = methods_of(staff.clerk)
    assert len(methods) > 50
    saving = [declared(method).key for method in methods.values() if declared(method).saves]
    assert len(set(saving)) == len(saving)
    assert set(saving) == set(ACTS)


def test_a_public_method_without_a_declaration_is_noticed(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(staff.clerk.board), "peek", lambda self: 1, raising=False)
    with pytest.raises(AssertionError):
        [declared(method) for method in methods_of(staff.clerk).values()]


def test_roles_hold_exactly_their_permissions() -> None:
    assert {role: set(words.split()) for role, words in EXPECTED.items()} == {
        role: {permission.value for permission in granted} for role, granted in GRANTS.items()
    }


@pytest.mark.both_databases
def test_each_role_may_do_what_it_was_granted_and_nothing_else(staff: Staff) -> None:
    for role, services in staff.by_role.items():
        for name, method in methods_of(services).items():
            granted = declared(method).permission in GRANTS[role]
            assert let_in(method) is granted, (role, name)


def test_one_without_permission_is_told_so_and_nothing_is_stored(staff: Staff) -> None:
    with refused(staff, "not-permitted") as caught:
        staff.admin.units.register(unit_draft())
    assert "管理员" in caught.value.message


def test_a_repeat_of_an_operation_gives_the_stored_result_and_nothing_double(
    staff: Staff,
) -> None:
    uid = new_uid()
    with operation(uid):
        first = staff.clerk.units.register(unit_draft())
    before = staff.counts()
    with operation(uid):
        second = staff.clerk.units.register(unit_draft())
    assert second == first
    assert first.changed == {Area.UNITS}
    assert staff.counts() == before
    # outside of the block an act is one of its own again
    with refused(staff, "unit-exists"):
        staff.clerk.units.register(unit_draft())


def test_an_operation_stored_before_particulars_were_kept_gives_its_result(staff: Staff) -> None:
    with operation(uid := new_uid()):
        first = staff.clerk.units.register(unit_draft())
    staff.run(f"UPDATE operation SET result = '{first.value}' WHERE act = 'unit.register'")
    with operation(uid):
        assert staff.clerk.units.register(unit_draft()).value == first.value


def test_an_operation_of_another_act_is_refused(staff: Staff) -> None:
    walk = walked(staff)
    with operation(uid := new_uid()):
        staff.clerk.units.register(unit_draft("另一家(演示)"))
    with operation(uid), refused(staff, "operation-reused"):
        staff.clerk.enrolments.submit(walk.id)


def test_an_operation_of_another_person_is_refused(staff: Staff) -> None:
    with operation(uid := new_uid()):
        staff.clerk.units.register(unit_draft())
    with operation(uid), refused(staff, "operation-reused"):
        staff.reviewer.units.register(unit_draft())


class Racing:
    """A service whose act finds, when it ends, that something happened meanwhile."""

    def __init__(self, desk: Desk, meanwhile: Callable[[Transaction], object]) -> None:
        self.desk, self.meanwhile = desk, meanwhile

    def do(self) -> Any:
        return act("test.race", Permission.LOOK)(type(self)._do)(self)

    def _do(self, tx: Transaction) -> int:
        self.meanwhile(tx)
        return 7


@pytest.mark.both_databases
@pytest.mark.usefixtures("extra_acts")
def test_the_same_operation_done_a_moment_before_gives_its_result(staff: Staff) -> None:
    desk = desk_at(staff.clerk.office)
    twin = Racing(desk, lambda tx: None)
    with operation(uid := new_uid()):
        done = Racing(desk, lambda tx: twin.do()).do()
    assert done.value == 7
    assert staff.value("SELECT count(*) FROM operation WHERE act = 'test.race'") == 1
    with staff.database.reading() as uow:
        assert uow.session.get(Operation, uid) is not None


@pytest.mark.usefixtures("extra_acts")
def test_a_key_that_somebody_else_saved_first_is_refused(staff: Staff) -> None:
    def clash(tx: Transaction) -> None:
        raise ConflictError("taken")

    with refused(staff, "moved"):
        Racing(desk_at(staff.clerk.office), clash).do()


@pytest.mark.usefixtures("extra_acts")
def test_a_row_that_changed_since_it_was_read_is_refused(staff: Staff) -> None:
    unit_id = staff.clerk.units.register(unit_draft()).value
    with staff.database.reading() as uow:
        read = uow.session.get_one(Unit, unit_id)
    staff.clerk.units.edit(unit_id, unit_draft(town="别的镇"))

    def save(tx: Transaction) -> None:
        tx.session.add(read)
        read.town = "我的镇"

    with refused(staff, "moved"):
        Racing(desk_at(staff.clerk.office), save).do()
    assert staff.clerk.units.get(unit_id).draft.town == "别的镇"


def test_each_act_writes_its_audit_line_without_personal_values(staff: Staff) -> None:
    before = staff.value("SELECT audit_seq FROM desk")
    uid = new_uid()
    with operation(uid):
        unit_id = staff.clerk.units.register(unit_draft()).value
    line = last_line(staff)
    told = (line.act, line.subject, line.detail)
    assert told == ("unit.register", f"unit {unit_id}", {"papers": 0})
    assert (line.operation_id, line.at) == (uid, staff.clock.at)
    assert line.actor_uid == desk_at(staff.clerk.office).actor.uid
    assert line.seq == staff.value("SELECT audit_seq FROM desk") == int(str(before)) + 1


def test_an_act_that_fails_leaves_no_audit_line(staff: Staff) -> None:
    line = last_line(staff)
    with refused(staff, "unit-unknown"):
        staff.reviewer.units.open(999)
    assert last_line(staff).seq == line.seq


def test_the_audit_chain_of_a_whole_case_holds(staff: Staff) -> None:
    walked(staff, "stamped").finished()
    count = staff.value("SELECT count(*) FROM audit_line")
    assert staff.clerk.audits.verify_chain() == AuditReport(True, int(str(count)), None)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_line SET detail = '{\"fen\": 1}' WHERE seq = 3",
        "UPDATE audit_line SET subject = 'unit 99' WHERE seq = 3",
        "UPDATE audit_line SET act = 'unit.open' WHERE seq = 3",
        "UPDATE audit_line SET actor_uid = operation_id WHERE seq = 3",
        "UPDATE audit_line SET seq = 999 WHERE seq = 3",
        "DELETE FROM audit_line WHERE seq = 3",
    ],
)
def test_a_changed_or_removed_audit_line_is_found(staff: Staff, tampering: str) -> None:
    unguarded(staff)
    staff.run(tampering)
    report = staff.head.audits.verify_chain()
    assert not report.ok
    assert report.first_bad in ("A-3", "A-4")


def test_a_removed_last_audit_line_is_found(staff: Staff) -> None:
    unguarded(staff)
    last = last_line(staff).seq
    staff.run("DELETE FROM audit_line WHERE seq = :seq", seq=last)
    assert staff.head.audits.verify_chain() == AuditReport(False, last - 1, f"A-{last}")


@pytest.mark.both_databases
def test_the_ledger_itself_refuses_to_change_an_audit_line(staff: Staff) -> None:
    with pytest.raises(ConflictError):
        staff.run("UPDATE audit_line SET act = 'unit.open' WHERE seq = 3")
    with pytest.raises(ConflictError):
        staff.run("DELETE FROM audit_line WHERE seq = 3")


def unguarded(staff: Staff) -> None:
    """Take the triggers off, as somebody with the key and another program could."""
    with staff.database.writing() as uow:
        dialect = uow.session.get_bind().dialect.name
        if dialect == "sqlite":
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
            statement = "DROP TRIGGER {}"
        else:
            query = (
                "SELECT tgname FROM pg_trigger"
                " WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
            )
            statement = "DROP TRIGGER {} ON audit_line"
        for name in uow.session.scalars(text(query), {"table": "audit_line"}).all():
            uow.session.execute(text(statement.format(name)))
        uow.commit()


@pytest.mark.both_databases
def test_a_changed_field_is_logged_with_old_and_new_under_its_operation(staff: Staff) -> None:
    unit_id = staff.clerk.units.register(unit_draft(town="旧镇")).value
    with operation(uid := new_uid()):
        staff.clerk.units.edit(unit_id, unit_draft(town="新镇", at_work=12))
    with staff.database.reading() as uow:
        query = select(ChangeLog).where(ChangeLog.operation_id == uid).order_by(ChangeLog.field)
        lines = [(line.field, line.old, line.new) for line in uow.session.scalars(query)]
    assert lines == [("at_work", 10, 12), ("town", "旧镇", "新镇")]


def test_numbers_run_on_by_series_and_year(staff: Staff) -> None:
    walk = walked(staff, "approved")
    first = staff.clerk.prints.issue(walk.id, "application").value
    other = walked(staff, "approved", name="第二家(演示)", rows=people(10, start=100))
    second = staff.clerk.prints.issue(other.id, "application").value
    notice = staff.clerk.prints.issue(other.id, "payment-notice").value
    numbers = [
        staff.value("SELECT number FROM issued_form WHERE id = :id", id=one)
        for one in (first, second, notice)
    ]
    assert numbers == ["SQ-A-2027-00001", "SQ-A-2027-00002", "TZ-A-2027-00001"]


@pytest.mark.both_databases
def test_the_clock_that_orders_changes_never_goes_back(staff: Staff) -> None:
    unit_id = staff.clerk.units.register(unit_draft(town="一")).value
    staff.clerk.units.edit(unit_id, unit_draft(town="二"))
    staff.clock.at -= timedelta(days=1)
    staff.clerk.units.edit(unit_id, unit_draft(town="三"))
    with staff.database.reading() as uow:
        stamps = uow.session.scalars(select(ChangeLog.hlc).order_by(ChangeLog.id)).all()
    assert list(stamps) == sorted(stamps)


@pytest.mark.both_databases
def test_a_setting_is_saved_once_and_changed_afterwards(staff: Staff) -> None:
    staff.head.schemes.set_year(2030)
    assert staff.clerk.schemes.current_year() == 2030
    with staff.database.reading() as uow:
        assert len(uow.session.scalars(select(OfficeSetting)).all()) == 1
        assert uow.session.scalars(select(Enrolment)).all() == []
