"""An office with a whole drive, its units at every stage, and a bank statement nobody booked."""

from __future__ import annotations

import json
from pathlib import Path

from db.codes import Role
from desktop_app import bootstrap
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.offices.offices import OfficeDraft
from tests.services.desks import FEES, USERS, YEAR, Staff, Template, seat_at_copy
from tests.services.drives import ROUND, make_drive, multiply
from tests.services.test_matching import came, statement_file

HEAD = next(user for user in USERS if user.role is Role.HEAD)
LINES = 1_500  # of the statement


def make(folder: Path, units: int, heads: int) -> None:
    """The office lies in `office`; the key of its ledger, and what is in it, in `told.json`."""
    bare = folder / "bare"
    bootstrap.create_office(bare, OfficeDraft("明山县总工会(演示)", "明山县", demo=True), USERS)
    with bootstrap.sign_in(bare, HEAD.login, HEAD.password) as signed:
        signed.services.schemes.set_year(YEAR)
        for plan, fee in FEES.items():
            signed.services.schemes.confirm_figure(f"plans.{plan}.fee_fen", fee, "演示文件")
        signed.services.schemes.confirm_figure("participation.all_join_limit", 100, "演示文件")
        secrets = signed.desk.secrets
    staff = seat_at_copy(folder / "office", Template(bare, secrets))
    make_drive(staff, len(ROUND), heads)
    multiply(staff, units // len(ROUND))
    _statement(staff)
    told = {"units": staff.value("SELECT count(*) FROM unit"),
            "people": staff.value("SELECT count(*) FROM enrollee"),
            "key": (secrets.database_key or b"").hex()}  # fmt: skip
    staff.database.close()
    (folder / "told.json").write_text(json.dumps(told), "utf-8")


def _statement(staff: Staff) -> None:
    rows = [came(f"{at + 1}.00", f"没见过的单位{at}(演示)") for at in range(LINES)]
    path = statement_file(staff, *rows)
    staff.clerk.statements.store_file(StatementDraft(path, new_account=True, doubtful="new"))
