"""Issued forms signed for the office, and the signatures of any PDF looked at."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import IssueState
from db.files import write_atomically
from db.models.office import AppUser
from db.models.papers import Attachment, IssuedForm, SignedForm
from desktop_app.domain.signatures import FoundSignature, verdict
from desktop_app.errors import UserError
from desktop_app.intake.signed_files import read_signed_file
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import KeyDraft
from desktop_app.services.files import content, keep
from desktop_app.services.permissions import Permission
from desktop_app.services.signing.office_signing import signer_for, signing_of, switched_on
from desktop_app.services.targets import require_file
from desktop_app.services.views.signing import CheckedFile, CheckedSignature, SignedLine


class SignatureService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("signature.sign", Permission.SIGN, Area.PRINTS)
    def sign(self, tx: Transaction, issued_id: int, key: KeyDraft) -> int:
        """Sign an issued form; gives the signed file's id.

        The issued bytes stay what they are, the signed file is kept beside them. A form that was
        signed with this certificate before gives that file again. The ledger is not locked while
        the certificate is opened or a program waits for its PIN.

        Raises:
            FileError: `certificate-missing`.
            UserError: `signing-off`, `form-unknown`, `form-not-valid`, what opening the
                certificate or the program raises.
        """
        with self.desk.database.reading() as uow:
            form = _valid(uow.session, issued_id)
            pdf = content(self.desk, uow.session.get_one(Attachment, form.attachment_id))
            office = switched_on(uow.session)
            earlier = _signed_with(uow.session, issued_id, office.certificate.fingerprint)
        signer = signer_for(office, key, tx.now)
        subject = f"signed_form of {issued_id}"
        if earlier is not None:
            tx.audit(subject, again=earlier.id)
            return earlier.id
        from desktop_app.documents.pades import signed_pdf  # noqa: PLC0415 - loads pyHanko

        signed = signed_pdf(pdf, signer, tx.now)
        form = _valid(tx.session, issued_id)
        attachment = keep(tx, signed, "pdf", f"{form.number} 已签名.pdf", form.pages)
        certificate = office.certificate
        row = tx.add(
            SignedForm(
                issued_form_id=form.id,
                attachment_id=attachment.id,
                signed_at=tx.now,
                signed_by=tx.user_id,
                subject=certificate.subject[:400],
                issuer=certificate.issuer[:400],
                serial=certificate.serial,
                fingerprint=certificate.fingerprint,
            )
        )
        tx.session.flush()
        tx.audit(
            subject, signed=row.id, way=office.way, certificate=certificate.fingerprint,
            sha256=attachment.sha256,
        )  # fmt: skip
        return row.id

    @look()
    def list_signed(self, issued_id: int) -> tuple[SignedLine, ...]:
        """The signed files of an issued form, the newest first."""
        with self.desk.database.reading() as uow:
            _get(uow.session, issued_id)
            query = select(SignedForm).where(SignedForm.issued_form_id == issued_id)
            rows = uow.session.scalars(query.order_by(SignedForm.id.desc()))
            return tuple(_line(uow.session, row) for row in rows)

    @look()
    def save_pdf(self, signed_id: int, target: Path) -> str:
        """Write a signed file, byte for byte as it is kept; gives the file's path."""
        require_file(self.desk, target)
        with self.desk.database.reading() as uow:
            row = uow.session.get(SignedForm, signed_id)
            if row is None:
                raise UserError("form-unknown", "没有这份签名件。", "请刷新后再试。")
            attachment = uow.session.get_one(Attachment, row.attachment_id)
        write_atomically(target, content(self.desk, attachment))
        return str(target)

    @look()
    def check(self, file: Path) -> CheckedFile:
        """Look at the signatures of any PDF, ours or others'.

        Raises:
            FileError: `pdf-not-readable`, `pdf-locked`, or the file cannot be opened.
        """
        with self.desk.readers.lent() as reader:
            read = read_signed_file(file, reader.child)
        with self.desk.database.reading() as uow:
            ours = _ours(uow.session)
            query = (
                select(SignedForm)
                .join(Attachment, Attachment.id == SignedForm.attachment_id)
                .where(Attachment.sha256 == read.sha256)
            )
            row = uow.session.scalars(query.limit(1)).first()
            registered = _line(uow.session, row) if row else None
        found = tuple(_checked(one, ours) for one in read.signatures)
        valid = bool(found) and all(one.tone == "good" for one in found)
        return CheckedFile(file.name, read.sha256, valid, registered, found)


def _checked(found: FoundSignature, ours: set[str]) -> CheckedSignature:
    said, one = verdict(found, ours), found.certificate
    return CheckedSignature(
        certificate=one,
        signed_at=found.signed_at,
        intact=found.intact,
        after=found.after.value,
        problem=found.problem.value,
        ours=one is not None and one.fingerprint in ours,
        tone=said.tone,
        text=said.text,
        trust=said.trust,
    )


def _ours(session: Session) -> set[str]:
    """Fingerprints of the certificates that the office signs or has signed with."""
    office = signing_of(session)
    used = session.scalars(select(SignedForm.fingerprint).distinct())
    return {*used, *([office.certificate.fingerprint] if office else [])}


def _line(session: Session, row: SignedForm) -> SignedLine:
    return SignedLine(
        id=row.id,
        issued_id=row.issued_form_id,
        number=session.get_one(IssuedForm, row.issued_form_id).number,
        signed_at=row.signed_at,
        signed_by=session.get_one(AppUser, row.signed_by).name,
        subject=row.subject,
        issuer=row.issuer,
        serial=row.serial,
        fingerprint=row.fingerprint,
        sha256=session.get_one(Attachment, row.attachment_id).sha256,
    )


def _signed_with(session: Session, issued_id: int, fingerprint: str) -> SignedForm | None:
    query = select(SignedForm).where(
        SignedForm.issued_form_id == issued_id, SignedForm.fingerprint == fingerprint
    )
    return session.scalars(query).one_or_none()


def _get(session: Session, issued_id: int) -> IssuedForm:
    form = session.get(IssuedForm, issued_id)
    if form is None:
        raise UserError("form-unknown", "没有这张单据。", "请刷新后再试。")
    return form


def _valid(session: Session, issued_id: int) -> IssuedForm:
    form = _get(session, issued_id)
    if form.state_code != IssueState.VALID:
        raise UserError(
            "form-not-valid",
            f"{form.number}已作废或已换发,不能签名。",
            "要用的请签现在有效的那一张。",
        )
    return form
