"""Schemes of this office: taken over from their files, their open figures confirmed."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.schemes.scheme_parts import Participation
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.paths import resource_path
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.schemes.confirming import Value, confirm_in, figure_lines
from desktop_app.services.schemes.drive_settings import check_year, keep_target, keep_year
from desktop_app.services.versions.drive_versions import (
    drive_version,
    drive_version_id,
    version_to_confirm,
    year_of,
)
from desktop_app.services.versions.open_versions import offered, version_named
from desktop_app.services.versions.scheme_activation import add_draft, put_in_force, record_of
from desktop_app.services.versions.scheme_files import read_scheme_text
from desktop_app.services.versions.scheme_texts import scheme_in_force, scheme_of
from desktop_app.services.versions.scheme_versions import office_scheme_id
from desktop_app.services.versions.scheme_views import VersionChoice
from desktop_app.services.views.schemes import FigureLine, PlanChoice, plan_choice

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
        version = version_to_confirm(tx.session, self.desk, version_id)
        confirm_in(tx, version, ((path, value),), document_no)
        tx.audit(f"scheme_version {version.id}", figure=path, value=value)

    @act("scheme.confirm-figures", Permission.FIGURES, Area.SCHEMES, Area.ENROLMENTS)
    def confirm_figures(
        self,
        tx: Transaction,
        values: tuple[Value, ...],
        document_no: str,
        version_id: int | None = None,
    ) -> None:
        """The head confirms several figures by one document: all of them or none."""
        version = version_to_confirm(tx.session, self.desk, version_id)
        confirm_in(tx, version, values, document_no)
        told = " ".join(f"{path}={value}" for path, value in values)
        tx.audit(f"scheme_version {version.id}", figures=told)

    @act("scheme.set-year", Permission.MANAGE, Area.SCHEMES)
    def set_year(self, tx: Transaction, year: int) -> None:
        """The drive that new applications belong to."""
        keep_year(tx, year)
        tx.audit("office", year=year)

    @act("scheme.set-target", Permission.MANAGE, Area.SCHEMES)
    def set_target(self, tx: Transaction, year: int, people: int) -> None:
        """The drive's aim, as the office was given it."""
        check_year(year)
        scheme_id = office_scheme_id(tx.session, self.desk.today())
        keep_target(tx, scheme_id, year, people)
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
            plan_choice(plan, max((f.value or 1 for f in plan.share_limits.values()), default=1))
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
            return figure_lines(scheme, scheme_of(version))


def home_scheme_file() -> Path:
    return resource_path("schemes", f"{HOME_SCHEME}.toml")
