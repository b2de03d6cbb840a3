"""Figures confirmed by the document they stand in: one, or several by the same document."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from db.models.schemes import SchemeFigure, SchemeVersion
from desktop_app.domain.figures import check_figure, figure_label, figures_of
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.recounts import recount_waiting
from desktop_app.services.versions.scheme_texts import scheme_of
from desktop_app.services.versions.scheme_versions import keep_ruling, require_changeable
from desktop_app.services.views.schemes import FigureLine

Value = tuple[str, int]  # a figure's key path and what it is


def confirm_in(
    tx: Transaction, version: SchemeVersion, values: Sequence[Value], document_no: str
) -> None:
    """Confirm all of them or none; who waits is counted anew once."""
    if not document_no.strip():
        raise UserError(
            "document-missing",
            "没有写依据的文件。",
            "请填写文件名称和文号后再确认。",
            "document",
        )
    scheme = scheme_of(version)
    named = [path for path, _value in values]
    if len(set(named)) < len(named):
        raise UserError("figure-twice", "同一个数写了两次。", "请每个数只写一次。")
    for path, value in values:
        _confirm(tx, version, scheme, (path, value), document_no)
    recount_waiting(tx, version.id)


def figure_lines(scheme: Scheme, before: Scheme) -> tuple[FigureLine, ...]:
    """What is open in a scheme's own text (`before`), with what was confirmed of it since."""
    open_before = {path for path, figure in figures_of(before).items() if figure.open}
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
        if path in open_before
    )


def _confirm(
    tx: Transaction, version: SchemeVersion, scheme: Scheme, given: Value, document_no: str
) -> None:
    path, value = given
    _require_open(scheme, path)
    check_figure(path, value)
    query = select(SchemeFigure).where(
        SchemeFigure.scheme_version_id == version.id, SchemeFigure.path == path
    )
    row = tx.session.scalars(query).one_or_none()
    if row is None:
        row = tx.add(SchemeFigure(scheme_version_id=version.id, path=path))
    require_changeable(tx.session, row, value)
    keep_ruling(tx, row, value, document_no)


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
