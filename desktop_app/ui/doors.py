"""The way from the window into the program: what it needs before anyone has signed in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from db.codes import Role

if TYPE_CHECKING:
    from desktop_app.services.drafts import StartDraft
    from desktop_app.ui.tasks import Step


class Doors(Protocol):
    def look_at(self, folder: Path) -> Any: ...
    def warm_up(self) -> None: ...
    def make_sample(self, folder: Path, step: Step | None) -> None: ...
    def fresh_start(self) -> Any: ...
    def create_office(
        self, folder: Path, office: tuple[str, str], users: tuple[Any, ...], start: StartDraft
    ) -> None: ...
    def sign_in(self, folder: Path, login: str, password: str) -> Any: ...
    def new_user(self, login: str, name: str, role: str, password: str) -> Any: ...
    def look_for_backups(self, place: Path) -> Any: ...
    def restore(self, backup: Path, folder: Path, login: str, password: str) -> int: ...


class ProgramDoors:
    """The real ones.

    `bootstrap` is imported when it is needed, on the worker's thread: it loads the database's
    libraries, and the first page must not wait for them.
    """

    def look_at(self, folder: Path) -> Any:
        from desktop_app.services.offices.glimpses import look_at  # noqa: PLC0415

        return look_at(folder)

    def warm_up(self) -> None:
        """Load what signing in needs, while the user types the password."""
        import desktop_app.bootstrap  # noqa: F401, PLC0415

    def make_sample(self, folder: Path, step: Step | None = None) -> None:
        from desktop_app import sample_office  # noqa: PLC0415 - heavy

        existed = folder.exists()
        try:
            sample_office.make_sample(folder, step)
        except BaseException:  # stopped or failed: a half-made county must not be opened later
            if not existed:
                shutil.rmtree(folder, ignore_errors=True)
            raise

    def fresh_start(self) -> Any:
        from desktop_app import bootstrap  # noqa: PLC0415
        from desktop_app.services.schemes.scheme_offers import fresh_start  # noqa: PLC0415

        return fresh_start(bootstrap.local_day(bootstrap.system_clock))

    def create_office(
        self, folder: Path, office: tuple[str, str], users: tuple[Any, ...], start: StartDraft
    ) -> None:
        """Make the office of this name and county, with all that its start says or not at all."""
        from desktop_app import bootstrap  # noqa: PLC0415
        from desktop_app.services.offices.offices import OfficeDraft  # noqa: PLC0415

        name, county = office
        bootstrap.create_office(folder, OfficeDraft(name, county, start=start), users)

    def sign_in(self, folder: Path, login: str, password: str) -> Any:
        from desktop_app import bootstrap  # noqa: PLC0415

        return bootstrap.sign_in(folder, login, password)

    def new_user(self, login: str, name: str, role: str, password: str) -> Any:
        from desktop_app.services.offices.offices import NewUser  # noqa: PLC0415

        return NewUser(login, name, Role(role), password)

    def look_for_backups(self, place: Path) -> Any:
        from desktop_app.services.offices.backup_glimpses import look_for_backups  # noqa: PLC0415

        return look_for_backups(place)

    def restore(self, backup: Path, folder: Path, login: str, password: str) -> int:
        """Put the office back and return its new block of numbers."""
        from desktop_app import bootstrap  # noqa: PLC0415

        return bootstrap.restore(backup, folder, login, password)
