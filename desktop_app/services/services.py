"""All services of one desk, as the window, the command line and the sample walk hold them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.services.board.board import BoardService
from desktop_app.services.board.calls import CallService
from desktop_app.services.board.chase import ChaseService
from desktop_app.services.claims.claim_decisions import ClaimDecisionService
from desktop_app.services.claims.claim_mending import ClaimMendingService
from desktop_app.services.claims.claim_prints import ClaimPrintService
from desktop_app.services.claims.claims import ClaimService
from desktop_app.services.desk import Desk
from desktop_app.services.enrolments.corrections import CorrectionService
from desktop_app.services.enrolments.drafting import DraftingService
from desktop_app.services.enrolments.enrolments import EnrolmentService
from desktop_app.services.enrolments.mending import MendingService
from desktop_app.services.enrolments.offers import OfferService
from desktop_app.services.enrolments.payments import PaymentService
from desktop_app.services.enrolments.previews import PreviewService
from desktop_app.services.enrolments.refunds import RefundService
from desktop_app.services.enrolments.renewals import RenewalService
from desktop_app.services.enrolments.reviews import ReviewService
from desktop_app.services.enrolments.undo import UndoService
from desktop_app.services.forms.forms import FormService
from desktop_app.services.forms.issuing import CaseForms
from desktop_app.services.locked_files import LockedFileService
from desktop_app.services.money.matching import MatchingService
from desktop_app.services.money.receipts import ReceiptService
from desktop_app.services.money.remainders import RemainderService
from desktop_app.services.money.statements import StatementService
from desktop_app.services.money.ties import TieService
from desktop_app.services.offices.audits import AuditService
from desktop_app.services.offices.backups import BackupService
from desktop_app.services.offices.calendars import CalendarService
from desktop_app.services.offices.offices import OfficeService
from desktop_app.services.openings.opening_undo import OpeningUndoService
from desktop_app.services.openings.openings import OpeningService
from desktop_app.services.papers.archive_packages import ArchivePackageService
from desktop_app.services.papers.archive_shelves import ArchiveShelfService
from desktop_app.services.papers.archives import ArchiveService
from desktop_app.services.papers.batch_forms import BatchForms
from desktop_app.services.papers.layouts import LayoutService
from desktop_app.services.papers.print_batches import PrintBatchService
from desktop_app.services.papers.print_runs import PrintRunService
from desktop_app.services.papers.prints import PrintService
from desktop_app.services.papers.receptions import ReceptionService
from desktop_app.services.papers.scan_folders import ScanFolderService
from desktop_app.services.papers.scans import ScanService
from desktop_app.services.papers.seals import SealService
from desktop_app.services.papers.standing import compare_standing
from desktop_app.services.persons.persons import PersonService
from desktop_app.services.proofs.proofs import ProofService
from desktop_app.services.province.answers import AnswerService
from desktop_app.services.province.business_numbers import BusinessNumberService
from desktop_app.services.province.exchanges import ExchangeService
from desktop_app.services.province.sent_back import SentBackService
from desktop_app.services.province.submissions import SubmissionService
from desktop_app.services.rehearsals.rehearsals import RehearsalService
from desktop_app.services.rosters.differences import DifferenceService
from desktop_app.services.rosters.parked import ParkedService
from desktop_app.services.rosters.roster_folders import RosterFolderService
from desktop_app.services.rosters.rosters import RosterService
from desktop_app.services.schemes.clauses import ClauseService
from desktop_app.services.schemes.scheme_editing import SchemeEditingService
from desktop_app.services.schemes.schemes import SchemeService
from desktop_app.services.schemes.starts import StartService
from desktop_app.services.search import SearchService
from desktop_app.services.signing.signatures import SignatureService
from desktop_app.services.signing.signing import SigningService
from desktop_app.services.tallies import TallyService
from desktop_app.services.units.units import UnitService


@dataclass(frozen=True, slots=True)
class Services:
    office: OfficeService
    schemes: SchemeService
    units: UnitService
    rosters: RosterService
    enrolments: EnrolmentService
    payments: PaymentService
    prints: PrintService
    print_batches: PrintBatchService
    print_runs: PrintRunService
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
    starts: StartService
    persons: PersonService
    undo: UndoService
    corrections: CorrectionService
    parked: ParkedService
    reviews: ReviewService
    opening_undo: OpeningUndoService
    drafting: DraftingService
    scans: ScanService
    offers: OfferService
    refunds: RefundService
    locked_files: LockedFileService
    roster_folders: RosterFolderService
    differences: DifferenceService
    proofs: ProofService
    archive_packages: ArchivePackageService
    archive_shelves: ArchiveShelfService
    seals: SealService
    scan_folders: ScanFolderService
    ties: TieService
    receipts: ReceiptService
    forms: FormService
    layouts: LayoutService
    statements: StatementService
    matching: MatchingService
    remainders: RemainderService
    signing: SigningService
    signatures: SignatureService


def services_of(desk: Desk) -> Services:
    desk = replace(desk, watches=(compare_standing,))
    of_cases = BatchForms(CaseForms())
    return Services(
        OfficeService(desk),
        SchemeService(desk),
        UnitService(desk),
        RosterService(desk),
        EnrolmentService(desk),
        PaymentService(desk),
        PrintService(desk),
        PrintBatchService(desk, of_cases),
        PrintRunService(desk, of_cases),
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
        StartService(desk),
        PersonService(desk),
        UndoService(desk),
        CorrectionService(desk),
        ParkedService(desk),
        ReviewService(desk),
        OpeningUndoService(desk),
        DraftingService(desk),
        ScanService(desk),
        OfferService(desk),
        RefundService(desk),
        LockedFileService(desk),
        RosterFolderService(desk),
        DifferenceService(desk),
        ProofService(desk),
        ArchivePackageService(desk),
        ArchiveShelfService(desk),
        SealService(desk),
        ScanFolderService(desk),
        TieService(desk),
        ReceiptService(desk),
        FormService(desk),
        LayoutService(desk),
        StatementService(desk),
        MatchingService(desk),
        RemainderService(desk),
        SigningService(desk),
        SignatureService(desk),
    )
