"""An office with open cases, and the workbooks that its units sent: invented people throughout."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from db.codes import Role, Sex
from desktop_app import bootstrap
from desktop_app.domain.identity import identity_18
from desktop_app.exchange.text_workbook import text_workbook
from desktop_app.services.drafts import EnrolmentDraft, UnitDraft
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.samples.names import invent_name
from desktop_app.services.services import Services

PEOPLE, UNITS = 178_000, 1_500  # as many as Anyang's drive
HEAD = (
    "序号", "姓名", "身份证号", "性别", "手机号", "部门", "岗位", "学历", "籍贯", "工号",
    "入职年月", "备注",
)  # fmt: skip
WIDTHS = (6.0, 10.0, 22.0, 6.0, 14.0, 12.0, 10.0, 8.0, 10.0, 10.0, 10.0, 10.0)
CLERK = NewUser("jingban", "周丽", Role.CLERK, "bench-clerk-1")
REVIEWER = NewUser("fuhe", "吴敏", Role.REVIEWER, "bench-reviewer-1")
HEAD_OF_OFFICE = NewUser("fuze", "郑国华", Role.HEAD, "bench-head-1")
YEAR = 2027
FIGURES = (("plans.hospital.fee_fen", 6000), ("participation.all_join_limit", 100))
_DEPARTMENTS = ("办公室", "财务科", "一车间", "二车间", "后勤科", "工会")
_FIRST = date(1968, 1, 1)
_DAYS = 13_000  # ages that may join


def people(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Rows of a roster; of a hundred, two have a wrong check digit and one a wrong birth date."""
    chance = random.Random(seed)
    for serial in range(count):
        woman = serial % 2 == 1
        born = _FIRST + timedelta(days=serial % _DAYS)
        sequence = 2 * (serial // _DAYS) + (2 if woman else 1)
        body = f"999999{born:%Y%m%d}{sequence:03d}"
        number = identity_18(body)
        if serial % 100 in (17, 63):
            number = number[:-1] + ("0" if number[-1] != "0" else "1")
        elif serial % 100 == 41:
            number = f"{number[:6]}00{serial:06d}{number[14:]}"
        name = invent_name(chance, Sex.FEMALE if woman else Sex.MALE)
        yield (
            str(serial + 1), name, number, "女" if woman else "男", f"199{serial:08d}",
            _DEPARTMENTS[serial % 6], "职工", "大专", "明山县", f"G{serial:06d}", "2015.07", "",
        )  # fmt: skip


def make(folder: Path, total: int, units: int) -> Path:
    """An office with one open case a unit, a workbook each; what is where stands in `files.json`.

    Returns:
        the office's folder.
    """
    office, sent = folder / "office", folder / "sent"
    sent.mkdir()
    draft = OfficeDraft("明山县总工会(演示)", "明山县", demo=True)
    bootstrap.create_office(office, draft, (CLERK, REVIEWER, HEAD_OF_OFFICE))
    everyone = people(total)
    jobs = []
    with bootstrap.sign_in(office, HEAD_OF_OFFICE.login, HEAD_OF_OFFICE.password) as head:
        head.services.schemes.set_year(YEAR)
        for figure, value in FIGURES:
            head.services.schemes.confirm_figure(figure, value, "演示文件第1号")
    for number in range(units):
        share = total * (number + 1) // units - total * number // units
        rows = [next(everyone) for _ in range(share)]
        path = sent / f"演示单位{number + 1:04d}.xlsx"
        path.write_bytes(text_workbook("花名册", HEAD, rows, WIDTHS))
        jobs.append([0, str(path), share])
    with bootstrap.sign_in(office, REVIEWER.login, REVIEWER.password) as signed:
        for number, job in enumerate(jobs, start=1):
            job[0] = _case(signed.services, number, int(job[2]))
        secret = signed.desk.secrets.database_key
    told = {"jobs": jobs, "key": secret.hex() if secret else ""}
    (folder / "files.json").write_text(json.dumps(told), "utf-8")
    return office


def _case(services: Services, number: int, heads: int) -> int:
    name = f"演示单位{number:04d}"
    draft = UnitDraft(name=name, kind="institution", at_work=heads, women=heads // 2)
    unit = services.units.register(draft).value
    services.units.open(unit)
    plans = (("hospital", 1),)
    return services.enrolments.start(unit, EnrolmentDraft("on-behalf", plans, heads, None)).value
