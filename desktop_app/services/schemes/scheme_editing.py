"""The office's own hand on its schemes: drafts, their text, comparison, activation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db.codes import VersionState
from db.models.schemes import SchemeRecord, SchemeVersion
from desktop_app.domain.scheme_editor.scheme_differences import Difference, differences
from desktop_app.domain.scheme_editor.scheme_guide import open_words
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.domain.toml.toml_edit import set_value, unset
from desktop_app.errors import UserError
from desktop_app.paths import resource_path
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.scheme_activation import (
    add_draft,
    put_in_force,
    record_of,
    write_text,
)
from desktop_app.services.versions.scheme_versions import (
    lines_of,
    open_draft,
    version_before,
    version_of,
)
from desktop_app.services.versions.scheme_views import Activation, Preset, SchemeText, VersionLine


class SchemeEditingService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def list_versions(self) -> tuple[VersionLine, ...]:
        """Every version of every scheme, newest first; drafts that were dropped are left out."""
        with self.desk.database.reading() as uow:
            rows = uow.session.execute(
                select(SchemeVersion, SchemeRecord)
                .join(SchemeRecord, SchemeRecord.id == SchemeVersion.scheme_id)
                .where(SchemeVersion.state_code != VersionState.RETIRED)
                .order_by(SchemeRecord.id, SchemeVersion.version_no.desc())
            ).all()
            pairs = [(version, record) for version, record in rows]
            return lines_of(uow.session, pairs, self.desk.today())

    @look()
    def text_of(self, version_id: int) -> SchemeText:
        with self.desk.database.reading() as uow:
            version = version_of(uow.session, version_id)
            record = uow.session.get_one(SchemeRecord, version.scheme_id)
            lines = lines_of(uow.session, [(version, record)], self.desk.today())
        return SchemeText(lines[0], version.text)

    @look()
    def list_presets(self) -> tuple[Preset, ...]:
        """The schemes that the program carries, as examples to begin from."""
        files = sorted(resource_path("schemes").glob("*.toml"))
        schemes = [(file, scheme_from(file.read_text("utf-8"), file.name)) for file in files]
        return tuple(Preset(file.stem, found.title, found.region) for file, found in schemes)

    @act("scheme.new-draft", Permission.MANAGE, Area.SCHEMES)
    def new_draft(self, tx: Transaction, from_version: int) -> int:
        """Begin the scheme's next version with the text of another one."""
        version = version_of(tx.session, from_version)
        record = tx.session.get_one(SchemeRecord, version.scheme_id)
        return _draft(tx, record, version.text)

    @act("scheme.new-draft-of-preset", Permission.MANAGE, Area.SCHEMES)
    def new_draft_of_preset(self, tx: Transaction, preset: str) -> int:
        """Begin a version with the text of a scheme that the program carries."""
        file = resource_path("schemes", f"{Path(preset).name}.toml")
        if not file.is_file():
            raise UserError("preset-unknown", "没有这份方案样例。", "请重新选择。")
        text = file.read_text("utf-8")
        return _draft(tx, record_of(tx, scheme_from(text, file.name)), text)

    @act("scheme.save-text", Permission.MANAGE, Area.SCHEMES)
    def save_text(self, tx: Transaction, version_id: int, text: str) -> None:
        """Save a draft; SchemeError names every fault with its key path and line."""
        _save(tx, version_id, text)

    @act("scheme.save-part", Permission.MANAGE, Area.SCHEMES)
    def save_part(self, tx: Transaction, version_id: int, values: Mapping[str, Any]) -> None:
        """Save some values of a draft by their key paths; None takes a key out."""
        text = version_of(tx.session, version_id).text
        for path, value in values.items():
            try:
                text = unset(text, path) if value is None else set_value(text, path, value)
            except KeyError as error:
                raise UserError(
                    "key-unknown", f"方案里没有“{path}”的位置。", "请在文本页里修改。", path
                ) from error
        _save(tx, version_id, text)

    @act("scheme.drop-draft", Permission.MANAGE, Area.SCHEMES)
    def drop_draft(self, tx: Transaction, version_id: int) -> None:
        version = open_draft(tx.session, version_id)
        version.state_code = VersionState.RETIRED
        tx.audit(f"scheme_version {version.id}")

    @look()
    def compare(self, first: int, second: int) -> tuple[Difference, ...]:
        """What differs between two versions, in words."""
        with self.desk.database.reading() as uow:
            texts = [version_of(uow.session, version).text for version in (first, second)]
        return differences(*texts)

    @look()
    def before_activation(self, version_id: int) -> Activation:
        """What is still open in a draft, and what it changes for the office."""
        with self.desk.database.reading() as uow:
            version = version_of(uow.session, version_id)
            record = uow.session.get_one(SchemeRecord, version.scheme_id)
            before = version_before(uow.session, version, self.desk.today())
            rows = [(one, record) for one in (version, before) if one is not None]
            line, *others = lines_of(uow.session, rows, self.desk.today())
            texts = [one.text for one, _record in rows]
        return Activation(
            line=line,
            open=open_words(texts[0]),
            against=others[0] if others else None,
            differences=differences(texts[1], texts[0]) if others else (),
        )

    @act("scheme.activate", Permission.FIGURES, Area.SCHEMES, Area.ENROLMENTS, Area.CLAIMS)
    def activate(self, tx: Transaction, version_id: int, reason: str) -> None:
        """New cases go by this version from its first day on; it never changes again.

        What the head confirmed stays confirmed where the two texts say the same of a figure.
        """
        if not reason.strip():
            raise UserError("reason-missing", "没有写启用的依据。", "请写明文件或原因。", "reason")
        version = open_draft(tx.session, version_id)
        kept = put_in_force(tx, version)
        tx.audit(
            f"scheme_version {version.id}",
            scheme=scheme_from(version.text).id,
            version=version.version_no,
            reason=reason.strip(),
            figures=kept,
        )


def _draft(tx: Transaction, record: SchemeRecord, text: str) -> int:
    version = add_draft(tx, record, text)
    tx.audit(f"scheme_version {version.id}", scheme=record.scheme_key, version=version.version_no)
    return version.id


def _save(tx: Transaction, version_id: int, text: str) -> None:
    version = open_draft(tx.session, version_id)
    record = tx.session.get_one(SchemeRecord, version.scheme_id)
    scheme = write_text(version, text)
    if scheme.id != record.scheme_key:
        raise UserError(
            "scheme-id-changed",
            f"方案的标识不能由“{record.scheme_key}”改成“{scheme.id}”。",
            "请改回原来的标识。",
            "id",
        )
    if scheme.version != version.version_no:
        write_text(version, set_value(text, "version", version.version_no))
    tx.audit(f"scheme_version {version.id}", scheme=record.scheme_key, version=version.version_no)
