"""Schemes of this office: taken over from their files, their open figures confirmed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from db.models.office import OfficeSetting
from db.models.schemes import CoveragePeriod, SchemeFigure
from desktop_app.domain.figures import check_figure, figure_label, figures_of
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.scheme_parts import Participation
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.errors import UserError
from desktop_app.paths import resource_path
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases.recounts import recount_waiting
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.drive_versions import (
    YEAR,
    YEARS,
    drive_version,
    drive_version_id,
    version_to_confirm,
    year_of,
)
from desktop_app.services.versions.open_versions import offered, version_named
from desktop_app.services.versions.scheme_activation import add_draft, put_in_force, record_of
from desktop_app.services.versions.scheme_files import read_scheme_text
from desktop_app.services.versions.scheme_texts import scheme_in_force, scheme_of
from desktop_app.services.versions.scheme_versions import (
    keep_ruling,
    office_scheme_id,
    require_changeable,
)
from desktop_app.services.versions.scheme_views import VersionChoice
from desktop_app.services.views.schemes import FigureLine, PlanChoice

HOME_SCHEME = "xianfeng-2024"


class SchemeService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("scheme.take-over", Permission.FIGURES, Area.SCHEMES, Area.ENROLMENTS, Area.CLAIMS)
    def take_over(self, tx: Transaction, file: Path) -> int:
        """Make the next version of a scheme from its file's text and activate it."""
        text = read_scheme_text(file)
        scheme = scheme_from(text, file.name)
        version = add_draft(tx, record_of(tx, scheme), text)
        kept = put_in_force(tx, version)
        tx.audit(
            f"scheme_version {version.id}",
            scheme=scheme.id,
            version=version.version_no,
            figures=kept,
        )
        return version.id

    @act("scheme.confirm-figure", Permission.FIGURES, Area.SCHEMES, Area.ENROLMENTS)
    def confirm_figure(
        self,
        tx: Transaction,
        path: str,
        value: int,
        document_no: str,
        version_id: int | None = None,
    ) -> None:
        """The head confirms a figure by the document it stands in; 演示 in a sample county."""
        if not document_no.strip():
            raise UserError(
                "document-missing", "没有写依据的文件。", "请填写文件名称和文号后再确认。"
            )
        version = version_to_confirm(tx.session, self.desk, version_id)
        _require_open(scheme_of(version), path)
        check_figure(path, value)
        query = select(SchemeFigure).where(
            SchemeFigure.scheme_version_id == version.id, SchemeFigure.path == path
        )
        row = tx.session.scalars(query).one_or_none()
        if row is None:
            row = tx.add(SchemeFigure(scheme_version_id=version.id, path=path))
        require_changeable(tx.session, row, value)
        keep_ruling(tx, row, value, document_no)
        recount_waiting(tx, version.id)
        tx.audit(f"scheme_version {version.id}", figure=path, value=value)

    @act("scheme.set-year", Permission.MANAGE, Area.SCHEMES)
    def set_year(self, tx: Transaction, year: int) -> None:
        """The drive that new applications belong to."""
        _check_year(year)
        row = tx.session.get(OfficeSetting, YEAR)
        if row is None:
            tx.session.add(OfficeSetting(key=YEAR, value=year))
        else:
            row.value = year
        tx.audit("office", year=year)

    @act("scheme.set-target", Permission.MANAGE, Area.SCHEMES)
    def set_target(self, tx: Transaction, year: int, people: int) -> None:
        """The drive's aim, as the office was given it."""
        _check_year(year)
        if people <= 0:
            raise UserError("target", "目标人数须大于零。", "请填写上级下达的人数。", "people")
        scheme_id = office_scheme_id(tx.session, self.desk.today())
        query = select(CoveragePeriod).where(
            CoveragePeriod.scheme_id == scheme_id, CoveragePeriod.year == year
        )
        period = tx.session.scalars(query).one_or_none()
        if period is None:
            period = tx.add(CoveragePeriod(scheme_id=scheme_id, year=year))
        period.target_people = people
        tx.audit("coverage_period", year=year, people=people)

    @look()
    def current_year(self) -> int:
        with self.desk.database.reading() as uow:
            return year_of(uow.session, self.desk)

    @look()
    def plan_choices(self) -> tuple[PlanChoice, ...]:
        with self.desk.database.reading() as uow:
            version = drive_version(uow.session, self.desk)
            scheme = scheme_in_force(uow.session, version.id)
        return tuple(
            PlanChoice(
                key=plan.id,
                label=plan.short_name,
                holders="women" if plan.women_only else "all",
                fee_fen=None if plan.fee_fen.open else plan.fee_fen.value,
                max_shares=max((f.value or 1 for f in plan.share_limits.values()), default=1),
            )
            for plan in scheme.plans
        )

    @look()
    def participation(self) -> Participation | None:
        """Return the rule by which enough of a unit's workers have to join."""
        with self.desk.database.reading() as uow:
            version = drive_version(uow.session, self.desk)
            return scheme_in_force(uow.session, version.id).participation

    @look()
    def list_confirmable(self) -> tuple[VersionChoice, ...]:
        """Return the versions to confirm by: the drive's, then others that cases go by."""
        with self.desk.database.reading() as uow:
            return offered(uow.session, drive_version_id(uow.session, self.desk))

    @look()
    def find_version(self, text: str) -> int:
        """Return the version that is called by its number, such as 2 or pinghu:2."""
        with self.desk.database.reading() as uow:
            return version_named(
                uow.session, office_scheme_id(uow.session, self.desk.today()), text
            )

    @look()
    def list_figures(self, version_id: int | None = None) -> tuple[FigureLine, ...]:
        """Return the figures that need, or have been given, the head's confirmation."""
        with self.desk.database.reading() as uow:
            version = version_to_confirm(uow.session, self.desk, version_id)
            scheme = scheme_in_force(uow.session, version.id)
            before = figures_of(scheme_of(version))
        return tuple(
            FigureLine(
                path=path,
                label=figure_label(scheme, path),
                value=figure.value,
                state=figure.state.value,
                state_label=label(figure.state),
                document_no=figure.source,
            )
            for path, figure in figures_of(scheme).items()
            if before[path].open
        )


def _require_open(scheme: Scheme, path: str) -> None:
    """A figure that the file gives with its source is changed by a new version only."""
    figure = figures_of(scheme).get(path)
    if figure is None:
        raise UserError("figure-unknown", f"方案里没有“{path}”这个数。", "请刷新后再试。")
    if not figure.open:
        raise UserError(
            "figure-given",
            f"“{figure_label(scheme, path)}”在方案里已有依据({figure.source}),不在这里改。",
            "确有新文件时,请到“高级:方案”由这一版新建草稿,改好后启用。",
            path,
        )


def home_scheme_file() -> Path:
    return resource_path("schemes", f"{HOME_SCHEME}.toml")


def _check_year(year: int) -> None:
    first, last = YEARS[0], YEARS[-1]
    if year not in YEARS:
        raise UserError("year", f"年度应在{first}到{last}之间。", "请写四位数的年份。", "year")
