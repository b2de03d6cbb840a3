"""What the ledger of the sample county's office holds after a walk, and what walks take from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import load_workbook

from desktop_app import bootstrap
from desktop_app.sample_office import SAMPLE_USERS
from desktop_app.services.services import Services
from desktop_app.services.views.enrolments import EnrolmentView

SENT = Path("示例文件") / "单位报送"


@contextmanager
def open_ledger(office: Path) -> Iterator[Services]:
    login, _name, _role, password = SAMPLE_USERS[0]
    with bootstrap.sign_in(office, login, password) as signed:
        yield signed.services


def case_of(services: Services, unit: str) -> EnrolmentView:
    rows = services.enrolments.list_enrolments(services.schemes.current_year())
    return services.enrolments.get(next(row.id for row in rows if row.unit_name == unit))


def uploaded(folder: Path) -> list[tuple[str, str]]:
    """Name and number of the first plan's people, as they went up."""
    rows = load_workbook(folder / "名单1_住院医疗.xlsx").worksheets[0].iter_rows(min_row=2)
    return [(str(row[1].value), str(row[2].value)) for row in rows]


def slips_of(office: Path, folder: Path) -> list[Path]:
    """Three pictures of which none was a slip before."""
    pictures = sorted((office / SENT / "11 明山县中医医院").glob("*.png"))[:3]
    slips = [folder / f"回单{at}.png" for at, _path in enumerate(pictures, start=1)]
    for picture, slip in zip(pictures, slips, strict=True):
        shutil.copy(picture, slip)
    return slips
