"""All services of one desk, as the window, the command line and the sample walk hold them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.services.answers import AnswerService
from desktop_app.services.archives import ArchiveService
from desktop_app.services.audits import AuditService
from desktop_app.services.backups import BackupService
from desktop_app.services.board import BoardService
from desktop_app.services.business_numbers import BusinessNumberService
from desktop_app.services.calendars import CalendarService
from desktop_app.services.calls import CallService
from desktop_app.services.chase import ChaseService
from desktop_app.services.claim_decisions import ClaimDecisionService
from desktop_app.services.claim_mending import ClaimMendingService
from desktop_app.services.claim_prints import ClaimPrintService
from desktop_app.services.claims import ClaimService
from desktop_app.services.clauses import ClauseService
from desktop_app.services.desk import Desk
from desktop_app.services.enrolments import EnrolmentService
from desktop_app.services.exchanges import ExchangeService
from desktop_app.services.mending import MendingService
from desktop_app.services.offices import OfficeService
from desktop_app.services.openings import OpeningService
from desktop_app.services.payments import PaymentService
from desktop_app.services.previews import PreviewService
from desktop_app.services.prints import PrintService
from desktop_app.services.receptions import ReceptionService
from desktop_app.services.rehearsals import RehearsalService
from desktop_app.services.renewals import RenewalService
from desktop_app.services.rosters import RosterService
from desktop_app.services.scheme_editing import SchemeEditingService
from desktop_app.services.schemes import SchemeService
from desktop_app.services.search import SearchService
from desktop_app.services.sent_back import SentBackService
from desktop_app.services.submissions import SubmissionService
from desktop_app.services.tallies import TallyService
from desktop_app.services.units import UnitService


@dataclass(frozen=True, slots=True)
class Services:
    office: OfficeService
    schemes: SchemeService
    units: UnitService
    rosters: RosterService
    enrolments: EnrolmentService
    payments: PaymentService
    prints: PrintService
    submissions: SubmissionService
    archives: ArchiveService
    claims: ClaimService
    search: SearchService
    board: BoardService
    backups: BackupService
    audits: AuditService
    tallies: TallyService
    scheme_editing: SchemeEditingService
    rehearsals: RehearsalService
    mending: MendingService
    clauses: ClauseService
    claim_decisions: ClaimDecisionService
    claim_prints: ClaimPrintService
    calendars: CalendarService
    previews: PreviewService
    receptions: ReceptionService
    openings: OpeningService
    renewals: RenewalService
    business_numbers: BusinessNumberService
    submission_answers: AnswerService
    sent_back: SentBackService
    exchanges: ExchangeService
    claim_mending: ClaimMendingService
    calls: CallService
    chase: ChaseService


def services_of(desk: Desk) -> Services:
    return Services(
        OfficeService(desk),
        SchemeService(desk),
        UnitService(desk),
        RosterService(desk),
        EnrolmentService(desk),
        PaymentService(desk),
        PrintService(desk),
        SubmissionService(desk),
        ArchiveService(desk),
        ClaimService(desk),
        SearchService(desk),
        BoardService(desk),
        BackupService(desk),
        AuditService(desk),
        TallyService(desk),
        SchemeEditingService(desk),
        RehearsalService(desk),
        MendingService(desk),
        ClauseService(desk),
        ClaimDecisionService(desk),
        ClaimPrintService(desk),
        CalendarService(desk),
        PreviewService(desk),
        ReceptionService(desk),
        OpeningService(desk),
        RenewalService(desk),
        BusinessNumberService(desk),
        AnswerService(desk),
        SentBackService(desk),
        ExchangeService(desk),
        ClaimMendingService(desk),
        CallService(desk),
        ChaseService(desk),
    )
