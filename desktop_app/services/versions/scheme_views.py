"""What the scheme editor sees: versions, a version's text, what activating one would mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.scheme_editor.scheme_differences import Difference


@dataclass(frozen=True, slots=True)
class VersionLine:
    id: int
    scheme_key: str
    name: str
    version_no: int
    draft: bool
    in_force: bool  # what new cases go by
    state_label: str
    effective_from: date | None
    effective_until: date | None
    activated_at: datetime | None
    uses: int  # cases and claims that go by it

    @property
    def title(self) -> str:
        return f"{self.name} 第{self.version_no}版({self.state_label})"


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version whose figures and clauses may be confirmed.

    Args:
        id: of the version.
        name: as `--version` takes it: its number, with the scheme's id where it is another one.
        label: 第2版(新申请用), 第1版(3件在办).
        open_cases: applications and claims under way that go by it.
    """

    id: int
    name: str
    label: str
    open_cases: int


@dataclass(frozen=True, slots=True)
class SchemeText:
    line: VersionLine
    text: str


@dataclass(frozen=True, slots=True)
class Preset:
    key: str
    title: str
    region: str


@dataclass(frozen=True, slots=True)
class Activation:
    """What activating a draft would mean.

    Args:
        line: the draft.
        open: what its text leaves to be confirmed, in words.
        against: the version that it would follow; None for a scheme's first one.
        differences: from that version.
    """

    line: VersionLine
    open: tuple[str, ...]
    against: VersionLine | None
    differences: tuple[Difference, ...]
