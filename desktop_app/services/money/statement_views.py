"""Statements as they are shown: what a file would bring in, the stored lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.codes import BankMark, IssueState
from db.models.statements import BankAccount, BankLine, BankStatement
from db.queries import statements as queries
from desktop_app.domain.labels import label
from desktop_app.domain.money import yuan
from desktop_app.domain.statements.gaps import Gap
from desktop_app.domain.statements.known_lines import Judged, Standing
from desktop_app.services.money.elsewhere import SAME_FILE, find_elsewhere
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.money.statement_reading import Reading, unclear_of
from desktop_app.services.views.statements import (
    GapView,
    LineView,
    PlannedLine,
    StatementPlan,
    StatementView,
)


def plan_view(
    session: Session,
    draft: StatementDraft,
    reading: Reading,
    account: BankAccount | None,
    judged: Sequence[Judged],
) -> StatementPlan:
    """What a file would bring in."""
    report, titles = reading.report, reading.report.titles
    before = account and queries.stored_before(session, account.id, reading.sha256)
    if before:  # this very file: there is nothing to be asked about
        judged = [one._replace(standing=Standing.KNOWN) for one in judged]
    standings = Counter(one.standing for one in judged)
    new = [one.line.amount_fen for one in judged if one.standing is Standing.NEW]
    maybe = [one.key for one in judged if one.standing is Standing.DOUBTFUL and one.key]
    elsewhere = None if before else find_elsewhere(session, account, reading, judged)
    places = queries.places_of(session, maybe)
    days = [one.line.day for one in judged]
    return StatementPlan(
        file_name=draft.path.name,
        file_sha256=reading.sha256,
        account=reading.account,
        account_name=account.name if account else titles.name,
        account_known=account is not None,
        stored_as=before.id if before else 0,
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        whole_days=reading.whole_days,
        rows_read=report.rows_read,
        refused=len(report.refused),
        skipped=report.skipped,
        new=standings[Standing.NEW],
        known=standings[Standing.KNOWN],
        doubtful=standings[Standing.DOUBTFUL],
        new_in_fen=sum(fen for fen in new if fen > 0),
        new_out_fen=-sum(fen for fen in new if fen < 0),
        unclear=unclear_of(report),
        columns=report.columns,
        asked=tuple(at for one in report.questions for at in one.letters),
        chosen=tuple(reading.chosen.items()),
        findings=report.findings,
        lines=tuple(_planned(one, _place(places.get(one.key or 0))) for one in judged),
        elsewhere=elsewhere.message if elsewhere else "",
        elsewhere_remedy=elsewhere.remedy if elsewhere else "",
        elsewhere_file=elsewhere is not None and elsewhere.code == SAME_FILE,
    )


def _planned(one: Judged, like: str) -> PlannedLine:
    line = one.line
    return PlannedLine(
        sheet=line.sheet,
        row=line.row,
        day=line.day,
        time=line.time,
        amount_fen=line.amount_fen,
        balance_fen=line.balance_fen,
        name=line.name,
        account=line.account or "",
        memo=line.memo,
        reference=line.reference or "",
        standing=one.standing.value,
        like=like,
    )


def _place(place: tuple[str, str | None, int] | None) -> str:
    """The file, sheet and row where a line was first seen."""
    if place is None:
        return ""
    file, sheet, row = place
    return " · ".join(filter(None, (f"《{file}》", sheet, f"第{row}行")))


def line_view(row: BankLine, account: str, place: tuple[str, str | None, int]) -> LineView:
    return LineView(
        id=row.id,
        account=account,
        day=row.booked_on,
        time=row.booked_time,
        amount_fen=row.amount_fen,
        balance_fen=row.balance_fen,
        name=row.other_name,
        other_account=row.other_account or "",
        memo=row.memo,
        reference=row.reference or "",
        used=row.payment_id is not None,
        mark_label=label(BankMark(row.mark_code)) if row.mark_code else "",
        where=_place(place),
    )


def gap_view(account: str, gap: Gap) -> GapView:
    missing = yuan(gap.begins_fen - gap.balance_fen)
    if gap.after == gap.before:
        text = f"{gap.after}这一天里余额接不上,差{missing}元"
    else:
        text = (
            f"{gap.after}末余额{yuan(gap.balance_fen)}元,{gap.before}第一笔之前是"
            f"{yuan(gap.begins_fen)}元,差{missing}元"
        )
    text = f"尾号{account[-4:]}:{text}"
    return GapView(account, gap.after, gap.balance_fen, gap.before, gap.begins_fen, text)


def statement_view(row: BankStatement, account: str) -> StatementView:
    return StatementView(
        id=row.id,
        account=account,
        file_name=row.file_name,
        first_on=row.first_on,
        last_on=row.last_on,
        lines=row.lines,
        new_lines=row.new_lines,
        imported_at=row.imported_at,
        state=row.state_code,
        state_label=label(IssueState(row.state_code)),
        note=row.note or "",
    )
