"""The five schemes' step bars and words, one below another in one picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QPixmap

from desktop_app import bootstrap, sample_office
from desktop_app.domain.identity import identity_18
from desktop_app.errors import UserError
from desktop_app.paths import resource_path
from desktop_app.services.drafts import EnrolmentDraft, UnitDraft
from desktop_app.services.offices.offices import NewUser, OfficeDraft
from desktop_app.services.services import Services
from desktop_app.ui.main_window import MainWindow

SCHEMES = (  # file, name of the sample office, its day and drive, one plan
    ("xianfeng-2024", "明山县总工会(演示)", datetime(2026, 12, 1, 1, tzinfo=UTC), 2027, "hospital"),
    ("anyang-2023", "洹河市总工会(演示)", datetime(2023, 5, 4, 1, tzinfo=UTC), 2023, "medical"),
    ("pinghu", "东湖市总工会(演示)", datetime(2026, 12, 1, 1, tzinfo=UTC), 2027, "inpatient"),
    ("beijing", "京演市总工会(演示)", datetime(2026, 12, 1, 1, tzinfo=UTC), 2027, "inpatient"),
    ("yongding", "永演县总工会(演示)", datetime(2026, 2, 2, 1, tzinfo=UTC), 2026, "inpatient"),
)
RENEWED = "medical"  # in Anyang's period a unit that was in before renews; a new one waits


def side_by_side(album: Any, folder: Path) -> None:
    """A case of each scheme at its first steps: its bar and card, then its papers, money, forms."""
    folder.mkdir()
    bars: list[Path] = []
    for scheme in SCHEMES:
        with _office(folder / scheme[0], *scheme) as services:
            window = MainWindow(services, album.tasks)
            window.resize(1366, 768)
            window.show()
            page = window.open_unit(services.units.list_units(scheme[3])[0].id)
            album.settle()
            album.take(window, f"scheme-{scheme[0]}")
            bars.append(_top(page, folder / f"{scheme[0]}.png"))
            window.close()
            window.deleteLater()
            album.settle()
    _stack(bars, album.folder / "schemes-side-by-side.png")


@contextmanager
def _office(
    folder: Path, key: str, name: str, at: datetime, year: int, plan: str
) -> Iterator[Services]:
    def now() -> datetime:
        return at

    users = [NewUser(*user) for user in sample_office.SAMPLE_USERS]
    bootstrap.create_office(folder, OfficeDraft(name, name[:3], demo=True), users, now=now)
    clerk, reviewer, head = ((user[0], user[3]) for user in sample_office.SAMPLE_USERS)
    with bootstrap.sign_in(folder, *head, now=now) as signed:
        signed.services.schemes.take_over(resource_path("schemes", f"{key}.toml"))
        signed.services.schemes.set_year(year)
    draft = UnitDraft(f"{name[:2]}机械厂(演示)", "firm", at_work=4, women=2)
    with bootstrap.sign_in(folder, *clerk, now=now) as signed:
        unit = signed.services.units.register(draft).value
    with bootstrap.sign_in(folder, *reviewer, now=now) as signed:
        signed.services.units.open(unit)
    with bootstrap.sign_in(folder, *clerk, now=now) as signed:
        _begin(signed.services, unit, plan, folder)
        yield signed.services


def _begin(services: Services, unit: int, plan: str, folder: Path) -> None:
    choices = services.schemes.plan_choices()
    chosen = plan if plan in {one.key for one in choices} else choices[0].key
    renewal = ("renewal", date(2023, 6, 15)) if plan == RENEWED else ()
    draft = EnrolmentDraft("on-behalf", ((chosen, 1),), 4, 2, *renewal)
    case = services.enrolments.start(unit, draft).value
    lines = ["姓名,身份证号"]
    for place, person in enumerate(("张演示", "李演示", "王演示", "赵演示")):
        lines.append(f"{person},{identity_18(f'99999919800506{2 * place + 1:03d}')}")
    file = folder / "花名册.csv"
    file.write_text("\n".join(lines), "utf-8-sig")
    try:
        services.rosters.carry_out(services.rosters.plan_file(case, file).value)
    except UserError as error:
        raise AssertionError(f"{error.message}{error.remedy}") from error


def _top(page: Any, path: Path) -> Path:
    """The unit's name and its top card."""
    end = page.case_card.mapTo(page, page.case_card.rect().bottomLeft()).y()
    picture: QPixmap = page.grab(QRect(0, 0, page.width(), end + 2))
    assert picture.save(str(path))
    return path


def _stack(pictures: list[Path], target: Path) -> None:
    images = [Image.open(path).convert("RGB") for path in pictures]
    whole = Image.new(
        "RGB", (max(i.width for i in images), sum(i.height + 12 for i in images)), "white"
    )
    top = 0
    for image in images:
        whole.paste(image, (0, top))
        top += image.height + 12
    whole.save(target)
